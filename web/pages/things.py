"""Addresses of things: `/id/…` leads to the page; `/chi-tiet/…` says all there is of what has no page of its own."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from cancu.graph.dataset import Row
from cancu.ontology.iri import BASE
from cancu.ontology.terms import RDFS, SKOS
from cancu.web.addresses import generic_iri, page_of
from cancu.web.errors import NoPage
from cancu.web.language import language_of
from cancu.web.site import Data, render
from cancu.web.words import grouped, place_of

router = APIRouter(include_in_schema=False)


@router.get("/id/{tail:path}")
def thing(request: Request, tail: str) -> RedirectResponse:
    """The page about a thing (HTTP range-14: see other)."""
    return _see(request, f"{BASE}id/{tail}")


@router.get("/dm/{tail:path}")
def concept(request: Request, tail: str) -> RedirectResponse:
    """The page about a concept or a list of them."""
    return _see(request, f"{BASE}dm/{tail}")


def _see(request: Request, iri: str) -> RedirectResponse:
    page = page_of(iri)
    if page is None:
        raise NoPage(request.url.path)
    return RedirectResponse(page, status_code=303)


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
