"""Topics found in a text, by their phrases (ontology/topics.ttl)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import PREFIXES, SKOS

SCHEME = PREFIXES["nd"]


@dataclass(frozen=True)
class Topic:
    """What tasks and documents are about: its address, its phrases, and phrases that only look like one of them."""

    iri: str
    phrases: re.Pattern[str]
    others: re.Pattern[str] | None


@dataclass(frozen=True)
class Hit:
    """A phrase of a topic in a text: `text[start:end]`."""

    topic: str
    start: int
    end: int


@cache
def topics() -> tuple[Topic, ...]:
    """The topics, by address."""
    phrases: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for quad in ontology_quads():
        if (
            isinstance(quad.subject, NamedNode)
            and quad.subject.value.startswith(SCHEME)
            and isinstance(quad.object, Literal)
        ):
            if quad.predicate.value == SKOS.altLabel:
                phrases[quad.subject.value].append(quad.object.value)
            elif quad.predicate.value == SKOS.hiddenLabel:
                others[quad.subject.value].append(quad.object.value)
    return tuple(
        Topic(iri, _pattern(found), _pattern(others[iri]) if iri in others else None)
        for iri, found in sorted(phrases.items())
    )


def find_topics(text: str) -> list[Hit]:
    """Every phrase of every topic in a text, in reading order; a phrase never runs over a line break."""
    folded = fold(text)
    return sorted(_hits(folded), key=lambda hit: (hit.start, -hit.end, hit.topic))


def _hits(folded: str) -> Iterator[Hit]:
    for topic in topics():
        masked = [m.span() for m in topic.others.finditer(folded)] if topic.others else []
        for match in topic.phrases.finditer(folded):
            if not any(start <= match.start() and match.end() <= end for start, end in masked):
                yield Hit(topic.iri, match.start(), match.end())


def fold(text: str) -> str:
    """Lower case, and the tone mark where the new spelling has it (hoá -> hóa, uỷ -> ủy); the length stays."""
    lowered = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    return _OLD.sub(lambda m: _NEW[m.group()], lowered)


def _new_spelling() -> dict[str, str]:
    tones = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    return {a + _marked(b, t): _marked(a, t) + b for a, b in ("oa", "oe", "uy") for t in tones}


def _marked(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


_NEW = _new_spelling()
_OLD = re.compile("(?<!q)(?:" + "|".join(_NEW) + r")(?!\w)")


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first; "*" stands for up to two words."""
    found = sorted((fold(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_words, found)) + r")(?!\w)")


def _words(phrase: str) -> str:
    blank = r"[^\S\n]+"
    parts = [blank.join(re.escape(word) for word in part.split()) for part in phrase.split("*")]
    return rf"(?:{blank}\w+){{0,2}}{blank}".join(parts)
