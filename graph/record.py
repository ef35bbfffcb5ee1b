"""What an engine elsewhere holds of ours, as a few triples in a graph of its own, written last by `load` and read first.

About <…/graph/ban-du-lieu>: `owl:versionInfo` is the version that is served, `dcterms:hasPart` the merged graphs that are
there or were begun; `rdf:value` of <…/graph/ban-du-lieu#1>, #2 … is the record as JSON, in pieces.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from cancu.graph import faults
from cancu.graph.snapshot import Manifest, manifest_of
from cancu.ontology.iri import mint
from cancu.ontology.terms import DCTERMS, OWL, RDF

RECORD = mint("graph", name="ban-du-lieu")
"""The graph of the record, and what its triples are about."""
VERSION, PART, TEXT = f"{OWL.NS}versionInfo", f"{DCTERMS.NS}hasPart", f"{RDF.NS}value"
_PIECE = 10_000
"""Characters of one piece: literals of any length are not every engine's strength."""


@dataclass(frozen=True)
class Sent:
    """A graph as it was sent: the hash of its lines and how many triples they are."""

    sha256: str
    triples: int


@dataclass(frozen=True)
class Record:
    """What an engine holds.

    Attributes:
        manifest: of the snapshot that was loaded.
        graphs: named graph -> what was sent; the merged graph is among them.
    """

    manifest: Manifest
    graphs: Mapping[str, Sent]

    @property
    def merged(self) -> str:
        """The graph that every query is asked of."""
        return merged_graph(self.manifest.version)

    @property
    def named(self) -> tuple[str, ...]:
        """The named graphs of the snapshot."""
        return tuple(name for name in self.graphs if name != self.merged)


def merged_graph(version: str) -> str:
    """The graph that holds all that counts of a version, merged. Each version has its own, so that one is whole at any time."""
    return mint("graph", name=f"gop-{version}")


def record_lines(record: Record, parts: Iterable[str]) -> bytes:
    """The record as N-Triples, with the merged graphs that are there."""
    content = json.dumps(asdict(record), ensure_ascii=False)
    pieces = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)]
    about = NamedNode(RECORD)
    triples = [Triple(about, NamedNode(VERSION), Literal(record.manifest.version))]
    triples += [Triple(about, NamedNode(PART), NamedNode(name)) for name in parts]
    triples += [
        Triple(NamedNode(f"{RECORD}#{number}"), NamedNode(TEXT), Literal(piece))
        for number, piece in enumerate(pieces, 1)
    ]
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def part_line(graph: str) -> bytes:
    """The note that a merged graph has been begun, as N-Triples."""
    triple = Triple(NamedNode(RECORD), NamedNode(PART), NamedNode(graph))
    return serialize([triple], format=RdfFormat.N_TRIPLES) or b""


def read_record(pieces: Mapping[str, str], version: str) -> Record:
    """The record of a version from its pieces by address.

    Raises:
        NoRemoteData: they are not all there.
    """
    numbered = sorted(pieces.items(), key=lambda piece: int(re.sub(r".*#", "", piece[0])))
    try:
        data = json.loads("".join(text for _, text in numbered))
        graphs = {name: Sent(**sent) for name, sent in data["graphs"].items()}
        record = Record(manifest_of(data["manifest"]), graphs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise faults.damaged_data() from error
    if record.manifest.version != version:
        raise faults.damaged_data()
    return record
