"""The quarters that a stretch of days touches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST_YEARS = 30
"""Longer stretches are slips; their quarters are those of the first so many years."""


@dataclass(frozen=True, order=True)
class Span:
    """ISO days, first and last; `proposed` where only a proposed reading of the words gives them."""

    start: str
    end: str
    proposed: bool = False

    def touches(self, period: tuple[str, str]) -> bool:
        """Whether it shares a day with a period."""
        return self.start <= period[1] and period[0] <= self.end


def span_of(
    start: str, end: str, plan: tuple[str, str] | None, proposed: bool = False
) -> Span | None:
    """The span of a task of which one side may be open.

    Work with a last day only runs from the beginning of its plan's period, else of the year; work with a first day only to
    the end of that period or year. None if both sides are open.
    """
    if not start and not end:
        return None
    opens, closes = plan or ("9999", "")
    first = start or (opens if opens <= end else f"{end[:4]}-01-01")
    last = end or (closes if closes >= start else f"{start[:4]}-12-31")
    return Span(first, last, proposed)


def day_before(day: str) -> str:
    """The ISO day before an ISO day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def quarters_of(span: Span) -> Iterator[str]:
    """The quarters that a span touches: "2023-Q1", in order."""
    first = int(span.start[:4])
    for year in range(first, min(int(span.end[:4]), first + MOST_YEARS) + 1):
        for n in range(1, 5):
            if (
                f"{year:04}-{3 * n - 2:02}-01" <= span.end
                and span.start <= f"{year:04}-{3 * n:02}-31"
            ):
                yield f"{year:04}-Q{n}"
