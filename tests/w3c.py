"""A writable service for the W3C protocol tests, and their requests as raw bytes.

The tests are those of https://github.com/w3c/rdf-tests, sparql11/protocol; they are replayed where that folder lies beside
the checkout.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from cancu.graph.snapshot import Snapshot
from cancu.ontology.iri import BASE
from cancu.queries.errors import QueryError
from cancu.queries.pool import Job, with_dataset
from cancu.queries.sparql import Asked, bad_query, evaluate

FOLDER = Path(__file__).resolve().parents[2] / "shared/w3c/sparql11/protocol"
TOKEN = "admin-of-the-test"
HEAD = "http://kasei.us/2009/09/sparql/data/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")


@dataclass
class Memory:
    """A store in memory that answers queries and takes any update."""

    store: Store = field(default_factory=Store)

    @classmethod
    def of_the_tests(cls) -> "Memory":
        """With the graphs that the tests suppose to be there: data1 to data3, and data0, which they name and do not give."""
        memory = cls()
        for number in (1, 2, 3):
            memory.store.load(
                path=str(FOLDER / f"data{number}.nt"),
                format=RdfFormat.N_TRIPLES,
                to_graph=NamedNode(f"{HEAD}data{number}.rdf"),
            )
        node = NamedNode("http://example.org/x")
        memory.store.add(Quad(node, node, node, NamedNode(f"{HEAD}data0.rdf")))
        return memory

    def submit(self, snapshot: Snapshot, asked: Asked) -> Job:
        """A query that is answered already."""
        job = Job(with_dataset(asked), snapshot)
        try:
            job.future.set_result(evaluate(self.store, job.asked))
        except QueryError as error:
            job.future.set_exception(error)
        return job

    def update(self, text: str) -> None:
        """Run an update."""
        try:
            self.store.update(text, base_iri=BASE)
        except SyntaxError as error:
            raise bad_query(str(error), text) from error


@dataclass(frozen=True)
class Request:
    """A request of a test, and what its answer must be."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statuses: frozenset[int]
    format: str | None
    boolean: bool | None


def tests() -> dict[str, list[Request]]:
    """Name of a test -> its requests, in order."""
    graph = Graph().parse(FOLDER / "manifest.ttl")
    entries = Collection(graph, next(graph.objects(None, MF.entries)))
    return {str(entry).rsplit("#", 1)[-1]: _requests(graph, entry) for entry in entries}


def _requests(graph: Graph, entry: Node) -> list[Request]:
    action = graph.value(entry, MF.action)
    lists = list(graph.objects(action, HT.requests))
    return [_request(graph, node) for found in lists for node in Collection(graph, found)]


def _request(graph: Graph, node: Node) -> Request:
    headers = tuple(
        (str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue)))
        for found in graph.objects(node, HT.headers)
        for header in Collection(graph, found)
    )
    body, answer = graph.value(node, HT.body), graph.value(node, HT.resp)
    coding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
    boolean = graph.value(answer, MF.expectedBoolean)
    return Request(
        method=str(graph.value(node, HT.methodName)),
        path=str(graph.value(node, HT.absolutePath)),
        headers=headers,
        body=str(graph.value(body, CNT.chars) or "").encode(coding) if body else b"",
        statuses=frozenset(
            int(str(status)[-3])
            for status in graph.objects(answer, MF.expectedStatus)
            if isinstance(status, URIRef)
        ),
        format=str(graph.value(answer, MF.expectedFormat) or "") or None,
        boolean=None if boolean is None else str(boolean) == "true",
    )


def send(base: str, request: Request) -> tuple[int, dict[str, str], bytes]:
    """Send a request as raw bytes over a socket: status, headers (names in lower case) and body of the answer."""
    address = urlsplit(base)
    lines = [
        f"{request.method} {request.path} HTTP/1.1",
        f"Host: {address.netloc}",
        "Connection: close",
    ]
    lines += [f"{name}: {value}" for name, value in request.headers]
    lines += [f"Authorization: Bearer {TOKEN}", f"Content-Length: {len(request.body)}", "", ""]
    with socket.create_connection((address.hostname or "", address.port or 80), timeout=20) as wire:
        wire.sendall("\r\n".join(lines).encode("ascii") + request.body)
        answer = HTTPResponse(wire, method=request.method)
        answer.begin()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application on loopback."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
