"""Which things of a dataset a whole value may mean, and what comes close to one that means nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property

from rapidfuzz import fuzz, process

from cancu.graph.dataset import Dataset
from cancu.ontology.iri import BASE
from cancu.queries.kept import once
from cancu.queries.names.bodies import DROPPED, words_of
from cancu.queries.names.contents import Contents
from cancu.queries.names.numbers import Numbers, kind_at
from cancu.queries.names.patterns import load
from cancu.queries.names.rows import Rows, row_at
from cancu.queries.names.things import Bag, Form, Index, Thing, agree, key_of, read_index
from cancu.queries.names.titles import Titles, find_plans
from cancu.queries.names.typed import Token, Typed, plain, read_typed

NEAREST = 5
_CLOSE = 60
"""How alike, of 100, a name must be to be offered."""

_LONGEST = 100
"""Words of a value; a longer one is no name."""

_LONGEST_NEAR = 300
_SHORT = 4
"""Letters of a part of a value that says nothing by itself."""


class Lookup:
    """The names of a dataset, ready to be looked up."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._near: dict[str, tuple[list[str], list[Thing]]] = {}
        self._choices: dict[str, dict[Thing, str]] = {}
        self._counted: dict[str, Counter[str]] = {}

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of documents."""
        return Numbers(self.index.things("document"), self.index.things("agency"))

    @cached_property
    def rows(self) -> Rows:
        """The numbers of tasks."""
        return Rows(self.index.things("task"))

    @cached_property
    def contents(self) -> Contents:
        """What tasks are about."""
        return Contents(self.index.things("task"))

    @cached_property
    def titles(self) -> Titles:
        """The titles of documents."""
        return Titles(self.index.things("document"))

    @cached_property
    def plan_titles(self) -> Titles:
        """The titles of plans."""
        return Titles(self.index.things("plan"))

    @cached_property
    def plan_places(self) -> frozenset[tuple[str, ...]]:
        """The words of the names of the places of plans."""
        plans = self.index.things("plan")
        return frozenset(words_of(self.index.place_of(plan.iri).name) for plan in plans)

    @cached_property
    def plan_words(self) -> Bag:
        """The words that may follow "kế hoạch" and say of which place: of places themselves, "của", "năm" and the like."""
        plans = self.index.things("plan")
        places = [text for plan in plans for text in self.index.place_of(plan.iri).words]
        return Bag(*places, *load("titles")["plans"]["ignored"])

    def find(self, kind: str, value: str) -> list[Thing]:
        """All things of a kind that a value may mean: by address, number, name or a short form of it.

        Of names typed in full or with common abbreviations and of those cut short the first count, if there are any;
        likewise those that have exactly the marks that were typed.
        """
        iri = value.strip()
        if iri.startswith(BASE):
            return [t for t in self.index.things(kind) if iri == t.iri or iri in t.names]
        typed = read_typed(value)
        if not typed.tokens or len(typed.tokens) > _LONGEST:
            return []
        found = list(dict.fromkeys(_FINDERS[kind](self, typed)))
        # What was offered as telling one thing from others does so.
        told = [thing for thing in found if words_of(thing.told) == words_of(value)]
        return told or found

    def nearest(self, kind: str, value: str) -> list[str]:
        """What comes close to a value that means nothing, the closest first, as it may be typed."""
        typed = read_typed(value[:_LONGEST_NEAR])
        texts, things = self._near_of(kind)
        wanted = _spaced(typed.shape)
        found = list(_almost(self, kind, typed))
        if wanted:
            close = [
                hit
                for scorer in (fuzz.ratio, fuzz.token_set_ratio)
                for hit in process.extract(
                    wanted, texts, scorer=scorer, limit=4 * NEAREST, score_cutoff=_CLOSE
                )
            ]
            # Of those that are as close, the one of about the same length.
            close.sort(key=lambda hit: (-hit[1], abs(len(hit[0]) - len(wanted))))
            found += [things[place] for _, _, place in close]
        return list(dict.fromkeys(self.choice(thing) for thing in found))[:NEAREST]

    def choice(self, thing: Thing) -> str:
        """What to type for a thing: its label, with what tells it from others where the label may mean several."""
        known = self._choices.setdefault(thing.kind, {})
        if thing not in known:
            # Finding all of hundreds that have one label, for each of them, would take minutes.
            alone = self._labels(thing.kind)[thing.label] == 1
            sure = alone and self.find(thing.kind, thing.label) == [thing]
            known[thing] = thing.label if sure else thing.told
        return known[thing]

    def _labels(self, kind: str) -> Counter[str]:
        """Label -> how many things of a kind have it."""
        if kind not in self._counted:
            self._counted[kind] = Counter(thing.label for thing in self.index.things(kind))
        return self._counted[kind]

    def _near_of(self, kind: str) -> tuple[list[str], list[Thing]]:
        if kind not in self._near:
            pairs = {
                (_spaced(read_typed(name).shape), thing)
                for thing in self.index.things(kind)
                for name in thing.names
                if not name.startswith("https:")
            }
            ordered = sorted(pairs, key=lambda pair: (pair[0], pair[1].iri))
            self._near[kind] = [text for text, _ in ordered], [thing for _, thing in ordered]
        return self._near[kind]


@once
def lookup_of(dataset: Dataset) -> Lookup:
    """The names of a dataset; they are read the first time."""
    return Lookup(read_index(dataset))


def forms_of(lookup: Lookup, kind: str, words: Sequence[Token]) -> list[Form]:
    """The forms of names of bodies or groups that these words are."""
    key, kept = key_of(words, kind)
    return [form for form in lookup.index.forms(kind).get(key, ()) if form.fits(kept)]


def tells(words: Sequence[Token], bag: Bag) -> bool:
    """Whether words after a name only say which one is meant: "thành phố Chí Linh", "của Sầm Sơn"; so do none."""
    said = [word for word in words if word.text not in _between() | DROPPED]
    return bool(said or not words) and all(bag.has(word.text) for word in said)


def best(forms: Sequence[tuple[Form, bool]]) -> list[Thing]:
    """The things whose forms are nearest to their names, of these those with exactly the marks typed."""
    if not forms:
        return []
    rank = min(form.rank for form, _ in forms)
    nearest = [(form, exact) for form, exact in forms if form.rank == rank]
    return [form.thing for form, exact in nearest if exact] or [form.thing for form, _ in nearest]


def _find_document(lookup: Lookup, typed: Typed) -> Iterator[Thing]:
    tokens = typed.tokens
    asked = lookup.numbers.read(typed, tokens[0].start)
    whole = asked and asked.end >= tokens[-1].end
    if asked and (whole or asked.sure):
        yield from lookup.numbers.find(asked) if whole else ()
        return
    kind = kind_at(typed, tokens[0].start)
    words = tuple(t.text for t in tokens if t.start >= (kind[1] if kind else 0))
    found = lookup.titles.find(words_of(" ".join(words)), kind[0]) if kind else []
    yield from found or lookup.titles.find(_words(tokens), frozenset())


def _find_plan(lookup: Lookup, typed: Typed) -> Iterator[Thing]:
    plans, words = lookup.index.things("plan"), _words(typed.tokens)
    named = [plan for plan in plans if any(_is_name(words, name) for name in plan.names)]
    asked = lookup.numbers.read(typed, typed.tokens[0].start)
    if not named and asked and asked.end >= typed.tokens[-1].end:
        decisions = {document.iri for document in lookup.numbers.find(asked)}
        named = [plan for plan in plans if decisions & set(plan.names)]
    yield from named or find_plans(words, plans)


def _find_task(lookup: Lookup, typed: Typed) -> Iterator[Thing]:
    tokens = typed.tokens
    row = row_at(typed, tokens[0].start, loose=True)
    by_key = lookup.rows.find(row) if row else []
    named = [
        thing
        for place, token in enumerate(tokens)
        for thing in lookup.rows.named(typed.shape[tokens[0].start : token.end])
        if tells(tokens[place + 1 :], thing.bag)
    ]
    rest = tokens[typed.ends.get(row.end, len(tokens)) :] if row else ()
    numbered = named or [thing for thing in by_key if tells(rest, thing.bag)]
    yield from numbered or (() if row else lookup.contents.find(tokens))


def _find_agency(lookup: Lookup, typed: Typed) -> Iterator[Thing]:
    yield from best(list(_forms(lookup, "agency", typed.tokens)))


def _find_group(lookup: Lookup, typed: Typed) -> Iterator[Thing]:
    found = best(list(_forms(lookup, "group", typed.tokens)))
    _, words = key_of(typed.tokens, "group")
    if not found and len(words) > 1:
        found = [t for t in lookup.index.things("group") if all(map(Bag(t.label).has, words))]
    yield from found


_FINDERS: dict[str, Callable[[Lookup, Typed], Iterator[Thing]]] = {
    "document": _find_document,
    "agency": _find_agency,
    "group": _find_group,
    "task": _find_task,
    "plan": _find_plan,
}


def _forms(lookup: Lookup, kind: str, tokens: Sequence[Token]) -> Iterator[tuple[Form, bool]]:
    """The forms of names that words begin with, where the rest tells which is meant; and whether the marks are the same."""
    for end in range(len(tokens), 0, -1):
        for form in forms_of(lookup, kind, tokens[:end]):
            if tells(tokens[end:], form.thing.bag):
                yield form, "".join(key_of(tokens[:end], kind)[1]) == form.text


def _almost(lookup: Lookup, kind: str, typed: Typed) -> Iterator[Thing]:
    """What a value would mean with other marks, or without its first or last words; documents of the same number."""
    if kind == "document":
        yield from lookup.numbers.of_number(typed)
    if kind not in ("agency", "group"):
        return
    tokens = typed.tokens[:_LONGEST]
    parts = [tokens, *(tokens[at:] for at in range(1, len(tokens)))]
    parts += [tokens[:at] for at in range(len(tokens) - 1, 0, -1)]
    for part in parts:
        forms = lookup.index.forms(kind).get(key_of(part, kind)[0], ())
        yield from (form.thing for form in forms if len(form.text) > _SHORT)


def _words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return words_of(" ".join(token.text for token in tokens))


def _is_name(words: tuple[str, ...], name: str) -> bool:
    named = words_of(name)
    return plain("".join(words)) == plain("".join(named)) and agree(words, "".join(named))


def _spaced(shape: str) -> str:
    return " ".join(token.plain for token in read_typed(shape).tokens)


@cache
def _between() -> frozenset[str]:
    words = {word for text in load("bodies")["between"]["words"] for word in words_of(text)}
    return frozenset(words | {plain(word) for word in words})
