"""Tasks by their number, however it is typed: "II.5", "nhiệm vụ 5 mục II", "phụ lục 1 mục 3", "khoản 1 Điều 2"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cancu.queries.names.patterns import compiled, load
from cancu.queries.names.things import Thing
from cancu.queries.names.typed import Typed, read_typed

_ROMAN = {"i": 1, "v": 5, "x": 10}
_BEGINS = r"(?<![\w/.-])"
_ENDS = r"(?!\w)(?![/.-]\d)"

Key = tuple[str, ...]
"""The form of a number and its parts: ("row", "2", "5"), ("appendix", "1", "3"), ("article", "2", "1")."""


class Row(NamedTuple):
    """A number in a text: the ways to read it, whether a word says that it is a task, and where it stands in the shape."""

    keys: frozenset[Key]
    worded: bool
    start: int
    end: int


class Rows:
    """The numbers of a dataset's tasks."""

    def __init__(self, tasks: Sequence[Thing]) -> None:
        self._by_key: dict[Key, list[Thing]] = defaultdict(list)
        self._as_written: dict[str, list[Thing]] = defaultdict(list)
        for thing in tasks:
            self._as_written[_squeezed(thing.label)].append(thing)
            for key in _keys_of(thing.label):
                self._by_key[key].append(thing)

    def find(self, row: Row) -> list[Thing]:
        """The tasks that a typed number may mean."""
        found = (thing for key in sorted(row.keys) for thing in self._by_key.get(key, ()))
        return list(dict.fromkeys(found))

    def named(self, text: str) -> list[Thing]:
        """The tasks whose number is just this."""
        return self._as_written.get(_squeezed(text), [])


def row_at(typed: Typed, start: int, loose: bool = False) -> Row | None:
    """The longest number of a task that begins at a place of the shape.

    `loose`: whether "II 5" is one; in a sentence it may be two numbers.
    """
    found: dict[int, set[Key]] = defaultdict(set)
    for form, pattern in _patterns():
        match = pattern.match(typed.shape, start)
        if match and (loose or form != "loose"):
            found[match.end()].add(_key(form, match))
    if not found:
        return None
    end = max(found)
    worded = not re.match(r"[ivx]+\W?\d|\d", typed.shape[start:])
    return Row(frozenset(found[end]), worded, start, end)


def rows_in(typed: Typed) -> Iterator[Row]:
    """The numbers of tasks in a text, in order."""
    end = 0
    for token in typed.tokens:
        row = row_at(typed, token.start) if token.start >= end else None
        if row:
            end = row.end
            yield row


def _key(form: str, match: re.Match[str]) -> Key:
    said = match.groupdict()
    parts = [said[name] for name in "saxncp" if said.get(name)]
    form = "row" if form == "loose" else form
    return (form if len(parts) > 1 or form == "article" else "number", *map(_part, parts))


def _keys_of(number: str) -> Iterator[Key]:
    """The keys of a task by its number in the graph; a number alone does for the last part of "II.5"."""
    row = row_at(read_typed(number), 0)
    shape = read_typed(number).shape
    if row and row.end == len(shape):
        yield from row.keys
        yield from (("number", key[-1]) for key in row.keys if key[0] == "row")
    elif shape.isdigit():
        yield ("number", _part(shape))


def _part(text: str) -> str:
    """A numeral without leading noughts, Roman ones as numbers."""
    if text.isdigit():
        return str(int(text))
    if set(text) - set(_ROMAN):
        return text
    values = [_ROMAN[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", read_typed(text).shape)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load("rows")
    return tuple(
        (row["form"], compiled(f"{_BEGINS}(?:{_filled(pattern, data['words'])}){_ENDS}"))
        for row in data["row"]
        for pattern in row["patterns"]
    )


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub("%([a-z]+)%", lambda name: words[name[1]], pattern)
