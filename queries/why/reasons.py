"""Conditions that fail as reasons that people read: in words, with the nearest facts that do exist."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal, NamedNode, Variable

from cancu.ontology.terms import RDF
from cancu.queries.catalogue import Words
from cancu.queries.why.conditions import Conditions
from cancu.queries.why.facts import ground, witness, witnesses
from cancu.queries.why.failing import NEAR, Failure, failures, without
from cancu.queries.why.known import put_in
from cancu.queries.why.paths import Ground
from cancu.queries.why.pattern import (
    Bind,
    Call,
    Exists,
    Filter,
    Group,
    Part,
    Path,
    Select,
    Term,
    Triple,
    Union,
    Values,
    expression_variables,
    given_by,
    inner,
    used_by,
    visible,
)
from cancu.queries.why.probe import Probe, Solution
from cancu.queries.why.render import group_text, part_text
from cancu.queries.why.rules import derived, deriving
from cancu.queries.why.terms import phrases
from cancu.queries.why.told import Fact, tell
from cancu.queries.why.words import Speaker, join, sentence, with_choices

_FACTS, _FEW = 5, 4
_NEW, _VERB = Variable("new"), Variable("verb")


@dataclass(frozen=True)
class Reason:
    """A condition that fails.

    Attributes:
        kind: "triple", "value", "present" (what must not be there is), "one of", "number", or "asked" (the question asks
            about another thing).
        text: the condition in words.
        condition: it in SPARQL.
        missing: the triple that would meet it, where only one would.
        nearest: what there is instead.
        ways: for "one of", what fails in each of them.
        rule: of a derived triple that is missing, how it would be derived.
        because: what fails in that rule.
        instead: for "asked", the parameter that would have to be another, and which: address and name.
    """

    kind: str
    text: Words
    condition: str
    missing: Ground | None = None
    nearest: tuple[Fact, ...] = ()
    ways: tuple[tuple["Reason", ...], ...] = ()
    rule: Words | None = None
    because: tuple["Reason", ...] = ()
    instead: tuple[str, str, Words] | None = None

    def as_json(self) -> dict[str, Any]:
        """The reason for programs."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "vi": self.text.vi,
            "en": self.text.en,
            "condition": self.condition,
            "missing": [term.value for term in self.missing] if self.missing else None,
            "nearest": [fact.as_json() for fact in self.nearest],
        }
        if self.ways:
            found["ways"] = [[reason.as_json() for reason in way] for way in self.ways]
        if self.instead:
            found["instead"] = dict(zip(("parameter", "value"), self.instead, strict=False))
        if self.rule:
            found |= {"rule": vars(self.rule), "because": [r.as_json() for r in self.because]}
        return found


@dataclass(frozen=True)
class Teller:
    """Tells reasons of one query."""

    probe: Probe
    speaker: Speaker
    given: Sequence[Term] = ()
    deep: bool = True

    def reasons(self, found: Iterable[Failure]) -> tuple[Reason, ...]:
        """Failures as reasons; those of a group in braces stand by themselves.

        Raises:
            CannotExplain: the limits of the probe are used up.
        """
        return tuple(reason for failure in found for reason in self._reasons(failure))

    def _reasons(self, failure: Failure) -> Iterator[Reason]:
        part = failure.part
        if len(failure.ways) == 1 and failure.ways[0]:
            yield from self.reasons(failure.ways[0])
        elif isinstance(part, Triple):
            yield self._triple(failure, part)
        elif isinstance(part, Filter):
            yield self._filter(failure, part)
        elif isinstance(part, Values) and len(part.variables) == 1:
            listed = tuple(term for row in part.rows for term in row if term is not None)
            table = Filter(part.key, Call("IN", (part.variables[0], *listed)))
            yield replace(self._filter(failure, table), condition=part_text(part))
        elif isinstance(part, Exists) and not part.positive:
            yield self._present(failure, part)
        elif isinstance(part, Union):
            yield self._one_of(failure, part)
        else:
            yield self._other(failure, part)

    # ---- a triple that is not there

    def _triple(self, failure: Failure, written: Triple) -> Reason:
        part = with_choices(written, failure.group)
        subjects, ends = self._values(failure, part.subject), self._values(failure, part.object)
        self.speaker.names.learn([*(subjects or ()), *(ends or ())])
        rule, because = self._rule(part, subjects, ends) if self.deep else (None, ())
        return Reason(
            "triple",
            sentence(self._missing(failure, part, subjects, ends)),
            part_text(written),
            _only(part, subjects, ends),
            self._nearest(failure, subjects),
            rule=rule,
            because=because,
        )

    def _values(self, failure: Failure, node: Term | Variable) -> list[Term] | None:
        """What an end of a pattern may be: itself, or what the other conditions leave for it.

        Nothing at all where they leave it open, None where they leave more than can be looked at.
        """
        if not isinstance(node, Variable):
            return [node]
        left = without(failure.group, failure.without)
        if node not in visible(left):
            return []
        wrapped = f"{{ {{ SELECT DISTINCT {node} WHERE {group_text(left)} }} }}"
        found = [s[node] for s in self.probe.select([node], wrapped, NEAR) if node in s]
        return found if len(found) < NEAR else None

    def _missing(
        self, failure: Failure, part: Triple, subjects: list[Term] | None, ends: list[Term] | None
    ) -> Words:
        say = self.speaker
        end = self._end(failure, part, ends)
        if subjects and len(subjects) == 1:
            some = self.probe.holds(Group((replace(part, subject=subjects[0], object=_NEW),)))
            return say.lacking(subjects[0], part, end if some else None)
        if subjects:
            return say.none_of(subjects, part, end, say.kind(failure.group, part.subject))
        if not isinstance(part.subject, Variable):
            return say.lacking(part.subject, part, end)
        kind = say.described(part.subject, failure.group, failure.without)
        others = bool(ends and len(ends) == 1) and self.probe.holds(
            Group((replace(part, object=ends[0] if ends else _NEW),))
        )
        return say.nobody(part, end, kind, others)

    def _end(self, failure: Failure, part: Triple, ends: list[Term] | None) -> Words | None:
        """The object of a triple that is not there, in words; nothing where any would do."""
        if ends is not None and len(ends) < _FEW:
            return (
                join((self.speaker.names.say(e) for e in ends), " hay ", " or ") if ends else None
            )
        if isinstance(part.object, Variable):
            return self.speaker.described(part.object, failure.group, failure.without)
        return None

    # ---- the nearest facts

    def _nearest(self, failure: Failure, subjects: list[Term] | None) -> tuple[Fact, ...]:
        """The same with another object or subject; the same of conditions that fail as well; else what the subject has."""
        found: dict[Ground, None] = {}
        for other in (failure, *failure.others):
            if isinstance(other.part, Triple):
                found |= dict.fromkeys(self._freed(other, with_choices(other.part, other.group)))
        if not found:
            # of what was asked about itself, other facts are no nearer than any
            for subject in [s for s in subjects or () if s not in self.given][:2]:
                found |= dict.fromkeys(self._about(subject))
        return tell(self.probe, self.speaker.names, list(found)[: 2 * _FACTS])

    def _freed(self, failure: Failure, part: Triple) -> Iterator[Ground]:
        freed = []
        known = isinstance(part.object, Variable) or part.object in self.given
        if known and self._values(failure, part.object):
            freed.append(replace(part, subject=_NEW))
        if self._values(failure, part.subject):
            freed.append(replace(part, object=_NEW))
        text = group_text(failure.group, failure.without)
        for other in freed:
            pattern = (
                replace(other, predicate=_VERB) if isinstance(other.predicate, Path) else other
            )
            limits = _among(other)
            names = [
                v
                for v in (pattern.subject, pattern.predicate, pattern.object)
                if isinstance(v, Variable)
            ]
            body = f"{{ {text} {limits} {part_text(pattern)} }}"
            wrapped = f"{{ {{ SELECT DISTINCT {' '.join(map(str, names))} WHERE {body} }} }}"
            for solution in self.probe.select(names, wrapped, _FACTS):
                yield from ground(self.probe, pattern, solution)

    def _about(self, subject: Term) -> list[Ground]:
        """What else is said of a thing, names and places left out."""
        if not isinstance(subject, NamedNode):
            return []
        solutions = self.probe.solutions(Group((Triple(1, subject, _VERB, _NEW),)), limit=60)
        triples: list[Ground] = [
            (subject, verb, s[_NEW])
            for s in solutions
            if isinstance(verb := s[_VERB], NamedNode) and verb.value != RDF.type
        ]
        return [t for t in triples if not self.speaker.names.property(t[1]).naming][:_FACTS]

    # ---- the rule that would derive it

    def _rule(
        self, part: Triple, subjects: list[Term] | None, ends: list[Term] | None
    ) -> tuple[Words | None, tuple[Reason, ...]]:
        predicate = part.predicate
        if not isinstance(predicate, NamedNode) or predicate not in derived():
            return None, ()
        if subjects is None or ends is None or len(subjects) != 1:
            return None, ()
        end = ends[0] if len(ends) == 1 else None
        given = [t for t in (subjects[0], end) if t is not None]
        shallow = Teller(self.probe, Speaker(self.speaker.names), given, deep=False)
        for name, group in deriving(predicate, subjects[0], end):
            found = failures(self.probe, group, given)
            if found:
                return Words(*phrases()["rule"][name]), shallow.reasons(found)
        return None, ()

    # ---- other conditions

    @property
    def _asker(self) -> Words:
        return Words("câu hỏi", "question") if self.speaker.question else Words("quy tắc", "rule")

    def _filter(self, failure: Failure, part: Filter) -> Reason:
        variables = list(dict.fromkeys(expression_variables(part.expression)))
        say = Conditions(self.speaker, failure.group)
        are, need = (
            say.are(part.expression, self._near(failure, variables)),
            say.need(part.expression),
        )
        text = _compared(self._asker, are, need, part.wanted)
        facts = dict.fromkeys(f for one in (failure, *failure.others) for f in self._behind(one))
        return Reason("value", sentence(text), part_text(part), nearest=tuple(facts))

    def _near(self, failure: Failure, variables: Sequence[Variable]) -> list[Solution]:
        if not variables:
            return []
        names = list(dict.fromkeys(variables))
        text = group_text(failure.group, failure.without)
        wrapped = f"{{ {{ SELECT DISTINCT {' '.join(map(str, names))} WHERE {text} }} }}"
        return self.probe.select(names, wrapped, NEAR)

    def _behind(self, failure: Failure) -> tuple[Fact, ...]:
        """The facts that give the variables of a condition their values, in one near solution."""
        wanted = set(used_by(failure.part))
        size = -1
        while size != len(wanted):
            size = len(wanted)
            for part in _open(failure.group, failure.without):
                if isinstance(part, Bind) and part.variable in wanted:
                    wanted |= set(expression_variables(part.expression))
        group = without(failure.group, failure.without)
        solutions = witnesses(self.probe, group, 1)
        found: list[Ground] = []
        for part in _open(failure.group, failure.without):
            if isinstance(part, Triple) and wanted & set(given_by(part)):
                for solution in solutions:
                    found += ground(self.probe, part, solution)
        kept = [t for t in dict.fromkeys(found) if not self.speaker.names.property(t[1]).naming]
        return tell(self.probe, self.speaker.names, kept[:_FACTS])

    def _present(self, failure: Failure, part: Exists) -> Reason:
        """What must not be there, and is."""
        facts: tuple[Fact, ...] = ()
        group = part.group
        for near in failure.near[:1]:
            group = put_in(part.group, near)
            found = witness(self.probe, group, witnesses(self.probe, group, 1))
            facts = tell(self.probe, self.speaker.names, found.facts, deep=self.deep)
        rule = Conditions(self.speaker, group).absent()
        told = join((f.text for f in facts if not f.naming), " ", " ")
        text = Words(
            f"{self._asker.vi} chỉ lấy khi {rule.vi}; nhưng: {told.vi}",
            f"the {self._asker.en} takes it only if {rule.en}; but: {told.en}",
        )
        return Reason("present", sentence(text), part_text(part), nearest=facts)

    def _one_of(self, failure: Failure, part: Union) -> Reason:
        ways = tuple(self.reasons(way) for way in failure.ways)
        kept = tuple(dict.fromkeys(way for way in ways if way))
        text = Words(
            f"cần ít nhất một trong {len(kept)} điều sau, mà không điều nào đúng",
            f"at least one of these {len(kept)} is needed, and none is so",
        )
        return Reason("one of", sentence(text), part_text(part), ways=kept)

    def _other(self, failure: Failure, part: Part) -> Reason:
        if isinstance(part, Select) and part.having:
            text = Words(
                "số lượng tìm được không đạt điều kiện của câu hỏi",
                "the number found does not meet the question's condition",
            )
            return Reason("number", sentence(text), part_text(part))
        if isinstance(part, Values) and part.variables:
            noun = self.speaker.noun(part.variables[0], failure.group)
            text = Words(
                f"{noun.vi} không nằm trong các giá trị mà câu hỏi xét",
                f"the {noun.en} is none of the values that the question looks at",
            )
            return Reason("value", sentence(text), part_text(part))
        text = Words("không có gì hợp với điều kiện này", "nothing meets this condition")
        return Reason("triple", sentence(text), part_text(part))


def _compared(asker: Words, is_: Words, need: Words, wanted: bool) -> Words:
    """What values are, and what they would have to be."""
    if wanted:
        return Words(f"{is_.vi}, không phải {need.vi}", f"{is_.en}, not {need.en}")
    if not is_.vi:
        return Words(
            f"{asker.vi} chỉ lấy khi {need.vi}, mà điều ấy không đúng",
            f"the {asker.en} takes it only if {need.en}, which is not so",
        )
    return Words(
        f"{is_.vi}, mà {asker.vi} chỉ lấy khi {need.vi}",
        f"{is_.en}, but the {asker.en} takes it only if {need.en}",
    )


def _only(part: Triple, subjects: list[Term] | None, ends: list[Term] | None) -> Ground | None:
    """The triple that a pattern asks for, where it can be only one."""
    if not subjects or not ends:
        return None
    if len(subjects) != 1 or len(ends) != 1 or not isinstance(part.predicate, NamedNode):
        return None
    return None if isinstance(subjects[0], Literal) else (subjects[0], part.predicate, ends[0])


def _among(part: Triple) -> str:
    """A table of the properties that a pattern may go by."""
    if not isinstance(part.predicate, Path):
        return ""
    listed = " ".join(str(iri) for iri in dict.fromkeys(_iris(part.predicate)))
    return f"VALUES {_VERB} {{ {listed} }}"


def _iris(path: Path) -> Iterator[NamedNode]:
    if path.iri is not None:
        yield path.iri
    for part in path.parts:
        yield from _iris(part)


def _open(group: Group, without: Iterable[int]) -> Iterator[Part]:
    """The conditions that are left, inside groups too, but not inside EXISTS."""
    out = frozenset(without)
    for part in group.parts:
        if part.key in out:
            continue
        yield part
        for below in inner(part) if not isinstance(part, Exists) else ():
            yield from _open(below, out)
