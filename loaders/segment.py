"""Source text into blocks: paragraphs and tables, in reading order.

A table is what the file marks as one (`Source.grids`), a run of lines with tabs (cells copied out of a word processor), or one drawn with
bars. Nothing is cleaned here: blocks hold the words as received.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from cancu.loaders.aligned import read_aligned
from cancu.loaders.bars import read_bars, read_unopened
from cancu.loaders.blocks import Block, Paragraph, Table
from cancu.loaders.columns import role_of
from cancu.loaders.pages import page_numbers
from cancu.loaders.shifting import read_shifting
from cancu.loaders.source import Grid, Source
from cancu.loaders.stacks import read_stack
from cancu.loaders.words import Span, Words

_BREAK = re.compile(r"[\n\f]")


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
    lines = _lines(text, start, stop)
    numbers = page_numbers(text, lines)
    opened: int | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        words = text[line.start : line.end]
        table, after = _table(text, lines, at, numbers)
        if table or at in numbers or not words.strip():
            if opened is not None:
                yield Paragraph(Words.of(text, opened, line.start).strip())
                opened = None
            if table:
                yield table
        elif opened is None:
            opened = line.start
        at = after if table else at + 1
    if opened is not None:
        yield Paragraph(Words.of(text, opened, stop).strip())


def _table(
    text: str, lines: Sequence[Span], at: int, numbers: frozenset[int]
) -> tuple[Table | None, int]:
    """The table that begins at a line, and the line after it; None where none does."""
    words = text[lines[at].start : lines[at].end]
    if not words.strip():
        return None, at
    if "\t" in words:
        rows, after = _tabbed(text, lines, at)
        return Table(rows), after
    if "|" in words:
        return read_bars(text, lines, at)
    if role_of(words.strip(" *").casefold()) == "no":
        table, after = read_unopened(text, lines, at)
        return (table, after) if table else read_stack(text, lines, at, numbers)
    if role_of(words.strip().split("  ")[0].casefold()) == "no":
        for read in (partial(read_aligned, whole=True), read_shifting, read_aligned):
            table, after = read(text, lines, at, numbers)
            if table:
                return table, after
    return None, at


def _lines(text: str, start: int, stop: int) -> list[Span]:
    lines = []
    for line in _BREAK.split(text[start:stop]):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    return lines


def _tabbed(
    text: str, lines: Sequence[Span], first: int
) -> tuple[tuple[tuple[Words, ...], ...], int]:
    rows = []
    at = first
    while at < len(lines) and "\t" in text[lines[at].start : lines[at].end]:
        rows.append(_cells(text, lines[at]))
        at += 1
    return tuple(rows), at


def _cells(text: str, line: Span) -> tuple[Words, ...]:
    cells, start = [], line.start
    for cell in text[line.start : line.end].split("\t"):
        cells.append(Words.of(text, start, start + len(cell)).strip())
        start += len(cell) + 1
    return tuple(cells)
