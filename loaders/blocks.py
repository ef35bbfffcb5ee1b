"""Source text into blocks: paragraphs and tables, in reading order.

A table is a run of lines with tabs (cells copied out of a word processor). Nothing is cleaned here: blocks
hold the words as received, and `clean` and `items` say how a paragraph or a cell is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cancu.loaders.source import Grid, Source
from cancu.loaders.words import Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that stand together, blank lines around them."""

    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as received; rows may differ in length.

    `inherited` are the places (row, column) whose words stand in a merged cell that begins in a row above.
    """

    rows: tuple[tuple[Words, ...], ...]
    inherited: frozenset[tuple[int, int]] = frozenset()


Block = Paragraph | Table

_ITEM_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div)\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^<>]*>|\*+|^\s*#+\s+", re.IGNORECASE | re.MULTILINE)
_SAYS = re.compile(r"\w")
"""A cell with nothing but a dash says nothing."""
_DASH_OPENS = re.compile(r"^\s*[-–+•]\s+")
_DASH_AFTER_STOP = re.compile(r"(?<=[;:.…])\s+[-–+•]\s+")
_DASH_ANYWHERE = re.compile(r"(?<!\d)\s+[-–]\s+|\s+[-–]\s+(?!\d)")


def find_blocks(source: Source) -> tuple[Block, ...]:
    """The paragraphs and tables of the source."""
    return tuple(_blocks(source))


def _blocks(source: Source) -> Iterator[Block]:
    start = 0
    for grid in source.grids:
        yield from _plain(source.text, start, grid.start)
        yield _marked(source.text, grid)
        start = grid.end
    yield from _plain(source.text, start, len(source.text))


def _marked(text: str, grid: Grid) -> Table:
    """The table of a grid: a merged cell repeats in the rows it reaches, and is empty in the columns it covers."""
    filled: dict[tuple[int, int], Words] = {}
    inherited: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid.rows):
        column = 0
        for cell in cells:
            while (row, column) in filled:
                column += 1
            words = Words.of(text, cell.start, cell.end).strip()
            for down in range(min(cell.rows, len(grid.rows) - row)):
                for across in range(cell.columns):
                    filled[row + down, column + across] = words[:0] if across else words
                inherited |= {(row + down, column)} if down else set()
            column += cell.columns
    width = 1 + max((column for _, column in filled), default=-1)
    nothing = Words("", (), text)
    return Table(
        tuple(
            tuple(filled.get((r, c), nothing) for c in range(width)) for r in range(len(grid.rows))
        ),
        frozenset(inherited),
    )


def _plain(text: str, start: int, stop: int) -> Iterator[Block]:
    rows: list[tuple[Words, ...]] = []
    open_at: int | None = None

    def flush(end: int) -> Iterator[Block]:
        nonlocal open_at
        if rows:
            yield Table(tuple(rows))
            rows.clear()
        if open_at is not None:
            yield Paragraph(Words.of(text, open_at, end).strip())
            open_at = None

    for line in text[start:stop].split("\n"):
        end = start + len(line)
        if "\t" in line:
            if open_at is not None:
                yield from flush(start)
            rows.append(_cells(text, start, line))
        elif line.strip():
            if rows:
                yield from flush(start)
            open_at = start if open_at is None else open_at
        else:
            yield from flush(start)
        start = end + 1
    yield from flush(stop)


def _cells(text: str, start: int, line: str) -> tuple[Words, ...]:
    cells = []
    for cell in line.split("\t"):
        cells.append(Words.of(text, start, start + len(cell)).strip())
        start += len(cell) + 1
    return tuple(cells)


def clean(words: Words) -> Words:
    """Without markup, blanks squeezed: one paragraph or cell read as one text."""
    return words.drop(_ITEM_TAG, " ").drop(_MARKUP).squeeze()


def clean_lines(words: Words) -> list[Words]:
    """The lines of a paragraph without markup, blank ones left out."""
    return [
        line
        for line in (w.squeeze() for w in words.drop(_ITEM_TAG, "\n").drop(_MARKUP).lines())
        if line
    ]


def items(cell: Words, inner_dash: re.Pattern[str] | None = None) -> list[Words]:
    """The items of a cell: its lines and its dashed entries, without the dashes.

    A dash opens an item at the start of a line and after ";", ":", "." or "…". For a cell of names, where
    `inner_dash` is given, a dash between blanks does so anywhere once the cell begins with one ("- Các phòng
    chuyên môn; - Các cơ có liên quan - UBND các xã, phường"), except where `inner_dash` finds a name that is
    written with one ("Phòng Lao động - Thương binh và Xã hội").
    """
    pieces = cell.drop(_ITEM_TAG, "\n").drop(_MARKUP).lines()
    listed = inner_dash is not None and any(_DASH_OPENS.match(p.text) for p in pieces)
    dash = _DASH_ANYWHERE if listed else _DASH_AFTER_STOP
    return [
        part
        for piece in pieces
        for part in (w.squeeze() for w in _at_dashes(piece, dash, inner_dash))
        if _SAYS.search(part.text)
    ]


def _at_dashes(piece: Words, dash: re.Pattern[str], inner: re.Pattern[str] | None) -> list[Words]:
    opened = _DASH_OPENS.match(piece.text)
    piece = piece[opened.end() if opened else 0 :]
    protected = [m.span() for m in inner.finditer(piece.text)] if inner else []
    parts, start = [], 0
    for match in dash.finditer(piece.text):
        if not any(a <= match.start() < b for a, b in protected):
            parts.append(piece[start : match.start()])
            start = match.end()
    return [*parts, piece[start:]]
