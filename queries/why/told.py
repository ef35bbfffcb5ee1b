"""Triples as facts that people read: in words, with the words of the source, and with the rule that derived them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from cancu.queries.catalogue import Words
from cancu.queries.why.evidence import Evidence, evidence
from cancu.queries.why.facts import witness, witnesses
from cancu.queries.why.paths import Ground
from cancu.queries.why.pattern import Term
from cancu.queries.why.probe import Probe
from cancu.queries.why.rules import conditions, derived
from cancu.queries.why.terms import Names, phrases
from cancu.queries.why.words import Speaker, filled, join, sentence


@dataclass(frozen=True)
class Fact:
    """A triple of the graph.

    Attributes:
        triple: subject, property, object.
        subject: what the subject is called.
        verb: what is said of the subject, with {o} where the object stands.
        end: what the object is called.
        naming: whether it only says a name, an order or a place.
        evidence: the words of the source it rests on.
        rule: how it was derived; None for what was stated.
        because: the triples the rule derived it from.
    """

    triple: Ground
    subject: Words
    verb: Words
    end: Words
    naming: bool
    evidence: tuple[Evidence, ...]
    rule: Words | None = None
    because: tuple["Fact", ...] = ()

    @property
    def said(self) -> Words:
        """What is said of the subject."""
        return filled(self.verb, self.end)

    @property
    def text(self) -> Words:
        """The triple in a sentence."""
        return sentence(join((self.subject, self.said), " ", " "))

    def as_json(self) -> dict[str, Any]:
        """The fact for programs."""
        subject, predicate, end = self.triple
        found: dict[str, Any] = {
            "subject": subject.value,
            "predicate": predicate.value,
            "object": end.value,
            "vi": self.text.vi,
            "en": self.text.en,
            "naming": self.naming,
            "evidence": [
                {"by": e.by, "kind": e.kind, "words": e.words, "spans": list(e.spans)}
                for e in self.evidence
            ],
        }
        if isinstance(end, Literal):
            found |= {"datatype": end.datatype.value} | (
                {"language": end.language} if end.language else {}
            )
        if self.rule:
            found |= {"rule": vars(self.rule), "because": [f.as_json() for f in self.because]}
        return found


@dataclass(frozen=True)
class Block:
    """What is said of one thing: facts that matter, and those that only say a name, an order or a place."""

    subject: Term
    name: Words
    facts: tuple[Fact, ...]
    naming: tuple[Fact, ...]

    @property
    def words(self) -> tuple[Evidence, ...]:
        """The thing's own words."""
        own = (e for f in (*self.facts, *self.naming) for e in f.evidence)
        return tuple(
            dict.fromkeys(e for e in own if e.kind == "said" and e.by == self.subject.value)
        )


def blocks(facts: Iterable[Fact]) -> tuple[Block, ...]:
    """Facts by their subjects, in the order of first appearance; subjects that are only named come last."""
    by_subject: dict[Term, list[Fact]] = {}
    for fact in facts:
        by_subject.setdefault(fact.triple[0], []).append(fact)
    found = [
        Block(
            subject,
            listed[0].subject,
            tuple(f for f in listed if not f.naming),
            tuple(f for f in listed if f.naming),
        )
        for subject, listed in by_subject.items()
    ]
    return tuple(sorted(found, key=lambda block: not block.facts))


def tell(
    probe: Probe, names: Names, triples: Iterable[Ground], deep: bool = False
) -> tuple[Fact, ...]:
    """Triples as facts; `deep`: with the rules that derived them.

    Raises:
        CannotExplain: the limits of the probe are used up.
    """
    listed = list(dict.fromkeys(triples))
    names.learn(term for triple in listed for term in triple)
    words = evidence(probe, listed)
    speaker = Speaker(names)
    return tuple(_fact(probe, speaker, triple, words[triple], deep) for triple in listed)


def _fact(
    probe: Probe, speaker: Speaker, triple: Ground, words: tuple[Evidence, ...], deep: bool
) -> Fact:
    said = speaker.names.property(triple[1])
    rule, because = _rule(probe, speaker.names, triple) if deep else (None, ())
    claims = dict.fromkeys(e for fact in because for e in fact.evidence)
    return Fact(
        triple,
        speaker.names.say(triple[0]),
        said.has,
        speaker.names.say(triple[2], triple[0]),
        said.naming,
        tuple(claims) or words,
        rule,
        because,
    )


def _rule(probe: Probe, names: Names, triple: Ground) -> tuple[Words | None, tuple[Fact, ...]]:
    """The first rule that derives a triple from what is there, with that."""
    if triple[1] not in derived():
        return None, ()
    for name, group in conditions(triple):
        solutions = witnesses(probe, group, 1)
        if solutions:
            found = tell(probe, names, witness(probe, group, solutions).facts)
            return Words(*phrases()["rule"][name]), found
    return None, ()


def chain(probe: Probe, names: Names, things: Sequence[Term]) -> tuple[Fact, ...]:
    """What joins two things in the graph at all: what speaks of both, or the steps from one to the other."""
    from cancu.queries.why.links import between

    nodes = [thing for thing in things if isinstance(thing, NamedNode)]
    return tell(probe, names, between(probe, *nodes)) if len(nodes) == 2 else ()
