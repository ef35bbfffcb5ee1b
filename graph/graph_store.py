"""Graphs written to an engine elsewhere (SPARQL 1.1 Graph Store HTTP Protocol): put, added to, deleted.

Its address is given with `--graph-store` or CANCU_GRAPH_STORE, name and password only with CANCU_GRAPH_STORE_USER and
CANCU_GRAPH_STORE_PASSWORD (else those for queries are used).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote
from urllib.request import Request

from cancu.graph import faults
from cancu.graph.credentials import Credentials
from cancu.graph.endpoint import VARIABLE as ENDPOINT
from cancu.graph.endpoint import check_address
from cancu.graph.errors import NotAnEndpoint
from cancu.graph.exchange import MB, Limits, exchange

VARIABLE = "CANCU_GRAPH_STORE"
PIECE = 4 * MB
"""Bytes that are sent at a time."""
_LARGE = 1 << 14
_USUAL = {"/sparql": "/sparql-graph-crud-auth", "/query": "/store"}
"""How the address of an endpoint ends -> how that of its graph store does: Virtuoso, Oxigraph."""


@dataclass(frozen=True)
class GraphStore:
    """Where graphs are written, and as whom."""

    url: str
    credentials: Credentials = field(default_factory=Credentials)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        check_address(self.url)

    @classmethod
    def of(
        cls, url: str | None, endpoint: str, environment: Mapping[str, str] = os.environ
    ) -> "GraphStore":
        """The graph store at an address, else at the usual one beside an endpoint.

        Raises:
            BadEndpoint: the address cannot be used.
            NotAnEndpoint: none is given, and there is no usual one.
        """
        found = url or environment.get(VARIABLE) or _beside(endpoint)
        credentials = Credentials.of(VARIABLE, ENDPOINT, environment=environment)
        # One piece may take an engine far longer than a query may.
        limits = Limits.of(environment)
        return cls(found.strip(), credentials, replace(limits, seconds=20 * limits.seconds))

    def put(self, graph: str, lines: Iterable[bytes]) -> None:
        """Make a graph hold these N-Triples and nothing else; large ones are sent in pieces.

        Raises:
            EndpointError: it was not taken.
        """
        method = "PUT"
        for piece in _pieces(lines):
            self._send(method, graph, piece)
            method = "POST"

    def add(self, graph: str, lines: bytes) -> None:
        """Add a few N-Triples to a graph.

        Raises:
            EndpointError: they were not taken.
        """
        self._send("POST", graph, lines)

    def delete(self, graph: str) -> None:
        """Delete a graph; that it is not there is no error.

        Raises:
            EndpointError: it was not deleted.
        """
        try:
            self._send("DELETE", graph, None)
        except NotAnEndpoint:
            # 404: there is no such graph. A wrong address was noticed when graphs were put.
            return

    def _send(self, method: str, graph: str, data: bytes | None) -> None:
        mark = "&" if "?" in self.url else "?"
        address = f"{self.url}{mark}graph={quote(graph, safe='')}"
        try:
            if data and len(data) > _LARGE:
                self._knock(address)
            request = Request(address, data=data, method=method)  # noqa: S310 - http(s), see check_address
            if data is not None:
                request.add_header("Content-Type", "application/n-triples")
            exchange(request, self.credentials, self.limits)
        except NotAnEndpoint as error:
            if method == "DELETE":
                raise
            raise faults.not_a_graph_store() from error

    def _knock(self, address: str) -> None:
        """Add nothing: a store that wants to know who we are asks now, and does not hang up with megabytes under way."""
        request = Request(address, data=b"", method="POST")  # noqa: S310 - http(s), see check_address
        request.add_header("Content-Type", "application/n-triples")
        exchange(request, self.credentials, self.limits)


def _beside(endpoint: str) -> str:
    for end, usual in _USUAL.items():
        if endpoint.rstrip("/").endswith(end):
            return endpoint.rstrip("/").removesuffix(end) + usual
    raise faults.not_a_graph_store()


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines put together to pieces; one empty piece if there are none."""
    waiting: list[bytes] = []
    size = sent = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(waiting)
            sent, waiting, size = 1, [], 0
    if waiting or not sent:
        yield b"".join(waiting)
