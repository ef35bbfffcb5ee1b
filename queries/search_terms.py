"""What people type into a search, as terms: words, and words that stand together.

Quotation marks make a phrase, and so do a number ("61/2018/NĐ-CP") and words joined by a stroke or dash. Nothing typed is an
operator: every other sign only parts words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cancu.graph.spelling import UNSEEN, Word, words
from cancu.loaders.syllables import is_syllable

LONGEST = 2000
"""Characters that are read; what is longer is cut."""
MOST_WORDS = 64

_QUOTES = '"“”„‟«»'
_PHRASE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_STROKE = re.compile(r"(?<=\w)\s*/\s*(?=\w)")
_TOGETHER = re.compile(r"[\w\u0300-\u036f/.&+'’\-\u2010-\u2015\u2212]+")
_UNSEEN = re.compile(rf"[{UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Token:
    """One typed word.

    Attributes:
        exact, folded: its two forms (see `spelling`).
        shown: as typed.
        marked: whether it was typed with marks.
        open: whether further marks may follow: it is still being typed, or is no whole syllable ("đuong").
        prefix: whether further letters may follow.
    """

    exact: str
    folded: str
    shown: str
    marked: bool
    open: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together, in this order; mostly one."""

    tokens: tuple[Token, ...]

    @property
    def shown(self) -> str:
        """As typed."""
        return " ".join(token.shown for token in self.tokens)


@dataclass(frozen=True)
class Typed:
    """What was typed.

    Attributes:
        text: in NFC, blanks squeezed, control characters left out.
        terms: what must all be found.
        cut: whether it was longer than what is read.
    """

    text: str
    terms: tuple[Term, ...]
    cut: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All words in their order."""
        return tuple(token for term in self.terms for token in term.tokens)


def read_typed(typed: str, typing: bool = False) -> Typed:
    """The terms of what was typed; with `typing` its last word may be the beginning of one."""
    seen = _UNSEEN.sub("", typed[: LONGEST + 1])
    plain = "".join(character if character.isprintable() else " " for character in seen)
    text = " ".join(unicodedata.normalize("NFC", plain).split())[:LONGEST]
    kept: list[tuple[Word, ...]] = []
    left = MOST_WORDS
    for term in _terms(text):
        left -= len(term)
        if left >= 0:
            kept.append(term)
    cut = len(typed) > LONGEST or left < 0
    unfinished = typing and not cut and plain[-1:] != " " and text[-1:].isalnum()
    last = kept[-1][-1] if kept and unfinished else None
    terms = (Term(tuple(_token(word, text, word is last) for word in term)) for term in kept)
    return Typed(text, tuple(terms), cut)


def _token(word: Word, text: str, prefix: bool) -> Token:
    shown = text[word.start : word.end]
    half = word.marked and not is_syllable(shown)
    return Token(
        word.exact, word.folded, shown, word.marked, half or (prefix and word.marked), prefix
    )


def _terms(text: str) -> Iterator[tuple[Word, ...]]:
    """The words of each term, with their places in the whole text."""
    at = 0
    for phrase in _PHRASE.finditer(text):
        yield from _loose(text, at, phrase.start())
        quoted = tuple(_words(text, phrase.start(1), phrase.end(1)))
        if quoted:
            yield quoted
        at = phrase.end()
    yield from _loose(text, at, len(text))


def _loose(text: str, start: int, end: int) -> Iterator[tuple[Word, ...]]:
    """Terms outside of quotation marks. "61 / 2018" is one: its blanks are read as strokes."""
    joined = _STROKE.sub(lambda match: "/" * len(match[0]), text[start:end])
    for match in _TOGETHER.finditer(joined):
        found = tuple(_words(text, start + match.start(), start + match.end()))
        if found:
            yield found


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for word in words(text[start:end]):
        yield Word(start + word.start, start + word.end, word.exact, word.folded)
