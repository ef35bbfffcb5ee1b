"""A typed query evaluated on a store, in a W3C format; a query that is no SPARQL is explained.

This is what happens inside of a worker (see `pool`), and in tests. SPARQL 1.1 Query Results JSON, XML, CSV and TSV.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from traceback import clear_frames
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from cancu.graph.tokens import matches
from cancu.ontology.iri import BASE
from cancu.ontology.terms import XSD
from cancu.queries.errors import BadQuery, TooLarge, UnknownGraph
from cancu.queries.limits import MB, Limits

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

JSON = "application/sparql-results+json"

RESULT_FORMATS = {
    JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media types of SELECT and ASK answers (SPARQL 1.1 Query Results)."""

GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Media types of CONSTRUCT and DESCRIBE answers."""


Found = QuerySolutions | QueryBoolean | QueryTriples | tuple[Triple, ...]
"""What an engine answers: rows, yes or no, a graph."""


def fitting(media_type: str, form: str) -> str:
    """A media type for the answer to a query of this form: the one named, or where it cannot be, the usual one."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        return media_type if media_type in GRAPH_FORMATS else "text/turtle"
    return media_type if media_type in RESULT_FORMATS else JSON


@dataclass(frozen=True)
class Asked:
    """A query as it goes to a worker.

    Attributes:
        query: SPARQL 1.1 text; relative addresses in it are read against our own base.
        media_type: of RESULT_FORMATS or GRAPH_FORMATS, fitting the form of the query.
        default_graphs, named_graphs: the dataset; None for both: all there is.
        first: give only so many rows and say whether there were more; None: all rows or an error.
    """

    query: str
    media_type: str = JSON
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    first: int | None = None


@dataclass(frozen=True)
class Result:
    """An answer as bytes of its media type; `truncated`: only its first rows."""

    body: bytes
    media_type: str
    truncated: bool = False


def evaluate(store: Store, asked: Asked, limits: Limits | None = None) -> Result:
    """The answer of a store to a query.

    Raises:
        BadQuery: not SPARQL, with line and column where known.
        UnknownGraph: the dataset names a graph that the store has not.
        TooLarge: more bytes or rows than the limits allow.
    """
    limits = limits or Limits()
    try:
        found = store.query(asked.query, base_iri=BASE, **_dataset(store, asked))
    except SyntaxError as error:
        raise bad_query(_complaint(store, asked.query) or str(error), asked.query) from error
    try:
        return give(found, asked, limits)
    except TooLarge as error:
        # The frames hold the rest of the answer, which must end in this thread (pyo3: "unsendable").
        clear_frames(error.__traceback__)
        raise
    finally:
        del found


def give(found: Found, asked: Asked, limits: Limits) -> Result:
    """What an engine found, as it was asked for.

    Raises:
        TooLarge: more bytes or rows than the limits allow.
    """
    if isinstance(found, QuerySolutions) and asked.first is not None:
        return _first(found, asked)
    out = _Bounded(limits)
    if not isinstance(found, QuerySolutions | QueryBoolean):
        serialize(found, out, format=GRAPH_FORMATS[asked.media_type])
        return Result(out.getvalue(), asked.media_type)
    if isinstance(found, QueryBoolean) and asked.media_type.startswith("text/"):
        return Result(b"true" if found else b"false", asked.media_type)
    found.serialize(out, format=RESULT_FORMATS[asked.media_type])
    body = out.getvalue()
    if isinstance(found, QuerySolutions) and _rows(body, asked.media_type) > limits.rows:
        raise TooLarge(
            f"Kết quả nhiều hơn {limits.rows} dòng; hãy thêm LIMIT hoặc điều kiện.",
            f"The answer has more than {limits.rows} rows; add LIMIT or conditions.",
        )
    return Result(body, asked.media_type)


def _dataset(store: Store, asked: Asked) -> dict[str, Any]:
    """The dataset of a query as the engine takes it: with one half named, the other is empty (SPARQL 1.1 Query, 13.2)."""
    if asked.default_graphs is None and asked.named_graphs is None:
        return {}
    default: list[NamedNode | BlankNode | DefaultGraph] = [
        _graph(store, iri) for iri in asked.default_graphs or ()
    ]
    return {
        "default_graph": default,
        "named_graphs": [_graph(store, iri) for iri in asked.named_graphs or ()],
    }


def _graph(store: Store, iri: str) -> NamedNode:
    try:
        node = NamedNode(iri)
    except ValueError:
        node = None
    if node is None or not store.contains_named_graph(node):
        raise unknown_graph(iri)
    return node


def unknown_graph(iri: str) -> UnknownGraph:
    """What is said where a dataset names a graph that is not there."""
    return UnknownGraph(
        f"Dữ liệu không có đồ thị <{iri}>.", f"There is no graph <{iri}> in the data."
    )


class _Bounded(BytesIO):
    """A file that refuses to grow beyond the size of an answer."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def write(self, data: "Buffer") -> int:
        """Keep some bytes."""
        if self.tell() + memoryview(data).nbytes > self._limits.result_bytes:
            raise too_large(self._limits)
        return super().write(data)


def too_large(limits: Limits) -> TooLarge:
    """What is said of an answer of too many bytes."""
    size = limits.result_bytes // MB
    return TooLarge(
        f"Kết quả lớn hơn {size} MB; hãy thêm LIMIT hoặc điều kiện.",
        f"The answer is larger than {size} MB; add LIMIT or conditions.",
    )


_ROW: Mapping[str, re.Pattern[bytes]] = {
    # A row opens with the name of its first variable; inside of strings the quotation marks are escaped.
    JSON: re.compile(rb'[\[,]\{"[^"\\]*":\{'),
    "application/sparql-results+xml": re.compile(rb"<result>"),
    "text/csv": re.compile(rb'(?:"(?:[^"]|"")*"|[^"\n])*\n'),
    "text/tab-separated-values": re.compile(rb"\n"),
}


def _rows(body: bytes, media_type: str) -> int:
    """How many rows a result has, counted in its text; rows without a value are no rows."""
    heading = 0 if "sparql-results" in media_type else 1
    return sum(1 for _ in _ROW[media_type].finditer(body)) - heading


def _first(found: QuerySolutions, asked: Asked) -> Result:
    """The first rows of an answer."""
    names = [variable.value for variable in found.variables]
    rows = [
        {name: as_json(row[name]) for name in names if row[name] is not None}
        for row in islice(found, (asked.first or 0) + 1)
    ]
    data = {"head": {"vars": names}, "results": {"bindings": rows[: asked.first]}}
    truncated = len(rows) > (asked.first or 0)
    body = json.dumps({**data, "truncated": truncated}, ensure_ascii=False).encode()
    if asked.media_type != JSON:
        same = parse_query_results(json.dumps(data), format=QueryResultsFormat.JSON)
        body = same.serialize(format=RESULT_FORMATS[asked.media_type]) or b""
    return Result(body, asked.media_type, truncated)


def first_triples(turtle: bytes, most: int) -> tuple[list[list[dict[str, Any]]], bool]:
    """The first triples of an answer that is a graph, each as its three terms, and whether there are more."""
    found = parse(turtle, format=RdfFormat.TURTLE)
    rows = [
        [as_json(term) for term in (quad.subject, quad.predicate, quad.object)]
        for quad in islice(found, most + 1)
    ]
    return rows[:most], len(rows) > most


def as_json(term: object) -> dict[str, Any]:
    """A term in SPARQL 1.1 Query Results JSON, section 3.2.2."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "literal", "value": str(term)}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return {**found, "xml:lang": term.language}
    plain = term.datatype.value == XSD.string
    return found if plain else {**found, "datatype": term.datatype.value}


_PLACE = re.compile(r"error at (\d+):(\d+)(?:-(?:\d+:)?\d+)?:?\s*(.*)", re.DOTALL)
_ONE_KEYWORD = re.compile(r"[A-Z][A-Z0-9_]+")
_ROOM = "\n" + " " * 20
"""Put behind a text so that an engine can compare its longest keyword at the text's end too."""
_WORD = re.compile(r"\S{1,30}")


def _complaint(store: Store, query: str) -> str:
    """What an engine complains of in a text that is no query."""
    try:
        store.query(query + _ROOM, base_iri=BASE)
    except SyntaxError as error:
        return str(error)
    return ""


def bad_query(message: str, query: str) -> BadQuery:
    """What an engine's complaint about a text means, in words of ours: where, and near what."""
    undeclared = _undeclared(query)
    line, column = undeclared[1:] if undeclared else _place(message, query)
    vi, en = _reason(message, _near(query, line, column), undeclared and undeclared[0])
    if line and column:
        vi, en = f"{vi} (dòng {line}, cột {column})", f"{en} (line {line}, column {column})"
    return BadQuery(f"{vi}.", f"{en}.", line, column)


def _undeclared(query: str) -> tuple[str, int, int] | None:
    """The first prefix that is used and nowhere declared, with its line and column."""
    declared, word = {"_:"}, ""
    for token in matches(query):
        kind, start, end = token.lastgroup or "other", token.start(), token.end()
        text = query[start:end]
        prefix = text[: text.find(":") + 1]
        if kind == "name" and word == "PREFIX":
            declared.add(text)
        elif kind == "name" and prefix and prefix not in declared:
            return prefix, *_line_and_column(query, start)
        word = text.upper()
    return None


def _place(message: str, query: str) -> tuple[int | None, int | None]:
    """Where an engine stopped. It compares a keyword with as many characters and complains behind them, so that the
    place lies one keyword too far; the keyword it names is only the longest of those it tried.
    """
    match = _PLACE.search(message)
    if not match:
        return None, None
    line, column = int(match[1]), int(match[2])
    words = match[3].removeprefix("expected ").removeprefix("one of ").split(", ")
    back = min(map(len, words)) if all(map(_ONE_KEYWORD.fullmatch, words)) else 0
    before = "".join(f"{text}\n" for text in (query + _ROOM).split("\n")[: line - 1])
    offset = max(0, len(before) + column - 1 - back)
    return _line_and_column(query, min(offset, len(query.rstrip())))


def _line_and_column(query: str, offset: int) -> tuple[int, int]:
    before = query[:offset].split("\n")
    return len(before), len(before[-1]) + 1


def in_text(error: BadQuery, header: int) -> BadQuery:
    """An error of a text that had a header of so many characters put in front of it, on its first line, at its place in the
    text itself.
    """
    if error.line != 1 or error.column is None or not 0 < header < error.column:
        return error
    column = error.column - header
    vi, en = (
        said.replace(f"{word} {error.column})", f"{word} {column})")
        for said, word in ((error.vi, "cột"), (error.en, "column"))
    )
    return BadQuery(vi, en, error.line, column)


def _near(query: str, line: int | None, column: int | None) -> str:
    """The word of a text at a place."""
    lines = query.splitlines()
    if not line or not column or line > len(lines):
        return ""
    match = _WORD.search(lines[line - 1], max(0, column - 1))
    return match.group() if match else ""


def _reason(message: str, near: str, undeclared: str | None) -> tuple[str, str]:
    if undeclared:
        return (
            f"Câu truy vấn dùng tiền tố “{undeclared}” chưa khai báo; hãy thêm dòng PREFIX",
            f"The query uses the prefix “{undeclared}”, which is not declared; add a PREFIX line",
        )
    if "variable that is unbound" in message:
        return (
            "SELECT nêu một biến không có giá trị: với GROUP BY, mỗi biến phải được nhóm hoặc tính gộp",
            "SELECT names a variable without a value: with GROUP BY each one is grouped by or aggregated",
        )
    if "IRI parsing failed" in message:
        return f"IRI không hợp lệ gần “{near}”", f"An IRI is not valid near “{near}”"
    at_vi, at_en = (f" gần “{near}”", f" near “{near}”") if near else (" ở cuối câu", " at its end")
    return f"Câu truy vấn SPARQL sai cú pháp{at_vi}", f"The SPARQL query has a syntax error{at_en}"
