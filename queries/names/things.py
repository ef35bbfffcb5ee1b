"""What a dataset holds that can be named: documents, bodies, groups, tasks and plans, each with its names, read once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from cancu.graph.dataset import Dataset, Row
from cancu.ontology.iri import parse, slug
from cancu.ontology.terms import PREFIXES
from cancu.queries.names.bodies import (
    DROPPED,
    body_forms,
    group_fillers,
    group_forms,
    words_of,
)
from cancu.queries.names.places import Place, read_places
from cancu.queries.names.typed import Token, agrees, plain
from cancu.queries.plans import PlanName, plan_names

QUERIES: Mapping[str, str] = {
    "document": """SELECT ?iri ?label ?name WHERE { ?iri a eli:LegalResource ; eli:type_document ?kind ; rdfs:label ?label .
        FILTER NOT EXISTS { ?iri a prov:Plan }
        { ?iri rdfs:label ?name } UNION { ?iri eli:number ?name } UNION { ?iri dcterms:title ?name } }""",
    "agency": """SELECT ?iri ?label ?name WHERE { ?iri a cv:PublicOrganisation ; rdfs:label ?label .
        { ?iri skos:prefLabel ?name } UNION { ?iri skos:altLabel ?name } UNION { ?iri skos:hiddenLabel ?name } }""",
    "group": "SELECT ?iri ?label ?name WHERE { ?iri a cancu:AgencyGroup ; rdfs:label ?label, ?name }",
    "task": "SELECT ?iri ?label ?name WHERE { ?iri a cancu:Task ; rdfs:label ?label ; dcterms:identifier ?name }",
    "plan": """SELECT ?iri ?label ?name WHERE { ?iri a prov:Plan ; rdfs:label ?label .
        { ?iri rdfs:label ?name } UNION { ?iri dcterms:title ?name } }""",
}
"""For each kind of thing, the query that lists its addresses, labels and names."""


HEAD = 3
"""Letters that the words of a name are known by to begin one."""


class Bag:
    """The words of some texts, to see whether a typed word is one of them."""

    def __init__(self, *texts: str) -> None:
        self.words = frozenset(word for text in texts for word in words_of(text))
        self._plain = frozenset(map(plain, self.words))

    def has(self, word: str) -> bool:
        """Whether a typed word is one of them, with its marks or without any."""
        return word in self.words or (word.isascii() and word in self._plain)


@lru_cache(maxsize=2048)
def bag_of(*texts: str) -> Bag:
    """The words of these texts."""
    return Bag(*texts)


@dataclass(frozen=True)
class Thing:
    """A thing of the graph and what it is called.

    Attributes:
        kind: "document", "agency", "group", "task" or "plan".
        iri: its address.
        label: its name in full.
        names: the label and other names and numbers.
        where: what tells it from others of its name: a task's plan, a body's place, a document's year; may be empty.
        bag: the words that may follow the name to say which one is meant.
    """

    kind: str
    iri: str
    label: str
    names: tuple[str, ...] = field(compare=False)
    where: str = field(compare=False)
    bag: Bag = field(compare=False, repr=False)

    @property
    def told(self) -> str:
        """The label with what tells it from others."""
        return f"{self.label} ({self.where})" if self.where else self.label


@dataclass(frozen=True, slots=True)
class Form:
    """A way to type a name: the words run together, and how near it is to the name (see `bodies`)."""

    thing: Thing
    text: str
    rank: int

    def fits(self, words: Sequence[str]) -> bool:
        """Whether typed words, which are the same without marks, have no other marks."""
        return agree(words, self.text)


def agree(words: Iterable[str], text: str) -> bool:
    """Whether each typed word is, with its marks or without any, what stands in its place in a text run together."""
    at = 0
    for word in words:
        if not agrees(word, text[at : at + len(word)]):
            return False
        at += len(word)
    return True


class Index:
    """The things of a dataset by what they are called."""

    def __init__(self, rows: Mapping[str, Sequence[Row]], plans: Mapping[str, PlanName]) -> None:
        self._rows = rows
        self.plans = plans
        self._things: dict[str, tuple[Thing, ...]] = {}
        self._forms: dict[str, Mapping[str, Sequence[Form]]] = {}
        self._heads: dict[str, frozenset[str]] = {}

    def things(self, kind: str) -> tuple[Thing, ...]:
        """All things of a kind."""
        if kind not in self._things:
            names: dict[tuple[str, str], list[str]] = defaultdict(list)
            for row in self._rows[kind]:
                names[str(row["iri"]), str(row["label"])].append(str(row["name"]))
            self._things[kind] = tuple(
                self._thing(kind, iri, label, each) for (iri, label), each in sorted(names.items())
            )
        return self._things[kind]

    def forms(self, kind: str) -> Mapping[str, Sequence[Form]]:
        """The forms of the names of all bodies ("agency") or groups, by their letters without marks."""
        if kind not in self._forms:
            found: dict[str, list[Form]] = defaultdict(list)
            for thing in self.things(kind):
                for text, rank in _forms_of(thing).items():
                    found[plain(text)].append(Form(thing, text, rank))
            self._forms[kind] = found
        return self._forms[kind]

    def heads(self, kind: str) -> frozenset[str]:
        """The first letters of all forms of a kind."""
        if kind not in self._heads:
            self._heads[kind] = frozenset(key[:HEAD] for key in self.forms(kind))
        return self._heads[kind]

    @cached_property
    def longest(self) -> int:
        """Letters of the longest form of the name of a body or group."""
        return max(
            (len(key) for kind in ("agency", "group") for key in self.forms(kind)), default=0
        )

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Part of an address -> the place that it stands for."""
        bodies = ((parse(str(row["iri"])), str(row["name"])) for row in self._rows["agency"])
        return read_places(
            (plan.place for plan in self.plans.values()),
            [
                *((slug(plan.place), plan.title) for plan in self.plans.values()),
                *((body.fields["place"], name) for body, name in bodies if body),
            ],
        )

    def place_of(self, iri: str) -> Place:
        """The place that an address names."""
        address = parse(iri)
        place = address.fields.get("place", "") if address else ""
        return self.places.get(place, Place(place))

    def plan_of(self, iri: str) -> PlanName | None:
        """The plan that a task, row or duty belongs to."""
        for mark in ("/nhiem-vu/", "/phu-luc-"):
            if mark in iri:
                return self.plans.get(iri.split(mark)[0])
        return self._decisions.get(iri.split("/dieu-")[0])

    @cached_property
    def _decisions(self) -> Mapping[str, PlanName]:
        return {plan.decision: plan for plan in self.plans.values() if plan.decision}

    def _thing(self, kind: str, iri: str, label: str, names: list[str]) -> Thing:
        where, said = {
            "plan": self._of_plan,
            "task": self._of_task,
            "agency": self._of_agency,
            "group": self._of_group,
            "document": self._of_document,
        }[kind](iri)
        plan = self.plans.get(iri) if kind == "plan" else None
        if plan:
            names += [n for n in (plan.slug, plan.short, plan.number, plan.decision) if n]
        return Thing(kind, iri, label, tuple(dict.fromkeys([label, *names])), where, bag_of(*said))

    def _of_plan(self, iri: str) -> tuple[str, tuple[str, ...]]:
        plan = self.plans.get(iri)
        return (plan.short, self._said_of(plan)) if plan else ("", ())

    def _of_task(self, iri: str) -> tuple[str, tuple[str, ...]]:
        plan = self.plan_of(iri)
        return (plan.short, self._said_of(plan)) if plan else ("", ())

    def _of_agency(self, iri: str) -> tuple[str, tuple[str, ...]]:
        place = self.place_of(iri)
        return place.name, place.words

    def _of_group(self, iri: str) -> tuple[str, tuple[str, ...]]:
        """A group of one task has the task's number, others their place."""
        address, place = parse(iri), self.place_of(iri)
        if address is None or "row" not in address.fields:
            return place.name, place.words
        fields = address.fields
        for plan in self._plans_by_key.get((fields["place"], fields["plan_key"]), ()):
            task = self._task_of(plan, fields["row"])
            if task:
                return f"{task} · {plan.short}", (task, *self._said_of(plan))
        return place.name, place.words

    def _of_document(self, iri: str) -> tuple[str, tuple[str, ...]]:
        address = parse(iri)
        year = address.fields.get("year", "") if address else ""
        return (year, (year,)) if year.isdigit() else ("", ())

    @cached_property
    def _plans_by_key(self) -> Mapping[tuple[str, str], Sequence[PlanName]]:
        found: dict[tuple[str, str], list[PlanName]] = defaultdict(list)
        for plan in self.plans.values():
            address = parse(plan.iri)
            if address:
                found[address.fields["place"], address.fields["key"]].append(plan)
        return found

    def _task_of(self, plan: PlanName, row: str) -> str:
        """The number of a plan's task, of which a part of a group's address is known: "II.6" of "ii-6"."""
        article, _, clause = row.removeprefix("dieu-").partition("-")
        duty = f"{plan.decision}/dieu-{article}" + (f"/khoan-{clause}" if clause else "")
        return self._numbers.get(f"{plan.iri}/nhiem-vu/{row}") or self._numbers.get(duty, "")

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        return {str(row["iri"]): str(row["name"]) for row in self._rows["task"]}

    def _said_of(self, plan: PlanName) -> tuple[str, ...]:
        """The texts in whose words a plan may be typed."""
        return (plan.short, plan.slug, plan.label, *self.place_of(plan.iri).words)


def read_index(dataset: Dataset) -> Index:
    """The names of a dataset."""
    rows = {kind: dataset.select(with_prefixes(query)).rows for kind, query in QUERIES.items()}
    return Index(rows, plan_names(dataset))


@cache
def dropped_of(kind: str) -> frozenset[str]:
    """Typed words that make no difference to a name of this kind."""
    return DROPPED | group_fillers() if kind == "group" else DROPPED


def key_of(words: Iterable[Token], kind: str) -> tuple[str, tuple[str, ...]]:
    """What typed words are looked up by among the forms of a kind, and the words that count."""
    dropped = dropped_of(kind)
    kept = [word for word in words if word.text not in dropped]
    return "".join(word.plain for word in kept), tuple(word.text for word in kept)


def with_prefixes(query: str) -> str:
    """A query with the prefixes that it uses."""
    return "\n".join(
        [*(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in query), query]
    )


def _forms_of(thing: Thing) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in thing.names:
        forms = body_forms(name, thing.where) if thing.kind == "agency" else group_forms(name)
        for text, rank in forms.items():
            found[text] = min(rank, found.get(text, rank))
    return found
