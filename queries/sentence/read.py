"""A typed sentence read as a question of the catalogue.

What the sentence names becomes slots ("<document>"), the other words concepts (see `words.toml`). It is compared with every
way of asking that the catalogue knows; the nearest is taken if it is near enough, clearly nearer than any other question,
and has a place for everything that the sentence names. Otherwise nothing is guessed.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from cancu.graph.dataset import Dataset
from cancu.queries.answer import Answer, ask
from cancu.queries.catalogue import Parameter, Question, questions
from cancu.queries.errors import (
    AmbiguousValue,
    BadValue,
    MissingValue,
    NotUnderstood,
    UnknownValue,
)
from cancu.queries.names.mentions import Mention, mentions
from cancu.queries.plans import plan_names
from cancu.queries.sentence.concepts import LITERAL, concepts_of, must, without_particle, words_of
from cancu.queries.sentence.patterns import Pattern, Slot, pattern_words, patterns

CLEAR = ((0.70, 0.06), (0.58, 0.12), (0.48, 0.20))
"""How like a way of asking a sentence must be (0 to 1), and how much more than the next question: the less, the more."""
OFFERED = 5
_OUT_OF_ORDER = 0.5
"""What a concept counts that stands elsewhere."""
_UNKNOWN = 1.0
"""Weight of a word that nobody asks with, in shares of the heaviest concept."""
_SLOT = 1.6

FITS: Mapping[str, frozenset[str]] = {
    "document": frozenset({"document"}),
    "agency": frozenset({"agency"}),
    "group": frozenset({"group"}),
    "task": frozenset({"task"}),
    "plan": frozenset({"plan"}),
    "date": frozenset({"date"}),
    "quarter": frozenset({"quarter"}),
    "year": frozenset({"year"}),
    "period": frozenset({"period", "date", "quarter", "year"}),
}
"""Type of a parameter -> the kinds of mention that it takes."""


@dataclass(frozen=True)
class Reading:
    """A sentence as understood.

    Attributes:
        question: what is asked.
        values: name of a parameter -> the words of the sentence that are its value.
        score: how like a way of asking it was, 0 to 1.
        nearest: the codes of the questions that come nearest, this one first.
    """

    question: Question
    values: Mapping[str, str]
    score: float
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Named:
    """A stretch of the sentence that names something, with the kinds of thing that it may be."""

    text: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class _Sentence:
    """A sentence as concepts and names in their order; `everything` counts them all."""

    items: tuple[str | _Named, ...]

    @property
    def named(self) -> tuple[_Named, ...]:
        return tuple(item for item in self.items if isinstance(item, _Named))


@dataclass
class _Best:
    """The best way of asking a question, whether the sentence may be meant so, and its words that no such way has."""

    score: float = 0.0
    strange: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    fits: bool = False


def read_sentence(text: str, dataset: Dataset) -> Reading:
    """The question that a sentence asks.

    Args:
        text: Vietnamese with or without marks, or English.
        dataset: what its names are looked up in.

    Raises:
        NotUnderstood: none, or not clearly one; with the questions that come nearest.
    """
    best: dict[str, _Best] = {}
    for sentence in _sentences(text, dataset):
        if len(sentence.items) < 2:
            continue  # a name or a word alone asks nothing
        for code, question in questions().items():
            found = _best(sentence, question, dataset)
            if (found.fits, found.score) > (
                best.get(code, _Best()).fits,
                best.get(code, _Best()).score,
            ):
                best[code] = found
    ranked = sorted(best.items(), key=lambda pair: -pair[1].score)
    nearest = tuple(code for code, _ in ranked[:OFFERED])
    fitting = [(code, found) for code, found in ranked if found.fits]
    if fitting and _is_clear(fitting[0][0], fitting[0][1], ranked):
        code, found = fitting[0]
        others = tuple(other for other in nearest if other != code)
        return Reading(questions()[code], found.values, found.score, (code, *others)[:OFFERED])
    raise NotUnderstood(
        f"Chưa hiểu câu “{text}”. Hãy chọn một trong các câu hỏi gần nhất.",
        f"“{text}” was not understood. Choose one of the nearest questions.",
        nearest or tuple(questions())[:OFFERED],
    )


def ask_sentence(text: str, dataset: Dataset) -> Answer:
    """The answer to a sentence.

    Raises:
        NotUnderstood: see `read_sentence`; also where what it names is nothing, or several things.
    """
    reading = read_sentence(text, dataset)
    try:
        return ask(reading.question.code, reading.values, dataset)
    except (UnknownValue, AmbiguousValue, BadValue, MissingValue) as error:
        raise NotUnderstood(error.vi, error.en, reading.nearest) from error


def _is_clear(code: str, found: _Best, ranked: Sequence[tuple[str, _Best]]) -> bool:
    others = [other.score for key, other in ranked if key != code]
    before = found.score - max(others, default=0)
    # With a word that nobody asks this with, something else may be meant: then only the strictest measure counts.
    measures = CLEAR[:1] if found.strange else CLEAR
    return any(found.score >= enough and before >= more for enough, more in measures)


def _sentences(text: str, dataset: Dataset) -> Iterator[_Sentence]:
    """The sentence with the names it surely has, and with those besides that may be names."""
    found = mentions(text, dataset)
    yield _sentence(text, [m for m in found if not m.weak])
    if any(m.weak for m in found):
        yield _sentence(text, found)


def _sentence(text: str, found: Sequence[Mention]) -> _Sentence:
    items: list[str | _Named] = []
    kinds: dict[tuple[int, int], set[str]] = {}
    for mention in found:
        kinds.setdefault((mention.start, mention.end), set()).add(mention.kind)
    done = 0
    known = pattern_words()
    for (start, end), meant in sorted(kinds.items()):
        items += concepts_of(words_of(text[done:start]), known)
        items.append(_Named(text[start:end], frozenset(meant)))
        done = end
    items += concepts_of(words_of(text[done:]), known)
    return _Sentence(tuple(without_particle(items)))


def _best(sentence: _Sentence, question: Question, dataset: Dataset) -> _Best:
    best = _Best()
    asked = {item for pattern in patterns()[question.code] for item in pattern.items}
    strange = sum(
        isinstance(item, str) and item.startswith(LITERAL) and item not in asked
        for item in sentence.items
    )
    for pattern in patterns()[question.code]:
        values = _assigned(sentence, pattern, question, dataset)
        fits = values is not None and _turned_alike(sentence, pattern)
        score = _likeness(sentence.items, pattern.items)
        if (fits, score) > (best.fits, best.score):
            best = _Best(score, strange, values or {}, fits)
    return best


def _assigned(
    sentence: _Sentence, pattern: Pattern, question: Question, dataset: Dataset
) -> dict[str, str] | None:
    """The values of the parameters that a pattern speaks of; None unless each name of the sentence has its place."""
    values: dict[str, str] = {}
    parameters = {p.name: p for p in question.parameters}
    free = [slot for slot in pattern.items if isinstance(slot, Slot)]
    rest: list[_Named] = []
    for named in sentence.named:
        slot = next((s for s in free if named.kinds & FITS.get(s.type, frozenset())), None)
        if slot is None:
            rest.append(named)
            continue
        free.remove(slot)
        values[slot.name] = named.text
    for named in rest:
        if not _placed(named, values, parameters, dataset):
            return None
    if any(slot.type not in ("plan", "date") for slot in free):
        return None
    for parameter in question.parameters:
        if parameter.name in values or parameter.type == "plan":
            continue
        if parameter.type == "date":
            values[parameter.name] = "hôm nay"
        elif parameter.default or parameter.required:
            return None
    return values


def _placed(
    named: _Named, values: dict[str, str], parameters: Mapping[str, Parameter], dataset: Dataset
) -> bool:
    """Whether a name that a way of asking has no slot for still has its place: a plan, or the year of all plans."""
    if "plan" in named.kinds and "plan" in parameters and "plan" not in values:
        values["plan"] = named.text
        return True
    for parameter in parameters.values():
        # An optional parameter may be said in any place of the sentence.
        optional = parameter.type != "plan" and parameter.name not in values
        if optional and named.kinds & FITS.get(parameter.type, frozenset()):
            values[parameter.name] = named.text
            return True
    years = {name.slug.split("/")[1] for name in plan_names(dataset).values()}
    said = {word for word in words_of(named.text) if word.isdigit()}
    return "year" in named.kinds and years == said


def _turned_alike(sentence: _Sentence, pattern: Pattern) -> bool:
    """Whether no word turns one of the two round and not the other."""
    ours = {item for item in sentence.items if item in must()}
    theirs = {item for item in pattern.items if item in must()}
    return ours == theirs


@cache
def _weights() -> Mapping[str, float]:
    """Concept -> its weight: the fewer questions are asked with it, the more it says."""
    asked: Counter[str] = Counter()
    for ways in patterns().values():
        asked.update({item for way in ways for item in way.items if isinstance(item, str)})
    return {item: math.log(1 + len(patterns()) / number) for item, number in asked.items()}


def _weight(item: object) -> float:
    if isinstance(item, str):
        return _weights().get(item) or _UNKNOWN * math.log(1 + len(patterns()))
    return _SLOT


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, _Named):
        return isinstance(theirs, Slot) and bool(ours.kinds & FITS.get(theirs.type, frozenset()))
    return ours == theirs


def _likeness(ours: Sequence[object], theirs: Sequence[object]) -> float:
    """How alike two sequences are, 0 to 1: the weight of what both have, less for what stands elsewhere."""
    whole = sum(map(_weight, ours)) + sum(map(_weight, theirs))
    if not ours or not theirs:
        return 0.0
    ordered = _common(ours, theirs)
    rest = list(theirs)
    either = 0.0
    for item in ours:
        other = next((t for t in rest if _same(item, t)), None)
        if other is not None:
            rest.remove(other)
            either += _weight(item)
    return 2 * (ordered + _OUT_OF_ORDER * (either - ordered)) / whole


def _common(ours: Sequence[object], theirs: Sequence[object]) -> float:
    """The weight of the heaviest common subsequence."""
    before = [0.0] * (len(theirs) + 1)
    for item in ours:
        row = [0.0]
        for place, other in enumerate(theirs):
            gain = before[place] + _weight(item) if _same(item, other) else 0.0
            row.append(max(gain, before[place + 1], row[place]))
        before = row
    return before[-1]
