"""The style page: every component on one page, drawn with things of the present data; linked from the documentation only."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.queries.codes import all_codes
from cancu.web.days import AsOf
from cancu.web.law import STATUSES, Force
from cancu.web.lines import TIERS, Party
from cancu.web.marks import KINDS as EVIDENCE
from cancu.web.pages.gaps import SEVERITIES
from cancu.web.pages.task import Remark, remark_of
from cancu.web.reading import Reading
from cancu.web.roster import SELECTIONS, VIAS
from cancu.web.site import Data, render
from cancu.web.words import Quote, grouped

router = APIRouter(include_in_schema=False)

ROLES = (*all_codes("role"), "inspected")
COLOURS = (
    "paper", "card", "sunk", "ink", "soft", "line", "strong-line", "brand", "link", "focus",
    "cited", "confirmed", "suggested", "general", "error", "check", "hint", "lit",
)  # fmt: skip


@router.get("/kieu")
def style(request: Request, reading: Data) -> HTMLResponse:
    """All components."""
    today = date.today().isoformat()
    response = render(
        request,
        "style.html",
        tiers=(*TIERS, "general"),
        vias=VIAS,
        selections=SELECTIONS,
        roles=ROLES,
        evidence=EVIDENCE,
        marks=all_codes("mark"),
        at=AsOf(today, False),
        forces=[Force(status, today, today, None, today) for status in STATUSES],
        severities=SEVERITIES,
        remarks=_remarks(reading),
        quote=_quote(reading),
        parties=_parties(reading),
        lines=[line for line in reading.lines if line.kind == "task"][:3],
        colours=COLOURS,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _remarks(reading: Reading) -> list[Remark]:
    """A finding of each severity, where there is one."""
    found = [
        remark_of(reading, rows) for rows in grouped(reading.rows("all_findings"), "finding_iri")
    ]
    firsts = {remark.severity: remark for remark in reversed(found)}
    return [firsts[severity] for severity in SEVERITIES if severity in firsts]  # fmt: skip


def _quote(reading: Reading) -> Quote | None:
    """The words of some time limit."""
    line = next((line for line in reading.lines if line.deadline), None)
    if line is None:
        return None
    return Quote(str(line.deadline), reading.places(line.deadline, {line.iri}, line.plan))


def _parties(reading: Reading) -> list[Party]:
    """An agency and a group."""
    found = [party for line in reading.lines for party in line.parties]
    kinds = (next((p for p in found if p.group is group), None) for group in (False, True))
    return [party for party in kinds if party]
