"""What people type, as the terms a query is asked with.

A document, agency, task or plan may be given by number, name or IRI. Exactly one match is used; several or none are
an error that says so. Nothing is guessed.
"""

import difflib
import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from cancu.graph.dataset import Dataset
from cancu.ontology.iri import BASE, slug
from cancu.ontology.terms import PREFIXES, XSD
from cancu.queries.errors import AmbiguousValue, BadValue, UnknownValue

Bindings = dict[str, NamedNode | Literal]

NAMES: Mapping[str, str] = {
    "document": """SELECT ?iri ?label ?name WHERE { ?iri a eli:LegalResource ; eli:type_document ?kind ; rdfs:label ?label .
        FILTER NOT EXISTS { ?iri a prov:Plan }
        { ?iri rdfs:label ?name } UNION { ?iri eli:number ?name } UNION { ?iri dcterms:title ?name } }""",
    "agency": """SELECT ?iri ?label ?name WHERE { ?iri a cv:PublicOrganisation ; rdfs:label ?label .
        { ?iri skos:prefLabel ?name } UNION { ?iri skos:altLabel ?name } UNION { ?iri skos:hiddenLabel ?name } }""",
    "task": """SELECT ?iri ?label ?name WHERE { ?iri a cancu:Task ; rdfs:label ?label ; dcterms:identifier ?name }""",
    "plan": "SELECT ?iri ?label ?name WHERE { ?iri a prov:Plan ; rdfs:label ?label . { ?iri rdfs:label ?name } UNION { ?iri dcterms:title ?name } }",
}
"""For each type of thing, the query that lists its addresses, labels and names."""

_KINDS = {
    "document": ("văn bản", "document"),
    "agency": ("cơ quan", "agency"),
    "task": ("nhiệm vụ", "task"),
    "plan": ("kế hoạch", "plan"),
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


def resolve(kind: str, name: str, value: str, dataset: Dataset) -> Resolved:
    """The meaning of `value` for a parameter `name` of type `kind`.

    Raises:
        UnknownValue, AmbiguousValue: nothing, or several things, have this name.
        BadValue: not a date, quarter or number.
    """
    if kind in NAMES:
        iri, label = find(kind, value, dataset)
        return Resolved(label, {f"{name}_asked": NamedNode(iri)})
    return _PLAIN[kind](name, value)


def find(kind: str, value: str, dataset: Dataset) -> tuple[str, str]:
    """Address and label of the one thing of this kind with this name, number or IRI.

    Raises:
        UnknownValue, AmbiguousValue: none or several.
    """
    names = [
        (str(r["iri"]), str(r["label"]), str(r["name"]))
        for r in dataset.select(_with_prefixes(NAMES[kind])).rows
    ]
    exact = {(iri, label) for iri, label, name in names if value.strip() in (iri, name)}
    found = exact or {(iri, label) for iri, label, name in names if slug(name) == slug(value)}
    vi, en = _KINDS[kind]
    if len(found) > 1:
        candidates = sorted(f"{label} <{iri}>" for iri, label in found)
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
    match = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", value)
    try:
        day = (
            date(int(match[3]), int(match[2]), int(match[1]))
            if match
            else date.fromisoformat(value.strip())
        )
    except ValueError as error:
        raise BadValue(
            f"“{value}” không phải một ngày; hãy viết như 30/06/2023 hoặc 2023-06-30.",
            f"“{value}” is not a day; write 30/06/2023 or 2023-06-30.",
        ) from error
    return Resolved(day.isoformat(), {f"{name}_asked": _day(day)})


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


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=NamedNode(XSD.date))


_PLAIN: Mapping[str, Callable[[str, str], Resolved]] = {"date": _date, "quarter": _quarter}


def choices(kind: str, dataset: Dataset) -> list[str]:
    """The labels that a parameter of this type may have, each once, sorted; empty for dates and quarters."""
    if kind not in NAMES:
        return []
    return sorted({str(row["label"]) for row in dataset.select(_with_prefixes(NAMES[kind])).rows})


def is_address(value: str) -> bool:
    """Whether a value is an address of ours."""
    return value.startswith(BASE)
