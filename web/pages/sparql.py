"""/sparql: a form with a table for people, the SPARQL 1.1 protocol (queries only) for programs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from cancu.ontology.iri import BASE
from cancu.ontology.terms import PREFIXES, prefix_header
from cancu.queries.catalogue import questions
from cancu.queries.errors import BadQuery, QueryError, Refused
from cancu.queries.sparql import GRAPH_FORMATS, JSON, RESULT_FORMATS
from cancu.queries.written import written
from cancu.web.addresses import page_of
from cancu.web.errors import NotAcceptable
from cancu.web.language import language_of
from cancu.web.negotiate import best
from cancu.web.reading import Reading
from cancu.web.site import Data, render, site_of

router = APIRouter()

HTML = "text/html"
SHOWN = 500
"""Rows of a result that the page shows; all of them are one download away."""

SHORT = {
    "json": JSON,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
}
"""Values of `format` in an address, for links."""

FIRST = "A1"
"""The question that the editor begins with."""


@dataclass(frozen=True)
class Query:
    """What a request asks: the text, whether a person is asking, and the media type of the answer."""

    text: str
    accept: str


async def read_query(request: Request) -> Query:
    """The query of a request, by the three ways of the SPARQL 1.1 protocol.

    Raises:
        Refused: an update, or a dataset of the asker's own.
    """
    accept = request.headers.get("accept", "")
    fields: Mapping[str, Any] = request.query_params
    if request.method == "POST":
        if request.headers.get("content-type", "").startswith("application/sparql-query"):
            text = (await request.body()).decode("utf-8", "replace")
            return Query(text, accept)
        fields = {**fields, **await request.form()}
    if "update" in fields:
        raise Refused("Dữ liệu ở đây chỉ đọc.", "The data here is read-only.")
    if {"default-graph-uri", "named-graph-uri"} & fields.keys():
        raise Refused(
            "Chưa chọn được tập dữ liệu riêng; hãy dùng GRAPH.",
            "A dataset of your own cannot be chosen yet; use GRAPH.",
        )
    short = SHORT.get(str(fields.get("format", "")))
    return Query(str(fields.get("query", "")), short or accept)


Asked = Annotated[Query, Depends(read_query)]


@router.get("/sparql", response_model=None)
@router.post("/sparql", response_model=None)
def sparql(request: Request, reading: Data, asked: Asked) -> Response:
    """Runs a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE); a browser gets a page with a form."""
    media_type = answer_type(asked.accept)
    if media_type == HTML:
        return _page(request, reading, asked.text)
    if not asked.text.strip():
        raise BadQuery("Thiếu tham số query.", "The parameter query is missing.")
    result = site_of(request).run_query(reading.snapshot, asked.text, media_type)
    return Response(result.body, media_type=result.media_type, headers={"Vary": "Accept"})


def answer_type(accept: str) -> str:
    """The media type to answer in: a page for browsers, JSON for whoever accepts anything.

    Raises:
        NotAcceptable: none of what is asked can be given.
    """
    if "application/json" in accept and JSON not in accept:
        accept = accept.replace("application/json", JSON)
    offered = (JSON, HTML, *(t for t in (*RESULT_FORMATS, *GRAPH_FORMATS) if t != JSON))
    found = best(accept, offered)
    if found is None:
        raise NotAcceptable(accept)
    return found


def _page(request: Request, reading: Data, text: str) -> HTMLResponse:
    result: dict[str, Any] | None = None
    problem: QueryError | None = None
    if text.strip():
        try:
            answer = site_of(request).run_query(reading.snapshot, with_prefixes(text), JSON)
            result = _table(reading, language_of(request), answer.body, answer.media_type)
        except QueryError as error:
            problem = error
    return render(
        request,
        "sparql.html",
        400 if problem else 200,
        query=text or written(FIRST, {}, reading.dataset),
        full=with_prefixes(text),
        asked=bool(text.strip()),
        result=result,
        problem=problem,
        examples=list(questions().values()),
        prefixes=PREFIXES,
        formats=[name for name in SHORT if name != "turtle"],
        shown=SHOWN,
    )


def with_prefixes(text: str) -> str:
    """A query typed into the form with the usual prefixes in front of it, on its first line so that errors keep their
    place; one that declares its own is left alone.
    """
    if "prefix" in text.lower():
        return text
    used = [line for line in prefix_header().splitlines() if f"{line.split()[1]}" in text]
    return " ".join([*used, text])


def _table(reading: Reading, language: str, body: bytes, media_type: str) -> dict[str, Any]:
    """A result as the page shows it."""
    if media_type not in RESULT_FORMATS:
        return {"kind": "graph", "text": body.decode("utf-8", "replace")}
    data = json.loads(body)
    if "boolean" in data:
        return {"kind": "ask", "answer": data["boolean"]}
    columns, rows = data["head"]["vars"], data["results"]["bindings"]
    return {
        "kind": "table",
        "columns": columns,
        "total": len(rows),
        "rows": [
            [_term(reading, language, row.get(name)) for name in columns] for row in rows[:SHOWN]
        ],
    }


def _term(reading: Reading, language: str, term: Mapping[str, Any] | None) -> dict[str, Any]:
    if term is None:
        return {"text": "", "page": None, "note": ""}
    value = str(term["value"]) if isinstance(term["value"], str) else json.dumps(term["value"])
    if term["type"] != "uri":
        return {
            "text": value,
            "page": None,
            "note": f"@{term['xml:lang']}" if "xml:lang" in term else "",
        }
    known = reading.labels.get(value) or reading.name(value, language)
    short = shortened(value)
    return {"text": known if known != value else short, "page": page_of(value), "note": short}


def shortened(iri: str) -> str:
    """An IRI with a prefix where one fits, else without our base."""
    for prefix, namespace in PREFIXES.items():
        rest = iri.removeprefix(namespace)
        if rest != iri and rest and "/" not in rest and "#" not in rest:
            return f"{prefix}:{rest}"
    return iri.removeprefix(BASE)
