"""The plans of a dataset and what they are called, so that an answer about several says which is which."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cancu.graph.dataset import Dataset
from cancu.ontology.iri import BASE, parse
from cancu.ontology.terms import PREFIXES
from cancu.queries.kept import once

_HEAD = f"{BASE}id/ke-hoach/"
_LONGEST = 40
_QUERY = """SELECT ?iri ?label ?title ?number ?date ?place ?decision WHERE {
  ?iri a prov:Plan ; rdfs:label ?label .
  OPTIONAL { ?iri dcterms:title ?title FILTER(LANG(?title) IN ("vi", "")) }
  OPTIONAL { ?iri dcterms:coverage ?place }
  OPTIONAL { ?iri eli:is_annex_of ?decision OPTIONAL { ?decision eli:number ?number } OPTIONAL { ?decision eli:date_document ?date } }
} ORDER BY ?iri"""

_ISSUERS = """SELECT ?iri ?issuer WHERE {
  ?iri a prov:Plan . ?iri eli:is_annex_of? ?issued . ?issued eli:passed_by ?by . ?by org:postIn? ?issuer
}"""


@dataclass(frozen=True)
class PlanName:
    """A plan and its names.

    Attributes:
        iri: its address.
        label: its name in full.
        short: number (or the first words of the title), place and year: no two plans of a dataset have the same.
        slug: the part of its address that is its own: "chi-linh/2023/kstthc-mot-cua".
        number, date: of the document it was issued with; None where it has none.
        place: where it was signed, as written; else the place of its address.
        decision: address of the document it was issued with.
    """

    iri: str
    label: str
    title: str
    short: str
    slug: str
    number: str | None
    date: str | None
    place: str
    decision: str


@once
def plan_names(dataset: Dataset) -> Mapping[str, PlanName]:
    """Address -> names of each plan, by place, year and number; read the first time."""
    rows = {str(row["iri"]): row for row in dataset.select(_with_prefixes(_QUERY)).rows}
    found = [_name(iri, {key: str(v) for key, v in row.items() if v}) for iri, row in rows.items()]
    shorts = Counter(name.short for name in found)
    return {
        name.iri: replace(name, short=f"{name.short} ({name.slug})")
        if shorts[name.short] > 1
        else name
        for name in sorted(found, key=lambda name: name.slug)
    }


@once
def issuers(dataset: Dataset) -> Mapping[str, frozenset[str]]:
    """Address of each plan whose issuer is known -> the addresses of that body and, of a chairman, of the body that is his."""
    found: dict[str, frozenset[str]] = {}
    for row in dataset.select(_with_prefixes(_ISSUERS)).rows:
        iri = str(row["iri"])
        found[iri] = found.get(iri, frozenset()) | {str(row["issuer"])}
    return found


def _name(iri: str, row: Mapping[str, str]) -> PlanName:
    address = parse(iri)
    fields = address.fields if address else {}
    place = row.get("place") or fields.get("place", "")
    title = row.get("title") or row["label"]
    year = fields.get("year", "")
    where = f"{place} {year}" if year.isdigit() else place
    return PlanName(
        iri=iri,
        label=row["label"],
        title=title,
        short=f"{row.get('number') or _cut(title)} · {where}",
        slug=iri.removeprefix(_HEAD),
        number=row.get("number"),
        date=row.get("date"),
        place=place,
        decision=row.get("decision", ""),
    )


def _cut(title: str) -> str:
    """The first words of a title."""
    if len(title) <= _LONGEST:
        return title
    return title[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def plan_of(iri: str, plans: Mapping[str, PlanName]) -> PlanName | None:
    """The plan that a task, row or duty belongs to."""
    for mark in ("/nhiem-vu/", "/phu-luc-"):
        if mark in iri:
            return plans.get(iri.split(mark)[0])
    decision = iri.split("/dieu-")[0]
    return next((name for name in plans.values() if name.decision == decision), None)


def _with_prefixes(query: str) -> str:
    return "\n".join(
        [*(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in query), query]
    )
