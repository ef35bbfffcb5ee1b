"""An answer as a workbook for people: a sheet with the rows, and one that says what they are."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cancu.graph.dataset import Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Column
from cancu.queries.codes import in_words
from cancu.queries.formats.edition import Edition
from cancu.queries.say import asked_in_words, say

TEXT_MOST = 32_767
"""Characters that a cell can hold."""
LINKS_MOST = 60_000
"""Links on a sheet; a workbook may hold a few more, and a program that finds too many calls it damaged."""
NARROWEST, WIDEST = 9, 60
"""Widths of columns, in characters."""
DAY, MOMENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"


def as_workbook(answer: Answer, edition: Edition) -> bytes:
    """The bytes of an .xlsx file; the same answer on the same day gives the same bytes."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        made = edition.made.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": answer.question.title.say(edition.language), "created": made})
        looks = {
            "plain": book.add_format({"valign": "top", "text_wrap": True}),
            "head": book.add_format({"valign": "top", "text_wrap": True, "bold": True}),
            "link": book.add_format(
                {"valign": "top", "text_wrap": True, "underline": 1, "font_color": "#0d4f8b"}
            ),
            "day": book.add_format({"valign": "top", "align": "left", "num_format": DAY}),
            "moment": book.add_format({"valign": "top", "align": "left", "num_format": MOMENT}),
        }
        _Rows(book.add_worksheet(edition.say("answer")), looks, edition).write(answer)
        _write_about(book.add_worksheet(edition.say("about")), looks, answer, edition)
    return stream.getvalue()


class _Rows:
    """The sheet with the rows."""

    def __init__(self, sheet: Worksheet, looks: dict[str, Format], edition: Edition) -> None:
        self.sheet, self.looks, self.edition = sheet, looks, edition
        self.links = 0

    def write(self, answer: Answer) -> None:
        columns = answer.question.columns
        for place, column in enumerate(columns):
            label = column.label.say(self.edition.language)
            self.sheet.write_string(0, place, label, self.looks["head"])
            self.sheet.set_column(place, place, self._width(column, label, answer.rows))
        for line, row in enumerate(answer.rows, 1):
            for place, column in enumerate(columns):
                self._cell(line, place, column, row)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, len(answer.rows), len(columns) - 1)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def _width(self, column: Column, label: str, rows: Sequence[Row]) -> int:
        words = (in_words(column.type, row[column.name], self.edition.language) for row in rows)
        return min(WIDEST, max(NARROWEST, len(label) + 3, *(len(text) + 1 for text in words), 0))

    def _cell(self, line: int, place: int, column: Column, row: Row) -> None:
        value = row[column.name]
        day = _day(value) if column.type == "date" else None
        iri = row.get(f"{column.name}_iri")
        page = self.edition.link(str(iri)) if iri else None
        if value is None:
            return
        if day:
            self.sheet.write_datetime(line, place, day, self.looks["day"])
        elif isinstance(value, int):
            self.sheet.write_number(line, place, value, self.looks["plain"])
        elif page and self.links < LINKS_MOST:
            self.links += 1
            self.sheet.write_url(line, place, page, self.looks["link"], str(value))
        else:
            text = in_words(column.type, value, self.edition.language)
            self.sheet.write_string(line, place, _fitting(text, self.edition), self.looks["plain"])


def _day(value: object) -> datetime | None:
    """A day that a spreadsheet knows; it has none before 1900."""
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        return None
    return datetime(found.year, found.month, found.day) if found.year >= 1900 else None


def _fitting(text: str, edition: Edition) -> str:
    if len(text) <= TEXT_MOST:
        return text
    mark = edition.say("cut", most=TEXT_MOST)
    return text[: TEXT_MOST - len(mark)] + mark


def _write_about(
    sheet: Worksheet, looks: dict[str, Format], answer: Answer, edition: Edition
) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for line, (label, value) in enumerate(_about(answer, edition)):
        sheet.write_string(line, 0, label, looks["head"])
        if isinstance(value, datetime):
            sheet.write_datetime(line, 1, value, looks["moment"])
        elif isinstance(value, date):
            sheet.write_datetime(
                line, 1, datetime(value.year, value.month, value.day), looks["day"]
            )
        elif isinstance(value, int):
            sheet.write_number(line, 1, value, looks["plain"])
        else:
            sheet.write_string(line, 1, _fitting(value, edition), looks["plain"])


def _about(answer: Answer, edition: Edition) -> Iterator[tuple[str, Any]]:
    """What the second sheet says, a label and a value a line."""
    asked, language, words = answer.question, edition.language, edition.say
    yield words("question"), f"{asked.code}. {asked.title.say(language)}"
    yield words("explanation"), asked.explanation.say(language)
    for parameter in asked.parameters:
        given = answer.parameters.get(parameter.name)
        left_out = parameter.any.say(language) if parameter.any else words("any")
        said = asked_in_words(parameter.type, given, language) if given else left_out
        yield f"{words('parameters')}: {parameter.label.say(language)}", said
    for sentence in say(answer, language):
        yield words("answer"), sentence.whole
    yield words("rows"), len(answer.rows)
    yield words("extent"), extent(answer, edition)
    if asked.order.say(language):
        yield words("order"), asked.order.say(language)
    yield words("today"), edition.today
    yield words("snapshot"), answer.snapshot
    yield words("made"), edition.made.replace(tzinfo=None)
    yield words("software"), edition.software
    if edition.address:
        yield words("address"), edition.address
    for column in asked.columns:
        if column.meaning.say(language):
            yield (
                f"{words('columns')}: {column.label.say(language)}",
                column.meaning.say(language),
            )
    yield words("note"), words("legal")


def extent(answer: Answer, edition: Edition) -> str:
    """How many rows are given of how many."""
    if answer.truncated:
        return edition.say("extract", shown=len(answer.rows), total=answer.total)
    return edition.say("whole", total=answer.total)
