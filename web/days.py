"""The day that a page speaks of: `?ngay=2023-02-15` in its address, or a day that suits the page."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from cancu.queries.parameters import resolve
from cancu.web.reading import Reading

FIELD = "ngay"
"""The name of the day in an address."""

_MONTH = re.compile(r"/(\d{4})-(\d{2})(?:-\d{2})?/")


@dataclass(frozen=True)
class AsOf:
    """The day of a page (ISO), and whether its address says it."""

    day: str
    asked: bool

    @property
    def query(self) -> str:
        """What links to other pages of the same day carry."""
        return f"?{FIELD}={self.day}" if self.asked else ""


def as_of(request: Request, reading: Reading, plan: str | None = None) -> AsOf:
    """The day asked; else the end of the plan's month; else, and without a plan, today.

    Raises:
        BadValue: the address has a day that is none.
    """
    typed = request.query_params.get(FIELD, "").strip()
    if typed:
        bound = resolve("date", "date", typed, reading.dataset, plan).bindings
        return AsOf(bound["date_asked"].value, True)
    return AsOf(end_of_month(reading, plan) or date.today().isoformat(), False)


def end_of_month(reading: Reading, plan: str | None) -> str | None:
    """The last day of the month in which a plan was issued, by its date or its decision's address."""
    row = next((row for row in reading.plans if row["plan_iri"] == plan), None)
    if row is None:
        return None
    match = _MONTH.search(f"/{row['date']}/{row['decision_iri']}")
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
