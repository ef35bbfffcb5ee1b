"""Subject matches: a task and a document that treat the same topic, with the words that show it on both sides.

A match is a suggestion and nothing more (design rule 2). The task's words are its content, items and products; the
document's are its title and the subjects of its articles, from the registry or as the plan itself cites it. A title
counts only for what it says of its own document: "sửa đổi, bổ sung một số điều của Nghị định …" says nothing.

A topic belongs to the cited documents that have it in their title; what another one says of it in passing does not
count ("thực hiện cơ chế một cửa" among the duties of Nghị định 63/2010/NĐ-CP Điều 18, beside Nghị định 61/2018/NĐ-CP).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cancu.graph.directory import registry
from cancu.graph.registry import entries
from cancu.graph.topics import Hit, find_topics
from cancu.loaders.source import Source
from cancu.loaders.words import Span, Value
from cancu.ontology.terms import CANCU, DCTERMS, ELI, MARK, STRENGTH

_OTHER_DOCUMENT = re.compile(
    r"(?:của|tại)\s+(?:các\s+)?(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư)\b"
)
STRONG, MEDIUM, WEAK = STRENGTH.manh, STRENGTH.vua, STRENGTH.yeu
"""A title that says it; an article's verified subject; an article known from memory only."""


@dataclass(frozen=True)
class Wording:
    """Words on the side of a document.

    Attributes:
        document: its address.
        part: address of the article they are of, or None for the title.
        text: the words.
        place: where they stand in the plan, or None for words of the registry.
        strength: STRONG, MEDIUM or WEAK.
    """

    document: str
    part: str | None
    text: str
    place: int | None
    strength: str


@dataclass(frozen=True)
class Match:
    """A document that a task may rest on, by subject.

    Attributes:
        document: its address.
        topics: shared topics, at least one.
        task_spans: the words of the task that show them.
        task_words: the same as text.
        wordings: for each topic the words of the document, with the hit in them.
        strength: the best of its wordings.
    """

    document: str
    topics: tuple[str, ...]
    task_spans: tuple[Span, ...]
    task_words: str
    wordings: tuple[tuple[Wording, Hit], ...]
    strength: str


@cache
def registered_wordings() -> tuple[tuple[Wording, tuple[Hit, ...]], ...]:
    """Titles and article subjects of the registry in which a topic is found."""
    found = []
    for wording in _wordings():
        hits = tuple(find_topics(wording.text))
        if hits:
            found.append((wording, hits))
    return tuple(found)


def _wordings() -> Iterator[Wording]:
    about = registry()
    for document, facts in sorted(about.about.items()):
        if about.is_a(document, ELI.LegalResource):
            for title in facts.get(DCTERMS.title, ())[:1]:
                own = own_title(title)
                yield Wording(document, None, own, None, STRONG)
    for entry in entries():
        subject, words = entry.subject, entry.value(CANCU.statedText)
        parent = about.value(subject, ELI.is_part_of) if subject else None
        if parent and subject and entry.predicate == DCTERMS.title and entry.mark != MARK.khong_ro:
            strength = MEDIUM if entry.is_verified else WEAK
            titles = (*about.values(subject, DCTERMS.title), *entry.values(CANCU.entryValue))
            for text in dict.fromkeys(filter(None, (words, *titles))):
                yield Wording(parent, subject, text, None, strength)


def own_title(title: str) -> str:
    """The part of a title that is about its own document, before it names another one."""
    return _OTHER_DOCUMENT.split(title, maxsplit=1)[0]


def cited_wordings(
    source: Source, titles: Mapping[str, Value]
) -> list[tuple[Wording, tuple[Hit, ...]]]:
    """Titles as the plan cites them, of documents that the registry does not have."""
    found = []
    for document, title in titles.items():
        span = title.spans[0]
        wording = Wording(document, None, own_title(source.quote(span)), span.start, STRONG)
        hits = tuple(find_topics(wording.text))
        if hits:
            found.append((wording, hits))
    return found


def owners_of(
    wordings: Iterable[tuple[Wording, tuple[Hit, ...]]], cited: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Topic -> the cited documents that have it in their title, for the topics that one of them has."""
    documents, found = set(cited), defaultdict(set)
    for wording, hits in wordings:
        if wording.part is None and wording.document in documents:
            for hit in hits:
                found[hit.topic].add(wording.document)
    return {topic: frozenset(owners) for topic, owners in found.items()}


def find_matches(
    values: Sequence[Value],
    source: Source,
    wordings: Iterable[tuple[Wording, tuple[Hit, ...]]],
    owners: Mapping[str, frozenset[str]],
) -> list[Match]:
    """The documents that share a topic with these words of a task, by address.

    `owners` says which cited documents have a topic in their title (see `owners_of`).
    """
    spans: dict[str, list[Span]] = defaultdict(list)
    for value in values:
        for span in value.spans:
            for hit in find_topics(source.quote(span)):
                spans[hit.topic].append(Span(span.start + hit.start, span.start + hit.end))
        _across(value, spans, source)
    best: dict[str, dict[str, tuple[Wording, Hit]]] = defaultdict(dict)
    for wording, hits in wordings:
        for hit in hits:
            if hit.topic in spans and wording.document in owners.get(hit.topic, {wording.document}):
                kept = best[wording.document].get(hit.topic)
                if kept is None or _rank(wording.strength) < _rank(kept[0].strength):
                    best[wording.document][hit.topic] = (wording, hit)
    return [
        _match(document, by_topic, spans, source) for document, by_topic in sorted(best.items())
    ]


def _across(value: Value, spans: dict[str, list[Span]], source: Source) -> None:
    """Phrases that a page break cuts: found in the joined words, shown by the pieces that hold them."""
    if len(value.spans) < 2:
        return
    for hit in find_topics(value.text):
        if hit.topic not in spans:
            pieces = list(_pieces(value, source, hit))
            spans[hit.topic].extend(pieces)


def _pieces(value: Value, source: Source, hit: Hit) -> Iterator[Span]:
    """The spans of the source that hold the characters `hit` of the joined words."""
    position = 0
    for span in value.spans:
        quote = source.quote(span)
        at = value.text.find(quote, position)
        if at < 0:
            yield span
            continue
        start, end = max(hit.start, at), min(hit.end, at + len(quote))
        if start < end:
            yield Span(span.start + start - at, span.start + end - at)
        position = at + len(quote)


def _rank(strength: str) -> int:
    return (STRONG, MEDIUM, WEAK).index(strength)


def _match(
    document: str,
    by_topic: Mapping[str, tuple[Wording, Hit]],
    spans: Mapping[str, list[Span]],
    source: Source,
) -> Match:
    shown = sorted({span for topic in by_topic for span in spans[topic]})
    shown = [
        s for s in shown if not any(o != s and o.start <= s.start and s.end <= o.end for o in shown)
    ]
    return Match(
        document=document,
        topics=tuple(sorted(by_topic)),
        task_spans=tuple(shown),
        task_words=" … ".join(dict.fromkeys(source.quote(span) for span in shown)),
        wordings=tuple(by_topic[topic] for topic in sorted(by_topic)),
        strength=min((wording.strength for wording, _ in by_topic.values()), key=_rank),
    )
