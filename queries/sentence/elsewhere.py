"""Places that a sentence names and that the data has nothing of: "kế hoạch của thành phố Hải Dương"."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile
from tomllib import loads
from typing import Any

from cancu.graph.dataset import Dataset
from cancu.queries.names.mentions import mentions
from cancu.queries.names.typed import Token, Typed, agrees, nfc, read_typed
from cancu.queries.sentence.concepts import LITERAL, Words, concepts_of, passed_over, words_of

_LONGEST = 3
"""Words of a name that no list has."""


def place_elsewhere(text: str, dataset: Dataset) -> str:
    """The first place that a sentence names though no plan, body or document of the data is named so; "" if there is none.

    Args:
        text: what was typed.
        dataset: what its names are looked up in.
    """
    typed = read_typed(nfc(text))
    held = [(found.start, found.end) for found in mentions(text, dataset) if found.kind in _HELD]
    for place in range(len(typed.tokens)):
        end = _listed(typed, place) or _headed(typed, place)
        if end:
            first, last = _offsets(typed, _with_head(typed, place), end)
            if not any(start < last and first < stop for start, stop in held):
                return typed.text[first:last]
    return ""


_HELD = frozenset({"agency", "group", "document", "plan", "task"})


def _listed(typed: Typed, place: int) -> int:
    """The token after a name of the list that begins at a token and surely is one; else 0."""
    for name in _names().get(typed.tokens[place].plain, ()):
        end = place + len(name)
        said = typed.tokens[place:end]
        if len(said) == len(name) and all(
            agrees(token.text, word) for token, word in zip(said, name, strict=True)
        ):
            marked = not "".join(token.text for token in said).isascii()
            if marked or _is_written_so(typed, place, end) or _is_said_so(typed, place, end):
                return end
    return 0


def _headed(typed: Typed, place: int) -> int:
    """The token after a name that is known only by what stands before it: "huyện Tứ Kỳ"; else 0."""
    if _with_head(typed, place) == place:
        return 0
    named = len(list(takewhile(_is_unknown, typed.tokens[place : place + _LONGEST])))
    capital = len(list(takewhile(lambda t: _is_capital(typed, t), typed.tokens[place:])))
    alone = capital > 1 and not _is_title(typed) and _is_unknown(typed.tokens[place])
    return place + capital if alone else place + named if named > 1 else 0


def _is_written_so(typed: Typed, place: int, end: int) -> bool:
    """Whether each of some words has a capital, and not all words of the sentence have."""
    capital = all(_is_capital(typed, token) for token in typed.tokens[place:end])
    return capital and not _is_title(typed)


def _is_said_so(typed: Typed, place: int, end: int) -> bool:
    """Whether what is said beside some words makes a place of them."""
    after = typed.tokens[end].text if end < len(typed.tokens) else ""
    return _with_head(typed, place) < place or after in _data()["tails"]


def _with_head(typed: Typed, place: int) -> int:
    """The token with which what stands before a name begins; the name itself if nothing does."""
    for head in _heads():
        start = place - len(head)
        said = tuple(token.text for token in typed.tokens[max(start, 0) : place])
        if said == head:
            return start
    return place


@cache
def _heads() -> Sequence[Words]:
    return [words_of(head) for head in (*_data()["heads"], *_data()["sure"])]


def _is_unknown(token: Token) -> bool:
    """Whether a word is none that a question is asked with."""
    found = concepts_of((token.text,))
    return token.text not in passed_over() and any(c.startswith(LITERAL) for c in found)


def _is_capital(typed: Typed, token: Token) -> bool:
    return typed.text[typed.at[token.start]].isupper()


def _is_title(typed: Typed) -> bool:
    """Whether every word of a sentence has a capital, so that it says nothing."""
    return all(_is_capital(typed, token) for token in typed.tokens)


def _offsets(typed: Typed, first: int, end: int) -> tuple[int, int]:
    return typed.at[typed.tokens[first].start], typed.at[typed.tokens[end - 1].end - 1] + 1


@cache
def _names() -> Mapping[str, Sequence[Words]]:
    """First word of each listed name, without marks -> the names, the longest first."""
    found: dict[str, list[Words]] = {}
    for name in sorted(map(words_of, _data()["names"]), key=len, reverse=True):
        found.setdefault(read_typed(name[0]).tokens[0].plain, []).append(name)
    return found


@cache
def _data() -> dict[str, Any]:
    return loads(files("cancu.queries.sentence").joinpath("places.toml").read_text("utf-8"))
