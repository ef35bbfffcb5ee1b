"""What tests of the network share: the snapshot in a second engine, and networks that no plan has."""

from dataclasses import dataclass
from itertools import product

from pyoxigraph import RdfFormat, Triple, parse, serialize
from rdflib import Graph
from rdflib import Literal as RdflibLiteral

from cancu.graph.dataset import Bound, Embedded, Row, Table, Value
from cancu.graph.network_facts import Facts, Part, Work
from cancu.graph.quarters import Span

CL = "https://w3id.org/cancu/id/to-chuc/chi-linh/"
NHOM = "https://w3id.org/cancu/id/nhom/chi-linh/"
PLAN = "https://w3id.org/cancu/id/ke-hoach/chi-linh/2023/kstthc-mot-cua"
HOSTILE = "Phòng <img src=x onerror=alert(1)> & \"]]>\" '</script>' \x00\x0b\x1f\ufffe 𠀀 =1+1"
"""A label that is markup in every form, with characters that XML has no place for."""


@dataclass(frozen=True, eq=False)
class Second:
    """A dataset in rdflib."""

    graph: Graph
    version: str = "second"

    @classmethod
    def of(cls, dataset: Embedded) -> "Second":
        """A snapshot, named graphs merged."""
        quads = parse(dataset.snapshot.dump.read_bytes(), format=RdfFormat.N_QUADS)
        triples = serialize({q.triple for q in quads}, format=RdfFormat.N_TRIPLES)
        return cls(Graph().parse(data=triples or b"", format="nt"))

    def select(self, query: str, bindings: Bound | None = None) -> Table:
        """The rows of a SELECT query without bound variables."""
        assert not bindings
        found = self.graph.query(query)
        names = tuple(str(name) for name in found.vars or ())
        rows: list[Row] = [
            {name: _plain(term) for name, term in zip(names, row, strict=True)}  # type: ignore[arg-type]
            for row in found
        ]
        return Table(names, tuple(rows))

    def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
        """Not asked."""
        raise NotImplementedError


def _plain(term: object) -> Value:
    if isinstance(term, RdflibLiteral) and isinstance(term.value, int):
        return int(term)
    return None if term is None else str(term)


def made(
    parts: dict[str, dict[str, str]],
    groups: dict[str, tuple[str, ...]] | None = None,
    labels: dict[str, str] | None = None,
) -> Facts:
    """Facts of one plan: task -> body or group -> role; the members of groups; other labels than the addresses."""
    groups = groups or {}
    bodies = {b for some in parts.values() for b in some} | {b for m in groups.values() for b in m}
    works = {
        task: Work(task, task, f"Việc {task}", "task", "p", "p/i", "I. Phần", n, YEAR)
        for n, task in enumerate(parts)
    }
    return Facts(
        version="made",
        names={body: (labels or {}).get(body, body) for body in (*bodies, *groups, "p")},
        kinds={body: "group" if body in groups else "agency" for body in (*bodies, *groups)},
        plans=("p",),
        works=works,
        parts=tuple(
            Part(task, role, body, body)
            for task, some in parts.items()
            for body, role in some.items()
        ),
        members={group: tuple(("group", b) for b in members) for group, members in groups.items()},
        targets=(),
        bases=(),
    )


YEAR = (Span("2023-01-01", "2023-12-31"),)


def large(nodes: int) -> Facts:
    """About so many nodes: a third are bodies in towns of 30, the rest tasks with a lead and three coordinators of a town."""
    bodies = [f"b{n:05}" for n in range(nodes // 3)]
    parts: dict[str, dict[str, str]] = {}
    for n, (step, start) in enumerate(product(range(60), range(0, len(bodies), 30))):
        town = bodies[start : start + 30]
        if n >= nodes - len(bodies):
            break
        chosen = [town[(step * k + k) % len(town)] for k in (1, 2, 3, 5)]
        parts[f"t{n:05}"] = dict.fromkeys(chosen, "coordinate") | {chosen[0]: "lead"}
    return made(parts)
