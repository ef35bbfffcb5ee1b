"""Tables whose cells stand one under the other, blank lines between them, as a plain reading of a PDF gives them.

A row begins at its number; which column a cell stood in is told by what it looks like (`lay`). Two pieces of one cell may be apart where a
page ended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile, zip_longest

from cancu.loaders.blocks import Table, clean
from cancu.loaders.columns import WIDEST, columns_of, is_heading, role_of
from cancu.loaders.lay import LABEL, Layout, is_section
from cancu.loaders.words import Span, Words
from cancu.loaders.wraps import unwrap

_ENDS = re.compile(
    r"\s*(?:Nơi nhận|PHỤ LỤC|Phụ lục\s+[\dIVX]|BIỂU|DANH MỤC|Ghi chú\s*:|GHI CHÚ|TM\.|KT\.|\(?[Kk]èm theo)"
)
_ROW = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]+|[A-HĐ])\s*[.)]?")

_CHAPTER = re.compile(r"[IVX]+\s*[.)-]\s+\S")
"""A heading of the document, unless a row follows it."""

_LONGEST = 1500
"""Characters of a cell at most."""

Group = tuple[int, int]


def read_stack(
    text: str, lines: Sequence[Span], first: int, skip: frozenset[int]
) -> tuple[Table | None, int]:
    """The table whose heading cells begin at line `first`, and the line after it; None where none does.

    `skip` are the lines with page numbers.
    """
    close = False
    heading = _heading(text, lines, _groups(text, lines, first, skip))
    if heading is None:
        close, heading = True, _heading(text, lines, _close(text, lines, first, skip))
    if heading is None:
        return None, first
    below, top = heading
    under = _close if close else _groups
    rows: list[tuple[Words, ...]] = [top]
    layout = Layout(columns_of(tuple(clean(c).text.casefold() for c in top)), len(top))
    body, after = _body(text, lines, under(text, lines, below, skip))
    if not body:
        return None, first
    nothing = Words("", (), text)
    doubtful: set[tuple[int, int]] = set()
    for tokens in _rows(body):
        cells = _laid(layout, tokens)
        doubtful |= {(len(rows), column) for column in layout.doubtful({**cells})}
        rows.append(tuple(cells.get(column, nothing) for column in range(len(top))))
    return Table(tuple(rows), doubtful=frozenset(doubtful)), after


def _groups(text: str, lines: Sequence[Span], first: int, skip: frozenset[int]) -> Iterator[Group]:
    """Runs of lines without a blank one, as (first line, line after); the last is one that is too long for a cell."""
    opened: int | None = None
    for at in range(first, len(lines) + 1):
        blank = at == len(lines) or at in skip or not text[lines[at].start : lines[at].end].strip()
        if blank and opened is not None:
            yield opened, at
            opened = None
        elif not blank and opened is None:
            opened = at
        elif opened is not None and lines[at].end - lines[opened].start > 2 * _LONGEST:
            yield opened, at + 1
            return


def _close(text: str, lines: Sequence[Span], first: int, skip: frozenset[int]) -> Iterator[Group]:
    """The lines up to a blank one, each a cell."""
    for at in takewhile(
        lambda at: text[lines[at].start : lines[at].end].strip(), range(first, len(lines))
    ):
        if at not in skip:
            yield at, at + 1


def _words(text: str, lines: Sequence[Span], group: Group) -> Words:
    return Words.of(text, lines[group[0]].start, lines[group[1] - 1].end).strip()


def _heading(
    text: str, lines: Sequence[Span], groups: Iterable[Group]
) -> tuple[int, tuple[Words, ...]] | None:
    """The line after the heading, and its cells: at least three that name columns, the number's first."""
    cells: list[Words] = []
    after = 0
    for group in groups:
        cell = _words(text, lines, group)
        name = clean(cell).text.casefold() if len(cell.text) <= _LONGEST else ""
        if cells and cell.text == cells[0].text:
            break
        if not role_of(name) or len(name) > 60 or (not cells and role_of(name) != "no"):
            break
        cells.append(cell)
        after = group[1]
        if len(cells) > WIDEST:
            return None
    return (after, tuple(cells)) if len(cells) >= 3 and is_heading(cells) else None


def _body(text: str, lines: Sequence[Span], groups: Iterable[Group]) -> tuple[list[Words], int]:
    """The cells under the heading, the first of them a number, and the line after the table."""
    cells: list[Words] = []
    after = len(lines)
    every = list(groups)
    for group, next_group in zip_longest(every, every[1:]):
        cell = _words(text, lines, group)
        if _ENDS.match(cell.text) or len(cell.text) > _LONGEST:
            break
        below = _words(text, lines, next_group) if next_group else cell
        if _CHAPTER.match(cell.text) and not _ROW.fullmatch(clean(below).text):
            break
        if not cells and not _ROW.fullmatch(clean(cell).text):
            break
        cells.append(cell)
        after = group[1]
    return cells, after


def _rows(cells: Sequence[Words]) -> list[list[Words]]:
    """The cells of each row: a row begins at its number."""
    rows: list[list[Words]] = []
    for cell in cells:
        if _ROW.fullmatch(clean(cell).text) or not rows:
            rows.append([])
        rows[-1].append(cell)
    return rows


def _laid(layout: Layout, cells: Sequence[Words]) -> dict[int, Words]:
    """Column -> its words; neighbouring cells may belong to one column."""
    if len(cells) == 2 and is_section(cells):
        number, content = layout.columns["no"], layout.columns.get("content", 1)
        return {number: cells[0], content: cells[1]}
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (0.0, ())}
    for cell in cells:
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (score, chosen) in best.items():
            for column in range(max(last, 0), layout.width):
                again = (0.5 if _goes_on(cell) else -2.0) if column == last else 0.0
                option = (score + layout.fits(column, cell) + again, (*chosen, column))
                if column not in reached or option[0] > reached[column][0]:
                    reached[column] = option
        best = reached
    _, chosen = max(best.values(), key=lambda option: option[0])
    laid: dict[int, Words] = {}
    for column, cell in zip(chosen, cells, strict=True):
        laid[column] = Words.join([laid[column], cell], "\n") if column in laid else cell
    return {column: unwrap(words) for column, words in laid.items()}


def _goes_on(cell: Words) -> bool:
    return (cell.text[:1].islower() or cell.text[:1] in "(,;") and not LABEL.fullmatch(cell.text)
