"""The page of a task, an appendix row or an article's duty: every field with its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.web.addresses import anchor, claim_anchor, row_iri
from cancu.web.errors import NoPage
from cancu.web.lines import Line
from cancu.web.reading import Reading
from cancu.web.site import Data, render
from cancu.web.words import Link, Quote, grouped, quote_of

router = APIRouter(include_in_schema=False)

TIERS = ("cited", "confirmed", "suggested", "general")


@dataclass(frozen=True)
class Part:
    """A part of a task: its anchor on the page, its words, and who or what it names."""

    anchor: str
    quote: Quote
    role: str = ""
    party: Link | None = None
    closure: str = ""
    candidates: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Basis:
    """A document the task rests on in one tier, with the claim that says so."""

    anchor: str
    document: Link
    title: str
    how: str
    status: str
    quote: Quote
    claim: Link


@dataclass(frozen=True)
class Limit:
    """How a time limit is understood."""

    kinds: tuple[str, ...]
    start: str | None
    end: str | None
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
    """A row of a plan."""
    return show_task(request, reading, row_iri(place, year, key, row))


def show_task(request: Request, reading: Reading, iri: str | None) -> HTMLResponse:
    """The page of the task with this IRI.

    Raises:
        NoPage: there is none.
    """
    frame = next(iter(reading.rows("task", task=iri)), None) if iri else None
    line = next((line for line in reading.lines if line.iri == iri), None)
    if iri is None or frame is None or line is None:
        raise NoPage(request.url.path)
    parts = task_parts(reading, iri)
    return render(
        request,
        "task.html",
        line=line,
        frame=frame,
        plan=next((row for row in reading.plans if row["plan_iri"] == line.plan), None),
        parts=parts,
        roles=_roles(parts["party"]),
        limit=_limit(reading, iri),
        bases=_bases(reading, iri),
        tiers=TIERS,
        remarks=remarks(reading, iri),
        children=[other for other in reading.lines if _belongs(other, line)],
        before=_neighbour(reading.lines, line, -1),
        after=_neighbour(reading.lines, line, 1),
    )


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
        Link(str(row["candidate"]), str(row["candidate_iri"])) for row in rows if row["candidate"]
    }
    party = first["party_iri"]
    return Part(
        anchor=anchor(iri, str(first["part_iri"])),
        quote=quote_of(rows),
        role=reading.code(first["role_iri"]),
        party=Link(str(first["party"]), str(party)) if party else None,
        closure=reading.code(first["closure_iri"]),
        candidates=tuple(sorted(candidates, key=lambda link: link.label)),
    )


def _roles(parties: Sequence[Part]) -> list[str]:
    """The roles there are, whoever leads first."""
    roles = dict.fromkeys(part.role for part in parties)
    return sorted(roles, key=lambda role: role != "lead")


def _limit(reading: Reading, iri: str) -> Limit | None:
    rows = reading.rows("task_limit", task=iri)
    if not rows:
        return None
    first = {key: None if value is None else str(value) for key, value in rows[0].items()}
    likely = (first["likely_from"] or "", first["likely_to"] or "")
    return Limit(
        kinds=tuple(dict.fromkeys(str(row["kind_iri"]) for row in rows)),
        start=first["from"],
        end=first["to"],
        before=first["before"],
        latest=first["latest"],
        edtf=first["edtf"],
        likely=likely if any(likely) else None,
    )


def _bases(reading: Reading, iri: str) -> dict[str, list[Basis]]:
    """The bases of each tier; a document that a tier of the task's own has is not repeated under the general one."""
    found: dict[str, list[Basis]] = {tier: [] for tier in TIERS}
    own: set[str] = set()
    for rows in grouped(reading.rows("task_bases", task=iri), "tier", "document_iri", "claim_iri"):
        first, tier = rows[0], str(rows[0]["tier"])
        if tier == "general" and str(first["document_iri"]) in own:
            continue
        own.add(str(first["document_iri"]))
        found[tier].append(
            Basis(
                anchor=claim_anchor(str(first["claim_iri"])),
                document=Link(str(first["document"]), str(first["document_iri"])),
                title=str(first["title"] or ""),
                how=str(first["how_iri"]),
                status=str(first["status_iri"]),
                quote=quote_of(rows),
                claim=Link("", str(first["claim_iri"])),
            )
        )
    found["general"].sort(key=lambda basis: basis.quote.places)
    return found


def remarks(reading: Reading, target: str) -> list[Remark]:
    """The findings about a thing, in reading order."""
    return sorted(
        (
            Remark(
                code=str(rows[0]["code_iri"]),
                severity=reading.code(rows[0]["severity_iri"]),
                message={"vi": str(rows[0]["vi"]), "en": str(rows[0]["en"])},
                proposal=None if rows[0]["proposal"] is None else str(rows[0]["proposal"]),
                quote=quote_of(rows),
            )
            for rows in grouped(reading.rows("findings", target=target), "finding_iri")
        ),
        key=lambda remark: remark.quote.places,
    )


def _belongs(other: Line, line: Line) -> bool:
    return other.parent == line.iri


def _neighbour(lines: Sequence[Line], line: Line, step: int) -> Line | None:
    same = [other for other in lines if other.kind == line.kind and other.plan == line.plan]
    at = same.index(line) + step
    return same[at] if 0 <= at < len(same) else None
