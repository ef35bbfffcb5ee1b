"""The check of a graph: ontology/shapes.ttl, compiled into SPARQL and run on a store.

pyshacl says the same things in 5 to 20 seconds for one plan; this says them in a fraction of one,
so that every build can be checked. The tests run both on the same faulty graphs and compare.

The subset of SHACL that is understood; anything else in the file is refused by name:

- ``sh:NodeShape`` with ``sh:targetClass`` and ``sh:targetSubjectsOf``;
- on a node shape itself ``sh:nodeKind sh:IRI`` and ``sh:pattern``;
- ``sh:property`` with ``sh:path`` (a predicate, its inverse, or a sequence of those) and
  ``sh:minCount``, ``sh:maxCount``, ``sh:datatype`` (string, date, dateTime, integer),
  ``sh:class``, ``sh:nodeKind sh:IRI``, ``sh:pattern``, ``sh:in``, ``sh:hasValue``,
  ``sh:disjoint``, ``sh:lessThan``, ``sh:lessThanOrEquals``, ``sh:minInclusive``;
- ``sh:sparql`` with ``sh:select`` of the form ``SELECT … WHERE { … }`` and ``sh:prefixes``;
- ``sh:severity`` (a SPARQL constraint has that of its shape) and ``sh:message`` in vi and en.

As in SHACL, classes reach down ``rdfs:subClassOf``: the store must hold the vocabulary too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal as OneOf
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from cancu.ontology.load import shapes_text

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
Severity = OneOf["violation", "warning"]

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_SEVERITIES: Mapping[str, Severity] = {f"{SH}Violation": "violation", f"{SH}Warning": "warning"}
_TARGETS = {f"{SH}targetClass", f"{SH}targetSubjectsOf"}
_ABOUT = {f"{RDF}type", f"{SH}message", f"{SH}severity"}
# A literal is of its datatype only if its words can be read as such: the cast says so.
_CASTS = {f"{XSD}date", f"{XSD}dateTime", f"{XSD}integer"}


class ShapesError(ValueError):
    """The shapes file asks for something this compiler cannot honour."""


@dataclass(frozen=True)
class Constraint:
    """One rule of the shapes file; ``select`` finds ``?this`` (and ``?value``) breaking it."""

    name: str
    severity: Severity
    message_vi: str
    message_en: str
    select: str


@dataclass(frozen=True)
class Violation:
    """One place where a graph breaks a constraint: the node, and the value where there is one."""

    constraint: str
    severity: Severity
    focus: str
    value: str | None
    message_vi: str
    message_en: str


@cache
def constraints() -> tuple[Constraint, ...]:
    """Give the constraints of ontology/shapes.ttl, by name; raises ShapesError."""
    return compile_shapes(shapes_text())


def check(store: Store, merged: bool = False) -> tuple[Violation, ...]:
    """Check the union of the named graphs of a store (vocabulary and schemes included).

    With `merged` only its default graph, which in a snapshot holds what counts: a replaced version does not.
    """
    found = {v for constraint in constraints() for v in _run(store, constraint, merged)}
    return tuple(sorted(found, key=_order))


def compile_shapes(turtle: str) -> tuple[Constraint, ...]:
    """Compile a shapes file in Turtle; raises ShapesError for what is outside the subset."""
    shapes = _Shapes(turtle)
    compiled = [one for shape in shapes.node_shapes() for one in shapes.constraints_of(shape)]
    if twice := [name for name, n in Counter(c.name for c in compiled).items() if n > 1]:
        raise ShapesError(f"used by more than one shape: {', '.join(sorted(twice))}")
    return tuple(sorted(compiled, key=lambda constraint: constraint.name))


def _run(store: Store, constraint: Constraint, merged: bool) -> Iterator[Violation]:
    rows = store.query(constraint.select, use_default_graph_as_union=not merged)
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - compiled as SELECT
    for row in rows:
        value = row["value"]
        yield Violation(
            constraint.name,
            constraint.severity,
            _text(row["this"]),
            None if value is None else _text(value),
            constraint.message_vi,
            constraint.message_en,
        )


def _order(violation: Violation) -> tuple[str, str, str, str]:
    return (violation.severity, violation.constraint, violation.focus, violation.value or "")


def _text(term: Node) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


class _Shapes:
    """The triples of a shapes file, and the queries they mean."""

    def __init__(self, turtle: str) -> None:
        self._facts: dict[Node, dict[str, list[Node]]] = {}
        for quad in parse(turtle, RdfFormat.TURTLE):
            predicates = self._facts.setdefault(quad.subject, {})
            predicates.setdefault(quad.predicate.value, []).append(quad.object)
        self._prefixes: dict[Node, str] = {}

    def node_shapes(self) -> Iterator[NamedNode]:
        """Every node shape, after a look for shapes that nothing would run."""
        kinds = {node: self._types(node) for node in self._facts}
        used = {node for facts in self._facts.values() for node in facts.get(f"{SH}property", [])}
        used |= {node for facts in self._facts.values() for node in facts.get(f"{SH}sparql", [])}
        for node, types in kinds.items():
            if types & {f"{SH}PropertyShape", f"{SH}SPARQLConstraint"} and node not in used:
                raise ShapesError(f"{_text(node)}: no node shape uses it")
            if f"{SH}NodeShape" in types:
                yield self._named(node)

    def constraints_of(self, shape: NamedNode) -> Iterator[Constraint]:
        """Every constraint of a node shape: its own, its properties', its queries'."""
        facts = self._facts[shape]
        children = {f"{SH}property", f"{SH}sparql"}
        own = {key: facts[key] for key in facts if key not in _TARGETS | _ABOUT | children}
        if strange := own.keys() - {f"{SH}nodeKind", f"{SH}pattern"}:
            raise ShapesError(f"{shape.value}: {min(strange)} is not supported on a node shape")
        target = self._target(shape)
        if own:
            parts = [_where(target, _on_node(key, value)) for key in own for value in own[key]]
            yield self._constraint(shape, shape, _union(parts))
        for node in facts.get(f"{SH}property", []):
            yield self._property(self._named(node), target)
        for node in facts.get(f"{SH}sparql", []):
            yield self._sparql(self._named(node), shape, target)

    def _target(self, shape: NamedNode) -> str:
        parts = []
        for node in self._facts[shape].get(f"{SH}targetClass", []):
            parts.append(_instances("?this", "?targetClass", _iri(node)))
        for node in self._facts[shape].get(f"{SH}targetSubjectsOf", []):
            # Each subject once: it may have many objects, and the body runs for every row.
            body = f"?this {_iri(node)} ?targetObject"
            parts.append(f"{{ SELECT DISTINCT ?this WHERE {{ {body} }} }}")
        if not parts:
            raise ShapesError(f"{shape.value}: no target")
        return parts[0] if len(parts) == 1 else "{ " + " } UNION { ".join(parts) + " }"

    def _property(self, name: NamedNode, target: str) -> Constraint:
        facts = self._facts.get(name, {})
        (path,) = self._exactly(name, f"{SH}path", 1)
        steps = self._path(path)
        parts = []
        for key, values in facts.items():
            if key not in _ABOUT | {f"{SH}path"}:
                parts += [self._component(name, target, steps, key, value) for value in values]
        if not parts:
            raise ShapesError(f"{name.value}: constrains nothing")
        return self._constraint(name, name, _union(parts))

    def _component(self, name: NamedNode, target: str, path: str, key: str, value: Node) -> str:
        # MINUS and not FILTER NOT EXISTS: Oxigraph runs the latter anew for every row.
        value_of = f"?this {path} ?value ."
        if key == f"{SH}minCount" and _number(value) == 1:
            return _where(target, f"MINUS {{ {value_of} }}")
        if key == f"{SH}minCount":
            return _counted(target, f"OPTIONAL {{ {value_of} }}", f"< {_number(value)}")
        if key == f"{SH}maxCount" and _number(value) == 0:
            return _where(target, value_of)
        if key == f"{SH}maxCount":
            return _counted(target, value_of, f"> {_number(value)}")
        if key == f"{SH}hasValue":
            return _where(target, f"MINUS {{ ?this {path} {value} }}")
        if key == f"{SH}in":
            allowed = ", ".join(str(item) for item in self._list(value))
            return _where(target, f"{value_of} FILTER(?value NOT IN ({allowed}))")
        if key in _VALUE_TESTS:
            return _where(target, f"{value_of} {_VALUE_TESTS[key](value)}")
        raise ShapesError(f"{name.value}: {key} is not supported")

    def _sparql(self, name: NamedNode, shape: NamedNode, target: str) -> Constraint:
        allowed = _ABOUT - {f"{SH}severity"} | {f"{SH}select", f"{SH}prefixes"}
        if strange := self._facts.get(name, {}).keys() - allowed:
            raise ShapesError(f"{name.value}: {min(strange)} is not supported")
        (select,) = self._exactly(name, f"{SH}select", 1)
        match = re.fullmatch(r"\s*SELECT\s+(.*?)\s+WHERE\s*\{(.*)\}\s*", _text(select), re.DOTALL)
        if match is None or "$this" not in match[1]:
            raise ShapesError(f"{name.value}: sh:select is not of the form SELECT $this … WHERE")
        # SHACL binds $this beforehand; here the target stands in front, to the same effect.
        value = "" if "?value" in match[1] else " (?noValue AS ?value)"
        query = f"SELECT DISTINCT {match[1]}{value} WHERE {{ {target} {match[2]} }}"
        return self._constraint(name, shape, self._declared(name) + query)

    def _declared(self, name: NamedNode) -> str:
        lines = []
        for ontology in self._facts[name].get(f"{SH}prefixes", []):
            if ontology not in self._prefixes:
                self._prefixes[ontology] = "".join(map(self._prefix, self._declares(ontology)))
            lines.append(self._prefixes[ontology])
        return "".join(lines)

    def _declares(self, ontology: Node) -> list[Node]:
        return self._facts.get(ontology, {}).get(f"{SH}declare", [])

    def _prefix(self, node: Node) -> str:
        (prefix,) = self._exactly(node, f"{SH}prefix", 1)
        (namespace,) = self._exactly(node, f"{SH}namespace", 1)
        return f"PREFIX {_text(prefix)}: <{_text(namespace)}>\n"

    def _constraint(self, name: NamedNode, shape: NamedNode, select: str) -> Constraint:
        severities = self._facts[shape].get(f"{SH}severity", [NamedNode(f"{SH}Violation")])
        severity = _SEVERITIES.get(_text(severities[0]))
        if severity is None or len(severities) != 1:
            raise ShapesError(f"{shape.value}: severity must be sh:Violation or sh:Warning")
        messages = {
            message.language: message.value
            for message in self._facts[name].get(f"{SH}message", [])
            if isinstance(message, Literal)
        }
        if messages.keys() != {"vi", "en"}:
            raise ShapesError(f"{name.value}: needs one message in vi and one in en")
        return Constraint(name.value, severity, messages["vi"], messages["en"], select)

    def _path(self, node: Node) -> str:
        """Write a path: a predicate, ``^`` of one, or those joined by ``/``."""
        if isinstance(node, NamedNode):
            return _iri(node)
        facts = self._facts.get(node, {})
        if f"{RDF}first" in facts:
            # Step by step, and not "/": Oxigraph walks that from its unbound end.
            steps = [self._path(step) for step in self._list(node)]
            return (
                "".join(f"{step} ?step{i} . ?step{i} " for i, step in enumerate(steps[:-1]))
                + steps[-1]
            )
        if facts.keys() == {f"{SH}inversePath"}:
            return "^" + _iri(facts[f"{SH}inversePath"][0])
        raise ShapesError(f"path is not supported: {', '.join(sorted(facts)) or node}")

    def _list(self, node: Node) -> list[Node]:
        items: list[Node] = []
        while node != NamedNode(f"{RDF}nil"):
            (first,) = self._exactly(node, f"{RDF}first", 1)
            (node,) = self._exactly(node, f"{RDF}rest", 1)
            items.append(first)
        return items

    def _exactly(self, node: Node, key: str, count: int) -> list[Node]:
        values = self._facts.get(node, {}).get(key, [])
        if len(values) != count:
            raise ShapesError(f"{_text(node)}: needs {count} {key}, has {len(values)}")
        return values

    def _named(self, node: Node) -> NamedNode:
        if not isinstance(node, NamedNode):
            facts = ", ".join(sorted(self._facts.get(node, {})))
            raise ShapesError(f"a shape or constraint without a name: {facts or node}")
        return node

    def _types(self, node: Node) -> set[str]:
        return {_text(kind) for kind in self._facts[node].get(f"{RDF}type", [])}


def _instances(node: str, helper: str, cls: str) -> str:
    # Classes first: their closure is a handful, and the path then has one end bound.
    return f"{helper} <{RDFS}subClassOf>* {cls} . {node} a {helper} ."


def _where(target: str, body: str) -> str:
    return f"{target} {body}"


def _on_node(key: str, value: Node) -> str:
    return f"BIND(?this AS ?value) {_VALUE_TESTS[key](value)}"


def _counted(target: str, body: str, test: str) -> str:
    return (
        f"{{ SELECT ?this WHERE {{ {target} {body} }} GROUP BY ?this "
        f"HAVING(COUNT(DISTINCT ?value) {test}) }}"
    )


def _union(parts: list[str]) -> str:
    return "SELECT DISTINCT ?this ?value WHERE { { " + " } UNION { ".join(parts) + " } }"


def _iri(node: Node) -> str:
    if not isinstance(node, NamedNode):
        raise ShapesError(f"not an IRI where one is needed: {node}")
    return str(node)


def _number(node: Node) -> int:
    if not isinstance(node, Literal) or not node.value.isdigit():
        raise ShapesError(f"not a number where one is needed: {node}")
    return int(node.value)


def _test_datatype(value: Node) -> str:
    cls = _iri(value)
    right = f"DATATYPE(?value) = {cls}"
    if _text(value) in _CASTS:
        right += f" && {cls}(STR(?value)) = ?value"
    elif _text(value) != f"{XSD}string":
        raise ShapesError(f"sh:datatype is not supported for {_text(value)}")
    return f"FILTER(!COALESCE({right}, false))"


def _test_class(value: Node) -> str:
    return f"MINUS {{ {_instances('?value', '?valueClass', _iri(value))} }}"


def _test_kind(value: Node) -> str:
    if _text(value) != f"{SH}IRI":
        raise ShapesError(f"sh:nodeKind is not supported for {_text(value)}")
    return "FILTER(!isIRI(?value))"


def _test_pattern(value: Node) -> str:
    return f"FILTER(isBlank(?value) || !REGEX(STR(?value), {value}))"


def _test_disjoint(value: Node) -> str:
    return f"FILTER EXISTS {{ ?this {_iri(value)} ?value }}"


def _test_order(operator: str) -> Callable[[Node], str]:
    # What cannot be compared is not in order: COALESCE turns the error into "no".
    return lambda value: (
        f"?this {_iri(value)} ?other . FILTER(!COALESCE(?value {operator} ?other, false))"
    )


def _test_least(value: Node) -> str:
    return f"FILTER(!COALESCE(?value >= {value}, false))"


# Each gives what makes a ?value wrong.
_VALUE_TESTS: Mapping[str, Callable[[Node], str]] = {
    f"{SH}datatype": _test_datatype,
    f"{SH}class": _test_class,
    f"{SH}nodeKind": _test_kind,
    f"{SH}pattern": _test_pattern,
    f"{SH}disjoint": _test_disjoint,
    f"{SH}lessThan": _test_order("<"),
    f"{SH}lessThanOrEquals": _test_order("<="),
    f"{SH}minInclusive": _test_least,
}
