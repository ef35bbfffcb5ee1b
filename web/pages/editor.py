"""What the editor of /sparql asks while somebody types: which terms there are, and whether the text is SPARQL so far."""

import json
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from cancu.ontology.terms import PREFIXES, Vocabulary, names_of
from cancu.queries.errors import BadQuery, QueryError, Refused, TooLarge, UnknownGraph
from cancu.queries.guard import admit
from cancu.queries.sparql import JSON, Asked, in_text
from cancu.queries.triples import short_name
from cancu.web.collation import sort_key
from cancu.web.language import language_of
from cancu.web.pages.sparql import read_body, with_prefixes
from cancu.web.protocol import read_operation
from cancu.web.reading import Reading
from cancu.web.site import Data, site_of, snapshot_of

router = APIRouter(include_in_schema=False)

KINDS = ("class", "property", "concept", "agency", "group", "document", "plan")
"""Kinds of term, in the order in which they are offered."""

_WRONG = (BadQuery, TooLarge, Refused, UnknownGraph)
"""What is wrong with a text; any other error is none of the text's."""


@router.get("/sparql/vocab.json")
def vocabulary(request: Request, reading: Data) -> Response:
    """Prefixes, and terms with their names, the Vietnamese one first."""
    found = {
        "prefixes": [{"prefix": prefix, "iri": iri} for prefix, iri in PREFIXES.items()],
        "terms": terms(reading),
    }
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    tag = site_of(request).tag(reading, request)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Cookie"}
    return Response(body, headers=headers, media_type="application/json")


def terms(reading: Reading) -> list[dict[str, Any]]:
    """The terms that a query may name: those with names, then those of the vocabularies that have none."""
    rows = sorted(
        (
            str(r["iri"]),
            KINDS.index(str(r["kind"])),
            bool(r["other"]),
            r["language"] == "en",
            str(r["name"]),
        )
        for r in reading.rows("vocabulary")
    )
    named = []
    for iri, group in groupby(rows, key=itemgetter(0)):
        said = list(group)
        names = list(dict.fromkeys(name for *_, name in said))
        named.append(_term(iri, KINDS[said[0][1]], names))
    named.sort(key=lambda term: (KINDS.index(term["kind"]), sort_key(term["labels"][0])))
    known = {term["iri"] for term in named}
    others = [_term(iri, kind, []) for iri, kind in _vocabularies().items() if iri not in known]
    return named + others


def _term(iri: str, kind: str, labels: list[str]) -> dict[str, Any]:
    short = short_name(iri)
    curie = short if short.partition(":")[0] in PREFIXES else ""
    return {"curie": curie, "iri": iri, "kind": kind, "labels": labels}


def _vocabularies() -> Mapping[str, str]:
    """The terms of the vocabularies that the data use -> their kind, which their first letter shows."""
    return {
        iri: "class" if name[0].isupper() else "property"
        for vocabulary in Vocabulary.__subclasses__()
        if vocabulary.NS in PREFIXES.values() and "/dm/" not in vocabulary.NS
        for name, iri in names_of(vocabulary).items()
    }


@router.post("/sparql/check")
async def check(request: Request) -> JSONResponse:
    """Whether a text is SPARQL: nothing, or the error with its place. It is asked of a dataset with nothing in it, under
    the limits of any query, because even without data some texts take for ever.
    """
    try:
        operation = read_operation(
            "POST", b"", request.headers.get("content-type", ""), await read_body(request)
        )
        await _tried(request, operation.text)
    except _WRONG as error:
        return JSONResponse(_described(error, language_of(request)))
    except QueryError:
        pass
    return JSONResponse({})


async def _tried(request: Request, text: str) -> None:
    """Ask a text of nothing.

    Raises:
        QueryError: it is no query, or could not be tried.
    """
    if not text.strip():
        return
    full = with_prefixes(text)
    media_type = "text/turtle" if admit(full).form in ("CONSTRUCT", "DESCRIBE") else JSON
    asked = Asked(full, media_type, (), (), first=1)
    try:
        await site_of(request).service.answer(request, snapshot_of(request).dataset, asked)
    except BadQuery as error:
        raise in_text(error, len(full) - len(text)) from error


def _described(error: QueryError, language: str) -> dict[str, object]:
    found: dict[str, object] = {"error": error.say(language)}
    if isinstance(error, BadQuery) and error.line:
        found |= {"line": error.line, "column": error.column}
    return found
