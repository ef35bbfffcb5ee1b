"""Words as what they mean, whatever the language, the marks or the spelling."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from tomllib import loads
from typing import Any, TypeVar

from rapidfuzz.distance import DamerauLevenshtein

from cancu.queries.names.typed import agrees, plain, read_typed

T = TypeVar("T")
Words = tuple[str, ...]

LITERAL = "="
"""Before a word that stands for itself."""
OR = "|"
"""Between the concepts that a phrase may mean: the likelier first."""
NOTHING = "nothing"
"""The concept of words that say nothing."""
_SHORTEST_MISTYPED = 4
_LONGEST_PHRASE = 10


@cache
def _data() -> dict[str, Any]:
    return loads(files("cancu.queries.sentence").joinpath("words.toml").read_text("utf-8"))


@cache
def passed_over() -> frozenset[str]:
    """Words that say nothing of what is asked, with and without their marks."""
    words = words_of(_data()["passed_over"])
    return frozenset([*words, *map(plain, words)])


@cache
def must() -> frozenset[str]:
    """Concepts that turn a question round."""
    return frozenset(_data()["must"]["concepts"])


@cache
def firm() -> frozenset[str]:
    """Concepts of words that mean nothing else where they may mean these."""
    return frozenset(_data()["must"]["firm"])


@cache
def narrowing() -> frozenset[str]:
    """Concepts that narrow a question; one that is never asked with them is not meant."""
    return frozenset(_data()["must"]["narrowing"])


@cache
def direction() -> frozenset[str]:
    """Concepts that tell who does it to whom."""
    return frozenset(_data()["must"]["direction"])


@cache
def light() -> frozenset[str]:
    """Concepts that say little: what every question is about."""
    return frozenset(_data()["must"]["light"])


@cache
def phrases() -> Mapping[Words, Sequence[tuple[Words, str]]]:
    """Words of a phrase without marks -> the phrases written so, and the concept of each."""
    return _by_words(_data()["concepts"])


@cache
def _wide() -> Mapping[Words, Sequence[tuple[Words, str]]]:
    """The same with what phrases may also mean."""
    also = _by_words(_data()["also"])
    return {
        phrase: [*phrases().get(phrase, ()), *also.get(phrase, ())]
        for phrase in [*phrases(), *also]
    }


@cache
def vocabulary() -> frozenset[str]:
    """Every word that is known, without marks."""
    listed = {word for said in (_wide(), _beyond()) for phrase in said for word in phrase}
    return frozenset(listed | set(map(plain, passed_over())))


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """The words of a text in small letters, with their marks."""
    return tuple(token.text for token in read_typed(text).tokens)


def concepts_of(words: Sequence[str], known: frozenset[str] = frozenset()) -> list[str]:
    """The concepts of some words in order, the longest phrase first; a word of no concept stands for itself.

    Args:
        words: in small letters.
        known: words without marks besides the vocabulary that are no slips.
    """
    return list(_concepts([mended(word, known) for word in _written_out(words)]))


def senses_of(words: Sequence[str], known: frozenset[str] = frozenset()) -> list[str]:
    """The same, but for each phrase all that it may mean, with OR between."""
    return list(_senses([mended(word, known) for word in _written_out(words)]))


@cache
def needs() -> Mapping[str, frozenset[str]]:
    """Code of a question -> concepts of which a sentence must have one to ask it."""
    return {
        code: frozenset(concept.strip() for concept in said.split(";"))
        for code, said in _data()["needs"].items()
    }


def excluded(words: Sequence[str]) -> frozenset[str]:
    """The codes of the questions that are not asked with such words."""
    said = _written_out(words)
    hits = (_match(said, place, _never()) for place in range(len(said)))
    return frozenset(code for hit in hits if hit for code in hit[1])


@cache
def _never() -> Mapping[Words, Sequence[tuple[Words, str]]]:
    return _by_words(_data()["never"])


def is_beyond(words: Sequence[str]) -> bool:
    """Whether words ask for what nobody wrote down here: progress, money, an opinion; or order something to be done."""
    said = _without_allowed(_written_out(words))
    marked = not "".join(said).isascii()
    if any(_is_beyond(said, place, marked) for place in range(len(said))):
        return True
    first = next((word for word in said if word not in passed_over()), "")
    return any(agrees(first, command) for command in _commands()) if first else False


def _without_allowed(words: Sequence[str]) -> list[str]:
    """Words without the phrases that only look as if they asked for such things."""
    return [
        word for said, found in _phrases(words, _allowed()) for word in ((".",) if found else said)
    ]


@cache
def _allowed() -> Mapping[Words, Sequence[tuple[Words, str]]]:
    return _by_words(_data()["allowed"])


def _is_beyond(words: Sequence[str], place: int, marked: bool) -> bool:
    found = _match(words, place, _beyond())
    if not found:
        return False
    said = tuple(words[place : place + found[0]])
    # A word alone, or one among others that have marks, may be another without its own: "cơ quan trong".
    doubtful = said and "".join(said).isascii() and (marked or len(said) == 1)
    return not doubtful or said in _as_listed()


def _written_out(words: Sequence[str]) -> list[str]:
    """Words with those written out that are shortened in messages."""
    return [whole for word in words for whole in _shorts().get(word, (word,))]


@cache
def _shorts() -> Mapping[str, Words]:
    return {words_of(short)[0]: words_of(whole) for short, whole in _data()["short"].items()}


@cache
def _as_listed() -> frozenset[Words]:
    return frozenset(listed for hits in _beyond().values() for listed, _ in hits)


def without_particle(items: Sequence[T]) -> list[T]:
    """The parts of a question without the "không" or "chưa" at its end: there it asks, and denies nothing."""
    found = list(items)
    while found and isinstance(found[-1], str) and found[-1].split(OR)[0] == "none":
        found.pop()
    return found


@cache
def _beyond() -> Mapping[Words, Sequence[tuple[Words, str]]]:
    return _by_words(_data()["beyond"])


@cache
def _commands() -> Words:
    return tuple(word.strip() for word in _data()["commands"]["words"].split(";"))


def _by_words(listed: Mapping[str, str]) -> Mapping[Words, Sequence[tuple[Words, str]]]:
    found: dict[Words, list[tuple[Words, str]]] = defaultdict(list)
    for concept, said in listed.items():
        for phrase in said.split(";"):
            words = tuple(_written_out(words_of(phrase)))
            found[tuple(map(plain, words))].insert(0, (words, concept))
    return found


def _concepts(words: Sequence[str]) -> Iterator[str]:
    for typed, found in _phrases(words, phrases()):
        if not found:
            yield from (LITERAL + plain(word) for word in typed if word not in passed_over())
        elif found[0] != NOTHING:
            yield found[0]


def _senses(words: Sequence[str]) -> Iterator[str]:
    for typed, found in _phrases(words, _wide()):
        alone = len(typed) == 1
        literal = [LITERAL + plain(typed[0])] if alone else []
        passed = [NOTHING] if alone and typed[0] in passed_over() else []
        if found and not alone and must().isdisjoint(found):
            found = [*found, *_within(typed)]
        if found and found[0] in firm():
            found, literal, passed = found[:1], [], []
        if {*found, *passed} != {NOTHING}:
            yield OR.join(dict.fromkeys([*found, *literal, *passed]))


def _within(typed: Words) -> Iterator[str]:
    """What the words of a phrase may mean by themselves; not what turns a question round."""
    for said, found in _phrases(typed, phrases()):
        yield from found if len(said) < len(typed) and must().isdisjoint(found) else ()


def _phrases(
    words: Sequence[str], known: Mapping[Words, Sequence[tuple[Words, str]]]
) -> Iterator[tuple[Words, list[str]]]:
    """Words phrase by phrase with the concepts of each, likeliest first; none for a word that is unknown."""
    place = 0
    while place < len(words):
        length, found = _match(words, place, known) or (1, list[str]())
        yield tuple(words[place : place + length]), found
        place += length


def _match(
    words: Sequence[str], place: int, known: Mapping[Words, Sequence[tuple[Words, str]]]
) -> tuple[int, list[str]] | None:
    """The length and concepts of the longest phrase that begins at a place."""
    for length in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
        typed = tuple(words[place : place + length])
        listed = known.get(tuple(map(plain, typed)), ())
        fitting = [hit for hit in listed if _fits(typed, hit[0])]
        marked = not "".join(typed).isascii()
        if not fitting or (length == 1 and not marked and _may_be_passed(typed[0], fitting)):
            continue
        alike = [hit for hit in fitting if "".join(hit[0]).isascii() != marked]
        return length, list(dict.fromkeys(concept for _, concept in [*alike, *fitting]))
    return None


def _may_be_passed(word: str, fitting: Sequence[tuple[Words, str]]) -> bool:
    """Whether a word without marks says nothing, and means something only with marks ("tai": "tại", not "tải")."""
    return word in passed_over() and not any("".join(said).isascii() for said, _ in fitting)


def _fits(typed: Words, listed: Words) -> bool:
    """Whether typed words may be a phrase of a list, which has marks where they matter."""
    return "".join(listed).isascii() or all(map(agrees, typed, listed))


@lru_cache(maxsize=65_536)
def mended(word: str, known: frozenset[str]) -> str:
    """A word as it was meant: one slip away from a single word that is known (two letters in each other's place before others), or as it is."""
    bare = plain(word)
    if (
        bare in vocabulary()
        or bare in known
        or not bare.isalpha()
        or len(bare) < _SHORTEST_MISTYPED
    ):
        return word
    near = {
        other
        for other in vocabulary() | known
        if len(other) > 2
        and abs(len(other) - len(bare)) < 2
        and DamerauLevenshtein.distance(bare, other, score_cutoff=1) < 2
    }
    swapped = {other for other in near if sorted(other) == sorted(bare)}
    meant = near if len(near) == 1 else swapped
    return meant.pop() if len(meant) == 1 else word
