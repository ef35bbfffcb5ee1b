"""The default graph of a snapshot: what all current documents say, merged, with one name for each thing.

Two plans may write one body or document in two ways ("Phòng Nội vụ", "Phòng nội vụ"). Each keeps its words in its own
graphs; in the merge the first name in the order of the alphabet is the name, and the others are other names. Otherwise
every answer about that thing would have each row twice.
"""

from collections.abc import Collection, Iterable, Iterator

from cancu.ontology.terms import DCTERMS, RDFS, SKOS

_OTHER = {
    f"<{RDFS.label}>".encode(): None,
    f"<{SKOS.prefLabel}>".encode(): f"<{SKOS.altLabel}>".encode(),
    f"<{DCTERMS.title}>".encode(): f"<{DCTERMS.alternative}>".encode(),
}
"""A property that names a thing -> the one that gives its other names."""


def merged(lines: Iterable[bytes], left_out: Collection[str]) -> Iterator[bytes]:
    """N-Triples of sorted N-Quads, each once, without the graphs left out."""
    skipped = {b"<" + name.encode() + b">" for name in left_out}
    last, named = b"", (b"", b"", b"")
    for line in lines:
        triple, graph, _ = line.rsplit(b" ", 2)
        if triple == last or graph in skipped:
            continue
        last = triple
        subject, predicate, value = triple.split(b" ", 2)
        if predicate in _OTHER:
            name = subject, predicate, _language(value)
            if name == named:
                other = _OTHER[predicate]
                if other:
                    yield b" ".join((subject, other, value, b".\n"))
                continue
            named = name
        yield triple + b" .\n"


def _language(value: bytes) -> bytes:
    """The tag of a literal ("@vi"), or nothing."""
    return value.rsplit(b'"', 1)[-1]
