"""The page of an agency, post or group: named, through a group, possible, each kept apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.ontology.terms import CANCU, SKOS
from cancu.queries.answer import ask
from cancu.queries.errors import UnknownValue
from cancu.web.addresses import agency_iri, anchor, group_iri
from cancu.web.collation import sort_key
from cancu.web.errors import NoPage
from cancu.web.lines import Line
from cancu.web.pages.force import task_link
from cancu.web.reading import Reading
from cancu.web.scope import Scope, Scoped
from cancu.web.site import Data, render
from cancu.web.words import Link, Quote, grouped, quote_of

router = APIRouter(include_in_schema=False)

VIAS = ("named", "group", "possible")


@dataclass(frozen=True)
class Work:
    """One part in one task."""

    line: Line
    role: str
    group: Link | None
    quote: Quote
    anchor: str


@dataclass(frozen=True)
class Member:
    """A group that has the party, or a body that the group has."""

    other: Link
    closure: str
    how: str | None
    quote: Quote | None


@dataclass(frozen=True)
class Inspection:
    """A row that names the body for inspection."""

    target: Link
    mode: str | None
    how: str | None
    quote: Quote


@dataclass(frozen=True)
class Time:
    """A row of what a body does in the order of days (question B10): a piece of work with every part taken in it."""

    task: Link
    plan: str
    work: str
    mode: str
    deadline: Quote | None
    start: str
    end: str
    latest: str
    parts: tuple[tuple[str, str], ...]


@router.get("/co-quan/{place}/{name}")
def agency(request: Request, reading: Data, scope: Scoped, place: str, name: str) -> HTMLResponse:
    """A body or post."""
    return _party(request, reading, scope, agency_iri(place, name))


@router.get("/nhom/{tail:path}")
def group(request: Request, reading: Data, scope: Scoped, tail: str) -> HTMLResponse:
    """A group of bodies."""
    return _party(request, reading, scope, group_iri(tail))


def _party(request: Request, reading: Reading, scope: Scope, iri: str | None) -> HTMLResponse:
    about = reading.rows("party", party=iri) if iri else ()
    if iri is None or not about:
        raise NoPage(request.url.path)
    work = _work(reading, scope, iri)
    members = _memberships(reading, iri)
    return render(
        request,
        "party.html",
        label=about[0]["label"],
        iri=iri,
        is_group="/id/nhom/" in iri,
        variants=_values(about, SKOS.altLabel),
        misspelt=_values(about, SKOS.hiddenLabel),
        facts=[row for row in about if row["value_iri"] and row["predicate_iri"] != CANCU.closure],
        closure=next(
            (str(r["value_iri"]) for r in about if r["predicate_iri"] == CANCU.closure), ""
        ),
        vias=VIAS,
        work=work,
        codes={via: _by_plan(scope, work[via]) for via in VIAS},
        reviews=[(via, w) for via in VIAS for w in work[via] if w.line.kind == "review"],
        times=_times(reading, scope, iri),
        open_groups=_open_groups(reading, work),
        groups={via: _members(reading, members, "of", via) for via in VIAS[1:]},
        members={via: _members(reading, members, "has", via) for via in VIAS[1:]},
        inspections=_inspections(reading, scope, iri),
    )


def _work(reading: Reading, scope: Scope, iri: str) -> dict[str, list[Work]]:
    """What the party does, by the way it takes part; the tasks of the table first, in reading order."""
    lines = {line.iri: line for line in reading.lines if scope.has(line.plan)}
    found: dict[str, list[Work]] = {via: [] for via in VIAS}
    for rows in grouped(reading.rows("work", party=iri), "via", "part_iri", "group_iri"):
        first = rows[0]
        line = lines.get(str(first["task_iri"]))
        if line:
            group = Link(str(first["group"]), str(first["group_iri"])) if first["group"] else None
            role = reading.code(first["role_iri"])
            place = anchor(line.iri, str(first["part_iri"]))
            found[str(first["via"])].append(Work(line, role, group, quote_of(rows), place))
    for listed in found.values():
        listed.sort(key=lambda work: (work.line.order, work.role, work.quote.places))
    return found


def _by_plan(scope: Scope, work: Sequence[Work]) -> list[tuple[str, dict[str, int]]]:
    """The counts of each plan by itself, with its name where several are shown."""
    plans = dict.fromkeys(w.line.plan for w in work)
    found = [(scope.named(p), _codes([w for w in work if w.line.plan == p])) for p in plans]
    return [(name, counted) for name, counted in found if counted]


def _codes(work: Sequence[Work]) -> dict[str, int]:
    """How many different tasks of the plan's table there are in each role."""
    roles = dict.fromkeys(w.role for w in work if w.line.kind == "task")
    return {
        role: len({w.line.iri for w in work if w.role == role and w.line.kind == "task"})
        for role in roles
    }


def _open_groups(reading: Reading, work: dict[str, list[Work]]) -> int:
    """Groups that nobody has closed in the tasks where the party is: it may stand behind one of them."""
    mine = {w.line.iri for listed in work.values() for w in listed}
    open_groups = reading.open_groups
    return len(
        {
            party.link.iri
            for line in reading.lines
            if line.iri in mine
            for party in line.parties
            if party.link.iri in open_groups
        }
    )


def _times(reading: Reading, scope: Scope, iri: str) -> list[Time]:
    """What a body does by day, what has no day last; parts in one piece of work together. Of posts and groups the
    question is not asked.
    """
    try:
        rows = ask("B10", {"agency": iri, **scope.values}, reading.dataset).every
    except UnknownValue:
        return []
    return [
        _time(reading, same)
        for same in grouped(rows, "plan_iri", "task_iri", "work", "start", "end", "latest")
    ]


def _time(reading: Reading, rows: Sequence[Row]) -> Time:
    first = rows[0]
    task, plan, words = str(first["task_iri"]), str(first["plan_iri"]), first["deadline"]
    return Time(
        task=Link(str(first["task"]), task),
        plan=plan,
        work=str(first["work"]),
        mode=str(first["mode"] or ""),
        deadline=Quote(str(words), reading.places(words, {task}, plan)) if words else None,
        start=str(first["start"] or ""),
        end=str(first["end"] or ""),
        latest=str(first["latest"] or ""),
        parts=tuple(dict.fromkeys((str(row["role"] or ""), str(row["via"])) for row in rows)),
    )


_NO_CLAIM: Row = dict.fromkeys(("claim_iri", "how_iri", "words", "span_iri"))


def _memberships(reading: Reading, iri: str) -> list[Row]:
    """The groups of a party and the members of a group, each with the claims that say so, a row a span; without any, one row."""
    claims: dict[tuple[object, object], list[Row]] = defaultdict(list)
    rows = reading.rows("memberships", party=iri)
    for row in rows:
        if row["claim_iri"]:
            claims[row["side"], row["other_iri"]].append({key: row[key] for key in _NO_CLAIM})
    return [
        {**row, **claim}
        for row in rows
        if row["via"]
        for claim in claims.get((row["side"], row["other_iri"]), [_NO_CLAIM])
    ]


def _values(rows: Sequence[Row], predicate: str) -> list[str]:
    found = {str(row["value"]) for row in rows if row["predicate_iri"] == predicate}
    return sorted(found, key=sort_key)


def _members(reading: Reading, rows: Sequence[Row], side: str, via: str) -> list[Member]:
    wanted = [row for row in rows if row["side"] == side and row["via"] == via]
    members = [
        Member(
            other=Link(str(same[0]["other"]), str(same[0]["other_iri"])),
            closure=reading.code(same[0]["closure_iri"]),
            how=str(same[0]["how_iri"]) if same[0]["how_iri"] else None,
            quote=quote_of(same) if same[0]["words"] else None,
        )
        for same in grouped(wanted, "other_iri")
    ]
    return sorted(members, key=lambda member: sort_key(member.other.label))


def _inspections(reading: Reading, scope: Scope, iri: str) -> list[Inspection]:
    lines = {line.iri: line for line in reading.lines}
    return [
        Inspection(
            target=task_link(
                reading, scope, str(rows[0]["target_iri"]), lines[str(rows[0]["target_iri"])].plan
            ),
            mode=str(rows[0]["mode_iri"]) if rows[0]["mode_iri"] else None,
            how=str(rows[0]["how_iri"]) if rows[0]["how_iri"] else None,
            quote=quote_of(rows),
        )
        for rows in grouped(reading.rows("inspections", party=iri), "target_iri")
        if str(rows[0]["target_iri"]) in lines and scope.has(lines[str(rows[0]["target_iri"])].plan)
    ]
