"""The plan many times over, as if so many towns had one: its own addresses are renamed, what all share stays once.

Its own are the addresses with its part or its source's number in them, and the claims about these. Documents, bodies and
what is claimed of documents are the same for all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from cancu.graph.dataset import Embedded
from cancu.ontology.terms import CANCU, CLAIMED, DERIVED, READ, plan_graph


def copied(dataset: Embedded, times: int, folder: Path) -> Embedded:
    """A dataset of one plan, with that plan `times` times; the first keeps its addresses.

    Args:
        dataset: a snapshot with one plan.
        times: how many plans there are to be.
        folder: where the new store is written.
    """
    (entry,) = dataset.snapshot.manifest.current_plans
    graphs = {NamedNode(plan_graph(stage, entry.plan)) for stage in (READ, CLAIMED, DERIVED)}
    quads = list(parse(dataset.snapshot.dump.read_bytes(), format=RdfFormat.N_QUADS))
    own = [quad for quad in quads if quad.graph_name in graphs]
    shared = [quad for quad in quads if quad.graph_name not in graphs]
    marks = (entry.plan.rsplit("/", 1)[-1], entry.sha256[:8])
    names = {q.subject for q in own if isinstance(q.subject, NamedNode) and _has(q.subject, marks)}
    names |= {
        quad.subject
        for quad in own
        if isinstance(quad.subject, NamedNode)
        and quad.predicate.value in (CANCU.claimSubject, CANCU.claimObject)
        and quad.object in names
    }
    folder.mkdir()
    store = Store(str(folder / "store"))
    copies = (_merged(own, new) for new in _new_names(names, marks, times))
    store.bulk_extend(chain(_merged(shared, {}), chain.from_iterable(copies)))
    store.optimize()
    return Embedded(replace(dataset.snapshot, path=folder))


def _new_names(
    names: Iterable[NamedNode], marks: tuple[str, str], times: int
) -> Iterator[Mapping[object, NamedNode]]:
    """The names of each copy; the first has no new ones."""
    for number in range(times):
        yield {name: _renamed(name, marks, number) for name in names if number}


def _has(name: NamedNode, marks: tuple[str, str]) -> bool:
    return any(mark in name.value for mark in marks)


def _renamed(name: NamedNode, marks: tuple[str, str], number: int) -> NamedNode:
    """An address with the number of a copy: in its marks, else at its end."""
    part, source = marks
    if not _has(name, marks):
        return NamedNode(f"{name.value}-{number}")
    return NamedNode(name.value.replace(part, f"{part}-{number}").replace(source, f"{number:08x}"))


def _merged(quads: Iterable[Quad], new: Mapping[object, NamedNode]) -> Iterator[Quad]:
    """Triples for the default graph, with these names for others."""
    for quad in quads:
        yield Quad(
            new.get(quad.subject, quad.subject),
            quad.predicate,
            new.get(quad.object, quad.object),
        )
