"""Triples about one plan, each fact with its words and each claim with the way it is known."""

import hashlib
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from cancu.loaders.source import Source, grids_as_json
from cancu.loaders.words import Span, Value
from cancu.ontology.iri import claim_iri, mint, span_iri
from cancu.ontology.terms import CANCU, CNT, DCTERMS, OA, PROV, RDF, RDFS, XSD

Object = str | Literal
"""An IRI as a plain string, or a literal."""

CONTEXT = 24
"""Characters of the source kept before and after a quote (oa:prefix, oa:suffix)."""


REGISTRY = "Sổ bộ của Căn Cứ"
"""Title of sources that are words of the registry."""


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def vietnamese(value: str) -> Literal:
    """A string in Vietnamese."""
    return Literal(value, language="vi")


def day(value: str) -> Literal:
    """An ISO day as xsd:date."""
    return Literal(value, datatype=NamedNode(XSD.date))


def number(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=NamedNode(XSD.integer))


class Writer:
    """Collects the quads of one plan: facts and evidence into one graph, claims into another."""

    def __init__(self, source: Source, facts_graph: str, claims_graph: str, run: str) -> None:
        self.source = source
        self.source_iri = mint("source", source=source.key)
        self.run = run
        self._facts, self._claims = NamedNode(facts_graph), NamedNode(claims_graph)
        self.labels: dict[str, str] = {}
        """Display labels of what this plan brings in, so that each has one."""
        self._quads: dict[Quad, None] = {}
        self._write_source(source, self.source_iri)

    @property
    def quads(self) -> Iterable[Quad]:
        """Everything written so far, each quad once, in order of writing."""
        return self._quads.keys()

    def say(self, subject: str, predicate: str, *objects: Object) -> None:
        """Write facts: one triple an object."""
        for value in objects:
            self._add(subject, predicate, value, self._facts)

    def witness(self, subject: str, spans: Sequence[Span], part_of: str | None = None) -> None:
        """Write that `subject` is known from these spans of the source; `part_of` is the task or document whose words they are."""
        for span in spans:
            self.say(subject, CANCU.evidence, self.span(span, part_of))

    def state(self, subject: str, words: Value, part_of: str) -> None:
        """Write the words that state something, with the spans they were read from."""
        self.say(subject, CANCU.statedText, text(words.text))
        self.witness(subject, words.spans, part_of)

    def span(self, span: Span, part_of: str | None = None) -> str:
        """The IRI of a span, written with its two selectors (Web Annotation: position and quote)."""
        iri = self._selected(self.source.sha256, self.source_iri, self.source.text, span)
        if part_of:
            self.say(iri, DCTERMS.isPartOf, part_of)
        return iri

    def registry_span(self, words: str, about: str, part: Span | None = None) -> str:
        """The IRI of words of the registry about something, as a source of their own; `part` of them, or all."""
        sha256 = hashlib.sha256(words.encode()).hexdigest()
        other = Source(REGISTRY, "txt", sha256, words)
        source_iri = mint("source", source=other.key)
        self._write_source(other, source_iri)
        iri = self._selected(sha256, source_iri, words, part or Span(0, len(words)))
        self.say(iri, DCTERMS.isPartOf, about)
        return iri

    def claim(
        self, subject: str, predicate: str, obj: str, how: str, evidence: Iterable[str], words: str
    ) -> str:
        """Write a claim: a relation with the way it is known, the spans it rests on, their words, and the run that made it."""
        iri = claim_iri(subject, predicate, obj, how)
        for pair in (
            (RDF.type, CANCU.Claim),
            (CANCU.claimSubject, subject),
            (CANCU.claimPredicate, predicate),
            (CANCU.claimObject, obj),
            (CANCU.howKnown, how),
            (PROV.wasGeneratedBy, self.run),
            *((CANCU.evidence, span) for span in evidence),
        ):
            self._add(iri, pair[0], pair[1], self._claims)
        self._add(iri, CANCU.statedText, text(words), self._claims)
        return iri

    def note_claim(self, claim: str, predicate: str, *objects: Object) -> None:
        """Add to a claim (its topic, its strength)."""
        for value in objects:
            self._add(claim, predicate, value, self._claims)

    def _add(self, subject: str, predicate: str, value: Object, graph: NamedNode) -> None:
        term = NamedNode(value) if isinstance(value, str) else value
        self._quads[Quad(NamedNode(subject), NamedNode(predicate), term, graph)] = None

    def _write_source(self, source: Source, iri: str) -> None:
        self.say(iri, RDF.type, CNT.ContentAsText)
        self.say(iri, CNT.chars, text(source.text))
        self.say(iri, DCTERMS.identifier, text(f"sha256:{source.sha256}"))
        self.say(iri, DCTERMS.title, text(source.name))
        self.say(iri, RDFS.label, text(source.name))
        self.say(iri, DCTERMS.language, text("vi"))
        self.say(iri, DCTERMS.format, text(source.format))
        if source.grids:
            self.say(iri, CANCU.tableLayout, text(grids_as_json(source.grids)))

    def _selected(self, sha256: str, source_iri: str, whole: str, span: Span) -> str:
        iri = span_iri(sha256, span.start, span.end)
        position, quote = mint("position", span=iri), mint("quote", span=iri)
        self.say(iri, RDF.type, OA.SpecificResource)
        self.say(iri, OA.hasSource, source_iri)
        self.say(iri, OA.hasSelector, position, quote)
        self.say(position, RDF.type, OA.TextPositionSelector)
        self.say(position, OA.start, number(span.start))
        self.say(position, OA.end, number(span.end))
        self.say(quote, RDF.type, OA.TextQuoteSelector)
        self.say(quote, OA.exact, text(whole[span.start : span.end]))
        self.say(quote, OA.prefix, text(whole[max(0, span.start - CONTEXT) : span.start]))
        self.say(quote, OA.suffix, text(whole[span.end : span.end + CONTEXT]))
        return iri
