"""Vietnamese alphabetical order, as in a Vietnamese dictionary.

Letters first (a ă â b c d đ e ê …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng), word by word; capitals count last.
"""

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: chr(0x100 + place) for place, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

Key = tuple[tuple[tuple[str, str], ...], str]


def sort_key(text: str) -> Key:
    """What to sort a Vietnamese name by (`sorted(names, key=sort_key)`)."""
    return tuple(_word(word) for word in text.casefold().split()), text


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> tuple[str, str]:
    """The letters of a word, and its tones where the letters are the same."""
    letters, tones = "", ""
    for character in unicodedata.normalize("NFC", word):
        marks = unicodedata.normalize("NFD", character)
        tone = "".join(_TONES.get(mark, "") for mark in marks)
        plain = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
        letters += "".join(_LETTER.get(letter, letter) for letter in plain)
        tones += tone or "0"
    return letters, tones
