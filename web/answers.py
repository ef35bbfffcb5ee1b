"""Answers to questions as tables: each cell with what it leads to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cancu.graph.dataset import Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Column
from cancu.queries.codes import in_words
from cancu.web.addresses import page_of
from cancu.web.evidence import words_behind
from cancu.web.reading import Reading
from cancu.web.words import Place, place_of

ROWS_A_PAGE = 200
"""Rows of an answer on one page; files have all."""


@dataclass(frozen=True)
class Cell:
    """A value as it is shown: how, its words, where it leads to."""

    type: str
    text: str
    code: str
    page: str | None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row as it is shown: a cell a column of the question's header, and where its words stand if no cell says so."""

    cells: tuple[Cell, ...]
    words: tuple[Place, ...]


@dataclass(frozen=True)
class Page:
    """Some of the rows of an answer.

    Attributes:
        number: which page this is, from 1.
        pages: how many there are.
        first, last: numbers of the rows on it, from 1.
        lines: the rows.
    """

    number: int
    pages: int
    first: int
    last: int
    lines: tuple[Line, ...]

    @property
    def words(self) -> bool:
        """Whether some row has words that no cell of its own leads to."""
        return any(line.words for line in self.lines)


def page_of_answer(reading: Reading, answer: Answer, number: int, language: str) -> Page:
    """One page of an answer; a number that is too high or too low means the last or first."""
    pages = max(1, -(-len(answer.rows) // ROWS_A_PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * ROWS_A_PAGE
    rows = answer.rows[start : start + ROWS_A_PAGE]
    lines = tuple(_line(reading, answer, row, language) for row in rows)
    return Page(number, pages, start + 1, start + len(rows), lines)


def _line(reading: Reading, answer: Answer, row: Row, language: str) -> Line:
    cells = tuple(_cell(reading, column, row, language) for column in answer.question.columns)
    if any(cell.places for cell in cells):
        return Line(cells, ())
    plan = reading.plan_names.get(str(row.get("plan_iri")))
    return Line(cells, words_behind(reading.evidence, row, plan.decision if plan else ""))


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
    text, code = in_words(column.type, value, language), "" if value is None else str(value)
    places = _places(reading, column, row, code) if column.type == "quote" else ()
    return Cell(column.type, text, code, _page(reading, column, row, places), places)


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
