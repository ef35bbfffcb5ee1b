"""Does a text look Vietnamese? Its words with marks are looked at one by one."""

import re
import unicodedata
from functools import cache, lru_cache

from cancu.loaders.patterns import load

_ACUTE, _DOT = "\u0301", "\u0323"
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\s\x00-@\[-`{-\x7f\u00a0«»\u2010-\u2027\u2212°²³¹½×÷§\u20ab€→■□▪●]+")
"""A run of letters, and of the signs that letters become in a wrong encoding."""

_LONGEST = 30
"""Characters of a syllable with its marks apart are fewer; a pile of marks would take long to put in order."""


def marked_words(text: str) -> list[str]:
    """The words that are not plain ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def likeness(text: str) -> float:
    """The share of the marked words that are spelled as Vietnamese syllables; 0 where there is none."""
    words = marked_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word is spelled as one Vietnamese syllable, with or without marks."""
    if len(word) > _LONGEST:
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(letters)
    if len(tones) > 1:
        return False
    rimes, stopped = _spellings()
    bare = unicodedata.normalize("NFC", _TONES.sub("", letters))
    return bare in rimes or (bare in stopped and (not tones or tones[0] in (_ACUTE, _DOT)))


def may_be_syllable(word: str) -> bool:
    """Whether a word without marks may be one Vietnamese syllable typed without them: "nhiem" for "nhiệm"."""
    return word.lower() in _bare()


@cache
def _bare() -> frozenset[str]:
    apart = (unicodedata.normalize("NFD", word) for kind in _spellings() for word in kind)
    return frozenset(re.sub("[\u0300-\u036f]", "", word).replace("đ", "d") for word in apart)


@cache
def _spellings() -> tuple[frozenset[str], frozenset[str]]:
    data = load("syllables")
    rimes, stopped = (
        frozenset(opening + rime for opening in data["openings"] for rime in data[name])
        for name in ("rimes", "stopped")
    )
    return rimes, stopped
