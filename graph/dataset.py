"""What questions and pages read: one snapshot's graph behind one small interface (see `remote` for one that is elsewhere).

The default graph of every query is the merge of all named graphs. Values are bound, never pasted into the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from cancu.graph.snapshot import Manifest, Snapshot, current, reading
from cancu.ontology.terms import XSD

Value = str | int | None
"""A value of an answer: an IRI or the words of a literal as a string, an integer, or nothing."""
Row = dict[str, Value]
ASKED = "_asked"
"""How the variables that a question is asked with end."""


_BOOLEANS = {"1": "true", "0": "false"}
"""The two other ways to write a boolean (XML Schema), which is how Virtuoso gives them."""


@dataclass(frozen=True)
class Table:
    """Columns in their order and rows by column name."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


Bound = Mapping[str, NamedNode | Literal]
"""Variables with what they are bound to."""


class Dataset(Protocol):
    """A graph that answers queries."""

    @property
    def version(self) -> str:
        """Which snapshot this is."""

    def select(self, query: str, bindings: Bound | None = None) -> Table:
        """The rows of a SELECT query with these variables bound."""

    def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT query with these variables bound."""


class Published(Dataset, Protocol):
    """The data of a snapshot, on this machine or in an engine elsewhere, with what it is made of."""

    @property
    def manifest(self) -> Manifest:
        """What the snapshot holds."""

    def only(self, graphs: Sequence[str]) -> Self:
        """The same data, but only these graphs of it, merged."""


@dataclass(frozen=True, eq=False)
class Embedded:
    """A snapshot on this machine, read by Oxigraph: all that counts, or only the graphs named."""

    snapshot: Snapshot
    graphs: tuple[str, ...] = ()

    @classmethod
    def at(cls, home: Path) -> "Embedded":
        """The current snapshot of a home folder.

        Raises:
            NoSnapshot: there is none.
        """
        return cls(current(home))

    @property
    def version(self) -> str:
        """The snapshot's version."""
        return self.snapshot.version

    @property
    def manifest(self) -> Manifest:
        """What the snapshot holds."""
        return self.snapshot.manifest

    def only(self, graphs: Sequence[str]) -> Self:
        """The same data, but only these graphs of it, merged."""
        return replace(self, graphs=tuple(graphs))

    @cached_property
    def store(self) -> Store:
        """The store, opened when first asked."""
        return self.snapshot.open()

    def select(self, query: str, bindings: Bound | None = None) -> Table:
        """The rows of a SELECT query with these variables bound."""
        return select(self.store, query, bindings, self.graphs)

    def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT query with these variables bound."""
        return construct(self.store, query, bindings, self.graphs)


def select(
    store: Store,
    query: str,
    bindings: Bound | None = None,
    graphs: Sequence[str] = (),
) -> Table:
    """Run a SELECT query on a store's default graph, which holds what counts merged, or on these graphs merged.

    Variables that end in "_asked" are what the query was asked with: Oxigraph wants a bound variable among the
    selected ones, and here they are left out again.

    Raises:
        TypeError: the query is not a SELECT.
        SyntaxError: it is not SPARQL.
        DamagedSnapshot: the data cannot be read.
    """
    with reading():
        found = _run(store, query, bindings, graphs)
        if not isinstance(found, QuerySolutions):
            raise TypeError("not a SELECT query")
        return table_of(found)


def construct(
    store: Store,
    query: str,
    bindings: Bound | None = None,
    graphs: Sequence[str] = (),
) -> tuple[Triple, ...]:
    """Run a CONSTRUCT query as `select` does; each triple once, in no order that means anything.

    Raises:
        TypeError: the query is not a CONSTRUCT.
        SyntaxError: it is not SPARQL.
    """
    with reading():
        found = _run(store, query, bindings, graphs)
        if not isinstance(found, QueryTriples):
            raise TypeError("not a CONSTRUCT query")
        return tuple(dict.fromkeys(found))


def _run(
    store: Store, query: str, bindings: Bound | None, graphs: Sequence[str]
) -> QuerySolutions | QueryBoolean | QueryTriples:
    asked: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(name): term for name, term in (bindings or {}).items()
    }
    only: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(name) for name in graphs]
    return store.query(query, substitutions=asked, default_graph=only or None)


def table_of(found: QuerySolutions) -> Table:
    """The rows of an answer as plain values, without the columns that hold what was asked with."""
    names = tuple(variable.value for variable in found.variables)
    columns = tuple(name for name in names if not name.endswith(ASKED))
    if columns == names:
        return Table(
            columns, tuple(dict(zip(names, map(plain, row), strict=True)) for row in found)
        )
    return Table(columns, tuple({name: plain(row[name]) for name in columns} for row in found))


def plain(term: object) -> Value:
    """A term as a value of an answer."""
    if isinstance(term, NamedNode):
        return term.value
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    kind, value = term.datatype.value, term.value
    if kind == XSD.boolean:
        return _BOOLEANS.get(value, value)
    return int(value) if kind == XSD.integer else value
