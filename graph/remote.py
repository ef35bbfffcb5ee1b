"""The data of a snapshot in a SPARQL engine elsewhere, as questions and pages read it.

What the engine holds stands in a record of its own graph (see `record`): which version, which documents, which graphs.
The default graph of every query is one named graph there, in which all that counts is merged: engines differ in what
their own default graph is, and no union of graphs gives each thing one name (see `merge`).
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from traceback import clear_frames
from typing import Self

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from cancu.graph import faults
from cancu.graph.dataset import Bound, Row, Table, table_of
from cancu.graph.endpoint import Endpoint, form_of, rows_allowed
from cancu.graph.errors import NoRemoteData
from cancu.graph.exchange import Reply
from cancu.graph.record import PART, RECORD, TEXT, VERSION, Record, read_record
from cancu.graph.snapshot import Manifest
from cancu.graph.substitute import substituted
from cancu.graph.tokens import tokens
from cancu.ontology.iri import mint

JSON, N_TRIPLES = "application/sparql-results+json", "application/n-triples"
_OWN_WORDS, _OWN_NAMES = ("DEFINE",), ("bif:", "sql:", "<bif:", "<sql:")
"""What Virtuoso alone knows: orders to itself, and its functions that are no SPARQL."""
_BOOLEAN = (b'{"head":{},"boolean":false}', b'{"head":{},"boolean":true}')
NOTHING = mint("graph", name="khong")
"""A graph that is never there: what stands for an empty half of a dataset."""
Found = QuerySolutions | QueryBoolean | tuple[Triple, ...]
"""What a typed query gives: rows, yes or no, a graph."""
_LOOKS, _PAUSE = 3, 0.3
"""How often we look for a record before we say that there is none: an engine may clear a graph before it fills it."""


@dataclass(frozen=True, eq=False)
class Remote:
    """A version in an engine elsewhere: all that counts of it, or only the graphs named."""

    endpoint: Endpoint
    record: Record
    graphs: tuple[str, ...] = ()

    @classmethod
    def at(cls, endpoint: Endpoint) -> Self:
        """What an engine holds now.

        Raises:
            NoRemoteData: nothing of ours, or only a part.
            EndpointError: it cannot be asked; see `graph.errors`.
        """
        for look in range(_LOOKS):
            try:
                return cls(endpoint, _read(endpoint))
            except NoRemoteData:
                if look == _LOOKS - 1:
                    raise
                time.sleep(_PAUSE)
        raise faults.no_data()

    @property
    def version(self) -> str:
        """The version that was loaded."""
        return self.record.manifest.version

    @property
    def manifest(self) -> Manifest:
        """What the snapshot holds that was loaded."""
        return self.record.manifest

    def only(self, graphs: Sequence[str]) -> Self:
        """The same data, but only these graphs of it, merged."""
        return replace(self, graphs=tuple(graphs))

    def select(self, query: str, bindings: Bound | None = None) -> Table:
        """The rows of a SELECT query with these variables bound.

        Raises:
            EndpointError: the engine gives no answer that can be used; see `graph.errors`.
        """
        return _table(self._ask(query, bindings or {}, JSON))

    def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT query with these variables bound; each once, in no order that means anything.

        Raises:
            EndpointError: see `select`.
        """
        return _triples(self._ask(query, bindings or {}, N_TRIPLES))

    def _ask(self, query: str, bindings: Bound, media_type: str) -> Reply:
        """The answer to a query of ours: GRAPH reaches the named graphs of all, as it does in a snapshot."""
        asked = substituted(query, bindings)
        named = self.record.named if _names_graphs(query) else ()
        return self.endpoint.ask(asked, media_type, self.graphs or (self.record.merged,), named)

    def within(self, seconds: float, size: int) -> Self:
        """The same data, asked with at most so many seconds and bytes a query."""
        limits = self.endpoint.limits
        limits = replace(limits, seconds=min(seconds, limits.seconds), size=min(size, limits.size))
        return replace(self, endpoint=replace(self.endpoint, limits=limits))

    def typed(
        self,
        query: str,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Found:
        """The answer to a query that somebody typed.

        Args:
            query: SPARQL 1.1, let in before (see `queries.guard`).
            default_graphs: what the query's default graph is merged of.
            named_graphs: what GRAPH may name. None for both: all that counts, and every named graph.

        Raises:
            EndpointRefused: the engine does not take the query, or it uses what only one engine knows.
            EndpointError: see `select`.
        """
        _admit(query)
        default: Sequence[str] = (self.record.merged,)
        named: Sequence[str] = self.record.named
        if default_graphs is not None or named_graphs is not None:
            # An engine that is told nothing of one half may fill it with all it has.
            default, named = default_graphs or (NOTHING,), named_graphs or (NOTHING,)
        named = named if _names_graphs(query) else ()
        if form_of(query) in ("CONSTRUCT", "DESCRIBE"):
            return _triples(self.endpoint.ask(query, N_TRIPLES, default, named))
        return _results(self.endpoint.ask(query, JSON, default, named), form_of(query) == "ASK")


def version_at(endpoint: Endpoint) -> str:
    """The version that an engine holds now; empty if it holds nothing of ours.

    Raises:
        EndpointError: it cannot be asked.
    """
    rows = _rows(endpoint, f"SELECT ?value WHERE {{ <{RECORD}> <{VERSION}> ?value }}")
    return str(rows[0]["value"]) if rows else ""


def merged_graphs_at(endpoint: Endpoint) -> list[str]:
    """The merged graphs that an engine holds, or that a load has begun.

    Raises:
        EndpointError: it cannot be asked.
    """
    rows = _rows(endpoint, f"SELECT ?value WHERE {{ <{RECORD}> <{PART}> ?value }}")
    return sorted(str(row["value"]) for row in rows)


def size_at(endpoint: Endpoint, graph: str) -> int:
    """How many triples a graph has in an engine.

    Raises:
        EndpointError: it cannot be asked.
    """
    query = "SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }"
    rows = _table(endpoint.ask(query, JSON, (graph,))).rows
    return int(rows[0]["triples"] or 0) if rows else 0


@dataclass(frozen=True)
class Difference:
    """A graph that has not as many triples as it was sent."""

    graph: str
    sent: int
    there: int


def differences(remote: Remote) -> list[Difference]:
    """The graphs of an engine that somebody has written to, or that have lost something, since they were loaded.

    Raises:
        EndpointError: it cannot be asked.
    """
    sizes = ((name, sent.triples) for name, sent in remote.record.graphs.items())
    found = [Difference(name, sent, size_at(remote.endpoint, name)) for name, sent in sizes]
    return [one for one in found if one.there != one.sent]


def _read(endpoint: Endpoint) -> Record:
    version = version_at(endpoint)
    if not version:
        raise faults.no_data()
    rows = _rows(endpoint, f"SELECT ?piece ?value WHERE {{ ?piece <{TEXT}> ?value }}")
    return read_record({str(row["piece"]): str(row["value"]) for row in rows}, version)


def _rows(endpoint: Endpoint, query: str) -> tuple[Row, ...]:
    """The rows of a query on the graph of the record."""
    return _table(endpoint.ask(query, JSON, (RECORD,))).rows


def _table(reply: Reply) -> Table:
    with _whole():
        found = parse_query_results(reply.body, format=QueryResultsFormat.JSON)
        try:
            if not isinstance(found, QuerySolutions):
                raise faults.not_an_endpoint()
            table = table_of(found)
        finally:
            # It must end in this thread, and an error would keep it (pyo3: "unsendable").
            del found
    _all_rows(len(table.rows), reply)
    return table


def _results(reply: Reply, yes_or_no: bool) -> QuerySolutions | QueryBoolean:
    with _whole():
        found = parse_query_results(reply.body, format=QueryResultsFormat.JSON)
        if isinstance(found, QuerySolutions):
            try:
                count = sum(1 for _ in found)
            finally:
                del found
            _all_rows(count, reply)
            # Virtuoso answers ASK with rows if it is told the default graph: one for yes, none for no.
            body = _BOOLEAN[count > 0] if yes_or_no else reply.body
            found = parse_query_results(body, format=QueryResultsFormat.JSON)
        return found


def _all_rows(count: int, reply: Reply) -> None:
    """Look whether the engine may have had more rows than it gave.

    Raises:
        AnswerCutOff: it gave as many as it ever gives.
    """
    if count and count == rows_allowed(reply):
        raise faults.first_rows_only(count)


@contextmanager
def _whole() -> Iterator[None]:
    """What is no whole answer, as an error of ours."""
    try:
        yield
    except (SyntaxError, ValueError) as error:
        # Its frames hold what was read, which must end in this thread.
        clear_frames(error.__traceback__)
        raise faults.cut_off() from error


def _triples(reply: Reply) -> tuple[Triple, ...]:
    """The triples of an answer, each once."""
    with _whole():
        quads = parse(reply.body, format=RdfFormat.N_TRIPLES)
        try:
            return tuple(dict.fromkeys(quad.triple for quad in quads))
        finally:
            del quads


def _admit(query: str) -> None:
    for kind, text in tokens(query):
        own = kind == "word" and text.upper() in _OWN_WORDS
        if own or (kind in ("name", "iri") and text.lower().startswith(_OWN_NAMES)):
            raise faults.not_standard(text)


def _names_graphs(query: str) -> bool:
    return any(kind == "word" and text.upper() == "GRAPH" for kind, text in tokens(query))
