"""The text of a source in passages: its paragraphs, and the rows of its tables joined over their page breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cancu.loaders.blocks import Paragraph, clean
from cancu.loaders.segment import find_blocks
from cancu.loaders.source import Source
from cancu.loaders.tables import Row, WholeTable, join_tables
from cancu.loaders.words import INSERTED, Words


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a row or a footnote.

    Attributes:
        start: offset of its first character, by which it is known.
        end: offset after its last.
        lines: its words without markup; of a row, a line a cell.
    """

    start: int
    end: int
    lines: tuple[str, ...]


def passages(source: Source) -> Iterator[Passage]:
    """The passages that say anything, in their order; headings that page breaks repeat are left out."""
    for cells in _all(source):
        lines = tuple(text for text in (clean(cell).text for cell in cells) if text)
        if any(character.isalnum() for line in lines for character in line):
            yield Passage(first_offset(cells), _last_offset(cells), lines)


def own_cells(row: Row) -> tuple[Words, ...]:
    """The cells of a row without those that begin in a row above."""
    return tuple(cell for at, cell in enumerate(row.cells) if at not in row.inherited)


def first_offset(cells: Iterable[Words]) -> int:
    """The offset of the first character of cells, 0 where there is none."""
    return min((offset for cell in cells for offset in cell.at if offset != INSERTED), default=0)


def _last_offset(cells: Iterable[Words]) -> int:
    return max((offset + 1 for cell in cells for offset in cell.at), default=0)


def _all(source: Source) -> Iterator[tuple[Words, ...]]:
    for content in join_tables(find_blocks(source)):
        if isinstance(content, Paragraph):
            yield (content.words,)
        elif isinstance(content, WholeTable):
            yield content.head
            yield from (own_cells(row) for row in content.rows)
            yield from ((note.words,) for note in content.footnotes)
