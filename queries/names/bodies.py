"""The ways in which the name of a body, or of a group of bodies, may be typed.

A form is the words of a name run together ("phònggdđt"), so that blanks, dashes, "&" and "và" make no difference. Its
rank says how near it is to the name: FULL for the name and for short forms that are nobody else's business ("UBND",
"TP"), SHORT for initials and names cut short ("PNV", "Phòng Văn hóa"), BARE for what is a word of its own as well
("nội vụ", "Cộng Hòa").
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product

from cancu.queries.names.patterns import load
from cancu.queries.names.typed import plain, read_typed

FULL, SHORT, BARE = range(3)
DROPPED = frozenset({"và", "va", "and"})
_BREAK = re.compile(r"\s+và\s+|[,&–]|\s*-\s*")
_SHORTEST_INITIALS = 3
_MOST_FORMS = 400

Words = tuple[str, ...]
Option = tuple[str, int]


@lru_cache(maxsize=65_536)
def words_of(text: str) -> Words:
    """The words of a name, without "và"."""
    return tuple(t.text for t in read_typed(text).tokens if t.text not in DROPPED)


def body_forms(name: str, place: str) -> dict[str, int]:
    """The forms of a body's name, each with its rank; `place` is where the body is ("Chí Linh")."""
    found: dict[str, int] = {"".join(words_of(name)): FULL}
    for form, rank in _forms(name, words_of(place)):
        found[form] = min(rank, found.get(form, rank))
        if len(found) >= _MOST_FORMS:
            break
    found.pop("", None)
    return found


def group_forms(name: str) -> dict[str, int]:
    """The forms of the name of a group of bodies, each with its rank. Fillers ("các", "có") are left out of them."""
    words = tuple(w for w in words_of(name) if w not in group_fillers())
    tail = words_of(load("bodies")["groups"]["tail"])[0]
    found: dict[str, int] = {}
    wholes = [(words, FULL)]
    if tail in words[1:]:
        wholes.append((words[: words.index(tail)], FULL))
    for said, rank in [(other, rank) for whole, rank in wholes for other in _alike(whole)]:
        segments = _segments(said)
        options = [_options(s, proper=True, last=i > 0) for i, s in enumerate(segments)]
        for form, how in _joined(options):
            found[form] = min(max(rank, how), found.get(form, BARE))
        if len(segments) > 1 and segments[0] == words_of(load("bodies")["kinds"]["committee"]):
            found.setdefault("".join(w for s in segments[1:] for w in s), SHORT)
    return found


@cache
def group_fillers() -> frozenset[str]:
    """Words that the name of a group may have or lack, with and without marks."""
    words = {w for filler in load("bodies")["groups"]["fillers"] for w in words_of(filler)}
    return frozenset(words | {plain(word) for word in words})


def _alike(words: Words) -> Iterator[Words]:
    """A phrase with each way to say the places in it."""
    yield words
    for ways in load("bodies")["groups"]["alike"]:
        said = words_of(ways[0])
        at = next((i for i in range(len(words)) if words[i : i + len(said)] == said), None)
        if at is not None and words[at + len(said) :][:1] != ("thị",):
            yield from ((*words[:at], *words_of(way), *words[at + len(said) :]) for way in ways[1:])


def _forms(name: str, place: Words) -> Iterator[Option]:
    segments = _segments(words_of(name))
    core, level = _without_place(segments, place)
    yield from _commune(segments)
    yield from _joined(_all_options(segments))
    if level and _is_head(core):
        yield from _joined([*_all_options(core), _options(level, proper=False, last=True)])
        yield from (
            (form + "".join(place), max(rank, SHORT))
            for form, rank in _joined(_all_options(core))
            if place
        )
    if _is_head(core):
        return
    yield from _joined(_all_options(core))
    yield from _cut_short(name, core)
    yield from _called(core)


def _segments(words: Words) -> tuple[Words, ...]:
    """The words in runs: phrases that have short forms, written out, and what stands between them."""
    found: list[Words] = []
    run: list[str] = []
    at = 0
    while at < len(words):
        length, phrase = _phrase_at(words, at)
        if phrase is None:
            run.append(words[at])
            at += 1
            continue
        if run:
            found.append(tuple(run))
            run = []
        found.append(phrase)
        at += length
    return (*found, tuple(run)) if run else tuple(found)


def _phrase_at(words: Words, at: int) -> tuple[int, Words | None]:
    phrases, longest = _phrases()
    for length in range(min(longest, len(words) - at), 0, -1):
        phrase = phrases.get(words[at : at + length])
        if phrase:
            return length, phrase
    return 0, None


@cache
def _phrases() -> tuple[dict[Words, Words], int]:
    """Phrases, and the abbreviations that stand for one phrase alone, -> the phrase."""
    found = {words_of(phrase): words_of(phrase) for phrase in load("bodies")["short"]}
    shorts = [(short, phrase) for phrase, each in load("bodies")["short"].items() for short in each]
    often = Counter(short for short, _ in shorts)
    for short, phrase in shorts:
        if often[short] == 1 and short.isupper() and len(short) > 1:
            found.setdefault(words_of(short), words_of(phrase))
    return found, max(map(len, found))


@cache
def _shorts() -> dict[Words, tuple[str, ...]]:
    return {
        words_of(phrase): tuple("".join(words_of(short)) for short in shorts)
        for phrase, shorts in load("bodies")["short"].items()
    }


def _options(segment: Words, proper: bool, last: bool = False) -> list[Option]:
    """How a run of words may be typed; the name of a place (`proper`) only in full, the last run with two letters at least."""
    found = [("".join(segment), FULL)]
    if segment in _shorts():
        found += [(short, FULL) for short in _shorts()[segment] if len(short) > last]
    elif not proper and len(segment) > 1:
        found.append((_initials(segment), SHORT))
    return found


def _all_options(segments: tuple[Words, ...]) -> list[list[Option]]:
    places, end = _kind("levels"), len(segments) - 1
    return [
        _options(segment, proper=i > 0 and segments[i - 1] in places, last=i == end)
        for i, segment in enumerate(segments)
    ]


def _joined(options: Iterable[list[Option]]) -> Iterator[Option]:
    for choice in product(*options):
        yield "".join(text for text, _ in choice), max((rank for _, rank in choice), default=FULL)


def _initials(words: Words) -> str:
    return "".join(w[0] if w[0] == "đ" or w.isdigit() else plain(w[0]) for w in words)


def _without_place(segments: tuple[Words, ...], place: Words) -> tuple[tuple[Words, ...], Words]:
    """The segments without the level, and the place, at their end; and that level."""
    levels = _kind("levels")
    if len(segments) > 1 and segments[-1] in levels:
        return segments[:-1], segments[-1]
    if len(segments) > 2 and segments[-2] in levels and segments[-1] == place:
        return segments[:-2], segments[-2]
    return segments, ()


def _commune(segments: tuple[Words, ...]) -> Iterator[Option]:
    """For UBND phường Cộng Hòa: "phường Cộng Hòa", "UBND Cộng Hòa", "Cộng Hòa"."""
    committee = words_of(load("bodies")["kinds"]["committee"])
    if len(segments) != 3 or segments[0] != committee or segments[1] not in _kind("communes"):
        return
    head, unit, name = segments
    yield from _joined([_options(unit, proper=False), _options(name, proper=True)])
    yield from _joined([[(text, SHORT) for text, _ in _options(head, False)], [("".join(name), 0)]])
    yield "".join(name), BARE


def _cut_short(name: str, core: tuple[Words, ...]) -> Iterator[Option]:
    """For Phòng Văn hóa và Thông tin: "Phòng Văn hóa", and "VHTT" without the head."""
    first = words_of(_BREAK.split(name)[0])
    whole = tuple(word for segment in core for word in segment)
    if len(first) < len(whole) and whole[: len(first)] == first and not _is_head(_segments(first)):
        yield from (
            (form, max(rank, SHORT)) for form, rank in _joined(_all_options(_segments(first)))
        )
        if len(core) > 1 and core[0] in _kind("fields") and first[: len(core[0])] == core[0]:
            bare = "".join(first[len(core[0]) :])
            yield from [(bare, BARE)] if len(bare) > _SHORTEST_INITIALS else []
    if len(core) > 1 and core[0] in _kind("fields"):
        field = tuple(word for segment in core[1:] for word in segment)
        yield "".join(field), BARE
        if len(field) >= _SHORTEST_INITIALS:
            yield _initials(field), BARE


def _called(core: tuple[Words, ...]) -> Iterator[Option]:
    """What else a body is called, and by which word alone."""
    whole = tuple(word for segment in core for word in segment)
    for name, others in load("bodies")["also"].items():
        for other in others if words_of(name) == whole else ():
            yield from (
                (form, rank) for form, rank in _joined(_all_options(_segments(words_of(other))))
            )
    for word, names in load("bodies")["alone"].items():
        if whole in map(words_of, names):
            yield from ((form, BARE) for form, _ in _options(words_of(word), proper=True))


def _is_head(segments: tuple[Words, ...]) -> bool:
    """Whether words only open a name: "phòng", "UBND"."""
    return len(segments) < 2 and (not segments or segments[0] in _kind("heads"))


@cache
def _kind(kind: str) -> frozenset[Words]:
    return frozenset(words_of(name) for name in load("bodies")["kinds"][kind])
