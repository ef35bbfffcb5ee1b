"""The WHERE part of a query as a tree of conditions.

Every condition has a `key` of its own, which stays the same when variables become known: conditions are dropped by key.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Variable

Term = NamedNode | Literal
Node = Term | Variable


@dataclass(frozen=True)
class Path:
    """A property path: `kind` is "step", "inverse", "sequence", "choice", "repeat" or "not".

    A step has an `iri`; a repetition a `mark` ("*", "+" or "?"); "not" has steps and inverse steps as its parts.
    """

    kind: str
    iri: NamedNode | None = None
    parts: tuple["Path", ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Call:
    """An operator or function with its arguments; an aggregate may be `distinct`."""

    name: str
    arguments: tuple["Expression", ...]
    distinct: bool = False
    separator: str | None = None


@dataclass(frozen=True)
class Test:
    """EXISTS or NOT EXISTS inside an expression."""

    group: "Group"
    positive: bool


Expression = Term | Variable | Call | Test


@dataclass(frozen=True)
class Triple:
    """A triple pattern."""

    key: int
    subject: Node
    predicate: NamedNode | Variable | Path
    object: Node


@dataclass(frozen=True)
class Filter:
    """A condition on values. `wanted` marks one that the query does not have: the value of a row that is asked about."""

    key: int
    expression: Expression
    wanted: bool = False


@dataclass(frozen=True)
class Exists:
    """FILTER EXISTS, FILTER NOT EXISTS, or a MINUS that says the same."""

    key: int
    group: "Group"
    positive: bool


@dataclass(frozen=True)
class Bind:
    """A value under a name."""

    key: int
    expression: Expression
    variable: Variable


@dataclass(frozen=True)
class Values:
    """A table of values; None is UNDEF."""

    key: int
    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True)
class Union:
    """One of several groups; with one alternative a group in braces."""

    key: int
    alternatives: tuple["Group", ...]


@dataclass(frozen=True)
class Named:
    """A group that is asked of a named graph."""

    key: int
    graph: NamedNode | Variable
    group: "Group"


@dataclass(frozen=True)
class Optional:
    """A group that may be missing."""

    key: int
    group: "Group"


@dataclass(frozen=True)
class Column:
    """What a SELECT gives under a name: the variable itself, or an expression."""

    variable: Variable
    expression: Expression | None = None


@dataclass(frozen=True)
class Select:
    """A SELECT inside a query."""

    key: int
    columns: tuple[Column, ...]
    group: "Group"
    keys: tuple[Variable, ...] = ()
    having: tuple[Expression, ...] = ()
    distinct: bool = False


Part = Triple | Filter | Exists | Bind | Values | Union | Named | Optional | Select


@dataclass(frozen=True)
class Group:
    """What stands between braces."""

    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Body:
    """A query without its order: what it selects, from which solutions.

    Attributes:
        columns: what is selected; expressions without aggregates are BINDs of the group instead.
        group: the conditions.
        keys: what it groups by.
        having: conditions on the groups.
        grouped: whether rows stand for groups of solutions.
        names: name of each variable, also where it is known: variable -> columns and predicates that introduce it.
    """

    columns: tuple[Column, ...]
    group: Group
    keys: tuple[Variable, ...] = ()
    having: tuple[Expression, ...] = ()
    grouped: bool = False
    limited: bool = False
    names: dict[Variable, str] = field(default_factory=dict, compare=False)


AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


def eliminates(part: Part) -> bool:
    """Whether a condition can leave solutions out: values that are named, and what may be missing, cannot."""
    return not isinstance(part, Bind | Optional)


def inner(part: Part) -> tuple[Group, ...]:
    """The groups inside a condition."""
    match part:
        case Union():
            return part.alternatives
        case Optional() | Exists() | Select() | Named():
            return (part.group,)
        case _:
            return ()


def walk(group: Group) -> Iterator[Part]:
    """Every condition of a group, outer ones first."""
    for part in group.parts:
        yield part
        for below in inner(part):
            yield from walk(below)


def sure(group: Group) -> Iterator[Part]:
    """The conditions that hold for every solution of a group: none of an OPTIONAL, or of one of several alternatives."""
    for part in group.parts:
        yield part
        one = isinstance(part, Union) and len(part.alternatives) == 1
        if one or isinstance(part, Select | Named):
            for below in inner(part):
                yield from sure(below)


def in_expression(expression: Expression) -> Iterator[Variable]:
    """The variables of an expression, not those inside EXISTS."""
    match expression:
        case Variable():
            yield expression
        case Call():
            for argument in expression.arguments:
                yield from in_expression(argument)
        case _:
            return


def aggregates(expression: Expression) -> bool:
    """Whether an expression speaks of a group of solutions."""
    return isinstance(expression, Call) and (
        expression.name in AGGREGATES or any(map(aggregates, expression.arguments))
    )


_LOOSE = frozenset({"GROUP_CONCAT", "SAMPLE"})


def loosely_computed(group: Group) -> frozenset[Variable]:
    """The variables whose values hang on the order in which an engine finds solutions, or on what is made of such."""
    found: set[Variable] = set()
    for part in walk(group):
        if isinstance(part, Select):
            found |= {c.variable for c in part.columns if _loose(c.expression)}
        elif isinstance(part, Bind) and found.intersection(in_expression(part.expression)):
            found.add(part.variable)
    return frozenset(found)


def _loose(expression: Expression | None) -> bool:
    return isinstance(expression, Call) and (
        expression.name in _LOOSE or any(map(_loose, expression.arguments))
    )


def visible(group: Group) -> dict[Variable, None]:
    """The variables that a group may give a value to, in the order of the text."""
    found: dict[Variable, None] = {}
    for part in group.parts:
        found.update(dict.fromkeys(given_by(part)))
    return found


def given_by(part: Part) -> tuple[Variable, ...]:
    """The variables that a condition may give a value to."""
    match part:
        case Triple():
            ends = (part.subject, part.predicate, part.object)
            return tuple(end for end in ends if isinstance(end, Variable))
        case Bind():
            return (part.variable,)
        case Values():
            return part.variables
        case Union():
            return tuple(v for group in part.alternatives for v in visible(group))
        case Optional():
            return tuple(visible(part.group))
        case Named():
            name = (part.graph,) if isinstance(part.graph, Variable) else ()
            return (*name, *visible(part.group))
        case Select():
            return tuple(column.variable for column in part.columns)
        case _:
            return ()


def certain(group: Group) -> frozenset[Variable]:
    """The variables that every solution of a group has a value for."""
    found: set[Variable] = set()
    for part in group.parts:
        match part:
            case Triple():
                found.update(given_by(part))
            case Values():
                columns = zip(part.variables, zip(*part.rows, strict=True), strict=False)
                found.update(v for v, terms in columns if None not in terms)
            case Union():
                found |= frozenset.intersection(*(certain(g) for g in part.alternatives))
            case Named():
                found |= certain(part.group)
            case Select():
                inside = certain(part.group)
                found |= {c.variable for c in part.columns if c.variable in inside}
            case _:
                pass
    return frozenset(found)


def used_by(part: Part) -> tuple[Variable, ...]:
    """All variables of a condition, those of filters and of groups inside included."""
    found = list(given_by(part))
    if isinstance(part, Filter):
        found += expression_variables(part.expression)
    if isinstance(part, Bind):
        found += expression_variables(part.expression)
    for group in inner(part) if not isinstance(part, Select) else ():
        for below in group.parts:
            found += used_by(below)
    return tuple(dict.fromkeys(found))


def expression_variables(expression: Expression) -> list[Variable]:
    """The variables of an expression, those inside EXISTS included."""
    found = list(in_expression(expression))
    for test in tests(expression):
        for part in test.group.parts:
            found += used_by(part)
    return found


def tests(expression: Expression) -> Iterator[Test]:
    """The EXISTS inside an expression."""
    if isinstance(expression, Test):
        yield expression
    elif isinstance(expression, Call):
        for argument in expression.arguments:
            yield from tests(argument)
