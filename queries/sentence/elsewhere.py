"""Places that a sentence names and that the data has nothing of: "kế hoạch của thành phố Hải Dương"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from cancu.graph.dataset import Dataset
from cancu.queries.names.lookup import lookup_of
from cancu.queries.names.mentions import Mention, mentions
from cancu.queries.names.patterns import compiled
from cancu.queries.names.typed import Token, Typed, plain, read_typed
from cancu.queries.plans import issuers, plan_names
from cancu.queries.sentence.concepts import LITERAL, Words, concepts_of, words_of

_LONGEST, _FEWEST = 4, 2
"""Words that are read after what stands before a name, and how many of them must be unknown to be one."""
_PLAN_OF = r"(?:kế hoạch|quyết định) (?:của|do) "
_OF = re.compile(r"[\s,(]*")
"""What stands between a place and the one in which it lies: "Chí Linh, tỉnh Hải Dương"."""


def place_elsewhere(text: str, dataset: Dataset) -> str:
    """The first place that a sentence names though no plan, body or document of the data is named so; "" if there is none.

    Args:
        text: what was typed.
        dataset: what its names are looked up in.
    """
    return next(
        (text[first:last] for first, last, lies_in in _places(text, dataset) if not lies_in), ""
    )


def without_province(text: str, dataset: Dataset) -> str:
    """A sentence without the places in which those that it names lie: "Chí Linh, tỉnh Hải Dương"."""
    for first, last, lies_in in reversed(list(_places(text, dataset))):
        if lies_in:
            closed = text[last : last + 1] == ")"
            text = f"{text[:first].rstrip(' ,(')} {text[last + closed :]}"
    return text


def _places(text: str, dataset: Dataset) -> Iterator[tuple[int, int, bool]]:
    """Where in a text in NFC a place is named that the data does not hold, and whether it says where one lies that it holds."""
    typed = read_typed(text)
    said = list(_said(typed))
    if not said and not compiled(_PLAN_OF).search(typed.shape):
        return  # few sentences name a place, and to look for names takes long
    named = mentions(text, dataset)
    yield from ((m.start, m.end, False) for m in named if _has_own_plan(m, text, dataset))
    held = [(found.start, found.end) for found in named if found.kind in _HELD]
    ends = [end for start, end in held if _ends_with_place(text[start:end], dataset)]
    for first, last in said:
        if not any(start < last and first < stop for start, stop in held):
            lies_in = (_OF.fullmatch(text, stop, first) for stop in ends if stop <= first)
            yield first, last, any(lies_in)


def _said(typed: Typed) -> Iterator[tuple[int, int]]:
    """Where the text has what may be the name of a place, with what stands before it."""
    for place in range(len(typed.tokens)):
        end = _listed(typed, place) or _headed(typed, place)
        if end:
            yield _offsets(typed, _with_head(typed, place), end)


_HELD = frozenset({"agency", "group", "document", "plan", "task"})


def with_plan_of_issuer(text: str, dataset: Dataset) -> tuple[str, bool]:
    """A sentence with the plan instead of the body that issued it, "kế hoạch của UBND thành phố", and whether that may be several.

    Where all plans are of that body it tells none from the others, and is left out.
    """
    if not compiled(_PLAN_OF).search(read_typed(text).shape):
        return text, False
    plans = plan_names(dataset)
    for body in reversed(mentions(text, dataset)):
        if body.kind != "agency" or not _follows_plan(text[: body.start]):
            continue
        meant = {thing.iri for thing in body.candidates}
        its = [plans[iri] for iri, by in issuers(dataset).items() if by & meant]
        if 1 < len(its) < len(plans):
            return text, True
        if its:
            which = "" if len(its) == len(plans) else f" {its[0].slug}"
            text = f"{text[: body.start].rstrip().rpartition(' ')[0]}{which}{text[body.end :]}"
    return text, False


def _has_own_plan(body: Mention, text: str, dataset: Dataset) -> bool:
    """Whether the plan of a body is spoken of that is of another place than the plans: "kế hoạch của UBND tỉnh Hải Dương"."""
    if body.kind != "agency" or not _follows_plan(text[: body.start]):
        return False
    lookup = lookup_of(dataset)
    places = {words_of(lookup.index.place_of(thing.iri).name) for thing in body.candidates}
    return bool(places) and places.isdisjoint(lookup.plan_places)


def _follows_plan(before: str) -> bool:
    shape = read_typed(before).shape
    return any(found.end() == len(shape) for found in compiled(_PLAN_OF).finditer(shape))


def _ends_with_place(name: str, dataset: Dataset) -> bool:
    """Whether a name says the place of a plan at its end."""
    words = tuple(map(plain, words_of(name)))
    places = lookup_of(dataset).plan_places
    return any(words[-len(place) :] == tuple(map(plain, place)) for place in places)


def _listed(typed: Typed, place: int) -> int:
    """The token after a name of the list that begins at a token and surely is one; else 0."""
    for name in _names().get(typed.tokens[place].plain, ()):
        end = place + len(name)
        said = typed.tokens[place:end]
        typed_so = tuple(token.text for token in said)
        if typed_so == name and not "".join(name).isascii():
            return end
        unmarked = typed_so == tuple(map(plain, name))
        if unmarked and (_is_written_so(typed, place, end) or _is_said_so(typed, place, end)):
            return end
    return 0


def _headed(typed: Typed, place: int) -> int:
    """The token after a name that is known only by what stands before it: "huyện Tứ Kỳ"; else 0."""
    if _with_head(typed, place) == place:
        return 0
    said = typed.tokens[place : place + _LONGEST]
    if len(said) < _FEWEST:
        return 0
    concepts = concepts_of([token.text for token in said])
    unknown = [LITERAL + token.plain for token in said[:_FEWEST]]
    alike = concepts[: len(unknown)] == unknown
    written = _is_written_so(typed, place, place + len(unknown)) and _is_no_concept(said[0])
    return place + len(unknown) if alike or written else 0


def _is_no_concept(token: Token) -> bool:
    """Whether a word by itself means nothing in a question."""
    return all(concept.startswith(LITERAL) for concept in concepts_of((token.text,)))


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
