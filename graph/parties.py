"""Bodies and groups named in a plan: the node that a name stands for, written where the plan brings it in.

A body is the registry's, else one of the plan's own place. A phrase for several bodies is a group: shared where
its words mean the same bodies everywhere ("Các phòng chuyên môn"), of one task where they do not ("… có liên quan").
"""

from cancu.graph.directory import (
    agency_iri,
    find_party,
    group_iri,
    is_collective,
    is_open,
    listed_by,
    registry,
    scope,
    whole_group,
)
from cancu.graph.writer import Writer, text, vietnamese
from cancu.loaders.plan import Plan
from cancu.loaders.words import Span, Value
from cancu.ontology.iri import mint, parse, slug
from cancu.ontology.terms import CANCU, CLOSURE, CV, FOAF, HOW, ORG, RDF, RDFS, SKOS


class Parties:
    """Resolves the names of one plan and writes the bodies, groups and memberships it brings in."""

    def __init__(self, plan: Plan, plan_iri: str, writer: Writer) -> None:
        address = parse(plan_iri)
        if address is None:
            raise ValueError(plan_iri)
        self.place = scope(address.fields["place"], plan.source.key)
        self.plan_key = address.fields["key"]
        self.plan, self.writer = plan, writer

    def body(self, name: Value) -> str:
        """The body a name stands for; written if no registry knows it."""
        known = find_party(self.place, name.text)
        if known and not registry().is_a(known, CANCU.AgencyGroup):
            return known
        return self._write_body(agency_iri(self.place, name.text), name.text)

    def party(self, name: Value, task: str, task_slug: str, appendix: str | None) -> str:
        """The body or group that a name stands for in a task.

        Args:
            name: as written.
            task: address of the task, whose words the name is.
            task_slug: its part of the addresses of its own groups.
            appendix: the appendix the task refers to, whose rows may list the group.
        """
        known = find_party(self.place, name.text)
        if known:
            return known
        if not is_collective(name.text):
            return self._write_body(agency_iri(self.place, name.text), name.text)
        listed = listed_by(name.text)
        rows = self._rows(listed, appendix)
        if rows:
            group = self._own_group(name, task_slug)
            complete = listed == "inspected"
            self._write_group(
                group,
                name.text,
                CLOSURE.dong_du_danh_sach if complete else CLOSURE.dong_thieu_danh_sach,
            )
            for row in rows:
                self._claim_member(group, row, name.spans, task)
            return group
        whole = whole_group(self.place, name.text)
        if whole:
            group = self._own_group(name, task_slug)
            self._write_group(group, name.text, CLOSURE.tap_con_mo)
            self.writer.say(group, CANCU.subsetOf, whole)
            spans = [self.writer.span(s, task) for s in name.spans]
            self.writer.claim(
                group, CANCU.subsetOf, whole, HOW.vien_dan_truc_tiep, spans, name.text
            )
            return group
        if is_open(name.text):
            group = self._own_group(name, task_slug)
            self._write_group(group, name.text, CLOSURE.mo)
            return group
        group = group_iri(self.place, name.text)
        self._write_group(group, name.text, CLOSURE.dong_thieu_danh_sach)
        return group

    def claim_registry_subsets(self) -> None:
        """Claim every subset that the registry states, with the registry's own words: it is in the data of every
        build, whichever groups this plan names.
        """
        for group in registry().about:
            for whole in registry().values(group, CANCU.subsetOf):
                note = registry().value(whole, SKOS.editorialNote)
                if note:
                    span = self.writer.registry_span(note, group)
                    self.writer.claim(group, CANCU.subsetOf, whole, HOW.so_bo_van_ban, [span], note)

    def write_list_members(self) -> None:
        """Claim the members of shared groups that the appendices list under the group's own name.

        Rows under a heading that is the group's name belong to it (read from the layout): "CÁC XÃ, PHƯỜNG". Bodies of the
        review appendix that are departments belong to "Các phòng chuyên môn": the appendix is their list, its
        heading is not (Chí Linh 2023, Phụ lục I), so that list is incomplete.
        """
        for target in self.plan.targets:
            group = find_party(self.place, target.section.title) if target.section else None
            if group and target.section:
                self._claim_member(group, target.name, target.section.words.spans, None)
        departments = find_party(self.place, "Các phòng chuyên môn")
        for row in self.plan.review_items if departments else ():
            body = self.body(row.agency)
            if (
                departments
                and registry().is_a(body, ORG.OrganizationalUnit)
                and row.agency.text.startswith("Phòng ")
            ):
                self._claim_member(departments, row.agency, (), None)

    def _rows(self, listed: str | None, appendix: str | None) -> list[Value]:
        if listed == "inspected":
            return [t.name for t in self.plan.targets if t.appendix == appendix]
        if listed == "reviewing":
            return [r.agency for r in self.plan.review_items if r.appendix == appendix]
        return []

    def _own_group(self, name: Value, task_slug: str) -> str:
        return mint(
            "task_group",
            place=self.place,
            plan_key=self.plan_key,
            row=task_slug,
            name=slug(name.text)[:80].strip("-"),
        )

    def _write_body(self, iri: str, label: str) -> str:
        self.writer.say(iri, RDF.type, CV.PublicOrganisation, ORG.FormalOrganization)
        self._label(iri, label)
        return iri

    def _write_group(self, iri: str, label: str, closure: str) -> None:
        self.writer.say(iri, RDF.type, CANCU.AgencyGroup)
        self.writer.say(iri, CANCU.closure, closure)
        self._label(iri, label)

    def _label(self, iri: str, label: str) -> None:
        """The first spelling read is the label; another one is a variant (an address folds case and marks)."""
        first = self.writer.labels.setdefault(iri, label)
        if first == label:
            self.writer.say(iri, RDFS.label, text(label))
            self.writer.say(iri, SKOS.prefLabel, vietnamese(label))
        else:
            self.writer.say(iri, SKOS.altLabel, vietnamese(label))

    def _claim_member(
        self, group: str, row: Value, heading: tuple[Span, ...], task: str | None
    ) -> None:
        evidence = [self.writer.span(s, task) for s in heading] + [
            self.writer.span(s) for s in row.spans
        ]
        self.writer.claim(group, FOAF.member, self.body(row), HOW.doc_tu_bo_cuc, evidence, row.text)
