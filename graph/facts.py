"""What a plan says, as triples: the document, its sections, tasks, rows and findings, each with its words."""

import re

from pyoxigraph import Literal, NamedNode

from cancu.graph.directory import (
    find_party,
)
from cancu.graph.documents import Documents
from cancu.graph.parties import Parties
from cancu.graph.writer import Writer, day, number, text, vietnamese
from cancu.loaders.agencies import whole_names
from cancu.loaders.citations import Citation, Reference
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


class Facts:
    """Writes what one plan says."""

    def __init__(self, plan: Plan, writer: Writer, parties: Parties, plan_address: str) -> None:
        self.plan, self.writer, self.parties = plan, writer, parties
        self.plan_iri = plan_address
        self.documents = Documents(plan, writer, plan_address)
        self.decision = self.documents.decision
        self.tasks: dict[int, str] = {}
        """Addresses of the tasks, by position in `plan.tasks`."""
        self.cited: dict[str, set[str]] = {}
        """Address of a task -> the documents that its own words name."""
        self._sections: dict[int, str] = {}
        """Where a section's heading stands -> its address; two annexes may both have a section I."""

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
        for order, duty in enumerate(self.plan.duties, 1):
            self._write_duty(duty, order)
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
        say(self.decision, ELI.type_document, self.documents.kind(header.kind))
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
                find_party(self.documents.place, header.issuer_words.text)
                or self.parties.body(Value(header.issuer or "", header.issuer_words.spans)),
            )
        self.documents.write_bases()
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
        say(self.plan_iri, ELI.type_document, self.documents.kind(kind))
        say(self.plan_iri, DCTERMS.title, vietnamese(title))
        say(self.plan_iri, RDFS.label, text(f"{kind} {_in_sentence(title)}"))
        say(self.plan_iri, ELI.is_annex_of, self.decision)
        say(self.plan_iri, DCTERMS.source, mint("source", source=plan.source.key))
        self.writer.witness(self.plan_iri, words.spans, self.plan_iri)
        year = plan_year(plan)
        if year:
            period = mint("plan_period", plan=self.plan_iri)
            say(self.plan_iri, DCTERMS.temporal, period)
            self._period(period, Period(f"{year}-01-01", f"{year}-12-31", str(year)))

    # tasks

    def _section(self, section: Section) -> str:
        iri = self._sections.get(section.words.start)
        if iri:
            return iri
        name = slug(section.no) or f"muc-{len(self._sections) + 1}"
        taken = self._sections.values()
        names = (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3)))
        iri = next(
            iri
            for iri in (mint("section", plan=self.plan_iri, section=n) for n in names)
            if iri not in taken
        )
        self._sections[section.words.start] = iri
        self.writer.say(iri, RDF.type, CANCU.Section)
        self.writer.say(iri, DCTERMS.isPartOf, self.plan_iri)
        if section.no:
            self.writer.say(iri, ELI.number, text(section.no))
        self.writer.say(iri, DCTERMS.title, vietnamese(section.title))
        self.writer.say(iri, RDFS.label, text(f"{section.no}. {section.title}".lstrip(". ")))
        self.writer.say(iri, CANCU.readingOrder, number(len(self._sections)))
        self.writer.state(iri, section.words, self.plan_iri)
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
        self.writer.state(iri, task.content, iri)
        if task.section:
            say(iri, CANCU.inSection, self._section(task.section))
        for item in task.items:
            node = mint("task_item", task=iri, item=str(item.no))
            say(node, RDF.type, CANCU.TaskItem)
            say(node, DCTERMS.isPartOf, iri)
            say(node, DCTERMS.identifier, text(str(item.no)))
            say(node, CANCU.readingOrder, number(item.no))
            self.writer.state(node, item.words, iri)
        for role, names in (("chu-tri", task.lead), ("phoi-hop", task.coordinate)):
            self._participations(iri, role, names, row, task.appendix)
        if task.deadline:
            self._time_limit(iri, task.deadline)
        for n, product in enumerate(task.products, 1):
            node = mint("product", task=iri, n=n)
            say(iri, CANCU.expectedProduct, node)
            say(node, RDF.type, CANCU.ExpectedProduct)
            say(node, CANCU.readingOrder, number(n))
            self.writer.state(node, product, iri)
        self.documents.write_references(iri, task.references)
        for citation in task.citations:
            self._write_citation(iri, task, citation)

    def _write_citation(self, iri: str, task: Task, citation: Citation) -> None:
        """A document named in the task's own words or footnote: by number, or a law by its full name."""
        document = self.documents.named(citation)
        if document is None:
            return self.documents.write_references(iri, (Reference(citation.whole),))
        spans = [
            s for note in task.notes if _within(citation.name, note.words) for s in note.mark.spans
        ]
        evidence = [self.writer.span(s, iri) for s in (*citation.name.spans, *spans)]
        self.writer.claim(
            iri, CANCU.legalBasis, document, HOW.vien_dan_truc_tiep, evidence, citation.name.text
        )
        self.cited.setdefault(iri, set()).add(document)
        return None

    def _participations(
        self, owner: str, role: str, names: tuple[Value, ...], row: str, appendix: str | None
    ) -> None:
        """The parties of a list; "Tài chính" in "Sở Nội vụ, Tài chính" is Sở Tài chính."""
        whole = whole_names([name.text for name in names])
        for n, (name, full) in enumerate(zip(names, whole, strict=True), 1):
            self._participation(owner, role, n, name, row, appendix, full)

    def _participation(
        self,
        owner: str,
        role: str,
        n: int,
        name: Value,
        row: str,
        appendix: str | None,
        full: str | None = None,
    ) -> None:
        node = mint("participation", owner=owner, role=role, n=n)
        self.writer.say(owner, CV.hasParticipation, node)
        self.writer.say(node, RDF.type, CV.Participation)
        self.writer.say(node, CV.role, concept_iri("vai-tro", role))
        meant = Value(full or name.text, name.spans)
        self.writer.say(node, CV.hasParticipant, self.parties.party(meant, owner, row, appendix))
        self.writer.say(node, CANCU.readingOrder, number(n))
        self.writer.state(node, name, owner)

    def _time_limit(self, task: str, deadline: Deadline) -> None:
        node = mint("time_limit", task=task)
        self.writer.say(task, CANCU.hasTimeLimit, node)
        self.writer.say(node, RDF.type, CANCU.TimeLimit)
        for kind in deadline.kinds:
            self.writer.say(node, CANCU.timeLimitKind, concept_iri("loai-thoi-han", kind))
        self.writer.state(node, deadline.words, task)
        if deadline.due_before:
            self.writer.say(node, CANCU.dueBefore, day(deadline.due_before))
        for n, named in enumerate(deadline.periods, 1):
            first = n == 1
            period = (
                mint("period", time_limit=node)
                if first
                else mint("further_period", time_limit=node, n=str(n))
            )
            self.writer.say(node, DCTERMS.temporal, period)
            self._period(period, named)
        if deadline.edtf:
            self.writer.say(node, CANCU.edtf, _edtf(deadline.edtf))
        if deadline.proposed:
            proposed = mint("proposed_period", time_limit=node)
            self.writer.say(node, CANCU.proposedPeriod, proposed)
            self._period(proposed, deadline.proposed)

    def _period(self, iri: str, period: Period) -> None:
        self.writer.say(iri, RDF.type, DCTERMS.PeriodOfTime)
        if period.start:
            self.writer.say(iri, DCAT.startDate, day(period.start))
        if period.end:
            self.writer.say(iri, DCAT.endDate, day(period.end))

    # articles and appendices

    def _write_assignment(self, duty: Assignment) -> None:
        article = duty.article or ""
        iri = part_iri(self.decision, article, duty.clause)
        code = f"Điều {article}" + (f".{duty.clause}" if duty.clause else "")
        self.writer.say(iri, RDF.type, CANCU.Task, ELI.LegalResourceSubdivision)
        self.writer.say(iri, DCTERMS.isPartOf, self.decision)
        self._write_given(duty, iri, code, row_slug(f"dieu-{article}", duty.clause or ""))

    def _write_duty(self, duty: Assignment, order: int) -> None:
        """A duty given in prose, outside the articles: a task of the plan that is no row of it."""
        row = f"giao-viec-{order}"
        iri = mint("task", plan=self.plan_iri, row=row)
        self.writer.say(iri, RDF.type, CANCU.Task)
        self.writer.say(iri, DCTERMS.isPartOf, self.plan_iri)
        self._write_given(duty, iri, ".".join(p for p in (duty.section, str(order)) if p), row)

    def _write_given(self, duty: Assignment, iri: str, code: str, row: str) -> None:
        say = self.writer.say
        say(iri, DCTERMS.identifier, text(code))
        say(iri, RDFS.label, text(code))
        say(iri, DCTERMS.title, vietnamese(duty.content.text))
        self.writer.state(iri, duty.whole, iri)
        for role, names in (
            (duty.role, duty.agencies),
            ("phoi-hop", duty.coordinate),
            ("duoc-tham-muu", duty.advised),
        ):
            self._participations(iri, role, names, row, None)
        self.documents.write_references(iri, duty.references)

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
        self.writer.state(iri, row.words, iri)
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
        self.writer.state(iri, target.name, iri)
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
        self.writer.state(iri, section.words, self.plan_iri)
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
        """The first task whose words the finding has, be it among others (the dash before them), else the plan."""
        quoted = finding.quote.spans
        for i, task in enumerate(self.plan.tasks):
            values = (task.content, *task.lead, *task.coordinate, *task.products)
            values += (task.deadline.words,) if task.deadline else ()
            spans = (span for value in values for span in value.spans)
            if any(s.start < q.end and q.start < s.end for s in spans for q in quoted):
                return self.tasks[i]
        return self.plan_iri


def _in_sentence(title: str) -> str:
    """A title after its kind: "Kiểm soát …" begins with a small letter there, capitals throughout stay."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


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
    """Level 2 for quarters and halves ("2023-34", "2023-40") and for sets, level 1 for open ends, level 0 for plain dates
    and intervals (EDTF, ISO 8601-2).
    """
    extended = "{" in value or re.search(r"\d{4}-(?:3[3-6]|4[01])(?!\d)", value)
    level = 2 if extended else 1 if ".." in value else 0
    return Literal(value, datatype=NamedNode(f"{EDTF}{level}"))
