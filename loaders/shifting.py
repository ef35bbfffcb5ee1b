"""Tables of `pdftotext -layout` whose narrow columns shift from row to row, so that no gutter runs through all of them.

The heading tells the columns of its page. In a row, which blank lines part from the next, the gutters are the places where all of its
lines are blank; the strips between them go to the columns that they lie in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cancu.loaders.aligned import ENDS, ITEM, is_blank, line_break, segments
from cancu.loaders.blocks import Table
from cancu.loaders.columns import is_heading, role_of
from cancu.loaders.words import Span, Words
from cancu.loaders.wraps import unwrap

_NUMBER = re.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{1,2})*|[IVXLC]+|[A-HĐ])[.)]?(?=\s|$)")
_CHAPTER = re.compile(r"\s*[A-ZĐ]\.\s+[A-ZĐÀ-Ỹ]{2}")
_INDENT = 12
"""Blanks before a line of a heading that is not the one with the number's name."""
_REACH = 3
"""How far to the right of its heading a column may begin."""
_WIDE, _EVEN, _WEAK = 4.0, 2.0, 3.0
"""What it costs to keep together what more than one blank parts, or what begins evenly; and to part what neither does."""
_RIGHT = 0.6
"""What it costs that a column begins further to the right than on most of the page, a blank; to the left, or into the next, it is 1."""

Strip = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Heading:
    """The columns of a page: where the name of each stands, and its words."""

    places: tuple[Strip, ...]
    cells: tuple[Words, ...]


def read_shifting(
    text: str, lines: Sequence[Span], first: int, skip: frozenset[int]
) -> tuple[Table | None, int]:
    """The table whose heading has its number's name in line `first`, and the line after it; None where none does.

    `skip` are the lines with page numbers.
    """
    top = _heading_lines(text, lines, first)
    heading = _heading(text, lines, top, first)
    if len(heading.cells) < 4 or not is_heading(heading.cells):
        return None, first
    words = _squeezed(text, lines[first])
    pages: list[tuple[_Heading, list[list[int]]]] = [(heading, [])]
    after = top[-1] + 1
    for block, following in _blocks(text, lines, after, skip):
        again = next((at for at in block if _squeezed(text, lines[at]) == words), None)
        if again is not None:
            pages.append((_heading(text, lines, block, again), []))
        elif _is_over(text, lines, block, following):
            break
        else:
            pages[-1][1].append(block)
        after = block[-1] + 1
    rows: list[dict[int, list[Words]]] = []
    doubtful: set[tuple[int, int]] = set()
    for page, blocks in pages:
        if len(page.cells) != len(heading.cells):
            return None, first
        _add_rows(text, lines, page, blocks, rows, doubtful)
    if not rows:
        return None, first
    nothing = Words("", (), text)
    body = [
        tuple(unwrap(Words.join(row[c], "")) if c in row else nothing for c in range(len(heading.cells)))
        for row in rows
    ]  # fmt: skip
    return Table((heading.cells, *body), doubtful=frozenset(doubtful)), after


def _squeezed(text: str, line: Span) -> str:
    return " ".join(text[line.start : line.end].split())


def _indent(text: str, line: Span) -> int:
    return len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())


def _heading_lines(text: str, lines: Sequence[Span], first: int) -> list[int]:
    """The line with the number's name and those around it that begin far from the left."""
    start = end = first
    while (
        start
        and not is_blank(text, lines[start - 1])
        and _indent(text, lines[start - 1]) >= _INDENT
    ):
        start -= 1
    while (
        end + 1 < len(lines)
        and not is_blank(text, lines[end + 1])
        and _indent(text, lines[end + 1]) >= _INDENT
    ):
        end += 1
    return list(range(start, end + 1))


def _heading(text: str, lines: Sequence[Span], top: Sequence[int], first: int) -> _Heading:
    """The names of the columns: those of line `first`, each with what stands under and over it; one that stands alone there too. What
    stands over several is the name of none.
    """
    found: list[tuple[int, int, list[Span]]] = [
        (s.start - lines[first].start, s.end - lines[first].start, [s])
        for segment in segments(text, lines[first])
        for s in _names(text, segment)
    ]
    for at in sorted(top, key=lambda at: (at < first, abs(at - first))):
        for segment in segments(text, lines[at]) if at != first else ():
            start, end = segment.start - lines[at].start, segment.end - lines[at].start
            near = [i for i, (a, b, _) in enumerate(found) if start < b and a < end]
            if not near:
                found.append((start, end, [segment]))
            elif len(near) == 1:
                a, b, spans = found[near[0]]
                found[near[0]] = (
                    min(a, start),
                    max(b, end),
                    sorted([*spans, segment], key=lambda s: s.start),
                )
    found.sort()
    return _Heading(
        tuple((a, b) for a, b, _ in found),
        tuple(Words.join([Words.of(text, s.start, s.end) for s in spans], " ") for *_, spans in found),
    )  # fmt: skip


def _names(text: str, segment: Span) -> Iterator[Span]:
    """A name of a column, or two that only one blank parts: "Cơ quan chủ trì Cơ quan phối hợp"."""
    said = text[segment.start : segment.end]
    for blank in re.finditer(r" (?=[A-ZĐ])", said):
        left, right = (
            role_of(said[: blank.start()].casefold()),
            role_of(said[blank.end() :].casefold()),
        )
        if left and right and left != right:
            yield Span(segment.start, segment.start + blank.start())
            yield Span(segment.start + blank.end(), segment.end)
            return
    yield segment


def _blocks(
    text: str, lines: Sequence[Span], start: int, skip: frozenset[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """The runs of lines between blank ones, each with the next."""
    blocks: list[list[int]] = [[]]
    for at in range(start, len(lines)):
        if at in skip or is_blank(text, lines[at]):
            blocks += [[]] if blocks[-1] else []
        else:
            blocks[-1].append(at)
    whole = [block for block in blocks if block]
    yield from zip_longest(whole, whole[1:], fillvalue=[])


def _is_over(
    text: str, lines: Sequence[Span], block: Sequence[int], following: Sequence[int]
) -> bool:
    """Whether the table ends before a block: by prose, by a heading of the document that no row follows, or by the end of the document."""
    first = lines[block[0]]
    if ENDS.match(text[first.start : first.end]):
        return True
    if any(len(segments(text, lines[at])) > 1 for at in block):
        return False
    if any(lines[at].end - lines[at].start > 60 for at in block):
        return not _NUMBER.match(text[first.start : first.end]) or bool(
            ITEM.match(text, first.start, first.end)
        )
    opens = ITEM.match(text, first.start, first.end) or _CHAPTER.match(
        text[first.start : first.end]
    )
    return bool(opens) and not any(len(segments(text, lines[at])) > 1 for at in following)


def _add_rows(
    text: str,
    lines: Sequence[Span],
    heading: _Heading,
    blocks: Sequence[Sequence[int]],
    rows: list[dict[int, list[Words]]],
    doubtful: set[tuple[int, int]],
) -> None:
    """Add the rows of a page, and the cells of which nothing but the place says where they end; a block without a number goes on with the
    row before.
    """
    edges = _edges(text, lines, heading, blocks)
    for block in blocks:
        cells, unsure = _cells(text, lines, block, edges)
        if 0 in cells or not rows:
            rows.append({})
        for column, words in cells.items():
            gap = [line_break(text, lines[block[0] - 1])] if column in rows[-1] else []
            rows[-1].setdefault(column, []).extend([*gap, *words])
        doubtful |= {(len(rows), column) for column in unsure}


def _edges(
    text: str, lines: Sequence[Span], heading: _Heading, blocks: Sequence[Sequence[int]]
) -> list[int]:
    """Where each column begins: where most of its words do, between the name before and its own."""
    starts = Counter(
        segment.start - lines[at].start
        for block in blocks
        for at in block
        for segment in segments(text, lines[at])
    )
    edges = [heading.places[0][0]]
    for (before, end), (start, _) in zip(heading.places, heading.places[1:], strict=False):
        inside = [p for p in range((before + end) // 2 + 1, start + _REACH + 1) if starts[p]]
        edges.append(max(inside, key=lambda p: (starts[p], -p), default=start))
    return edges


def _cells(
    text: str, lines: Sequence[Span], block: Sequence[int], edges: Sequence[int]
) -> tuple[dict[int, list[Words]], set[int]]:
    """Column -> its words in a block, line by line; and the columns beside a border that only its place tells."""
    numbered = next((m for at in block if (m := _number(text, lines[at], edges))), None)
    shown = {at: list(_parts(text, lines[at], numbered, len(block) == 1)) for at in block}
    strips = _strips([span for spans in shown.values() for span in spans])
    spans = list(shown.values())
    columns = _assigned(strips, edges, spans)
    weak = [
        i
        for i in range(1, len(strips))
        if columns[i] != columns[i - 1]
        and strips[i][0] - strips[i - 1][1] <= 1
        and not _is_even(strips, i, spans)
    ]
    unsure = {columns[i] for i in (*weak, *(i - 1 for i in weak))} - {1}
    found: dict[int, list[Words]] = {}
    if numbered:
        found[0] = [Words.of(text, *numbered.span("number"))]
    for at in block:
        line: dict[int, Strip] = {}
        for start, end in shown[at]:
            column = next(c for (a, b), c in zip(strips, columns, strict=True) if a <= start < b)
            known = line.get(column, (start, end))
            line[column] = (min(known[0], start), max(known[1], end))
        for column, (start, end) in line.items():
            gap = [line_break(text, lines[at - 1])] if column in found else []
            words = Words.of(text, lines[at].start + start, lines[at].start + end)
            found.setdefault(column, []).extend([*gap, words])
    return found, unsure


def _number(text: str, line: Span, edges: Sequence[int]) -> re.Match[str] | None:
    """The number of a row, if the line has one at the left."""
    match = _NUMBER.match(text, line.start, line.end)
    return match if match and match.start("number") - line.start < max(edges[1] - 1, 3) else None


def _parts(text: str, line: Span, numbered: re.Match[str] | None, single: bool) -> Iterator[Strip]:
    """The words of a line as places in it, without the row's number; a row of one line is parted where two blanks are."""
    start = numbered.end() if numbered and line.start <= numbered.start() < line.end else line.start
    pattern = r"\S+(?: \S+)*" if single else r"\S+"
    for match in re.compile(pattern).finditer(text, start, line.end):
        yield match.start() - line.start, match.end() - line.start


def _strips(spans: Sequence[Strip]) -> list[Strip]:
    """The places that any line fills, run by run."""
    strips: list[Strip] = []
    for start, end in sorted(spans):
        if strips and start < strips[-1][1]:
            strips[-1] = (strips[-1][0], max(strips[-1][1], end))
        else:
            strips.append((start, end))
    return strips


def _assigned(
    strips: Sequence[Strip], edges: Sequence[int], shown: Sequence[Sequence[Strip]]
) -> list[int]:
    """The column of each strip, in order, so that it costs least.

    Args:
        strips: places that are filled, from the left.
        edges: where the columns begin on the page.
        shown: the words of each line as places.
    """
    ends = [*edges[1:], 10_000]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for index, (start, end) in enumerate(strips):
        before = strips[index - 1][1] if index else -2
        wide = start - before > 1
        even = not wide and _is_even(strips, index, shown)
        reached: dict[int, tuple[float, list[int]]] = {}
        for last, (cost, chosen) in best.items():
            for column in range(max(last, 1), len(edges)):
                if column == last:
                    step = _WIDE * wide + _EVEN * even
                    left = max(before, ends[column] - 1)
                else:
                    off = start - edges[column]
                    step = _WEAK * (not wide and not even) + (-off if off < 0 else _RIGHT * off)
                    left = max(start, ends[column] - 1)
                total = cost + step + max(0, end - left)
                if column not in reached or total < reached[column][0]:
                    reached[column] = (total, [*chosen, column])
        best = reached
    return min(best.values(), key=lambda option: option[0])[1] if strips else []


def _is_even(strips: Sequence[Strip], index: int, shown: Sequence[Sequence[Strip]]) -> bool:
    """Whether the words from a strip on begin under each other in more lines than one, as those of a cell do."""
    start, end = strips[index]
    inside = [
        min(a for a, _ in spans if start <= a)
        for spans in shown
        if any(start <= a < end for a, _ in spans)
    ]
    return len(inside) > 1 and max(inside) <= start + 1
