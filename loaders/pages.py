"""What printing adds to a text: page numbers, in the middle of sentences and of rows."""

import re
from collections.abc import Sequence

from cancu.loaders.words import Span

_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_NAMED = re.compile(r"\s*(?:[-–]\s*\d{1,3}\s*[-–]|(?i:trang)\s+\d{1,3}(?:\s*/\s*\d{1,3})?)\s*")
_PAGE = 18
"""Lines with words that a page has at least."""


def page_numbers(text: str, lines: Sequence[Span]) -> frozenset[int]:
    """The lines that are only a page's number: beside a form feed, marked as one ("- 3 -"), or each one more than the last and a page apart."""
    found: set[int] = set()
    fed = any(_NUMBER.fullmatch(text[x.start : x.end]) and _fed(text, x) for x in lines)
    last, since = 0, 0
    for at, line in enumerate(lines):
        words = text[line.start : line.end]
        if _NAMED.fullmatch(words):
            found.add(at)
            continue
        match = _NUMBER.fullmatch(words)
        value = int(match.group(1)) if match else 0
        if match and (_fed(text, line) if fed else _in_turn(text, lines, at, value, last, since)):
            found.add(at)
            last, since = value, 0
        elif words.strip():
            since += 1
    return frozenset(found)


def _fed(text: str, line: Span) -> bool:
    return "\f" in (text[line.start - 1 : line.start], text[line.end : line.end + 1])


def _in_turn(text: str, lines: Sequence[Span], at: int, value: int, last: int, since: int) -> bool:
    """Whether a number alone between blank lines follows the last page's, with a page of words between."""
    alone = all(
        not 0 <= near < len(lines) or not text[lines[near].start : lines[near].end].strip()
        for near in (at - 1, at + 1)
    )
    return alone and (value == last + 1 or (last == 0 and value == 2)) and since >= _PAGE
