"""The year as a table: what is due and what runs in each quarter or month, and what has no day and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.web.formats import query_with
from cancu.web.paging import piece_of
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
from cancu.web.site import Data, render
from cancu.web.timeline import Bar, Slot, bar_of, due_in, slots_of, years_of
from cancu.web.words import Link, Quote, grouped

router = APIRouter(include_in_schema=False)

PER_PAGE = 150
LISTED = 80
"""Entries of the lists below the table on one page."""

UNDATED_PAGE, STRANGE_PAGE = "trang-khong-ngay", "trang-lech-nam"
Year = Annotated[int, Query(ge=0, le=9999)]
Number = Annotated[int, Query(ge=1, le=100_000)]


@dataclass(frozen=True)
class Entry:
    """A task or review item with the words of its time limit.

    Attributes:
        task: its number and address.
        title: what it is.
        plan: address of its plan.
        deadline: the words of the time limit; None where there are none.
        kinds: codes of the kinds of time limit.
        bars: its periods in the year.
        proposed: first and last day of a proposed reading, where the words have a slip.
        references: what the words lean on instead of a day.
    """

    task: Link
    title: str
    plan: str
    deadline: Quote | None
    kinds: str
    bars: tuple[Bar, ...] = ()
    proposed: tuple[str, str] | None = None
    references: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Part:
    """The entries of a plan, and how much of it is due in each slot, by kind."""

    plan: str
    entries: tuple[Entry, ...]
    due: tuple[tuple[Slot, Mapping[str, int]], ...]


@router.get("/lich")
def schedule(
    request: Request,
    reading: Data,
    scope: Scoped,
    nam: Year = 0,
    ky: str = "",
    trang: Number = 1,
) -> HTMLResponse:
    """A year by quarters (`ky=quy`) or months (`ky=thang`); without `nam` the year that most tasks have a day in."""
    rows = reading.ask("C4", scope.values)
    years = years_of(rows)
    year = nam or max(years, key=lambda y: (years[y], -y), default=0)
    slots = slots_of(year, ky == "thang") if year else ()
    dated = _dated(rows, slots)
    shown = dated[(trang - 1) * PER_PAGE : trang * PER_PAGE]
    undated = grouped(reading.ask("C3", scope.values), "task_iri")
    strange = grouped(reading.ask("C8", scope.values), "task_iri")
    return render(
        request,
        "schedule.html",
        year=year,
        years=years,
        months=ky == "thang",
        slots=slots,
        parts=_parts(reading, scope, [_entry(reading, same, slots) for same in shown], slots),
        number=len(dated),
        page=trang,
        pages=max(1, -(-len(dated) // PER_PAGE)),
        undated=piece_of(request, undated, UNDATED_PAGE, LISTED).each(partial(_undated, reading)),
        strange=piece_of(request, strange, STRANGE_PAGE, LISTED).each(partial(_entry, reading)),
        here=lambda **changes: request.url.path + query_with(request, {"trang": "", **changes}),
    )


def _dated(rows: Sequence[Row], slots: Sequence[Slot]) -> list[list[Row]]:
    """The rows of each task that touches the year, in reading order."""
    if not slots:
        return []
    return [same for same in grouped(rows, "task_iri") if any(bar_of(r, slots) for r in same)]


def _entry(reading: Reading, rows: Sequence[Row], slots: Sequence[Slot] = ()) -> Entry:
    first = rows[0]
    task, plan = str(first["task_iri"]), str(first["plan_iri"])
    line = reading.line_of.get(task)
    words = first["deadline"]
    bars = [bar_of(row, slots) for row in rows] if slots else []
    proposed = str(first.get("proposed") or "").split("/")
    return Entry(
        task=Link(str(first["task"]), task),
        title=line.title if line else "",
        plan=plan,
        deadline=Quote(str(words), reading.places(words, {task}, plan)) if words else None,
        kinds=str(first.get("kind") or ""),
        bars=tuple(dict.fromkeys(bar for bar in bars if bar)),
        proposed=(proposed[0], proposed[1]) if len(proposed) == 2 else None,
    )


def _undated(reading: Reading, rows: Sequence[Row]) -> Entry:
    """What has no day, with the words that it leans on instead (question C3)."""
    entry = _entry(reading, rows)
    return replace(entry, references=_references(reading, entry, rows))


def _references(reading: Reading, entry: Entry, rows: Sequence[Row]) -> tuple[Quote, ...]:
    return tuple(
        Quote(str(words), reading.places(words, {entry.task.iri}, entry.plan))
        for words in dict.fromkeys(row["reference"] for row in rows)
        if words
    )


def _parts(
    reading: Reading, scope: Scope, entries: Sequence[Entry], slots: Sequence[Slot]
) -> list[Part]:
    """The entries plan by plan: what is due is counted for each by itself."""
    plans = dict.fromkeys(entry.plan for entry in entries)
    return [
        Part(
            plan,
            tuple(entry for entry in entries if entry.plan == plan),
            tuple((slot, due_in(reading.lines_of.get(plan, ()), slot)) for slot in slots),
        )
        for plan in plans
        if scope.has(plan)
    ]
