"""Tables drawn with bars.

Two drawings occur. Rows as lines: "| 1 | Rà soát | Sở Nội vụ |" (Markdown) or "1 | Rà soát | Sở Nội vụ". And one cell after the other with a
lone "|" on a line between them (pages copied as text): there the same bar ends a cell, ends a row and stands for an empty cell, and a cell
merged with the one above is not there at all. Such rows are told apart by what the cells say: of all ways to lay them into the columns of the
heading the likeliest is taken.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cancu.loaders.blocks import Table, clean
from cancu.loaders.columns import WIDEST, columns_of, is_heading, role_of
from cancu.loaders.lay import NUMBER, Layout, Tokens, is_remark, is_section
from cancu.loaders.patterns import load
from cancu.loaders.words import Span, Words
from cancu.loaders.wraps import unwrap

_LINE = re.compile(r"\s*(?:\|\s*){1,2}")
_RULE = re.compile(r"\s*:?-{2,}:?\s*|\s*")
_BAR = re.compile(r"(?<!\\)\|")
_OUTSIDE = re.compile(
    r"[*#\s]*(?:[IVX]+\s*[.-]\s|Điều\s+\d|Nơi nhận|PHỤ LỤC|\d+\.\s+[A-ZĐ]|Căn cứ|QUYẾT ĐỊNH|KẾ HOẠCH|CHƯƠNG TRÌNH)"
)
_ITEM = re.compile(r"\n\s*\**(?:\d+[.)-]\s|[-+]\s|[a-zđ]\)\s|Điều\s)")
_RECIPIENTS = re.compile(r"\n\s*\**Nơi nhận")
_FAR = 40
"""Lines that a cell may run on after a blank line before the next bar must come."""


def read_bars(text: str, lines: Sequence[Span], first: int) -> tuple[Table | None, int]:
    """The table that begins at line `first` and the line after it, or None where none does."""
    if _LINE.fullmatch(text[lines[first].start : lines[first].end]):
        return _read_cell_lines(text, lines, first)
    return _read_row_lines(text, lines, first)


def read_unopened(text: str, lines: Sequence[Span], first: int) -> tuple[Table | None, int]:
    """The same for a table that lacks the bar before its first cell: line `first` is that cell."""
    bar = lines[first + 1] if first + 1 < len(lines) else None
    if bar and _LINE.fullmatch(text[bar.start : bar.end]):
        return _read_cell_lines(text, lines, first - 1)
    return None, first


# rows as lines


def _read_row_lines(text: str, lines: Sequence[Span], first: int) -> tuple[Table | None, int]:
    rows: list[tuple[Words, ...]] = []
    at = first
    while at < len(lines):
        line = text[lines[at].start : lines[at].end]
        cells = _row_cells(text, lines[at]) if _BAR.search(line) else ()
        if _LINE.fullmatch(line) and not rows:
            break
        if not cells:
            if not (rows and _goes_on(text, lines, at, rows)):
                break
            rows[-1] = _longer(rows[-1], (_words(text, lines[at]),))
        elif _is_rest(rows, cells, line):
            rows[-1] = _longer(rows[-1], cells)
        elif not all(_RULE.fullmatch(cell.text) for cell in cells):
            rows.append(cells)
        at += 1
    bars = sum(len(row) for row in rows)
    return (Table(tuple(rows)), at) if bars > 1 and len(rows) + bars > 3 else (None, first)


def _words(text: str, span: Span) -> Words:
    return Words.of(text, span.start, span.end).strip()


def _row_cells(text: str, line: Span) -> tuple[Words, ...]:
    cuts = [m.start() for m in _BAR.finditer(text, line.start, line.end)]
    edges = [line.start - 1, *cuts, line.end]
    cells = [_words(text, Span(a + 1, b)) for a, b in pairwise(edges)]
    opened = not cells[0] and len(cells) > 1
    closed = not cells[-1] and len(cells) > 1 + opened
    return tuple(cells[int(opened) : len(cells) - int(closed)])


def _is_rest(rows: list[tuple[Words, ...]], cells: tuple[Words, ...], line: str) -> bool:
    """Whether a line is the rest of a row that was wrapped: together they have as many cells as the heading."""
    if not rows or line.lstrip().startswith("|"):
        return False
    width = len(rows[0])
    return len(rows[-1]) < width and len(rows[-1]) + len(cells) - 1 <= width and len(rows) > 1


def _longer(row: tuple[Words, ...], more: tuple[Words, ...]) -> tuple[Words, ...]:
    return (*row[:-1], Words.join([row[-1], more[0]], "\n"), *more[1:])


def _goes_on(text: str, lines: Sequence[Span], at: int, rows: list[tuple[Words, ...]]) -> bool:
    """Whether a line without a bar belongs to the last cell: the row is not whole yet, and its rest follows."""
    line = text[lines[at].start : lines[at].end]
    if not line.strip() or len(rows) < 2 or not is_heading(rows[0]):
        return False
    if len(rows[-1]) >= len(rows[0]):
        return _next_bar(text, lines, at) is not None
    return True


def _next_bar(text: str, lines: Sequence[Span], at: int) -> int | None:
    """The line with the next bar, unless a blank line comes first."""
    while at < len(lines):
        line = text[lines[at].start : lines[at].end]
        if not line.strip():
            return None
        if _BAR.search(line):
            return at
        at += 1
    return None


# one cell after the other


def _read_cell_lines(text: str, lines: Sequence[Span], first: int) -> tuple[Table | None, int]:
    tokens, after = _tokens(text, lines, first)
    top, rest = _read_heading(tokens)
    if top is None:
        return _read_layout(text, lines, first, tokens, after)
    rest, after = _inside(text, lines, rest, after)
    rows: list[tuple[Words, ...]] = [top]
    inherited: set[tuple[int, int]] = set()
    doubtful: set[tuple[int, int]] = set()
    nothing = Words("", (), text)
    layout = Layout(columns_of(_texts(top)), len(top))
    for columns in layout.lay([token and unwrap(token) for token in rest]):
        row = [nothing] * len(top)
        for column, token in columns.items():
            row[column] = token or nothing
        at = len(rows)
        doubtful |= {
            (at, column) for column in layout.doubtful(columns, rows[-1] if at > 1 else ())
        }
        for column in _reached(columns, rows, len(top)):
            row[column] = rows[-1][column]
            inherited.add((at, column))
            doubtful |= {(at, column)} if (at - 1, column) in doubtful else set()
        rows.append(tuple(row))
    return Table(tuple(rows), frozenset(inherited), frozenset(doubtful)), after


def _read_layout(
    text: str, lines: Sequence[Span], first: int, tokens: Tokens, after: int
) -> tuple[Table | None, int]:
    """The cells of a letterhead or signature, up to a row that is the heading of a real table."""
    cells: list[Words] = []
    for position, token in enumerate(tokens):
        if token and position and _begins_table(tokens[position : position + WIDEST]):
            after = _line_of(lines, token) - 1
            break
        cells.extend([token] if token else [])
    return Table(tuple((cell,) for cell in cells)), max(after, first + 1)


def _begins_table(tokens: Tokens) -> bool:
    """Whether the cells open with a heading: the number's column first, or three columns that have names."""
    row = _until_nothing(tokens)
    first = role_of(clean(row[0]).text.casefold())
    return (first == "no" or len(row) >= 3) and is_heading(row)


def _line_of(lines: Sequence[Span], words: Words) -> int:
    return bisect_left(lines, words.at[0], key=lambda line: line.end)


def _inside(text: str, lines: Sequence[Span], tokens: Tokens, after: int) -> tuple[Tokens, int]:
    """The cells up to one that is no cell but the text after the table: a heading or an article with items under it."""
    for position, token in enumerate(tokens):
        if token and (
            (_OUTSIDE.match(token.text) and _ITEM.search(token.text))
            or _RECIPIENTS.search(token.text)
        ):
            return tokens[:position], _line_of(lines, token)
    return tokens, after


def _tokens(text: str, lines: Sequence[Span], first: int) -> tuple[list[Words | None], int]:
    """The cells between the bars, None for nothing between two bars, and the line after the table."""
    tokens: list[Words | None] = []
    cell: Span | None = None
    at = first + 1
    while at < len(lines):
        line = text[lines[at].start : lines[at].end]
        if _LINE.fullmatch(line):
            tokens.append(_words(text, cell) if cell else None)
            cell = None
            if line.count("|") > 1:
                tokens.append(None)
        elif line.strip():
            if cell is None and _ended(text, lines, first, at):
                return tokens, at
            cell = Span(cell.start if cell else lines[at].start, lines[at].end)
        elif cell and not _bar_ahead(text, lines, at):
            break
        at += 1
    if cell:
        tokens.append(_words(text, cell))
    return tokens, at


def _ended(text: str, lines: Sequence[Span], first: int, at: int) -> bool:
    """Whether the words at a line, with no bar since a blank line, stand after the table. Where the very first cell stands between blank
    lines they all do, and only a bar that does not come ends the table.
    """
    if text[lines[at - 1].start : lines[at - 1].end].strip() or at == first + 1:
        return False
    airy = not text[lines[first + 1].start : lines[first + 1].end].strip()
    return not (airy and _bar_ahead(text, lines, at))


def _bar_ahead(text: str, lines: Sequence[Span], at: int) -> bool:
    """Whether the next lone bar is near, with no gap of two blank lines before it."""
    blank = 0
    for line in lines[at : at + _FAR]:
        words = text[line.start : line.end]
        if _LINE.fullmatch(words):
            return True
        if _OUTSIDE.match(words.strip()) or role_of(words.strip(" *").casefold()) == "no":
            return False
        blank = 0 if words.strip() else blank + 1
        if blank > 1:
            return False
    return False


def _texts(row: Sequence[Words]) -> tuple[str, ...]:
    return tuple(clean(cell).text.casefold() for cell in row)


def _until_nothing(tokens: Tokens) -> list[Words]:
    taken: list[Words] = []
    for token in tokens:
        if token is None or len(taken) > WIDEST:
            break
        taken.append(token)
    return taken


def _read_heading(tokens: Tokens) -> tuple[tuple[Words, ...] | None, Tokens]:
    """The heading, one cell a column, and the tokens after it; None where the first row is no heading."""
    upper = _until_nothing(tokens)
    if not 0 < len(upper) <= WIDEST or not is_heading(upper):
        return None, tokens
    rest = tokens[len(upper) + 1 :]
    lower = _until_nothing(rest)
    if len(lower) >= 2 and all(_is_second_level(cell) for cell in lower):
        return tuple(_divided(upper, lower)), rest[len(lower) + 1 :]
    return tuple(upper), rest


def _is_second_level(cell: Words) -> bool:
    text = clean(cell).text
    return len(text) <= 60 and not NUMBER.fullmatch(text) and role_of(text.casefold()) is not None


_FAMILY = {
    "lead": "body",
    "coordinate": "body",
    "implement": "body",
    "both": "body",
    "agency": "body",
    "person": "body",
}


def _divided(upper: Sequence[Words], lower: Sequence[Words]) -> Iterator[Words]:
    """The columns of a heading of two rows: a merged cell gives way to the cells below that are of its kind."""
    families = [_family(cell) for cell in lower]
    waiting = list(zip(families, lower, strict=True))
    for cell in upper:
        mine = [w for w in waiting if w[0] == _family(cell)]
        if mine and len(mine) >= 2:
            yield from (words for _, words in mine)
            waiting = [w for w in waiting if w not in mine]
        else:
            yield cell


def _family(cell: Words) -> str:
    role = role_of(clean(cell).text.casefold()) or ""
    if not role and re.search(load("headings")["merged"]["pattern"], clean(cell).text.casefold()):
        return "body"
    return _FAMILY.get(role, role)


def _stands_apart(cells: Tokens) -> bool:
    return is_section(cells) or is_remark(cells)


def _reached(
    columns: dict[int, Words | None], rows: list[tuple[Words, ...]], width: int
) -> list[int]:
    """The columns of a row that a merged cell of the row above reaches: those that are not there at all."""
    if len(rows) < 2 or len(columns) >= width or _stands_apart(list(columns.values())):
        return []
    if columns and _stands_apart(rows[-1]):
        return []
    return [column for column in range(width) if column not in columns and rows[-1][column]]
