"""The conditions that keep everything out of a query: a smallest set of them without which something would be left.

A thing is known where it should have stood (see `known`); no solution is left then. What nothing in the data meets, whatever
the other conditions say, is told first ("no task cites it"). Where there is no such thing, conditions are dropped one at a time,
each with those that only it joins to what was asked (a day is nobody's day without "has time limit"); if no single one
helps, conditions are added one by one as long as something is left. Conditions that hold groups are looked into.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Variable

from cancu.queries.why.pattern import (
    Bind,
    Exists,
    Filter,
    Group,
    Named,
    Optional,
    Part,
    Path,
    Select,
    Term,
    Triple,
    Union,
    Values,
    eliminates,
    expression_variables,
    given_by,
    inner,
    used_by,
    walk,
)
from cancu.queries.why.probe import Probe, Solution
from cancu.queries.why.terms import naming

Keys = frozenset[int]
NEAR = 6
"""How many solutions that nearly fit are looked at; fewer are all there are."""
_OTHERS = 2
_COMPOSED = Union | Select | Named


@dataclass(frozen=True)
class Failure:
    """A condition that fails.

    Attributes:
        part: the condition.
        group: all conditions it is one of, as far as they were chosen.
        without: those that were left out so that something is left; with it, nothing is.
        near: what is left without it.
        ways: for a condition that holds groups, what fails in each: a UNION needs one of them.
        others: other single conditions without which something would be left just as well.
    """

    part: Part
    group: Group
    without: Keys
    near: tuple[Solution, ...]
    ways: tuple[tuple["Failure", ...], ...] = ()
    others: tuple["Failure", ...] = ()


def failures(probe: Probe, group: Group, given: Collection[Term]) -> tuple[Failure, ...]:
    """The conditions that fail; none if nothing does.

    Args:
        probe: asks the data.
        group: the conditions, with what is asked about known.
        given: what was asked about: the terms that conditions must lead to.

    Raises:
        CannotExplain: the limits of the probe are used up.
    """
    if probe.holds(group):
        return ()
    return _Search(probe, frozenset(given)).inside(group, _top(group), frozenset())


def _top(group: Group) -> Keys:
    return frozenset(part.key for part in group.parts)


@dataclass(frozen=True)
class _Search:
    probe: Probe
    given: frozenset[Term]

    def inside(
        self, group: Group, choice: Keys, failed: Keys, named: bool = False
    ) -> tuple[Failure, ...]:
        """Failures among the conditions in `choice`, when those in `failed` are known to fail already.

        Those of a `named` graph are not looked for by themselves: elsewhere they may well be met.
        """
        parts = [p for p in walk(group) if p.key in choice and eliminates(p)]
        unmet = [] if named else [p for p in parts if self._unmet(p)]
        names = [p for p in unmet if isinstance(p, Triple) and _names_only(p)]
        told = [self._alone(group, p) for p in [*(p for p in unmet if p not in names), *names]]
        if len(unmet) > len(names):
            return tuple(told)
        if names:
            # that a name or an order is missing says little: what else fails comes first
            rest = failed | {p.key for p in names}
            met = self.probe.holds(group, self._closed(group, rest))
            return (*(() if met else self.inside(group, choice - rest, rest)), *told)
        single = self._single(group, parts, failed)
        return (single,) if single else self._several(group, parts, failed)

    def _unmet(self, part: Part) -> bool:
        """Whether nothing in the data meets a condition, whatever the others say."""
        return not isinstance(part, Filter | Exists) and not self.probe.holds(Group((part,)))

    def _alone(self, group: Group, part: Part) -> Failure:
        """What is told of a condition that nothing in the data meets."""
        everything = frozenset(p.key for p in walk(group))
        ways = tuple(self._ways(group, part, everything - _within(part)))
        return Failure(part, group, everything, (), ways)

    def _single(self, group: Group, parts: list[Part], failed: Keys) -> Failure | None:
        """The condition whose loss costs least, with others that cost as little."""
        tries = sorted((self._cost(group, p, failed), p.key, p) for p in parts)
        found: list[Failure] = []
        least = 0
        for cost, _, part in tries:
            if found and (cost[0] > least or len(found) > _OTHERS):
                break
            if self.probe.holds(group, self._closed(group, failed | {part.key})):
                least = cost[0]
                found.append(self._failure(group, part, failed | {part.key}, bool(found)))
        if not found:
            return None
        # a link between two things is missing from either end, a value may be too small or too great
        linking = any(term in self.given for term in _terms(found[0].part))
        compared = isinstance(found[0].part, Filter)
        others = (f for f in found[1:] if linking or (compared and isinstance(f.part, Filter)))
        return replace(found[0], others=tuple(others))

    def _cost(self, group: Group, part: Part, failed: Keys) -> tuple[int, int, int, int]:
        """How many conditions are lost with it; then what kind it is, how much it says of what was asked, its place."""
        lost = self._closed(group, failed | {part.key})
        many = sum(eliminates(p) for p in walk(group) if p.key in lost)
        said = len(self.given.intersection(_terms(part)))
        kind = 0 if isinstance(part, Filter | Exists) else 1 if isinstance(part, _COMPOSED) else 2
        return many, kind if said or kind < 2 else 1, said, -part.key

    def _several(self, group: Group, parts: list[Part], failed: Keys) -> tuple[Failure, ...]:
        """Conditions are put back one by one, those next to what is known first; what leaves nothing stays out."""
        waiting = {part.key: part for part in parts}
        out = failed | frozenset(waiting)
        found: list[Part] = []
        while part := self._next(group, list(waiting.values()), out):
            del waiting[part.key]
            if self.probe.holds(group, self._closed(group, out - {part.key})):
                out -= {part.key}
            else:
                found.append(part)
        keys = failed | {part.key for part in found}
        left = self._closed(group, keys)
        if not found or not self.probe.holds(group, left):
            return ()
        # put back by itself each must lose everything again: an OPTIONAL may have made it look otherwise on the way
        sure = (
            p for p in found if not self.probe.holds(group, self._closed(group, keys - {p.key}))
        )
        return tuple(self._failure(group, part, keys) for part in sure)

    def _next(self, group: Group, waiting: list[Part], out: Keys) -> Part | None:
        """The next condition to put back: one that what is there already leads to."""
        reached = _reached(group, out, self.given)
        ready = []
        for part in waiting:
            needs = _needs(group, part)
            free = len(needs - reached)
            late = isinstance(part, Filter | Exists)
            touched = bool(needs & reached) or any(t in self.given for t in _terms(part))
            if not free or (touched and not late):
                ready.append((free, late, isinstance(part, _COMPOSED), part.key, part))
        if ready:
            return min(ready, key=lambda r: r[:-1])[-1]
        nothing_yet = not reached and not self.given
        links = (p for p in waiting if not isinstance(p, Filter | Exists))
        return next(links, None) if nothing_yet else None

    def _closed(self, group: Group, out: Keys) -> Keys:
        """`out` with all that needs a variable that is joined to what was asked only by conditions in `out`."""
        before = _reached(group, frozenset(), self.given)
        while True:
            gone = before - _reached(group, out, self.given)
            more = frozenset(
                p.key
                for p in _alive(group, out)
                if not isinstance(p, _COMPOSED) and _needs(group, p) & gone
            )
            if not more:
                return out
            out |= more

    def _failure(self, group: Group, part: Part, failed: Keys, brief: bool = False) -> Failure:
        """What is told of a condition that fails; of one that is mentioned beside another not what is inside it."""
        without = self._closed(group, failed)
        near = tuple(self.probe.solutions(group, without=without, limit=NEAR))
        ways = () if brief else tuple(self._ways(group, part, failed - {part.key}))
        return Failure(part, group, without, near, ways)

    def _ways(self, group: Group, part: Part, failed: Keys) -> Iterator[tuple[Failure, ...]]:
        """What fails inside a condition that holds groups."""
        if isinstance(part, Union):
            for alternative in part.alternatives[: self.probe.limits.alternatives]:
                chosen = _with(group, replace(part, alternatives=(alternative,)))
                yield self.inside(chosen, _top(alternative), failed)
        elif isinstance(part, Named):
            yield self.inside(group, _top(part.group), failed, named=True)
        elif isinstance(part, Select):
            freed = replace(part, having=())
            if not part.having or not self.probe.holds(_with(group, freed), failed):
                # its own variables are seen around it from here on; what it computes of groups is not
                chosen = _seen(_with(group, Union(part.key, (part.group,))))
                yield self.inside(chosen, _top(part.group), failed)
        elif isinstance(part, Exists) and part.positive:
            chosen = _with(group, Union(part.key, (part.group,)))
            yield self.inside(chosen, _top(part.group), failed)


def _within(part: Part) -> Keys:
    """The keys of a condition and of those inside it."""
    return frozenset({part.key}) | frozenset(p.key for g in inner(part) for p in walk(g))


def _names_only(part: Triple) -> bool:
    return isinstance(part.predicate, NamedNode) and part.predicate.value in naming()


def _alive(group: Group, out: Keys) -> Iterator[Part]:
    """The conditions that may give variables a value, or need one: what stands inside EXISTS is a matter of its own."""
    for part in group.parts:
        if part.key in out:
            continue
        yield part
        for below in inner(part) if not isinstance(part, Exists) else ():
            yield from _alive(below, out)


def _reached(group: Group, out: Keys, given: frozenset[Term]) -> frozenset[Variable]:
    """The variables that conditions join to what was asked; to the first condition, where nothing in particular was."""
    alive = list(_alive(group, out))
    links = [
        (frozenset(given_by(p)), any(t in given for t in _terms(p)))
        for p in alive
        if isinstance(p, Triple | Values | Named)
    ]
    if not given and links:
        links[0] = (links[0][0], True)
    named = [
        (frozenset(expression_variables(p.expression)), p.variable)
        for p in alive
        if isinstance(p, Bind)
    ]
    reached: set[Variable] = set()
    size = -1
    while size != len(reached):
        size = len(reached)
        for variables, asked in links:
            if asked or variables & reached:
                reached |= variables
        reached |= {variable for variables, variable in named if variables <= reached}
    return frozenset(reached)


def _needs(group: Group, part: Part) -> frozenset[Variable]:
    """The variables of a condition that others may give a value to."""
    used = frozenset(used_by(part))
    if not isinstance(part, Exists | Filter):
        return used
    return used & frozenset(v for p in _alive(group, frozenset()) for v in given_by(p))


def _terms(part: Part) -> Iterator[Term]:
    """The terms of a condition and of those inside it."""
    match part:
        case Triple():
            ends = (part.subject, part.predicate, part.object)
            yield from (end for end in ends if not isinstance(end, Variable | Path))
        case Values():
            yield from (term for row in part.rows for term in row if term is not None)
        case _:
            for group in inner(part):
                for below in group.parts:
                    yield from _terms(below)


def _seen(group: Group) -> Group:
    """The group without conditions on values that nothing in it gives any more."""
    given = {v for part in _alive(group, frozenset()) for v in given_by(part)}
    lost = [
        p.key
        for p in _alive(group, frozenset())
        if isinstance(p, Filter | Bind) and not set(expression_variables(p.expression)) <= given
    ]
    return without(group, lost)


def without(group: Group, keys: Collection[int]) -> Group:
    """The group without the conditions of these keys, inside its groups too."""
    return Group(tuple(_emptied(part, keys) for part in group.parts if part.key not in keys))


def _emptied(part: Part, keys: Collection[int]) -> Part:
    match part:
        case Union():
            return replace(part, alternatives=tuple(without(g, keys) for g in part.alternatives))
        case Optional() | Select() | Named():
            return replace(part, group=without(part.group, keys))
        case _:
            return part


def _with(group: Group, part: Part) -> Group:
    """The group with this condition in the place of the one with its key."""
    return Group(tuple(_replaced(p, part) for p in group.parts))


def _replaced(here: Part, part: Part) -> Part:
    if here.key == part.key:
        return part
    match here:
        case Union():
            return replace(here, alternatives=tuple(_with(g, part) for g in here.alternatives))
        case Optional() | Exists() | Select() | Named():
            return replace(here, group=_with(here.group, part))
        case _:
            return here
