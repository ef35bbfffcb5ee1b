"""A text as typed, in the one form in which it is compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_VOWELS = re.compile("[aeiouy\u00e0-\u00fd\u0103\u0129\u0169\u01a1\u01b0\u1ea1-\u1ef9]+")
_FINAL_Y = re.compile("(?<=[bcdđghklmnprstvxz])[yýỳỷỹỵ]$|(?<=q[uúùủũụ])[yýỳỷỹỵ]$")
_Y_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_SIGNS = {"ð": "đ", "ɖ": "đ", "\u2212": "-", "\u2043": "-", "\u2215": "/", "\u2044": "/"}
"""Signs that stand for others: the Icelandic eth for đ, the minus for a hyphen, the sign of division for a stroke."""


class Token(NamedTuple):
    """A run of letters or of digits: as written (see `canonical`), without marks, and where it stands in the shape."""

    text: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class Typed:
    """What somebody typed.

    Attributes:
        text: in NFC.
        shape: in small letters, one kind of hyphen, of blank and of stroke, tone marks where `canonical` has them.
        at: for each character of the shape, and for its end, the offset in the text.
    """

    text: str
    shape: str
    at: tuple[int, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words and numbers, in order."""
        return tuple(
            Token(m[0], plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(self.shape)
        )

    @cached_property
    def starts(self) -> dict[int, int]:
        """Where a token starts in the shape -> its place among the tokens."""
        return {token.start: place for place, token in enumerate(self.tokens)}

    @cached_property
    def ends(self) -> dict[int, int]:
        """Where a token ends in the shape -> the place after it among the tokens."""
        return {token.end: place + 1 for place, token in enumerate(self.tokens)}


def nfc(text: str) -> str:
    """A text with its marks composed, as all texts of the graph are."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def read_typed(text: str) -> Typed:
    """A text in the form in which it is compared."""
    composed = nfc(text)
    shape, at = [], []
    for offset, character in enumerate(composed):
        for sign in _sign(character):
            shape.append(sign)
            at.append(offset)
    letters = "".join(shape)
    return Typed(
        composed,
        _TOKEN.sub(lambda word: canonical(word[0]), letters),
        (*at, len(composed)),
    )


@lru_cache(maxsize=4096)
def _sign(character: str) -> str:
    """What a character counts as; nothing for soft hyphens and the like."""
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc") and not character.isspace():
        return ""
    if kind == "Pd":
        return "-"
    if character.isspace():
        return " "
    lowered = unicodedata.normalize("NFKC", character).lower()
    signs = "".join(_SIGNS.get(sign, sign) for sign in unicodedata.normalize("NFC", lowered))
    return " " if signs.isspace() else signs


@lru_cache(maxsize=65_536)
def canonical(word: str) -> str:
    """A word in small letters with its tone on the first of its vowels, and i for a y that sounds like it.

    So "hoà" and "hòa", "uỷ" and "ủy", "quý", "qúy" and "quí" are each one word. The length stays.
    """
    if word.isascii() and "y" not in word:
        return word
    spelled = _FINAL_Y.sub(lambda y: y[0].translate(_Y_AS_I), word)
    return spelled if spelled.isascii() else _VOWELS.sub(_tone_first, spelled)


def _tone_first(vowels: re.Match[str]) -> str:
    letters = [unicodedata.normalize("NFD", letter) for letter in vowels[0]]
    tones = [mark for letter in letters for mark in letter if mark in _TONES]
    if len(tones) != 1:
        return vowels[0]
    bare = ["".join(mark for mark in letter if mark not in _TONES) for letter in letters]
    moved = unicodedata.normalize("NFC", "".join([bare[0], tones[0], *bare[1:]]))
    return moved if len(moved) == len(vowels[0]) else vowels[0]


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A text with its marks left out, đ as d. The length stays."""
    if text.isascii():
        return text
    return "".join(
        "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0] for letter in text
    )


def agrees(word: str, name: str) -> bool:
    """Whether a word as typed may stand for a word of a name: with all its marks, or with none at all."""
    return word == name or (word.isascii() and word == plain(name))
