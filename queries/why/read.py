"""A query's text as a tree of conditions, by rdflib's parser.

rdflib's parser breaks for good when several threads use it for the first time at once (rdflib issue 1282): one at a time.
"""

import itertools
from collections.abc import Iterable, Iterator
from functools import cache, partial
from threading import Lock
from typing import Any

import rdflib
from pyoxigraph import Literal, NamedNode, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql.algebra import translatePath, translatePName, translatePrologue, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from cancu.queries.errors import CannotExplain
from cancu.queries.why.known import renamed
from cancu.queries.why.pattern import (
    Bind,
    Body,
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
    Path,
    Select,
    Term,
    Test,
    Triple,
    Union,
    Values,
    aggregates,
    certain,
    used_by,
    visible,
)

_PARSING = Lock()


def cannot(vi: str, en: str) -> CannotExplain:
    """The error that says what of a query nobody here can explain."""
    return CannotExplain(
        f"Không giải thích được câu trả lời này: {vi}.", f"This answer cannot be explained: {en}."
    )


@cache
def read_body(text: str) -> Body:
    """The conditions of a SELECT query.

    Raises:
        CannotExplain: it is no SELECT, or has parts that are not understood here (GRAPH, SERVICE, LIMIT inside).
    """
    tree = _parse(text)
    if tree.name != "SelectQuery":
        raise cannot("câu hỏi cho ra đồ thị, không phải các dòng", "the question gives no rows")
    return _Reader().body(tree)


@cache
def read_rule(text: str) -> tuple[tuple[Triple, ...], Group]:
    """What a CONSTRUCT query makes, and from what.

    Raises:
        CannotExplain: it is no CONSTRUCT, or not understood here.
    """
    tree = _parse(text)
    if tree.name != "ConstructQuery":
        raise cannot("quy tắc không phải CONSTRUCT", "the rule is no CONSTRUCT")
    reader = _Reader()
    made = tuple(t for block in tree.template for t in reader.triples([block]))
    return made, reader.group(tree.where)


def _parse(text: str) -> CompValue:
    with _PARSING:
        parsed = parseQuery(text)
        prologue = translatePrologue(parsed[0], None)
        named = traverse(parsed[1], visitPost=partial(translatePName, prologue=prologue))
        tree: CompValue = traverse(named, visitPost=translatePath)
        return tree


class _Reader:
    """Reads one query; gives every condition its key, and every variable inside a SELECT a name that is nowhere else."""

    def __init__(self) -> None:
        self._keys = itertools.count(1)
        self._blank: dict[str, Variable] = {}

    def body(self, tree: CompValue) -> Body:
        """The whole query. What it selects by an expression without aggregates is a BIND at the end."""
        group = self._where(tree)
        columns = self._columns(tree, group)
        keys, made = self._keys_of(tree)
        grouped = bool(tree.groupby) or any(map(_of_groups, columns))
        if not grouped:
            computed = [(c.expression, c.variable) for c in columns if c.expression is not None]
            made += [Bind(next(self._keys), expression, name) for expression, name in computed]
            columns = tuple(Column(c.variable) for c in columns)
        return Body(
            columns=columns,
            group=Group((*group.parts, *made)),
            keys=keys,
            having=self._having(tree),
            grouped=grouped,
            limited=bool(tree.limitoffset),
        )

    def _where(self, tree: CompValue) -> Group:
        group = self.group(tree.where)
        return (
            Group((*group.parts, self._values(tree.valuesClause))) if tree.valuesClause else group
        )

    def group(self, tree: CompValue) -> Group:
        """A group in braces."""
        if tree.name == "SubSelect":
            return Group((self._select(tree),))
        listed = [(part.name, part) for part in tree.part or ()]
        read = [(name, self._part(part)) for name, part in listed]
        parts: list[Part] = []
        for i, (name, found) in enumerate(read):
            if name == "MinusGraphPattern":
                after = [part for _, later in read[i + 1 :] for part in later]
                found = _as_not_exists(found[0], Group(tuple(parts)), Group(tuple(after)))
            parts += found
        return Group(tuple(parts))

    def _part(self, tree: CompValue) -> list[Part]:
        match tree.name:
            case "TriplesBlock":
                return list(self.triples(tree.triples))
            case "Filter":
                return list(self._filters(self.expression(tree.expr)))
            case "Bind":
                return [Bind(next(self._keys), self.expression(tree.expr), _variable(tree.var))]
            case "InlineData":
                return [self._values(tree)]
            case "OptionalGraphPattern":
                return [Optional(next(self._keys), self.group(tree.graph))]
            case "GroupOrUnionGraphPattern":
                return [self._union(tree)]
            case "GraphGraphPattern":
                return [Named(next(self._keys), self._verb(tree.term), self.group(tree.graph))]
            case "MinusGraphPattern":
                return [Exists(next(self._keys), self.group(tree.graph), positive=False)]
            case other:
                raise cannot(f"câu truy vấn có {other}", f"the query has {other}")

    def _union(self, tree: CompValue) -> Part:
        groups = tuple(self.group(graph) for graph in tree.graph)
        only = groups[0].parts[0] if len(groups) == 1 and len(groups[0].parts) == 1 else None
        return only if isinstance(only, Select | Union) else Union(next(self._keys), groups)

    def triples(self, blocks: Iterable[Any]) -> Iterator[Triple]:
        """Triple patterns; a blank node is a variable without a name."""
        for block in blocks:
            flat = list(block)
            for i in range(0, len(flat), 3):
                subject, predicate, end = flat[i : i + 3]
                yield Triple(
                    next(self._keys),
                    self._node(subject),
                    _path(predicate)
                    if isinstance(predicate, rdflib.paths.Path)
                    else self._verb(predicate),
                    self._node(end),
                )

    def _verb(self, term: Any) -> NamedNode | Variable:
        found = self._node(term)
        if isinstance(found, Literal):
            raise cannot("vị ngữ là chữ", "a predicate is a literal")
        return found

    def _node(self, term: Any) -> Node:
        if isinstance(term, rdflib.BNode):
            return self._blank.setdefault(str(term), Variable(f"blank_{len(self._blank)}"))
        return _variable(term) if isinstance(term, rdflib.Variable) else _term(term)

    def _filters(self, expression: Expression) -> Iterator[Part]:
        """The conditions of a FILTER: each side of && is one of its own."""
        if isinstance(expression, Call) and expression.name == "&&":
            for argument in expression.arguments:
                yield from self._filters(argument)
        elif isinstance(expression, Test):
            yield Exists(next(self._keys), expression.group, expression.positive)
        else:
            yield Filter(next(self._keys), expression)

    def _values(self, tree: CompValue) -> Values:
        names = tree.var if isinstance(tree.var, list) else [tree.var]
        rows = [row if isinstance(row, list) else [row] for row in tree.value or ()]
        return Values(
            next(self._keys),
            tuple(map(_variable, names)),
            tuple(tuple(None if t == "UNDEF" else _term(t) for t in row) for row in rows),
        )

    def _columns(self, tree: CompValue, group: Group) -> tuple[Column, ...]:
        if not tree.projection:
            return tuple(Column(v) for v in visible(group) if not v.value.startswith("blank_"))
        return tuple(
            Column(_variable(c.evar), self.expression(c.expr))
            if c.evar
            else Column(_variable(c.var))
            for c in tree.projection
        )

    def _keys_of(self, tree: CompValue) -> tuple[tuple[Variable, ...], list[Part]]:
        """What a query groups by; an expression among them is a BIND."""
        keys, made = [], list[Part]()
        for condition in tree.groupby.condition if tree.groupby else ():
            if isinstance(condition, rdflib.Variable):
                keys.append(_variable(condition))
                continue
            named = isinstance(condition, CompValue) and condition.name == "GroupAs"
            variable = (
                _variable(condition.var)
                if named and condition.var
                else Variable(f"key_{next(self._keys)}")
            )
            expression = self.expression(condition.expr if named else condition)
            made.append(Bind(next(self._keys), expression, variable))
            keys.append(variable)
        return tuple(keys), made

    def _having(self, tree: CompValue) -> tuple[Expression, ...]:
        return tuple(self.expression(e) for e in tree.having.condition) if tree.having else ()

    def _select(self, tree: CompValue) -> Select:
        """A SELECT inside, with its own variables under names that nothing around it has."""
        if tree.limitoffset:
            raise cannot("câu truy vấn con có LIMIT", "a query inside has a LIMIT")
        group = self._where(tree)
        keys, made = self._keys_of(tree)
        group = Group((*group.parts, *made))
        columns = self._columns(tree, group)
        key = next(self._keys)
        shown = {column.variable for column in columns}
        hidden = {v: Variable(f"{v.value}_{key}") for v in visible(group) if v not in shown}
        found = Select(key, columns, group, keys, self._having(tree), bool(tree.modifier))
        return renamed(found, hidden)

    def expression(self, tree: Any) -> Expression:
        """An expression without the layers of the grammar that hold one thing only."""
        if isinstance(tree, list):
            raise cannot("biểu thức", "an expression")
        if not isinstance(tree, CompValue):
            return _variable(tree) if isinstance(tree, rdflib.Variable) else _term(tree)
        name = tree.name
        if name in _CHAINS:
            return self._chain(tree, _CHAINS[name])
        if name == "RelationalExpression":
            return self._relation(tree)
        if name in ("AdditiveExpression", "MultiplicativeExpression"):
            return self._sum(tree)
        if name in _UNARY:
            return Call(_UNARY[name], (self.expression(tree.expr),))
        if name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return Test(self.group(tree.graph), name == "Builtin_EXISTS")
        if name == "Function":
            return Call(str(_term(tree.iri)), tuple(map(self.expression, tree.expr or ())))
        if name.startswith("Aggregate_"):
            return self._aggregate(tree)
        if name.startswith("Builtin_"):
            return self._builtin(tree)
        raise cannot(f"biểu thức {name}", f"an expression {name}")

    def _chain(self, tree: CompValue, operator: str) -> Expression:
        first = self.expression(tree.expr)
        if not tree.other:
            return first
        return Call(operator, (first, *map(self.expression, tree.other)))

    def _relation(self, tree: CompValue) -> Expression:
        first = self.expression(tree.expr)
        if not tree.op:
            return first
        if tree.op in ("IN", "NOT IN"):
            listed = [] if isinstance(tree.other, rdflib.URIRef) else tree.other
            return Call(tree.op, (first, *map(self.expression, listed)))
        return Call(tree.op, (first, self.expression(tree.other)))

    def _sum(self, tree: CompValue) -> Expression:
        found = self.expression(tree.expr)
        for operator, other in zip(tree.op or (), tree.other or (), strict=True):
            found = Call(operator, (found, self.expression(other)))
        return found

    def _aggregate(self, tree: CompValue) -> Expression:
        name = _AGGREGATE[tree.name]
        arguments = () if tree.vars == "*" else (self.expression(tree.vars),)
        separator = str(tree.separator) if tree.separator is not None else None
        return Call(name, arguments, bool(tree.distinct), separator)

    def _builtin(self, tree: CompValue) -> Expression:
        arguments: list[Expression] = []
        for value in tree.values():
            listed = value if isinstance(value, list) else [value]
            arguments += map(self.expression, listed)
        return Call(tree.name.removeprefix("Builtin_"), tuple(arguments))


_CHAINS = {"ConditionalOrExpression": "||", "ConditionalAndExpression": "&&"}
_UNARY = {"UnaryNot": "!", "UnaryMinus": "-", "UnaryPlus": "+"}
_AGGREGATE = {
    "Aggregate_Count": "COUNT",
    "Aggregate_Sum": "SUM",
    "Aggregate_Min": "MIN",
    "Aggregate_Max": "MAX",
    "Aggregate_Avg": "AVG",
    "Aggregate_Sample": "SAMPLE",
    "Aggregate_GroupConcat": "GROUP_CONCAT",
}


def _of_groups(column: Column) -> bool:
    return column.expression is not None and aggregates(column.expression)


def _as_not_exists(minus: Part, before: Group, after: Group) -> list[Part]:
    """MINUS as NOT EXISTS, where both say the same; nothing where it takes nothing away.

    Raises:
        CannotExplain: they may differ: no variable that both sides always have, or others that only one of the two sees.
    """
    if not isinstance(minus, Exists):
        return []
    own, around = set(visible(minus.group)), set(visible(before))
    if not own & around:
        return []
    foreign = {v for part in minus.group.parts for v in used_by(part)} - own
    shared = certain(minus.group) & certain(before)
    if (
        not shared
        or foreign & (around | set(visible(after)))
        or (own - around) & set(visible(after))
    ):
        raise cannot("MINUS này không nói được bằng NOT EXISTS", "a MINUS that is no NOT EXISTS")
    return [minus]


def _variable(term: Any) -> Variable:
    return Variable(str(term))


def _term(term: Any) -> Term:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise cannot(f"“{term}”", f"“{term}”")
    if term.language:
        return Literal(str(term), language=term.language)
    return (
        Literal(str(term), datatype=NamedNode(str(term.datatype)))
        if term.datatype
        else Literal(str(term))
    )


def _path(path: Any) -> Path:
    match path:
        case rdflib.URIRef():
            return Path("step", NamedNode(str(path)))
        case InvPath():
            return Path("inverse", parts=(_path(path.arg),))
        case SequencePath():
            return Path("sequence", parts=tuple(map(_path, path.args)))
        case AlternativePath():
            return Path("choice", parts=tuple(map(_path, path.args)))
        case MulPath():
            return Path("repeat", parts=(_path(path.path),), mark=path.mod)
        case NegatedPath():
            return Path("not", parts=tuple(map(_path, path.args)))
        case _:
            raise cannot("đường thuộc tính", "a property path")
