"""The text of a source as it is laid out for reading: paragraphs, and tables joined over their page breaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from cancu.loaders.blocks import Paragraph
from cancu.loaders.passages import first_offset, own_cells
from cancu.loaders.segment import find_blocks
from cancu.loaders.source import Source
from cancu.loaders.tables import Row, WholeTable, join_tables
from cancu.loaders.words import INSERTED, Words
from cancu.web.addresses import passage_id
from cancu.web.marks import Marker

_ROMAN = re.compile(r"(?:[IVXL]+|[A-HĐ])\s*[.)]?")


@dataclass(frozen=True)
class Text:
    """A paragraph with its id; `title` if it is set apart as one (bold or capitals)."""

    html: Markup
    title: bool
    id: str


@dataclass(frozen=True)
class TableRow:
    """A row: a heading of a section, a row of cells, or the line where a page ended (its cells are the repeated heading)."""

    kind: str
    cells: tuple[Markup, ...]
    id: str = ""


@dataclass(frozen=True)
class JoinedTable:
    """A table over all its pages."""

    number: int
    pieces: int
    heading: tuple[Markup, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[tuple[str, Markup], ...]
    id: str


Part = Text | JoinedTable


def lay_out(source: Source, marker: Marker) -> list[Part]:
    """The parts of the text in their order, with the evidence marked."""
    parts: list[Part] = []
    tables = 0
    for content in join_tables(find_blocks(source)):
        if isinstance(content, Paragraph):
            words = content.words
            parts.append(Text(marker.html(words), _is_title(words.text), _id((words,))))
        else:
            tables += 1
            parts.append(_table(content, tables, marker))
    return parts


def _is_title(text: str) -> bool:
    plain = text.strip()
    return plain.startswith("**") or (len(plain) < 120 and plain.isupper())


def _table(table: WholeTable, number: int, marker: Marker) -> JoinedTable:
    heading = tuple(marker.html(cell) for cell in table.head)
    rows = tuple(_rows(table, marker))
    notes = tuple(
        (_id((note.words,)), Markup("<sup>{}</sup> {}").format(note.mark, marker.html(note.words)))
        for note in table.footnotes
    )
    return JoinedTable(number, table.pieces, heading, rows, notes, _id(table.head))


def _id(cells: tuple[Words, ...]) -> str:
    """The id of what holds these words, "" if it holds none of its own."""
    return passage_id(first_offset(cells)) if any(cells) else ""


def _rows(table: WholeTable, marker: Marker) -> Iterator[TableRow]:
    """The rows, each page break after the row that it cuts or follows."""
    waiting = list(table.repeats)
    for row in table.rows:
        while waiting and _offset(waiting[0]) < _first(row):
            yield _break(waiting.pop(0), marker)
        yield _row(row, marker)
        while waiting and _offset(waiting[0]) < _last(row):
            yield _break(waiting.pop(0), marker)
    for heading in waiting:
        yield _break(heading, marker)


def _break(heading: tuple[Words, ...], marker: Marker) -> TableRow:
    return TableRow("break", tuple(marker.html(cell) for cell in heading))


def _row(row: Row, marker: Marker) -> TableRow:
    place = _id(own_cells(row))
    alone = len(row.cells) > 1 and bool(row.cells[1]) and not any(row.cells[2:])
    if alone and _ROMAN.fullmatch(row.cells[0].text.strip()):
        return TableRow("section", tuple(marker.html(cell) for cell in row.cells[:2]), place)
    return TableRow("row", tuple(marker.html(cell) for cell in row.cells), place)


def _offsets(row: Row) -> list[int]:
    return [offset for cell in row.cells for offset in cell.at if offset != INSERTED]


def _first(row: Row) -> int:
    return min(_offsets(row), default=0)


def _last(row: Row) -> int:
    return max(_offsets(row), default=0)


def _offset(heading: tuple[Words, ...]) -> int:
    return next((offset for cell in heading for offset in cell.at), 0)
