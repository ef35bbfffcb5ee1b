"""The ways of asking that the catalogue knows: titles and paraphrases as concepts and slots."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cancu.queries.catalogue import Question, questions
from cancu.queries.sentence.concepts import concepts_of, without_particle, words_of

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Slot:
    """The place of a value: the name and type of a parameter."""

    name: str
    type: str


@dataclass(frozen=True)
class Pattern:
    """A way of asking, as concepts and slots in their order."""

    items: tuple[str | Slot, ...]


@cache
def patterns() -> Mapping[str, tuple[Pattern, ...]]:
    """Code of a question -> the ways of asking it."""
    return {code: tuple(_patterns(question)) for code, question in questions().items()}


@cache
def pattern_words() -> frozenset[str]:
    """Every word that the catalogue asks with."""
    return frozenset(
        word
        for question in questions().values()
        for text in _texts(question)
        for word in words_of(_SLOT.sub(" ", text))
    )


def _texts(question: Question) -> list[str]:
    ways = [way for listed in question.paraphrases.values() for way in listed]
    if all(parameter.type == "plan" for parameter in question.parameters):
        # A title says "a task" where it means the parameter: as a way of asking it serves only where there is none.
        ways += [question.title.vi, question.title.en]
    return ways


def _patterns(question: Question) -> list[Pattern]:
    types = {parameter.name: parameter.type for parameter in question.parameters}
    found = []
    for text in _texts(question):
        items: list[str | Slot] = []
        for place, piece in enumerate(_SLOT.split(text)):
            items += [Slot(piece, types[piece])] if place % 2 else concepts_of(words_of(piece))
        found.append(Pattern(tuple(without_particle(items))))
    return found
