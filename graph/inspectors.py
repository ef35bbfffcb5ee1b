"""Who inspects whom, and who stands on both sides."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cancu.graph.measured import Measured, by_name, in_reading_order
from cancu.graph.network_edges import COORDINATE, LEAD
from cancu.graph.network_facts import Facts, Target
from cancu.graph.network_parts import Standing, standings, works_in
from cancu.graph.network_view import WAYS, View

INSPECTORS = frozenset((LEAD, COORDINATE))
SELECTIONS = ("certain", "sample", "unknown")


def inspection(facts: Facts, view: View) -> Measured:
    """How many inspections each body carries out and is listed for: by role and way, by selection."""
    targets = _targets(facts, view)
    tasks: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for s in _inspectors(facts, view, targets):
        tasks[s.body, "inspects", s.role, s.way, ""].add(s.task)
    for task, listed in targets.items():
        for target in listed:
            tasks[target.party, "listed", "", "", target.selection].add(task)
    rows: Measured = [
        {
            "agency": body,
            "side": side,
            "role": role,
            "way": way,
            "selection": selection,
            "count": len(found),
            "tasks": in_reading_order(facts, found) or tuple(sorted(found)),
        }
        for (body, side, role, way, selection), found in tasks.items()
    ]
    order = [*WAYS, *SELECTIONS, ""]
    return sorted(
        rows,
        key=lambda row: (
            facts.names.get(str(row["agency"]), ""),
            row["side"],
            row["role"],
            order.index(str(row["way"])),
            order.index(str(row["selection"])),
        ),
    )


def independence(facts: Facts, view: View) -> Measured:
    """Whoever inspects and is listed, or coordinates what a listed body leads."""
    targets = _targets(facts, view)
    rows: Measured = []
    for s in _inspectors(facts, view, targets):
        found = [("inspected", t.iri, "named") for t in targets[s.task] if t.party == s.body]
        if s.way == "named" and facts.kinds.get(s.body) == "agency":
            found += [("coordinates", *there) for there in _coordinated(facts, s, targets[s.task])]
        rows += [
            {
                "task": s.task,
                "agency": s.body,
                "role": s.role,
                "way": s.way,
                "conflict": conflict,
                "other": other,
                "other_way": way,
            }
            for conflict, other, way in found
        ]
    return rows


def _targets(facts: Facts, view: View) -> Mapping[str, list[Target]]:
    """Inspection task (or plan, where an appendix belongs to none) -> who is listed."""
    works = {work.iri for work in works_in(facts, view)}
    found: dict[str, list[Target]] = defaultdict(list)
    for target in facts.targets:
        whole = not view.period and not view.section and target.owner in facts.plans
        if target.owner in works or (whole and view.plan in ("", target.owner)):
            found[target.owner].append(target)
    return found


def _inspectors(facts: Facts, view: View, targets: Mapping[str, list[Target]]) -> list[Standing]:
    """Who leads or coordinates the inspections, by task, way and name."""
    works = [facts.works[task] for task in targets if task in facts.works]
    wanted = View(
        roles=INSPECTORS & view.roles if view.roles else INSPECTORS,
        ways=view.ways,
        groups=view.groups,
    )
    found = standings(facts, works, wanted) if wanted.roles else []
    names = {body: n for n, body in enumerate(by_name(facts, (s.body for s in found)))}
    return sorted(
        found, key=lambda s: (facts.places[s.task], WAYS.index(s.way), names[s.body], s.role)
    )


def _coordinated(
    facts: Facts, inspector: Standing, listed: list[Target]
) -> Iterator[tuple[str, str]]:
    """The other tasks of the plan that the inspector coordinates and a listed body leads, itself or in a group; with the way."""
    units = {target.party for target in listed}
    plan = facts.works[inspector.task].plan
    works = [w for w in facts.works.values() if w.kind == "task" and w.plan == plan]
    wanted = View(roles=INSPECTORS, ways=frozenset(("named", "group", "possible")))
    everybody = standings(facts, works, wanted)
    led = {s.task for s in everybody if s.role == LEAD and s.body in units and s.way != "possible"}
    there = {
        (s.task, s.way)
        for s in everybody
        if s.role == COORDINATE and s.body == inspector.body and s.task != inspector.task
    }
    for task, way in sorted(
        there, key=lambda found: (facts.places[found[0]], WAYS.index(found[1]))
    ):
        if task in led:
            yield task, way
