"""Words as they are compared in a search: as spelled, and without their marks.

The two forms of a word:

    exact     lower case, its letters as spelled with the tone at the end: "hòa" and "hoà" are one word, as are NFC and NFD
    folded    without any mark, đ as d: "đường", "dương" and "duong" are one

A number has no leading zeros in either form, so that "02/2017" and "2/2017" are one. Whatever is no letter and no digit parts
words: the numbers of documents are the same words in all their spellings ("61/2018/NĐ-CP", "61-2018-NĐ−CP").
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TONES = {
    "\u0300": "\ue000",
    "\u0309": "\ue001",
    "\u0303": "\ue002",
    "\u0301": "\ue003",
    "\u0323": "\ue004",
}
"""Tone -> the private character that stands for it at the end of a word."""

_TONE_SIGNS = "".join(_TONES.values())
UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Soft hyphens, joiners and marks of byte order: not seen, and no part of a word."""

_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{UNSEEN}])*")
_DROPPED = re.compile(rf"[{UNSEEN}]")
_LIKE_D = str.maketrans("ðɖ", "đđ")
"""Other letters that look like đ, in texts from old encodings."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and its two forms."""

    start: int
    end: int
    exact: str
    folded: str

    @property
    def marked(self) -> bool:
        """Whether it has a mark: on a letter, as a tone, or the stroke of đ."""
        return self.exact != self.folded


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order, with the places where they stand in it."""
    for match in _WORD.finditer(text):
        exact, folded = forms(match[0])
        yield Word(match.start(), match.end(), exact, folded)


@lru_cache(maxsize=1 << 16)
def forms(word: str) -> tuple[str, str]:
    """The exact and the folded form of one word."""
    plain = _DROPPED.sub("", word)
    lowered = unicodedata.normalize("NFC", plain).lower().translate(_LIKE_D)
    if lowered.isdecimal():
        number = lowered.lstrip("0") or "0"
        return number, number
    marks = unicodedata.normalize("NFD", lowered)
    tones = "".join(sorted(_TONES[mark] for mark in marks if mark in _TONES))
    letters = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
    return letters + tones, _fold(letters)


def keeps(typed: str, other: str, prefix: bool = False) -> bool:
    """Whether the word `other` has every mark that was typed, on the same letters; it may have more of them.

    Both are exact forms. With `prefix` the typed word may be the beginning of the other.
    """
    (letters, tones), (more, all_tones) = _apart(typed), _apart(other)
    if len(more) < len(letters) or (len(more) > len(letters) and not prefix):
        return False
    return all(t in all_tones for t in tones) and all(
        mine in (theirs, _fold(theirs)) for mine, theirs in zip(letters, more, strict=False)
    )


def _apart(exact: str) -> tuple[str, str]:
    letters = exact.rstrip(_TONE_SIGNS)
    return letters, exact[len(letters) :]


def _fold(letters: str) -> str:
    plain = unicodedata.normalize("NFD", letters.replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
