"""Days, months, quarters, years and stretches of time as people type them.

What is typed without a year ("quý 2", "trước 30/6") is read as such; which year is meant is for the asker to say.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from cancu.queries.names.patterns import compiled, load
from cancu.queries.names.typed import Typed, canonical, plain, read_typed

_ROMAN = ("", "I", "II", "III", "IV")
_BEGINS = r"(?<![\w/])"
_ENDS = r"(?![^\W_])(?!/\d|\.\d)"
_BLANK = re.compile(r"\s*")


@dataclass(frozen=True)
class Unit:
    """A day, month, quarter, year or part of a year.

    Attributes:
        kind: "day", "month", "quarter", "part" or "year".
        year: None where it was not said.
        first: the month, the quarter, or the first month of a part.
        last: the day, or the last month of a part.
    """

    kind: str
    year: int | None
    first: int = 0
    last: int = 0

    def days(self) -> tuple[date, date]:
        """Its first and its last day; the year must be known.

        Raises:
            ValueError: there is no such day.
        """
        year = self.year or 0
        if self.kind == "day":
            day = date(year, self.first, self.last)
            return day, day
        first, last = {
            "month": (self.first, self.first),
            "quarter": (3 * self.first - 2, 3 * self.first),
            "part": (self.first, self.last),
        }.get(self.kind, (1, 12))
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])

    def said(self) -> str:
        """What it is called, in words that can be typed again."""
        months = self.last - self.first + 1
        return str(load("times")["said"][self.kind]).format(
            day=self.last,
            month=f"{self.first:02}",
            number=months if self.kind == "part" else self.first,
            roman=_ROMAN[self.first] if self.kind == "quarter" else "",
            side="đầu" if self.first == 1 else "cuối",
            year=self.year,
        )


@dataclass(frozen=True)
class When:
    """A stretch of time as typed: one unit, or what comes before, until, from, after or between units.

    `how` is "in", "before", "until", "from", "after", "between", or "vague" where nobody can say on which day it begins
    and ends ("đầu năm").
    """

    how: str
    start: Unit | None = None
    end: Unit | None = None

    @property
    def kind(self) -> str:
        """The kind of its unit, where it is just one; else "period"."""
        return self.start.kind if self.how == "in" and self.start else "period"

    @property
    def dated(self) -> bool:
        """Whether the year is known."""
        return all(unit.year is not None for unit in (self.start, self.end) if unit)

    def of_year(self, year: int) -> "When":
        """The same with this year where none was said."""
        start, end = (
            replace(unit, year=unit.year or year) if unit else None
            for unit in (self.start, self.end)
        )
        return When(self.how, start, end)

    def days(self) -> tuple[date, date]:
        """The first and the last day; an open side is the first or the last day there is.

        Raises:
            ValueError: there is no such day, or it ends before it begins.
        """
        first, last = date.min, date.max
        if self.start:
            begins, ends = self.start.days()
            if self.how == "before":
                return first, _beside(begins, -1)
            first = _beside(ends, 1) if self.how == "after" else begins
            last = ends if self.how == "in" else last
        if self.end:
            last = self.end.days()[1]
        if first > last:
            raise ValueError("it ends before it begins")
        return first, last

    def said(self) -> str:
        """What it is called, in words that can be typed again."""
        start, end = (unit.said() if unit else "" for unit in (self.start, self.end))
        return str(load("times")["said"].get(self.how, "{start}")).format(start=start, end=end)


class Found(NamedTuple):
    """A time in a text, from `start` up to, but without, `end` of its shape."""

    start: int
    end: int
    when: When


def read_when(value: str, today: date, quarter: bool = False) -> When | None:
    """The time that a whole value is; None if it is none.

    Args:
        value: as typed.
        today: the day from which "tháng này" is counted.
        quarter: whether "2/2023" is a quarter; else it is a month.
    """
    shape = _open_sides(read_typed(value).shape.strip(" ,;"))
    if quarter and (bare := _fixed()["bare_quarter"].fullmatch(shape)):
        return When("in", _unit("quarter", bare))
    within = _fixed()["in"].match(shape)
    start = _skip(shape, within.end()) if within else 0
    found = _at(shape, start, today)
    return found.when if found and found.end == len(shape) else None


def _open_sides(shape: str) -> str:
    """In words what is written as an interval: "..30/6", "30/6.."."""
    if shape.startswith(".."):
        return f"đến {shape[2:].strip()}"
    return f"từ {shape[:-2].strip()}" if shape.endswith("..") else shape


def times_in(typed: Typed, today: date) -> Iterator[Found]:
    """The times in a text, in order, the longest at each place."""
    end = 0
    for token in typed.tokens:
        found = _at(typed.shape, token.start, today) if token.start >= end else None
        if found:
            end = found.end
            yield found


def _at(shape: str, start: int, today: date) -> Found | None:
    """The longest time that begins at a place of a shape."""
    # The first of those that are as long: "2030-01-01" is a day, not from 2030-01 to 01.
    found = [
        *((end, When("in", unit)) for end, unit in _units(shape, start, today)),
        *_vague(shape, start, today),
        *_from_today(shape, start, today),
        *_with_how(shape, start, today),
        *_between(shape, start, today),
    ]
    if not found:
        return None
    end, when = max(found, key=lambda pair: pair[0])
    return Found(start, end, when)


def _with_how(shape: str, start: int, today: date) -> Iterator[tuple[int, When]]:
    """Times such as "trước 30/6", "đến tháng 5", "từ quý II", "sau 2023"."""
    for how in ("before", "until", "from", "after"):
        opened = _fixed()[how].match(shape, start)
        if not opened:
            continue
        for end, unit in _any_unit(shape, _skip(shape, opened.end()), today):
            yield end, When(how, None, unit) if how == "until" else When(how, unit)


def _between(shape: str, start: int, today: date) -> Iterator[tuple[int, When]]:
    """Times such as "từ 1/3 đến 30/4", "tháng 3 - tháng 5", "quý I - III"."""
    opened = _fixed()["from"].match(shape, start) or _fixed()["between"].match(shape, start)
    at = _skip(shape, opened.end()) if opened else start
    for middle, first in _any_unit(shape, at, today):
        border = _fixed()["to"].match(shape, _skip(shape, middle))
        if not border:
            continue
        then = _skip(shape, border.end())
        again = _fixed().get(f"again_{first.kind}")
        alike = again.match(shape, then) if again else None
        ends = [*_any_unit(shape, then, today)]
        if alike:
            ends.append((alike.end(), _unit(first.kind, alike)))
        for end, last in ends:
            yield end, When("between", *_one_year(first, last))


def _one_year(first: Unit, last: Unit) -> tuple[Unit, Unit]:
    """Two units, of which one has a year, have both that year."""
    return (
        replace(first, year=first.year or last.year),
        replace(last, year=last.year or first.year),
    )


def _vague(shape: str, start: int, today: date) -> Iterator[tuple[int, When]]:
    """Times that no calendar bounds: "đầu năm", "cuối tháng 6"."""
    alone = _fixed()["vague_alone"].match(shape, start)
    if alone:
        yield alone.end(), When("vague")
    opened = _fixed()["vague"].match(shape, start)
    if opened:
        for end, unit in _any_unit(shape, _skip(shape, opened.end()), today):
            if unit.kind != "day":
                yield end, When("vague")


def _any_unit(shape: str, start: int, today: date) -> Iterator[tuple[int, Unit]]:
    yield from _units(shape, start, today)
    for end, when in _from_today(shape, start, today):
        if when.start and when.how == "in":
            yield end, when.start


def _units(shape: str, start: int, today: date) -> Iterator[tuple[int, Unit]]:
    for end, unit in _written_units(shape, start):
        yield end, unit
        # "tháng 5 năm nay"
        for later, when in _from_today(shape, _skip(shape, end), today) if not unit.year else ():
            if when.kind == "year" and when.start:
                yield later, replace(unit, year=when.start.year)


@lru_cache(maxsize=256)
def _written_units(shape: str, start: int) -> tuple[tuple[int, Unit], ...]:
    """The units that begin at a place, with their ends."""
    found = ((kind, pattern.match(shape, start)) for kind, pattern in _unit_patterns())
    return tuple((match.end(), _unit(kind, match)) for kind, match in found if match)


def _unit(kind: str, match: re.Match[str]) -> Unit:
    said = match.groupdict()
    year = int(said["y"]) if said.get("y") else None
    if kind == "day":
        return Unit(kind, year, _number(said["m"]), int(said["d"]))
    if kind == "part":
        months = _number(said.get("n") or "6")
        early = plain(said["side"]) in ("dau", "first")
        return Unit(kind, year, 1 if early else 13 - months, months if early else 12)
    number = said.get("m") or said.get("q")
    return Unit(kind, year, _number(number) if number else 0)


def _from_today(shape: str, start: int, today: date) -> Iterator[tuple[int, When]]:
    for kind, shift, pattern in _now_patterns():
        match = pattern.match(shape, start)
        if match:
            yield match.end(), _shifted(kind, shift, today)


def _shifted(kind: str, by: int, today: date) -> When:
    """The day, week, month, quarter or year so many from today's."""
    if kind == "week":
        monday = today + timedelta(days=7 * by - today.weekday())
        return When("between", *(_day(monday + timedelta(days=n)) for n in (0, 6)))
    if kind == "day":
        return When("in", _day(today + timedelta(days=by)))
    size = {"month": 12, "quarter": 4}.get(kind, 1)
    place = (today.month - 1) * size // 12 if size > 1 else 0
    year, number = divmod(today.year * size + place + by, size)
    return When("in", Unit(kind, year, number + 1 if size > 1 else 0))


def _day(day: date) -> Unit:
    return Unit("day", day.year, day.month, day.day)


def _number(word: str) -> int:
    """A numeral in digits or words, with or without marks."""
    return int(word) if word.isdigit() else _numbers()[" ".join(word.split())]


@cache
def _numbers() -> dict[str, int]:
    found: dict[str, int] = {}
    for words, number in load("times")["numbers"].items():
        shape = " ".join(canonical(word) for word in words.split())
        found[shape] = found[plain(shape)] = number
    return found


@cache
def _fixed() -> dict[str, re.Pattern[str]]:
    data = load("times")
    ends = r"(?![^\W\d_])"
    return {
        "to": compiled(data["how"]["to"]),
        **{
            how: compiled(f"{_BEGINS}(?:{pattern}){ends}")
            for how, pattern in data["how"].items()
            if how != "to"
        },
        **{f"again_{kind}": _filled(pattern) for kind, pattern in data["again"].items()},
        "bare_quarter": _filled(data["bare"]["quarter"]),
    }


@cache
def _unit_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (unit["kind"], _filled(pattern))
        for unit in load("times")["unit"]
        for pattern in unit["patterns"]
    )


@cache
def _now_patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple(
        (now["kind"], int(shift), _filled("|".join(words)))
        for now in load("times")["now"]
        for shift, words in now["shift"].items()
    )


def _filled(pattern: str) -> re.Pattern[str]:
    """A pattern with its parts put in, from and to the ends of words."""
    parts = load("times")["parts"]
    while "%" in pattern:
        pattern = re.sub("%([a-z]+)%", lambda name: parts[name[1]], pattern)
    return compiled(f"{_BEGINS}(?:{pattern}){_ENDS}")


def _beside(day: date, by: int) -> date:
    try:
        return day + timedelta(days=by)
    except OverflowError as error:
        raise ValueError("there is no such day") from error


def _skip(shape: str, at: int) -> int:
    """The place of the next sign that is no blank."""
    blank = _BLANK.match(shape, at)
    return blank.end() if blank else at
