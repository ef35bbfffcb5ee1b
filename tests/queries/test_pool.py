"""Typed queries in processes of their own: an answer or one sentence; never a hang, and the next query is right."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cancu.graph.dataset import Embedded
from cancu.graph.publish import publish
from cancu.graph.snapshot import Snapshot, current
from cancu.queries.errors import (
    BadQuery,
    BadValue,
    Busy,
    Cancelled,
    Failed,
    QueryError,
    Refused,
    TookTooLong,
    TooLarge,
    TooMuch,
    UnknownGraph,
)
from cancu.queries.limits import MB, Limits, limits_of
from cancu.queries.pool import Pool, run
from cancu.queries.sparql import Asked
from tests.many import FOLDER

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DOUBLING = (
    'SELECT (STRLEN(?z) AS ?n) { BIND("'
    + "x" * 1000
    + '" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(24))
    + " BIND(?a24 AS ?z) }"
)


@pytest.fixture(scope="module")
def snapshot(dataset: Embedded) -> Snapshot:
    return dataset.snapshot


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One process, short limits."""
    with Pool(Limits(seconds=2, memory_bytes=512 * MB, waiting=2)) as pool:
        yield pool


def count(pool: Pool, snapshot: Snapshot) -> int:
    body = pool.run(snapshot, Asked(COUNT)).body
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


BAD: list[tuple[str, type[QueryError]]] = [
    ("SELECT WHERE { ?s ?p ?o }", BadQuery),
    ("LOAD <http://127.0.0.1:9/>", Refused),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", UnknownGraph),
    ("PREFIX f: <file:///etc/> SELECT * FROM NAMED f:passwd { ?s ?p ?o }", UnknownGraph),
    ("SELECT * FROM f:passwd { ?s ?p ?o }", Refused),
    (ENDLESS, TookTooLong),
    ("SELECT * { ?s ?p ?o FILTER(" + "!" * 30_000 + "true) }", TooMuch),
    ("ASK " + "{" * 5000 + "}" * 5000, BadQuery),
    ("SELECT * { ?s ?p ?o } # " + "x" * 70_000, TooLarge),
]


@pytest.mark.parametrize(("query", "error"), BAD, ids=[query[:30] for query, _ in BAD])
def test_what_cannot_be_answered_is_said_and_the_next_query_is_right(
    pool: Pool, snapshot: Snapshot, query: str, error: type[QueryError]
) -> None:
    with pytest.raises(error) as caught:
        pool.run(snapshot, Asked(query))
    assert caught.value.vi and caught.value.en
    assert count(pool, snapshot) == 21


def test_a_query_that_needs_too_much_memory(snapshot: Snapshot) -> None:
    with Pool(Limits(seconds=60, memory_bytes=256 * MB)) as small:
        with pytest.raises(TooMuch):
            small.run(snapshot, Asked(DOUBLING))
        assert count(small, snapshot) == 21


def test_from_names_graphs_that_are_here(pool: Pool, snapshot: Snapshot) -> None:
    graphs = pool.run(snapshot, Asked("SELECT DISTINCT ?g { GRAPH ?g {} }", "text/csv")).body
    graph = graphs.decode().split()[1]
    query = f"SELECT (COUNT(*) AS ?n) FROM <{graph}> WHERE {{ ?s ?p ?o }}"
    one = pool.run(snapshot, Asked(query)).body
    assert (
        one
        == pool.run(
            snapshot, Asked(query.replace(f"FROM <{graph}>", ""), default_graphs=(graph,))
        ).body
    )
    assert one != pool.run(snapshot, Asked(query.replace(f"FROM <{graph}>", ""))).body
    # what the protocol says of the dataset stands above what the text says
    assert (
        one
        == pool.run(snapshot, Asked(query.replace(graph, "x:none"), default_graphs=(graph,))).body
    )


def test_an_answer_that_is_too_large_is_refused(snapshot: Snapshot) -> None:
    with Pool(Limits(result_bytes=MB)) as small, pytest.raises(TooLarge) as caught:
        small.run(snapshot, Asked("SELECT * { ?s ?p ?o }"))
    assert "1 MB" in caught.value.en


def test_a_process_that_is_killed_is_replaced(pool: Pool, snapshot: Snapshot) -> None:
    job = pool.submit(snapshot, Asked(ENDLESS))
    os.kill(running(job), signal.SIGKILL)
    with pytest.raises(QueryError):
        job.future.result(10)
    assert count(pool, snapshot) == 21
    # one that dies between two queries is not noticed by anybody
    [worker] = pool._all.values()
    os.kill(worker.process.pid or 0, signal.SIGKILL)
    time.sleep(0.1)
    assert count(pool, snapshot) == 21


def running(job: object) -> int:
    """The process of a query that has begun to run."""
    while not (worker := getattr(job, "worker", None)):
        time.sleep(0.01)
    time.sleep(0.1)
    return int(worker.process.pid)


def test_whoever_goes_away_stops_his_query(snapshot: Snapshot) -> None:
    with Pool(Limits(seconds=60)) as patient:
        job = patient.submit(snapshot, Asked(ENDLESS))
        waiting = patient.submit(snapshot, Asked(COUNT))
        waiting.cancel()
        process = running(job)
        job.cancel()
        for gone in (job, waiting):
            with pytest.raises(Cancelled):
                gone.future.result(10)
        assert count(patient, snapshot) == 21
        assert not Path(f"/proc/{process}").exists()


def test_only_so_many_wait(pool: Pool, snapshot: Snapshot) -> None:
    jobs = [pool.submit(snapshot, Asked(ENDLESS)) for _ in range(3)]
    with pytest.raises(Busy) as caught:
        pool.submit(snapshot, Asked(COUNT))
    assert caught.value.seconds >= 1
    for job in jobs:
        job.cancel()
    for job in jobs:
        assert isinstance(job.future.exception(10), Cancelled)
    assert count(pool, snapshot) == 21


def test_a_new_snapshot_is_asked_as_soon_as_it_is_there(tmp_path: Path) -> None:
    publish(tmp_path)
    with Pool(Limits(seconds=60)) as pool:
        old = current(tmp_path)
        assert count(pool, old) == 21
        job = pool.submit(old, Asked("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?c ?d ?e }"))
        publish(tmp_path, [FOLDER])
        new = current(tmp_path)
        assert count(pool, new) > 0
        assert count(pool, new) != 21
        assert json.loads(job.future.result(60).body)  # the old one was let to its end
        assert count(pool, old) == 21


def test_a_store_that_is_gone_is_an_error_without_our_paths(
    pool: Pool, snapshot: Snapshot, tmp_path: Path
) -> None:
    with pytest.raises(Failed) as caught:
        pool.run(Snapshot(tmp_path / "khong-co", snapshot.manifest), Asked(COUNT))
    assert str(tmp_path) not in caught.value.vi + caught.value.en


def test_a_process_has_no_network(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if SERVICE got past the door."""
    heard = threading.Event()
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(3)

        def listen() -> None:
            try:
                server.accept()
                heard.set()
            except TimeoutError:
                pass

        listener = threading.Thread(target=listen)
        listener.start()
        port = server.getsockname()[1]
        monkeypatch.setattr("cancu.queries.guard._admit_word", lambda word: None)
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        with pytest.raises(Failed):
            run(snapshot, query)
        listener.join()
    assert not heard.is_set()


def test_one_query_for_the_command(snapshot: Snapshot) -> None:
    assert b'"21"' in run(snapshot, COUNT).body


@pytest.mark.parametrize(
    ("name", "text"), [("SECONDS", "0"), ("ROWS", "-1"), ("WORKERS", "many"), ("MEMORY_MB", "1.5")]
)
def test_a_setting_that_is_no_number(name: str, text: str) -> None:
    with pytest.raises(BadValue) as caught:
        limits_of({f"CANCU_SPARQL_{name}": text})
    assert f"CANCU_SPARQL_{name}" in caught.value.vi


def test_settings() -> None:
    found = limits_of(
        {"CANCU_SPARQL_SECONDS": "3", "CANCU_SPARQL_ROWS": "7", "CANCU_SPARQL_WORKERS": "99"}
    )
    assert (found.seconds, found.rows) == (3, 7)
    assert found.workers == os.cpu_count()
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert found.workers * found.memory_bytes <= machine / 2
    assert replace(limits_of({}), workers=1, memory_bytes=Limits().memory_bytes) == Limits()
