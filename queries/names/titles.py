"""Documents and plans by words of their titles: "nghị định về dịch vụ công trực tuyến", "kế hoạch Sầm Sơn 2024"."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cancu.ontology.iri import parse
from cancu.queries.names.bodies import Words, words_of
from cancu.queries.names.numbers import kind_at
from cancu.queries.names.patterns import load
from cancu.queries.names.things import Bag, Thing
from cancu.queries.names.typed import agrees, plain, read_typed

_VOWEL = re.compile("[aeiouy]")
_FEWEST = 2
"""Words of a title that must be typed at least, so that nothing is found by accident."""


@dataclass(frozen=True)
class Title:
    """A title of a document.

    Attributes:
        kind: of the document, as in addresses.
        words: all, and `core`: those that count, without the kind.
    """

    thing: Thing
    kind: str
    words: Words
    core: Words
    bag: Bag

    def counts(self, word: str) -> bool:
        """Whether a typed word is one of the title that says something; an abbreviation ("NĐ") does not."""
        return (
            self.bag.has(word)
            and word not in _ignored("documents")
            and bool(_VOWEL.search(plain(word)))
        )


class Titles:
    """The titles of a dataset's documents."""

    def __init__(self, documents: Sequence[Thing]) -> None:
        self._titles = [
            _title(thing, name)
            for thing in documents
            for name in thing.names
            if not name[:1].isdigit()
        ]
        self._places: dict[str, list[tuple[Title, int]]] = defaultdict(list)
        for title in self._titles:
            for at, word in enumerate(title.words):
                self._places[plain(word)].append((title, at))

    def find(self, words: Words, kinds: frozenset[str]) -> list[Thing]:
        """The documents of these kinds (of any, if none is said) whose title is, or else holds, the typed words.

        A year may stand among them that is the document's.
        """
        found: dict[str, list[Thing]] = {"whole": [], "dated": [], "held": []}
        for title in self._of(kinds):
            rest = tuple(word for word in words if not title.thing.bag.has(word))
            whole = _same(rest, title.core)
            if not whole and not all(
                title.bag.has(word) or _is_ignored(word, "documents") for word in rest
            ):
                continue
            if sum(map(title.counts, rest)) >= _FEWEST:
                how = "whole" if whole else "held" if len(rest) == len(words) else "dated"
                found[how].append(title.thing)
        best = found["whole"] or found["dated"] or found["held"]
        return list(dict.fromkeys(best))

    def stretch(self, words: Words, kinds: frozenset[str]) -> int:
        """How many of these words, from the first on, stand one after the other in some title of these kinds."""
        starts = self._places.get(plain(words[0]), ()) if words else ()
        return max(
            (
                _shared(words, title.words[at:])
                for title, at in starts
                if not kinds or title.kind in kinds
            ),
            default=0,
        )

    def _of(self, kinds: frozenset[str]) -> list[Title]:
        return [title for title in self._titles if not kinds or title.kind in kinds]


def find_plans(words: Words, plans: Sequence[Thing]) -> list[Thing]:
    """The plans whose number, place, year and title hold all the typed words."""
    first = len(words) > 1 and words[0] in load("titles")["plans"]["first"]
    counting = tuple(word for word in words[first:] if not _is_ignored(word, "plans"))
    found = [plan for plan in plans if counting and all(map(plan.bag.has, counting))]
    return [plan for plan in found if _says_enough(counting, plan)]


def _says_enough(words: Words, plan: Thing) -> bool:
    """Whether words are more than one word of a title: two, a number, or the whole name of a place."""
    alone = {name.split("/")[0] for name in plan.names}
    return len(words) >= _FEWEST or words[0].isdigit() or plain(words[0]) in alone


def _title(thing: Thing, name: str) -> Title:
    address = parse(thing.iri)
    typed = read_typed(name)
    kind = kind_at(typed, 0)
    rest = typed.text[typed.at[kind[1]] :] if kind else name
    return Title(
        thing,
        address.fields.get("kind", "") if address else "",
        words_of(name),
        _counted(words_of(rest), "documents"),
        Bag(name),
    )


def _same(words: Words, core: Words) -> bool:
    """Whether typed words are all the words of a title that count, and no others but such as never count."""
    at = 0
    for word in words:
        if at < len(core) and agrees(word, core[at]):
            at += 1
        elif not _is_ignored(word, "documents"):
            return False
    return at == len(core)


def _shared(words: Words, others: Words) -> int:
    """How many words are the same from the first on."""
    for place, (word, other) in enumerate(zip(words, others, strict=False)):
        if not agrees(word, other):
            return place
    return min(len(words), len(others))


def _counted(words: Words, of: str) -> Words:
    """The words that say something about which title is meant."""
    return tuple(word for word in words if word not in _ignored(of))


def _is_ignored(word: str, of: str) -> bool:
    """Whether a typed word may be one that says nothing, with or without its marks."""
    return word in _ignored(of) or (word.isascii() and word in map(plain, _ignored(of)))


@cache
def _ignored(of: str) -> frozenset[str]:
    return frozenset(w for text in load("titles")[of]["ignored"] for w in words_of(text))
