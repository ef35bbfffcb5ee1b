"""A small SPARQL engine over HTTP for the tests: queries (SPARQL 1.1 Protocol) and graphs (Graph Store HTTP Protocol).

It is Oxigraph behind Python's own server, so that it can be stopped and started, asked for what it was sent, and told to
give answers that a good engine never gives.
"""

import base64
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
)

from cancu.graph.endpoint import Endpoint
from cancu.graph.exchange import Limits
from cancu.graph.graph_store import GraphStore

JSON = "application/sparql-results+json"
Odd = Callable[["Handler"], None]
"""Gives an answer of its own instead of the right one."""


class Engine:
    """The engine; a context manager ends it.

    Attributes:
        odd: answers to give first, one a request.
        always: what answers every request after those; None: the engine itself.
        asked: "METHOD graph-or-query" of each request, in order.
        pair: "user:password" of whoever may ask and write; everybody if it is empty.
    """

    def __init__(self) -> None:
        self.store = Store()
        self.odd: list[Odd] = []
        self.always: Odd | None = None
        self.asked: list[str] = []
        self.pair = ""
        self.port = 0
        self.server: ThreadingHTTPServer | None = None
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it answers queries."""
        return f"http://127.0.0.1:{self.port}/query"

    def endpoint(self, seconds: float = 10, size: int = 1 << 24, pause: float = 0.01) -> Endpoint:
        """It, to be asked."""
        return Endpoint(self.url, limits=Limits(seconds, size, pause=pause))

    def graph_store(self) -> GraphStore:
        """It, to be written to."""
        limits = Limits(10, pause=0.01)
        return GraphStore(self.url.replace("/query", "/store"), limits=limits)

    def start(self) -> None:
        """Listen, where it listened before."""
        engine = self

        class Own(Handler):
            """Handles requests to this engine."""

            asked_of = engine

        ThreadingHTTPServer.allow_reuse_address = True
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Own)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class Handler(BaseHTTPRequestHandler):
    """One request."""

    asked_of: Engine
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""

    def give(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        """An answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """A query, or triples for a graph."""
        self._do()

    def do_PUT(self) -> None:
        """A graph."""
        self._do()

    def do_DELETE(self) -> None:
        """A graph to go."""
        self._do()

    def do_GET(self) -> None:
        """What nobody here should ask."""
        self._do()

    def _do(self) -> None:
        engine = self.asked_of
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.address = urlsplit(self.path)
        self.fields = parse_qs(self.address.query)
        if self.address.path == "/query":
            self.fields |= parse_qs(self.body.decode())
        about = (self.fields.get("query") or self.fields.get("graph") or [""])[0]
        engine.asked.append(f"{self.command} {about}")
        if engine.odd:
            return engine.odd.pop(0)(self)
        return engine.always(self) if engine.always else self.right()

    def right(self) -> None:
        """The right answer."""
        engine, fields = self.asked_of, self.fields
        if engine.pair and self.headers["Authorization"] != _basic(engine.pair):
            return self.give(401, "text/plain", b"", WWW_Authenticate='Basic realm="x"')
        if self.address.path == "/query":
            return self._query(fields)
        if self.address.path == "/store":
            return self._graph(NamedNode(fields["graph"][0]), self.body)
        return self.give(404, "text/html", b"<html>not here</html>")

    def _query(self, fields: dict[str, list[str]]) -> None:
        default: list[NamedNode | BlankNode | DefaultGraph] = [
            NamedNode(iri) for iri in fields.get("default-graph-uri", ())
        ]
        named: list[NamedNode | BlankNode] = [
            NamedNode(iri) for iri in fields.get("named-graph-uri", ())
        ]
        try:
            found = self.asked_of.store.query(
                fields["query"][0],
                default_graph=default or None,
                named_graphs=named or ([] if default else None),
            )
        except SyntaxError:
            return self.give(400, "text/plain", b"no SPARQL")
        if isinstance(found, QueryTriples):
            media_type, body = "application/n-triples", found.serialize(format=RdfFormat.N_TRIPLES)
        else:
            media_type, body = JSON, found.serialize(format=QueryResultsFormat.JSON)
        # Whoever goes away raises an error that would keep it, and it must end in this thread.
        del found
        return self.give(200, media_type, body or b"")

    def _graph(self, graph: NamedNode, body: bytes) -> None:
        store = self.asked_of.store
        there = store.contains_named_graph(graph)
        if self.command == "DELETE" and not there:
            return self.give(404, "text/plain", b"")
        if self.command in ("PUT", "DELETE"):
            store.remove_graph(graph)
        if self.command != "DELETE":
            store.add_graph(graph)
            store.bulk_load(body, format=RdfFormat.N_TRIPLES, to_graph=graph)
        return self.give(200 if there else 201, "text/plain", b"")


def _basic(pair: str) -> str:
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
