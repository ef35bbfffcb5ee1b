"""The situation of the plans' documents on a day: which ended, since when, replaced by what (question A15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.web.addresses import FALL
from cancu.web.days import as_of, end_of_month
from cancu.web.law import NOTHING_KNOWN, STATUSES, Force, Step, replacers
from cancu.web.paging import piece_of
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
from cancu.web.site import Data, render
from cancu.web.words import Link

PER_PAGE = 30
"""Documents in one list on one page."""

PLANS_SHOWN = 5
"""Plans whose tasks are named beside a document; its own page has all."""

router = APIRouter(include_in_schema=False)

OWN_TIERS = ("cited", "confirmed", "suggested")


@dataclass(frozen=True)
class Situation:
    """A document on a day, with the tasks that lean on it by tier and plan (never added up): name of the plan where
    several are shown, and its tasks.
    """

    document: Link
    force: Force
    replaced: tuple[Step, ...]
    tasks: dict[str, list[tuple[str, list[Link]]]]
    general: bool

    @property
    def fall(self) -> str:
        """The page of what falls with it."""
        return f"{self.document.page}{FALL}"


@router.get("/hieu-luc")
def force(request: Request, reading: Data, scope: Scoped) -> HTMLResponse:
    """Every document that a plan identifies, by its force on a day; apart from them, those that are only suggested and
    those that a reference may mean.
    """
    at = as_of(request, reading, scope.iri or None)
    rows = reading.ask("A15", {"date": at.day, **scope.values})
    named = _documents(rows, "document")
    leaning = [lean for lean in reading.leaning if scope.has(lean.plan)]
    suggested = [lean.document for lean in leaning if lean.document.iri not in named]
    unresolved = reading.ask("A7", scope.values)
    force = reading.force(at.day)
    by_status: dict[str, list[Link]] = {status: [] for status in STATUSES}
    for one in named.values():
        by_status[force.get(one.iri, NOTHING_KNOWN).status].append(one)
    told = partial(situation, reading, scope, day=at.day)
    return render(
        request,
        "force.html",
        at=at,
        days=_days(reading, scope),
        statuses=STATUSES,
        by_status={
            status: piece_of(request, listed, f"trang-{number}", PER_PAGE).each(told)
            for number, (status, listed) in enumerate(by_status.items(), 1)
        },
        suggested=piece_of(request, list(dict.fromkeys(suggested)), "trang-goi-y", PER_PAGE).each(
            told
        ),
        candidates=piece_of(
            request, [row for row in unresolved if row["candidate"]], "trang-vien-dan", PER_PAGE
        ).each(partial(_candidate, reading, scope, at.day)),
        plans_shown=PLANS_SHOWN,
        tiers=OWN_TIERS,
    )


def situation(reading: Reading, scope: Scope, document: Link, day: str) -> Situation:
    """A document on an ISO day."""
    force = reading.force(day)
    tasks: dict[str, dict[str, list[Link]]] = {tier: {} for tier in OWN_TIERS}
    leans = [lean for lean in reading.leaning_on.get(document.iri, ()) if scope.has(lean.plan)]
    for lean in leans:
        if lean.task:
            of_plan = tasks[lean.tier].setdefault(scope.named(lean.plan), [])
            of_plan.append(Link(reading.labels.get(lean.task, ""), lean.task))
    order = reading.order
    for plans in tasks.values():
        for links in plans.values():
            links.sort(key=lambda link: order.get(link.iri, 0))
    return Situation(
        document,
        force.get(document.iri, NOTHING_KNOWN),
        tuple(replacers(reading.steps, document.iri, force)),
        {tier: sorted(plans.items()) for tier, plans in tasks.items()},
        any(lean.tier == "general" for lean in leans),
    )


def task_link(reading: Reading, scope: Scope, task: str, plan: object) -> Link:
    """A task by its number, with its plan where several are shown: "II.5 (27/QĐ-UBND · Sầm Sơn 2024)"."""
    code, owner = reading.labels.get(task, ""), scope.named(plan)
    return Link(f"{code} ({owner})" if owner else code, task)


def _documents(rows: Sequence[Row], column: str) -> dict[str, Link]:
    return {
        str(row[f"{column}_iri"]): Link(str(row[column]), str(row[f"{column}_iri"]))
        for row in rows
        if row[column]
    }


def _candidate(reading: Reading, scope: Scope, day: str, row: Row) -> tuple[Link, str, Situation]:
    """What a reference may mean: the task, the words, the document on the day."""
    return (
        task_link(reading, scope, str(row["task_iri"]), row["plan_iri"]),
        str(row["reference"]),
        situation(reading, scope, Link(str(row["candidate"]), str(row["candidate_iri"])), day),
    )


def _days(reading: Reading, scope: Scope) -> list[str]:
    """Days worth a look: the ends of the plans' months, and those on which a document that a task leans on ended."""
    plans = [end_of_month(reading, str(row["plan_iri"])) for row in scope.rows(reading)]
    force = reading.force(date.today().isoformat())
    ended = [
        force.get(lean.document.iri, NOTHING_KNOWN).ended
        for lean in reading.leaning
        if scope.has(lean.plan)
    ]
    return sorted({day for day in (*plans, *ended) if day})
