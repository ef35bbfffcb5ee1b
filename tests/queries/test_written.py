"""A question as SPARQL that runs as it stands: the same rows as asking it."""

from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode

from cancu.graph.dataset import ASKED, Embedded, Row, construct, select
from cancu.ontology.terms import XSD
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.errors import MissingValue
from cancu.queries.guard import admit
from cancu.queries.header import read_question
from cancu.queries.parameters import Bindings
from cancu.queries.written import as_sparql, written
from tests.many import CHI_LINH, SAM_SON
from tests.own import own_question

VALUES: dict[str, dict[str, str]] = {
    "A2": {"task": "II.1"},
    "A5": {"document": "63/2010/NĐ-CP"},
    "A11": {"date": "2026-01-01"},
    "A13": {"document": "63/2010/NĐ-CP"},
    "A15": {"date": "2026-01-01"},
    "B2": {"agency": "Phòng Tư pháp"},
    "C2": {"date": "2023-12-31"},
}
"""Values besides the defaults, for questions that ask in several ways."""


def counted(rows: tuple[Row, ...]) -> Counter[tuple[tuple[str, object], ...]]:
    """Rows to be compared, whatever a plan is called where there are several."""
    return Counter(tuple((n, v) for n, v in row.items() if n != "plan") for row in rows)


def compare(code: str, values: dict[str, str], data: Embedded) -> None:
    answer = ask(code, values, data)
    text = written(code, values, data)
    admit(text)
    if answer.question.constructs:
        assert set(construct(data.store, text)) == set(answer.triples)
        return
    found = select(data.store, text)
    assert not any(name.endswith(ASKED) for name in found.columns)
    assert found.columns == answer.columns
    assert counted(found.rows) == counted(answer.rows)


@pytest.mark.parametrize("code", questions())
def test_raw_sparql_gives_the_same_rows(code: str, dataset: Embedded) -> None:
    compare(code, {}, dataset)
    compare(code, {"plan": CHI_LINH}, dataset)


@pytest.mark.parametrize("code", VALUES)
def test_with_other_values(code: str, dataset: Embedded) -> None:
    assert counted(ask(code, VALUES[code], dataset).rows) != counted(ask(code, {}, dataset).rows)
    compare(code, VALUES[code], dataset)


@pytest.mark.parametrize("code", questions())
def test_of_many_plans(code: str, many: Embedded) -> None:
    for values in ({}, {"plan": SAM_SON}):
        try:
            compare(code, values, many)
        except MissingValue:
            assert any(p.required for p in questions()[code].parameters)


# ---- where the values stand

D = "VALUES ?task_asked { <x:d> }"
CASES = [
    # once, before all else
    ("SELECT ?task ?task_asked WHERE { ?task ?p ?task_asked }", f"SELECT ?task WHERE {{ {D} ?task ?p ?task_asked }}"),
    # a group that speaks of it in a triple is joined with the rest
    (
        "SELECT ?task WHERE { ?task a ?task_asked { ?task_asked ?p ?o } UNION { ?o ?p ?task_asked } }",
        f"SELECT ?task WHERE {{ {D} ?task a ?task_asked {{ ?task_asked ?p ?o }} UNION {{ ?o ?p ?task_asked }} }}",
    ),
    # nothing around it speaks of it
    (
        "SELECT ?task WHERE { { ?task_asked ?p ?task } UNION { ?task ?p ?task_asked } }",
        f"SELECT ?task WHERE {{ {{ {D} ?task_asked ?p ?task }} UNION {{ {D} ?task ?p ?task_asked }} }}",
    ),
    # a condition or BIND in a group of its own does not see what is around
    (
        "SELECT ?task WHERE { ?task a ?task_asked { ?o ?p ?q FILTER(?o = ?task_asked) } { BIND(?task_asked AS ?x) } }",
        f"SELECT ?task WHERE {{ {D} ?task a ?task_asked {{ {D} ?o ?p ?q FILTER(?o = ?task_asked) }} {{ {D} BIND(?task_asked AS ?x) }} }}",
    ),
    # but the condition of OPTIONAL and EXISTS does
    (
        "SELECT ?task WHERE { ?task a ?task_asked OPTIONAL { ?o ?p ?q FILTER(?o = ?task_asked) } FILTER NOT EXISTS { ?o ?p ?q FILTER(?o = ?task_asked) } }",
        f"SELECT ?task WHERE {{ {D} ?task a ?task_asked OPTIONAL {{ ?o ?p ?q FILTER(?o = ?task_asked) }} FILTER NOT EXISTS {{ ?o ?p ?q FILTER(?o = ?task_asked) }} }}",
    ),
    (
        "SELECT ?task WHERE { ?task a ?task_asked OPTIONAL { BIND(?task_asked AS ?x) } }",
        f"SELECT ?task WHERE {{ {D} ?task a ?task_asked OPTIONAL {{ {D} BIND(?task_asked AS ?x) }} }}",
    ),
    # a sub-select has its columns and its groups
    (
        "SELECT ?task ?task_asked WHERE { { SELECT ?task ?task_asked (MIN(?o) AS ?least) WHERE { ?task ?o ?task_asked } GROUP BY ?task ?task_asked } }",
        f"SELECT ?task WHERE {{ {{ SELECT ?task ?task_asked (MIN(?o) AS ?least) WHERE {{ {D} ?task ?o ?task_asked }} GROUP BY ?task ?task_asked }} }}",
    ),
    # columns that are computed stay
    (
        "SELECT ?task (STR(?task_asked) AS ?said) ?task_asked WHERE { ?task ?p ?task_asked }",
        f"SELECT ?task (STR(?task_asked) AS ?said) WHERE {{ {D} ?task ?p ?task_asked }}",
    ),
    # a template is no pattern; comments and strings speak of nothing
    (
        "CONSTRUCT { ?task ?p ?task_asked } WHERE { ?task ?p ?task_asked }",
        f"CONSTRUCT {{ ?task ?p ?task_asked }} WHERE {{ {D} ?task ?p ?task_asked }}",
    ),
    (
        'SELECT ?task WHERE { # { ?task_asked\n  ?task ?p "{ ?task_asked" . ?task_asked ?p ?o }',
        f'SELECT ?task WHERE {{ {D} # {{ ?task_asked\n  ?task ?p "{{ ?task_asked" . ?task_asked ?p ?o }}',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_where_the_values_stand(query: str, expected: str) -> None:
    asked = read_question(own_question("X1", query=query), "X1.rq")
    text = as_sparql(asked, {"task_asked": NamedNode("x:d")})
    assert text == f"# X1. Câu hỏi riêng X1?\n{expected}\n"


@pytest.mark.parametrize(
    "value",
    ['" } ?s ?p ?o . { "', "a\nb", "đ\\", "' UNION '", "# x"],
)
def test_values_are_terms_and_never_text(value: str, dataset: Embedded) -> None:
    query = "SELECT (STR(?task_asked) AS ?task) ?task_asked WHERE { BIND(1 AS ?x) FILTER(?task_asked != ?x || true) BIND(STR(?task_asked) AS ?y) }"
    asked = read_question(own_question("X1", query=query), "X1.rq")
    for term in (Literal(value), Literal(value, language="vi")):
        bindings: Bindings = {"task_asked": term}
        (row,) = select(dataset.store, as_sparql(asked, bindings)).rows
        assert row == {"task": value}


def test_a_day_keeps_its_type(dataset: Embedded) -> None:
    text = written("A15", {"date": "15/2/2023"}, dataset)
    assert f'"2023-02-15"^^<{XSD.date}>' in text
    assert text.count("VALUES ?date_asked") == 1


def test_one_place_to_change(dataset: Embedded) -> None:
    """Whoever edits a value in the editor edits it once."""
    for code in ("A2", "A5", "A13", "B2", "B3", "C1"):
        text = written(code, {}, dataset)
        names = {name for name in text.split() if name.endswith(ASKED)}
        assert [n for n in names if text.count(f"VALUES {n}") > 1] == []
