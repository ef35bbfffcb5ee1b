"""The document as received: its text and what identifies it."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from cancu.loaders.words import Span, Words


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that the file itself marks: where its text stands, and how many rows and columns it covers."""

    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the file itself marks (Word, HTML, PDF): from `start` to `end` of the text, the cells row by row.

    A cell stands only in the row and column where it begins, as in HTML: a row that a merged cell above reaches into has fewer.
    """

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


def grids_as_json(grids: tuple[Grid, ...]) -> str:
    """Grids as JSON: [[start, end, [[[start, end, rows, columns], …], …]], …]."""
    return json.dumps(
        [
            [g.start, g.end, [[[c.start, c.end, c.rows, c.columns] for c in row] for row in g.rows]]
            for g in grids
        ],
        separators=(",", ":"),
    )


def grids_of_json(text: str) -> tuple[Grid, ...]:
    """The grids that `grids_as_json` wrote."""
    return tuple(
        Grid(start, end, tuple(tuple(Cell(*cell) for cell in row) for row in rows))
        for start, end, rows in json.loads(text)
    )


@dataclass(frozen=True)
class Source:
    """A document's text. Every offset anywhere counts code points of `text`.

    Attributes:
        name: the file's name, for people.
        format: "txt", "md", "html", "docx", "pdf" or "image".
        sha256: of the file's bytes, in hex.
        text: NFC, newlines as line feeds, otherwise unchanged.
        grids: the tables that the file itself marks, in reading order; in plain text they are found by their look.
        ocr: whether words were recognised on pictures of pages, and so may be misread.
    """

    name: str
    format: str
    sha256: str
    text: str
    grids: tuple[Grid, ...] = ()
    ocr: bool = False

    @property
    def key(self) -> str:
        """The first eight hex digits of the hash, as used in addresses."""
        return self.sha256[:8]

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line."""
        return (0, *(i + 1 for i, c in enumerate(self.text) if c == "\n"))

    def line_of(self, offset: int) -> int:
        """1-based number of the line that holds `offset`."""
        return bisect_right(self.line_starts, offset)

    def quote(self, span: Span) -> str:
        """The words at `span`, exactly."""
        return self.text[span.start : span.end]

    def words(self) -> Words:
        """The whole text as words."""
        return Words.of(self.text, 0, len(self.text))
