"""What a plan says, as triples: the document, its sections, tasks, rows and findings, each with its words."""

from pyoxigraph import Literal, NamedNode

from cancu.graph.directory import (
    document_iri,
    find_document,
    find_party,
    find_plan,
    issuer_slug,
    law_names,
    registry,
    short_key,
)
from cancu.graph.parties import Parties
from cancu.graph.writer import Writer, day, number, text, vietnamese
from cancu.loaders.citations import Citation, Reference, Target
from cancu.loaders.deadlines import Deadline, Period
from cancu.loaders.plan import (
    Assignment,
    Finding,
    InspectionTarget,
    Plan,
    ReviewItem,
    Section,
    Task,
)
from cancu.loaders.slips import plan_year
from cancu.loaders.words import Value
from cancu.ontology.iri import (
    appendix_slug,
    concept_iri,
    mint,
    number_slug,
    part_iri,
    row_slug,
    slug,
)
from cancu.ontology.load import notations
from cancu.ontology.terms import (
    CANCU,
    CV,
    DCAT,
    DCTERMS,
    DQV,
    ELI,
    HOW,
    OA,
    PROV,
    RDF,
    RDFS,
    SKOS,
)

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF-level"


def place_slug(plan: Plan) -> str:
    """The plan's place in addresses: where the document was signed."""
    return slug(plan.header.place or "") or "khong-ro"


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


class Facts:
    """Writes what one plan says."""

    def __init__(self, plan: Plan, writer: Writer, parties: Parties, plan_address: str) -> None:
        self.plan, self.writer, self.parties = plan, writer, parties
        self.plan_iri, self.decision = plan_address, decision_iri(plan, plan_address)
        self.place = place_slug(plan)
        self.tasks: dict[int, str] = {}
        """Addresses of the tasks, by position in `plan.tasks`."""
        self.bases: dict[int, str] = {}
        """Addresses of the preamble's documents, by position in `plan.legal_bases`."""
        self.cited: dict[str, set[str]] = {}
        """Address of a task -> the documents that its own words name."""
        self._sections: dict[str, str] = {}

    def write(self) -> None:
        """Write everything, in reading order."""
        self._write_document()
        self._write_plan()
        for section in self.plan.sections:
            self._section(section)
        self._write_tasks()
        for article in self.plan.articles:
            for duty in article.assignments:
                self._write_assignment(duty)
        for order, row in enumerate(self.plan.review_items, 1):
            self._write_review_item(row, order)
        for order, target in enumerate(self.plan.targets, 1):
            self._write_target(target, order)
        self.parties.claim_registry_subsets()
        self.parties.write_list_members()
        for finding in self.plan.findings:
            self._write_finding(finding)

    # documents

    def _write_document(self) -> None:
        header, say = self.plan.header, self.writer.say
        say(self.decision, RDF.type, ELI.LegalResource)
        say(self.decision, ELI.type_document, self._kind(header.kind))
        title = header.title or self.plan.source.name
        say(self.decision, DCTERMS.title, vietnamese(title))
        say(self.decision, RDFS.label, text(header.number or f"{header.kind} {title}"))
        say(self.decision, DCTERMS.source, mint("source", source=self.plan.source.key))
        if header.number:
            say(self.decision, ELI.number, text(header.number))
        else:
            say(self.decision, CANCU.missingElement, concept_iri("thieu", "so-ky-hieu"))
        if header.date:
            say(self.decision, ELI.date_document, day(header.date))
        else:
            say(self.decision, CANCU.missingElement, concept_iri("thieu", "ngay-ban-hanh"))
        for words in (
            header.kind_words,
            header.number_words,
            header.date_words,
            header.title_words,
            header.issuer_words,
        ):
            if words:
                self.writer.witness(self.decision, words.spans, self.decision)
        if header.issuer_words:
            say(
                self.decision,
                ELI.passed_by,
                find_party(self.place, header.issuer_words.text)
                or self.parties.body(Value(header.issuer or "", header.issuer_words.spans)),
            )
        for position, basis in enumerate(self.plan.legal_bases):
            self.bases[position] = self._write_basis(basis)
        if self.plan.proposer:
            self._participation(self.decision, "de-nghi", 1, self.plan.proposer, "quyet-dinh", None)

    def _write_plan(self) -> None:
        plan, say = self.plan, self.writer.say
        words = (
            plan.annex.words if plan.annex else plan.header.title_words or plan.header.kind_words
        )
        title = plan.annex.title if plan.annex else plan.header.title or plan.source.name
        kind = plan.annex.kind if plan.annex else plan.header.kind
        say(self.plan_iri, RDF.type, ELI.LegalResource, PROV.Plan)
        say(self.plan_iri, ELI.type_document, self._kind(kind))
        say(self.plan_iri, DCTERMS.title, vietnamese(title))
        say(self.plan_iri, RDFS.label, text(f"{kind} {title[:1].lower()}{title[1:]}"))
        say(self.plan_iri, ELI.is_annex_of, self.decision)
        say(self.plan_iri, DCTERMS.source, mint("source", source=plan.source.key))
        self.writer.witness(self.plan_iri, words.spans, self.plan_iri)
        year = plan_year(plan)
        if year:
            period = mint("plan_period", plan=self.plan_iri)
            say(self.plan_iri, DCTERMS.temporal, period)
            self._period(period, Period(f"{year}-01-01", f"{year}-12-31", str(year)))

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
                    self._references(document, (Reference(words),))
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
        say(iri, ELI.type_document, self._kind(citation.kind))
        say(iri, DCTERMS.title, vietnamese(title))
        say(iri, RDFS.label, text(label))
        if citation.number:
            say(iri, ELI.number, text(citation.number))
        if citation.date:
            say(iri, ELI.date_document, day(citation.date))
        self.writer.witness(iri, (citation.title or citation.name).spans, iri)
        return iri

    def _kind(self, kind: str) -> str:
        known = concept_iri("loai-van-ban", slug(kind))
        return (
            known
            if known in notations("loai-van-ban").values()
            else concept_iri("loai-van-ban", "van-ban-khac")
        )

    # tasks

    def _section(self, section: Section) -> str:
        iri = self._sections.get(section.no)
        if iri:
            return iri
        iri = mint("section", plan=self.plan_iri, section=slug(section.no))
        self._sections[section.no] = iri
        self.writer.say(iri, RDF.type, CANCU.Section)
        self.writer.say(iri, DCTERMS.isPartOf, self.plan_iri)
        self.writer.say(iri, ELI.number, text(section.no))
        self.writer.say(iri, DCTERMS.title, vietnamese(section.title))
        self.writer.say(iri, RDFS.label, text(f"{section.no}. {section.title}"))
        self.writer.say(iri, CANCU.readingOrder, number(len(self._sections)))
        self._stated(iri, section.words, self.plan_iri)
        return iri

    def _write_tasks(self) -> None:
        used: set[str] = set()
        for order, task in enumerate(self.plan.tasks):
            section = task.section.no if task.section else None
            rows = (
                row_slug(section, task.no, repeat) for repeat in range(1, len(self.plan.tasks) + 2)
            )
            row = next(row for row in rows if row not in used)
            used.add(row)
            self.tasks[order] = mint("task", plan=self.plan_iri, row=row)
            self._write_task(task, self.tasks[order], row, order + 1)

    def _write_task(self, task: Task, iri: str, row: str, order: int) -> None:
        say = self.writer.say
        say(iri, RDF.type, CANCU.Task, CANCU.PlanTask)
        say(iri, DCTERMS.isPartOf, self.plan_iri)
        say(iri, DCTERMS.identifier, text(task.code))
        say(iri, RDFS.label, text(task.code))
        say(iri, DCTERMS.title, vietnamese(task.content.text.split("\n")[0]))
        say(iri, CANCU.readingOrder, number(order))
        self._stated(iri, task.content, iri)
        if task.section:
            say(iri, CANCU.inSection, self._section(task.section))
        for item in task.items:
            node = mint("task_item", task=iri, item=str(item.no))
            say(node, RDF.type, CANCU.TaskItem)
            say(node, DCTERMS.isPartOf, iri)
            say(node, DCTERMS.identifier, text(str(item.no)))
            say(node, CANCU.readingOrder, number(item.no))
            self._stated(node, item.words, iri)
        for role, names in (("chu-tri", task.lead), ("phoi-hop", task.coordinate)):
            for n, name in enumerate(names, 1):
                self._participation(iri, role, n, name, row, task.appendix)
        if task.deadline:
            self._time_limit(iri, task.deadline)
        for n, product in enumerate(task.products, 1):
            node = mint("product", task=iri, n=n)
            say(iri, CANCU.expectedProduct, node)
            say(node, RDF.type, CANCU.ExpectedProduct)
            say(node, CANCU.readingOrder, number(n))
            self._stated(node, product, iri)
        self._references(iri, task.references)
        for citation in task.citations:
            self._write_citation(iri, task, citation)

    def _write_citation(self, iri: str, task: Task, citation: Citation) -> None:
        """A document named in the task's own words or footnote: by number, or a law by its full name."""
        document = self._named(citation)
        if document is None:
            return self._references(iri, (Reference(citation.whole),))
        spans = [
            s for note in task.notes if _within(citation.name, note.words) for s in note.mark.spans
        ]
        evidence = [self.writer.span(s, iri) for s in (*citation.name.spans, *spans)]
        self.writer.claim(
            iri, CANCU.legalBasis, document, HOW.vien_dan_truc_tiep, evidence, citation.name.text
        )
        self.cited.setdefault(iri, set()).add(document)
        return None

    def _named(self, citation: Citation) -> str | None:
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

    def _participation(
        self, owner: str, role: str, n: int, name: Value, row: str, appendix: str | None
    ) -> None:
        node = mint("participation", owner=owner, role=role, n=n)
        self.writer.say(owner, CV.hasParticipation, node)
        self.writer.say(node, RDF.type, CV.Participation)
        self.writer.say(node, CV.role, concept_iri("vai-tro", role))
        self.writer.say(node, CV.hasParticipant, self.parties.party(name, owner, row, appendix))
        self.writer.say(node, CANCU.readingOrder, number(n))
        self._stated(node, name, owner)

    def _time_limit(self, task: str, deadline: Deadline) -> None:
        node = mint("time_limit", task=task)
        self.writer.say(task, CANCU.hasTimeLimit, node)
        self.writer.say(node, RDF.type, CANCU.TimeLimit)
        for kind in deadline.kinds:
            self.writer.say(node, CANCU.timeLimitKind, concept_iri("loai-thoi-han", kind))
        self._stated(node, deadline.words, task)
        if deadline.due_before:
            self.writer.say(node, CANCU.dueBefore, day(deadline.due_before))
        if deadline.period:
            period = mint("period", time_limit=node)
            self.writer.say(node, DCTERMS.temporal, period)
            self._period(period, deadline.period)
            self.writer.say(node, CANCU.edtf, _edtf(deadline.period.edtf))
        if deadline.proposed:
            proposed = mint("proposed_period", time_limit=node)
            self.writer.say(node, CANCU.proposedPeriod, proposed)
            self._period(proposed, deadline.proposed)

    def _period(self, iri: str, period: Period) -> None:
        self.writer.say(iri, RDF.type, DCTERMS.PeriodOfTime)
        self.writer.say(iri, DCAT.startDate, day(period.start))
        if period.end:
            self.writer.say(iri, DCAT.endDate, day(period.end))

    def _references(self, owner: str, references: tuple[Reference, ...]) -> None:
        for reference in references:
            node = reference_iri(owner, reference)
            self.writer.say(owner, CANCU.containsReference, node)
            self.writer.say(node, RDF.type, CANCU.UnresolvedReference)
            self._stated(node, reference.words, owner)

    # articles and appendices

    def _write_assignment(self, duty: Assignment) -> None:
        iri = part_iri(self.decision, duty.article, duty.clause)
        say, code = (
            self.writer.say,
            f"Điều {duty.article}" + (f".{duty.clause}" if duty.clause else ""),
        )
        say(iri, RDF.type, CANCU.Task, ELI.LegalResourceSubdivision)
        say(iri, DCTERMS.isPartOf, self.decision)
        say(iri, DCTERMS.identifier, text(code))
        say(iri, RDFS.label, text(code))
        say(iri, DCTERMS.title, vietnamese(duty.content.text))
        self._stated(iri, duty.whole, iri)
        row = row_slug(f"dieu-{duty.article}", duty.clause or "")
        for role, names in (
            (duty.role, duty.agencies),
            ("phoi-hop", duty.coordinate),
            ("duoc-tham-muu", duty.advised),
        ):
            for n, name in enumerate(names, 1):
                self._participation(iri, role, n, name, row, None)
        self._references(iri, duty.references)

    def _write_review_item(self, row: ReviewItem, order: int) -> None:
        appendix = appendix_slug(row.appendix)
        iri = mint(
            "review_item", plan=self.plan_iri, appendix=appendix, row=slug(row.no) or str(order)
        )
        say, code = self.writer.say, f"PL{appendix}.{row.no}"
        say(iri, RDF.type, CANCU.Task, CANCU.ReviewItem)
        say(iri, DCTERMS.isPartOf, self.plan_iri)
        say(iri, DCTERMS.identifier, text(code))
        say(iri, RDFS.label, text(code))
        say(iri, DCTERMS.title, vietnamese(row.field.text))
        say(iri, CANCU.readingOrder, number(order))
        say(iri, DCTERMS.subject, self._field(row.field.text))
        self._stated(iri, row.words, iri)
        self._participation(iri, "chu-tri", 1, row.agency, f"phu-luc-{appendix}-{row.no}", None)
        if row.deadline:
            self._time_limit(iri, row.deadline)

    def _field(self, name: str) -> str:
        iri = concept_iri("linh-vuc", slug(name))
        if iri not in notations("linh-vuc").values() and iri not in self.writer.labels:
            self.writer.labels[iri] = name
            self.writer.say(iri, RDF.type, SKOS.Concept)
            self.writer.say(iri, SKOS.inScheme, mint("scheme", scheme="linh-vuc"))
            self.writer.say(iri, SKOS.prefLabel, vietnamese(name))
            self.writer.say(iri, SKOS.notation, text(slug(name)))
        return iri

    def _write_target(self, target: InspectionTarget, order: int) -> None:
        appendix = appendix_slug(target.appendix)
        section = target.section.no if target.section else None
        iri = mint(
            "inspection_target",
            plan=self.plan_iri,
            appendix=appendix,
            target=row_slug(section, target.no),
        )
        say = self.writer.say
        code = ".".join(part for part in (f"PL{appendix}", section, target.no) if part)
        say(iri, RDF.type, CANCU.InspectionTarget)
        say(iri, DCTERMS.isPartOf, self._inspection(target.appendix))
        say(iri, DCTERMS.identifier, text(code))
        say(iri, RDFS.label, text(code))
        say(iri, CANCU.inspects, self.parties.body(target.name))
        say(iri, CANCU.readingOrder, number(order))
        self._stated(iri, target.name, iri)
        if target.section:
            say(iri, CANCU.inSection, self._target_section(target, appendix))
        if target.note:
            mode = _mode(target.note.text)
            say(iri, CANCU.inspectionMode, mode)
            how = HOW.doc_tu_bo_cuc if target.note_by_layout else HOW.vien_dan_truc_tiep
            evidence = [self.writer.span(s, iri) for s in (*target.note.spans, *target.name.spans)]
            self.writer.claim(iri, CANCU.inspectionMode, mode, how, evidence, target.note.text)

    def _target_section(self, target: InspectionTarget, appendix: str) -> str:
        section = target.section
        if section is None:
            raise ValueError(target.no)
        iri = mint("section", plan=self.plan_iri, section=f"phu-luc-{appendix}-{slug(section.no)}")
        self.writer.say(iri, RDF.type, CANCU.Section)
        self.writer.say(iri, DCTERMS.isPartOf, self.plan_iri)
        self.writer.say(iri, ELI.number, text(f"PL{appendix}.{section.no}"))
        self.writer.say(iri, DCTERMS.title, vietnamese(section.title))
        self.writer.say(iri, RDFS.label, text(f"PL{appendix}.{section.no}. {section.title}"))
        self._stated(iri, section.words, self.plan_iri)
        return iri

    def _inspection(self, appendix: str) -> str:
        """The task that refers to the appendix, else the plan."""
        tasks = (
            self.tasks[i] for i, task in enumerate(self.plan.tasks) if task.appendix == appendix
        )
        return next(tasks, self.plan_iri)

    # findings

    def _write_finding(self, finding: Finding) -> None:
        start = finding.quote.start
        iri = mint("finding", source=self.plan.source.key, code=slug(finding.code), start=start)
        say = self.writer.say
        say(iri, RDF.type, DQV.QualityAnnotation)
        say(iri, OA.hasTarget, self._target_of(finding))
        say(iri, OA.hasBody, notations("bat-thuong")[finding.code])
        say(iri, CANCU.severity, notations("muc-do")[finding.severity])
        say(iri, CANCU.statedText, text(finding.quote.text))
        say(
            iri,
            RDFS.comment,
            vietnamese(finding.message_vi),
            Literal(finding.message_en, language="en"),
        )
        say(iri, CANCU.readingOrder, number(start))
        if finding.proposal:
            say(iri, CANCU.proposal, text(finding.proposal))
        self.writer.witness(iri, finding.quote.spans)

    def _target_of(self, finding: Finding) -> str:
        """The task whose words the finding is about, else the plan."""
        start = finding.quote.start
        for i, task in enumerate(self.plan.tasks):
            values = (task.content, *task.lead, *task.coordinate, *task.products)
            values += (task.deadline.words,) if task.deadline else ()
            if any(span.start <= start < span.end for value in values for span in value.spans):
                return self.tasks[i]
        return self.plan_iri

    def _stated(self, iri: str, words: Value, part_of: str) -> None:
        self.writer.say(iri, CANCU.statedText, text(words.text))
        self.writer.witness(iri, words.spans, part_of)


def reference_iri(owner: str, reference: Reference) -> str:
    """The address of a reference that names no document."""
    return mint("reference", owner=owner, name=short_key(reference.words.text))


def _within(part: Value, whole: Value) -> bool:
    return any(a.start <= part.start < a.end for a in whole.spans)


def _mode(note: str) -> str:
    """The kind of inspection a note names (scheme hinh-thuc-kiem-tra)."""
    if "đột xuất" in note:
        return concept_iri("hinh-thuc-kiem-tra", "dot-xuat-chon-mot-so")
    if "khắc phục" in note:
        return concept_iri("hinh-thuc-kiem-tra", "khac-phuc-ton-tai")
    return concept_iri("hinh-thuc-kiem-tra", "dinh-ky")


def _edtf(value: str) -> Literal:
    """Level 2 for quarters ("2023-34"), level 1 for open ends, level 0 for plain dates and intervals (EDTF, ISO 8601-2)."""
    quarter = any(f"-{q}" in value for q in ("33", "34", "35", "36"))
    level = 2 if quarter else 1 if ".." in value else 0
    return Literal(value, datatype=NamedNode(f"{EDTF}{level}"))
