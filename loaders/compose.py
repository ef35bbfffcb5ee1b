"""The paragraphs and tables that a file marks, written as one text with the places of the cells.

A paragraph is followed by a blank line; a row is a line, its cells between tabs; the paragraphs of a cell stand on
lines of their own, and so may the lines of a paragraph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from cancu.loaders.encodings import normal
from cancu.loaders.limits import (
    MAX_CELLS,
    MAX_DEPTH,
    MAX_TEXT,
    refuse_cells,
    refuse_depth,
    refuse_text,
)
from cancu.loaders.patterns import load
from cancu.loaders.source import Cell, Grid


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as the file has it: what stands in it, and how many rows and columns it covers."""

    pieces: "tuple[Piece, ...]"
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as the file has it: a cell stands only in the row where it begins."""

    rows: tuple[tuple[Box, ...], ...]


Piece = str | Rows
"""A paragraph or a table."""

_SPACES = {
    **dict.fromkeys(map(ord, "\t\f\u00a0\u2007\u202f\u2002\u2003\u2009\u3000"), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")),
    0x2011: "-",
    0x0B: "\n",
}
"""Blanks of any width and the hyphen that does not break are read as a blank and a hyphen; what is invisible goes."""
_BULLETS = re.compile("^(?:[\uf000-\uf0ff\u00b7]\\s*|§\\s+)", re.MULTILINE)
"""Bullets out of the fonts Symbol and Wingdings."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def compose(pieces: Iterable[Piece], name: str) -> tuple[str, tuple[Grid, ...]]:
    """The text and the grids; tables that only lay the page out are read as paragraphs.

    Raises:
        TooLarge: too many cells, too much text where merged cells repeat it, or tables too deep inside one another.
    """
    text: list[str] = []
    grids: list[Grid] = []
    length = covered = letters = 0

    def put(words: str) -> tuple[int, int]:
        nonlocal length
        text.append(words)
        length += len(words)
        return length - len(words), length

    for piece in unfolded(pieces, name):
        if isinstance(piece, str):
            put(piece)
        else:
            covered += _covered(piece)
            if covered > MAX_CELLS:
                raise refuse_cells(name)
            start, rows = length, []
            for number, row in enumerate(piece.rows):
                if number:
                    put("\n")
                cells = []
                for column, box in enumerate(row):
                    if column:
                        put("\t")
                    cell = Cell(*put(_in_cell(box.pieces)), box.rows, box.columns)
                    cells.append(cell)
                    letters += (cell.end - cell.start) * min(cell.rows, len(piece.rows) - number)
                    if letters > MAX_TEXT:
                        raise refuse_text(name)
                rows.append(tuple(cells))
            grids.append(Grid(start, length, tuple(rows)))
        put("\n\n")
    return "".join(text), tuple(grids)


def unfolded(pieces: Iterable[Piece], name: str, depth: int = 0) -> Iterator[Piece]:
    """Written paragraphs and real tables; a table that only lays out gives way to what stands in it."""
    if depth > MAX_DEPTH:
        raise refuse_depth(name)
    for piece in pieces:
        if isinstance(piece, str):
            if words := written(piece):
                yield words
        elif _only_lays_out(piece):
            inner = (p for row in piece.rows for box in row for p in box.pieces)
            yield from unfolded(inner, name, depth + 1)
        elif _is_a_heading(piece):
            for box in (box for row in piece.rows for box in row):
                if words := _in_cell(box.pieces):
                    yield words
        elif _letters(piece):
            yield piece


def written(words: str) -> str:
    """A paragraph as a reader sees it: NFC, blanks squeezed, no invisible characters, a dash for a bullet."""
    words = _CONTROLS.sub("", _BULLETS.sub("- ", normal(words)))
    words = _PRIVATE.sub("□", words.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES))
    lines = (re.sub(" {2,}", " ", line).strip() for line in words.split("\n"))
    return normal("\n".join(line for line in lines if line))


def raised(words: str) -> str:
    """Raised words: figures as superscript figures, anything else as it is."""
    return words.translate(_SUPERSCRIPTS) if words.strip().isdecimal() else words


def _in_cell(pieces: Iterable[Piece]) -> str:
    """What stands in a cell, a table inside it row by row."""
    lines = []
    for piece in pieces:
        if isinstance(piece, str):
            lines.append(written(piece))
        else:
            for row in piece.rows:
                cells = (_in_cell(box.pieces).replace("\n", " ") for box in row)
                lines.append(" ".join(cell for cell in cells if cell))
    return "\n".join(line for line in lines if line)


def _only_lays_out(table: Rows) -> bool:
    """A frame around paragraphs, or the grid of a web page: one column, or most of its words in one inner table."""
    if all(len(row) <= 1 for row in table.rows):
        return True
    inner = [p for row in table.rows for box in row for p in box.pieces if isinstance(p, Rows)]
    return bool(inner) and max(map(_letters, inner)) > _letters(table) / 2


def _is_a_heading(table: Rows) -> bool:
    """The columns of a document's heading or signature; each cell is then one paragraph."""
    data = load("layout")
    pieces = [p for row in table.rows for box in row for p in box.pieces]
    return (
        len(table.rows) <= data["most_rows"]
        and all(len(row) <= data["most_columns"] for row in table.rows)
        and _letters(table) < data["most_letters"]
        and any(
            _openings().search(line)
            for piece in pieces
            if isinstance(piece, str)
            for line in written(piece).split("\n")
        )
    )


@cache
def _openings() -> re.Pattern[str]:
    patterns = [entry["pattern"] for entry in load("layout")["opening"]]
    return re.compile(
        "|".join(f"(?i:{p[4:]})" if p.startswith("(?i)") else f"(?:{p})" for p in patterns)
    )


def _letters(piece: Piece) -> int:
    if isinstance(piece, str):
        return sum(not c.isspace() for c in piece)
    return sum(_letters(p) for row in piece.rows for box in row for p in box.pieces)


def _covered(table: Rows) -> int:
    """How many places the reading of merged cells fills: at most every row as wide as the widest."""
    width = max((sum(box.columns for box in row) for row in table.rows), default=0)
    reach = sum(
        min(box.rows, len(table.rows) - at) * box.columns
        for at, row in enumerate(table.rows)
        for box in row
    )
    return max(width * len(table.rows), reach)
