"""Searching a snapshot: what is found by kind, best first, with the found words marked; where nothing is, what comes nearest.

What has marks is looked for with them, what has none with any: "duong" finds "đường" and "dương", "đường" does not find "dương". Best are
things whose whole name or number was typed, then what is spelled as typed, then what has the marks that were typed, then the rest; within
that, names before titles before other words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

from cancu.graph.dataset import Published
from cancu.graph.search_entries import KINDS
from cancu.queries.search_index import ALL, NAMES, TITLES, Index, Scope, opened
from cancu.queries.search_nearest import Nearest, nearest
from cancu.queries.search_terms import Typed, read_typed
from cancu.queries.snippets import Marker, Segment

SHOWN = 5
"""Things of each kind that a search over all kinds gives."""
SUGGESTED = 8
TITLE_ROOM, SNIPPET_ROOM, SUGGESTION_ROOM = 260, 240, 110
"""Characters of a title, of other words, of a title while somebody types."""

EXACT, MARKS, FOLDED = "exact", "marks", "folded"
_LEVELS = (EXACT, MARKS, FOLDED)


@dataclass(frozen=True)
class Hit:
    """Something found.

    Attributes:
        kind, iri, label, note: see `graph.search_entries.Found`.
        heading: the label in segments, the found words marked.
        plan: a plan it belongs to, or empty.
        title: what it says in short, in segments with the found words marked.
        snippet: other words of it in which something was found, the same way; empty where label and title say all.
        match: "exact" as typed, "marks" with the marks that were typed, "folded" without.
        whole: whether its whole name or number was typed.
        start, end: of a passage, where it stands in its source.
    """

    kind: str
    iri: str
    label: str
    note: str
    plan: str
    heading: tuple[Segment, ...]
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    match: str
    whole: bool
    start: int = 0
    end: int = 0

    def as_json(self) -> dict[str, Any]:
        """As the command and the API print it."""
        is_passage = self.kind == "passage"
        return {
            "kind": self.kind,
            "iri": self.iri,
            "label": self.label,
            "note": self.note,
            "plan": self.plan,
            "title": _segments(self.title),
            "snippet": _segments(self.snippet),
            "match": self.match,
            "whole": self.whole,
            "start": self.start if is_passage else None,
            "end": self.end if is_passage else None,
        }


def _segments(segments: Sequence[Segment]) -> list[dict[str, Any]]:
    return [{"text": text, "found": found} for text, found in segments]


@dataclass(frozen=True)
class Group:
    """The things of one kind: how many there are, and those shown."""

    kind: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Result:
    """What a search gave.

    Attributes:
        typed: what was typed, as read.
        plan: the plan that was asked about, or empty.
        groups: what was found, by kind; kinds are never added up with tiers or with each other's counts.
        best: the one thing whose whole name or number was typed, if it is one thing only.
        named: how many things have what was typed as their whole name.
        begun: whether only words that begin with the last one typed were found.
        nearest: where nothing was found, what comes nearest; `things` are the entries it names.
        elsewhere: where nothing was found in the plan, how much there is in others.
        snapshot: version of the data.
    """

    typed: Typed
    plan: str
    groups: tuple[Group, ...]
    best: Hit | None
    named: int
    begun: bool
    nearest: Nearest | None
    things: tuple[Hit, ...]
    elsewhere: int
    snapshot: str

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All that is shown: first the one that was named, then kind by kind."""
        shown = (hit for group in self.groups for hit in group.hits)
        return tuple(dict.fromkeys((*((self.best,) if self.best else ()), *shown)))

    def as_json(self) -> dict[str, Any]:
        """As the command and the API print it."""
        near = self.nearest
        return {
            "query": self.typed.text,
            "cut": self.typed.cut,
            "plan": self.plan,
            "exact": self.best.as_json() if self.best else None,
            "named": self.named,
            "begun": self.begun,
            "counts": {group.kind: group.total for group in self.groups},
            "groups": [
                {"kind": g.kind, "total": g.total, "hits": [hit.as_json() for hit in g.hits]}
                for g in self.groups
            ],
            "nearest": {
                "queries": list(near.queries),
                "counts": dict(near.counts),
                "words": {word: list(found) for word, found in near.words.items()},
                "things": [hit.as_json() for hit in self.things],
                "elsewhere": self.elsewhere,
            }
            if near
            else None,
            "snapshot": self.snapshot,
        }


@dataclass(frozen=True)
class Asked:
    """What is to be searched.

    Attributes:
        text: as typed.
        plan: address of a plan; empty for all.
        kind: one of KINDS; empty for all.
        shown: how many things of each kind are given, after `skipped` ones.
    """

    text: str
    plan: str = ""
    kind: str = ""
    shown: int = SHOWN
    skipped: int = 0


def search(dataset: Published, asked: Asked) -> Result:
    """What is found in the data.

    Raises:
        GraphError: see `graph.search_elsewhere.open_index_of`.
    """
    typed, begun = read_typed(asked.text), False
    with opened(dataset) as index:
        found = _Search(index, typed, Scope(asked.plan))
        if not found.ids and typed.terms and not index.spellings(typed.tokens[-1]):
            # No word is the last one: perhaps it is the beginning of one; that is said.
            open_ended = _Search(index, read_typed(asked.text, typing=True), Scope(asked.plan))
            found, begun = (open_ended, True) if open_ended.ids else (found, False)
        near = nearest(index, typed, Scope(asked.plan)) if typed.terms and not found.ids else None
        elsewhere = _Search(index, typed, Scope()).ids if near and asked.plan else ()
        return Result(
            typed=typed,
            plan=asked.plan,
            groups=tuple(found.groups(asked)),
            best=next(iter(found.hits(sorted(found.whole))), None)
            if len(found.whole) == 1
            else None,
            named=len(found.whole),
            begun=begun,
            nearest=near,
            things=_things(index, near, found) if near else (),
            elsewhere=len(elsewhere),
            snapshot=dataset.version,
        )


def _things(index: Index, near: Nearest, found: "_Search") -> tuple[Hit, ...]:
    """The best that the first of the near searches finds; where there is none, what has most of the words."""
    if near.queries:
        other = _Search(index, read_typed(near.queries[0]), found.scope)
        return other.hits(other.ranked[:SHOWN])
    return found.hits(near.things)


@dataclass(frozen=True)
class Suggestions:
    """What comes to mind while somebody types: things, or where there are none other searches that find some."""

    text: str
    hits: tuple[Hit, ...]
    queries: tuple[str, ...]


def suggest(dataset: Published, text: str, plan: str = "", shown: int = SUGGESTED) -> Suggestions:
    """The best of all kinds, things before passages of text.

    Raises:
        GraphError: see `graph.search_elsewhere.open_index_of`.
    """
    typed, scope = read_typed(text, typing=True), Scope(plan)
    with opened(dataset) as index:
        found = _Search(index, typed, scope)
        hits = found.hits(found.ranked[: 2 * shown], SUGGESTION_ROOM)
        queries = nearest(index, typed, scope).queries if typed.terms and not hits else ()
    different = {(h.kind, h.label, h.title, h.note, h.plan, h.start): h for h in hits}
    return Suggestions(typed.text, tuple(different.values())[:shown], queries)


class _Search:
    """One search in an index: the entries found, ranked."""

    def __init__(self, index: Index, typed: Typed, scope: Scope) -> None:
        self._index = index
        self._typed = typed
        self.scope = scope
        terms = typed.terms
        self.ids = index.find(terms, scope)
        ids = set(self.ids)
        self.whole = index.named(typed.tokens, scope) & ids if terms else set()
        self._exact = index.exactly(terms) if ids else set()
        self._names = index.in_columns(terms, NAMES) if ids else set()
        self._titles = index.in_columns(terms, TITLES) if ids else set()
        self._order = (
            [index.in_order(typed.tokens, columns) for columns in (NAMES, TITLES, ALL)]
            if ids and len(typed.tokens) > 1
            else [self._names, self._titles, ids]
        )
        self._begun = index.begun_with(typed.tokens) if ids else set()
        self._marked = any(token.marked for token in typed.tokens)
        self.ranked = sorted(ids, key=self._rank)

    def _level(self, number: int) -> str:
        return EXACT if number in self._exact else MARKS if self._marked else FOLDED

    def _rank(self, number: int) -> tuple[object, ...]:
        kind, bm25 = self.ids[number]
        return (
            number not in self.whole,
            _LEVELS.index(self._level(number)),
            self._closeness(number),
            kind == "passage",
            round(bm25, 6),
            number,
        )

    def _closeness(self, number: int) -> int:
        """How near the words stand to each other, and where: in names, in the title, anywhere."""
        names, titles, anywhere = self._order
        places = (self._begun, names, titles, self._names, anywhere, self._titles)
        return next((rank for rank, ids in enumerate(places) if number in ids), len(places))

    def groups(self, asked: Asked) -> Sequence[Group]:
        """What was found, kind by kind; the kind with the best thing first, of equals in the order of KINDS."""
        of_kind: dict[str, list[int]] = {}
        for number in self.ranked:
            of_kind.setdefault(self.ids[number][0], []).append(number)
        last = asked.skipped + asked.shown
        return [
            Group(
                kind,
                len(of_kind[kind]),
                self.hits(of_kind[kind][asked.skipped : last]) if asked.kind in ("", kind) else (),
            )
            for kind in sorted(
                of_kind, key=lambda k: (*self._rank(of_kind[k][0])[:3], KINDS.index(k))
            )
        ]

    def hits(self, numbers: Sequence[int], title_room: int = TITLE_ROOM) -> tuple[Hit, ...]:
        """These entries as they are shown, in their order."""
        rows = self._index.rows(numbers)
        marker = Marker(self._typed.terms, self._index)
        return tuple(self._hit(number, rows[number], marker, title_room) for number in numbers)

    def _hit(self, number: int, row: Row, marker: Marker, title_room: int) -> Hit:
        kind, label, title, note = row["kind"], row["label"], row["title"], row["note"]
        pieces = [
            piece for piece in (*row["names"].split("\n"), *row["words"].split("\n")) if piece
        ]
        if kind == "passage":
            pieces = [" · ".join(pieces)]
            snippet = pieces[0]
        else:
            snippet = marker.best(pieces, marker.covered(label, title, note)) if pieces else ""
        return Hit(
            kind=kind,
            iri=row["iri"],
            label=label,
            note=note,
            plan=row["plan"],
            heading=marker.cut(label, TITLE_ROOM),
            title=marker.cut(title, title_room) if title != label else (),
            snippet=marker.cut(snippet, SNIPPET_ROOM),
            match=self._level(number),
            whole=number in self.whole,
            start=row["start"] if kind == "passage" else 0,
            end=row["end"],
        )


def plain(segments: Sequence[Segment]) -> str:
    """Segments as plain text."""
    return "".join(text for text, _ in segments)
