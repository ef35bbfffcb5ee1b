"""A request to /sparql, read as the SPARQL 1.1 Protocol says (W3C Recommendation of 21 March 2013, section 2).

What is asked and in which form is decided here, by pure functions of the request; nothing is run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from cancu.queries.errors import BadQuery
from cancu.queries.sparql import GRAPH_FORMATS, JSON, RESULT_FORMATS
from cancu.web.errors import NotAcceptable, UnsupportedMediaType
from cancu.web.negotiate import best

HTML = "text/html"
FORM = "application/x-www-form-urlencoded"
DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}
"""Media types of a body that is the text itself -> what it is."""

FORMATS: Mapping[str, str] = {
    "json": JSON,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""Values of `format` in an address, for links: they stand above the Accept header."""

_RESULTS = (
    *((media_type, media_type) for media_type in RESULT_FORMATS),
    ("application/json", JSON),
    ("application/xml", "application/sparql-results+xml"),
    ("text/xml", "application/sparql-results+xml"),
)
_GRAPHS = (
    *((media_type, media_type) for media_type in GRAPH_FORMATS),
    ("application/json", "application/ld+json"),
    ("application/xml", "application/rdf+xml"),
    ("text/plain", "application/n-triples"),
)
OFFERED: Mapping[str, Sequence[tuple[str, str]]] = {
    "SELECT": _RESULTS,
    "ASK": _RESULTS,
    "CONSTRUCT": _GRAPHS,
    "DESCRIBE": _GRAPHS,
    "": _RESULTS,
}
"""Form of a query -> what an Accept header may ask and the media type that it gets, the preferred one first."""


@dataclass(frozen=True)
class Operation:
    """What a request asks for.

    Attributes:
        kind: "query", "update", or "" where there is neither.
        text: the query or update.
        default_graphs, named_graphs: the dataset that the request names; None for both where it names none.
        format: a media type that the address asks for, or "".
        fields: all other parameters.
    """

    kind: str
    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format: str = ""


def read_operation(method: str, query_string: bytes, content_type: str, body: bytes) -> Operation:
    """What a request asks for.

    Args:
        method: GET or POST.
        query_string: of the address, still encoded.
        content_type: as the header says.
        body: empty for GET.

    Raises:
        BadQuery: no or several queries, an update by GET, text that is not UTF-8.
        UnsupportedMediaType: the body is neither a form nor a query nor an update.
    """
    fields = _fields(query_string)
    kind = ""
    if method == "POST":
        media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
        if media_type == FORM:
            fields += _fields(body)
        elif media_type in DIRECT:
            kind = DIRECT[media_type]
            fields.append((kind, _text(body, parameters)))
        else:
            raise UnsupportedMediaType(media_type)
    kind = kind or ("update" if any(name == "update" for name, _ in fields) else "query")
    texts = [value for name, value in fields if name in ("query", "update")]
    if len(texts) > 1:
        raise BadQuery(
            "Yêu cầu có nhiều hơn một câu truy vấn.", "The request has more than one query."
        )
    if kind == "update" and method != "POST":
        raise BadQuery("Cập nhật phải gửi bằng POST.", "An update must be sent by POST.")
    if method == "POST" and not texts:
        raise BadQuery("Thiếu tham số query.", "The parameter query is missing.")
    default, named = _dataset(kind, fields)
    asked = dict(fields).get("format", "")
    return Operation(kind, texts[0] if texts else "", default, named, FORMATS.get(asked, ""))


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    """Names and values of a form; each is decoded once."""
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict"
        )
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def _text(body: bytes, parameters: Sequence[str]) -> str:
    charset = next(
        (p.split("=")[1].strip('" ') for p in parameters if p.startswith("charset=")), "utf-8"
    )
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise _not_utf8()
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def _not_utf8() -> BadQuery:
    return BadQuery("Câu truy vấn phải viết bằng UTF-8.", "The query must be in UTF-8.")


def _dataset(
    kind: str, fields: Sequence[tuple[str, str]]
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    names = (
        ("using-graph-uri", "using-named-graph-uri")
        if kind == "update"
        else ("default-graph-uri", "named-graph-uri")
    )
    default, named = (tuple(value for n, value in fields if n == name) for name in names)
    return (default, named) if default or named else (None, None)


def answer_type(accept: str, form: str) -> str:
    """The media type to answer a query of this form in; a page for who prefers one.

    Raises:
        NotAcceptable: none of what is asked can be given; the error says what can.
    """
    offered = OFFERED[form]
    found = best(accept, (*(asked for asked, _ in offered), HTML))
    if found is None:
        raise NotAcceptable(accept, tuple(dict.fromkeys(given for _, given in offered)))
    return dict(offered).get(found, found)
