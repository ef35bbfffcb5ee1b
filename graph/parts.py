"""A document's share of a snapshot: its entry and its sorted N-Quads, packed.

A snapshot is put together line by line from its parts, so that a thousand documents need no more memory than their
packed lines (some 150 kB each).
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from cancu.graph.reviews import Review
from cancu.graph.snapshot import Entry
from cancu.ontology.iri import mint
from cancu.ontology.iri import parse as parse_iri
from cancu.ontology.terms import (
    CANCU,
    CLAIMED,
    DCTERMS,
    DERIVED,
    GRAPHS,
    PROV,
    RDF,
    READ,
    plan_graph,
)

STAGES = (READ, CLAIMED, DERIVED)
_CHUNK = 1 << 16
_CLAIM = re.compile(
    rb"^<([^>]+)> <" + RDF.type.encode() + rb"> <" + CANCU.Claim.encode() + rb"> ", re.MULTILINE
)


@dataclass(frozen=True)
class Part:
    """One document of a snapshot, in the graphs that a current one has."""

    entry: Entry
    packed: bytes

    @classmethod
    def of(cls, entry: Entry, quads: Iterable[Quad]) -> Self:
        """The part that holds these quads."""
        return cls(entry, zlib.compress(b"".join(sorted_lines(quads)), 1))

    def lines(self) -> Iterator[bytes]:
        """Its N-Quads, sorted, unpacked bit by bit."""
        rest, unpacker = b"", zlib.decompressobj()
        for start in range(0, len(self.packed), _CHUNK):
            *whole, rest = (rest + unpacker.decompress(self.packed[start : start + _CHUNK])).split(
                b"\n"
            )
            yield from (line + b"\n" for line in whole)

    def quads(self, *stages: str) -> list[Quad]:
        """The quads of these stages (READ, CLAIMED, DERIVED)."""
        wanted = {NamedNode(plan_graph(stage, self.entry.plan)) for stage in stages}
        found = parse(zlib.decompress(self.packed), format=RdfFormat.N_QUADS)
        return [quad for quad in found if quad.graph_name in wanted]

    def claims(self) -> set[str]:
        """The addresses of its claims."""
        return {match[1].decode() for match in _CLAIM.finditer(zlib.decompress(self.packed))}

    def in_graphs(self) -> Iterator[bytes]:
        """Its N-Quads as they stand in a snapshot: those of a replaced version in graphs of its own, sorted."""
        if self.entry.current:
            return self.lines()
        names = {
            b"<" + plan_graph(s, self.entry.plan).encode() + b">": b"<" + own.encode() + b">"
            for s, own in version_graphs(self.entry).items()
        }
        return iter(sorted(_renamed(line, names) for line in self.lines()))


def sorted_lines(quads: Iterable[Quad]) -> list[bytes]:
    """The quads as sorted N-Quads, the same lines for the same quads."""
    return sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def version_graphs(entry: Entry) -> Mapping[str, str]:
    """Stage -> the graph that holds it for this document: the plan's own, or that of a replaced version."""
    if entry.current:
        return {stage: plan_graph(stage, entry.plan) for stage in STAGES}
    address = parse_iri(entry.plan)
    if address is None:
        raise ValueError(entry.plan)
    key = f"{address.fields['key']}-ban-{entry.key}"
    fields = {**address.fields, "key": key}
    return {stage: mint("plan_graph", name=stage, **fields) for stage in STAGES}


def uncounted_graphs(entries: Iterable[Entry]) -> frozenset[str]:
    """The graphs that do not count: those of replaced versions, and what admins added."""
    replaced = (entry for entry in entries if not entry.current)
    found = (graph for entry in replaced for graph in version_graphs(entry).values())
    return frozenset({*found, GRAPHS.bo_sung})


def version_quads(parts: Iterable[Part]) -> list[Quad]:
    """What the versions are to each other, in the graph `phien-ban`, with the text of the replaced ones.

    The plan keeps its address, which always means what counts today; each version is its file, with an address of its own.
    """
    graph = NamedNode(GRAPHS.phien_ban)
    found: list[Quad] = []
    for part in parts:
        entry = part.entry
        if entry.current:
            continue
        old, new = (
            NamedNode(mint("source", source=key)) for key in (entry.key, entry.replaced_by[:8])
        )
        plan = NamedNode(entry.plan)
        for subject, predicate, value in (
            (old, DCTERMS.isReplacedBy, new),
            (new, DCTERMS.replaces, old),
            (new, PROV.wasRevisionOf, old),
            (old, DCTERMS.isVersionOf, plan),
            (new, DCTERMS.isVersionOf, plan),
        ):
            found.append(Quad(subject, NamedNode(predicate), value, graph))
        own = (quad for quad in part.quads(READ) if quad.subject == old)
        found.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in own)
    return found


def verdicts_hash(reviews: Iterable[Review], claims: set[str]) -> str:
    """A hash of the verdicts on these claims, empty if there are none: while it stays, so do the derived edges."""
    lines = "\n".join(repr(review) for review in reviews if review.claim in claims)
    return hashlib.sha256(lines.encode()).hexdigest()[:12] if lines else ""


def split(lines: Iterable[bytes], entries: Iterable[Entry]) -> list[Part]:
    """The parts of a dump, each with the lines of its own graphs, in the graphs that a current document has."""
    listed = list(entries)
    owner: dict[bytes, tuple[int, bytes]] = {}
    for position, entry in enumerate(listed):
        plain = version_graphs(replace(entry, replaced_by=""))
        for stage, name in version_graphs(entry).items():
            owner[b"<" + name.encode() + b">"] = position, b"<" + plain[stage].encode() + b">"
    kept: list[list[bytes]] = [[] for _ in listed]
    for line in lines:
        triple, graph, end = line.rsplit(b" ", 2)
        if graph in owner:
            position, plain_name = owner[graph]
            kept[position].append(b" ".join((triple, plain_name, end)))
    return [
        Part(entry, zlib.compress(b"".join(sorted(own)), 1))
        for entry, own in zip(listed, kept, strict=True)
    ]


def _renamed(line: bytes, names: Mapping[bytes, bytes]) -> bytes:
    triple, graph, end = line.rsplit(b" ", 2)
    return b" ".join((triple, names.get(graph, graph), end))
