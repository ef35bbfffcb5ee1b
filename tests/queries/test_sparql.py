"""Ad-hoc queries: an answer in its format, or one sentence; never a hang, never a dead process."""

import gc
import json
import xml.etree.ElementTree as ET
from threading import Thread

import pytest
from pyoxigraph import Store, parse

from cancu.graph.dataset import Embedded
from cancu.ontology.terms import prefix_header
from cancu.queries import sparql
from cancu.queries.errors import BadQuery, TooLarge, UnknownGraph
from cancu.queries.limits import Limits
from cancu.queries.sparql import JSON, Asked, Result, evaluate

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
LABELS = 'SELECT ?l WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l . FILTER(STRSTARTS(?l, "IV")) } ORDER BY ?l'


@pytest.fixture(scope="module")
def store(dataset: Embedded) -> Store:
    return dataset.store


# ---- formats


def test_json(store: Store) -> None:
    result = evaluate(store, Asked(COUNT))
    assert result.media_type == JSON
    assert json.loads(result.body)["results"]["bindings"][0]["n"]["value"] == "21"


def test_the_other_formats(store: Store) -> None:
    csv = evaluate(store, Asked(LABELS, "text/csv"))
    assert csv.body.decode().split() == ["l", "IV.1", "IV.2", "IV.3", "IV.4"]
    tsv = evaluate(store, Asked(LABELS, "text/tab-separated-values"))
    assert tsv.body.decode().splitlines()[:2] == ["?l", '"IV.1"']
    xml = ET.fromstring(evaluate(store, Asked(LABELS, "application/sparql-results+xml")).body)
    assert [e.text for e in xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        "IV.1",
        "IV.2",
        "IV.3",
        "IV.4",
    ]


@pytest.mark.parametrize("media_type", list(sparql.GRAPH_FORMATS))
def test_graphs(store: Store, media_type: str) -> None:
    query = "CONSTRUCT { ?t a <x:Task> } WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
    result = evaluate(store, Asked(query, media_type))
    assert result.media_type == media_type
    assert len(list(parse(result.body, format=sparql.GRAPH_FORMATS[media_type]))) == 21


@pytest.mark.parametrize("media_type", ["text/csv", "text/tab-separated-values"])
def test_a_yes_as_text(store: Store, media_type: str) -> None:
    assert evaluate(store, Asked("ASK { }", media_type)) == Result(b"true", media_type)


ROWS = [
    "SELECT ?l WHERE { ?s rdfs:label ?l } LIMIT 50",
    "SELECT ?s ?l WHERE { ?s rdfs:label ?l OPTIONAL { ?s <x:none> ?n } } LIMIT 7",
    'SELECT ?a ?b { VALUES (?a ?b) { ("[{\\"a\\":{" ",{") (UNDEF "\\n<result>") ("}],[{" UNDEF) } }',
    'SELECT ?a { VALUES ?a { "one\\ntwo" "\\"" "" } }',
    "SELECT ?a { VALUES ?a { } }",
]


def test_what_is_left_of_an_answer_ends_where_it_was_asked(store: Store) -> None:
    """The engine's answers may not end in another thread: that is a warning, and so here a failure."""
    kept: list[TooLarge] = []

    def ask() -> None:
        try:
            evaluate(store, Asked(LABELS), Limits(rows=1))
        except TooLarge as error:
            kept.append(error)

    asking = Thread(target=ask)
    asking.start()
    asking.join()
    assert kept
    kept.clear()
    gc.collect()


@pytest.mark.parametrize("query", ROWS)
@pytest.mark.parametrize("media_type", sparql.RESULT_FORMATS)
def test_rows_are_counted_in_the_text_of_a_result(
    store: Store, query: str, media_type: str
) -> None:
    text = prefix_header() + query
    number = len(list(store.query(text)))  # type: ignore[arg-type]
    assert len(evaluate(store, Asked(text, media_type), Limits(rows=number or 1)).body) > 0
    if number > 1:
        with pytest.raises(TooLarge) as caught:
            evaluate(store, Asked(text, media_type), Limits(rows=number - 1))
        assert f"{number - 1} dòng" in caught.value.vi


@pytest.mark.parametrize("media_type", sparql.RESULT_FORMATS)
def test_the_first_rows(store: Store, media_type: str) -> None:
    result = evaluate(store, Asked(LABELS, media_type, first=3))
    assert result.truncated
    assert b"IV.3" in result.body and b"IV.4" not in result.body
    whole = evaluate(store, Asked(LABELS, media_type, first=4))
    assert not whole.truncated
    if media_type == JSON:
        same, found = json.loads(evaluate(store, Asked(LABELS)).body), json.loads(whole.body)
        assert found == same | {"truncated": False}


def test_terms_of_the_first_rows_are_written_as_the_engine_writes_them(store: Store) -> None:
    query = 'SELECT ?t { VALUES ?t { <x:a> "a" "b"@vi 1 1.5 "2023-01-01"^^<http://www.w3.org/2001/XMLSchema#date> } }'
    ours = json.loads(evaluate(store, Asked(query, first=10)).body)
    assert ours["results"] == json.loads(evaluate(store, Asked(query)).body)["results"]


# ---- datasets

GRAPH = "https://w3id.org/cancu/id/do-thi/"


def test_a_dataset_of_graphs_that_are_here(store: Store) -> None:
    graphs = [str(row["g"].value) for row in store.query("SELECT DISTINCT ?g { GRAPH ?g { } }")]  # type: ignore[union-attr]
    assert len(graphs) >= 5
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    whole = number(evaluate(store, Asked(count)))
    each = [number(evaluate(store, Asked(count, default_graphs=(g,)))) for g in graphs]
    assert all(0 < n < whole for n in each)
    assert number(evaluate(store, Asked(count, named_graphs=(graphs[0],)))) == 0
    inside = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(evaluate(store, Asked(inside, named_graphs=tuple(graphs[:2])))) == 2
    assert number(evaluate(store, Asked(inside, default_graphs=tuple(graphs[:2])))) == 0


@pytest.mark.parametrize("iri", ["http://a.example/g", "file:///etc/passwd", "not an iri", ""])
def test_a_graph_that_is_not_here_is_named(store: Store, iri: str) -> None:
    for asked in (Asked("ASK {}", default_graphs=(iri,)), Asked("ASK {}", named_graphs=(iri,))):
        with pytest.raises(UnknownGraph) as caught:
            evaluate(store, asked)
        assert f"<{iri}>" in caught.value.vi


def number(result: Result) -> int:
    return int(json.loads(result.body)["results"]["bindings"][0]["n"]["value"])


def test_the_default_graph_is_all_graphs_merged(store: Store) -> None:
    doubled = evaluate(store, Asked("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", JSON))
    assert json.loads(doubled.body)["results"]["bindings"]
    counts = json.loads(
        evaluate(
            store,
            Asked(
                "SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?x) AS ?each) { { ?s ?p ?o } BIND(CONCAT(STR(?s), STR(?p), STR(?o), STR(DATATYPE(?o)), LANG(?o)) AS ?x) }"
            ),
        ).body
    )["results"]["bindings"][0]
    assert int(counts["all"]["value"]) >= int(counts["each"]["value"]) > 0
    graphs = evaluate(
        store, Asked("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "text/csv")
    )
    assert len(graphs.body.split()) >= 5


# ---- bad queries


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT WHERE { ?s ?p ?o }", 1, 8),
        ("SELECT * WHERE {\n  ?s ?p\n}", 2, 3),  # the triple that lacks something
        ("SELECT * WHERE {\n  ?s a ?t\n  ?s ?p ?o\n}", 3, 3),
        ("SELECT * WHERE {\n  OPTIONL { ?s ?p ?o }\n}", 2, 3),
        ("SELECT * WHERE {\n  ?s a ?t .\nORDER BY ?s", 3, 1),
        ("SELECT * WHERE { ?s a <http://a.example/>", 1, 42),
        ("", 1, 1),
        ("xin chào", 1, 1),
    ],
)
def test_a_bad_query_says_where(store: Store, query: str, line: int, column: int) -> None:
    with pytest.raises(BadQuery) as caught:
        evaluate(store, Asked(query, JSON))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"dòng {line}, cột {column}" in caught.value.vi
    assert f"line {line}, column {column}" in caught.value.en


def test_a_prefix_that_is_not_declared(store: Store) -> None:
    with pytest.raises(BadQuery) as caught:
        evaluate(store, Asked("SELECT * { ?s skos:prefLabel ?o }", JSON))
    assert "PREFIX" in caught.value.vi
    assert "PREFIX" in caught.value.en
