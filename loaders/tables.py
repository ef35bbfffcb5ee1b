"""Tables that page breaks cut are one table again.

A word processor repeats the heading row on each page; a row that goes on there has no number of its own. Two
pieces are one table when their heading rows are equal and nothing but footnotes and page numbers stands between
(Chí Linh 2023: eight pieces; Hà Nội 173/KH-UBND: page numbers in mid-table).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cancu.loaders.blocks import Block, Paragraph, Table, clean
from cancu.loaders.columns import Heading, find_heading, is_heading, is_index, is_task_table
from cancu.loaders.words import Words

_FOOTNOTE = re.compile(r"^(?:[¹²³⁴-⁹⁰]+|\[\d+\]|\(\d+\))\s*\S")
_PAGE_NUMBER = re.compile(r"^[-–]?\s*\d{1,3}\s*[-–]?$")
_LEADING_P = re.compile(r"^\s*<p\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a whole table.

    Attributes:
        cells: one a column, markup kept.
        cut: whether a page break cuts it.
        width: number of cells as received (the longest piece), to tell broken rows.
        inherited: the columns whose words stand in a merged cell that begins in a row above.
    """

    cells: tuple[Words, ...]
    cut: bool = False
    width: int = 0
    inherited: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page: its mark ("¹") and its words."""

    mark: str
    words: Words


@dataclass(frozen=True, slots=True)
class WholeTable:
    """A table over all its pages.

    Attributes:
        head: the heading cells, one a column.
        rows: each as wide as the heading.
        footnotes: notes that stand between its pieces or under it.
        pieces: on how many pages it stands.
        repeats: the heading rows that page breaks repeat.
    """

    head: tuple[Words, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[Footnote, ...]
    pieces: int
    repeats: tuple[tuple[Words, ...], ...] = ()

    @property
    def heading(self) -> tuple[str, ...]:
        """The heading cells cleaned, in lower case."""
        return tuple(clean(cell).text.casefold() for cell in self.head)

    @property
    def lists_tasks(self) -> bool:
        """Whether its rows are tasks."""
        return is_task_table(self.heading, [row.cells for row in self.rows])


Content = Paragraph | WholeTable


def join_tables(blocks: Sequence[Block]) -> tuple[Content, ...]:
    """The blocks with the pieces of each table joined; footnotes inside a table go with it.

    A table without a heading that names columns lays out text (the letterhead, the signature): its cells are paragraphs.
    """
    contents: list[Content] = []
    pending: list[Paragraph] = []
    for block in _parts(blocks):
        last = contents[-1] if contents else None
        if isinstance(block, Paragraph):
            if isinstance(last, WholeTable) and _is_page_furniture(block):
                pending.append(block)
                continue
            contents.extend(pending)
            contents.append(block)
        elif isinstance(last, WholeTable) and _continues(last, block):
            contents[-1] = _continued(last, block, pending)
        elif find_heading(block.rows):
            contents.extend(pending)
            contents.append(_first(block))
        else:
            contents.extend(pending)
            contents.extend(_as_text(block))
        pending.clear()
    if pending and isinstance(contents[-1], WholeTable):
        contents[-1] = _continued(contents[-1], Table(()), pending)
    return tuple(contents)


def _parts(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, a table in which a heading row stands further down cut before it."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        starts = [
            at for at, row in enumerate(block.rows) if is_heading(row) and not _repeats(block, at)
        ]
        edges = sorted({0, *starts, len(block.rows)})
        for start, end in pairwise(edges):
            yield Table(
                block.rows[start:end],
                frozenset((r - start, c) for r, c in block.inherited if start <= r < end),
            )


def _repeats(table: Table, at: int) -> bool:
    """Whether a row is the second of a heading, not the first of another."""
    heading = find_heading(table.rows[at - 1 :]) if at else None
    return bool(heading and heading.rows == 2)


def _is_page_furniture(paragraph: Paragraph) -> bool:
    text = clean(paragraph.words).text
    return bool(_FOOTNOTE.match(text) or _PAGE_NUMBER.match(text))


def _continues(whole: WholeTable, piece: Table) -> bool:
    """Whether a piece goes on with the table before it: the same heading, or none and as many columns."""
    heading = find_heading(piece.rows)
    if heading:
        return heading.texts == whole.heading
    return bool(piece.rows) and all(len(row) == len(whole.head) > 1 for row in piece.rows)


def _as_text(table: Table) -> Iterator[Paragraph]:
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell and (number, column) not in table.inherited:
                yield Paragraph(cell)


def _body(table: Table, heading: Heading | None) -> Iterator[Row]:
    """The rows under the heading, padded to its width; a row that only numbers the columns is left out."""
    skipped = heading.rows if heading else 0
    width = len(heading.cells) if heading else 0
    inherited: dict[int, set[int]] = {}
    for number, column in table.inherited:
        inherited.setdefault(number, set()).add(column)
    for number, row in enumerate(table.rows[skipped:], skipped):
        if not (number == skipped and is_index(row)):
            yield _padded(row, width or len(row), frozenset(inherited.get(number, ())))


def _first(table: Table) -> WholeTable:
    heading = find_heading(table.rows)
    assert heading  # noqa: S101 - asked by the caller
    return WholeTable(heading.cells, tuple(_body(table, heading)), (), 1)


def _continued(whole: WholeTable, piece: Table, between: list[Paragraph]) -> WholeTable:
    heading = find_heading(piece.rows)
    rows = list(whole.rows)
    for position, row in enumerate(_body(piece, heading)):
        if position == 0 and rows and not row.cells[0]:
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    return WholeTable(
        whole.head,
        tuple(rows),
        whole.footnotes + tuple(_footnotes(between)),
        whole.pieces + bool(piece.rows),
        whole.repeats + ((tuple(piece.rows[0]),) if heading else ()),
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


def _padded(cells: tuple[Words, ...], width: int, inherited: frozenset[int]) -> Row:
    last = cells[-1]
    empty = last[len(last.text) :]
    kept = cells[:width] + (empty,) * (width - len(cells))
    return Row(kept, width=len(cells), inherited=inherited)


def _joined(row: Row, rest: Row) -> Row:
    cells = []
    for cell, more in zip(row.cells, rest.cells, strict=True):
        opened = _LEADING_P.match(more.text)
        more = more[opened.end() if opened else 0 :]
        cells.append(Words.join([p for p in (cell, more) if p], " ") if cell or more else cell)
    return Row(tuple(cells), cut=True, width=max(row.width, rest.width), inherited=row.inherited)
