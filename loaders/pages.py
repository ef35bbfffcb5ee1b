"""What printing adds to a text: page numbers, in the middle of sentences and of rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cancu.loaders.words import Span

_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_NAMED = re.compile(r"\s*(?:[-–]\s*\d{1,3}\s*[-–]|(?i:trang)\s+\d{1,3}(?:\s*/\s*\d{1,3})?)\s*")
_PAGE = 18
"""Lines with words that a page has at least."""
_INDENT = 20
"""Blanks before the number of a page that stands in the middle, at least; before that of a row there are fewer."""


def page_numbers(text: str, lines: Sequence[Span]) -> frozenset[int]:
    """The lines that are only a page's number: beside a form feed, marked as one ("- 3 -"), or each one more than the last and a page apart."""
    named = {at for at, x in enumerate(lines) if _NAMED.fullmatch(text[x.start : x.end])}
    numbers = list(_lone_numbers(text, lines))
    fed = [number for number in numbers if number.fed]
    found = (*(fed or _in_turn(numbers)), *_in_the_middle(numbers))
    return frozenset(named | {number.line for number in found})


@dataclass(frozen=True, slots=True)
class _Number:
    """A line that is only a number.

    Attributes:
        line: which line.
        value: the number.
        above: how many lines with words are above it.
        indent: how many blanks stand before it.
        fed: whether a form feed is beside it.
        opens: whether a blank line is above it.
        alone: whether a blank line is below it too.
    """

    line: int
    value: int
    above: int
    indent: int
    fed: bool
    opens: bool
    alone: bool


def _lone_numbers(text: str, lines: Sequence[Span]) -> Iterator[_Number]:
    above = 0
    for at, line in enumerate(lines):
        words = text[line.start : line.end]
        match = _NUMBER.fullmatch(words)
        if match:
            opens, closes = (
                not 0 <= near < len(lines) or not text[lines[near].start : lines[near].end].strip()
                for near in (at - 1, at + 1)
            )
            fed = "\f" in (text[line.start - 1 : line.start], text[line.end : line.end + 1])
            yield _Number(
                at, int(match.group(1)), above, match.start(1), fed, opens, opens and closes
            )
        elif words.strip() and not _NAMED.fullmatch(words):
            above += 1


def _in_turn(numbers: Sequence[_Number]) -> Iterator[_Number]:
    """Numbers between blank lines that follow the last page's, with a page of words between; the first page has mostly none
    (Nghị định 30/2020/NĐ-CP, Phụ lục I). A number that goes on from the row above, or to the row below, is a row's.
    """
    page, since, row = 0, 0, 0
    for number, after in zip_longest(numbers, numbers[1:]):
        if not number.alone:
            continue
        value, follows = number.value, after.value if after else 0
        near = after is not None and after.above - number.above < _PAGE
        turn = value == page + 1 or (page == 0 and value == 2)
        rows = (row == value - 1 and follows != value) if row else False
        first = value == 1 and (follows != 2 or near)
        if turn and number.above - since >= _PAGE and not rows and not first:
            page, since = value, number.above
            yield number
        else:
            row = value


def _in_the_middle(numbers: Sequence[_Number]) -> Iterator[_Number]:
    """Numbers in the middle of a line where columns are kept by blanks, each more than the last; a row's stands at the left."""
    page = 1
    for number in numbers:
        if number.opens and number.indent >= _INDENT and number.value > page:
            page = number.value
            yield number
