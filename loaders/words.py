"""Text that remembers where each of its characters stands in the source.

Cleaning drops markup and joins what page breaks cut, so a value is rarely one slice of the document.
`Words` carries, beside its text, the source offset of every character; slicing, stripping and splitting keep
them, and `spans` gives them back as ranges of the source.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

INSERTED = -1
"""Offset of a character that is not in the source (the blank or newline that joins two pieces)."""

_GAP = re.compile(r"(?:\s|\*|</?(?:i|b|u|em|strong|span|sup|sub)\b[^<>]*>)*")
"""What may stand between two kept characters of one span: blanks and inline markup."""


class Span(NamedTuple):
    """A range of the source text in Unicode code points, from 0, `end` excluded (Web Annotation, oa:start/oa:end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """What the document says in one place: the words as written and the spans they were read from."""

    text: str
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.spans[0].start


@dataclass(frozen=True, slots=True)
class Words:
    """A text whose character `i` stands at `at[i]` of `source` (or is `INSERTED`)."""

    text: str
    at: Sequence[int]
    source: str

    @classmethod
    def of(cls, source: str, start: int, end: int) -> "Words":
        """The slice `source[start:end]`."""
        return cls(source[start:end], range(start, end), source)

    @classmethod
    def join(cls, parts: "Iterable[Words]", by: str) -> "Words":
        """The parts one after the other, with `by` inserted between them; at least one part."""
        pieces = list(parts)
        if len(pieces) == 1:
            return pieces[0]
        at = list(pieces[0].at)
        for piece in pieces[1:]:
            at.extend((INSERTED,) * len(by))
            at.extend(piece.at)
        return cls(by.join(piece.text for piece in pieces), tuple(at), pieces[0].source)

    def __getitem__(self, part: slice) -> "Words":
        return Words(self.text[part], self.at[part], self.source)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def strip(self, characters: str | None = None) -> "Words":
        """Without the outer `characters` (blanks if not given)."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self[left : max(left, len(self.text.rstrip(characters)))]

    def drop(self, pattern: re.Pattern[str], instead: str = "") -> "Words":
        """Without what `pattern` matches; `instead` (inserted characters) takes its place."""
        return Words.join(self._around(pattern), instead) if pattern.search(self.text) else self

    def split(self, pattern: re.Pattern[str]) -> "list[Words]":
        """The pieces between the matches of `pattern`, blank ones left out, stripped."""
        return [piece for piece in (p.strip() for p in self._around(pattern)) if piece]

    def squeeze(self) -> "Words":
        """Every run of blanks as one blank, none at the ends."""
        if " ".join(self.text.split()) == self.text:
            return self
        kept = [m.start() for m in re.finditer(r"\S|(?<=\S)\s(?=\s*\S)", self.text)]
        text = "".join(" " if self.text[i].isspace() else self.text[i] for i in kept)
        return Words(text, tuple(self.at[i] for i in kept), self.source)

    def lines(self) -> "list[Words]":
        """The lines, stripped, blank ones left out."""
        return self.split(re.compile(r"\n"))

    def spans(self) -> tuple[Span, ...]:
        """The ranges of the source that hold these words, in order; blanks and inline markup between two
        characters do not cut a range.
        """
        ranges: list[Span] = []
        start = end = INSERTED
        for offset, character in zip(self.at, self.text, strict=True):
            if offset == INSERTED or character.isspace():
                continue
            if offset != end and not (
                offset > end != INSERTED and _GAP.fullmatch(self.source, end, offset)
            ):
                if end != INSERTED:
                    ranges.append(Span(start, end))
                start = offset
            end = offset + 1
        return (*ranges, Span(start, end)) if end != INSERTED else ()

    def value(self) -> Value:
        """The words and their spans as a plain value."""
        return Value(self.text, self.spans())

    def _around(self, pattern: re.Pattern[str]) -> "Iterator[Words]":
        start = 0
        for match in pattern.finditer(self.text):
            yield self[start : match.start()]
            start = match.end()
        yield self[start:]
