"""All that is missing: references to no known document, tasks without a basis, force not known, facts not checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.queries.answer import ask
from cancu.web.days import as_of
from cancu.web.law import UNKNOWN
from cancu.web.pages.force import OWN_TIERS, Situation, situation
from cancu.web.pages.task import Remark, remark_of
from cancu.web.reading import Reading
from cancu.web.site import Data, render
from cancu.web.words import Link, Place, Quote, grouped

router = APIRouter(include_in_schema=False)

SEVERITIES = ("error", "check", "hint")
SHOWN = 200
"""How many findings of one severity a page shows."""


@dataclass(frozen=True)
class Open:
    """Words that point to a document nobody has named, with what they may mean."""

    about: Link
    quote: Quote
    candidates: tuple[tuple[Link, str, str], ...]
    """Document, review, digits of the claim."""


@dataclass(frozen=True)
class Recalled:
    """A fact that somebody recalls and nobody has checked."""

    part: str
    predicate: str
    value: str
    object: Link | None


@router.get("/cho-trong")
def gaps(request: Request, reading: Data) -> HTMLResponse:
    """All gaps on one page."""
    at = as_of(request, reading)
    findings = _findings(reading)
    shown, others = _recalled(reading)
    return render(
        request,
        "gaps.html",
        at=at,
        unresolved=_unresolved(reading, ask("A7", {}, reading.dataset).rows),
        preamble=_preamble(reading, ask("A10", {}, reading.dataset).rows),
        baseless=_baseless(reading),
        unknown=_unknown(reading, at.day),
        tiers=OWN_TIERS,
        recalled=shown,
        recalled_others=others,
        findings={code: [f for f in findings if f[1].severity == code] for code in SEVERITIES},
        shown=SHOWN,
    )


def _unresolved(reading: Reading, rows: Sequence[Row]) -> list[Open]:
    return [
        Open(
            Link(str(same[0]["task"]), str(same[0]["task_iri"])),
            Quote(
                str(same[0]["reference"]), _places(reading, same[0]["reference"], same[0], "task")
            ),
            tuple(
                (
                    Link(str(row["candidate"]), str(row["candidate_iri"])),
                    str(row["review"] or ""),
                    str(row["claim_iri"]).rsplit("/", 1)[-1],
                )
                for row in same
                if row["candidate"]
            ),
        )
        for same in grouped(rows, "task_iri", "reference_iri")
    ]


def _preamble(reading: Reading, rows: Sequence[Row]) -> list[tuple[Open, tuple[Row, ...]]]:
    """Documents of the preamble that amend others without a number, and what the registry says they amend."""
    return [
        (
            Open(
                Link(str(same[0]["document"]), str(same[0]["document_iri"])),
                Quote(
                    str(same[0]["reference"]),
                    _places(reading, same[0]["reference"], same[0], "document"),
                ),
                (),
            ),
            tuple(same),
        )
        for same in grouped(rows, "document_iri", "reference")
    ]


def _places(reading: Reading, words: object, row: Row, about: str) -> tuple[Place, ...]:
    said = reading.quotes.get(str(words), ())
    mine = [one.places for one in said if one.subject == row[f"{about}_iri"]]
    return mine[0] if mine else said[0].places if said else ()


def _baseless(reading: Reading) -> list[Link]:
    """The tasks of the tables without any basis of their own, not even a suggested one (question A8)."""
    leaning = {lean.task for lean in reading.leaning}
    return [
        Link(line.code, line.iri)
        for line in reading.lines
        if line.kind == "task" and line.iri not in leaning
    ]


def _unknown(reading: Reading, day: str) -> list[Situation]:
    """The documents that a plan or a task leans on, of which nobody knows whether they are in force on the day."""
    documents = dict.fromkeys(lean.document for lean in reading.leaning)
    found = [situation(reading, document, day) for document in documents]
    return [one for one in found if one.force.status == UNKNOWN]


Facts = list[tuple[Link, list[Recalled]]]


def _recalled(reading: Reading) -> tuple[Facts, Facts]:
    """Facts from memory: behind the documents that a plan or a task leans on and the steps to them; and all others."""
    near = {lean.document.iri for lean in reading.leaning}
    near |= {step.subject.iri for step in reading.steps if step.object.iri in near}
    shown: Facts = []
    others: Facts = []
    for rows in grouped(reading.rows("recalled"), "document_iri"):
        document = Link(str(rows[0]["document"]), str(rows[0]["document_iri"]))
        facts = [_fact(same) for same in grouped(rows, "entry_iri")]
        touched = any(row["object_iri"] in near for row in rows)
        (shown if document.iri in near or touched else others).append((document, facts))
    return shown, others


def _fact(rows: Sequence[Row]) -> Recalled:
    first = rows[0]
    named = Link(str(first["object"] or ""), str(first["object_iri"]))
    return Recalled(
        str(first["part"] or ""),
        str(first["predicate_iri"]),
        str(first["value"] or first["words"] or ""),
        named if first["object_iri"] else None,
    )


def _findings(reading: Reading) -> list[tuple[Link | None, Remark]]:
    """Every finding with what it is about, in reading order."""
    found = [
        (
            Link(str(rows[0]["target"]), str(rows[0]["target_iri"])) if rows[0]["target"] else None,
            remark_of(reading, rows),
        )
        for rows in grouped(reading.rows("all_findings"), "finding_iri")
    ]
    return sorted(found, key=lambda pair: pair[1].quote.places)
