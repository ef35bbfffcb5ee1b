"""The page of a legal document: what it is, what rests on it tier by tier, and how it stands to others."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cancu.graph.dataset import Row
from cancu.queries.answer import ask
from cancu.web.addresses import claim_anchor, document_iri, is_part_of_document, page_of
from cancu.web.errors import NoPage
from cancu.web.pages.task import TIERS, show_task, task_parts
from cancu.web.reading import Reading
from cancu.web.site import Data, render
from cancu.web.words import Link, Place, Quote, grouped, place_of, quote_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Relation:
    """A relation to another document, with how it is known."""

    anchor: str
    predicate: str
    other: Link
    title: str
    how: str
    status: str
    quote: Quote
    claim: Link


@router.get("/van-ban/{tail:path}", response_model=None)
def document(request: Request, reading: Data, tail: str) -> Response:
    """A document; a part of one that gives a duty is a task, any other part leads to its document."""
    iri = document_iri(tail)
    if iri is None:
        raise NoPage(request.url.path)
    if is_part_of_document(iri):
        if any(line.iri == iri for line in reading.lines):
            return show_task(request, reading, iri)
        return RedirectResponse(page_of(iri.split("/dieu-")[0]) or "/", status_code=303)
    return _document(request, reading, iri)


def _document(request: Request, reading: Reading, iri: str) -> HTMLResponse:
    rows = reading.rows("document", document=iri)
    if not rows:
        raise NoPage(request.url.path)
    answer = ask("A5", {"document": iri}, reading.dataset)
    links = reading.rows("document_links", document=iri)
    return render(
        request,
        "document.html",
        about=rows[0],
        missing=sorted({str(row["missing_iri"]) for row in rows if row["missing_iri"]}),
        places=_places(rows),
        tiers=TIERS,
        tasks={tier: [r for r in answer.rows if r["tier"] == tier] for tier in TIERS},
        out=_relations(links, "out"),
        into=_relations(links, "in"),
        parts=task_parts(reading, iri),
        articles=[line for line in reading.lines if line.iri.startswith(f"{iri}/")],
    )


def _places(rows: Sequence[Row]) -> list[Place]:
    return sorted({place for place in (place_of(row["span_iri"]) for row in rows) if place})


def _relations(rows: Sequence[Row], side: str) -> list[list[Relation]]:
    """The relations of one side, those of the same predicate together."""
    wanted = [row for row in rows if row["side"] == side]
    return [
        sorted(
            (
                Relation(
                    anchor=claim_anchor(str(one[0]["claim_iri"])),
                    predicate=str(one[0]["predicate_iri"]),
                    other=Link(str(one[0]["other"]), str(one[0]["other_iri"])),
                    title=str(one[0]["title"] or ""),
                    how=str(one[0]["how_iri"]),
                    status=str(one[0]["status_iri"]),
                    quote=quote_of(one),
                    claim=Link("", str(one[0]["claim_iri"])),
                )
                for one in grouped(same, "claim_iri")
            ),
            key=lambda relation: relation.quote.places,
        )
        for same in grouped(wanted, "predicate_iri")
    ]
