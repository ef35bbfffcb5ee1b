"""/sparql: a form with a table for people, the SPARQL 1.1 protocol (queries only) for programs."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from cancu.graph.picture_triples import Term, triples_svg
from cancu.ontology.terms import PREFIXES, prefix_header
from cancu.queries.catalogue import questions
from cancu.queries.describe import WRITTEN
from cancu.queries.errors import BadQuery, QueryError, Refused, TooLarge
from cancu.queries.guard import MAX_QUERY_BYTES, admit
from cancu.queries.limits import MB
from cancu.queries.sparql import JSON, Asked, Result, first_triples, in_text
from cancu.queries.triples import short_name
from cancu.queries.update import admit_update, with_using
from cancu.queries.written import written
from cancu.web.addresses import page_of
from cancu.web.admin import admit as admit_admin
from cancu.web.admin import is_open
from cancu.web.faults import status_of
from cancu.web.headers import OPEN
from cancu.web.language import language_of
from cancu.web.negotiate import best
from cancu.web.protocol import FORMATS, HTML, Operation, answer_type, read_operation
from cancu.web.reading import Reading
from cancu.web.reuse import reuse
from cancu.web.service import LARGEST, tag_of
from cancu.web.site import render, site_of, snapshot_of, snapshot_soon

SHOWN = 500
"""Rows of a result that the page shows; all of them are one download away."""

DRAWN = 40
"""Triples of a result that the page draws: more would be a thicket."""

RESULT_FORMATS = {"csv": "CSV", "json": "JSON", "xml": "XML", "tsv": "TSV"}
GRAPH_FORMATS = {
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF/XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""Values of `format` -> what the page calls them."""

FIRST = "A1"
"""The question that the editor begins with."""

READS = "GET, HEAD, POST, OPTIONS"
LONGEST_BODY = 2 * MAX_QUERY_BYTES * 3
"""Bytes of a request: a query of the longest kind, percent-encoded, with room for the names of graphs."""
HEARD_OUT = 16 * MB
LONGEST_LOCATION = 2000
LONGEST_NAME = 200
"""Characters of the header From, in which an admin may say who he is (RFC 9110, section 10.1.2)."""


async def sparql(request: Request) -> Response:
    """Runs a read-only SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE); a browser gets a page with a form."""
    if request.method == "OPTIONS":
        return _options()
    reading = await snapshot_soon(request)
    ready = site_of(request).service.ready
    asked = _asked_again(request, reading) if request.method == "GET" else None
    if asked in ready:
        return _sent(request, *ready[asked])
    operation = read_operation(
        request.method,
        request.scope["query_string"],
        request.headers.get("content-type", ""),
        await read_body(request) if request.method == "POST" else b"",
    )
    if operation.kind == "update":
        return await _update(request, operation)
    response = await _query(request, reading, operation)
    if (
        asked
        and not isinstance(response, HTMLResponse)
        and response.status_code == 200
        and "ETag" in response.headers
        and len(response.body) <= LARGEST
    ):
        ready[asked] = bytes(response.body), dict(response.headers)
    return response


def _asked_again(request: Request, reading: Reading) -> tuple[object, ...]:
    """All that decides on the answer to a GET: the data, the address and what is accepted."""
    wanted = [request.headers.get(name, "") for name in ("accept", "accept-encoding")]
    return (
        reading.dataset.version,
        reading.manifest.created,
        request.scope["query_string"],
        *wanted,
    )


def _sent(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """An answer that is known already; nothing but its tag for who has it."""
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(
            status_code=304,
            headers={k: v for k, v in headers.items() if not k.startswith("content-")},
        )
    return Response(body, headers=headers)


def _options() -> Response:
    return Response(
        status_code=204,
        headers=OPEN
        | {
            "Allow": READS,
            "Access-Control-Allow-Methods": READS,
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


async def read_body(request: Request) -> bytes:
    """The body of a request that is not too long; a longer one is read to its end, within reason, so that the refusal is heard.

    Raises:
        TooLarge: it is.
    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size <= LONGEST_BODY:
            parts.append(part)
        if size > HEARD_OUT:
            break
    if size > LONGEST_BODY:
        raise TooLarge(
            f"Yêu cầu dài hơn {LONGEST_BODY // 1024} KB.",
            f"The request is longer than {LONGEST_BODY // 1024} KB.",
        )
    return b"".join(parts)


async def _query(request: Request, reading: Reading, operation: Operation) -> Response:
    admitted = admit(operation.text)
    accept = operation.format or request.headers.get("accept", "")
    if not operation.text.strip():
        return await _nothing_asked(request, reading, accept)
    media_type = answer_type(accept, admitted.form)
    if media_type == HTML:
        return await _page(request, reading, operation)
    asked = Asked(operation.text, media_type, operation.default_graphs, operation.named_graphs)
    headers = OPEN | {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
    headers |= _location(request, operation, media_type)
    tag = tag_of(reading.dataset, asked)
    if tag:
        headers["ETag"] = f'W/"{tag}"'
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    else:
        headers["Cache-Control"] = "no-store"
    answered = await site_of(request).service.answer(request, reading.dataset, asked)
    body = answered.result.body
    if answered.packed and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = answered.packed, "gzip"
    return Response(body, headers=headers, media_type=answered.result.media_type)


def _location(request: Request, operation: Operation, media_type: str) -> dict[str, str]:
    """Where this very answer can be had again, whatever is accepted (RFC 9110, section 8.7)."""
    name = next(name for name, known in FORMATS.items() if known == media_type)
    fields = [("query", operation.text), ("format", name)]
    fields += [("default-graph-uri", iri) for iri in operation.default_graphs or ()]
    fields += [("named-graph-uri", iri) for iri in operation.named_graphs or ()]
    address = f"{request.url.path}?{urlencode(fields)}"
    return {"Content-Location": address} if len(address) <= LONGEST_LOCATION else {}


async def _nothing_asked(request: Request, reading: Reading, accept: str) -> Response:
    """Without a query: the editor for a person, what this service is for a machine."""
    media_type = best(accept, (*WRITTEN, HTML))
    if media_type is None:
        raise BadQuery("Thiếu tham số query.", "The parameter query is missing.")
    if media_type == HTML:
        return await _page(request, reading, Operation("query", "", None, None))
    body = await run_in_threadpool(reading.service_description, str(request.base_url), media_type)
    return Response(body, headers={**OPEN, "Vary": "Accept"}, media_type=media_type)


async def _update(request: Request, operation: Operation) -> Response:
    """A change to the data, for admins only, if there are any.

    Raises:
        Refused: there are none, or it is no change that is made here.
        Forbidden: no admin asks.
        CancuError: see `Updates.update`.
    """
    updater = site_of(request).service.updater
    if updater is None or not is_open(request):
        raise Refused("Dữ liệu ở đây chỉ đọc.", "The data here is read-only.")
    admit_admin(request)
    admit_update(operation.text)
    text = with_using(operation.text, operation.default_graphs, operation.named_graphs)
    by = request.headers.get("from", "").strip()[:LONGEST_NAME] or "admin"
    await run_in_threadpool(updater.update, text, by)
    return Response(status_code=204)


async def _page(request: Request, reading: Reading, operation: Operation) -> Response:
    """The editor, with the first rows of the answer if something is asked."""
    full = with_prefixes(operation.text)
    result: dict[str, Any] | None = None
    problem: QueryError | None = None
    if operation.text.strip():
        graph = admit(full).form in ("CONSTRUCT", "DESCRIBE")
        asked = Asked(
            full,
            "text/turtle" if graph else JSON,
            operation.default_graphs,
            operation.named_graphs,
            first=SHOWN,
        )
        try:
            answered = await site_of(request).service.answer(request, reading.dataset, asked)
            result = await run_in_threadpool(_table, reading, language_of(request), answered.result)
        except BadQuery as error:
            problem = in_text(error, len(full) - len(operation.text))
        except QueryError as error:
            problem = error
    return await run_in_threadpool(_rendered, request, operation.text, full, result, problem)


def _rendered(
    request: Request,
    text: str,
    full: str,
    result: dict[str, Any] | None,
    problem: QueryError | None,
) -> HTMLResponse:
    first = written(FIRST, {}, snapshot_of(request).dataset)
    return render(
        request,
        "sparql.html",
        status_of(problem) if problem else 200,
        query=text or first,
        full=full,
        asked=bool(text.strip()),
        result=result,
        problem=problem,
        examples=list(questions().values()),
        prefixes=PREFIXES,
        formats=RESULT_FORMATS if not result or result["kind"] != "graph" else GRAPH_FORMATS,
        reuse=reuse(str(request.base_url), full, admit(full).form) if result else None,
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


def _table(reading: Reading, language: str, result: Result) -> dict[str, Any]:
    """A result as the page shows it."""
    if result.media_type != JSON:
        triples, more = first_triples(result.body, SHOWN)
        rows = [[_term(reading, language, term) for term in triple] for triple in triples]
        ends = [
            (_end(a, r[0]), r[1]["text"], _end(b, r[2]))
            for (a, _, b), r in zip(triples, rows, strict=True)
        ]
        return {
            "kind": "graph",
            "total": len(triples),
            "truncated": more,
            "rows": rows,
            "drawn": min(len(ends), DRAWN),
            "picture": partial(_picture, ends[:DRAWN]),
        }
    data = json.loads(result.body)
    if "boolean" in data:
        return {"kind": "ask", "answer": data["boolean"]}
    columns, rows = data["head"]["vars"], data["results"]["bindings"]
    return {
        "kind": "table",
        "columns": columns,
        "total": len(rows),
        "truncated": result.truncated,
        "rows": [[_term(reading, language, row.get(name)) for name in columns] for row in rows],
    }


def _end(term: Mapping[str, Any], shown: Mapping[str, Any]) -> Term:
    """A term as the end of an arrow: a thing is the same wherever it stands, so is a value."""
    is_value = term["type"] == "literal"
    key = json.dumps([term["type"], term["value"], term.get("xml:lang", "")])
    return Term(key, shown["text"], shown["page"] or "", is_value)


def _picture(ends: Sequence[tuple[Term, str, Term]], title: str) -> Markup:
    """The picture; the page says in its language what it is called."""
    return Markup(triples_svg(ends, title))  # noqa: S704 - made of elements, its words are text


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
    short = short_name(value)
    return {"text": known if known != value else short, "page": page_of(value), "note": short}
