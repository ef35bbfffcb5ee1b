"""A graph in memory that can be changed and asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple

from cancu.graph.dataset import Embedded, Table, select
from cancu.ontology.terms import PREFIXES
from cancu.queries.why.paths import Ground

HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@dataclass(frozen=True)
class Memory:
    """A dataset in memory."""

    store: Store = field(default_factory=Store)
    version: str = "memory"

    def select(
        self, query: str, bindings: Mapping[str, NamedNode | Literal] | None = None
    ) -> Table:
        return select(self.store, query, bindings)

    def construct(
        self, query: str, bindings: Mapping[str, NamedNode | Literal] | None = None
    ) -> tuple[Triple, ...]:
        raise NotImplementedError

    @contextmanager
    def without(self, *facts: Ground) -> Iterator[None]:
        """The graph without these triples, for a while."""
        quads = [Quad(s, p, o) for s, p, o in facts]  # type: ignore[arg-type]
        for quad in quads:
            assert quad in self.store
            self.store.remove(quad)
        yield
        self.store.extend(quads)

    @contextmanager
    def with_too(self, *facts: Ground) -> Iterator[None]:
        """The graph with these triples too, for a while."""
        quads = [Quad(s, p, o) for s, p, o in facts]  # type: ignore[arg-type]
        for quad in quads:
            assert quad not in self.store
            self.store.add(quad)
        yield
        for quad in quads:
            self.store.remove(quad)

    def has(self, fact: Ground) -> bool:
        """Whether a triple is in the graph."""
        subject, predicate, end = fact
        return Quad(subject, predicate, end) in self.store  # type: ignore[arg-type]


def of_turtle(text: str) -> Memory:
    """A graph written in Turtle."""
    made = Memory()
    prefixes = "@prefix : <x:> .\n" + "".join(
        f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()
    )
    made.store.load((prefixes + text).encode(), format=RdfFormat.TURTLE)
    return made


def copy_of(dataset: Embedded) -> Memory:
    """A snapshot's graph, to be changed."""
    made = Memory()
    made.store.bulk_extend(
        Quad(q.subject, q.predicate, q.object)
        for q in dataset.store.quads_for_pattern(None, None, None)
    )
    return made
