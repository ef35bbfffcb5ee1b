"""The document reader: the source's own text with every piece of evidence marked, and the way back from it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.graph.snapshot import Entry
from cancu.loaders.source import Source, grids_of_json
from cancu.ontology.terms import CANCU, ELI, FOAF
from cancu.web.addresses import claim_anchor, finding_anchor, page_of, source_iri
from cancu.web.errors import NoPage
from cancu.web.language import language_of
from cancu.web.layout import lay_out
from cancu.web.marks import KINDS, Fact, Mark, Marker
from cancu.web.reading import Reading
from cancu.web.site import Data, render, site_of
from cancu.web.words import Link, grouped, place_of, quote_of

router = APIRouter(include_in_schema=False)

_KIND_OF_FACT = {
    "document": "citation",
    "reference": "citation",
    "section": "layout",
    "content": "content",
    "item": "content",
    "limit": "time",
    "product": "product",
    "party": "agency",
    "inspected": "agency",
}
_OF_PARTIES = (FOAF.member, CANCU.subsetOf, CANCU.inspectionMode)
_ON_ITS_SUBJECT = (CANCU.legalBasis, ELI.based_on, ELI.amends, CANCU.guidesImplementationOf)
"""Predicates whose claims have a place of their own on the page of their subject."""

_SEVERITIES = ("error", "check", "hint")


@router.get("/tai-lieu/{key}")
def reader(request: Request, reading: Data, key: str) -> HTMLResponse:
    """A source with its evidence."""
    versions = [entry for entry in reading.manifest.plans if entry.key == key]
    old = next((entry for entry in versions if not entry.current), None)
    now, reading = reading, reading.version(old) if old else reading
    # What an old version proves has no page: the pages show what counts.
    shown = sheet(request, reading, key, linked=old is None)
    return render(
        request,
        "reader.html",
        newer=_newer(now, old) if old else None,
        older=_older(now, key),
        **shown,
    )


def sheet(request: Request, reading: Reading, key: str, linked: bool) -> dict[str, Any]:
    """What the template of a source needs: its parts with the evidence marked, and its findings.

    Args:
        request: for its language.
        reading: the snapshot that holds the source.
        key: the source's, as in addresses.
        linked: whether the pages of what the evidence proves can be opened.

    Raises:
        NoPage: the snapshot holds no such source.
    """
    iri = source_iri(key)
    row = next(iter(reading.rows("source", source=iri)), None) if iri else None
    if iri is None or row is None:
        raise NoPage(request.url.path)
    source = Source(
        str(row["name"]),
        str(row["format"]),
        str(row["hash"]).removeprefix("sha256:"),
        str(row["text"]),
        grids_of_json(str(row["tables"])) if row["tables"] else (),
    )
    findings = reading.rows("source_findings", source=iri)
    marks = _marks(reading, iri, findings, language_of(request))
    if not linked:
        marks = [replace(mark, facts=tuple(map(_without_page, mark.facts))) for mark in marks]
    card = site_of(request).macro(request, "card.html", "card")
    document = Link(str(row["document"]), str(row["document_iri"])) if row["document"] else None
    return {
        "source": source,
        "document": document,
        "parts": lay_out(source, Marker(marks, card)),
        "kinds": Counter(dict.fromkeys(KINDS, 0))
        + Counter(kind for mark in marks for kind in mark.kinds),
        "findings": _by_severity(reading, findings, language_of(request)),
        "linked": linked,
    }


def _without_page(fact: Fact) -> Fact:
    return fact if fact.kind == "finding" else replace(fact, page=None)


def _newer(reading: Reading, old: Entry) -> Entry | None:
    """The version that took the place of an old one."""
    plans = reading.manifest.plans
    return next((entry for entry in plans if entry.sha256 == old.replaced_by), None)


def _older(reading: Reading, key: str) -> list[Entry]:
    """The versions that a document took the place of, the latest first."""
    plans = reading.manifest.plans
    return [entry for entry in reversed(plans) if entry.replaced_by[:8] == key]


def _marks(reading: Reading, iri: str, findings: Sequence[Row], language: str) -> list[Mark]:
    """Every span of the source with what it proves."""
    found: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    pairs = [
        *((row, _fact(reading, row, language)) for row in reading.rows("source_facts", source=iri)),
        *(
            (row, _claim(reading, row, language))
            for row in reading.rows("source_claims", source=iri)
        ),
        *((row, _finding(reading, row, language)) for row in findings),
    ]
    for row, fact in pairs:
        place = place_of(row["span_iri"])
        if place and fact not in found[place.start, place.end]:
            found[place.start, place.end].append(fact)
    return [
        Mark(start, end, tuple(sorted(facts, key=lambda fact: KINDS.index(fact.kind))))
        for (start, end), facts in sorted(found.items())
    ]


def _fact(reading: Reading, row: Row, language: str) -> Fact:
    form, iri = str(row["kind"]), str(row["fact_iri"])
    party = Link(str(row["party"]), str(row["party_iri"])) if row["party"] else None
    return Fact(
        kind=_KIND_OF_FACT[form],
        form=form,
        about=Link(str(row["label"]), iri),
        role=reading.name(row["role_iri"], language) if row["role_iri"] else "",
        party=party,
        page=page_of(iri),
    )


def _claim(reading: Reading, row: Row, language: str) -> Fact:
    predicate, subject = str(row["predicate_iri"]), str(row["subject_iri"])
    of_parties = predicate in _OF_PARTIES
    by_layout = reading.code(row["how_iri"]) == "read-from-layout"
    kind = "citation" if not of_parties else "layout" if by_layout else "agency"
    label = row["object"] or reading.name(row["object_iri"], language)
    page = page_of(subject) or ""
    shown_there = predicate in _ON_ITS_SUBJECT and "#" not in page
    place = f"#{claim_anchor(str(row['claim_iri']))}" if shown_there else ""
    return Fact(
        kind=kind,
        form="claim",
        about=Link(str(row["subject"]), subject),
        predicate=reading.name(predicate, language),
        party=Link(str(label), str(row["object_iri"])),
        how=reading.name(row["how_iri"], language),
        page=f"{page}{place}",
    )


def _finding(reading: Reading, row: Row, language: str) -> Fact:
    iri = str(row["finding_iri"])
    about = Link(str(row["target"] or ""), str(row["target_iri"] or ""))
    message = str(row["en" if language == "en" else "vi"])
    severity = reading.code(row["severity_iri"])
    return Fact(
        "finding",
        "finding",
        about,
        message=message,
        severity=severity,
        page=f"#{finding_anchor(iri)}",
    )


def _by_severity(
    reading: Reading, rows: Sequence[Row], language: str
) -> dict[str, list[dict[str, object]]]:
    """The findings for the list beside the text, the gravest first, each in reading order."""
    found: dict[str, list[dict[str, object]]] = {severity: [] for severity in _SEVERITIES}
    for same in grouped(rows, "finding_iri"):
        first = same[0]
        found[reading.code(first["severity_iri"])].append(
            {
                "id": finding_anchor(str(first["finding_iri"])),
                "name": reading.name(first["code_iri"], language),
                "message": first["en" if language == "en" else "vi"],
                "proposal": first["proposal"],
                "quote": quote_of(same),
                "about": Link(str(first["target"] or ""), str(first["target_iri"] or "")),
            }
        )
    for listed in found.values():
        listed.sort(key=lambda finding: finding["quote"].places)  # type: ignore[attr-defined]
    return found
