"""Time limits laid out over the quarters or months of a year, as written; what has no day is never put on a day."""

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cancu.graph.dataset import Row
from cancu.web.lines import Line

QUARTERS = ("I", "II", "III", "IV")
LONGEST = 60
"""Years that one time limit is laid out over at most: a slip of the year is no reason for a page of centuries."""


@dataclass(frozen=True)
class Slot:
    """A quarter or month: how an address names it ("2023-Q2", "2023-05"), its number, its first and last day (ISO)."""

    key: str
    number: int
    start: str
    end: str

    @property
    def roman(self) -> str:
        """The number of a quarter as people write it."""
        return QUARTERS[self.number - 1] if "Q" in self.key else ""


@dataclass(frozen=True)
class Bar:
    """One period of a time limit in a year.

    Attributes:
        shape: "span" (first and last day), "open" (a first day only), "due" (a last day only), "whole" (a period in which
            something is done again and again, without a day that it is due).
        before: how many slots of the year lie before it.
        length: how many slots it takes.
        after: how many follow.
        start, end: its days as understood, ISO; empty where the words give none.
        due_before: the day before which it is due, where the words say so.
        earlier, later: whether it begins before the year or goes on after it.
    """

    shape: str
    before: int
    length: int
    after: int
    start: str
    end: str
    due_before: str
    earlier: bool
    later: bool


def slots_of(year: int, months: bool) -> tuple[Slot, ...]:
    """The months of a year, or its quarters."""
    step = 1 if months else 3
    return tuple(
        Slot(
            f"{year}-{first:02}" if months else f"{year}-Q{(first + 2) // 3}",
            (first - 1) // step + 1,
            date(year, first, 1).isoformat(),
            date(
                year, first + step - 1, calendar.monthrange(year, first + step - 1)[1]
            ).isoformat(),
        )
        for first in range(1, 13, step)
    )


def days_of(row: Row) -> tuple[str, str] | None:
    """First and last day of a row of question C4; where only one is given, that day twice; None where there is none."""
    start, end = _text(row["start"]), _text(row["end"]) or _text(row["latest"])
    if not start and not end:
        return None
    return start or end, end or start


def years_of(rows: Sequence[Row]) -> Mapping[int, int]:
    """Year -> how many different tasks have a day in it, in the order of the years."""
    found: Counter[int] = Counter()
    pairs = {(str(row["task_iri"]), year) for row in rows for year in _years(row)}
    found.update(year for _, year in pairs)
    return dict(sorted(found.items()))


def _years(row: Row) -> range:
    days = days_of(row)
    if days is None:
        return range(0)
    first, last = (int(day[:4]) for day in days)
    return range(first, min(last, first + LONGEST) + 1)


def bar_of(row: Row, slots: Sequence[Slot]) -> Bar | None:
    """Where a row of question C4 stands among the slots of a year; None if it does not touch the year."""
    days = days_of(row)
    if days is None:
        return None
    start, end = _text(row["start"]), _text(row["end"]) or _text(row["latest"])
    shape = _shape(row, start, end)
    last = slots[-1].end if shape == "open" else days[1]
    touched = [n for n, slot in enumerate(slots) if slot.start <= last and slot.end >= days[0]]
    if not touched:
        return None
    return Bar(
        shape=shape,
        before=touched[0],
        length=len(touched),
        after=len(slots) - touched[-1] - 1,
        start=start,
        end=end,
        due_before=_text(row["due_before"]),
        earlier=days[0] < slots[0].start,
        later=shape != "open" and last > slots[-1].end,
    )


def _shape(row: Row, start: str, end: str) -> str:
    if not start:
        return "due"
    if not end:
        return "open"
    return "span" if row["latest"] else "whole"


def due_in(lines: Sequence[Line], slot: Slot) -> Mapping[str, int]:
    """Kind of line ("task", "review") -> how many have their last day in the slot: what question C9 counts."""
    return Counter(
        line.kind for line in lines if line.latest and slot.start <= line.latest <= slot.end
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
