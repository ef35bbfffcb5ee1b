"""A typed sentence read as a question of the catalogue.

What the sentence names becomes slots, the other words concepts (see `words.toml`). It is compared with every way of asking
that the catalogue knows; the nearest is taken if it is near enough, clearly nearer than any other question, and has a place
for everything that the sentence names. If none is, it is read once more, each word in any sense that it may have: then the
nearest is taken if it also accounts for every word, or is far nearer than any other. Otherwise nothing is guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cancu.graph.dataset import Dataset
from cancu.queries.answer import Answer, ask
from cancu.queries.catalogue import Parameter, Question, questions
from cancu.queries.errors import (
    AmbiguousValue,
    BadValue,
    MissingValue,
    NotUnderstood,
    UnknownValue,
    ValueUnsaid,
)
from cancu.queries.names.typed import nfc
from cancu.queries.plans import plan_names
from cancu.queries.sentence.concepts import must, narrowing, needs
from cancu.queries.sentence.elsewhere import place_elsewhere, with_plan_of_issuer, without_province
from cancu.queries.sentence.likeness import FITS, Weighed
from cancu.queries.sentence.parts import (
    Named,
    Sentence,
    asks_of_another_year,
    context_of,
    sentences,
)
from cancu.queries.sentence.patterns import Pattern, asked_with

CLEAR = ((0.72, 0.05), (0.62, 0.10), (0.55, 0.18))
"""How like a way of asking a sentence must be (0 to 1), and how much more than the next question: the less, the more."""
ACCOUNTED = ((0.6, 0.05), (0.5, 0.10), (0.4, 0.15), (0.3, 0.25))
"""The same where words may have any of their senses, if the question is asked or described with every one of them."""
DOUBTED = ((0.8, 0.12), (0.7, 0.17), (0.66, 0.25))
"""The same if it is not."""
OFFERED = 5
_NAMED = 3
"""Plans that are named where a place is that has none."""
_UNFIT = 0.08
"""What a question loses against others that has no place for something."""
_EXCLUDED = 0.3
"""What it loses if its words are such as are said only of something else."""
_UNSAID = 0.15
"""What it loses that must still be told a value."""
_STRICTER = 0.06
"""How much nearer it must be for each word that nobody asks with; and then only the strictest measure counts."""
_UNKNOWN = 0.1
"""The same for two words in a row that nobody knows, which may be a name or a condition."""
_FAR, _SLACK = 0.5, 0.1
"""A likeness that is never near enough, and what slots that may be left out add to one at most."""
_MOST, _TRIED = 24, 12
"""Questions that are looked at closely, and ways of asking of each."""


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
class _Found:
    """The best way in which a sentence may ask a question.

    Attributes:
        score: how like a way of asking it is.
        fits: whether the sentence may be meant so: everything has its place, and nothing is turned round.
        values: of the parameters.
        unsaid: names of the parameters that it does not say.
        strange: how many of its words nobody asks with.
        unaccounted: how many of its words the question is neither asked nor described with.
        excluded: whether its words are such as are said only of something else.
        has_unknown: whether words stand together in it that nobody knows.
    """

    score: float = 0.0
    fits: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    strange: int = 0
    unaccounted: int = 0
    excluded: bool = False
    has_unknown: bool = False

    @property
    def rank(self) -> tuple[bool, float]:
        """A way that fits is better than one that does not; of these the nearest is best."""
        return self.fits and not self.unsaid, self.score


def read_sentence(text: str, dataset: Dataset) -> Reading:
    """The question that a sentence asks.

    Args:
        text: Vietnamese with or without marks, or English.
        dataset: what its names are looked up in.

    Raises:
        NotUnderstood: none, or not clearly one; with the questions that come nearest.
        ValueUnsaid: one, but the sentence lacks a value that it must be told.
    """
    typed, text = text, without_province(nfc(text), dataset)
    elsewhere = place_elsewhere(text, dataset)
    text, has_several = with_plan_of_issuer(text, dataset)
    elsewhen = asks_of_another_year(text, _years(dataset), dataset)
    is_held = not (elsewhere or elsewhen or has_several)
    nearest: tuple[str, ...] = ()
    for wide, is_sure in ((False, _is_clear), (True, _is_accounted)):
        ranked = _ranked(text, dataset, wide)
        nearest = tuple(code for code, _ in ranked[:OFFERED])
        if ranked and is_held and is_sure(ranked):
            code, found = ranked[0]
            if found.unsaid:
                raise _unsaid(code, found, nearest)
            return Reading(questions()[code], found.values, found.score, nearest)
    if elsewhere:
        raise _not_held(elsewhere, dataset, nearest)
    raise NotUnderstood(
        f"Chưa hiểu câu “{typed}”. Hãy chọn một trong các câu hỏi gần nhất.",
        f"“{typed}” was not understood. Choose one of the nearest questions.",
        nearest or tuple(questions())[:OFFERED],
    )


def _ranked(text: str, dataset: Dataset, wide: bool) -> list[tuple[str, _Found]]:
    """The best way to ask each question with a sentence, the nearest question first."""
    best: dict[str, _Found] = {}
    for sentence in sentences(text, dataset, wide=wide):
        for code, found in _readings(sentence, dataset):
            best[code] = max(best.get(code, _Found()), found, key=lambda f: f.rank)
    return sorted(best.items(), key=lambda pair: -_standing(pair[1]))


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


def _not_held(place: str, dataset: Dataset, nearest: Sequence[str]) -> NotUnderstood:
    plans = "; ".join([plan.short for plan in plan_names(dataset).values()][:_NAMED])
    return NotUnderstood(
        f"Ở đây không có kế hoạch hay cơ quan nào của “{place}”. Kế hoạch đang có: {plans}.",
        f"There is no plan or body of “{place}” here. The plans at hand: {plans}.",
        nearest or tuple(questions())[:OFFERED],
    )


def _unsaid(code: str, found: _Found, nearest: Sequence[str]) -> ValueUnsaid:
    asked = questions()[code]
    labels = [p.label for p in asked.parameters if p.name in found.unsaid]
    vi = ", ".join(label.vi.lower() for label in labels)
    en = ", ".join(label.en.lower() for label in labels)
    return ValueUnsaid(
        f"Câu hỏi “{asked.title.vi}” cần biết {vi}. Hãy nêu thêm.",
        f"The question “{asked.title.en}” must be told: {en}.",
        nearest,
        found.unsaid,
    )


def _standing(found: _Found) -> float:
    if found.excluded:
        return found.score - _EXCLUDED
    return found.score - (_UNSAID if found.unsaid else 0 if found.fits else _UNFIT)


def _is_clear(ranked: Sequence[tuple[str, _Found]]) -> bool:
    found = ranked[0][1]
    before = found.score - max((_standing(other) for _, other in ranked[1:]), default=0.0)
    measures = CLEAR[:1] if found.strange or found.unsaid else CLEAR
    more_still = _STRICTER * found.strange + (_UNKNOWN if found.has_unknown else 0)
    return found.fits and any(
        found.score >= enough + more_still and before >= more for enough, more in measures
    )


def _is_accounted(ranked: Sequence[tuple[str, _Found]]) -> bool:
    found = ranked[0][1]
    if not found.fits or found.unsaid or (found.unaccounted and found.has_unknown):
        return False
    before = found.score - max((_standing(other) for _, other in ranked[1:]), default=0.0)
    measures = DOUBTED if found.unaccounted else ACCOUNTED
    return any(found.score >= enough and before >= more for enough, more in measures)


def _readings(sentence: Sentence, dataset: Dataset) -> Iterator[tuple[str, _Found]]:
    """For each question that a sentence may ask, the best way to do so."""
    weighed = Weighed(sentence, context_of(sentence, _years(dataset)))
    hopeful = sorted(weighed.nearest().items(), key=lambda pair: -pair[1][0][0])
    for code, ways in hopeful[:_MOST]:
        best = _Found()
        for number, (shared, pattern) in enumerate(ways[:_TRIED]):
            # No way of asking can be liker than what it shares allows; the first is looked at anyhow, to be offered.
            if number and 2 * shared / (1 + shared) + _SLACK < max(best.rank[0] * best.score, _FAR):
                break
            best = max(best, _tried(weighed, pattern, questions()[code]), key=lambda f: f.rank)
        yield code, best


def _years(dataset: Dataset) -> frozenset[str]:
    """The years that the plans are of."""
    return frozenset(name.slug.split("/")[1] for name in plan_names(dataset).values())


def _tried(weighed: Weighed, pattern: Pattern, question: Question) -> _Found:
    """A sentence taken as one way of asking a question."""
    has_unknown, elsewhere = weighed.has_unknown, weighed.of_another_plan
    weighed = weighed.meant(pattern)
    values, unplaced = _placed(weighed, pattern, question)
    unsaid = tuple(
        p.name
        for p in question.parameters
        if p.name not in values and (p.required or p.default) and p.type not in ("plan", "date")
    )
    slots = {slot.name for slot in pattern.slots if slot.type not in ("plan", "date")}
    left = slots - set(values)
    for p in question.parameters:
        if p.type == "date" and p.name not in values:
            values[p.name] = "hôm nay"
    fits = (
        not (unplaced or elsewhere)
        and left <= set(unsaid)
        and _may_ask(weighed.sentence, pattern, len(values))
    )
    return _Found(
        weighed.likeness(pattern, frozenset(left) if not values else frozenset()),
        fits,
        values,
        unsaid,
        weighed.strange + weighed.foreign(question.code),
        weighed.unaccounted(question.code),
        question.code in weighed.sentence.excluded,
        has_unknown or weighed.has_gap(question.code),
    )


def _may_ask(sentence: Sentence, pattern: Pattern, named: int) -> bool:
    """Whether the words of a sentence, with this many names that have a place, may ask a question in a way."""
    said = {item for item in sentence.items if isinstance(item, str)}
    kinds = {f"<{kind}>" for name in sentence.named for kind in name.kinds}
    # Names alone ask something only if there are several: "Phòng Nội vụ, quý II".
    shares = bool(said & set(pattern.items)) or (not said and named > 1)
    return (
        shares
        and not sentence.beyond
        and pattern.code not in sentence.excluded
        and not (said | kinds).isdisjoint(needs().get(pattern.code, said | kinds))
        and _turned_alike(sentence, pattern)
    )


def _placed(
    weighed: Weighed, pattern: Pattern, question: Question
) -> tuple[dict[str, str], list[Named]]:
    """The values that a sentence gives the parameters, and the names in it that have no place."""
    values: dict[str, str] = {}
    rest: list[Named] = []
    free = list(pattern.slots)
    for named in weighed.sentence.named:
        slot = next((s for s in free if named.kinds & FITS.get(s.type, frozenset())), None)
        if slot:
            free.remove(slot)
            values[slot.name] = named.said(slot.type)
        else:
            rest.append(named)
    # A plan, or what a question need not be told, may be said in any place.
    unplaced = []
    for named in rest:
        parameter = _takes(named, values, question.parameters)
        if parameter:
            values[parameter.name] = named.said(parameter.type)
        elif named not in weighed.context or "year" not in named.kinds:
            unplaced.append(named)
    return values, unplaced


def _takes(
    named: Named, values: Mapping[str, str], parameters: Sequence[Parameter]
) -> Parameter | None:
    free = (p for p in parameters if p.name not in values)
    return next((p for p in free if named.kinds & FITS.get(p.type, frozenset())), None)


def _turned_alike(sentence: Sentence, pattern: Pattern) -> bool:
    """Whether no word turns one of the two round and not the other, or asks for less than the question."""
    narrow = {item for item in sentence.items if isinstance(item, str) and item in narrowing()}
    if not narrow <= asked_with()[pattern.code]:
        return False
    if sentence.items.count("none") > max(1, pattern.items.count("none")):
        return False  # two things are denied
    ours = {item for item in sentence.items if isinstance(item, str) and item in must()}
    theirs = {item for item in pattern.items if isinstance(item, str) and item in must()}
    return ours == theirs
