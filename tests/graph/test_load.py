"""A snapshot loaded into an engine elsewhere and read from there: the same data, one whole version at any time."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from cancu.graph.dataset import Embedded
from cancu.graph.errors import (
    AnswerCutOff,
    EndpointAway,
    EndpointDenied,
    EndpointFailed,
    EndpointRefused,
    NoRemoteData,
    NotAnEndpoint,
)
from cancu.graph.graph_store import GraphStore
from cancu.graph.load import Loaded, load, write_quads
from cancu.graph.parts import uncounted_graphs, version_graphs
from cancu.graph.record import RECORD, merged_graph
from cancu.graph.remote import Remote, size_at
from cancu.graph.snapshot import Snapshot
from cancu.ontology.terms import GRAPHS
from tests.engine import Engine, Handler

EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
PLANS = "SELECT ?plan WHERE { ?plan a <http://www.w3.org/ns/prov#Plan> }"
GRAPHS_THERE = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as running:
        yield running


@pytest.fixture(scope="module")
def full(dataset: Embedded) -> Iterator[Engine]:
    """An engine that holds the built-in plan; to be asked, not written to."""
    with Engine() as running:
        loaded(running, dataset.snapshot)
        yield running


@pytest.fixture(scope="module")
def full_of_many(many: Embedded) -> Iterator[Engine]:
    """An engine that holds four plans, and something that is not ours; to be asked, not written to."""
    with Engine() as running:
        running.store.update("INSERT DATA { GRAPH <urn:of:others> { <urn:a> <urn:b> <urn:c> } }")
        loaded(running, many.snapshot)
        yield running


def loaded(engine: Engine, snapshot: Snapshot) -> Loaded:
    engine.asked.clear()
    return load(snapshot, engine.endpoint(), engine.graph_store())


def at(engine: Engine) -> Remote:
    return Remote.at(engine.endpoint())


def rows(dataset: Remote | Embedded, query: str) -> Counter[str]:
    return Counter(map(repr, dataset.select(query).rows))


def test_nothing_there(engine: Engine) -> None:
    with pytest.raises(NoRemoteData) as caught:
        at(engine)
    assert "cancu load" in caught.value.vi


def test_the_same_data(engine: Engine, many: Embedded) -> None:
    done = loaded(engine, many.snapshot)
    remote = at(engine)
    assert (remote.version, remote.manifest) == (many.version, many.manifest)
    assert done.version == many.version
    assert (done.kept, done.deleted) == (0, 0)
    assert rows(remote, EVERYTHING) == rows(many, EVERYTHING)
    assert done.triples == len(many.select(EVERYTHING).rows)


def test_a_replaced_version_counts_nowhere_and_is_there(
    full_of_many: Engine, many: Embedded
) -> None:
    remote = at(full_of_many)
    (old,) = [entry for entry in many.manifest.plans if not entry.current]
    own = set(version_graphs(old).values())
    assert own | {GRAPHS.bo_sung} == uncounted_graphs(many.manifest.plans)
    assert own <= set(remote.record.named)
    shared = (GRAPHS.so_bo, *own)
    assert rows(remote.only(shared), EVERYTHING) == rows(many.only(shared), EVERYTHING)
    alone = rows(remote.only(tuple(own)), EVERYTHING)
    assert alone - rows(remote, EVERYTHING)


def test_named_graphs_are_those_of_the_snapshot(full_of_many: Engine, many: Embedded) -> None:
    assert set(typed(at(full_of_many), GRAPHS_THERE)) == {
        g.value for g in many.store.named_graphs() if isinstance(g, NamedNode)
    }
    # what else the engine holds is neither touched nor shown
    assert size_at(full_of_many.endpoint(), "urn:of:others") == 1


def test_in_an_order_that_leaves_one_version_whole(engine: Engine, dataset: Embedded) -> None:
    loaded(engine, dataset.snapshot)
    writes = [asked for asked in engine.asked if not asked.startswith("POST S")]
    merged = merged_graph(dataset.version)
    assert writes[0] == f"POST {RECORD}"
    assert writes[-1] == f"PUT {RECORD}"
    assert writes.index(f"PUT {merged}") < writes.index(f"PUT {GRAPHS.so_bo}")


def test_again_sends_only_the_record(engine: Engine, dataset: Embedded) -> None:
    first = loaded(engine, dataset.snapshot)
    again = loaded(engine, dataset.snapshot)
    assert (again.sent, again.kept) == (0, first.sent)
    assert [asked for asked in engine.asked if asked.startswith(("PUT", "DELETE"))] == [
        f"PUT {RECORD}"
    ]


def test_a_merged_graph_that_somebody_emptied_is_sent_again(
    engine: Engine, dataset: Embedded
) -> None:
    loaded(engine, dataset.snapshot)
    engine.store.clear_graph(NamedNode(merged_graph(dataset.version)))
    assert loaded(engine, dataset.snapshot).sent == 1
    assert rows(at(engine), EVERYTHING) == rows(dataset, EVERYTHING)


def test_another_version_takes_its_place(engine: Engine, dataset: Embedded, many: Embedded) -> None:
    loaded(engine, dataset.snapshot)
    before = at(engine)
    done = loaded(engine, many.snapshot)
    # graphs that both have are not sent again, and none of them is gone
    assert done.kept >= 3
    assert rows(at(engine), PLANS) == rows(many, PLANS)
    # whoever was reading the version before reads on
    assert rows(before, PLANS) == rows(dataset, PLANS)
    # and back: plans that are no longer there leave no graph behind
    back = loaded(engine, dataset.snapshot)
    assert back.deleted > 0
    named = {g.value for g in engine.store.named_graphs() if isinstance(g, NamedNode)}
    ours = {g.value for g in dataset.store.named_graphs() if isinstance(g, NamedNode)}
    assert named == ours | {RECORD, merged_graph(dataset.version), merged_graph(many.version)}


def test_merged_graphs_do_not_pile_up(engine: Engine, dataset: Embedded, many: Embedded) -> None:
    for snapshot in (dataset.snapshot, many.snapshot, dataset.snapshot, many.snapshot):
        loaded(engine, snapshot)
    merged = [g for g in engine.store.named_graphs() if "/gop-" in str(g)]
    assert len(merged) == 2


@pytest.mark.parametrize("after", [0, 1, 14])
def test_a_load_that_breaks_off_changes_nothing(
    after: int, engine: Engine, dataset: Embedded, many: Embedded
) -> None:
    loaded(engine, dataset.snapshot)
    written: list[str] = []

    def broken(handler: Handler) -> None:
        if handler.address.path == "/store":
            written.append(handler.path)
            if len(written) > after:
                return handler.give(500, "text/plain", b"")
        return handler.right()

    engine.always = broken
    with pytest.raises(EndpointFailed):
        loaded(engine, many.snapshot)
    engine.always = None
    assert rows(at(engine), PLANS) == rows(dataset, PLANS)
    loaded(engine, many.snapshot)
    assert rows(at(engine), PLANS) == rows(many, PLANS)
    assert len([g for g in engine.store.named_graphs() if "/gop-" in str(g)]) == 2


def test_an_engine_that_takes_less_than_it_was_sent(engine: Engine, dataset: Embedded) -> None:
    def forgetful(handler: Handler) -> None:
        if handler.address.path == "/store" and "/gop-" in handler.fields["graph"][0]:
            return handler.give(200, "text/plain", b"")
        return handler.right()

    engine.always = forgetful
    with pytest.raises(EndpointFailed, match="0 trong 20441"):
        loaded(engine, dataset.snapshot)
    with pytest.raises(NoRemoteData):
        at(engine)


def test_a_damaged_record(engine: Engine, dataset: Embedded) -> None:
    loaded(engine, dataset.snapshot)
    engine.store.update(f"DELETE WHERE {{ GRAPH <{RECORD}> {{ <{RECORD}#1> ?p ?o }} }}")
    with pytest.raises(NoRemoteData) as caught:
        at(engine)
    assert "cancu load" in caught.value.en
    loaded(engine, dataset.snapshot)
    assert at(engine).version == dataset.version


def test_a_graph_store_that_is_away_or_none(engine: Engine, dataset: Embedded) -> None:
    endpoint = engine.endpoint()
    wrong = GraphStore(engine.url.replace("/query", "/elsewhere"))
    with pytest.raises(NotAnEndpoint, match="--graph-store"):
        load(dataset.snapshot, endpoint, wrong)
    engine.pair = "writer:secret"
    with pytest.raises(EndpointDenied):
        load(dataset.snapshot, endpoint, engine.graph_store())
    engine.stop()
    with pytest.raises(EndpointAway):
        load(dataset.snapshot, endpoint, engine.graph_store())


@pytest.mark.parametrize(
    ("endpoint", "store"),
    [
        ("http://h/sparql", "http://h/sparql-graph-crud-auth"),
        ("http://h/query", "http://h/store"),
        ("http://h/ds/query/", "http://h/ds/store"),
    ],
)
def test_the_usual_graph_store(endpoint: str, store: str) -> None:
    assert GraphStore.of(None, endpoint, {}).url == store
    assert GraphStore.of("http://x/y", endpoint, {}).url == "http://x/y"
    assert GraphStore.of(None, endpoint, {"CANCU_GRAPH_STORE": "http://e/"}).url == "http://e/"


def test_no_usual_graph_store() -> None:
    with pytest.raises(NotAnEndpoint, match="--graph-store"):
        GraphStore.of(None, "http://h/repositories/plans", {})


def test_the_file_for_bulk_loaders_is_what_is_sent(
    full_of_many: Engine, many: Embedded, tmp_path: Path
) -> None:
    path = tmp_path / "all.nq"
    write_quads(many.snapshot, path)
    by_file = Store()
    by_file.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    assert set(by_file) == {q for q in full_of_many.store if "of:others" not in str(q.graph_name)}


# ---- typed queries

JSON = "application/sparql-results+json"


def typed(
    remote: Remote,
    query: str,
    default: tuple[str, ...] | None = None,
    named: tuple[str, ...] | None = None,
) -> list[str]:
    """The values of an answer that has one column."""
    found = remote.typed(query, default, named)
    assert isinstance(found, QuerySolutions)
    return [row[0].value for row in found]


def test_typed_queries(full: Engine) -> None:
    remote = at(full)
    assert bool(remote.typed("ASK { ?a ?b ?c }")) is True
    assert bool(remote.typed("ASK { <urn:no> ?b ?c }")) is False
    assert "ke-hoach/chi-linh" in typed(remote, f"{PLANS} LIMIT 1")[0]
    graph = remote.typed("CONSTRUCT { ?a a ?b } WHERE { ?a a ?b } LIMIT 1")
    assert isinstance(graph, tuple)
    assert len(graph) == 1


def test_virtuoso_answers_ask_with_rows(full: Engine) -> None:
    remote = at(full)
    row = '{"__ASK_RETVAL": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1"}}'
    for given, expected in ((row, True), ("", False)):
        answer = f'{{"head": {{"vars": ["__ASK_RETVAL"]}}, "results": {{"bindings": [{given}]}}}}'
        full.odd = [lambda h, a=answer: h.give(200, JSON, a.encode())]  # type: ignore[misc]
        assert bool(remote.typed("ASK { }")) is expected


IN_DEFAULT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
IN_NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
DATASETS: list[tuple[str, tuple[str, ...] | None, tuple[str, ...] | None, int]] = [
    (IN_DEFAULT, None, None, 20441),
    (IN_NAMED, None, None, 7),
    (IN_DEFAULT, (GRAPHS.so_bo,), None, 6523),
    (IN_NAMED, (GRAPHS.so_bo,), None, 0),
    (IN_NAMED, (GRAPHS.so_bo,), (GRAPHS.danh_muc, GRAPHS.so_bo), 2),
    (IN_DEFAULT, (), (GRAPHS.danh_muc,), 0),
]


@pytest.mark.parametrize(("query", "default", "named", "expected"), DATASETS)
def test_a_dataset_of_the_asker(
    query: str,
    default: tuple[str, ...] | None,
    named: tuple[str, ...] | None,
    expected: int,
    full: Engine,
) -> None:
    assert typed(at(full), query, default, named) == [str(expected)]


@pytest.mark.parametrize(
    "query",
    [
        'DEFINE input:inference "x" SELECT * { ?s ?p ?o }',
        "SELECT (bif:now() AS ?x) { }",
        "SELECT (sql:x(1) AS ?x) { }",
        "SELECT (<bif:now>() AS ?x) { }",
        "SELECT * {",
    ],
)
def test_what_is_no_sparql(query: str, full: Engine) -> None:
    with pytest.raises(EndpointRefused):
        at(full).typed(query)


def test_half_of_a_graph(full: Engine) -> None:
    remote = at(full)
    full.odd = [lambda h: h.give(200, "application/n-triples", b"<urn:a> <urn:b> <urn:")]
    with pytest.raises(AnswerCutOff):
        remote.typed("CONSTRUCT WHERE { ?a ?b ?c }")
