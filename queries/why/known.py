"""Conditions with some variables known.

What is known is put in place everywhere, so that an engine starts from it; where a query gives a variable its value by
an expression, that becomes a condition.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Variable

from cancu.ontology.terms import XSD
from cancu.queries.why.pattern import (
    Bind,
    Call,
    Column,
    Exists,
    Expression,
    Filter,
    Group,
    Named,
    Node,
    Optional,
    Part,
    Select,
    Term,
    Test,
    Triple,
    Union,
    Values,
    certain,
    given_by,
    visible,
)

Known = Mapping[Variable, Term]
TRUE = Literal("true", datatype=NamedNode(XSD.boolean))
FALSE = Literal("false", datatype=NamedNode(XSD.boolean))


def renamed(part: Select, names: Mapping[Variable, Variable]) -> Select:
    """A SELECT inside with other names for variables that it does not show."""
    return Select(
        part.key,
        tuple(
            Column(c.variable, None if c.expression is None else _expression(c.expression, names))
            for c in part.columns
        ),
        _group(part.group, names),
        tuple(names.get(v, v) for v in part.keys),
        tuple(_expression(e, names) for e in part.having),
        part.distinct,
    )


def with_known(group: Group, known: Known) -> Group:
    """The group when its solutions must have these values: no other way of it can give them is left."""
    found = _group(_required(group, known), known)
    computed = (v for v in visible(found) if v in known)
    equal = (Filter(0, Call("=", (v, known[v])), wanted=True) for v in computed)
    return Group((*found.parts, *equal))


def put_in(group: Group, known: Known) -> Group:
    """The group with these values in the place of variables, as EXISTS sees the solution around it."""
    return _group(group, known)


def settled(group: Group, known: Known) -> dict[Variable, Term] | tuple[Variable, Term, Term]:
    """What follows from what is known: a variable that another is a mere name of has its value.

    Gives the variable with both values where they differ: no solution can have them.
    """
    found = dict(known)
    while True:
        more = {}
        for name, variable in _names(group, found):
            term = found[name]
            if found.get(variable, term) != term:
                return variable, found[variable], term
            if variable not in found:
                more[variable] = term
        if not more:
            return found
        found |= more


def _names(group: Group, known: Known) -> Iterator[tuple[Variable, Variable]]:
    """Known names with the variables they are names of, in every solution of a group."""
    for part in group.parts:
        match part:
            case Bind(expression=Variable() as variable) if part.variable in known:
                yield part.variable, variable
            case Union():
                pairs = [set(_names(alternative, known)) for alternative in part.alternatives]
                yield from sorted(set.intersection(*pairs), key=str)
            case _:
                pass


def _required(group: Group, known: Known) -> Group:
    """Without the ways that leave a known variable without a value, where only one condition can give it one.

    What is optional must then be there, and an alternative that has not the variable cannot be the one.
    """
    open_ = {v for v in known if v not in certain(group)}
    often = Counter(v for part in group.parts for v in set(given_by(part)) if v in open_)
    needed = {v: known[v] for v, number in often.items() if number == 1}
    parts: list[Part] = []
    for part in group.parts:
        mine = {v: term for v, term in needed.items() if v in given_by(part)}
        match part:
            case Optional() if mine:
                # spliced in, not nested: its filters may speak of variables around it
                parts += _required(part.group, mine).parts
            case Union():
                groups = [g for g in part.alternatives if all(v in visible(g) for v in mine)]
                told = tuple(_required(g, mine) for g in groups)
                parts.append(replace(part, alternatives=told) if told else part)
            case Select() | Named() if mine:
                parts.append(replace(part, group=_required(part.group, mine)))
            case _:
                parts.append(part)
    return Group(tuple(parts))


def _group(group: Group, put: Mapping[Variable, Node]) -> Group:
    found = (_part(part, put) for part in group.parts)
    return Group(tuple(part for part in found if not _says_nothing(part)))


def _says_nothing(part: Part) -> bool:
    """Whether a condition says only that a thing is itself."""
    match part:
        case Filter(expression=Call(name="=", arguments=(NamedNode() | Literal() as one, other))):
            return one == other
        case Values(variables=(), rows=rows):
            return bool(rows)
        case _:
            return False


def _part(part: Part, put: Mapping[Variable, Node]) -> Part:
    match part:
        case Triple():
            return _triple(part, put)
        case Filter():
            return replace(part, expression=_expression(part.expression, put))
        case Bind():
            return _bind(part, put)
        case Values():
            return _values(part, put)
        case Union():
            return replace(part, alternatives=tuple(_group(g, put) for g in part.alternatives))
        case Optional() | Exists():
            return replace(part, group=_group(part.group, put))
        case Named():
            name = _node(part.graph, put)
            graph = name if isinstance(name, NamedNode | Variable) else part.graph
            return Named(part.key, graph, _group(part.group, put))
        case Select():
            return _select(part, put)


def _triple(part: Triple, put: Mapping[Variable, Node]) -> Triple:
    predicate = part.predicate
    if isinstance(predicate, Variable):
        found = put.get(predicate, predicate)
        predicate = found if isinstance(found, NamedNode | Variable) else predicate
    return Triple(part.key, _node(part.subject, put), predicate, _node(part.object, put))


def _node(node: Node, put: Mapping[Variable, Node]) -> Node:
    return put.get(node, node) if isinstance(node, Variable) else node


def _bind(part: Bind, put: Mapping[Variable, Node]) -> Part:
    expression = _expression(part.expression, put)
    target = put.get(part.variable, part.variable)
    if isinstance(target, Variable):
        return Bind(part.key, expression, target)
    if isinstance(expression, Variable):
        return Values(part.key, (expression,), ((target,),))
    return Filter(part.key, Call("=", (expression, target)))


def _values(part: Values, put: Mapping[Variable, Node]) -> Values:
    """The rows that agree with what is known, without the columns of it."""
    terms = {v: put[v] for v in part.variables if not isinstance(put.get(v, v), Variable)}
    rows = [
        row
        for row in part.rows
        if all(t is None or terms.get(v, t) == t for v, t in zip(part.variables, row, strict=True))
    ]
    kept = [i for i, v in enumerate(part.variables) if v not in terms]
    names = (_node(part.variables[i], put) for i in kept)
    return Values(
        part.key,
        tuple(name for name in names if isinstance(name, Variable)),
        tuple(tuple(row[i] for i in kept) for row in rows),
    )


def _select(part: Select, put: Mapping[Variable, Node]) -> Select:
    """Only what a SELECT inside shows is known in it; what it computes is not, but may have another name."""
    own = {c.variable for c in part.columns}
    computed = {c.variable for c in part.columns if c.expression is not None}
    inside = {
        v: node
        for v, node in put.items()
        if v in own and (v not in computed or isinstance(node, Variable))
    }
    known = {v for v, node in inside.items() if not isinstance(node, Variable)}
    return Select(
        part.key,
        tuple(
            Column(
                _name(c.variable, inside),
                None if c.expression is None else _expression(c.expression, inside),
            )
            for c in part.columns
            if c.variable not in known
        ),
        _group(part.group, inside),
        tuple(_name(v, inside) for v in part.keys if v not in known),
        tuple(_expression(e, inside) for e in part.having),
        part.distinct,
    )


def _name(variable: Variable, put: Mapping[Variable, Node]) -> Variable:
    found = put.get(variable, variable)
    return found if isinstance(found, Variable) else variable


def _expression(expression: Expression, put: Mapping[Variable, Node]) -> Expression:
    match expression:
        case Variable():
            return put.get(expression, expression)
        case Call(name="BOUND", arguments=(Variable() as variable,)) if isinstance(
            put.get(variable, variable), NamedNode | Literal
        ):
            return TRUE
        case Call():
            return replace(
                expression, arguments=tuple(_expression(a, put) for a in expression.arguments)
            )
        case Test():
            return replace(expression, group=_group(expression.group, put))
        case _:
            return expression
