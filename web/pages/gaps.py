"""All that is missing: references to no known document, tasks without a basis, force not known, facts not checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.ontology.iri import mint, parse
from cancu.queries.answer import ask
from cancu.web.days import as_of
from cancu.web.law import UNKNOWN
from cancu.web.pages.force import OWN_TIERS, Situation, situation, task_link
from cancu.web.pages.task import Remark, remark_of
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
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
def gaps(request: Request, reading: Data, scope: Scoped) -> HTMLResponse:
    """All gaps on one page."""
    at = as_of(request, reading, scope.iri or None)
    findings = _findings(reading, scope)
    shown, others = _recalled(reading, scope)
    return render(
        request,
        "gaps.html",
        at=at,
        unresolved=_unresolved(reading, scope, ask("A7", scope.values, reading.dataset).rows),
        preamble=_preamble(reading, ask("A10", scope.values, reading.dataset).rows),
        baseless=_baseless(reading, scope),
        unknown=_unknown(reading, scope, at.day),
        tiers=OWN_TIERS,
        recalled=shown,
        recalled_others=others,
        findings={code: [f for f in findings if f[1].severity == code] for code in SEVERITIES},
        shown=SHOWN,
    )


def _unresolved(reading: Reading, scope: Scope, rows: Sequence[Row]) -> list[Open]:
    return [
        Open(
            task_link(reading, scope, str(same[0]["task_iri"]), same[0]["plan_iri"]),
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
    return reading.places(words, {str(row[f"{about}_iri"])}, row.get("plan_iri"))


def _baseless(reading: Reading, scope: Scope) -> list[Link]:
    """The tasks of the tables without any basis of their own, not even a suggested one (question A8)."""
    leaning = {lean.task for lean in reading.leaning}
    return [
        task_link(reading, scope, line.iri, line.plan)
        for line in reading.lines
        if scope.has(line.plan) and line.kind == "task" and line.iri not in leaning
    ]


def _unknown(reading: Reading, scope: Scope, day: str) -> list[Situation]:
    """The documents that a plan or a task leans on, of which nobody knows whether they are in force on the day."""
    documents = dict.fromkeys(lean.document for lean in reading.leaning if scope.has(lean.plan))
    found = [situation(reading, scope, document, day) for document in documents]
    return [one for one in found if one.force.status == UNKNOWN]


Facts = list[tuple[Link, list[Recalled]]]


def _recalled(reading: Reading, scope: Scope) -> tuple[Facts, Facts]:
    """Facts from memory: behind the documents that a plan or a task leans on and the steps to them; and all others."""
    near = {lean.document.iri for lean in reading.leaning if scope.has(lean.plan)}
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


def _findings(reading: Reading, scope: Scope) -> list[tuple[Link | None, Remark]]:
    """Every finding of the plans asked about, with what it is about, plan by plan in reading order."""
    sources = {str(row["source_iri"]): scope.named(row["plan_iri"]) for row in scope.rows(reading)}
    found = [
        (
            _about(rows[0], sources[_source(rows[0])]),
            remark_of(reading, rows),
        )
        for rows in grouped(reading.rows("all_findings"), "finding_iri")
        if _source(rows[0]) in sources
    ]
    return sorted(found, key=lambda pair: pair[1].quote.places)


def _source(row: Row) -> str:
    """The address of the source whose words a finding is about."""
    address = parse(str(row["finding_iri"]))
    return mint("source", source=address.fields["source"]) if address else ""


def _about(row: Row, plan: str) -> Link | None:
    """What a finding is about, with its plan where several are shown."""
    label = str(row["target"] or "")
    if not row["target"]:
        return Link(plan, "") if plan else None
    return Link(f"{label} ({plan})" if plan else label, str(row["target_iri"]))
