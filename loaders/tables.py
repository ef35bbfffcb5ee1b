"""Tables that page breaks cut are one table again.

A word processor repeats the heading row on each page; a row that goes on there has no number of its own. Two
pieces are one table when their heading rows are equal and nothing but footnotes and page numbers stands between
(Chí Linh 2023: eight pieces; Hà Nội 173/KH-UBND: page numbers in mid-table).
"""

import re
from dataclasses import dataclass

from cancu.loaders.blocks import Block, Paragraph, Table, clean
from cancu.loaders.words import Words

_FOOTNOTE = re.compile(r"^(?:[¹²³⁴-⁹⁰]+|\[\d+\]|\(\d+\))\s*\S")
_PAGE_NUMBER = re.compile(r"^[-–]?\s*\d{1,3}\s*[-–]?$")
_LEADING_P = re.compile(r"^\s*<p\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a whole table: its cells, markup kept, and whether a page break cut it."""

    cells: tuple[Words, ...]
    cut: bool = False
    width: int = 0
    """Number of cells as received (the longest piece), to tell broken rows."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page: its mark ("¹") and its words."""

    mark: str
    words: Words


@dataclass(frozen=True, slots=True)
class WholeTable:
    """A table over all its pages: heading cells, then rows, each as wide as the heading."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[Footnote, ...]
    pieces: int
    repeats: tuple[Words, ...] = ()
    """The first cells of the heading rows that page breaks repeat."""


Content = Paragraph | WholeTable


def join_tables(blocks: tuple[Block, ...]) -> tuple[Content, ...]:
    """The blocks with the pieces of each table joined; footnotes inside a table go with it."""
    contents: list[Content] = []
    pending: list[Paragraph] = []
    for block in blocks:
        last = contents[-1] if contents else None
        if isinstance(block, Paragraph):
            if isinstance(last, WholeTable) and _is_page_furniture(block):
                pending.append(block)
                continue
            contents.extend(pending)
            pending.clear()
            contents.append(block)
            continue
        if isinstance(last, WholeTable) and last.heading == _heading(block):
            contents[-1] = _continued(last, block, pending)
        else:
            contents.extend(pending)
            contents.append(_first(block))
        pending.clear()
    if pending and isinstance(contents[-1], WholeTable):
        contents[-1] = _continued(contents[-1], Table(()), pending)
    return tuple(contents)


def _is_page_furniture(paragraph: Paragraph) -> bool:
    text = clean(paragraph.words).text
    return bool(_FOOTNOTE.match(text) or _PAGE_NUMBER.match(text))


def _heading(table: Table) -> tuple[str, ...]:
    return tuple(clean(cell).text.casefold() for cell in table.rows[0]) if table.rows else ()


def _first(table: Table) -> WholeTable:
    width = len(table.rows[0])
    return WholeTable(_heading(table), tuple(_padded(row, width) for row in table.rows[1:]), (), 1)


def _continued(whole: WholeTable, piece: Table, between: list[Paragraph]) -> WholeTable:
    width = len(whole.heading)
    rows = list(whole.rows)
    for position, cells in enumerate(piece.rows[1:]):
        row = _padded(cells, width)
        if position == 0 and rows and not row.cells[0]:
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    return WholeTable(
        whole.heading,
        tuple(rows),
        whole.footnotes + tuple(_footnotes(between)),
        whole.pieces + len(piece.rows[:1]),
        whole.repeats + tuple(row[0] for row in piece.rows[:1]),
    )


def _footnotes(paragraphs: list[Paragraph]) -> list[Footnote]:
    notes = []
    for paragraph in paragraphs:
        words = clean(paragraph.words)
        if _FOOTNOTE.match(words.text):
            mark = re.match(r"\S+", words.text)
            end = mark.end() if mark else 0
            notes.append(Footnote(words.text[:end], words[end:].strip()))
    return notes


def _padded(cells: tuple[Words, ...], width: int) -> Row:
    last = cells[-1]
    empty = last[len(last.text) :]
    kept = cells[:width] + (empty,) * (width - len(cells))
    return Row(kept, width=len(cells))


def _joined(row: Row, rest: Row) -> Row:
    cells = []
    for cell, more in zip(row.cells, rest.cells, strict=True):
        opened = _LEADING_P.match(more.text)
        more = more[opened.end() if opened else 0 :]
        cells.append(Words.join([p for p in (cell, more) if p], " ") if cell or more else cell)
    return Row(tuple(cells), cut=True, width=max(row.width, rest.width))
