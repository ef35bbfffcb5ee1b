"""Addresses of things: `/id/…` leads to the page or, for machines, to its data beside it (`/id/….ttl`); `/chi-tiet/…` says all there is of what has no page of its own."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cancu.graph.dataset import Row
from cancu.ontology.iri import BASE
from cancu.ontology.terms import RDFS, SKOS
from cancu.queries.sparql import Asked
from cancu.web.addresses import generic_iri, page_of
from cancu.web.errors import NoPage
from cancu.web.headers import OPEN
from cancu.web.language import language_of
from cancu.web.negotiate import best
from cancu.web.service import tag_of
from cancu.web.site import Data, render, site_of, snapshot_soon
from cancu.web.words import grouped, place_of

router = APIRouter(include_in_schema=False)


SUFFIXES: Mapping[str, str] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""End of an address -> the media type of what is there; whoever has no wish gets the first, or the page."""
_SAID = "CONSTRUCT {{ <{0}> ?p ?o . ?s ?q <{0}> }} WHERE {{ {{ <{0}> ?p ?o }} UNION {{ ?s ?q <{0}> }} }} LIMIT 10000"


@router.get("/id/{tail:path}")
async def thing(request: Request, tail: str) -> Response:
    """The page about a thing, or what the data say of it (HTTP range-14: see other)."""
    return await _see(request, f"{BASE}id/{tail}")


@router.get("/dm/{tail:path}")
async def concept(request: Request, tail: str) -> Response:
    """The page about a concept or a list of them, or what the data say of it."""
    return await _see(request, f"{BASE}dm/{tail}")


async def _see(request: Request, iri: str) -> Response:
    whole, _, suffix = iri.rpartition(".")
    if suffix in SUFFIXES and page_of(whole):
        return await _data(request, whole, SUFFIXES[suffix])
    page = page_of(iri)
    if page is None:
        raise NoPage(request.url.path)
    wanted = best(request.headers.get("accept", ""), ("text/html", *SUFFIXES.values()))
    ending = next((end for end, kind in SUFFIXES.items() if kind == wanted), "")
    target = f"{request.url.path}.{ending}" if ending else page
    return RedirectResponse(target, status_code=303, headers={**OPEN, "Vary": "Accept"})


async def _data(request: Request, iri: str, media_type: str) -> Response:
    """All triples that a thing is the subject or the object of."""
    reading = await snapshot_soon(request)
    asked = Asked(_SAID.format(iri), media_type)
    tag = f'W/"{tag_of(reading.dataset, asked)}"'
    headers = {
        **OPEN,
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Link": f'<{iri}>; rel="describes"',
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    found = (await site_of(request).service.answer(request, reading.dataset, asked)).result
    if not found.body.strip(b" \n[]") or (
        media_type == "application/rdf+xml" and b"rdf:about" not in found.body
    ):
        raise NoPage(request.url.path)
    return Response(found.body, headers=headers, media_type=media_type)


@router.get("/chi-tiet/{tail:path}")
def resource(request: Request, reading: Data, tail: str) -> HTMLResponse:
    """Everything said of one thing, property by property."""
    iri = generic_iri(tail)
    rows = reading.rows("resource", resource=iri) if iri else ()
    if iri is None or not rows:
        raise NoPage(request.url.path)
    language = language_of(request)
    return render(
        request,
        "resource.html",
        iri=iri,
        label=_label(rows, language) or tail,
        facts=[
            (str(same[0]["predicate_iri"]), [_value(row) for row in same])
            for same in grouped(rows, "predicate_iri")
        ],
    )


def _label(rows: tuple[Row, ...], language: str) -> str:
    names = [r for r in rows if r["predicate_iri"] in (SKOS.prefLabel, RDFS.label)]
    names.sort(key=lambda row: row["language"] != language)
    return str(names[0]["value"]) if names else ""


def _value(row: Row) -> dict[str, str | None]:
    value = str(row["value"])
    if not row["is_iri"]:
        return {"text": value, "page": None, "language": str(row["language"] or "")}
    place = place_of(value)
    text = f"{place.start}–{place.end}" if place else str(row["label"] or value.removeprefix(BASE))
    return {"text": text, "page": page_of(value), "language": ""}
