"""Blocks, the paragraphs and tables of a text, and how the words of one are read.

A block holds the words as received; `clean`, `clean_lines` and `items` read them without markup.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from cancu.loaders.words import Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that stand together, blank lines around them."""

    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as received; rows may differ in length.

    `inherited` are the places (row, column) whose words stand in a merged cell that begins in a row above; `doubtful` those of a row with
    missing cells where the words may as well stand in another column.
    """

    rows: tuple[tuple[Words, ...], ...]
    inherited: frozenset[tuple[int, int]] = frozenset()
    doubtful: frozenset[tuple[int, int]] = frozenset()


Block = Paragraph | Table

_ITEM_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div)\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^<>]*>|\*+|^[^\S\n]*#+\s+", re.IGNORECASE | re.MULTILINE)
_SAYS = re.compile(r"\w")
"""A cell with nothing but a dash says nothing."""
_DASH_OPENS = re.compile(r"^\s*[-–+•]\s+")
_DASH_AFTER_STOP = re.compile(r"(?<=[;:.…])\s+[-–+•]\s+")
_DASH_ANYWHERE = re.compile(r"(?<!\d)\s+[-–]\s+|\s+[-–]\s+(?!\d)")


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
        for part in (w.squeeze() for w in _at_dashes(piece.squeeze(), dash, inner_dash))
        if _SAYS.search(part.text)
    ]


def _at_dashes(piece: Words, dash: re.Pattern[str], inner: re.Pattern[str] | None) -> list[Words]:
    opened = _DASH_OPENS.match(piece.text)
    piece = piece[opened.end() if opened else 0 :]
    protected = [m.span() for m in inner.finditer(piece.text)] if inner else []
    parts, start = [], 0
    for match in dash.finditer(piece.text):
        before = bisect_left(protected, (match.start() + 1,)) - 1
        if before < 0 or match.start() >= protected[before][1]:
            parts.append(piece[start : match.start()])
            start = match.end()
    return [*parts, piece[start:]]
