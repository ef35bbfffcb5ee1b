"""Sentences typed for an input method that was off: "nhieemj vuj" (Telex), "nhie6m5 vu5" (VNI)."""

import re

from cancu.loaders.syllables import may_be_syllable
from cancu.queries.sentence.concepts import vocabulary

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
_TONES = "sfrxj"
_FEWEST = 2
_WORD = re.compile(r"(?<![\w/.-])[a-z]+[a-z1-9]*(?![\w/.-])", re.IGNORECASE)


def as_meant(text: str) -> str:
    """A sentence with the letters of an input method read, if several words can only be so; else as it is."""
    found = {word: _read(word) for word in set(_WORD.findall(text))}
    if sum(word != meant for word, meant in found.items()) < _FEWEST:
        return text
    return _WORD.sub(lambda word: found[word[0]], text)


def _read(word: str) -> str:
    lowered = word.lower()
    if lowered in vocabulary() or may_be_syllable(lowered):
        return word
    ways = [_untelexed(lowered)] if lowered.isalpha() else [re.sub(r"\d", "", lowered)]
    return next((way for way in ways if len(way) > 1 and may_be_syllable(way)), word)


def _untelexed(word: str) -> str:
    for typed, meant in _TELEX:
        word = word.replace(typed, meant)
    # The key of a tone may stand at the end or after the vowel: "hieeuj", "hieejuwf".
    tone = next((i for i in range(len(word) - 1, 0, -1) if word[i] in _TONES), 0)
    return word[:tone] + word[tone + 1 :] if tone else word
