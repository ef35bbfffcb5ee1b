"""Typed queries sent on to an engine elsewhere: the same bytes, limits and errors as from the worker processes."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pyoxigraph import parse

from cancu.graph.dataset import Embedded
from cancu.graph.errors import EndpointAway
from cancu.graph.load import load
from cancu.graph.remote import Remote
from cancu.ontology.terms import GRAPHS
from cancu.queries.errors import (
    BadQuery,
    Busy,
    Cancelled,
    Refused,
    TookTooLong,
    TooLarge,
    UnknownGraph,
)
from cancu.queries.forward import AT_ONCE, Forwarder, run
from cancu.queries.limits import Limits
from cancu.queries.pool import with_dataset
from cancu.queries.sparql import GRAPH_FORMATS, RESULT_FORMATS, Asked, evaluate
from tests.engine import Engine, Handler

SMALL = Limits(seconds=3, rows=50, result_bytes=20_000, waiting=2)
DECREE = "id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"


@pytest.fixture(scope="module")
def engine(dataset: Embedded) -> Iterator[Engine]:
    with Engine() as running:
        load(dataset.snapshot, running.endpoint(), running.graph_store())
        yield running


@pytest.fixture(scope="module")
def remote(engine: Engine) -> Remote:
    return Remote.at(engine.endpoint())


@pytest.fixture
def forwarder() -> Iterator[Forwarder]:
    forwarder = Forwarder(SMALL)
    yield forwarder
    forwarder.close()


QUERIES = [
    f"SELECT * {{ <{DECREE}> ?p ?o }} ORDER BY ?p ?o",
    "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) ('a'@vi <urn:é>) (true 1.5) } }",
    "ASK { ?a ?b ?c }",
    "ASK { <urn:a> ?b ?c }",
    f"SELECT (COUNT(*) AS ?n) FROM <{GRAPHS.so_bo}> {{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) FROM NAMED <{GRAPHS.so_bo}> {{ ?s ?p ?o }}",
    f"SELECT DISTINCT ?g FROM NAMED <{GRAPHS.so_bo}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT ?g FROM <{GRAPHS.so_bo}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
]


@pytest.mark.parametrize("media_type", list(RESULT_FORMATS))
@pytest.mark.parametrize("query", QUERIES)
def test_the_same_bytes(
    query: str, media_type: str, forwarder: Forwarder, remote: Remote, dataset: Embedded
) -> None:
    asked = Asked(query, media_type)
    here = evaluate(dataset.store, with_dataset(asked))
    assert forwarder.submit(remote, asked).future.result(20) == here


@pytest.mark.parametrize("media_type", list(GRAPH_FORMATS))
def test_the_same_graph(
    media_type: str, forwarder: Forwarder, remote: Remote, dataset: Embedded
) -> None:
    asked = Asked(f"CONSTRUCT {{ <{DECREE}> ?p ?o }} {{ <{DECREE}> ?p ?o }}", media_type)
    here, there = evaluate(dataset.store, asked), forwarder.submit(remote, asked).future.result(20)
    format = GRAPH_FORMATS[media_type]
    assert set(parse(there.body, format=format)) == set(parse(here.body, format=format))


def test_the_first_rows(forwarder: Forwarder, remote: Remote, dataset: Embedded) -> None:
    query = "SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o"
    for first in (7, 10**6):
        asked = Asked(query if first == 7 else f"{query} LIMIT 9", first=first)
        here = evaluate(dataset.store, asked)
        assert forwarder.submit(remote, asked).future.result(20) == here
        assert here.truncated is (first == 7)


REFUSED: list[tuple[str, type[Exception], str]] = [
    ("SELECT *\nWHERE { ?a ?b", BadQuery, "dòng 2, cột 14"),
    ("SELECT * FROM NAMED <https://w3id.org/cancu/graph/so-bo>\n{ ?a ?b", BadQuery, "dòng 2"),
    ("SELECT * { ?a khong:co ?c }", BadQuery, "chưa khai báo"),
    ("SELECT (<bif:now>() AS ?x) { }", BadQuery, "lệnh riêng của một máy chủ"),
    ("SELECT * FROM <urn:khong-co> { ?a ?b ?c }", UnknownGraph, "urn:khong-co"),
    (
        "SELECT * FROM <https://w3id.org/cancu/graph/ban-du-lieu> { ?a ?b ?c }",
        UnknownGraph,
        "ban-du-lieu",
    ),
    ("SELECT * { ?a ?b ?c }", TooLarge, "MB"),
    ("SELECT ?b { ?a ?b ?c } LIMIT 51", TooLarge, "50 dòng"),
]


@pytest.mark.parametrize(("query", "error", "words"), REFUSED)
def test_what_is_refused(
    query: str, error: type[Exception], words: str, forwarder: Forwarder, remote: Remote
) -> None:
    with pytest.raises(error, match=words):
        forwarder.submit(remote, Asked(query)).future.result(30)


def test_what_is_not_even_sent(forwarder: Forwarder, remote: Remote, engine: Engine) -> None:
    before = len(engine.asked)
    for query in ("SELECT * { SERVICE <urn:x> { } }", "DROP ALL"):
        with pytest.raises(Refused):
            forwarder.submit(remote, Asked(query))
    assert len(engine.asked) == before


@pytest.fixture
def held(engine: Engine) -> Iterator[Callable[[], None]]:
    """An engine that does not answer until it is told to."""
    go = threading.Event()

    def wait(handler: Handler) -> None:
        go.wait(20)
        handler.right()

    engine.always = wait
    yield go.set
    go.set()
    engine.always = None


def test_too_long(remote: Remote, held: Callable[[], None]) -> None:
    forwarder = Forwarder(replace(SMALL, seconds=0.5))
    try:
        with pytest.raises(TookTooLong, match=r"0\.5 giây"):
            forwarder.submit(remote, Asked("ASK {}")).future.result(20)
    finally:
        forwarder.close()


def test_too_many_wait(forwarder: Forwarder, remote: Remote, held: Callable[[], None]) -> None:
    jobs = [forwarder.submit(remote, Asked("ASK {}")) for _ in range(AT_ONCE + SMALL.waiting)]
    with pytest.raises(Busy):
        forwarder.submit(remote, Asked("ASK {}"))
    jobs[-1].cancel()
    held()
    for job in jobs[:-1]:
        assert json.loads(job.future.result(20).body)["boolean"] is True
    with pytest.raises(Cancelled):
        jobs[-1].future.result(20)
    assert forwarder.submit(remote, Asked("ASK {}")).future.result(20)


def test_away_and_back(forwarder: Forwarder, remote: Remote, engine: Engine) -> None:
    engine.stop()
    try:
        with pytest.raises(EndpointAway):
            forwarder.submit(remote, Asked("ASK {}")).future.result(20)
    finally:
        engine.start()
    assert forwarder.submit(remote, Asked("ASK {}")).future.result(20)


def test_for_the_command(remote: Remote) -> None:
    assert run(remote, "ASK {}", "text/turtle").media_type == "application/sparql-results+json"
    assert run(remote, "CONSTRUCT WHERE { ?a ?b ?c } LIMIT 1").media_type == "text/turtle"
