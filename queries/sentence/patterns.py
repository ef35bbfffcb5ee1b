"""The ways of asking that the catalogue knows: titles and paraphrases as concepts and slots."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from cancu.ontology.bilingual import Words
from cancu.queries.catalogue import Question, questions
from cancu.queries.names.typed import plain
from cancu.queries.sentence.concepts import LITERAL, concepts_of, without_particle, words_of

_SLOT = re.compile(r"\{(\w+)\}")
_LITERAL = 1.6
"""Weight of a word that stands for itself, at most."""
_OF_TIME = frozenset({"date", "period", "quarter", "year"})
_SAID_WITH_TIME = frozenset({"before"})
"""Concepts that belong to the time after them, as in a sentence ("trước {date}")."""


@dataclass(frozen=True)
class Slot:
    """The place of a value: the name and type of a parameter."""

    name: str
    type: str


Item = str | Slot


@dataclass(frozen=True, eq=False)
class Pattern:
    """A way of asking, as concepts and slots in their order."""

    code: str
    items: tuple[Item, ...]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Its slots."""
        return tuple(item for item in self.items if isinstance(item, Slot))


@cache
def patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """Code of a question -> the ways of asking it."""
    return {code: tuple(_patterns(question)) for code, question in questions().items()}


@cache
def pattern_words() -> frozenset[str]:
    """Every word that the catalogue asks with, without marks."""
    return frozenset(
        plain(word)
        for question in questions().values()
        for text in _texts(question)
        for word in words_of(_SLOT.sub(" ", text))
    )


@cache
def asked_with() -> Mapping[str, frozenset[str]]:
    """Code of a question -> every concept that it is asked with."""
    return {
        code: frozenset(item for way in ways for item in way.items if isinstance(item, str))
        for code, ways in patterns().items()
    }


@cache
def described_with() -> Mapping[str, frozenset[str]]:
    """Code of a question -> every concept that it is asked or described with."""
    return {
        code: asked_with()[code]
        | frozenset(
            concept
            for text in (*_told(question.title), *_told(question.explanation))
            for concept in concepts_of(words_of(text))
            if not concept.startswith(LITERAL)
        )
        for code, question in questions().items()
    }


def _told(text: Words) -> tuple[str, str]:
    return text.vi, text.en


@cache
def holding() -> Mapping[str, Sequence[Pattern]]:
    """Concept, or type of a slot in angle brackets -> the ways of asking that have it."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for ways in patterns().values():
        for way in ways:
            for item in set(way.items):
                found[f"<{item.type}>" if isinstance(item, Slot) else item].append(way)
    return found


@cache
def weights() -> Mapping[str, float]:
    """Concept -> its weight: the fewer questions are asked with it, the more it says."""
    asked = Counter(item for concepts in asked_with().values() for item in concepts)
    return {
        item: min(math.log(1 + len(patterns()) / number), _LITERAL if item[0] == LITERAL else 9)
        for item, number in asked.items()
    }


def _texts(question: Question) -> list[str]:
    ways = [way for listed in question.paraphrases.values() for way in listed]
    if all(parameter.type == "plan" for parameter in question.parameters):
        # A title says "a task" where it means the parameter: as a way of asking it serves only where there is none.
        ways += [question.title.vi, question.title.en]
    return ways


def _patterns(question: Question) -> list[Pattern]:
    types = {parameter.name: parameter.type for parameter in question.parameters}
    found: dict[tuple[Item, ...], None] = {}
    for text in _texts(question):
        items: list[Item] = []
        for place, piece in enumerate(_SLOT.split(text)):
            if place % 2:
                while types[piece] in _OF_TIME and items and items[-1] in _SAID_WITH_TIME:
                    items.pop()
                items.append(Slot(piece, types[piece]))
            else:
                items += concepts_of(words_of(piece))
        found[tuple(without_particle(items))] = None
    return [Pattern(question.code, items) for items in found if items]
