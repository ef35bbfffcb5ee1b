"""The data as pages read it: one snapshot for a whole request, and the holders that notice a new one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Protocol, TypeVar

from pyoxigraph import Literal, NamedNode

from cancu.graph.dataset import Embedded, Published, Row
from cancu.graph.endpoint import Endpoint
from cancu.graph.errors import DamagedSnapshot, EndpointError, OnlyHere
from cancu.graph.faults import away
from cancu.graph.parts import version_graphs
from cancu.graph.remote import Remote, version_at
from cancu.graph.snapshot import Entry, Manifest, Snapshot, current, store_is_sound
from cancu.ontology.iri import BASE, concept_iri
from cancu.ontology.terms import GRAPHS, XSD
from cancu.queries.answer import Answer, ask
from cancu.queries.pages import page_query
from cancu.queries.parameters import choices
from cancu.queries.plans import PlanName, plan_names
from cancu.web.collation import sort_key
from cancu.web.evidence import Evidence, read_evidence
from cancu.web.law import (
    Force,
    Lean,
    Step,
    Verdict,
    force_of,
    read_leaning,
    read_steps,
    read_verdicts,
)
from cancu.web.lines import Line, read_lines
from cancu.web.networks import Networks
from cancu.web.words import Place, grouped, quote_of

T = TypeVar("T")

GRAPHS_OF_ALL = (
    GRAPHS.ban_the_hoc,
    GRAPHS.danh_muc,
    GRAPHS.so_bo,
    GRAPHS.so_bo_khang_dinh,
)
"""The graphs that every document is read with."""

LOOK_SECONDS, AWAY_SECONDS = 5.0, 1.0
"""How old what we know of an engine elsewhere may be: while it answers, and while it does not."""

ANSWERS_KEPT = 12
"""How many answers that pages are made of are kept."""

OFFERED = 300
"""How many names are offered where one is typed: a page with more takes seconds and says nothing."""

DAYS_KEPT = 16
"""How many days' force of all documents is kept."""


@dataclass(frozen=True)
class Names:
    """The names of a concept or term in both languages, and its code."""

    vi: str
    en: str
    notation: str = ""

    def say(self, language: str) -> str:
        """The name in `language`."""
        return (self.en or self.vi) if language == "en" else self.vi


@dataclass(frozen=True, order=True)
class Said:
    """Words said of a thing, and where they stand."""

    subject: str
    places: tuple[Place, ...]


class Reading:
    """One snapshot, with what many pages need read once."""

    def __init__(self, dataset: Published) -> None:
        self.dataset = dataset
        self._choices: dict[str, list[str]] = {}
        self._force: dict[str, Mapping[str, Force]] = {}
        self._answers: dict[tuple[object, ...], Answer] = {}
        self._kept: dict[str, Any] = {}
        self._about: dict[str, Mapping[str, tuple[Said, ...]]] = {}
        self._quotes: dict[str, Mapping[str, tuple[Said, ...]]] = {}
        self._descriptions: dict[tuple[str, str, str], bytes] = {}

    def version(self, entry: Entry) -> "Reading":
        """A version that another replaced, read by itself: its own graphs and what all share."""
        return Reading(self.dataset.only((*GRAPHS_OF_ALL, *version_graphs(entry).values())))

    @property
    def manifest(self) -> Manifest:
        """What the snapshot holds."""
        return self.dataset.manifest

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot on this machine, for what works on its files.

        Raises:
            OnlyHere: the data is read from an engine elsewhere.
        """
        if isinstance(self.dataset, Embedded):
            return self.dataset.snapshot
        raise OnlyHere.for_this("chức năng này", "such function")

    @cached_property
    def plan_names(self) -> Mapping[str, PlanName]:
        """The plans by address, with what they are called."""
        return plan_names(self.dataset)

    def rows(self, name: str, **asked: str) -> tuple[Row, ...]:
        """The rows of a page query; `task="…"` binds ?task_asked to that IRI."""
        bound = {f"{variable}_asked": NamedNode(iri) for variable, iri in asked.items()}
        return self.dataset.select(page_query(name), bound).rows

    def ask(self, code: str, values: Mapping[str, str]) -> tuple[Row, ...]:
        """The rows that answer a question: all there are.

        Raises:
            QueryError: see `queries.answer.ask`.
        """
        return self.answer(code, values).every

    def answer(self, code: str, values: Mapping[str, str]) -> Answer:
        """The answer to a question; the last few that were asked are kept.

        Raises:
            QueryError: see `queries.answer.ask`.
        """
        key = (code, *sorted(values.items()))
        found = self._answers.get(key)
        if found is None:
            found = ask(code, values, self.dataset)
            kept = list(self._answers.items())[-(ANSWERS_KEPT - 1) :]
            self._answers = {**dict(kept), key: found}
        return found

    def kept(self, name: str, read: Callable[[], T]) -> T:
        """What `read` finds, looked for only the first time."""
        if name not in self._kept:
            self._kept[name] = read()
        found: T = self._kept[name]
        return found

    def force(self, day: str) -> Mapping[str, Force]:
        """Document -> its force on an ISO day; the last few days asked are kept."""
        found = self._force.get(day)
        if found is None:
            bound = {"date_asked": Literal(day, datatype=NamedNode(XSD.date))}
            found = force_of(self.dataset.select(page_query("force"), bound).rows)
            kept = list(self._force.items())[-(DAYS_KEPT - 1) :]
            self._force = {**dict(kept), day: found}
        return found

    def choices(self, kind: str, plan: str = "") -> list[str]:
        """What a parameter of this type may be, in Vietnamese order; with a plan, the tasks are its own. Nothing where that
        would be a list that nobody reads.
        """
        key = f"{kind} {plan}"
        if key not in self._choices:
            found = choices(kind, self.dataset, plan or None, OFFERED)
            self._choices[key] = sorted(found, key=sort_key)
        return self._choices[key]

    @cached_property
    def concepts(self) -> Mapping[str, Names]:
        """Concepts by IRI."""
        codes = {str(r["concept_iri"]): str(r["notation"]) for r in self.rows("concepts")}
        return {
            iri: Names(names.get("vi", ""), names.get("en", ""), codes[iri])
            for iri, names in _named(self.rows("concepts"), "concept_iri").items()
        }

    @cached_property
    def terms(self) -> Mapping[str, Names]:
        """Classes and properties by IRI."""
        found = _named(self.rows("terms"), "term_iri")
        return {iri: Names(n.get("vi", ""), n.get("en", "")) for iri, n in found.items()}

    @cached_property
    def codes(self) -> Mapping[tuple[str, str], str]:
        """(scheme, code) -> IRI of the concept: ("vai-tro", "lead")."""
        found = {}
        for row in self.rows("concepts"):
            scheme = str(row["scheme_iri"]).rsplit("/", 1)[-1]
            found[scheme, str(row["notation"])] = str(row["concept_iri"])
        return found

    @cached_property
    def quotes(self) -> Mapping[str, tuple[Said, ...]]:
        """Stated words -> who says them where."""
        return _said(self.rows("quotes"))

    @cached_property
    def evidence(self) -> Evidence:
        """The words behind claims, tasks and references."""
        return read_evidence(self.rows("evidence"))

    @cached_property
    def members(self) -> frozenset[str]:
        """The labels of the bodies that belong to some group."""
        return frozenset(str(row["label"]) for row in self.rows("members"))

    @cached_property
    def open_groups(self) -> frozenset[str]:
        """The groups that may hold bodies nobody has named."""
        return frozenset(str(row["group_iri"]) for row in self.rows("open_groups"))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every task and row, in reading order."""
        return read_lines(self)

    @cached_property
    def line_of(self) -> Mapping[str, Line]:
        """The line with an address."""
        return {line.iri: line for line in self.lines}

    @cached_property
    def lines_of(self) -> Mapping[str, Sequence[Line]]:
        """The lines of each plan, in reading order."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.plan].append(line)
        return found

    @cached_property
    def networks(self) -> Networks:
        """The coordination network in its views, with the pictures made of it."""
        return Networks(self.dataset)

    @cached_property
    def sides(self) -> Mapping[str, tuple[str, str, str]]:
        """Span of a document -> the words before it, its own, those after it."""
        return {
            str(row["span_iri"]): (
                str(row["prefix"] or ""),
                str(row["exact"]),
                str(row["suffix"] or ""),
            )
            for row in self.rows("sides")
        }

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step from one document to another."""
        return read_steps(self.rows("chains"))

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[Verdict, ...]]:
        """Claim -> what people have said of it, the oldest first."""
        return read_verdicts(self.rows("reviews"))

    @cached_property
    def leaning(self) -> tuple[Lean, ...]:
        """Which tasks lean on which document, by tier."""
        return read_leaning(self.rows("leaning"))

    @cached_property
    def leaning_on(self) -> Mapping[str, Sequence[Lean]]:
        """Document -> what leans on it."""
        found: dict[str, list[Lean]] = defaultdict(list)
        for lean in self.leaning:
            found[lean.document.iri].append(lean)
        return found

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Line -> its place in reading order."""
        return {line.iri: place for place, line in enumerate(self.lines)}

    @cached_property
    def plans(self) -> tuple[Row, ...]:
        """The plans with their decisions."""
        return self.rows("plans")

    def places(
        self, words: object, subjects: Collection[str], plan: object = None
    ) -> tuple[Place, ...]:
        """Where words stand that are said of one of these things: in the source of the plan, if it says them."""
        if not words:
            return ()
        if len(subjects) == 1 and len(self.plans) > 1:
            own = self._said_of(next(iter(subjects)), str(words), self.sources.get(str(plan), ""))
            if own:
                return own
        said = self._quotes_of(plan).get(str(words)) or self.quotes.get(str(words), ())
        mine = next((one.places for one in said if one.subject in subjects), None)
        return mine if mine is not None else said[0].places if said else ()

    def _said_of(self, subject: str, words: str, source: str) -> tuple[Place, ...]:
        """Where a source says words of a thing; asked for the thing alone, since a list may be of hundreds of plans."""
        if not subject.startswith(BASE):
            return ()
        if subject not in self._about:
            rows = self.rows("quotes_about", subject=subject)
            self._about[subject] = _said({**row, "subject_iri": subject} for row in rows)
        said = self._about[subject].get(words, ())
        there = (tuple(p for p in one.places if p.source == source) for one in said)
        return min(filter(None, there), default=())

    def _quotes_of(self, plan: object) -> Mapping[str, tuple[Said, ...]]:
        """Stated words -> who says them where, in the source of a plan; nothing where it has none."""
        source = self.sources.get(str(plan), "")
        if source not in self._quotes:
            rows = self.rows("quotes_of", source=f"{_SOURCE}{source}") if source else ()
            self._quotes[source] = _said(_owned(rows))
        return self._quotes[source]

    def service_description(self, base: str, media_type: str) -> bytes:
        """What the SPARQL service below `base` is."""
        return self._described("service", base, media_type)

    def dataset_description(self, base: str, media_type: str) -> bytes:
        """What the data served below `base` are."""
        return self._described("dataset", base, media_type)

    def _described(self, what: str, base: str, media_type: str) -> bytes:
        from cancu.queries.describe import describe_dataset, describe_service, write

        key = (what, base, media_type)
        if key not in self._descriptions:
            graph = (
                describe_service(self.dataset, base)
                if what == "service"
                else describe_dataset(
                    self.dataset, self.manifest, base, dump=isinstance(self.dataset, Embedded)
                )
            )
            kept = list(self._descriptions.items())[-7:]
            self._descriptions = {**dict(kept), key: write(graph, media_type)}
        return self._descriptions[key]

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Plan -> the key of its source."""
        return {
            str(row["plan_iri"]): str(row["source_iri"]).rsplit("/", 1)[-1]
            for row in self.plans
            if row["source_iri"]
        }

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The label of every document, body, group, task and row by IRI."""
        named = {str(row["iri"]): str(row["label"]) for row in self.rows("labels")}
        return {**named, **{line.iri: line.code for line in self.lines}}

    @cached_property
    def labelled(self) -> Mapping[str, str]:
        """Label -> IRI, where only one thing has the label."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri, label in self.labels.items():
            found[label].add(iri)
        return {label: min(iris) for label, iris in found.items() if len(iris) == 1}

    def code(self, iri: object) -> str:
        """The code of a concept ("lead"), or nothing."""
        names = self.concepts.get(str(iri))
        return names.notation if names else ""

    def name(self, iri: object, language: str) -> str:
        """The name of a concept or term; its IRI if it has none."""
        names = self.concepts.get(str(iri)) or self.terms.get(str(iri))
        return names.say(language) if names else str(iri or "")

    def code_name(self, scheme: str, code: str, language: str) -> str:
        """The name of the concept with this code; the code if there is none."""
        iri = self.codes.get((scheme, code)) or concept_iri(scheme, code)
        names = self.concepts.get(iri)
        return names.say(language) if names else code


_SOURCE = f"{BASE}id/nguon/"
_OWNERS = ("claimed_iri", "party_of_iri", "limit_of_iri", "product_of_iri", "reference_of_iri")


def _owned(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of the page query `quotes_of` as those of `quotes`: one for each thing that has the fact, or is it."""
    for row in rows:
        owners = [row[name] for name in _OWNERS if row[name]]
        for owner in (*owners, *([row["fact_iri"]] if row["class_iri"] else ())):
            yield {**row, "subject_iri": owner}


def _said(rows: Iterable[Row]) -> Mapping[str, tuple[Said, ...]]:
    """Stated words -> who says them where."""
    found: dict[str, list[Said]] = defaultdict(list)
    for same in grouped(rows, "fact_iri", "words"):
        quote = quote_of(same)
        found[quote.text].append(Said(str(same[0]["subject_iri"]), quote.places))
    return {words: tuple(sorted(said)) for words, said in found.items()}


def _named(rows: tuple[Row, ...], key: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        found[str(row[key])][str(row["language"])] = str(row["name"])
    return found


class Holder(Protocol):
    """Gives the data as it is now."""

    @property
    def folder(self) -> Path:
        """The home folder on this machine.

        Raises:
            OnlyHere: the data is elsewhere.
        """

    def reading(self) -> Reading:
        """The data that is served now.

        Raises:
            GraphError: there is none, or it cannot be reached.
        """


@dataclass
class Home:
    """A home folder; gives the snapshot it points at, and opens a new one when the pointer changes."""

    folder: Path
    _lock: Lock = field(default_factory=Lock)
    _seen: tuple[int, ...] | None = None
    _reading: Reading | DamagedSnapshot | None = None

    def reading(self) -> Reading:
        """The current snapshot; its store is looked through before it is read for the first time.

        Raises:
            NoSnapshot: there is none.
            DamagedSnapshot: it is not what was written.
        """
        seen = self._pointer()
        with self._lock:
            if self._reading is None or seen != self._seen:
                found = current(self.folder)
                sound = store_is_sound(found)
                self._reading = Reading(Embedded(found)) if sound else DamagedSnapshot.found()
                self._seen = seen
            if isinstance(self._reading, DamagedSnapshot):
                raise self._reading
            return self._reading

    def _pointer(self) -> tuple[int, ...] | None:
        """What tells one pointer from another: each is a new file, renamed into place."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @cached_property
    def _path(self) -> Path:
        return self.folder / "current"


@dataclass
class Elsewhere:
    """The data of an engine elsewhere; looks now and then whether another version was loaded, and whether it is there at all."""

    endpoint: Endpoint
    _lock: Lock = field(default_factory=Lock)
    _looked: float = 0.0
    _reading: Reading | None = None
    _error: EndpointError | None = None

    @property
    def folder(self) -> Path:
        """There is none.

        Raises:
            OnlyHere: always.
        """
        raise OnlyHere.for_this("việc tải lên", "uploading")

    def reading(self) -> Reading:
        """What the engine holds.

        Raises:
            EndpointError: it cannot be asked, or holds nothing of ours; the same is said for a moment without asking again.
        """
        # Whoever finds somebody looking goes on with what is known, if anything is.
        if self._lock.acquire(blocking=self._reading is None and self._error is None):
            try:
                self._look()
            finally:
                self._lock.release()
        reading, error = self._reading, self._error
        if error is not None:
            raise copy(error)
        if reading is None:
            raise away()
        return reading

    def _look(self) -> None:
        every = LOOK_SECONDS if self._error is None else AWAY_SECONDS
        if self._looked and monotonic() - self._looked < every:
            return
        try:
            if self._reading is None or version_at(self.endpoint) != self._reading.dataset.version:
                self._reading = Reading(Remote.at(self.endpoint))
            self._error = None
        except EndpointError as error:
            self._error = error
        self._looked = monotonic()
