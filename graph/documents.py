"""The documents of a plan: its decision, what that rests on, what its tasks name, and what points to none for certain."""

from cancu.graph.directory import (
    UNKNOWN_PLACE,
    document_iri,
    find_document,
    find_plan,
    issuer_slug,
    law_names,
    registry,
    short_key,
)
from cancu.graph.writer import Writer, day, text, vietnamese
from cancu.loaders.citations import Citation, Reference, Target
from cancu.loaders.plan import Plan
from cancu.loaders.words import Value
from cancu.ontology.iri import concept_iri, mint, number_slug, slug
from cancu.ontology.load import notations
from cancu.ontology.terms import CANCU, DCTERMS, ELI, HOW, RDF, RDFS


def place_slug(plan: Plan) -> str:
    """The plan's place in addresses: where the document was signed."""
    return slug(plan.header.place or "") or UNKNOWN_PLACE


def plan_iri(plan: Plan) -> str:
    """The address of the plan: the registry's short key by its title, else one made of its number or title."""
    place, title = (
        place_slug(plan),
        plan.annex.title if plan.annex else plan.header.title or plan.source.name,
    )
    known = find_plan(place, title)
    if known:
        return known
    key = number_slug(plan.header.number) if plan.header.number else short_key(title)
    return mint("plan", place=place, year=plan.year or "khong-ro", key=key)


def decision_iri(plan: Plan, plan_address: str) -> str:
    """The address of the outermost document: the registry's, else made of its number, else of its month and title."""
    known = registry().value(plan_address, ELI.is_annex_of)
    if known:
        return known
    header, place = plan.header, place_slug(plan)
    issuer = issuer_slug(header.number, header.kind, header.issuer, place)
    if header.number:
        return mint(
            "document",
            issuer=issuer,
            kind=slug(header.kind),
            year=plan.year or "khong-ro",
            number=number_slug(header.number),
        )
    return mint(
        "unnumbered",
        issuer=issuer,
        kind=slug(header.kind),
        month=header.month or "khong-ro",
        key=short_key(header.title or ""),
    )


class Documents:
    """Finds and writes the documents that a plan's words name."""

    def __init__(self, plan: Plan, writer: Writer, plan_address: str) -> None:
        self.plan, self.writer = plan, writer
        self.decision, self.place = decision_iri(plan, plan_address), place_slug(plan)
        self.bases: dict[int, str] = {}
        """Addresses of the preamble's documents, by position in `plan.legal_bases`."""

    def write_bases(self) -> None:
        """Write the links from the decision to the documents of its preamble, and theirs to the ones they amend or guide."""
        for position, basis in enumerate(self.plan.legal_bases):
            self.bases[position] = self._write_basis(basis)

    def _write_basis(self, basis: Citation) -> str:
        document = self.document(basis)
        self.writer.say(self.decision, ELI.based_on, document)
        evidence = [self.writer.span(s, self.decision) for s in basis.whole.spans]
        self.writer.claim(
            self.decision,
            ELI.based_on,
            document,
            HOW.vien_dan_truc_tiep,
            evidence,
            basis.whole.text,
        )
        for predicate, targets in (
            (ELI.amends, basis.amends),
            (CANCU.guidesImplementationOf, basis.guides),
        ):
            for target in targets:
                other = self._target(target, basis)
                if not other and target.subject:
                    words = Value(target.subject, target.spans)
                    self.write_references(document, (Reference(words),))
                if other:
                    self._document_link(document, predicate, other, basis)
        for target in basis.amended_by:
            amending = self._target(target, basis)
            if amending:
                self._document_link(amending, ELI.amends, document, basis)
        return document

    def _document_link(self, subject: str, predicate: str, obj: str, basis: Citation) -> None:
        self.writer.say(subject, predicate, obj)
        evidence = [self.writer.span(s, self.decision) for s in basis.whole.spans]
        self.writer.claim(
            subject, predicate, obj, HOW.vien_dan_truc_tiep, evidence, basis.whole.text
        )

    def _target(self, target: Target, basis: Citation) -> str | None:
        """The document that the words of a basis name as amended or guided, or None where they name none ("các Nghị định
        liên quan …"). A law without number and day is the one of that name among the bases, if there is one.
        """
        citation = Citation(
            target.kind,
            target.number,
            target.date,
            None,
            target.subject,
            "",
            (),
            (),
            (),
            basis.whole,
            basis.whole,
            None,
        )
        if not target.number and not citation.by_name:
            return None
        same = [
            b
            for b in self.plan.legal_bases
            if b.by_name and slug(b.subject or "") == slug(target.subject or "")
        ]
        return self.document(
            same[0] if len(same) == 1 and not (target.number or target.date) else citation
        )

    def document(self, citation: Citation) -> str:
        """The address of a cited document; written from the citation's words where the registry does not have it."""
        iri = document_iri(citation, self.place)
        if find_document(citation) or iri in self.writer.labels:
            return iri
        say = self.writer.say
        subject = citation.subject
        title = (
            f"{citation.kind} {subject}"
            if citation.by_name and subject
            else subject or citation.name.text
        )
        label = citation.number or title
        self.writer.labels[iri] = label
        say(iri, RDF.type, ELI.LegalResource)
        say(iri, ELI.type_document, self.kind(citation.kind))
        say(iri, DCTERMS.title, vietnamese(title))
        say(iri, RDFS.label, text(label))
        if citation.number:
            say(iri, ELI.number, text(citation.number))
        if citation.date:
            say(iri, ELI.date_document, day(citation.date))
        self.writer.witness(iri, (citation.title or citation.name).spans, iri)
        return iri

    def named(self, citation: Citation) -> str | None:
        """The document that a task's words name, or None where they name none for certain."""
        if citation.number or find_document(citation):
            return self.document(citation)
        return self._law(citation) if citation.by_name else None

    def _law(self, citation: Citation) -> str | None:
        """The one law whose full name the words begin with: of the preamble, else of the registry. Laws of one name
        follow each other, so a name that fits several names none.
        """
        words, preamble = (
            slug(f"{citation.kind} {citation.subject or ''}"),
            set(self.bases.values()),
        )
        names = law_names()
        for position, basis in enumerate(self.plan.legal_bases):
            if basis.by_name:
                names.setdefault(slug(f"{basis.kind} {basis.subject}"), set()).add(
                    self.bases[position]
                )
        fitting = [name for name in names if words == name or words.startswith(f"{name}-")]
        laws = names[max(fitting, key=len)] if fitting else set()
        laws = laws & preamble or laws
        return next(iter(laws)) if len(laws) == 1 else None

    def write_references(self, owner: str, references: tuple[Reference, ...]) -> None:
        """Write the places where a task or document points to another one without saying which."""
        for reference in references:
            node = reference_iri(owner, reference)
            self.writer.say(owner, CANCU.containsReference, node)
            self.writer.say(node, RDF.type, CANCU.UnresolvedReference)
            self.writer.state(node, reference.words, owner)

    def kind(self, kind: str) -> str:
        """The concept of a kind of document; "văn bản khác" for one that is not in the scheme."""
        known = concept_iri("loai-van-ban", slug(kind))
        return (
            known
            if known in notations("loai-van-ban").values()
            else concept_iri("loai-van-ban", "van-ban-khac")
        )


def reference_iri(owner: str, reference: Reference) -> str:
    """The address of a reference that names no document."""
    return mint("reference", owner=owner, name=short_key(reference.words.text))
