"""Words as what they mean, whatever the language, the marks or the spelling."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any, TypeVar

from rapidfuzz.distance import DamerauLevenshtein

from cancu.queries.names.typed import plain

T = TypeVar("T")

LITERAL = "="
"""Before a word that stands for itself."""
_SHORTEST_MISTYPED = 4
_LONGEST_PHRASE = 10
_TELEX = (
    ("dd", "d"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("aw", "a"),
    ("ow", "o"),
    ("uw", "u"),
    ("w", "u"),
)
_TELEX_TONES = "sfrxj"


@cache
def _data() -> dict[str, Any]:
    return loads(files("cancu.queries.sentence").joinpath("words.toml").read_text("utf-8"))


@cache
def passed_over() -> frozenset[str]:
    """Words that say nothing of what is asked."""
    return frozenset(_data()["passed_over"].split())


@cache
def must() -> frozenset[str]:
    """Concepts that turn a question round."""
    return frozenset(_data()["must"]["concepts"])


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Words of a phrase -> its concept."""
    return {
        tuple(words_of(phrase)): concept
        for concept, listed in _data()["concepts"].items()
        for phrase in listed.split(";")
    }


@cache
def vocabulary() -> frozenset[str]:
    """Every word that is known."""
    return passed_over() | {word for phrase in phrases() for word in phrase}


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without marks."""
    return re.findall(r"[^\W_]+", plain(text.lower()))


def concepts_of(words: Sequence[str], known: frozenset[str] = frozenset()) -> list[str]:
    """The concepts of some words in order, the longest phrase first; a word of no concept stands for itself.

    Args:
        words: without marks.
        known: words besides the vocabulary that are no slips.
    """
    return list(_concepts([mended(word, known) for word in words]))


def without_particle(items: Sequence[T]) -> list[T]:
    """The parts of a question without the "không" or "chưa" at its end: there it asks, and denies nothing."""
    found = list(items)
    while found and found[-1] == "none":
        found.pop()
    return found


def _concepts(words: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        length = next(
            (
                n
                for n in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1)
                if tuple(words[place : place + n]) in phrases()
            ),
            0,
        )
        if length:
            yield phrases()[tuple(words[place : place + length])]
        elif words[place] not in passed_over():
            yield LITERAL + words[place]
        place += length or 1


def mended(word: str, known: frozenset[str]) -> str:
    """A word as it was meant: with the letters of Telex read, or one slip away from a single word that is known."""
    words = vocabulary() | known
    if word in words or not word.isalpha():
        return word
    telex = _untelexed(word)
    if telex in words:
        return telex
    if len(word) < _SHORTEST_MISTYPED:
        return word
    near = {
        w
        for w in words
        if len(w) > 2
        and abs(len(w) - len(word)) < 2
        and DamerauLevenshtein.distance(word, w, score_cutoff=1) < 2
    }
    return near.pop() if len(near) == 1 else word


def _untelexed(word: str) -> str:
    """A word typed for an input method that was off: "nhieemj", "ddinhj"."""
    for typed, meant in _TELEX:
        word = word.replace(typed, meant)
    return word[:-1] if len(word) > 1 and word[-1] in _TELEX_TONES else word
