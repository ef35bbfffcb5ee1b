"""Tables that page breaks cut are one table again.

A word processor repeats the heading row on each page; a row that goes on there has no number of its own. Two
pieces are one table when their heading rows are equal and nothing but footnotes and page numbers stands between
(Chí Linh 2023: eight pieces; Hà Nội 173/KH-UBND: page numbers in mid-table).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cancu.loaders.blocks import Block, Paragraph, Table, clean
from cancu.loaders.columns import Heading, find_heading, is_heading, is_index, is_task_table
from cancu.loaders.lay import is_section
from cancu.loaders.words import Words

_FOOTNOTE = re.compile(r"^(?:[¹²³⁴-⁹⁰]+|\[\d+\]|\(\d+\))\s*\S")
_RAISED = re.compile(r"[¹²³⁴-⁹⁰]+|\[\d+\]")
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
        doubtful: the columns whose words may as well belong to another column.
    """

    cells: tuple[Words, ...]
    cut: bool = False
    width: int = 0
    inherited: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()


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
            _settle(contents, pending)
            contents.append(block)
        elif isinstance(last, WholeTable) and _continues(last, block):
            contents[-1] = _continued(last, block, pending)
        elif find_heading(block.rows):
            _settle(contents, pending)
            contents.append(_first(block))
        else:
            _settle(contents, pending)
            contents.extend(_as_text(block))
        pending.clear()
    if pending and isinstance(contents[-1], WholeTable):
        contents[-1] = _continued(contents[-1], Table(()), pending)
    return tuple(contents)


def _settle(contents: list[Content], pending: Sequence[Paragraph]) -> None:
    """Put what stands under a table where it belongs: a note goes with the table whose words bear its mark."""
    last = contents[-1] if contents else None
    if isinstance(last, WholeTable):
        text = "".join(cell.text for row in last.rows for cell in row.cells)
        own = [p for p in pending if (m := _RAISED.match(clean(p.words).text)) and m[0] in text]
        contents[-1] = _continued(last, Table(()), own) if own else last
        contents.extend(p for p in pending if p not in own)
    else:
        contents.extend(pending)


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
                frozenset((r - start, c) for r, c in block.doubtful if start <= r < end),
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
    inherited, doubtful = _by_row(table.inherited), _by_row(table.doubtful)
    for number, row in enumerate(table.rows[skipped:], skipped):
        if not (number == skipped and is_index(row)):
            nowhere: frozenset[int] = frozenset()
            yield _padded(
                row,
                width or len(row),
                inherited.get(number, nowhere),
                doubtful.get(number, nowhere),
            )


def _by_row(places: frozenset[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """The columns of the places, by their row."""
    columns: dict[int, set[int]] = {}
    for row, column in places:
        columns.setdefault(row, set()).add(column)
    return {row: frozenset(found) for row, found in columns.items()}


def _first(table: Table) -> WholeTable:
    heading = find_heading(table.rows)
    assert heading  # noqa: S101 - asked by the caller
    return WholeTable(heading.cells, tuple(_body(table, heading)), (), 1)


def _continued(whole: WholeTable, piece: Table, between: list[Paragraph]) -> WholeTable:
    heading = find_heading(piece.rows)
    rows = list(whole.rows)
    for position, row in enumerate(_body(piece, heading)):
        if position == 0 and rows and not row.cells[0] and not is_section(row.cells):
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


def _padded(
    cells: tuple[Words, ...], width: int, inherited: frozenset[int], doubtful: frozenset[int]
) -> Row:
    last = cells[-1]
    empty = last[len(last.text) :]
    kept = cells[:width] + (empty,) * (width - len(cells))
    return Row(kept, width=len(cells), inherited=inherited, doubtful=doubtful)


def _joined(row: Row, rest: Row) -> Row:
    cells = []
    for cell, more in zip(row.cells, rest.cells, strict=True):
        opened = _LEADING_P.match(more.text)
        more = more[opened.end() if opened else 0 :]
        cells.append(Words.join([p for p in (cell, more) if p], " ") if cell or more else cell)
    return replace(row, cells=tuple(cells), cut=True, width=max(row.width, rest.width))
