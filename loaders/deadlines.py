"""Deadlines: the words as written, their kinds, and the days they mean.

Readings follow EDTF (ISO 8601-2; Library of Congress, 2019): a quarter is the "season" 33 to 36, a half of a year 40
or 41, an interval "a/b", an open end "..", several times "{a,b}". "Trước ngày 31/5/2023" leaves that day out;
"theo hướng dẫn …" and a month without a year get no day, nor does a part of a period that nobody can date ("đầu
tháng 6/2025"): nothing is guessed.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cancu.loaders.patterns import load
from cancu.loaders.words import Value, Words

_Y = r"(?:19|20)\d{2}(?!\d)"
_M = r"(?:1[0-2]|0?[1-9])(?!\d)"
_Q = r"(?:IV|I{1,3}|[1-4])(?![\w])"
_TO = r"(?:đến(?:\s+hết)?|tới|->|[-–—])"
_AND = rf"\s*(?:,|và|&|{_TO})\s*"
_OF = r"\s*(?:[/.-]|,?\s*năm|\s)\s*"
_TIME = re.compile(
    rf"""(?:ngày\s+)?(?<![\d/])(?<!tuần\s)(?<!tuần\sthứ\s)(?P<d>\d{{1,2}})(?:\s*(?P<sep>[/.-])\s*(?P<dm>\d{{1,2}})\s*(?P=sep)\s*|\s*tháng\s*(?P<wm>\d{{1,2}})\s*(?:/|,?\s*năm)\s*)(?P<dy>{_Y})
    |(?P<part>\d{{1,2}}|sáu|chín|ba)\s+tháng\s+(?:(?P<side>đầu|cuối)\s+)?năm(?:\s+(?P<py>{_Y}))?
    |(?:quý|\bq)\s*\.?\s*(?P<q>{_Q}(?:{_AND}(?:quý\s+)?{_Q})*)(?:{_OF}(?P<qy>{_Y}))?
    |tháng\s+(?P<m>{_M}(?:{_AND}(?:tháng\s+)?{_M}(?!\s*[/-]\s*{_Y}))*(?:{_AND}(?:tháng\s+)?{_M}(?=\s*[/-]\s*{_Y}))?)(?:\s*(?:[/.-]|,?\s*năm)\s*(?P<my>{_Y}))?
    |(?<![\d/.])(?P<bm>{_M})\s*[/-]\s*(?P<by>{_Y})(?!/)
    |(?:ngày\s+(?P<nd>\d{{1,2}})\s*(?:/|-|tháng)\s*|(?<![\d/])(?P<sd>\d{{1,2}})/)(?P<nm>{_M})(?![\d/])
    |(?:ngày\s+|(?<![\d/])(?=\d+\s*[-–]\s*\d+/\d+/\d))(?P<od>\d{{1,2}})(?=\s*(?:,|và|{_TO})\s*(?:ngày\s+)?\d{{1,2}}\s*[/-]\s*\d)
    |(?P<year>(?:năm|giai\s+đoạn|thời\s+kỳ|trong|từ|đến|hết|trước|sau|hoàn\s+thành|[-–—,])\s*|^\W*|(?<=[-–,(\s])(?={_Y}\s*(?:[,;.)–-]|$)))(?<![\d/])(?P<y>{_Y})(?!/\d|\s*/[A-ZĐ])""",
    re.IGNORECASE | re.VERBOSE,
)
_CLAUSE = re.compile(r"\s*(?:;|\n|(?<=\w)\.\s+(?=[A-ZĐ+-])|\s\+\s)\s*")
_BORDER = re.compile(rf"\s*{_TO}\s*(?:ngày|cuối|năm)?\s*", re.IGNORECASE)
_SIDE = re.compile(r"\s*(?:,|và|hoặc|/|\()?\s*(?:đến)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; an open start or end is None. ISO dates, with their EDTF form."""

    start: str | None
    end: str | None
    edtf: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit.

    Attributes:
        words: as written.
        kinds: concepts of the scheme loai-thoi-han, at least one.
        periods: the days it names, in order; "Tháng 6/2025; tháng 12/2025" names two periods.
        due_before: ISO day before which the work must be done, that day excluded, or None.
        proposed: a period that is more likely meant, where the words are evidently wrong.
    """

    words: Value
    kinds: tuple[str, ...]
    periods: tuple[Period, ...]
    due_before: str | None
    proposed: Period | None = None

    @property
    def period(self) -> Period | None:
        """The one period it names; None for none, and for several, whose span would hold days that nobody named."""
        return self.periods[0] if len(self.periods) == 1 else None

    @property
    def ends(self) -> bool:
        """Whether it names a day by which the work is done."""
        return bool(self.due_before) or any(period.end for period in self.periods)

    @property
    def edtf(self) -> str | None:
        """All periods in one EDTF expression; a set has no intervals in it, so some have none."""
        if len(self.periods) < 2:
            return self.periods[0].edtf if self.periods else None
        codes = [period.edtf for period in self.periods]
        return None if any("/" in code for code in codes) else "{" + ",".join(codes) + "}"


_LAST_YEAR = 9998
"""There must be a day after the last one."""

_NEAR = 300
"""Characters before and after a time that may say how it is meant."""


@dataclass(frozen=True, slots=True)
class _Time:
    """A day, month, quarter, half or year that the words name: its days, or what is missing without a year."""

    at: tuple[int, int]
    year: int | None
    parts: tuple[tuple[str, int, int], ...]
    """Unit ("day", "month", "quarter", "months", "year"), its number, and the month of a day or the last month."""
    ranged: bool = False

    def periods(self) -> list[Period]:
        if self.year is None:
            return []
        found = [_unit(self.year, *part) for part in self.parts]
        whole = [period for period in found if period]
        if self.ranged and len(whole) == len(found) == 2:
            joined = _joined(whole[0], whole[1])
            return [joined] if joined else []
        return whole if len(whole) == len(found) and not self.ranged else []


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((k["code"], re.compile(k["pattern"])) for k in load("deadlines")["kind"])


@cache
def _wording() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in load("deadlines")["wording"].items()
    }


def read_deadline(words: Words) -> Deadline | None:
    """The deadline a cell states; None for an empty cell or a mere dash."""
    text = words.text
    if not re.search(r"\w", text) or _wording()["nothing"].match(text.strip()):
        return None
    periods: list[Period] = []
    due: list[str] = []
    for clause in _CLAUSE.split(text):
        read, before = _read_clause(
            _wording()["no_time"].sub(lambda m: "…" * len(m.group()), clause)
        )
        periods.extend(read)
        due.extend(before)
    if len(due) > 1:
        periods = [_until(_shift(day, -1)) for day in due] + periods
    kinds = [code for code, pattern in _kinds() if pattern.search(text)]
    opens = {
        "bat-dau-tu": any(period.end is None for period in periods),
        "cham-nhat": len(due) < 2 and any(period.start is None for period in periods),
    }
    kinds += [kind for kind, holds in opens.items() if holds and kind not in kinds]
    if periods and not opens["bat-dau-tu"] and "bat-dau-tu" in kinds:
        kinds.remove("bat-dau-tu")
    if periods and kinds == ["trong-so-ngay"]:
        kinds = []
    if not kinds:
        kinds = ["trong-ky" if periods or _wording()["time"].search(text) else "khong-ro"]
    return Deadline(
        words.value(),
        tuple(kinds),
        tuple(dict.fromkeys(periods)),
        due[0] if len(due) == 1 else None,
    )


def _read_clause(clause: str) -> tuple[list[Period], list[str]]:
    """The periods and the days "before" which that a clause names."""
    times, wording = _with_years(list(_times(clause))), _wording()
    periods: list[Period] = []
    due: list[str] = []
    at = 0
    while at < len(times):
        time = times[at]
        found = time.periods()
        before = clause[max(0, time.at[0] - _NEAR) : time.at[0]]
        last = time
        at += 1
        if at < len(times) and _BORDER.fullmatch(clause[time.at[1] : times[at].at[0]]):
            last = times[at]
            ends = last.periods()
            joined = _joined(found[0], ends[-1]) if len(found) == 1 and ends else None
            found = [joined] if joined else []
            at += 1
        after = clause[last.at[1] : last.at[1] + _NEAR]
        if not found or wording["relative"].search(before) or wording["vague"].search(before):
            continue
        if wording["before"].search(before) and found[0].start:
            due.append(found[0].start)
        elif wording["onwards"].match(after) and found[-1].start:
            periods += [*found[:-1], _from(found[-1])]
        elif last is time and wording["until"].search(before) and found[-1].end:
            periods.append(_until(found[-1].end, found[-1]))
        elif last is time and wording["after"].search(before) and found[0].end:
            following = _shift(found[0].end, 1)
            periods.append(Period(following, None, f"{following}/.."))
        elif last is time and not time.ranged and wording["from"].search(before):
            periods += [_from(found[0]), *found[1:]]
        else:
            periods += found
    return periods, due


def _times(clause: str) -> Iterator[_Time]:
    quarters = load("deadlines")["quarters"]
    for match in _TIME.finditer(clause):
        said = {key: value for key, value in match.groupdict().items() if value}
        year = next((int(said[k]) for k in ("dy", "py", "qy", "my", "by", "y") if k in said), None)
        ranged = False
        if "d" in said:
            parts = [("day", int(said["d"]), int(said.get("dm") or said.get("wm") or 0))]
        elif "part" in said:
            count = {"sáu": 6, "chín": 9, "ba": 3}.get(said["part"].lower()) or int(said["part"])
            first = 1 if said.get("side", "đầu").lower() == "đầu" else 13 - count
            parts = [("months", first, first + count - 1)]
        elif "q" in said:
            numbers = re.findall(_Q, said["q"], re.IGNORECASE)
            parts = [("quarter", int(quarters[n.upper()]), 0) for n in numbers]
            ranged = bool(re.search(_TO, said["q"]))
        elif "m" in said:
            parts = [("month", int(n), 0) for n in re.findall(r"\d+", said["m"])]
            ranged = bool(re.search(_TO, said["m"]))
        elif "bm" in said:
            parts = [("month", int(said["bm"]), 0)]
        elif "nm" in said:
            parts = [("day", int(said.get("nd") or said.get("sd") or 0), int(said["nm"]))]
        elif "od" in said:
            parts = [("day", int(said["od"]), 0)]
        else:
            parts = [("year", 0, 0)]
        start = match.start("y") if "y" in said else match.start()
        yield _Time((start, match.end()), year, tuple(parts), ranged)


def _with_years(times: list[_Time]) -> list[_Time]:
    """Times without a year take that of the next one ("từ ngày 11/9 đến hết năm 2026"), a bare day its month too."""
    read: list[_Time] = []
    for time in reversed(times):
        following = read[-1] if read else None
        parts = time.parts
        if (
            following
            and parts[0][0] == "day"
            and not parts[0][2]
            and following.parts[0][0] == "day"
        ):
            parts = (("day", parts[0][1], following.parts[0][2]),)
        year = time.year if time.year or not following else following.year
        read.append(_Time(time.at, year, parts, time.ranged))
    return read[::-1]


def _unit(year: int, unit: str, number: int, other: int) -> Period | None:
    if not 1000 <= year <= _LAST_YEAR:
        return None
    if unit == "day":
        day = _day(year, other, number)
        return Period(day, day, day) if day else None
    if unit == "year":
        return _months(year, 1, 12, f"{year}")
    if unit == "quarter":
        return _months(year, 3 * number - 2, 3 * number, f"{year}-{32 + number}")
    if unit == "month":
        return _months(year, number, number, f"{year}-{number:02}")
    half = {(1, 6): f"{year}-40", (7, 12): f"{year}-41"}.get((number, other))
    return _months(year, number, other, half or f"{year}-{number:02}/{year}-{other:02}")


def _months(year: int, first: int, last: int, edtf: str) -> Period | None:
    if not 1 <= first <= last <= 12:
        return None
    end = calendar.monthrange(year, last)[1]
    return Period(f"{year}-{first:02}-01", f"{year}-{last:02}-{end:02}", edtf)


def _joined(first: Period, last: Period) -> Period | None:
    """From the first day of one period to the last day of another; None where that runs backwards."""
    if not first.start or not last.end or first.start > last.end:
        return None
    return Period(
        first.start, last.end, f"{first.edtf.split('/')[0]}/{last.edtf.rpartition('/')[2]}"
    )


def _from(period: Period) -> Period:
    return Period(period.start, None, f"{period.edtf.split('/')[0]}/..")


def _until(day: str, period: Period | None = None) -> Period:
    """Up to a day; the EDTF form keeps the precision of the words ("đến hết năm 2026" is "../2026")."""
    return Period(None, day, f"../{period.edtf.rpartition('/')[2] if period else day}")


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def in_year(period: Period, year: int) -> Period:
    """The same days of another year: what is proposed where only the year is wrong."""
    old = (period.start or period.end or "")[:4]
    start = period.start and period.start.replace(old, str(year), 1)
    end = period.end and period.end.replace(period.end[:4], str(year), 1)
    return Period(start, end, period.edtf.replace(old, str(year)))
