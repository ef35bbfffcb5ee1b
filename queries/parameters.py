"""What people type, as the terms a query is asked with.

A document, agency, task or plan may be given by number, name or IRI. Exactly one match is used; several or none are
an error that says so. Nothing is guessed.
"""

import difflib
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from cancu.graph.dataset import Dataset
from cancu.ontology.iri import BASE, parse, slug
from cancu.ontology.terms import PREFIXES, XSD
from cancu.queries.errors import AmbiguousValue, BadValue, UnknownValue
from cancu.queries.plans import PlanName, plan_names, plan_of

Bindings = dict[str, NamedNode | Literal]

NAMES: Mapping[str, str] = {
    "document": """SELECT ?iri ?label ?name WHERE { ?iri a eli:LegalResource ; eli:type_document ?kind ; rdfs:label ?label .
        FILTER NOT EXISTS { ?iri a prov:Plan }
        { ?iri rdfs:label ?name } UNION { ?iri eli:number ?name } UNION { ?iri dcterms:title ?name } }""",
    "agency": """SELECT ?iri ?label ?name WHERE { ?iri a cv:PublicOrganisation ; rdfs:label ?label .
        { ?iri skos:prefLabel ?name } UNION { ?iri skos:altLabel ?name } UNION { ?iri skos:hiddenLabel ?name } }""",
    "task": """SELECT ?iri ?label ?name WHERE { ?iri a cancu:Task ; rdfs:label ?label ; dcterms:identifier ?name }""",
    "plan": "SELECT ?iri ?label ?name WHERE { ?iri a prov:Plan ; rdfs:label ?label . { ?iri rdfs:label ?name } UNION { ?iri dcterms:title ?name } }",
    "group": "SELECT ?iri ?label ?name WHERE { ?iri a cancu:AgencyGroup ; rdfs:label ?label . ?iri rdfs:label ?name }",
}
"""For each type of thing, the query that lists its addresses, labels and names."""

_KINDS = {
    "document": ("văn bản", "document"),
    "agency": ("cơ quan", "agency"),
    "task": ("nhiệm vụ", "task"),
    "plan": ("kế hoạch", "plan"),
    "group": ("nhóm cơ quan", "group of bodies"),
}
_QUARTER = re.compile(
    r"^\s*(?:quý\s*|q\.?\s*)?(?P<q>iv|i{1,3}|[1-4])\s*(?:/|-|\s|năm)+\s*(?P<y>(?!0000)\d{4})\s*$|^(?P<y2>(?!0000)\d{4})-?q(?P<q2>[1-4])$",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Resolved:
    """A value as understood: what to show, and the variables it binds."""

    shown: str
    bindings: Bindings


def resolve(
    kind: str, name: str, value: str, dataset: Dataset, plan: str | None = None
) -> Resolved:
    """The meaning of `value` for a parameter `name` of type `kind`; things of the plan `plan` come first.

    Raises:
        UnknownValue, AmbiguousValue: nothing, or several things, have this name.
        BadValue: not a date, quarter or number.
    """
    if kind in NAMES:
        iri, label = find(kind, value, dataset, plan)
        return Resolved(label, {f"{name}_asked": NamedNode(iri)})
    return _PLAIN[kind](name, value)


def find(kind: str, value: str, dataset: Dataset, plan: str | None = None) -> tuple[str, str]:
    """Address and label of the one thing of this kind with this name, number or IRI.

    Where several have it, the one of the plan `plan` is meant, if one is asked about; else a name may say which: "II.5
    (27/QĐ-UBND · Sầm Sơn 2024)", "Phòng Nội vụ (Sầm Sơn)".

    Raises:
        UnknownValue, AmbiguousValue: none or several.
    """
    plans = plan_names(dataset)
    names = _names(kind, dataset, plans)
    exact = {(iri, label) for iri, label, name in names if value.strip() in (iri, name)}
    found = exact or {(iri, label) for iri, label, name in names if slug(name) == slug(value)}
    if not found and value.rstrip().endswith(")"):
        # Only a name that fits no other way is looked up with its place: that costs a look at every plan.
        found = {
            (iri, label)
            for iri, label, name in names
            if slug(value).startswith(slug(name))
            and slug(f"{name} {where(kind, iri, plans)}") == slug(value)
        }
    if len(found) > 1 and plan:
        found = {pair for pair in found if belongs(kind, pair[0], plan, plans)} or found
    vi, en = _KINDS[kind]
    if len(found) > 1:
        candidates = sorted(f"{_told(kind, pair, plans)} <{pair[0]}>" for pair in found)
        listed = "; ".join(candidates)
        raise AmbiguousValue(
            f"“{value}” có thể là nhiều {vi}: {listed}. Hãy chọn một.",
            f"“{value}” may be several things: {listed}. Choose one.",
            candidates,
        )
    if not found:
        nearest = _nearest(value, {name: label for _, label, name in names})
        near_vi = f" Gần nhất: {'; '.join(nearest)}." if nearest else ""
        near_en = f" Nearest: {'; '.join(nearest)}." if nearest else ""
        raise UnknownValue(
            f"Không có {vi} nào là “{value}”.{near_vi}",
            f"There is no {en} “{value}”.{near_en}",
            nearest,
        )
    return next(iter(found))


def _names(
    kind: str, dataset: Dataset, plans: Mapping[str, PlanName]
) -> list[tuple[str, str, str]]:
    """Address, label and a name of each thing of a kind; a plan may also be named by its slug, its number or its short name."""
    rows = dataset.select(_with_prefixes(NAMES[kind])).rows
    found = [(str(r["iri"]), str(r["label"]), str(r["name"])) for r in rows]
    for plan in plans.values() if kind == "plan" else ():
        found += [
            (plan.iri, plan.label, name)
            for name in (plan.slug, plan.short, plan.number, plan.decision)
            if name
        ]
    return found


def where(kind: str, iri: str, plans: Mapping[str, PlanName]) -> str:
    """What tells a thing from others of its name: a task's plan, a body's place, a document's year; else nothing."""
    if kind == "plan":
        return plans[iri].short if iri in plans else ""
    if kind == "task":
        plan = plan_of(iri, plans)
        return plan.short if plan else ""
    address = parse(iri)
    if address is None:
        return ""
    if kind == "agency":
        place = address.fields.get("place", "")
        return next((p.place for p in plans.values() if slug(p.place) == place), place)
    return address.fields.get("year", "")


def _told(kind: str, pair: tuple[str, str], plans: Mapping[str, PlanName]) -> str:
    place = where(kind, pair[0], plans)
    return f"{pair[1]} ({place})" if place else pair[1]


def belongs(kind: str, iri: str, plan: str, plans: Mapping[str, PlanName]) -> bool:
    """Whether a task is of a plan, a body of its place."""
    if kind == "task":
        owner = plan_of(iri, plans)
        return owner is not None and owner.iri == plan
    mine, theirs = parse(iri), parse(plan)
    return bool(
        kind == "agency"
        and mine
        and theirs
        and mine.fields.get("place") == theirs.fields.get("place")
    )


def _nearest(value: str, labels: Mapping[str, str]) -> list[str]:
    folded = {slug(name): label for name, label in labels.items()}
    close = difflib.get_close_matches(slug(value), folded, n=5, cutoff=0.5)
    within = [key for key in folded if slug(value) and slug(value) in key][:5]
    return list(dict.fromkeys(folded[key] for key in [*close, *within]))[:5]


def _with_prefixes(query: str) -> str:
    return "\n".join(
        [*(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in query), query]
    )


def _date(name: str, value: str) -> Resolved:
    day = _read_date(value)
    return Resolved(day.isoformat(), {f"{name}_asked": _day(day)})


def _read_date(value: str) -> date:
    match = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", value)
    try:
        return (
            date(int(match[3]), int(match[2]), int(match[1]))
            if match
            else date.fromisoformat(value.strip())
        )
    except ValueError as error:
        raise BadValue(
            f"“{value}” không phải một ngày; hãy viết như 30/06/2023 hoặc 2023-06-30.",
            f"“{value}” is not a day; write 30/06/2023 or 2023-06-30.",
        ) from error


def _quarter(name: str, value: str) -> Resolved:
    match = _QUARTER.match(value)
    if not match:
        raise BadValue(
            f"“{value}” không phải một quý; hãy viết như II/2023 hoặc 2023-Q2.",
            f"“{value}” is not a quarter; write II/2023 or 2023-Q2.",
        )
    year = int(match["y"] or match["y2"])
    text = (match["q"] or match["q2"]).lower()
    quarter = _ROMAN.get(text) or int(text)
    last = 3 * quarter
    start, end = date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])
    return Resolved(
        f"{year}-Q{quarter}", {f"{name}_start_asked": _day(start), f"{name}_end_asked": _day(end)}
    )


def _year(name: str, value: str) -> Resolved:
    match = re.fullmatch(r"\s*(?:năm\s*)?((?!0000)\d{4})\s*", value, re.IGNORECASE)
    if not match:
        raise BadValue(
            f"“{value}” không phải một năm; hãy viết như 2023.",
            f"“{value}” is not a year; write 2023.",
        )
    year = int(match[1])
    return _between(name, f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def _period(name: str, value: str) -> Resolved:
    """A year, a quarter, a day, or "from..to" in days, either of which may be missing."""
    for read in (_year, _quarter):
        try:
            return read(name, value)
        except BadValue:
            pass
    first, mark, last = value.partition("..")
    if not mark:
        last = first
    start = _read_date(first) if first.strip() or not mark else date.min
    end = _read_date(last) if last.strip() or not mark else date.max
    return _between(name, f"{start}..{end}", start, end)


def _between(name: str, shown: str, start: date, end: date) -> Resolved:
    return Resolved(shown, {f"{name}_start_asked": _day(start), f"{name}_end_asked": _day(end)})


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=NamedNode(XSD.date))


_PLAIN: Mapping[str, Callable[[str, str], Resolved]] = {
    "date": _date,
    "quarter": _quarter,
    "period": _period,
    "year": _year,
}

TYPES = frozenset({*NAMES, *_PLAIN})
"""The types that a parameter may have."""


def choices(kind: str, dataset: Dataset, plan: str | None = None) -> list[str]:
    """The labels that a parameter of this type may have, each once, sorted; empty for times.

    A label that several things have is given with what tells them apart; with a plan, its own things have theirs alone.
    """
    if kind not in NAMES:
        return []
    rows = dataset.select(_with_prefixes(NAMES[kind])).rows
    pairs = {(str(row["iri"]), str(row["label"])) for row in rows}
    plans = plan_names(dataset)
    if plan and kind == "task":
        pairs = {pair for pair in pairs if belongs(kind, pair[0], plan, plans)}
    often = Counter(label for _, label in pairs)
    return sorted({_told(kind, pair, plans) if often[pair[1]] > 1 else pair[1] for pair in pairs})


def is_address(value: str) -> bool:
    """Whether a value is an address of ours."""
    return value.startswith(BASE)
