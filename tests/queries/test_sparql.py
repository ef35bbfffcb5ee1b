"""Ad-hoc queries: an answer in its format, or one sentence; never a hang, never a dead process."""

import json
import multiprocessing
import threading
import time
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import Store, parse

from cancu.graph.dataset import Embedded
from cancu.graph.snapshot import Snapshot
from cancu.queries import sparql
from cancu.queries.errors import BadQuery, QueryError, Refused, TookTooLong, TooMuch
from cancu.queries.sparql import JSON, Limits, evaluate, run

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
LABELS = 'SELECT ?l WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l . FILTER(STRSTARTS(?l, "IV")) } ORDER BY ?l'


@pytest.fixture(scope="module")
def snapshot(dataset: Embedded) -> Snapshot:
    return dataset.snapshot


@pytest.fixture(scope="module")
def store(dataset: Embedded) -> Store:
    return dataset.store


# ---- formats


def test_json(snapshot: Snapshot) -> None:
    result = run(snapshot, COUNT)
    assert result.media_type == JSON
    assert json.loads(result.body)["results"]["bindings"][0]["n"]["value"] == "21"


def test_a_query_is_read_in_nfc(snapshot: Snapshot) -> None:
    """What a Mac types: the marks after their letters."""
    asked = unicodedata.normalize("NFD", 'ASK { ?s ?p ?o FILTER(STR(?o) = "Phòng Nội vụ") }')
    assert json.loads(run(snapshot, asked).body)["boolean"]


def test_the_other_formats(store: Store) -> None:
    csv = evaluate(store, LABELS, "text/csv")
    assert csv.body.decode().split() == ["l", "IV.1", "IV.2", "IV.3", "IV.4"]
    tsv = evaluate(store, LABELS, "text/tab-separated-values")
    assert tsv.body.decode().splitlines()[:2] == ["?l", '"IV.1"']
    xml = ET.fromstring(evaluate(store, LABELS, "application/sparql-results+xml").body)
    assert [e.text for e in xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        "IV.1",
        "IV.2",
        "IV.3",
        "IV.4",
    ]


@pytest.mark.parametrize("media_type", list(sparql.GRAPH_FORMATS))
def test_graphs(store: Store, media_type: str) -> None:
    query = "CONSTRUCT { ?t a <x:Task> } WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
    result = evaluate(store, query, media_type)
    assert result.media_type == media_type
    assert len(list(parse(result.body, format=sparql.GRAPH_FORMATS[media_type]))) == 21


@pytest.mark.parametrize(
    ("query", "asked", "given"),
    [
        ("ASK { }", "text/csv", JSON),  # a yes has no table
        ("ASK { }", "application/sparql-results+xml", "application/sparql-results+xml"),
        (COUNT, "text/turtle", JSON),  # rows are no graph
        ("DESCRIBE <x:a>", "text/csv", "text/turtle"),  # a graph has no rows
        (COUNT, "image/png", JSON),
    ],
)
def test_an_answer_of_the_other_kind(store: Store, query: str, asked: str, given: str) -> None:
    assert evaluate(store, query, asked).media_type == given


def test_the_default_graph_is_all_graphs_merged(store: Store) -> None:
    doubled = evaluate(store, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", JSON)
    assert json.loads(doubled.body)["results"]["bindings"]
    counts = json.loads(
        evaluate(
            store,
            "SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?x) AS ?each) { { ?s ?p ?o } BIND(CONCAT(STR(?s), STR(?p), STR(?o), STR(DATATYPE(?o)), LANG(?o)) AS ?x) }",
            JSON,
        ).body
    )["results"]["bindings"][0]
    assert int(counts["all"]["value"]) >= int(counts["each"]["value"]) > 0
    graphs = evaluate(store, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "text/csv")
    assert len(graphs.body.split()) >= 5


# ---- bad queries


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT WHERE { ?s ?p ?o }", 1, 16),
        ("SELECT * WHERE {\n  ?s ?p\n}", 3, 2),
        ("", 1, 1),
        ("xin chào", 1, 9),
    ],
)
def test_a_bad_query_says_where(store: Store, query: str, line: int, column: int) -> None:
    with pytest.raises(BadQuery) as caught:
        evaluate(store, query, JSON)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"dòng {line}, cột {column}" in caught.value.vi
    assert f"line {line}, column {column}" in caught.value.en


def test_a_prefix_that_is_not_declared(store: Store) -> None:
    with pytest.raises(BadQuery) as caught:
        evaluate(store, "SELECT * { ?s skos:prefLabel ?o }", JSON)
    assert "PREFIX" in caught.value.vi
    assert "PREFIX" in caught.value.en


def test_errors_come_back_from_the_worker(snapshot: Snapshot) -> None:
    with pytest.raises(BadQuery) as caught:
        run(snapshot, "SELECT WHERE { ?s ?p ?o }")
    assert (caught.value.line, caught.value.column) == (1, 16)


@pytest.mark.parametrize("query", ["LOAD <http://127.0.0.1:9/>", "SELECT * FROM <x:g> { }"])
def test_refused_before_any_process_starts(
    snapshot: Snapshot, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing, "get_context", None)
    with pytest.raises(Refused):
        run(snapshot, query)


# ---- limits

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DOUBLING = (
    'SELECT (STRLEN(?z) AS ?n) { BIND("'
    + "x" * 1000
    + '" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(24))
    + " BIND(?a24 AS ?z) }"
)


def test_an_endless_query_is_stopped(snapshot: Snapshot) -> None:
    with pytest.raises(TookTooLong) as caught:
        run(snapshot, ENDLESS, limits=Limits(seconds=0.5))
    assert "0.5 giây" in caught.value.vi
    assert json.loads(run(snapshot, COUNT).body)  # and the next one is answered


def test_a_query_that_needs_too_much_memory_is_stopped(snapshot: Snapshot) -> None:
    with pytest.raises(TooMuch):
        run(snapshot, DOUBLING, limits=Limits(memory_bytes=1024**3))


def test_an_answer_that_is_too_large_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(TooMuch) as caught:
        run(snapshot, "SELECT * { ?s ?p ?o }", limits=Limits(result_bytes=1024**2))
    assert "1 MB" in caught.value.en


def test_a_worker_that_is_killed_is_an_error_and_no_hang(snapshot: Snapshot) -> None:
    def kill() -> None:
        while not (workers := multiprocessing.active_children()):
            time.sleep(0.01)
        workers[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(QueryError):
        run(snapshot, ENDLESS, limits=Limits(seconds=60))
    killer.join()
    assert multiprocessing.active_children() == []


def test_a_store_that_is_gone_is_an_error_without_our_paths(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    lost = Snapshot(tmp_path / "khong-co", snapshot.manifest)
    with pytest.raises(QueryError) as caught:
        run(lost, COUNT)
    assert str(tmp_path) not in caught.value.vi + caught.value.en


def test_a_deep_query_that_kills_the_engine_is_an_error(snapshot: Snapshot) -> None:
    """Under the limit of brackets, and still more than the engine's stack may bear."""
    deep = "SELECT * { ?s ?p ?o FILTER(" + "!" * 30_000 + "true) }"
    with pytest.raises(QueryError):
        run(snapshot, deep)
