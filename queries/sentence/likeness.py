"""How like a way of asking a sentence is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from cancu.queries.sentence.concepts import LITERAL, NOTHING, OR, direction, light, must
from cancu.queries.sentence.parts import Named, Sentence
from cancu.queries.sentence.patterns import (
    Item,
    Pattern,
    Slot,
    asked_with,
    described_with,
    holding,
    weights,
)

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

SLOT = 1.6
"""Weight of a name and of its slot."""
_WIDENED = 0.7
"""What a name counts in the slot of another kind that takes it: a quarter as a period."""
_OUT_OF_ORDER = 0.6
"""What a concept counts that stands elsewhere."""
_STRANGE = 2.2
"""Weight of a word that nobody asks with."""
_AKIN = 0.3
"""What a concept of the sentence counts against a way of asking that lacks it, if the question is asked with it elsewhere."""
_TELLING = 2.0
"""Weight of a concept that few questions are asked with."""
_UNSAID = 0.3
"""What the slot of a value counts that may be left out."""
_CONTEXT = frozenset({"plan", "year"})
"""Concepts that every question may be asked with: all are asked of a plan."""


@dataclass(frozen=True)
class Weighed:
    """A sentence with the weight of each of its parts.

    Attributes:
        sentence: what was typed.
        context: names that only say of which plan one speaks.
    """

    sentence: Sentence
    context: frozenset[Named]

    @cached_property
    def items(self) -> tuple[tuple[str | Named, float], ...]:
        """The parts, each with its weight."""
        return tuple((item, self._weight(item)) for item in self.sentence.items)

    @cached_property
    def strange(self) -> int:
        """How many of its words nobody asks anything with."""
        return sum(isinstance(i, str) and self._is_strange(i) for i in self.sentence.items)

    @staticmethod
    def _is_strange(item: str) -> bool:
        return item.startswith(LITERAL) and item not in weights()

    @cached_property
    def of_another_plan(self) -> bool:
        """Whether a word that nobody asks with follows "kế hoạch": a plan of other matters."""
        return any(
            before == "plan" and isinstance(item, str) and self._is_strange(item)
            for before, item in pairwise(self.sentence.items)
        )

    def foreign(self, code: str) -> int:
        """How many of its concepts a question is never asked with, though others are."""
        known = asked_with()[code] | _CONTEXT
        return sum(
            isinstance(item, str) and item in weights() and weight > _TELLING and item not in known
            for item, weight in self.items
        )

    def unaccounted(self, code: str) -> int:
        """How many of its words a question is never asked with."""
        known = described_with()[code] | light()
        return sum(isinstance(item, str) and item not in known for item in self.sentence.items)

    def has_gap(self, code: str) -> bool:
        """Whether two words stand together that a question is never asked with: another matter than its own."""
        known = described_with()[code] | light()
        missing = [isinstance(item, str) and item not in known for item in self.sentence.items]
        return any(map(all, pairwise(missing)))

    @cached_property
    def has_unknown(self) -> bool:
        """Whether two words stand together that nobody knows: a name, or something else that is not understood."""
        unknown = [
            isinstance(item, str) and item.startswith(LITERAL) and OR not in item
            for item in self.sentence.items
        ]
        return any(map(all, pairwise(unknown)))

    def meant(self, pattern: Pattern) -> "Weighed":
        """The sentence with each word in the sense in which a way of asking, or its question, has it."""
        if not self._has_senses:
            return self
        items = (_meant(i, pattern) if isinstance(i, str) else i for i in self.sentence.items)
        said = tuple(item for item in items if item != NOTHING)
        return Weighed(replace(self.sentence, items=said), self.context)

    @cached_property
    def _has_senses(self) -> bool:
        return any(isinstance(item, str) and OR in item for item in self.sentence.items)

    def nearest(self) -> dict[str, list[tuple[float, Pattern]]]:
        """Code of each question -> its ways of asking with the most that they can share with the sentence, best first."""
        shared: dict[Pattern, float] = {}
        for item, weight in self.items:
            for key in _keys(item):
                for pattern in holding().get(key, ()):
                    shared[pattern] = shared.get(pattern, 0.0) + weight
        found: dict[str, list[tuple[float, Pattern]]] = {}
        for pattern, weight in shared.items():
            found.setdefault(pattern.code, []).append((weight / pattern_weight(pattern), pattern))
        return {code: sorted(ways, key=lambda w: -w[0]) for code, ways in found.items()}

    def likeness(self, pattern: Pattern, unasked: frozenset[str] = frozenset()) -> float:
        """How like a way of asking it is, 0 to 1.

        Args:
            pattern: the way of asking.
            unasked: names of parameters whose slot counts as if it were not there.
        """
        theirs = [
            (item, _pattern_item_weight(item))
            for item in pattern.items
            if not (isinstance(item, Slot) and item.name in unasked)
        ]
        rest, either, missing = list(theirs), 0.0, 0.0
        known, matched = (asked_with()[pattern.code] | _CONTEXT) - direction(), set[str]()
        for item, weight in self.items:
            other = next((pair for pair in rest if share(item, pair[0])), None)
            if other is not None:
                rest.remove(other)
                either += weight * share(item, other[0])
                missing += 2 * weight * (1 - share(item, other[0]))
                matched |= {item} if isinstance(item, str) else set()
            akin = isinstance(item, str) and (item in known or item in matched)
            if other is None:
                missing += weight * (_AKIN if akin else 1)
        ordered = _common(self.items, theirs)
        unmatched = sum(
            weight * (_UNSAID if isinstance(item, Slot) and item.type in ("date", "plan") else 1)
            for item, weight in rest
        )
        got = ordered + _OUT_OF_ORDER * max(either - ordered, 0.0)
        whole = 2 * either + missing + unmatched
        return 2 * got / whole if whole else 0.0

    def _weight(self, item: str | Named) -> float:
        if isinstance(item, Named):
            return SLOT * (0.2 if item in self.context else 1)
        return max(weights().get(sense, _STRANGE) for sense in item.split(OR))


def _meant(item: str, pattern: Pattern) -> str:
    """The sense that a way of asking has; else one that its question has, or none at all; else one that turns it round; else the likeliest."""
    senses = item.split(OR)
    known = described_with()[pattern.code] | {NOTHING}
    calm = [sense for sense in senses if sense not in must()]
    asked = [sense for sense in senses if sense in pattern.items]
    turning = (sense for sense in senses if sense in must())
    return [*asked, *(sense for sense in calm if sense in known), *turning, *senses][0]


def share(ours: str | Named, theirs: Item) -> float:
    """How far a part of a sentence and one of a way of asking are the same, 0 to 1."""
    if not isinstance(ours, Named):
        return float(ours == theirs)
    if not isinstance(theirs, Slot) or not ours.kinds & FITS.get(theirs.type, frozenset()):
        return 0.0
    return 1.0 if theirs.type in ours.kinds else _WIDENED


def pattern_weight(pattern: Pattern) -> float:
    """The weight of all that a way of asking has."""
    return sum(map(_pattern_item_weight, pattern.items)) or 1.0


def _pattern_item_weight(item: Item) -> float:
    return SLOT if isinstance(item, Slot) else weights()[item]


def _keys(item: str | Named) -> list[str]:
    if isinstance(item, str):
        return item.split(OR)
    return [f"<{kind}>" for kind, taken in FITS.items() if item.kinds & taken]


def _common(
    ours: Sequence[tuple[str | Named, float]], theirs: Sequence[tuple[Item, float]]
) -> float:
    """The weight of the heaviest common subsequence."""
    before = [0.0] * (len(theirs) + 1)
    for item, weight in ours:
        row = [0.0]
        for place, (other, _) in enumerate(theirs):
            gain = before[place] + weight * share(item, other)
            row.append(max(gain, before[place + 1], row[place]))
        before = row
    return before[-1]
