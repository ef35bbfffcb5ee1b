"""Answers to questions as tables: each cell with what it leads to."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cancu.graph.dataset import Row, Value
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Column
from cancu.queries.codes import all_codes, in_words
from cancu.web.addresses import page_of
from cancu.web.reading import Reading
from cancu.web.shape import day
from cancu.web.words import Place, place_of

SCHEMES: Mapping[str, str] = {
    "role": "vai-tro",
    "how": "cach-biet",
    "time": "loai-thoi-han",
    "review": "ket-luan",
    "strength": "do-manh",
    "mark": "muc-tin",
}
"""Types of column whose values are codes -> the list that names them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


@dataclass(frozen=True)
class Cell:
    """A value as it is shown: how, its words, where it leads to."""

    type: str
    text: str
    code: str
    page: str | None
    places: tuple[Place, ...] = ()


def cells(reading: Reading, answer: Answer, language: str) -> list[list[Cell]]:
    """The rows of an answer, a cell a column of the question's header."""
    columns = answer.question.columns
    return [[_cell(reading, column, row, language) for column in columns] for row in answer.rows]


Counts = list[tuple[str, str, int]]
"""Rows counted by tier, else by way of taking part: (type, code, number)."""


def counts(answer: Answer) -> list[tuple[str, int, Counts]]:
    """The rows of each plan by itself: its address (empty for rows of no plan), how many, and by tier or way.

    Neither plans nor tiers are ever added up.
    """
    plans = dict.fromkeys(str(row.get("plan_iri") or "") for row in answer.rows)
    found = []
    for plan in plans:
        own = [row for row in answer.rows if str(row.get("plan_iri") or "") == plan]
        found.append((plan, len(own), _by_code(answer, own)))
    return found


def _by_code(answer: Answer, rows: Sequence[Row]) -> Counts:
    for kind in ("tier", "via"):
        column = next((c.name for c in answer.question.columns if c.type == kind), None)
        if column:
            numbers = Counter(str(row[column]) for row in rows)
            return [(kind, code, number) for code, number in numbers.items()]
    return []


def _cell(reading: Reading, column: Column, row: Row, language: str) -> Cell:
    value = row.get(column.name)
    text, code = _shown(value), "" if value is None else str(value)
    if column.type == "date":
        text = day(value)
    elif column.type in SCHEMES:
        names = (reading.code_name(SCHEMES[column.type], c, language) for c in code.split())
        text = ", ".join(names)
    elif all_codes(column.type):
        text = in_words(column.type, value, language)
    places = _places(reading, column, row, code) if column.type == "quote" else ()
    return Cell(column.type, text, code, _page(reading, column, row, places), places)


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _page(reading: Reading, column: Column, row: Row, places: Sequence[Place]) -> str | None:
    iri = row.get(f"{column.name}_iri")
    if not iri and column.type in ("document", "agency", "group", "task"):
        iri = reading.labelled.get(str(row.get(column.name)))
    if iri:
        return page_of(str(iri))
    if column.type == "quote":
        return places[0].page if places else None
    return None


def _places(reading: Reading, column: Column, row: Row, words: str) -> tuple[Place, ...]:
    """Where words of a row stand: the row's own span for `quote`, else those of a fact about its task or document that
    quotes them.
    """
    own = place_of(row.get("span_iri")) if column.name == "quote" else None
    if own:
        return (own,)
    things = {str(value) for name, value in row.items() if name.endswith("_iri") and value}
    return reading.places(words, things, row.get("plan_iri"))


def as_csv(answer: Answer, language: str) -> bytes:
    """An answer for a spreadsheet: UTF-8 with a byte-order mark, a heading in words, dates as people write them.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front (CWE-1236).
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    named = {column.name: column for column in answer.question.columns}
    writer.writerow(
        named[name].label.say(language) if name in named else name for name in answer.columns
    )
    for row in answer.rows:
        writer.writerow(_safe(_plain(named.get(n), row[n]) for n in answer.columns))
    return stream.getvalue().encode("utf-8-sig")


def _plain(column: Column | None, value: Value) -> Value:
    return day(value) if column and column.type == "date" else value


def _safe(values: Iterable[Value]) -> list[Value]:
    return [
        f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
        for value in values
    ]
