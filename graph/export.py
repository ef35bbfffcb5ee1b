"""A snapshot as files for other programs: sorted and the same bytes every time.

The dump of the snapshot is the source, not its store: Oxigraph rewrites some literals on loading.
"""

from collections.abc import Callable, Collection
from operator import attrgetter

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from cancu.graph.parts import uncounted_graphs
from cancu.graph.snapshot import Snapshot
from cancu.ontology.terms import PREFIXES


def export_nquads(snapshot: Snapshot) -> bytes:
    """Sorted N-Quads with the named graphs."""
    return snapshot.dump.read_bytes()


def export_turtle(snapshot: Snapshot) -> bytes:
    """Turtle of all triples that count, named graphs merged; replaced versions and updates are in the formats with graphs."""
    left_out = {NamedNode(name) for name in uncounted_graphs(snapshot.manifest.plans)}
    triples = {quad.triple for quad in _quads(snapshot) if quad.graph_name not in left_out}
    return (
        serialize(
            sorted(triples, key=_triple_key), format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)
        )
        or b""
    )


def export_trig(snapshot: Snapshot) -> bytes:
    """TriG with the named graphs."""
    return (
        serialize(_sorted(_quads(snapshot)), format=RdfFormat.TRIG, prefixes=dict(PREFIXES)) or b""
    )


def export_jsonld(snapshot: Snapshot) -> bytes:
    """JSON-LD with the named graphs."""
    return (
        serialize(_sorted(_quads(snapshot)), format=RdfFormat.JSON_LD, prefixes=dict(PREFIXES))
        or b""
    )


FORMATS: dict[str, Callable[[Snapshot], bytes]] = {
    "turtle": export_turtle,
    "trig": export_trig,
    "nquads": export_nquads,
    "jsonld": export_jsonld,
}
"""Name of a format -> the function that writes it."""


def _quads(snapshot: Snapshot) -> list[Quad]:
    return list(parse(snapshot.dump.read_bytes(), format=RdfFormat.N_QUADS))


def _sorted(quads: Collection[Quad]) -> list[Quad]:
    return sorted(quads, key=lambda quad: (str(quad.graph_name), *_triple_key(quad.triple)))


def _triple_key(triple: Triple) -> tuple[str, str, str]:
    subject, predicate, obj = attrgetter("subject", "predicate", "object")(triple)
    return str(subject), str(predicate), str(obj)
