"""Tables whose cells stand one under the other, blank lines between them, as a plain reading of a PDF gives them.

A row begins at its number; which column a cell stood in is told by what it looks like (`lay`). Two pieces of one cell may be apart where a
page ended.
"""

import re
from collections.abc import Sequence

from cancu.loaders.blocks import Table, clean
from cancu.loaders.columns import columns_of, is_heading, role_of
from cancu.loaders.lay import LABEL, Layout, is_section
from cancu.loaders.words import Span, Words
from cancu.loaders.wraps import unwrap

_ENDS = re.compile(
    r"\s*(?:Nơi nhận|PHỤ LỤC|Phụ lục\s+[\dIVX]|BIỂU|DANH MỤC|Ghi chú\s*:|GHI CHÚ|TM\.|KT\.|\(?[Kk]èm theo)"
)
_ROW = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]+|[A-HĐ])\s*[.)]?")

Group = tuple[int, int]


def read_stack(
    text: str, lines: Sequence[Span], first: int, skip: frozenset[int]
) -> tuple[Table | None, int]:
    """The table whose heading cells begin at line `first`, and the line after it; None where none does.

    `skip` are the lines with page numbers.
    """
    groups = _groups(text, lines, first, skip)
    heading = _heading(text, lines, groups)
    if heading is None:
        return None, first
    count, top = heading
    rows: list[tuple[Words, ...]] = [top]
    layout = Layout(columns_of(tuple(clean(c).text.casefold() for c in top)), len(top))
    body, after = _body(text, lines, groups[count:])
    if not body or not _ROW.fullmatch(clean(body[0]).text):
        return None, first
    nothing = Words("", (), text)
    doubtful: set[tuple[int, int]] = set()
    for tokens in _rows(body):
        cells = _laid(layout, tokens)
        doubtful |= {(len(rows), column) for column in layout.doubtful({**cells})}
        rows.append(tuple(cells.get(column, nothing) for column in range(len(top))))
    return Table(tuple(rows), doubtful=frozenset(doubtful)), after


def _groups(text: str, lines: Sequence[Span], first: int, skip: frozenset[int]) -> list[Group]:
    """Runs of lines without a blank one, as (first line, line after)."""
    groups: list[Group] = []
    opened: int | None = None
    for at in range(first, len(lines) + 1):
        blank = at == len(lines) or at in skip or not text[lines[at].start : lines[at].end].strip()
        if blank and opened is not None:
            groups.append((opened, at))
            opened = None
        elif not blank and opened is None:
            opened = at
    return groups


def _words(text: str, lines: Sequence[Span], group: Group) -> Words:
    return Words.of(text, lines[group[0]].start, lines[group[1] - 1].end).strip()


def _heading(
    text: str, lines: Sequence[Span], groups: Sequence[Group]
) -> tuple[int, tuple[Words, ...]] | None:
    """How many groups the heading takes, and its cells: at least three that name columns, the number's first."""
    cells: list[Words] = []
    for group in groups:
        cell = _words(text, lines, group)
        name = clean(cell).text.casefold()
        if not role_of(name) or len(name) > 60 or (not cells and role_of(name) != "no"):
            break
        cells.append(cell)
    return (len(cells), tuple(cells)) if len(cells) >= 3 and is_heading(cells) else None


def _body(text: str, lines: Sequence[Span], groups: Sequence[Group]) -> tuple[list[Words], int]:
    """The cells under the heading, and the line after the table."""
    cells: list[Words] = []
    after = groups[0][0] if groups else len(lines)
    for group in groups:
        cell = _words(text, lines, group)
        if _ENDS.match(cell.text) or len(cell.text) > 1500:
            return cells, after
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
    if is_section(cells):
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
