"""Deadlines: the words as written, their kinds, and the days they mean.

Readings follow EDTF (ISO 8601-2): a quarter is the "season" 33 to 36, an interval "a/b", an open end "..".
"Trước ngày 31/5/2023" leaves that day out; nothing that says only "theo hướng dẫn …" gets a day.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from cancu.loaders.patterns import load
from cancu.loaders.words import Value, Words

_QUARTER = r"[Qq]uý\s+(?P<q>IV|I{1,3}|[1-4])(?:\s*[/-]\s*|\s+(?:năm\s+)?)(?P<y>\d{4})"
_QUARTERS = r"[Qq]uý\s+(?P<q1>IV|I{1,3}|[1-4])(?:\s*(?:/|năm)\s*(?P<y1>\d{4}))?\s*(?:đến|-|–)\s*(?:hết\s+)?[Qq]uý\s+(?P<q2>IV|I{1,3}|[1-4])\s*(?:/|năm)\s*(?P<y2>\d{4})"
_ON = r"^(?:[Nn]gày\s+)?(?P<d>\d{1,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>\d{4})[.;]?$"
_MONTHS = r"(?:[Tt]ừ\s+)?[Tt]háng\s+(?P<m1>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y1>\d{4}))?\s*(?:đến|-|–)\s*(?:hết\s+)?tháng\s+(?P<m2>\d{1,2})\s*(?:/|năm)\s*(?P<y2>\d{4})"
_MONTH = r"[Tt]háng\s+(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>\d{4})"
_BEFORE = r"[Tt]rước\s+(?:ngày\s+)?(?P<d>\d{1,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>\d{4})"
_YEARS = r"(?:giai\s+đoạn\s+|[Tt]ừ\s+năm\s+)?(?P<y1>\d{4})\s*(?:-|–|đến\s+năm)\s*(?P<y2>\d{4})"
_YEAR = r"[Nn]ăm\s+(?P<y>\d{4})"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; an open end is None. ISO dates, with their EDTF form."""

    start: str
    end: str | None
    edtf: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit.

    Attributes:
        words: as written.
        kinds: concepts of the scheme loai-thoi-han, at least one.
        period: the days it names, or None.
        due_before: ISO day before which the work must be done, that day excluded, or None.
        proposed: a period that is more likely meant, where the words are evidently wrong.
    """

    words: Value
    kinds: tuple[str, ...]
    period: Period | None
    due_before: str | None
    proposed: Period | None = None


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((k["code"], re.compile(k["pattern"])) for k in load("deadlines")["kind"])


def read_deadline(words: Words) -> Deadline | None:
    """The deadline a cell states; None for an empty cell or a mere dash."""
    if not re.search(r"\w", words.text):
        return None
    text = words.text
    kinds = [code for code, pattern in _kinds() if pattern.search(text)]
    due = re.search(_BEFORE, text)
    due_before = _day(due["y"], due["m"], due["d"]) if due else None
    period = None if due else _period(text, open_end="bat-dau-tu" in kinds)
    if not kinds:
        kinds = ["trong-ky"]
    return Deadline(words.value(), tuple(kinds), period, due_before)


def _period(text: str, open_end: bool) -> Period | None:
    if match := re.search(_MONTHS, text):
        return _months(match["y1"] or match["y2"], match["m1"], match["y2"], match["m2"])
    if match := re.search(_QUARTERS, text):
        first, last = (load("deadlines")["quarters"][match[q]] for q in ("q1", "q2"))
        return _quarters(int(match["y1"] or match["y2"]), first, int(match["y2"]), last)
    if match := re.search(_ON, text):
        day = _day(match["y"], match["m"], match["d"])
        return Period(day, day, day) if day else None
    if match := re.search(_QUARTER, text):
        return _quarter(int(match["y"]), load("deadlines")["quarters"][match["q"]], open_end)
    if match := re.search(_MONTH, text):
        return _months(match["y"], match["m"], match["y"], match["m"])
    if match := re.search(_YEARS, text):
        return Period(
            f"{match['y1']}-01-01", f"{match['y2']}-12-31", f"{match['y1']}/{match['y2']}"
        )
    if match := re.search(_YEAR, text):
        year = match["y"]
        return Period(
            f"{year}-01-01",
            None if open_end else f"{year}-12-31",
            f"{year}/.." if open_end else year,
        )
    return None


def _quarter(year: int, quarter: int, open_end: bool) -> Period:
    first, last = 3 * quarter - 2, 3 * quarter
    start, end = (
        f"{year:04}-{first:02}-01",
        f"{year:04}-{last:02}-{calendar.monthrange(year, last)[1]:02}",
    )
    edtf = f"{year:04}-{32 + quarter}"
    return Period(start, None, f"{edtf}/..") if open_end else Period(start, end, edtf)


def _quarters(year1: int, quarter1: int, year2: int, quarter2: int) -> Period | None:
    if (year1, quarter1) > (year2, quarter2):
        return None
    first, last = (
        _quarter(year1, quarter1, open_end=False),
        _quarter(year2, quarter2, open_end=False),
    )
    return Period(first.start, last.end, f"{first.edtf}/{last.edtf}")


def _months(year1: str, month1: str, year2: str, month2: str) -> Period | None:
    y1, m1, y2, m2 = int(year1), int(month1), int(year2), int(month2)
    if not (1 <= m1 <= 12 and 1 <= m2 <= 12 and (y1, m1) <= (y2, m2)):
        return None
    edtf = f"{y1:04}-{m1:02}" + ("" if (y1, m1) == (y2, m2) else f"/{y2:04}-{m2:02}")
    return Period(
        f"{y1:04}-{m1:02}-01", f"{y2:04}-{m2:02}-{calendar.monthrange(y2, m2)[1]:02}", edtf
    )


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def in_year(period: Period, year: int) -> Period:
    """The same days of another year: what is proposed where only the year is wrong."""
    old = period.start[:4]
    end = period.end.replace(period.end[:4], str(year), 1) if period.end else None
    return Period(period.start.replace(old, str(year), 1), end, period.edtf.replace(old, str(year)))
