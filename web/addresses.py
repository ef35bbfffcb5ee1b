"""From the address of a thing to the page that shows it, and back: the one place where pages' addresses are made."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from cancu.ontology.iri import BASE, DOCUMENTS, SUBDIVISIONS, parse

PARTS: Mapping[str, str] = {
    "participation": "owner",
    "time_limit": "task",
    "period": "time_limit",
    "proposed_period": "time_limit",
    "product": "task",
    "reference": "owner",
    "task_item": "task",
    "plan_period": "plan",
    "force_period": "document",
    "position": "span",
    "quote": "span",
}
"""Kinds of thing that are shown on the page of what they belong to -> the field that holds its address."""

ROWS = ("task", "review_item", "inspection_target")
"""Kinds that have a page below their plan's."""

_OWN_PAGE = {"agency": "/co-quan/", "group": "/nhom/", "task_group": "/nhom/"}
_HEADS = {"agency": "id/to-chuc/", "group": "id/nhom/", "task_group": "id/nhom/"}
_NOWHERE = ("shape", "graph", "plan_graph", "appendix")
"""Kinds that are shown nowhere. What is not named in this module at all has the general page `/chi-tiet/…`."""


PROOF, FALL = "/can-cu", "/neu-het-hieu-luc"
"""What a task's address ends in for its proof card, a document's for what falls with it."""


@lru_cache(maxsize=1 << 15)
def page_of(iri: str) -> str | None:
    """The page, with the place on it, where the thing with this IRI is shown; None if it has none."""
    address = parse(iri)
    if address is None:
        return None
    kind, fields, tail = address.kind, address.fields, iri.removeprefix(BASE)
    if kind in PARTS:
        return _on_page_of(fields[PARTS[kind]], iri)
    if kind in ROWS or kind == "plan":
        return "/nhiem-vu/" + tail.removeprefix("id/ke-hoach/").replace("/nhiem-vu/", "/", 1)
    if kind in DOCUMENTS or kind in SUBDIVISIONS:
        return "/van-ban/" + tail.removeprefix("id/vb/")
    if kind in _OWN_PAGE:
        return _OWN_PAGE[kind] + tail.removeprefix(_HEADS[kind])
    if kind == "section":
        return f"{page_of(fields['plan'])}?{_section_query(fields['section'])}"
    if kind == "source":
        return source_page(fields["source"])
    if kind == "span":
        return words_page(fields["source"], int(fields["start"]), int(fields["end"]))
    if kind == "finding":
        return f"{source_page(fields['source'])}#{finding_anchor(iri)}"
    if kind in ("term", "ontology_version"):
        return "/ns" + (f"#{fields['term']}" if kind == "term" else "")
    return None if kind in _NOWHERE else f"/chi-tiet/{tail}"


def _on_page_of(parent: str, iri: str) -> str | None:
    """A part stands on its parent's page; what has no anchor of its own (a period) at its parent's."""
    page = page_of(parent)
    if page is None or "#" in page:
        return page
    return f"{page}#{anchor(parent, iri)}"


def anchor(owner: str, part: str) -> str:
    """The id that a part has on its owner's page: what its address adds to the owner's."""
    return part.removeprefix(owner).strip("/").replace("/", "-")


def _section_query(section: str) -> str:
    return (
        f"kind=target&section={section}" if section.startswith("phu-luc-") else f"section={section}"
    )


def finding_anchor(iri: str) -> str:
    """The id of a finding in the list beside the document."""
    return "ph-" + iri.rsplit("/", 1)[-1]


def claim_anchor(iri: str) -> str:
    """The id of a claim on the page of its subject."""
    return "kd-" + iri.rsplit("/", 1)[-1]


def source_page(key: str) -> str:
    """The reader of the source with this key (eight hex digits)."""
    return f"/tai-lieu/{key}"


def words_page(key: str, start: int, end: int) -> str:
    """The words of a source in its reader."""
    return f"{source_page(key)}#{mark_id(start, end)}"


def passage_page(key: str, start: int) -> str:
    """A paragraph or row of a source in its reader, known by the offset of its first character."""
    return f"{source_page(key)}#{passage_id(start)}"


def passage_id(start: int) -> str:
    """The id of a paragraph or row in the reader."""
    return f"d{start}"


def mark_id(start: int, end: int) -> str:
    """The id of the mark over a span."""
    return f"c{start}-{end}"


def question_page(code: str, **parameters: str) -> str:
    """A question asked with these values."""
    query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in parameters.items())
    return f"/cau-hoi/{code}" + (f"?{query}" if query else "")


def proof_page(task: str) -> str | None:
    """The proof card of a row of a plan; None for other duties, which have no card of their own."""
    page = page_of(task)
    return f"{page}{PROOF}" if page and page.startswith("/nhiem-vu/") else None


def row_iri(place: str, year: str, key: str, row: str) -> str | None:
    """The IRI behind `/nhiem-vu/{place}/{year}/{key}/{row}`, or None if no row of a plan can have it."""
    plan = f"{BASE}id/ke-hoach/{place}/{year}/{key}"
    return _checked(f"{plan}/{row}" if "/" in row else f"{plan}/nhiem-vu/{row}", ROWS)


def plan_iri(place: str, year: str, key: str) -> str | None:
    """The IRI behind `/nhiem-vu/{place}/{year}/{key}`."""
    return _checked(f"{BASE}id/ke-hoach/{place}/{year}/{key}", ("plan",))


def document_iri(tail: str) -> str | None:
    """The IRI behind `/van-ban/{tail}`: a document or a part of one."""
    return _checked(f"{BASE}id/vb/{tail}", (*DOCUMENTS, *SUBDIVISIONS))


def agency_iri(place: str, name: str) -> str | None:
    """The IRI behind `/co-quan/{place}/{name}`."""
    return _checked(f"{BASE}id/to-chuc/{place}/{name}", ("agency",))


def group_iri(tail: str) -> str | None:
    """The IRI behind `/nhom/{tail}`."""
    return _checked(f"{BASE}id/nhom/{tail}", ("group", "task_group"))


def source_iri(key: str) -> str | None:
    """The IRI behind `/tai-lieu/{key}`."""
    return _checked(f"{BASE}id/nguon/{key}", ("source",))


def generic_iri(tail: str) -> str | None:
    """The IRI behind `/chi-tiet/{tail}`."""
    iri = f"{BASE}{tail}"
    return iri if page_of(iri) == f"/chi-tiet/{tail}" else None


def _checked(iri: str, kinds: tuple[str, ...]) -> str | None:
    address = parse(iri)
    return iri if address and address.kind in kinds else None


def is_part_of_document(iri: str) -> bool:
    """Whether an IRI names an article, clause or point."""
    address = parse(iri)
    return address is not None and address.kind in SUBDIVISIONS
