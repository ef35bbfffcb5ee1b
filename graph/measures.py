"""The measures of the coordination network, by code; what each means stands in measures.toml.

Named, through a group and possible are rows of their own, never one number, and behind each number stands its list.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from cancu.graph.inspectors import independence, inspection
from cancu.graph.measured import Cell, Measured, by_name, in_reading_order
from cancu.graph.network_edges import COORDINATE, LEAD, meetings
from cancu.graph.network_facts import Facts, Work
from cancu.graph.network_parts import best_ways, standings, surest, weakest, works_in
from cancu.graph.network_view import WAYS, View
from cancu.graph.structure import articulation, between, communities
from cancu.ontology.network import EDGES, kinds

Key = tuple[str, ...]


def load(facts: Facts, view: View) -> Measured:
    """The tasks and review items of each body in each quarter, by its surest way."""
    works = [work for work in works_in(facts, view) if work.kind in ("task", "review")]
    worded: dict[Key, set[str]] = defaultdict(set)
    proposed: dict[Key, set[str]] = defaultdict(set)
    for task, bodies in best_ways(standings(facts, works, view)).items():
        work = facts.works[task]
        for body, way in bodies.items():
            for quarter in _in_period(work.quarters, view):
                worded[body, quarter, way].add(task)
            for quarter in _in_period(work.quarters_proposed, view):
                proposed[body, quarter, way].add(task)
    return [
        {
            "agency": key[0],
            "quarter": key[1],
            "way": key[2],
            "count": len(worded.get(key, ())),
            "tasks": in_reading_order(facts, worded.get(key, ())),
            "count_proposed": len(proposed.get(key, ())),
            "tasks_proposed": in_reading_order(facts, proposed.get(key, ())),
        }
        for key in _in_order(facts, {*worded, *proposed})
    ]


def _in_period(quarters: Iterable[str], view: View) -> list[str]:
    if not view.period:
        return list(quarters)
    return [q for q in quarters if _quarter(view.period[0]) <= q <= _quarter(view.period[1])]


def _quarter(day: str) -> str:
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def degree(facts: Facts, view: View) -> Measured:
    """The tasks, review items and duties of each body, by role and way."""
    tasks: dict[Key, set[str]] = defaultdict(set)
    for s in standings(facts, works_in(facts, view), view):
        tasks[s.body, s.role, s.way].add(s.task)
    return [
        {
            "agency": key[0],
            "role": key[1],
            "way": key[2],
            "count": len(tasks[key]),
            "tasks": in_reading_order(facts, tasks[key]),
        }
        for key in _in_order(facts, tasks)
    ]


def partners(facts: Facts, view: View) -> Measured:
    """Whom each body meets when it leads, and when it coordinates, by the surest way in which they meet."""
    ways: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for _, leads, others in meetings(facts, works_in(facts, view), view):
        for lead, lead_way in leads.items():
            for other, other_way in others.items():
                if lead != other:
                    way = weakest(lead_way, other_way)
                    for key, met in (((lead, LEAD), other), ((other, COORDINATE), lead)):
                        ways[key][met] = surest(way, ways[key].get(met, way))
    met_by: dict[Key, set[str]] = defaultdict(set)
    for (body, role), known in ways.items():
        for other, way in known.items():
            met_by[body, role, way].add(other)
    return [
        {
            "agency": key[0],
            "role": key[1],
            "way": key[2],
            "count": len(met_by[key]),
            "bodies": by_name(facts, met_by[key]),
        }
        for key in _in_order(facts, met_by)
    ]


def overlap(facts: Facts, view: View, one: str, other: str) -> Measured:
    """The tasks that two bodies share, and those of each alone."""
    works = [work for work in works_in(facts, view) if work.kind in ("task", "review")]
    tasks: dict[Key, set[str]] = defaultdict(set)
    for task, bodies in best_ways(standings(facts, works, view)).items():
        mine, theirs = bodies.get(one), bodies.get(other)
        if mine and theirs:
            tasks["both", weakest(mine, theirs)].add(task)
        elif mine or theirs:
            tasks["first" if mine else "second", mine or theirs or ""].add(task)
    return [
        {
            "whose": whose,
            "way": way,
            "count": len(tasks[whose, way]),
            "tasks": in_reading_order(facts, tasks[whose, way]),
        }
        for whose in ("both", "first", "second")
        for way in WAYS
        if (whose, way) in tasks
    ]


def both(facts: Facts, view: View) -> Measured:
    """The tasks of the table with a party in both columns, as written or by a group in one of them."""
    found: set[tuple[str, str, str, str]] = set()
    works = [work for work in works_in(facts, view) if work.kind == "task"]
    for groups in (False, view.groups):
        wanted = View(groups=groups, ways=frozenset(("named", "group")))
        for task, lead, lead_way, way in _both(facts, works, wanted):
            # members of one group in both columns are that group, which has its row
            if not groups or lead_way != way:
                found.add((task, lead, lead_way, way))
    order = {work: n for n, work in enumerate(facts.works)}
    return [
        {"agency": body, "task": task, "lead_way": lead_way, "coordinate_way": way}
        for task, body, lead_way, way in sorted(
            found, key=lambda row: (order[row[0]], facts.names.get(row[1], ""), row)
        )
        if view.has_way(lead_way) and view.has_way(way)
    ]


def _both(facts: Facts, works: list[Work], view: View) -> list[tuple[str, str, str, str]]:
    return [
        (work.iri, body, way, others[body])
        for work, leads, others in meetings(facts, works, view)
        for body, way in leads.items()
        if body in others
    ]


def _in_order(facts: Facts, keys: Iterable[Key]) -> list[Key]:
    """By name, then role or quarter, then from the surest way."""
    roles = list(kinds(EDGES))

    def place(key: Key) -> tuple[object, ...]:
        body, what, way = key
        rank = roles.index(what) if what in roles else 0
        return facts.names.get(body, ""), body, rank, what, WAYS.index(way)

    return sorted(keys, key=place)


def overview(facts: Facts, view: View) -> Measured:
    """The parties with their roles in the table by way, partners, betweenness and what breaks without them."""
    table = [
        row
        for row in standings(facts, [w for w in works_in(facts, view) if w.kind == "task"], view)
        if row.role in (LEAD, COORDINATE)
    ]
    counts = Counter((s.body, f"{s.role}_{s.way}") for s in table)
    met: dict[object, set[str]] = defaultdict(set)
    for row in partners(facts, view):
        if row["way"] == "named":
            met[row["agency"]] |= set(_bodies(row["bodies"]))
    scores = {row["agency"]: row["score"] for row in between(facts, view)}
    lost = {row["agency"]: row["count"] for row in articulation(facts, view)}
    columns = [f"{role}_{way}" for way in WAYS for role in (LEAD, COORDINATE)]
    rows: Measured = [
        {
            "agency": body,
            **{column: counts[body, column] for column in columns},
            "partners_named": len(met.get(body, ())),
            "score": scores.get(body, 0.0),
            "lost": lost.get(body, 0),
        }
        for body in by_name(facts, {s.body for s in table})
    ]
    return sorted(rows, key=lambda row: [-counts[str(row["agency"]), c] for c in columns])


def _bodies(cell: Cell) -> tuple[str, ...]:
    return tuple(str(iri) for iri in cell) if isinstance(cell, tuple) else ()


MEASURES: Mapping[str, Callable[[Facts, View], Measured]] = {
    "overview": overview,
    "load": load,
    "degree": degree,
    "partners": partners,
    "between": between,
    "articulation": articulation,
    "communities": communities,
    "inspection": inspection,
    "both": both,
    "independence": independence,
}
"""The measures that are asked of a view alone; `paths` and `overlap` are asked of two bodies."""
