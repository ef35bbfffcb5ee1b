"""The page of a legal document: what it is, what rests on it tier by tier, and how it stands to others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cancu.graph.dataset import Row
from cancu.ontology.terms import CANCU, DCTERMS, ELI
from cancu.web.addresses import (
    FALL,
    anchor,
    claim_anchor,
    document_iri,
    is_part_of_document,
    page_of,
)
from cancu.web.days import as_of
from cancu.web.errors import NoPage
from cancu.web.law import NOTHING_KNOWN, replacers, wording
from cancu.web.pages.fall import show_fall
from cancu.web.pages.task import show_task, task_parts
from cancu.web.paging import Piece, piece_of
from cancu.web.proofs import TIERS
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
from cancu.web.site import Data, render
from cancu.web.words import Link, Place, Quote, grouped, place_of, quote_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Relation:
    """A relation to another document, with how it is known; mark, sources and day checked are the registry's."""

    anchor: str
    predicate: str
    other: Link
    title: str
    how: str
    status: str
    quote: Quote
    claim: Link
    mark: str
    clause: str
    sources: tuple[str, ...]
    checked: str | None


@dataclass(frozen=True)
class Record:
    """A fact that the registry records, with its mark, sources and the day it was checked."""

    predicate: str
    part: Link | None
    value: str
    object: Link | None
    mark: str
    checked: str | None
    as_of: str | None
    words: str
    note: str
    sources: tuple[tuple[str, str], ...]


PLACES_SHOWN = 30
"""Places of its words that are shown at a time."""

PER_PAGE = 80
"""Tasks of a tier, or relations of a kind, on one page."""

_RELATIONS = (ELI.amends, CANCU.guidesImplementationOf, CANCU.replaces, ELI.repeals)
"""The relations of the diagram, in its order; others (căn cứ) follow."""

_FACTS = (
    DCTERMS.title,
    DCTERMS.description,
    ELI.date_document,
    ELI.first_date_entry_in_force,
    ELI.date_no_longer_in_force,
    CANCU.lastSeenInForce,
    ELI.in_force,
)
"""What the registry records of a document itself, in the order in which it is read."""


@router.get("/van-ban/{tail:path}", response_model=None)
def document(request: Request, reading: Data, scope: Scoped, tail: str) -> Response:
    """A document, or what falls with it; a part of one that gives a duty is a task, any other part leads to its
    document.
    """
    if f"/{tail}".endswith(FALL):
        return show_fall(request, reading, scope, document_iri(tail.removesuffix(FALL)))
    iri = document_iri(tail)
    if iri is None:
        raise NoPage(request.url.path)
    if is_part_of_document(iri):
        if iri in reading.line_of:
            return show_task(request, reading, iri)
        whole = re.split(r"/(?:dieu|chuong)-", iri)[0]
        return RedirectResponse(f"{page_of(whole)}#{anchor(whole, iri)}", status_code=303)
    return _document(request, reading, scope, iri)


def _document(request: Request, reading: Reading, scope: Scope, iri: str) -> HTMLResponse:
    rows = reading.rows("document", document=iri)
    if not rows:
        raise NoPage(request.url.path)
    answer = reading.ask("A5", {"document": iri, **scope.values})
    links = reading.rows("document_links", document=iri)
    at = as_of(request, reading, str(rows[0]["plan_iri"] or ""))
    force = reading.force(at.day)
    records = _records(reading.rows("registry_facts", document=iri))
    return render(
        request,
        "document.html",
        iri=iri,
        anchor=anchor,
        about=rows[0],
        at=at,
        force=force.get(iri, NOTHING_KNOWN),
        replaced=replacers(reading.steps, iri, force),
        amended=wording(reading.steps, iri, force),
        missing=sorted({str(row["missing_iri"]) for row in rows if row["missing_iri"]}),
        places=piece_of(request, _places(rows), "trang-noi-neu", PLACES_SHOWN),
        tiers=TIERS,
        tasks={
            tier: piece_of(
                request, [r for r in answer if r["tier"] == tier], f"trang-{tier}", PER_PAGE
            )
            for tier in TIERS
        },
        out=_paged(request, links, "out"),
        into=_paged(request, links, "in"),
        facts=[record for record in records if record.part is None],
        parts=task_parts(reading, iri),
        articles=[record for record in records if record.part],
        duties=[line for line in reading.lines if line.iri.startswith(f"{iri}/")],
        fall=f"{request.url.path}{FALL}{at.query}",
    )


def _records(rows: Sequence[Row]) -> list[Record]:
    """What the registry records: the document's own facts first, then its articles; relations stand elsewhere."""
    found = [
        _record(same) for same in grouped(rows, "entry_iri") if same[0]["predicate_iri"] in _FACTS
    ]
    return sorted(found, key=lambda r: (_natural(r.part), _FACTS.index(r.predicate), r.as_of or ""))


def _natural(part: Link | None) -> tuple[int, str]:
    digits = re.search(r"\d+", part.label) if part else None
    return (int(digits[0]) if digits else 0, part.label if part else "")


def _record(rows: Sequence[Row]) -> Record:
    first = rows[0]
    named = Link(str(first["object"] or ""), str(first["object_iri"]))
    values = {str(row["value"]) for row in rows if row["value"]}
    sources = {
        (str(row["source"]), str(row["source_title"] or "")) for row in rows if row["source"]
    }
    return Record(
        predicate=str(first["predicate_iri"]),
        part=Link(str(first["part"]), str(first["about_iri"])) if first["part"] else None,
        value=" · ".join(sorted(values)),
        object=named if first["object_iri"] else None,
        mark=str(first["mark"]),
        checked=_text(first["checked"]),
        as_of=_text(first["as_of"]),
        words=str(first["words"] or ""),
        note=str(first["note"] or ""),
        sources=tuple(sorted(sources)),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _places(rows: Sequence[Row]) -> list[Place]:
    return sorted({place for place in (place_of(row["span_iri"]) for row in rows) if place})


def _paged(request: Request, rows: Sequence[Row], side: str) -> list[Piece[Relation]]:
    """The relations of one side, each predicate in pages of its own."""
    return [
        piece_of(request, listed, f"trang-{side}-{number}", PER_PAGE)
        for number, listed in enumerate(_relations(rows, side), 1)
    ]


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
                    mark=str(one[0]["mark"] or ""),
                    clause=str(one[0]["clause"] or ""),
                    sources=tuple(sorted({str(r["source"]) for r in one if r["source"]})),
                    checked=_text(one[0]["checked"]),
                )
                for one in grouped(same, "claim_iri")
            ),
            key=lambda relation: relation.quote.places,
        )
        for same in sorted(grouped(wanted, "predicate_iri"), key=_rank)
    ]


def _rank(rows: Sequence[Row]) -> int:
    predicate = rows[0]["predicate_iri"]
    return _RELATIONS.index(predicate) if predicate in _RELATIONS else len(_RELATIONS)
