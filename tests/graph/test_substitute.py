"""Values in the text of a query: the same rows as with values bound in the engine."""

from collections import Counter
from dataclasses import dataclass

import pytest
from pyoxigraph import Literal, NamedNode, Store, Triple

from cancu.graph.dataset import Bound, Embedded, Table
from cancu.graph.substitute import substituted
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions

X, D = NamedNode("http://e/x"), Literal('a "b"\n\\')
BOUND: dict[str, NamedNode | Literal] = {"x_asked": X, "d_asked": D}
CASES = [
    ("SELECT ?a ?x_asked WHERE { ?x_asked ?p ?a }", "SELECT ?a  WHERE { <http://e/x> ?p ?a }"),
    ("SELECT ?a WHERE { ?a ?p $d_asked }", 'SELECT ?a WHERE { ?a ?p "a \\"b\\"\\n\\\\" }'),
    (
        "SELECT ?a { { SELECT ?a ?x_asked { ?x_asked ?p ?a } } }",
        "SELECT ?a { { SELECT ?a  { <http://e/x> ?p ?a } } }",
    ),
    (
        "SELECT DISTINCT ?x_asked WHERE { ?x_asked ?p ?a }",
        "SELECT DISTINCT  (1 AS ?nothing) WHERE { <http://e/x> ?p ?a }",
    ),
    (
        "SELECT ?a { { ?a ?p ?x_asked } UNION { ?x_asked ?p ?a } }",
        "SELECT ?a { { ?a ?p <http://e/x> } UNION { <http://e/x> ?p ?a } }",
    ),
    (
        "SELECT * { ?a ?p ?b FILTER(BOUND(?x_asked) && ?b = ?x_asked) }",
        "SELECT * { ?a ?p ?b FILTER((true) && ?b = <http://e/x>) }",
    ),
    (
        "SELECT * { ?a ?p ?b FILTER(!bound( ?x_asked ) || BOUND(?b)) }",
        "SELECT * { ?a ?p ?b FILTER(!( true ) || BOUND(?b)) }",
    ),
    (
        "SELECT (COUNT(?a) AS ?n) { ?a ?p ?x_asked } GROUP BY ?p ?x_asked ORDER BY ?x_asked DESC(?x_asked)",
        "SELECT (COUNT(?a) AS ?n) { ?a ?p <http://e/x> } GROUP BY ?p (<http://e/x>) ORDER BY (<http://e/x>) DESC(<http://e/x>)",
    ),
    (
        "SELECT (STR(?x_asked) AS ?s) { BIND(?x_asked AS ?y) ?y ?p ?z }",
        "SELECT (STR(<http://e/x>) AS ?s) { BIND(<http://e/x> AS ?y) ?y ?p ?z }",
    ),
    (
        "SELECT ?a { ?a ?p '?x_asked' # ?x_asked\n OPTIONAL { ?a <http://e/?x_asked> ?b } }",
        "SELECT ?a { ?a ?p '?x_asked' # ?x_asked\n OPTIONAL { ?a <http://e/?x_asked> ?b } }",
    ),
    ("SELECT ?a { ?a ?p ?x_asked_too }", "SELECT ?a { ?a ?p ?x_asked_too }"),
]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_the_text(query: str, expected: str) -> None:
    assert substituted(query, BOUND) == expected
    assert substituted(query, {}) == query


@pytest.mark.parametrize("query", [query for query, _ in CASES])
def test_the_text_is_sparql(query: str) -> None:
    assert Store().query(substituted(query, BOUND)) is not None


@dataclass(frozen=True)
class ByText:
    """A dataset that is asked with values in the text, where the embedded one binds them."""

    embedded: Embedded
    version: str = "by text"

    def select(self, query: str, bindings: Bound | None = None) -> Table:
        return self.embedded.select(substituted(query, bindings or {}))

    def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
        return self.embedded.construct(substituted(query, bindings or {}))


@pytest.mark.parametrize("code", list(questions()))
def test_every_question_has_the_rows_of_bound_values(code: str, dataset: Embedded) -> None:
    bound, by_text = ask(code, {}, dataset), ask(code, {}, ByText(dataset))
    assert by_text.columns == bound.columns
    assert Counter(map(repr, by_text.rows)) == Counter(map(repr, bound.rows))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { BIND(1 AS ?x_asked) }",
        "SELECT (1 AS ?x_asked) { }",
        "SELECT * { VALUES ?x_asked { 1 } }",
        "SELECT * { VALUES (?y ?x_asked) { (1 2) } }",
        "SELECT * { } VALUES ?x_asked { 1 }",
    ],
)
def test_a_query_that_gives_the_value_itself(query: str) -> None:
    with pytest.raises(ValueError, match="x_asked"):
        substituted(query, BOUND)
