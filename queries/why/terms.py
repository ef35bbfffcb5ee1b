"""What things and properties are called: from their labels in the data, and from `phrases.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import Literal, NamedNode, Variable

from cancu.ontology.terms import PREFIXES, RDF, XSD
from cancu.queries.catalogue import Words
from cancu.queries.plans import PlanName, plan_names
from cancu.queries.why.pattern import Group, Optional, Path, Term, Triple, Union, Values
from cancu.queries.why.probe import Probe, Solution

_LONGEST, _SHORT = 160, 80
_IRI, _LABEL, _TEXT = Variable("iri"), Variable("label"), Variable("text")
_CLASS, _OWNER = Variable("class"), Variable("owner")


@cache
def phrases() -> Mapping[str, Any]:
    """The table of phrases."""
    text = files("cancu.queries.why").joinpath("phrases.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return found


def iri_of(name: str) -> str:
    """The IRI of a name with a prefix."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@cache
def of_classes(table: str) -> Mapping[str, Words]:
    """Class -> how its things, or its kind, are called, in the order of the table."""
    return {iri_of(name): Words(*pair) for name, pair in phrases()[table].items()}


@dataclass(frozen=True)
class Property:
    """How a property is said: its noun, and what has a value, has it not, has none; {o} is the value."""

    noun: Words
    has: Words
    lacks: Words
    none: Words
    of: str = ""
    naming: bool = False


@cache
def _properties() -> Mapping[str, Property]:
    return {iri_of(name): _property(said) for name, said in phrases()["property"].items()}


def _property(said: Mapping[str, Any]) -> Property:
    noun, has, lacks, none = map(Words, said["vi"], said["en"])
    of = iri_of(said["of"]) if "of" in said else ""
    return Property(noun, has, lacks, none, of, said.get("naming", False))


@cache
def naming() -> frozenset[str]:
    """The properties that only give a name, an order or a place; not the class of a thing."""
    return frozenset(iri for iri, p in _properties().items() if p.naming and iri != RDF.type)


def _by_label(label: Words) -> Property:
    """A property that no phrase is written for."""
    vi, en = label.vi.removeprefix("có "), label.en.removeprefix("has ")
    return Property(
        Words(vi, en),
        Words(f"có “{vi}” là {{o}}", f"has {{o}} as “{en}”"),
        Words(f"không có “{vi}” là {{o}}", f"does not have {{o}} as “{en}”"),
        Words(f"không có “{vi}”", f"has no “{en}”"),
    )


@dataclass
class _Known:
    labels: dict[str, str] = field(default_factory=dict)
    text: str = ""
    classes: set[str] = field(default_factory=set)
    owner: str = ""


@dataclass
class Names:
    """The names of the terms of one explanation, looked up together."""

    probe: Probe
    _terms: dict[str, _Known] = field(default_factory=dict)
    _plans: Mapping[str, PlanName] | None = None

    def learn(self, terms: Iterable[Term | None]) -> None:
        """Look up the names of these terms.

        Raises:
            CannotExplain: the limits of the probe are used up.
        """
        new = {t for t in terms if isinstance(t, NamedNode) and t.value not in self._terms}
        if not new:
            return
        self._terms |= {term.value: _Known() for term in new}
        for row in self.probe.solutions(_naming(sorted(new, key=str)), limit=20 * len(new)):
            self._add(row)

    def _add(self, row: Solution) -> None:
        known = self._terms[row[_IRI].value]
        label, text, kind = row.get(_LABEL), row.get(_TEXT), row.get(_CLASS)
        if isinstance(label, Literal):
            known.labels[label.language or ""] = label.value
        if text is not None:
            known.text = text.value
        if kind is not None:
            known.classes.add(kind.value)
        if _OWNER in row:
            known.owner = row[_OWNER].value

    def say(self, term: Term, within: Term | None = None) -> Words:
        """What a term is called; a part of a thing with the thing, unless the sentence speaks `within` it anyway."""
        if isinstance(term, Literal):
            return _value(term)
        self.learn([term])
        plan = self._plan(term.value)
        if plan:
            return Words(f"kế hoạch {plan.short}", f"plan {plan.short}")
        known = self._terms[term.value]
        pattern = next(
            (words for kind, words in of_classes("thing").items() if kind in known.classes), None
        )
        full = self._label(term.value, known)
        label = Words(_cut(full.vi, _SHORT), _cut(full.en, _SHORT))
        if pattern is None:
            return label
        text = _cut(known.text, _SHORT)
        owner = self._owner(known.owner, within)
        return Words(
            pattern.vi.format(label=label.vi, text=text or label.vi) + owner,
            pattern.en.format(label=label.en, text=text or label.en) + owner,
        )

    def _owner(self, iri: str, within: Term | None) -> str:
        """In brackets, whose a thing is that has no name of its own."""
        if not iri or (within is not None and within.value == iri):
            return ""
        self.learn([NamedNode(iri)])
        known = self._terms[iri]
        name = known.labels.get("", "") or known.text
        return f" ({_cut(name, _SHORT)})" if name else ""

    def _plan(self, iri: str) -> PlanName | None:
        if self._plans is None:
            self._plans = plan_names(self.probe.dataset)
        return self._plans.get(iri)

    def _label(self, iri: str, known: _Known) -> Words:
        labels = known.labels
        plain = labels.get("") or (f"“{_cut(known.text)}”" if known.text else _tail(iri))
        return Words(labels.get("vi", plain), labels.get("en") or labels.get("vi", plain))

    def property(self, predicate: NamedNode) -> Property:
        """How a property is said."""
        found = _properties().get(predicate.value)
        if found:
            return found
        self.learn([predicate])
        return _by_label(self._label(predicate.value, self._terms[predicate.value]))

    def kind(self, classes: Iterable[str]) -> Words:
        """What a thing of these classes is called where it has no name of its own."""
        listed = set(classes)
        kinds = of_classes("kind")
        return next((kinds[c] for c in kinds if c in listed), Words("mục", "thing"))

    def classes(self, term: Term) -> set[str]:
        """The classes of a term."""
        self.learn([term])
        return self._terms[term.value].classes if isinstance(term, NamedNode) else set()


def _naming(terms: list[NamedNode]) -> Group:
    label = [
        Group((Triple(3 + i, _IRI, NamedNode(iri_of(name)), _LABEL),))
        for i, name in enumerate(("rdfs:label", "skos:prefLabel"))
    ]
    return Group(
        (
            Values(1, (_IRI,), tuple((term,) for term in terms)),
            Optional(2, Group((Union(5, tuple(label)),))),
            Optional(6, Group((Triple(7, _IRI, NamedNode(iri_of("cancu:statedText")), _TEXT),))),
            Optional(10, Group((Triple(11, _OWNER, _owning(), _IRI),))),
            Optional(8, Group((Triple(9, _IRI, NamedNode(RDF.type), _CLASS),))),
        )
    )


@cache
def _owning() -> Path:
    """The properties whose objects are parts of their subjects."""
    names = [name for name, said in phrases()["property"].items() if said.get("part")]
    return Path("choice", parts=tuple(Path("step", NamedNode(iri_of(name))) for name in names))


def _value(literal: Literal) -> Words:
    """A value as people write it."""
    text = literal.value
    if literal.datatype.value == XSD.date and text.count("-") == 2:
        year, month, day = text.split("-")
        return Words(f"{day}/{month}/{year}", f"{day}/{month}/{year}")
    if literal.datatype.value in (XSD.string, f"{RDF.NS}langString"):
        return Words(f"“{_cut(text)}”", f"“{_cut(text)}”")
    return Words(text, text)


def _cut(text: str, length: int = _LONGEST) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + "…"


def _tail(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and "/" not in iri.removeprefix(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri.rstrip("/").rsplit("/", 1)[-1]
