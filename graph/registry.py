"""The registry of legal documents: its entries, and the edges and claims that they stand for.

An entry (cancu:RegistryEntry) records one fact with its mark and source. Only a verified entry
becomes a direct edge. A relation becomes a claim as well, verified or recalled, with the quote (or
the registry's own sentence where none was copied) as evidence; a recalled or unknown fact is never
an edge, so that nothing can take it for established. A partial repeal is a claim without an edge:
a plain eli:repeals would read as the end of the whole document.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from pyoxigraph import Literal, NamedNode, Quad

from cancu.graph.writer import Writer, day, text
from cancu.loaders.source import Source
from cancu.ontology.iri import concept_iri, digest12, mint, slug
from cancu.ontology.load import ontology_quads, registry_files
from cancu.ontology.terms import (
    CANCU,
    DCTERMS,
    ELI,
    GRAPHS,
    HOW,
    MARK,
    PROV,
    RDF,
    RDFS,
)

RELATIONS: Mapping[str, str] = {
    ELI.amends: "sửa đổi, bổ sung",
    ELI.repeals: "bãi bỏ",
    ELI.based_on: "căn cứ vào",
    ELI.cites: "dẫn tới",
    ELI.consolidates: "hợp nhất",
    ELI.corrects: "đính chính",
    CANCU.replaces: "thay thế",
    CANCU.guidesImplementationOf: "hướng dẫn thi hành",
}
"""Predicates between two documents, with the words of the registry's own sentence."""

FORCE_DATES = (ELI.first_date_entry_in_force, ELI.date_no_longer_in_force)
"""Days that become direct edges of a document where they are verified."""

IN_FORCE = concept_iri("hieu-luc", "con")
"""The force status *còn hiệu lực*."""


@dataclass(frozen=True)
class Entry:
    """One fact of the registry.

    Attributes:
        iri: address of the entry.
        about: what the file says of it, by predicate.
    """

    iri: str
    about: Mapping[str, tuple[NamedNode | Literal, ...]]

    def values(self, predicate: str) -> tuple[str, ...]:
        """The values of a predicate, as plain strings in a fixed order."""
        return tuple(sorted(term.value for term in self.about.get(predicate, ())))

    def value(self, predicate: str) -> str | None:
        """The first value of a predicate, or None."""
        return next(iter(self.values(predicate)), None)

    @property
    def subject(self) -> str | None:
        """The document, or part of one, that it is about."""
        return self.value(CANCU.entrySubject)

    @property
    def predicate(self) -> str | None:
        """What it says of the subject."""
        return self.value(CANCU.entryPredicate)

    @property
    def object(self) -> str | None:
        """The other document, or the concept; None for a day, a text, or nothing known."""
        return self.value(CANCU.entryObject)

    @property
    def day(self) -> str | None:
        """The value, as ISO text; None where nothing is known."""
        return self.value(CANCU.entryValue)

    @property
    def mark(self) -> str | None:
        """The concept of scheme ``muc-tin``."""
        return self.value(CANCU.mark)

    @property
    def is_verified(self) -> bool:
        """Whether the fact was seen in the source that it names."""
        return self.mark == MARK.da_kiem_chung

    @property
    def is_relation(self) -> bool:
        """Whether it ties two documents."""
        return self.predicate in RELATIONS

    @property
    def is_partial(self) -> bool:
        """Whether it touches only a part of the other document."""
        return self.value(CANCU.partial) == "true"


def read_entries(quads: Iterable[Quad]) -> tuple[Entry, ...]:
    """The entries among these quads, by address."""
    about: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    kind = NamedNode(CANCU.RegistryEntry)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            about[quad.subject.value][quad.predicate.value].append(quad.object)
    return tuple(
        Entry(iri, {predicate: tuple(terms) for predicate, terms in facts.items()})
        for iri, facts in sorted(about.items())
        if kind in facts.get(RDF.type, ())
    )


@cache
def entries() -> tuple[Entry, ...]:
    """The entries of the registry that ships with the product."""
    return read_entries(_shipped())


@cache
def registry_quads() -> tuple[Quad, ...]:
    """What the shipped registry stands for: edges, claims and evidence, in a graph of their own."""
    return expand(_shipped())


def expand(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The edges and claims of a registry's entries, in the graph ``so-bo-khang-dinh``."""
    quads = tuple(quads)
    labels = _labels(quads)
    writer = _writer()
    found = read_entries(quads)
    starts = {
        e.subject: e.day
        for e in found
        if e.is_verified and e.subject and e.day and e.predicate == ELI.first_date_entry_in_force
    }
    for entry in found:
        if entry.is_relation:
            _write_relation(writer, entry, labels, starts)
    _write_force(writer, found)
    return tuple(writer.quads)


def _shipped() -> tuple[Quad, ...]:
    graph = NamedNode(GRAPHS.so_bo)
    return tuple(quad for quad in ontology_quads() if quad.graph_name == graph)


def _labels(quads: Iterable[Quad]) -> Mapping[str, str]:
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate.value == RDFS.label
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
    }


def _writer() -> Writer:
    """A writer whose run has read the registry's files, each named with its sha256."""
    listed = (
        f"{file.name} sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"
        for file in registry_files()
    )
    manifest = "".join(listed)
    sha256 = hashlib.sha256(manifest.encode()).hexdigest()
    software = f"cancu {version('cancu')}"
    run = mint("run", digest=digest12(sha256, software))
    source = Source("Các tệp sổ bộ", "txt", sha256, manifest)
    writer = Writer(source, GRAPHS.so_bo_khang_dinh, GRAPHS.so_bo_khang_dinh, run)
    name, number = software.split(" ", 1)
    agent = mint("software", name=slug(name), version=slug(number))
    writer.say(run, RDF.type, PROV.Activity)
    writer.say(run, PROV.used, writer.source_iri)
    writer.say(run, PROV.wasAssociatedWith, agent)
    writer.say(run, RDFS.label, text(f"{software} đọc sổ bộ văn bản"))
    writer.say(agent, RDF.type, PROV.SoftwareAgent)
    writer.say(agent, RDFS.label, text(software))
    return writer


def _write_relation(
    writer: Writer, entry: Entry, labels: Mapping[str, str], starts: Mapping[str, str]
) -> None:
    """Write a claim, and an edge where the entry is verified and about the whole document.

    A verified repeal of a part gives the repealed document the day from which it is partly out of force.
    """
    subject, predicate, obj = entry.subject, entry.predicate, entry.object
    if not (subject and predicate and obj and entry.mark) or entry.mark == MARK.khong_ro:
        return
    words = entry.value(CANCU.statedText) or _sentence(entry, labels)
    span = writer.registry_span(words, entry.iri)
    claim = writer.claim(subject, predicate, obj, HOW.so_bo_van_ban, (span,), words)
    writer.note_claim(claim, PROV.wasDerivedFrom, entry.iri)
    writer.note_claim(claim, CANCU.mark, entry.mark)
    if entry.is_verified and not entry.is_partial:
        writer.say(subject, predicate, obj)
    if entry.is_verified and entry.is_partial and predicate == ELI.repeals and subject in starts:
        writer.say(obj, CANCU.partlyRepealedFrom, day(starts[subject]))


def _sentence(entry: Entry, labels: Mapping[str, str]) -> str:
    """The registry's own words, for an entry without a quote."""
    verb = RELATIONS[entry.predicate or ""] + (" một phần" if entry.is_partial else "")
    ends = [labels.get(iri or "", iri or "") for iri in (entry.subject, entry.object)]
    note = entry.value(CANCU.sourceNote)
    return f"{ends[0]} {verb} {ends[1]}" + (f": {note}" if note else ".")


def _write_force(writer: Writer, found: Iterable[Entry]) -> None:
    """Write verified days of force, with their sources and the day of the check."""
    seen: dict[str, list[str]] = defaultdict(list)
    checked: dict[str, list[str]] = defaultdict(list)
    for entry in found:
        subject, predicate = entry.subject, entry.predicate
        if not (subject and predicate and entry.is_verified):
            continue
        if predicate in FORCE_DATES and entry.day:
            writer.say(subject, predicate, day(entry.day))
            for source in entry.values(DCTERMS.source):
                writer.say(subject, DCTERMS.source, source)
            checked[subject] += entry.values(CANCU.checkedOn)
        if last := _evidence_of_force(entry):
            seen[subject].append(last)
    for predicate, days in ((CANCU.lastSeenInForce, seen), (CANCU.validityCheckedOn, checked)):
        for subject, values in days.items():
            if values:
                writer.say(subject, predicate, day(max(values)))


def _evidence_of_force(entry: Entry) -> str | None:
    """The day for which a verified entry is evidence that the document was in force."""
    if entry.predicate == CANCU.lastSeenInForce:
        return entry.day
    if entry.predicate == ELI.in_force and entry.object == IN_FORCE:
        return entry.value(CANCU.asOf)
    return None
