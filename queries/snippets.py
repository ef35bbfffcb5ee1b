"""Texts with the found words marked, cut from the original: the words are found anew in it, so that a folded match is marked at its
place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cancu.graph.spelling import Word, words
from cancu.queries.search_index import Index
from cancu.queries.search_terms import Term

Segment = tuple[str, bool]
"""A piece of text, and whether it is what was looked for."""

BEFORE = 40
"""Characters before the first found word that a cut text keeps."""


@dataclass(frozen=True)
class _Wanted:
    """A typed word: the words it stands for."""

    folded: str
    spellings: frozenset[str] | None
    prefix: bool

    def fits(self, word: Word) -> bool:
        if self.spellings is not None:
            return word.exact in self.spellings
        return word.folded.startswith(self.folded) if self.prefix else word.folded == self.folded


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    term: int


class Marker:
    """Marks the terms of one search in texts."""

    def __init__(self, terms: Sequence[Term], index: Index) -> None:
        self._terms = [
            tuple(
                _Wanted(
                    token.folded,
                    frozenset(index.spellings(token)) if token.marked else None,
                    token.prefix,
                )
                for token in term.tokens
            )
            for term in dict.fromkeys(terms)
        ]
        self._all = [wanted for term in self._terms for wanted in term]

    def covered(self, *texts: str) -> frozenset[int]:
        """Which terms stand in these texts."""
        return frozenset(span.term for text in texts for span in self._spans(text))

    def best(self, texts: Sequence[str], without: frozenset[int]) -> str:
        """The text with the most terms besides those already shown; empty if none adds any."""
        added = [len(self.covered(text) - without) for text in texts]
        return texts[added.index(max(added))] if any(added) else ""

    def cut(self, text: str, room: int) -> tuple[Segment, ...]:
        """The text, or about `room` characters of it around its found words, in segments."""
        spans = self._spans(text)
        start, end = _window(text, spans, room)
        segments: list[Segment] = [("…", False)] if start else []
        at = start
        for span in _joined(text, [s for s in spans if start <= s.start and s.end <= end]):
            segments += [(text[at : span.start], False), (text[span.start : span.end], True)]
            at = span.end
        segments += [(text[at:end], False), ("…" if end < len(text) else "", False)]
        return tuple(segment for segment in segments if segment[0])

    def _spans(self, text: str) -> list[_Span]:
        """Where the terms stand, in reading order; where all stand one after the other, only there."""
        listed = list(words(text))
        at: dict[str, list[int]] = {}
        for position, word in enumerate(listed):
            at.setdefault(word.folded, []).append(position)
        together = [
            _Span(span.start, span.end, number)
            for span in _occurrences(self._all, listed, at, 0)
            for number in range(len(self._terms))
        ]
        if together:
            return together
        found = [
            span
            for number, term in enumerate(self._terms)
            for span in _occurrences(term, listed, at, number)
        ]
        return sorted(found, key=lambda span: (span.start, span.end))


def _occurrences(
    term: Sequence[_Wanted], listed: Sequence[Word], at: Mapping[str, list[int]], number: int
) -> Iterator[_Span]:
    """Where the words of a term stand one after the other."""
    length = len(term)
    for first in _places(term[0], at) if term else ():
        following = listed[first : first + length]
        if len(following) == length and all(map(_Wanted.fits, term, following)):
            yield _Span(following[0].start, following[-1].end, number)


def _places(wanted: _Wanted, at: Mapping[str, list[int]]) -> list[int]:
    """Where a word may stand, going by its letters."""
    if not wanted.prefix:
        return at.get(wanted.folded, [])
    return [
        place for word, listed in at.items() if word.startswith(wanted.folded) for place in listed
    ]


def _window(text: str, spans: Sequence[_Span], room: int) -> tuple[int, int]:
    """The part to show: the one with the most different terms, the first of several."""
    if len(text) <= room:
        return 0, len(text)
    best, most = 0, 0
    for position, span in enumerate(spans):
        limit = span.start + room - BEFORE
        terms = {other.term for other in spans[position:] if other.end <= limit}
        if len(terms) > most:
            best, most = span.start, len(terms)
    start = max(0, min(best - BEFORE, len(text) - room))
    return _word_start(text, start, best), _word_end(text, start + room)


def _word_start(text: str, at: int, before: int) -> int:
    """The first beginning of a word from `at` on."""
    if at <= 0:
        return 0
    blank = text.find(" ", at - 1, before)
    return blank + 1 if blank >= 0 else at


def _word_end(text: str, at: int) -> int:
    """The last end of a word up to `at`."""
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, at + 1)
    return blank if blank > at - BEFORE else at


def _joined(text: str, spans: Sequence[_Span]) -> list[_Span]:
    """Spans that overlap, or that only blanks part, as one."""
    found: list[_Span] = []
    for span in spans:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = _Span(found[-1].start, max(found[-1].end, span.end), found[-1].term)
        else:
            found.append(span)
    return found
