"""What one solution rests on: the triples of the graph, what is not there, and the values that were compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Variable

from cancu.queries.why.known import put_in, with_known
from cancu.queries.why.paths import Ground, along
from cancu.queries.why.pattern import (
    Call,
    Exists,
    Filter,
    Group,
    Named,
    Optional,
    Path,
    Select,
    Triple,
    Union,
)
from cancu.queries.why.probe import Probe, Solution
from cancu.queries.why.render import mark

_WHOLE = frozenset({"MIN", "MAX", "SAMPLE"})
"""Aggregates whose value is that of one solution."""


@dataclass
class Witness:
    """What a solution, or several, rest on; each once, in the order of the query.

    Attributes:
        facts: triples of the graph.
        absent: what must not be there and is not, with the values known.
        left_out: what the query looks for, and would have done without.
        held: comparisons that held, with the values they held for.
        cut_off: whether there is more than is listed.
    """

    facts: dict[Ground, None] = field(default_factory=dict)
    absent: list[Group] = field(default_factory=list)
    left_out: list[Group] = field(default_factory=list)
    held: list[tuple[Filter, Solution]] = field(default_factory=list)
    cut_off: bool = False


def witnesses(probe: Probe, group: Group, limit: int) -> list[Solution]:
    """The solutions of a group, with the marks that say how each came about.

    Raises:
        CannotExplain: the limits of the probe are used up.
    """
    return probe.solutions(group, extra=_marks(group), limit=limit, marks=True)


def witness(probe: Probe, group: Group, solutions: list[Solution]) -> Witness:
    """What these solutions of a group rest on.

    Raises:
        CannotExplain: the limits of the probe are used up.
    """
    found = Witness()
    for solution in solutions:
        _collect(probe, group, solution, found)
    return found


def _marks(group: Group) -> Iterator[Variable]:
    for part in group.parts:
        if isinstance(part, Union):
            for i, alternative in enumerate(part.alternatives):
                yield mark(part.key, i)
                yield from _marks(alternative)
        elif isinstance(part, Optional):
            yield mark(part.key)
            yield from _marks(part.group)
        elif isinstance(part, Named):
            yield from _marks(part.group)


def _collect(probe: Probe, group: Group, solution: Solution, found: Witness) -> None:
    for part in group.parts:
        if len(found.facts) >= probe.limits.facts:
            found.cut_off = True
            return
        match part:
            case Triple():
                found.facts |= dict.fromkeys(ground(probe, part, solution))
            case Filter():
                found.held.append((part, solution))
            case Union():
                for i, alternative in enumerate(part.alternatives):
                    if mark(part.key, i) in solution:
                        _collect(probe, alternative, solution, found)
            case Optional():
                if mark(part.key) in solution:
                    _collect(probe, part.group, solution, found)
                else:
                    _once(found.left_out, put_in(part.group, solution))
            case Named():
                _collect(probe, part.group, solution, found)
            case Exists(positive=True):
                _inside(probe, put_in(part.group, solution), 1, found)
            case Exists():
                _once(found.absent, put_in(part.group, solution))
            case Select():
                _select(probe, part, solution, found)
            case _:
                pass


def ground(probe: Probe, part: Triple, solution: Solution) -> list[Ground]:
    """The triples of the graph that a pattern stands for in a solution; none if it has no value for some variable."""
    ends = [
        solution.get(node) if isinstance(node, Variable) else node
        for node in (part.subject, part.object)
    ]
    subject, end = ends
    if subject is None or end is None:
        return []
    if isinstance(part.predicate, Path):
        return along(probe, subject, part.predicate, end)
    verb = solution.get(part.predicate) if isinstance(part.predicate, Variable) else part.predicate
    return [(subject, verb, end)] if isinstance(verb, NamedNode) else []


def _inside(probe: Probe, group: Group, limit: int, found: Witness) -> None:
    solutions = witnesses(probe, group, limit + 1)
    found.cut_off |= limit > 1 and len(solutions) > limit
    for solution in solutions[:limit]:
        _collect(probe, group, solution, found)


def _select(probe: Probe, part: Select, solution: Solution, found: Witness) -> None:
    """A row of a SELECT inside rests on all its solutions; a least or greatest value on those that have it."""
    _inside(probe, behind(part, solution), probe.limits.solutions, found)


def behind(part: Select, row: Solution) -> Group:
    """The group of a SELECT inside, narrowed to the solutions that one of its rows stands for."""
    shown = [c for c in part.columns if c.variable in row]
    known = {c.variable: row[c.variable] for c in shown if c.expression is None}
    group = with_known(part.group, known)
    equal = tuple(
        Filter(0, Call("=", (c.expression.arguments[0], row[c.variable])), wanted=True)
        for c in shown
        if isinstance(c.expression, Call) and c.expression.name in _WHOLE
    )
    return Group((*group.parts, *equal))


def _once(listed: list[Group], group: Group) -> None:
    if group not in listed:
        listed.append(group)
