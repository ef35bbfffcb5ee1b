"""The page of a task, an appendix row or an article's duty: every field with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.web.addresses import PROOF, anchor, proof_page, row_iri
from cancu.web.days import as_of
from cancu.web.errors import NoPage
from cancu.web.lines import Line
from cancu.web.proofs import TIERS, proof_of
from cancu.web.reading import Reading
from cancu.web.site import Data, render
from cancu.web.words import Link, Quote, grouped, quote_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Candidate:
    """A document that a reference may mean, with the claim that says so."""

    document: Link
    claim: str
    review: str

    @property
    def digits(self) -> str:
        """What `cancu review` takes."""
        return self.claim.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Part:
    """A part of a task: its anchor on the page, its words, and who or what it names."""

    anchor: str
    quote: Quote
    role: str = ""
    party: Link | None = None
    closure: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Limit:
    """How a time limit is understood."""

    kinds: tuple[str, ...]
    periods: tuple[tuple[str, str], ...]
    before: str | None
    latest: str | None
    edtf: str | None
    likely: tuple[str, str] | None


@dataclass(frozen=True)
class Remark:
    """A finding, with its words."""

    code: str
    severity: str
    message: dict[str, str]
    proposal: str | None
    quote: Quote


@router.get("/nhiem-vu/{place}/{year}/{key}/{row:path}")
def task(
    request: Request, reading: Data, place: str, year: str, key: str, row: str
) -> HTMLResponse:
    """A row of a plan, or the card that proves its bases."""
    if row.endswith(PROOF):
        return show_proof(request, reading, row_iri(place, year, key, row.removesuffix(PROOF)))
    return show_task(request, reading, row_iri(place, year, key, row))


def show_task(request: Request, reading: Reading, iri: str | None) -> HTMLResponse:
    """The page of the task with this IRI.

    Raises:
        NoPage: there is none.
        BadValue: the day asked is none.
    """
    frames = reading.rows("task", task=iri) if iri else ()
    line = _line(reading, iri)
    if iri is None or not frames or line is None:
        raise NoPage(request.url.path)
    parts = task_parts(reading, iri)
    at = as_of(request, reading, line.plan)
    return render(
        request,
        "task.html",
        line=line,
        frame=frames[0],
        plan=_plan(reading, line),
        parts=parts,
        roles=_roles(parts["party"]),
        limit=_limit([row for row in frames if row["limit_iri"]]),
        at=at,
        proof=proof_of(reading, iri, at.day),
        card=proof_page(iri),
        tiers=TIERS,
        remarks=remarks(reading, iri),
        children=[other for other in reading.lines if _belongs(other, line)],
        before=_neighbour(reading.lines, line, -1),
        after=_neighbour(reading.lines, line, 1),
    )


def show_proof(request: Request, reading: Reading, iri: str | None) -> HTMLResponse:
    """The proof card of the task with this IRI: one sheet of paper.

    Raises:
        NoPage: there is none.
        BadValue: the day asked is none.
    """
    line = _line(reading, iri)
    if iri is None or line is None:
        raise NoPage(request.url.path)
    at = as_of(request, reading, line.plan)
    return render(
        request,
        "proof.html",
        line=line,
        plan=_plan(reading, line),
        parts=task_parts(reading, iri),
        at=at,
        proof=proof_of(reading, iri, at.day),
        tiers=TIERS,
    )


def _line(reading: Reading, iri: str | None) -> Line | None:
    return next((line for line in reading.lines if line.iri == iri), None)


def _plan(reading: Reading, line: Line) -> Row | None:
    return next((row for row in reading.plans if row["plan_iri"] == line.plan), None)


def task_parts(reading: Reading, iri: str) -> dict[str, list[Part]]:
    """The parts of a task by kind, in order."""
    found: dict[str, list[Part]] = {
        kind: [] for kind in ("content", "party", "product", "item", "limit", "reference")
    }
    for rows in grouped(reading.rows("task_parts", task=iri), "kind", "part_iri"):
        found[str(rows[0]["kind"])].append(_part(reading, iri, rows))
    return found


def _part(reading: Reading, iri: str, rows: list[Row]) -> Part:
    first = rows[0]
    candidates = {
        Candidate(
            Link(str(row["candidate"]), str(row["candidate_iri"])),
            str(row["candidate_claim_iri"]),
            reading.code(row["review_iri"]),
        )
        for row in rows
        if row["candidate"]
    }
    party = first["party_iri"]
    return Part(
        anchor=anchor(iri, str(first["part_iri"])),
        quote=quote_of(rows),
        role=reading.code(first["role_iri"]),
        party=Link(str(first["party"]), str(party)) if party else None,
        closure=reading.code(first["closure_iri"]),
        candidates=tuple(sorted(candidates, key=lambda candidate: candidate.document.label)),
    )


def _roles(parties: Sequence[Part]) -> list[str]:
    """The roles there are, whoever leads first."""
    roles = dict.fromkeys(part.role for part in parties)
    return sorted(roles, key=lambda role: role != "lead")


def _limit(rows: Sequence[Row]) -> Limit | None:
    if not rows:
        return None
    first = {key: None if value is None else str(value) for key, value in rows[0].items()}
    periods = [(str(row["from"] or ""), str(row["to"] or "")) for row in rows]
    likely = (first["likely_from"] or "", first["likely_to"] or "")
    return Limit(
        kinds=tuple(dict.fromkeys(str(row["kind_iri"]) for row in rows)),
        periods=tuple(dict.fromkeys(period for period in periods if any(period))),
        before=first["before"],
        latest=first["latest"],
        edtf=first["edtf"],
        likely=likely if any(likely) else None,
    )


def remarks(reading: Reading, target: str) -> list[Remark]:
    """The findings about a thing, in reading order."""
    return sorted(
        (
            remark_of(reading, rows)
            for rows in grouped(reading.rows("findings", target=target), "finding_iri")
        ),
        key=lambda remark: remark.quote.places,
    )


def remark_of(reading: Reading, rows: Sequence[Row]) -> Remark:
    """The finding of rows that differ in their span only."""
    first = rows[0]
    return Remark(
        code=str(first["code_iri"]),
        severity=reading.code(first["severity_iri"]),
        message={"vi": str(first["vi"]), "en": str(first["en"])},
        proposal=None if first["proposal"] is None else str(first["proposal"]),
        quote=quote_of(rows),
    )


def _belongs(other: Line, line: Line) -> bool:
    return other.parent == line.iri


def _neighbour(lines: Sequence[Line], line: Line, step: int) -> Line | None:
    same = [other for other in lines if other.kind == line.kind and other.plan == line.plan]
    at = same.index(line) + step
    return same[at] if 0 <= at < len(same) else None
