"""Who takes part in how much: bodies and groups with their tasks counted by work and by way; the ways are never added up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cancu.graph.dataset import Row
from cancu.ontology.iri import slug
from cancu.queries.codes import all_codes
from cancu.web.lines import Line
from cancu.web.reading import Reading
from cancu.web.scope import Scope
from cancu.web.words import Link, grouped

VIAS = ("named", "group", "possible")
SELECTIONS = ("certain", "sample", "unknown")
ROLES = all_codes("role")
WORKS = (*ROLES, "review", "article", "inspected")
"""What may be counted of a body: its roles in the tasks of the table, the rows of appendices that it reviews, its duties in
the decision, the rows that list it for inspection.
"""

Column = tuple[str, str]
"""A work and the way in it; being listed for inspection has a selection in place of a way."""

COLUMNS: tuple[Column, ...] = tuple(
    (work, way) for work in WORKS for way in (SELECTIONS if work == "inspected" else VIAS)
)


@dataclass(frozen=True)
class Body:
    """A body or group in one plan (`plan` is empty for what no plan gives anything).

    Attributes:
        link: its name and address.
        plan: address of the plan.
        group: whether it is a group.
        closure: how far the list of a group is closed: address of the concept, or nothing.
        also: other names.
        counts: how many different rows or tasks of the plan there are in each column.
    """

    link: Link
    plan: str
    group: bool
    closure: str
    also: tuple[str, ...]
    counts: Mapping[Column, int]

    def fits(self, words: str) -> bool:
        """Whether all these words stand in its names, marks aside."""
        names = slug(" ".join((self.link.label, *self.also)))
        return all(slug(word) in names for word in words.split())


def read_roster(reading: Reading, scope: Scope) -> list[Body]:
    """Everybody who has a part in a plan of the scope, a row a plan; without a choice also those who have none."""
    if not scope.iri:
        return reading.kept("roster", lambda: _roster(reading, scope))
    return _roster(reading, scope)


def _roster(reading: Reading, scope: Scope) -> list[Body]:
    counted = _counted(reading, scope)
    known = reading.kept("bodies", lambda: grouped(reading.rows("bodies"), "party_iri"))
    found = []
    for rows in known:
        iri = str(rows[0]["party_iri"])
        plans = counted.get(iri) or ({} if scope.iri else {"": {}})
        found += [_body(rows, plan, counts) for plan, counts in plans.items()]
    return found


def columns_of(bodies: Sequence[Body]) -> list[Column]:
    """The columns that some body has a number in, in their order; being named is always one for the roles."""
    there = {column for body in bodies for column in body.counts}
    always = {("lead", "named"), ("coordinate", "named")}
    return [column for column in COLUMNS if column in there | always]


def _body(rows: Sequence[Row], plan: str, counts: Mapping[Column, int]) -> Body:
    first = rows[0]
    iri = str(first["party_iri"])
    return Body(
        link=Link(str(first["party"]), iri),
        plan=plan,
        group="/id/nhom/" in iri,
        closure=str(first["closure_iri"] or ""),
        also=tuple(sorted({str(row["also"]) for row in rows if row["also"]})),
        counts=counts,
    )


def _counted(reading: Reading, scope: Scope) -> Mapping[str, Mapping[str, Mapping[Column, int]]]:
    """Body or group -> plan -> column -> how many different tasks or rows."""
    members = reading.kept("members", lambda: _members(reading))
    tasks: dict[str, dict[str, dict[Column, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for line in reading.lines_of.get(scope.iri, ()) if scope.iri else reading.lines:
        if line.kind == "target":
            continue
        for party in line.parties:
            work = _work(line, party.role)
            for via, body in (("named", party.link.iri), *members.get(party.link.iri, ())):
                tasks[body][line.plan][work, via].add(line.iri)
    for row in reading.ask("E1", scope.values):
        listed = tasks[str(row["agency_iri"])][str(row["plan_iri"])]
        listed["inspected", str(row["selection"])].add(str(row["inspection_iri"]))
    return {
        body: {
            plan: {column: len(own) for column, own in columns.items()}
            for plan, columns in plans.items()
        }
        for body, plans in tasks.items()
    }


def _work(line: Line, role: str) -> str:
    """What a part in a line counts as: its role in the table of tasks, the kind of the line elsewhere."""
    return role if line.kind == "task" else line.kind


def _members(reading: Reading) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Group -> the ways it has bodies and who they are."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in reading.rows("in_groups"):
        found[str(row["group_iri"])].append((str(row["via"]), str(row["party_iri"])))
    return found
