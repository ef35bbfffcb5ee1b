"""What joins two things in the graph: something that speaks of both, or a few steps from one to the other."""

from itertools import pairwise

from pyoxigraph import NamedNode, Variable

from cancu.queries.why.facts import ground
from cancu.queries.why.paths import Ground
from cancu.queries.why.pattern import Group, Node, Triple
from cancu.queries.why.probe import Probe

_FARTHEST = 3
_MIDDLE = tuple(Variable(f"m{i}") for i in range(_FARTHEST))
_VERB = tuple(Variable(f"p{i}") for i in range(_FARTHEST))


def between(probe: Probe, one: NamedNode, other: NamedNode) -> list[Ground]:
    """The triples of a shortest way between two things; none if there is none of at most three steps.

    Raises:
        CannotExplain: the limits of the probe are used up.
    """
    if one == other:
        return []
    for group in _ways(one, other):
        for solution in probe.solutions(group, limit=1):
            parts = [part for part in group.parts if isinstance(part, Triple)]
            return [triple for part in parts for triple in ground(probe, part, solution)]
    return []


def _ways(one: NamedNode, other: NamedNode) -> list[Group]:
    shared = Group((Triple(1, _MIDDLE[0], _VERB[0], one), Triple(2, _MIDDLE[0], _VERB[1], other)))
    ways = [_steps(one, other, 1), _steps(other, one, 1), shared]
    for length in range(2, _FARTHEST + 1):
        ways += [_steps(one, other, length), _steps(other, one, length)]
    return ways


def _steps(start: NamedNode, end: NamedNode, length: int) -> Group:
    places: list[Node] = [start, *_MIDDLE[: length - 1], end]
    pairs = enumerate(pairwise(places))
    return Group(tuple(Triple(i + 1, a, _VERB[i], b) for i, (a, b) in pairs))
