"""The edges of the four projections.

Every edge carries the same attributes (`Edge`), so that filters, tables and exports need not know which projection it is of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cancu.graph.network_facts import Facts, Work
from cancu.graph.network_parts import Standing, best_ways, standings, weakest
from cancu.graph.network_view import (
    INSPECTION,
    OFFICE_DOCUMENT,
    OFFICE_OFFICE,
    OFFICE_TASK,
    View,
)

LEAD, COORDINATE = "lead", "coordinate"


@dataclass(frozen=True)
class Edge:
    """An edge; all of the same ends, role, part, way and selection are one.

    Attributes:
        source, target: addresses of its ends.
        role: code of `ontology.network.EDGES`.
        way: one of WAYS; empty for what a plan itself rests on or lists.
        tier: of a basis, the same as `role`; else empty.
        part: the role that the body has in its task where `role` says another thing.
        selection: of an inspection: "certain", "sample" or "unknown".
        works: the tasks that it stands for.
        through: the groups by which the body stands there.
        words: what the document says.
    """

    source: str
    target: str
    role: str
    way: str
    tier: str = ""
    part: str = ""
    selection: str = ""
    works: dict[str, Work] = field(compare=False, default_factory=dict)
    through: set[str] = field(compare=False, default_factory=set)
    words: set[str] = field(compare=False, default_factory=set)

    @property
    def key(self) -> str:
        """What tells it from others between the same ends."""
        return ":".join(filter(None, (self.role, self.part, self.way, self.selection)))

    def attributes(self) -> dict[str, object]:
        """What the network keeps of it: texts, a number, tuples of texts."""
        works = sorted(self.works.values(), key=lambda work: (work.plan, work.order, work.iri))
        tasks, codes = tuple(w.iri for w in works), tuple(w.code for w in works)
        return {
            "role": self.role,
            "way": self.way,
            "tier": self.tier,
            "part": self.part,
            "selection": self.selection,
            "weight": len(works) or 1,
            "task": _only(tasks),
            "task_code": _only(codes),
            "plan": _only(work.plan for work in works),
            "section": _only(work.section for work in works),
            "tasks": tasks,
            "task_codes": codes,
            "quarters": _all(work.quarters for work in works),
            "quarters_proposed": _all(work.quarters_proposed for work in works),
            "through": tuple(sorted(self.through)),
            "words": tuple(sorted(self.words)),
        }


def _only(values: Iterable[str]) -> str:
    """The value that all have, else nothing."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _all(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({value for some in values for value in some}))


class _Edges:
    """Collects edges, each once."""

    def __init__(self) -> None:
        self._found: dict[Edge, Edge] = {}

    def add(
        self,
        edge: Edge,
        work: Work | None = None,
        through: Iterable[str] = (),
        words: Iterable[str] = (),
    ) -> None:
        """Add an edge, or what is new to one that is there."""
        kept = self._found.setdefault(edge, edge)
        if work:
            kept.works[work.iri] = work
        kept.through.update(through)
        kept.words.update(words)

    def all(self) -> list[Edge]:
        """Every edge, in a fixed order."""
        return sorted(self._found, key=lambda edge: (edge.source, edge.target, edge.key))


def edges_of(facts: Facts, works: Sequence[Work], view: View) -> list[Edge]:
    """The edges between these tasks, bodies and documents that a view shows."""
    found = _Edges()
    _PROJECTIONS[view.projection](facts, works, view, found)
    return found.all()


def _office_task(facts: Facts, works: Sequence[Work], view: View, found: _Edges) -> None:
    for s in standings(facts, works, view):
        part = s.part if s.part != s.role else ""
        edge = Edge(s.body, s.task, s.role, s.way, part=part)
        found.add(edge, facts.works[s.task], s.through, s.words)


def _office_office(facts: Facts, works: Sequence[Work], view: View, found: _Edges) -> None:
    """From each lead to each coordinator of a task, in the surest way that the two meet there."""
    for work, leads, others in meetings(facts, works, view):
        for lead, way in leads.items():
            for other, other_way in others.items():
                if lead != other:
                    found.add(Edge(lead, other, "with", weakest(way, other_way)), work)


def meetings(
    facts: Facts, works: Sequence[Work], view: View
) -> list[tuple[Work, Mapping[str, str], Mapping[str, str]]]:
    """The tasks of the table with those who lead and those who coordinate them, each with the surest way."""
    tasks = [work for work in works if work.kind == "task"]
    wanted = View(ways=view.ways, groups=view.groups, roles=frozenset((LEAD, COORDINATE)))
    by_role: dict[str, list[Standing]] = defaultdict(list)
    for s in standings(facts, tasks, wanted):
        by_role[s.role].append(s)
    leads, others = best_ways(by_role[LEAD]), best_ways(by_role[COORDINATE])
    return [
        (work, leads[work.iri], others[work.iri])
        for work in tasks
        if work.iri in leads and work.iri in others
    ]


def _office_document(facts: Facts, works: Sequence[Work], view: View, found: _Edges) -> None:
    """From each body to the documents that its tasks rest on; from a plan to those of its decision's preamble."""
    tasks = {work.iri: work for work in works if work.kind == "task"}
    ways = best_ways(standings(facts, list(tasks.values()), view))
    for basis in facts.bases:
        if not view.has_tier(basis.tier):
            continue
        if basis.tier == "general":
            if view.plan in ("", basis.task):
                found.add(Edge(basis.task, basis.document, "general", "", "general"))
            continue
        for body, way in ways.get(basis.task, {}).items():
            edge = Edge(body, basis.document, basis.tier, way, basis.tier)
            found.add(edge, tasks[basis.task])


def _inspection(facts: Facts, works: Sequence[Work], view: View, found: _Edges) -> None:
    """From whoever leads or coordinates an inspection, else from its plan, to each body listed for it."""
    tasks = {work.iri: work for work in works}
    asked = frozenset((LEAD, COORDINATE)) & (view.roles or frozenset((LEAD, COORDINATE)))
    narrowed = View(ways=view.ways, groups=view.groups, roles=asked or frozenset(("none",)))
    by_task: dict[str, list[Standing]] = defaultdict(list)
    for s in standings(facts, works, narrowed):
        by_task[s.task].append(s)
    for target in facts.targets:
        work = tasks.get(target.owner)
        if work is None and target.owner in facts.plans and view.plan in ("", target.owner):
            edge = Edge(target.owner, target.party, "inspect", "", selection=target.selection)
            found.add(edge, words=(target.words,))
        for s in by_task.get(target.owner, ()):
            edge = Edge(
                s.body, target.party, "inspect", s.way, part=s.role, selection=target.selection
            )
            found.add(edge, work, s.through, (target.words,))


_PROJECTIONS: Mapping[str, Callable[[Facts, Sequence[Work], View, _Edges], None]] = {
    OFFICE_TASK: _office_task,
    OFFICE_OFFICE: _office_office,
    OFFICE_DOCUMENT: _office_document,
    INSPECTION: _inspection,
}
