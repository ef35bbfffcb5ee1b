"""Checks of the registry of legal documents that SHACL does not make: what an editor may get wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Quad

from cancu.graph.registry import FORCE_DATES, Entry, read_entries
from cancu.ontology.iri import number_slug, parse
from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import CANCU, DCTERMS, ELI, GRAPHS, MARK, RDF, names_of

START, END = FORCE_DATES
DAYS = (ELI.date_document, START, END)
"""Days of a document in the order in which they must fall."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the registry.

    Attributes:
        code: the check that found it.
        subject: the entry or document.
        message_vi: what is wrong, in Vietnamese.
        message_en: the same in English.
    """

    code: str
    subject: str
    message_vi: str
    message_en: str


def check_registry(quads: Iterable[Quad] | None = None) -> tuple[Problem, ...]:
    """What is wrong in the registry that ships with the product, or in these quads of one."""
    if quads is None:
        graph = NamedNode(GRAPHS.so_bo)
        quads = (quad for quad in ontology_quads() if quad.graph_name == graph)
    registry = _Registry(tuple(quads))
    found = {problem for check in CHECKS for problem in check(registry)}
    return tuple(sorted(found, key=lambda p: (p.code, p.subject, p.message_vi)))


class _Registry:
    """The quads of a registry, by what the checks ask."""

    def __init__(self, quads: tuple[Quad, ...]) -> None:
        self.entries = read_entries(quads)
        self._about: dict[str, dict[str, set[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._about[quad.subject.value][quad.predicate.value].add(quad.object)

    def terms(self, subject: str, predicate: str) -> set[NamedNode | Literal]:
        """What is said directly of a subject."""
        return self._about[subject][predicate] if subject in self._about else set()

    def values(self, subject: str, predicate: str) -> list[str]:
        """The same as sorted strings."""
        return sorted(term.value for term in self.terms(subject, predicate))

    def of_kind(self, kind: str) -> frozenset[str]:
        """The subjects of a class."""
        node = NamedNode(kind)
        return frozenset(s for s, facts in self._about.items() if node in facts.get(RDF.type, ()))

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents."""
        return self.of_kind(ELI.LegalResource)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Articles, clauses, points and chapters."""
        return self.of_kind(ELI.LegalResourceSubdivision)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The reference sources."""
        return self.of_kind(CANCU.ReferenceSource)

    @cached_property
    def verified(self) -> Mapping[tuple[str, str], str]:
        """(document, predicate) -> the verified day."""
        return {
            (entry.subject, entry.predicate): entry.day
            for entry in self.entries
            if entry.is_verified and entry.subject and entry.predicate and entry.day
        }


def _incomplete(registry: _Registry) -> Iterator[Problem]:
    marks = set(names_of(MARK).values())
    single = (CANCU.entrySubject, CANCU.entryPredicate, CANCU.mark, CANCU.checkedOn)
    for entry in registry.entries:
        for predicate in single:
            if len(entry.values(predicate)) != 1:
                name = predicate.removeprefix(CANCU.NS)
                yield Problem(
                    "incomplete",
                    entry.iri,
                    f"Mục tin phải có đúng một cancu:{name}",
                    f"An entry must have exactly one cancu:{name}",
                )
        if entry.mark and entry.mark not in marks:
            yield Problem(
                "incomplete",
                entry.iri,
                "Mức tin cậy không có trong danh mục muc-tin",
                "The mark is not in the scheme muc-tin",
            )


def _value(registry: _Registry) -> Iterator[Problem]:
    for entry in registry.entries:
        count = len(entry.values(CANCU.entryValue)) + len(entry.values(CANCU.entryObject))
        if entry.mark == MARK.khong_ro and count:
            yield Problem(
                "unknown-with-value",
                entry.iri,
                "Mục tin “không rõ” không được có giá trị",
                "An entry marked unknown must have no value",
            )
        if entry.mark != MARK.khong_ro and count != 1:
            yield Problem(
                "value",
                entry.iri,
                "Mục tin phải có đúng một giá trị (entryValue hoặc entryObject)",
                "An entry must have exactly one value (entryValue or entryObject)",
            )
        if entry.predicate in (*DAYS, CANCU.lastSeenInForce) and entry.day and not _is_day(entry):
            yield Problem(
                "value",
                entry.iri,
                f"“{entry.day}” không phải là ngày (xsd:date)",
                f"“{entry.day}” is not a day (xsd:date)",
            )


def _is_day(entry: Entry) -> bool:
    try:
        date.fromisoformat(entry.day or "")
    except ValueError:
        return False
    return all(
        isinstance(term, Literal) and term.datatype.value.endswith("#date")
        for term in entry.about[CANCU.entryValue]
    )


def _source(registry: _Registry) -> Iterator[Problem]:
    for entry in registry.entries:
        sources = entry.values(DCTERMS.source)
        for source in sources:
            if source not in registry.sources:
                yield Problem(
                    "source",
                    entry.iri,
                    f"Nguồn {source} không có trong sources.ttl",
                    f"The source {source} is not in sources.ttl",
                )
        if sources:
            continue
        if entry.is_verified:
            yield Problem(
                "source",
                entry.iri,
                "Mục tin đã kiểm chứng mà không nêu nguồn",
                "A verified entry without a source",
            )
        elif entry.is_relation and not entry.value(CANCU.sourceNote):
            yield Problem(
                "source",
                entry.iri,
                "Quan hệ không có nguồn, cũng không nói vì sao chưa có",
                "A relation without a source, and without saying why there is none",
            )


def _quote(registry: _Registry) -> Iterator[Problem]:
    for entry in registry.entries:
        stated = entry.value(CANCU.statedText)
        if entry.is_verified and not ((stated or entry.value(CANCU.sourceNote) or "").strip()):
            yield Problem(
                "quote",
                entry.iri,
                "Mục tin đã kiểm chứng mà không có lời trích hay ghi chú về nguồn",
                "A verified entry without a quote or a note of what the source shows",
            )
        if entry.value(CANCU.verbatim) == "true" and not stated:
            yield Problem(
                "quote",
                entry.iri,
                "Ghi là đã đối chiếu từng chữ mà không có lời trích",
                "Said to be verbatim without a quote",
            )


def _ends(registry: _Registry) -> Iterator[Problem]:
    known = registry.documents | registry.parts
    for entry in registry.entries:
        if entry.subject and entry.subject not in known:
            yield Problem(
                "end",
                entry.iri,
                f"Mục tin nói về {entry.subject}, không có trong sổ bộ",
                f"The entry is about {entry.subject}, which the registry does not have",
            )
        if not entry.is_relation:
            continue
        for end in (entry.subject, entry.object):
            if end and end not in registry.documents:
                yield Problem(
                    "end",
                    entry.iri,
                    f"Hai đầu của quan hệ phải là văn bản trong sổ bộ: {end}",
                    f"Both ends of a relation must be documents of the registry: {end}",
                )
        if entry.subject and entry.subject == entry.object:
            yield Problem(
                "end",
                entry.iri,
                "Văn bản không thể có quan hệ với chính nó",
                "A document cannot be related to itself",
            )


def _parts(registry: _Registry) -> Iterator[Problem]:
    for part in registry.parts:
        owners = registry.values(part, ELI.is_part_of)
        if len(owners) != 1 or owners[0] not in registry.documents:
            yield Problem(
                "part",
                part,
                "Điều, khoản phải thuộc đúng một văn bản của sổ bộ",
                "A part must belong to exactly one document of the registry",
            )
        elif not part.startswith(f"{owners[0]}/"):
            yield Problem(
                "part",
                part,
                "Địa chỉ của điều, khoản không nằm dưới địa chỉ của văn bản",
                "The address of the part does not stand below that of its document",
            )


def _order(registry: _Registry) -> Iterator[Problem]:
    for document in registry.documents:
        known = [(p, registry.verified.get((document, p))) for p in DAYS]
        days = [(p, found) for p, found in known if found]
        for (_, first), (_, second) in pairwise(days):
            if first > second:
                yield Problem(
                    "order",
                    document,
                    f"Ngày không đúng thứ tự ban hành, có hiệu lực, ngày cuối: {first}, {second}",
                    f"Days out of order (signed, in force, last day): {first}, {second}",
                )


def _one_value(registry: _Registry) -> Iterator[Problem]:
    seen: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
    for entry in registry.entries:
        key: tuple[str | None, ...]
        if entry.is_relation:
            key = (entry.subject, entry.predicate, entry.object)
        elif entry.is_verified and entry.predicate != DCTERMS.description:
            key = (entry.subject, entry.predicate, entry.value(CANCU.asOf), _language(entry))
        else:
            continue
        seen[key].append(entry.iri)
    for iris in seen.values():
        for iri in iris[1:]:
            yield Problem(
                "twice",
                iri,
                f"Đã ghi ở {iris[0]}",
                f"Already recorded by {iris[0]}",
            )


def _language(entry: Entry) -> str | None:
    terms = entry.about.get(CANCU.entryValue, ())
    return next((t.language for t in terms if isinstance(t, Literal)), None)


def _number(registry: _Registry) -> Iterator[Problem]:
    for document in registry.documents:
        address = parse(document)
        numbers = registry.values(document, ELI.number)
        if address is None or address.kind != "document" or len(numbers) != 1:
            yield Problem(
                "number",
                document,
                "Văn bản phải có một số và địa chỉ theo mẫu id/vb/…",
                "A document must have one number and an address of the form id/vb/…",
            )
            continue
        if number_slug(numbers[0]) != address.fields["number"]:
            yield Problem(
                "number",
                document,
                f"Số {numbers[0]} không khớp địa chỉ của văn bản",
                f"The number {numbers[0]} does not match the document's address",
            )
        kinds = registry.values(document, ELI.type_document)
        if [kind.rpartition("/")[2] for kind in kinds] != [address.fields["kind"]]:
            yield Problem(
                "number",
                document,
                "Loại văn bản không khớp địa chỉ",
                "The kind of document does not match its address",
            )


def _cycle(registry: _Registry) -> Iterator[Problem]:
    replaced: dict[str, set[str]] = defaultdict(set)
    for entry in registry.entries:
        if entry.predicate == CANCU.replaces and entry.subject and entry.object:
            replaced[entry.subject].add(entry.object)
    for document in list(replaced):
        todo, met = [document], set[str]()
        while todo:
            for older in replaced.get(todo.pop(), ()):
                if older not in met:
                    met.add(older)
                    todo.append(older)
        if document in met:
            yield Problem(
                "cycle",
                document,
                "Vòng thay thế: văn bản rốt cuộc thay thế chính nó",
                "A cycle: the document in the end replaces itself",
            )


def _replaced_end(registry: _Registry) -> Iterator[Problem]:
    for entry in registry.entries:
        if entry.predicate != CANCU.replaces or not (entry.is_verified and entry.object):
            continue
        start = registry.verified.get((entry.subject or "", START))
        end = registry.verified.get((entry.object, END))
        if start and end and _after(end) != start:
            yield Problem(
                "replaced-end",
                entry.iri,
                f"Văn bản bị thay thế còn hiệu lực đến {end}, văn bản thay thế từ {start}",
                f"The replaced document is in force until {end}, the replacing one from {start}",
            )


def _after(day: str) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except ValueError:
        return None


def _identity(registry: _Registry) -> Iterator[Problem]:
    """What stands directly on a document is what a verified entry says."""
    for document in registry.documents:
        days = registry.values(document, ELI.date_document)
        titles = [
            term.value
            for term in registry.terms(document, DCTERMS.title)
            if isinstance(term, Literal) and term.language == "vi"
        ]
        for predicate, direct in ((ELI.date_document, days), (DCTERMS.title, titles)):
            known = registry.verified.get((document, predicate))
            if direct != ([known] if known else []):
                name = predicate.replace("#", "/").rpartition("/")[2]
                yield Problem(
                    "identity",
                    document,
                    f"{name} của văn bản không khớp mục tin đã kiểm chứng",
                    f"{name} of the document differs from the verified entry",
                )


CHECKS: tuple[Callable[[_Registry], Iterator[Problem]], ...] = (
    _incomplete,
    _value,
    _source,
    _quote,
    _ends,
    _parts,
    _order,
    _one_value,
    _number,
    _cycle,
    _replaced_end,
    _identity,
)
