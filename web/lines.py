"""The list of tasks and rows: read once a snapshot, filtered in memory."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cancu.graph.dataset import Row
from cancu.ontology.iri import slug
from cancu.web.addresses import page_of
from cancu.web.words import Link

KINDS = ("task", "review", "target", "article")
"""Kinds of line, in the order of the document's own importance."""

TIERS = ("cited", "confirmed", "suggested")
"""The tiers that are a task's own; "general" is its plan's."""

_NUMBERS = re.compile(r"(\d+)")


class Asked(Protocol):
    """What the lines are read from (a `Reading`)."""

    def rows(self, name: str, **asked: str) -> tuple[Row, ...]:
        """The rows of a page query."""

    def code(self, iri: object) -> str:
        """The code of a concept."""


@dataclass(frozen=True)
class Party:
    """A body or group in a role; `group` says which."""

    role: str
    link: Link
    group: bool


@dataclass(frozen=True)
class Line:
    """A task, appendix row or article duty as lists show it."""

    iri: str
    code: str
    title: str
    kind: str
    plan: str
    parent: str
    section: Link | None
    deadline: str | None
    latest: str | None
    tiers: Mapping[str, int]
    parties: tuple[Party, ...]
    order: tuple[object, ...]

    @property
    def page(self) -> str:
        """Its page."""
        return page_of(self.iri) or ""

    def in_role(self, role: str) -> list[Party]:
        """The parties in a role."""
        return [party for party in self.parties if party.role == role]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty means any."""

    kind: str = "task"
    plan: str = ""
    section: str = ""
    role: str = ""
    start: str = ""
    end: str = ""
    text: str = ""
    iris: frozenset[str] | None = None
    """The tasks in which the asked agency takes part, if one was asked."""


def read_lines(reading: Asked) -> tuple[Line, ...]:
    """Every line of a snapshot, in reading order."""
    parts = _Parts(_parties(reading), _limits(reading), _sections(reading), _tiers(reading))
    rows = [*reading.rows("tasks"), *({**_NO_TASK, **row} for row in reading.rows("articles"))]
    lines = [line for row in rows for line in _lines(row, parts)]
    return tuple(sorted(lines, key=lambda line: line.order))


_NO_TASK: Row = {**dict.fromkeys(("order", "parent_iri", "section_iri")), "kind": "article"}
_NO_TIERS: Mapping[str, int] = dict.fromkeys(TIERS, 0)


@dataclass(frozen=True)
class _Parts:
    """What belongs to lines, by the address of the line (of a section by its own)."""

    parties: Mapping[str, tuple[Party, ...]]
    limits: Mapping[str, Sequence[Row]]
    sections: Mapping[str, Link]
    tiers: Mapping[str, Mapping[str, int]]


def _limits(reading: Asked) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in reading.rows("limits"):
        found[str(row["task_iri"])].append(row)
    return found


def _sections(reading: Asked) -> Mapping[str, Link]:
    rows = reading.rows("sections")
    return {str(r["section_iri"]): Link(str(r["section"]), str(r["section_iri"])) for r in rows}


def _tiers(reading: Asked) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in reading.rows("tiers"):
        own = found.setdefault(str(row["task_iri"]), dict(_NO_TIERS))
        own[str(row["tier"])] = int(row["number"] or 0)
    return found


def _parties(reading: Asked) -> Mapping[str, tuple[Party, ...]]:
    found: dict[str, list[tuple[int, Party]]] = defaultdict(list)
    for row in reading.rows("parties"):
        role = reading.code(row["role_iri"]) if row["role_iri"] else "inspected"
        link = Link(str(row["party"]), str(row["party_iri"]))
        party = Party(role, link, "/id/nhom/" in link.iri)
        found[str(row["task_iri"])].append((int(row["place"] or 0), party))
    return {
        iri: tuple(party for _, party in sorted(listed, key=_in_order))
        for iri, listed in found.items()
    }


def _in_order(placed: tuple[int, Party]) -> tuple[int, str, str]:
    """By place in the document; each role counts its places for itself."""
    place, party = placed
    return place, party.role, party.link.label


def _lines(row: Row, parts: _Parts) -> Iterator[Line]:
    """The lines of a row: one, but for each of several time limits."""
    iri, kind, code = str(row["task_iri"]), str(row["kind"]), str(row["task"])
    for limit in parts.limits.get(iri) or (None,):
        yield Line(
            iri=iri,
            code=code,
            title=str(row["title"]),
            kind=kind,
            plan=str(row["plan_iri"]),
            parent=str(row["parent_iri"]),
            section=parts.sections.get(str(row["section_iri"])),
            deadline=_text(limit["deadline"]) if limit and kind != "article" else None,
            latest=_text(limit["latest"]) if limit and kind != "article" else None,
            tiers=parts.tiers.get(iri, _NO_TIERS) if kind != "article" else _NO_TIERS,
            parties=parts.parties.get(iri, ()),
            order=(str(row["plan_iri"]), KINDS.index(kind), int(row["order"] or 0), _natural(code)),
        )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _natural(code: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(p) if p.isdigit() else 0, p) for p in _NUMBERS.split(code))


def keep(lines: Sequence[Line], filters: Filters) -> list[Line]:
    """The lines that the filters leave, in order."""
    return [line for line in lines if _kept(line, filters)]


def _kept(line: Line, filters: Filters) -> bool:
    return (
        line.kind == filters.kind
        and (not filters.plan or line.plan == filters.plan)
        and (not filters.section or filters.section in _section_names(line))
        and _has_role(line, filters)
        and (filters.iris is None or line.iri in filters.iris)
        and (not filters.start or filters.start <= (line.latest or "") <= filters.end)
        and (not filters.text or slug(filters.text) in slug(f"{line.code} {line.title}"))
    )


def _has_role(line: Line, filters: Filters) -> bool:
    """Where an agency is asked, `iris` has its role in it already."""
    return not filters.role or filters.iris is not None or bool(line.in_role(filters.role))


def _section_names(line: Line) -> set[str]:
    """What a section may be called in an address: its own part of its IRI, or its number."""
    if line.section is None:
        return set()
    number = line.section.label.split(". ")[0]
    return {line.section.iri.rsplit("/", 1)[-1], slug(number), number}


def tier_counts(lines: Sequence[Line]) -> Counter[str]:
    """How many lines have a basis of each tier; "general" those with none of their own. Never added up."""
    counts = Counter(dict.fromkeys((*TIERS, "general"), 0))
    for line in lines:
        own = [tier for tier in TIERS if line.tiers[tier]]
        counts.update(own or ["general"])
    return counts
