"""All that is missing: references to no known document, tasks without a basis, force not known, facts not checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.ontology.iri import mint, parse
from cancu.web.days import as_of
from cancu.web.law import NOTHING_KNOWN, UNKNOWN
from cancu.web.pages.force import OWN_TIERS, PLANS_SHOWN, situation, task_link
from cancu.web.pages.task import Remark, remark_of
from cancu.web.paging import piece_of
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
from cancu.web.site import Data, render
from cancu.web.words import Link, Place, Quote, grouped

router = APIRouter(include_in_schema=False)

SEVERITIES = ("error", "check", "hint")
SHOWN, SHOWN_OF_MANY = 200, 30
PER_PAGE = 40
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
    findings = _every_finding(reading, scope)
    shown, others = _recalled(reading, scope)
    return render(
        request,
        "gaps.html",
        at=at,
        unresolved=piece_of(
            request,
            grouped(reading.ask("A7", scope.values), "task_iri", "reference_iri"),
            "trang-vien-dan",
            PER_PAGE,
        ).each(partial(_unresolved, reading, scope)),
        preamble=piece_of(
            request,
            grouped(reading.ask("A10", scope.values), "document_iri", "reference"),
            "trang-dan-chung",
            PER_PAGE,
        ).each(partial(_preamble, reading)),
        baseless=piece_of(request, _baseless(reading, scope), "trang-khong-can-cu", 3 * PER_PAGE),
        unknown=piece_of(
            request, _unknown(reading, scope, at.day), "trang-hieu-luc", PER_PAGE
        ).each(partial(situation, reading, scope, day=at.day)),
        plans_shown=PLANS_SHOWN,
        tiers=OWN_TIERS,
        recalled=shown,
        recalled_others=others,
        findings={code: [f for f in findings if f[1].severity == code] for code in SEVERITIES},
        shown=SHOWN_OF_MANY if scope.mixed else SHOWN,
    )


def _unresolved(reading: Reading, scope: Scope, rows: Sequence[Row]) -> Open:
    first = rows[0]
    return Open(
        task_link(reading, scope, str(first["task_iri"]), first["plan_iri"]),
        Quote(str(first["reference"]), _places(reading, first["reference"], first, "task")),
        tuple(
            (
                Link(str(row["candidate"]), str(row["candidate_iri"])),
                str(row["review"] or ""),
                str(row["claim_iri"]).rsplit("/", 1)[-1],
            )
            for row in rows
            if row["candidate"]
        ),
    )


def _preamble(reading: Reading, rows: Sequence[Row]) -> tuple[Open, tuple[Row, ...]]:
    """A document of the preamble that amends others without a number, and what the registry says it amends."""
    first = rows[0]
    quote = Quote(str(first["reference"]), _places(reading, first["reference"], first, "document"))
    return Open(Link(str(first["document"]), str(first["document_iri"])), quote, ()), tuple(rows)


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


def _unknown(reading: Reading, scope: Scope, day: str) -> list[Link]:
    """The documents that a plan or a task leans on, of which nobody knows whether they are in force on the day."""
    documents = dict.fromkeys(lean.document for lean in reading.leaning if scope.has(lean.plan))
    force = reading.force(day)
    return [d for d in documents if force.get(d.iri, NOTHING_KNOWN).status == UNKNOWN]


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


def _every_finding(reading: Reading, scope: Scope) -> list[tuple[Link | None, Remark]]:
    if scope.iri:
        return _findings(reading, scope)
    return reading.kept("remarks", lambda: _findings(reading, scope))


def _findings(reading: Reading, scope: Scope) -> list[tuple[Link | None, Remark]]:
    """Every finding of the plans asked about, with what it is about, plan by plan in reading order."""
    sources = {str(row["source_iri"]): scope.named(row["plan_iri"]) for row in scope.rows(reading)}
    found = [
        (
            _about(rows[0], sources[_source(rows[0])]),
            remark_of(reading, rows),
        )
        for rows in reading.kept(
            "findings", lambda: grouped(reading.rows("all_findings"), "finding_iri")
        )
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
