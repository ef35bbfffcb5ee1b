"""What the network is made of, read from a dataset by the queries in `networked/`: plain values, in a fixed order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from cancu.graph.dataset import Dataset, Row, Value
from cancu.graph.quarters import Span, day_before, quarters_of, span_of
from cancu.ontology.network import EDGES, kinds
from cancu.ontology.terms import CANCU, CV, ORG, PREFIXES, VERDICT, prefix_header

SAMPLE = f"{PREFIXES['htkt']}dot-xuat-chon-mot-so"
"""The mode of inspection in which only some of those listed are inspected."""

_CLASSES = {
    CANCU.AgencyGroup: "group",
    CV.PublicOrganisation: "agency",
    ORG.Post: "post",
}


@dataclass(frozen=True)
class Work:
    """A task of the plan's table ("task"), a row of its review appendix ("review"), a duty of its decision ("article")."""

    iri: str
    code: str
    title: str
    kind: str
    plan: str
    section: str
    section_name: str
    order: int
    spans: tuple[Span, ...]

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        """The quarters that its words give it time in."""
        return _quarters(span for span in self.spans if not span.proposed)

    @cached_property
    def quarters_proposed(self) -> tuple[str, ...]:
        """The quarters that only a proposed reading gives it."""
        read = _quarters(span for span in self.spans if span.proposed)
        return tuple(quarter for quarter in read if quarter not in self.quarters)


def _quarters(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(sorted({quarter for span in spans for quarter in quarters_of(span)}))


@dataclass(frozen=True, order=True)
class Part:
    """A body or group in a role in a task; `role` is a code of `ontology.network.EDGES`."""

    task: str
    role: str
    party: str
    words: str


@dataclass(frozen=True)
class Target:
    """A row that lists a body for inspection.

    Attributes:
        owner: address of the task, or else the plan, that the appendix belongs to.
        selection: "certain", "sample" (only some of those listed) or "unknown" (somebody rejected the reading).
    """

    iri: str
    code: str
    party: str
    owner: str
    selection: str
    words: str


@dataclass(frozen=True, order=True)
class Basis:
    """A document that a task rests on, with the tier; of tier "general" `task` is a plan."""

    task: str
    tier: str
    document: str


@dataclass(frozen=True)
class Facts:
    """All that the networks of a dataset are made of.

    Attributes:
        version: of the data.
        names: label of every plan, body, group and document by address.
        kinds: "agency", "post" or "group" of every body by address.
        plans: addresses of the plans.
        works: by address, in reading order.
        members: group -> (way, body).
    """

    version: str
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    plans: tuple[str, ...]
    works: Mapping[str, Work]
    parts: tuple[Part, ...]
    members: Mapping[str, tuple[tuple[str, str], ...]]
    targets: tuple[Target, ...]
    bases: tuple[Basis, ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where a task stands in the reading order of all."""
        return {iri: place for place, iri in enumerate(self.works)}

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The numbers of tasks and rows by address."""
        found = {target.iri: target.code for target in self.targets}
        return found | {work.iri: work.code for work in self.works.values()}

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The titles of sections by address."""
        return {work.section: work.section_name for work in self.works.values() if work.section}

    @cached_property
    def parts_of(self) -> Mapping[str, tuple[Part, ...]]:
        """Task -> its parts."""
        found: dict[str, list[Part]] = defaultdict(list)
        for part in self.parts:
            found[part.task].append(part)
        return {task: tuple(parts) for task, parts in found.items()}


def read_facts(dataset: Dataset) -> Facts:
    """Read what the networks of a dataset are made of.

    Raises:
        GraphError: the data cannot be read.
    """
    return _Reader(dataset).facts()


class _Reader:
    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def facts(self) -> Facts:
        bodies, documents = self._ask("bodies"), [*self._ask("bases"), *self._ask("general")]
        named = [*bodies, *self._plans]
        names = _least((row["iri"], row["label"]) for row in named)
        names |= _least((row["document_iri"], row["document"]) for row in documents)
        return Facts(
            version=self._dataset.version,
            names=names,
            kinds=_kinds(bodies),
            plans=tuple(sorted({str(row["iri"]) for row in self._plans})),
            works=self._works(),
            parts=_parts(self._ask("parts")),
            members=self._members(),
            targets=self._targets(),
            bases=_bases(documents),
        )

    def _ask(self, name: str) -> tuple[Row, ...]:
        text = files("cancu.graph").joinpath("networked", f"{name}.rq").read_text("utf-8")
        return self._dataset.select(prefix_header() + text).rows

    @cached_property
    def _plans(self) -> tuple[Row, ...]:
        return self._ask("plans")

    def _works(self) -> dict[str, Work]:
        spans = self._spans()
        rows = {str(row["iri"]): row for row in (*self._ask("duties"), *self._ask("tasks"))}
        found = (_work(row, tuple(sorted(spans.get(iri, ())))) for iri, row in rows.items())
        return {work.iri: work for work in sorted(found, key=_reading_order)}

    def _spans(self) -> Mapping[str, set[Span]]:
        """Task -> its spans; a day before which it is due counts where its words give no period."""
        of_plan = {
            str(row["iri"]): (str(row["start"]), str(row["end"]))
            for row in self._plans
            if row["start"] and row["end"]
        }
        owners = {str(row["iri"]): str(row["plan_iri"]) for row in self._ask("tasks")}
        found: dict[str, set[Span]] = defaultdict(set)
        timed = self._ask("times")
        worded = {row["task_iri"] for row in timed if row["reading"] == "words"}
        dues = [
            {"task_iri": row["task_iri"], "end": day_before(str(row["due"])), "reading": "words"}
            for row in self._ask("dues")
            if row["task_iri"] not in worded
        ]
        for row in (*timed, *dues):
            task = str(row["task_iri"])
            span = span_of(
                str(row.get("start") or ""),
                str(row.get("end") or ""),
                of_plan.get(owners.get(task, "")),
                row["reading"] == "proposed",
            )
            if span:
                found[task].add(span)
        return found

    def _members(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self._ask("members"):
            found[str(row["group_iri"])].add((str(row["via"]), str(row["party_iri"])))
        return {group: tuple(sorted(members)) for group, members in sorted(found.items())}

    def _targets(self) -> tuple[Target, ...]:
        modes: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self._ask("modes"):
            modes[str(row["iri"])].add((str(row["verdict_iri"]), str(row["mode_iri"])))
        found = {
            Target(
                iri=str(row["iri"]),
                code=str(row["code"]),
                party=str(row["party_iri"]),
                owner=str(row["owner_iri"]),
                selection=_selection(modes.get(str(row["iri"]), set())),
                words=str(row["words"]),
            )
            for row in self._ask("targets")
        }
        return tuple(sorted(found, key=lambda target: (target.owner, target.iri)))


def _kinds(rows: Iterable[Row]) -> dict[str, str]:
    """Address -> "agency", "post" or "group"; what is in several classes is a group before an agency before a post."""
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        classes[str(row["iri"])].add(str(row["class"]))
    return {
        iri: next((kind for a, kind in _CLASSES.items() if a in known), "agency")
        for iri, known in classes.items()
    }


def _least(rows: Iterable[tuple[Value, Value]]) -> dict[str, str]:
    """Address -> name; the first in order where there are several."""
    found: dict[str, str] = {}
    for iri, name in rows:
        if str(name) < found.get(str(iri), "\U0010ffff"):
            found[str(iri)] = str(name)
    return found


def _work(row: Row, spans: tuple[Span, ...]) -> Work:
    return Work(
        iri=str(row["iri"]),
        code=str(row["code"]),
        title=str(row["title"] or row["code"]),
        kind=str(row.get("kind") or "article"),
        plan=str(row["plan_iri"]),
        section=str(row.get("section_iri") or ""),
        section_name=str(row.get("section") or ""),
        order=int(row.get("order") or 0),
        spans=spans,
    )


def _reading_order(work: Work) -> tuple[str, int, int, str]:
    return work.plan, ("task", "review", "article").index(work.kind), work.order, work.iri


def _parts(rows: Iterable[Row]) -> tuple[Part, ...]:
    """The parts in roles that the network shows, in a fixed order."""
    codes = {kind.shows: code for code, kind in kinds(EDGES).items()}
    found = {
        Part(
            task=str(row["task_iri"]),
            role=codes[str(row["role_iri"])],
            party=str(row["party_iri"]),
            words=str(row["words"]),
        )
        for row in rows
        if row["role_iri"] in codes
    }
    return tuple(sorted(found))


def _bases(rows: Iterable[Row]) -> tuple[Basis, ...]:
    found = {
        Basis(
            task=str(row.get("task_iri") or row.get("plan_iri")),
            tier=str(row.get("tier") or "general"),
            document=str(row["document_iri"]),
        )
        for row in rows
    }
    return tuple(sorted(found))


def _selection(modes: Iterable[tuple[str, str]]) -> str:
    """Whether a listed body is inspected for certain, from the verdicts on the modes that its notes give."""
    said = tuple(modes)
    if any(verdict == VERDICT.bac_bo for verdict, _ in said):
        return "unknown"
    return "sample" if any(mode == SAMPLE for _, mode in said) else "certain"
