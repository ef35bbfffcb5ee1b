"""Answers in another order than the query's: by a column, words as in a Vietnamese dictionary, numbers by their value."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import Request

from cancu.graph.dataset import Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Column
from cancu.queries.codes import all_codes
from cancu.queries.errors import BadValue
from cancu.web.collation import sort_key
from cancu.web.reading import Reading

FIELD = "sap-xep"
"""The name of the order in an address: the name of a column, with "-" before it from the last to the first."""

_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Heading:
    """The heading of a column: what it says, how it is sorted now ("" if it is not), and what a click sorts by."""

    column: Column
    sorted: str
    next: str


def headings(answer: Answer, by: str) -> list[Heading]:
    """The headings of an answer in the order `by`: a click sorts up, then down, then as the query did."""
    found = []
    for column in answer.question.columns:
        name = column.name
        now = {name: "ascending", f"-{name}": "descending"}.get(by, "")
        after = {"": name, "ascending": f"-{name}", "descending": ""}[now]
        found.append(Heading(column, now, after))
    return found


def order_of(request: Request) -> str:
    """The order that an address asks for; empty for the query's own."""
    return request.query_params.get(FIELD, "").strip()


def arranged(answer: Answer, by: str, reading: Reading) -> Answer:
    """The answer in the order `by`; what has no value comes last both ways, equal rows stay as they were.

    Raises:
        BadValue: the answer has no such column.
    """
    if not by:
        return answer
    name = by.removeprefix("-")
    column = next((c for c in answer.question.columns if c.name == name), None)
    if column is None:
        known = ", ".join(c.name for c in answer.question.columns)
        raise BadValue(
            f"Không sắp xếp được theo “{by}”. Các cột: {known}.",
            f"There is no column “{by}” to sort by. Columns: {known}.",
        )
    key, down = _key(column, reading), by.startswith("-")
    full = [row for row in answer.every if row[name] is not None]
    rest = [row for row in answer.every if row[name] is None]
    return replace(answer, every=(*sorted(full, key=key, reverse=down), *rest))


Key = tuple[int, float, tuple[tuple[int, object], ...]]


def _key(column: Column, reading: Reading) -> Callable[[Row], Key]:
    """What the rows of an answer are sorted by in a column: its codes in their order, tasks as they are read."""
    places = {code: place for place, code in enumerate(all_codes(column.type))}
    if column.type == "task":
        places = {line.iri: place for place, line in enumerate(reading.lines)}

    def key(row: Row) -> Key:
        value = row[column.name]
        if isinstance(value, int):
            return 0, value, ()
        known = str(row.get(f"{column.name}_iri") if column.type == "task" else value)
        if known in places:
            return 0, places[known], ()
        return 1, 0, natural(str(value))

    return key


def natural(text: str) -> tuple[tuple[int, object], ...]:
    """Words by the Vietnamese alphabet, the numbers in them by their value: "PL1.9" before "PL1.10"."""
    return tuple(
        (0, int(piece)) if piece.isdecimal() else (1, sort_key(piece))
        for piece in _NUMBERS.split(text)
        if piece
    )
