"""Tables whose columns are kept apart by blanks, as `pdftotext -layout` writes them.

The heading tells how many columns there are; the gutters, places that are blank in nearly every line, tell where they end. A row ends at a
blank line or, where rows stand close, begins at its number; its rest on the next page follows the repeated heading.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cancu.loaders.blocks import Table
from cancu.loaders.columns import WIDEST, is_heading, role_of
from cancu.loaders.words import INSERTED, Span, Words
from cancu.loaders.wraps import unwrap

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_ROW = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]+|[A-HĐ])\s*[.)]?")
_ENDS = re.compile(r"\s*(?:Nơi nhận|PHỤ LỤC|Ghi chú\s*:|GHI CHÚ|TM\.|KT\.)")
_ITEM = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]\s|[-+]\s|[a-zđ]\)\s|[IVX]+\.\s|Điều\s)")
_HEADING = re.compile(r"\s*(?:[IVX]+\.\s|Điều\s\d)")
_FEW = 0.06
"""Share of lines that may run through a gutter: titles that span the table."""

_TALLEST = 20
"""Lines of a heading, above and below the one with the number's name."""
_SAMPLE = 200
"""Lines that must already show that the heading names the columns."""

Line = list[Span]


def read_aligned(
    text: str, lines: Sequence[Span], first: int, skip: frozenset[int]
) -> tuple[Table | None, int]:
    """The table whose heading line is line `first` or a neighbour of it, and the line after it; None where none is.

    `skip` are the lines with page numbers.
    """
    names = [text[s.start : s.end].casefold() for s in _segments(text, lines[first])]
    if not 3 <= len(names) <= WIDEST or role_of(names[0]) != "no" or max(map(len, names)) > 60:
        return None, first
    top = _group(text, lines, first)
    for end in (min(top[1] + _SAMPLE, len(lines)), len(lines)):
        groups, after = _groups(text, lines, top[1], end, skip)
        body = [at for group in groups for at in group]
        columns = _columns(text, [lines[at] for at in (*range(*top), *body)])
        if not columns:
            return None, first
        columns, heading = _named(columns, _cells(text, lines, range(*top), columns))
        if len(heading) < 3 or not is_heading(heading) or not body:
            return None, first
        if after < end or end == len(lines):
            break
    rows = [heading]
    for group in _rows(text, lines, groups, columns, _shape(text, lines, range(*top))):
        rows.append(tuple(unwrap(cell) for cell in _cells(text, lines, group, columns)))
    return Table(tuple(rows)), after


def _segments(text: str, line: Span) -> Line:
    return [Span(*m.span()) for m in _SEGMENT.finditer(text, line.start, line.end)]


def _blank(text: str, line: Span) -> bool:
    return not text[line.start : line.end].strip()


def _group(text: str, lines: Sequence[Span], at: int) -> tuple[int, int]:
    """The lines around one up to the next blank ones: a heading may be several lines high. Numbers of rows end it."""
    start = end = at
    while start > max(0, at - _TALLEST) and not _blank(text, lines[start - 1]):
        if not 2 <= len(_segments(text, lines[start - 1])) <= WIDEST:
            break
        start -= 1
    while end + 1 < min(len(lines), at + _TALLEST) and not _blank(text, lines[end + 1]):
        segments = _segments(text, lines[end + 1])
        first = segments[0]
        if (
            len(segments) > WIDEST
            or _ROW.fullmatch(text[first.start : first.end])
            or first.start - lines[end + 1].start < 12
        ):
            break
        end += 1
    return start, end + 1


def _groups(
    text: str, lines: Sequence[Span], start: int, stop: int, skip: frozenset[int]
) -> tuple[list[list[int]], int]:
    """The runs of lines under the heading, up to `stop`, and the line after the table."""
    groups: list[list[int]] = [[]]
    after = start
    for at in range(start, stop):
        if at in skip or _blank(text, lines[at]):
            if groups[-1]:
                groups.append([])
            continue
        if _ENDS.match(text[lines[at].start : lines[at].end]) or _is_prose(text, lines, at, groups):
            break
        groups[-1].append(at)
        after = at + 1
    return [group for group in groups if group], after


def _is_prose(text: str, lines: Sequence[Span], at: int, groups: list[list[int]]) -> bool:
    """Whether what stands at a line is text that follows the table: each line one run of words, one of them long or numbered; after a
    blank line, or from a heading on.
    """
    if groups[-1] and not _HEADING.match(text, lines[at].start, lines[at].end):
        return False
    following = (lines[number] for number in range(at, len(lines)))
    group = list(takewhile(lambda line: not _blank(text, line), following))
    return all(len(_segments(text, line)) == 1 for line in group) and any(
        line.end - line.start > 60 or _ITEM.match(text, line.start, line.end) for line in group
    )


def _columns(text: str, lines: Sequence[Span]) -> list[tuple[int, int]]:
    """The columns, as places in a line from the first to the one after the last: what lies between gutters."""
    width = max((line.end - line.start for line in lines), default=0)
    filled = [0] * (width + 1)
    for line in lines:
        for segment in _segments(text, line):
            for place in range(segment.start - line.start, segment.end - line.start):
                filled[place] += 1
    most = max(1, int(len(lines) * _FEW))
    columns: list[tuple[int, int]] = []
    start: int | None = None
    for place, count in enumerate([*filled, 0]):
        if count > most and start is None:
            start = place
        elif count <= most and start is not None:
            columns.append((start, place))
            start = None
    return columns


def _named(
    columns: list[tuple[int, int]], heading: tuple[Words, ...]
) -> tuple[list[tuple[int, int]], tuple[Words, ...]]:
    """The columns that the heading names; a piece without a name belongs to the column before it."""
    kept: list[tuple[int, int]] = []
    cells: list[Words] = []
    for column, cell in zip(columns, heading, strict=True):
        if cell or not kept:
            kept.append(column)
            cells.append(cell)
        else:
            kept[-1] = (kept[-1][0], column[1])
    return kept, tuple(cells)


def _cells(
    text: str, lines: Sequence[Span], group: Sequence[int], columns: Sequence[tuple[int, int]]
) -> tuple[Words, ...]:
    """The words of a run of lines, column by column; each segment goes where most of it stands."""
    parts: list[list[Words]] = [[] for _ in columns]
    for at in group:
        line = lines[at]
        found: dict[int, Span] = {}
        for segment in _segments(text, line):
            place = _place(segment.start - line.start, segment.end - line.start, columns)
            earlier = found.get(place)
            found[place] = Span(earlier.start if earlier else segment.start, segment.end)
        for place, span in found.items():
            if parts[place]:
                parts[place].append(_break(text, lines[at - 1]))
            parts[place].append(Words.of(text, span.start, span.end))
    nothing = Words("", (), text)
    return tuple(Words.join(cell, "") if cell else nothing for cell in parts)


def _break(text: str, line: Span) -> Words:
    """The line break after a line; it stands in the source, so that nothing seems to be cut there."""
    return Words("\n", (line.end if text[line.end : line.end + 1] == "\n" else INSERTED,), text)


def _place(start: int, end: int, columns: Sequence[tuple[int, int]]) -> int:
    def share(number: int) -> tuple[int, int]:
        left, right = columns[number]
        return min(end, right) - max(start, left), -abs(left - start)

    return max(range(len(columns)), key=share)


def _shape(text: str, lines: Sequence[Span], group: Sequence[int]) -> frozenset[str]:
    return frozenset(" ".join(text[lines[at].start : lines[at].end].split()) for at in group)


def _rows(
    text: str,
    lines: Sequence[Span],
    groups: Sequence[list[int]],
    columns: Sequence[tuple[int, int]],
    heading: frozenset[str],
) -> Iterator[list[int]]:
    """The lines of each row; where numbers stand on top of their rows, lines before the first number of a page belong to the row before."""
    rows: list[list[int]] = []
    pieces = [
        [
            at
            for at in group
            if " ".join(text[lines[at].start : lines[at].end].split()) not in heading
        ]
        for group in groups
    ]
    whole = [own for own, group in zip(pieces, groups, strict=True) if len(own) == len(group) > 1]
    on_top = bool(whole) and all(_number(text, lines[own[0]], columns) for own in whole)
    for own in pieces:
        numbered = [at for at in own if _number(text, lines[at], columns)]
        if not own:
            continue
        if numbered and rows and on_top:
            rows[-1].extend(at for at in own if at < numbered[0])
            own = [at for at in own if at >= numbered[0]]
        if not numbered and rows:
            rows[-1].extend(own)
        elif len(numbered) <= 1:
            rows.append(own)
        else:
            cuts = [own[0] if i == 0 else at for i, at in enumerate(numbered)]
            for start, end in zip(cuts, [*cuts[1:], own[-1] + 1], strict=True):
                rows.append([at for at in own if start <= at < end])
    yield from rows


def _number(text: str, line: Span, columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a line bears a row's number, in the first column."""
    segments = _segments(text, line)
    if not segments:
        return False
    first = segments[0]
    words = text[first.start : first.end]
    label = _ROW.match(words)
    return first.start - line.start < columns[0][1] + 1 and bool(
        _ROW.fullmatch(words) or (label and words[label.end() : label.end() + 1] == " ")
    )
