"""What people type, as the terms a question is asked with.

A document, body, group, task or plan may be given by number, name or address, a time in the ways that people say it
(see `names`). Exactly one match is used; several or none are an error that says so. Nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from cancu.graph.dataset import Dataset
from cancu.ontology.iri import BASE, parse
from cancu.ontology.terms import XSD
from cancu.queries.errors import AmbiguousValue, BadValue, UnknownValue
from cancu.queries.names.lookup import Lookup, lookup_of
from cancu.queries.names.patterns import load
from cancu.queries.names.things import QUERIES, Thing
from cancu.queries.names.times import When, read_when
from cancu.queries.plans import PlanName, plan_of

Bindings = dict[str, NamedNode | Literal]

NAMES: Mapping[str, str] = QUERIES
"""For each type of thing, the query that lists its addresses, labels and names."""

TIMES = ("date", "quarter", "year", "period")
"""The types of times. A date binds one variable, the others the first and the last day."""

_KINDS = {
    "document": ("văn bản", "document"),
    "agency": ("cơ quan", "agency"),
    "task": ("nhiệm vụ", "task"),
    "plan": ("kế hoạch", "plan"),
    "group": ("nhóm cơ quan", "group of bodies"),
}
_LISTED = 10
"""Candidates named in a sentence; an error holds all of them."""


@dataclass(frozen=True)
class Resolved:
    """A value as understood: what to show, and the variables it binds."""

    shown: str
    bindings: Bindings


def resolve(
    kind: str,
    name: str,
    value: str,
    dataset: Dataset,
    plan: str | None = None,
    today: date | None = None,
) -> Resolved:
    """The meaning of `value` for a parameter `name` of type `kind`.

    Args:
        kind: "document", "agency", "group", "task", "plan", or one of TIMES.
        name: what the variables are called: ?NAME_asked; of quarters, years and periods ?NAME_start_asked and ?NAME_end_asked,
            both days inclusive, an open side 0001-01-01 or 9999-12-31.
        value: as typed.
        dataset: what is asked.
        plan: address of the plan asked about: its things come first, its year is that of a time typed without one.
        today: the day from which "tháng này" is counted; the present day if not given.

    Raises:
        UnknownValue, AmbiguousValue: nothing, or several things, have this name; a time without a year may be of several.
        BadValue: not a date, quarter, year or period, or one that nobody can tell the days of.
    """
    if kind in NAMES:
        iri, label = find(kind, value, dataset, plan)
        return Resolved(label, {f"{name}_asked": NamedNode(iri)})
    return _time(kind, name, value, dataset, plan, today or date.today())


def find(kind: str, value: str, dataset: Dataset, plan: str | None = None) -> tuple[str, str]:
    """Address and label of the one thing of this kind with this name, number or IRI.

    Where several have it, the one of the plan `plan` is meant, if one is asked about; else a name may say which: "II.5
    (27/QĐ-UBND · Sầm Sơn 2024)", "Phòng Nội vụ (Sầm Sơn)".

    Raises:
        UnknownValue, AmbiguousValue: none or several.
    """
    lookup = lookup_of(dataset)
    found = lookup.find(kind, value)
    if len(found) > 1 and plan:
        found = [t for t in found if belongs(kind, t.iri, plan, lookup.index.plans)] or found
    if len(found) > 1:
        raise _several(kind, value, found)
    if not found:
        raise _none(kind, value, lookup)
    return found[0].iri, found[0].label


def _several(kind: str, value: str, found: list[Thing]) -> AmbiguousValue:
    candidates = sorted(f"{thing.told} <{thing.iri}>" for thing in found)
    return _to_choose(
        f"“{value}” có thể là nhiều {_KINDS[kind][0]}",
        f"“{value}” may be several things",
        candidates,
    )


def _to_choose(vi: str, en: str, candidates: list[str]) -> AmbiguousValue:
    listed, more = "; ".join(candidates[:_LISTED]), len(candidates) - _LISTED
    return AmbiguousValue(
        f"{vi}: {listed}{f'; và {more} mục khác' if more > 0 else ''}. Hãy chọn một.",
        f"{en}: {listed}{f'; and {more} more' if more > 0 else ''}. Choose one.",
        candidates,
    )


def _none(kind: str, value: str, lookup: Lookup) -> UnknownValue:
    nearest = lookup.nearest(kind, value)
    near_vi = f" Gần nhất: {'; '.join(nearest)}." if nearest else ""
    near_en = f" Nearest: {'; '.join(nearest)}." if nearest else ""
    vi, en = _KINDS[kind]
    return UnknownValue(
        f"Không có {vi} nào là “{value}”.{near_vi}",
        f"There is no {en} “{value}”.{near_en}",
        nearest,
    )


def belongs(kind: str, iri: str, plan: str, plans: Mapping[str, PlanName]) -> bool:
    """Whether a task is of a plan, a body or group of its place."""
    if kind == "task":
        owner = plan_of(iri, plans)
        return owner is not None and owner.iri == plan
    mine, theirs = parse(iri), parse(plan)
    if kind not in ("agency", "group") or mine is None or theirs is None:
        return False
    of_task = mine.fields.get("plan_key")
    return mine.fields.get("place") == theirs.fields.get("place") and (
        of_task is None or of_task == theirs.fields.get("key")
    )


_BAD = {
    "date": (
        "“{}” không phải một ngày; hãy viết như 30/06/2023 hoặc 2023-06-30.",
        "“{}” is not a day; write 30/06/2023 or 2023-06-30.",
    ),
    "quarter": (
        "“{}” không phải một quý; hãy viết như II/2023 hoặc 2023-Q2.",
        "“{}” is not a quarter; write II/2023 or 2023-Q2.",
    ),
    "year": ("“{}” không phải một năm; hãy viết như 2023.", "“{}” is not a year; write 2023."),
    "period": (
        "“{}” không phải một khoảng thời gian; hãy viết như quý II/2023, tháng 5/2023, trước 30/06/2023 hoặc từ 01/03/2023 đến 30/04/2023.",
        "“{}” is not a period; write as in quý II/2023, tháng 5/2023, trước 30/06/2023 or 2023-03-01..2023-04-30.",
    ),
    "vague": (
        "“{}” không nói rõ từ ngày nào đến ngày nào; hãy nêu ngày, tháng, quý hoặc năm.",
        "“{}” does not say on which day it begins and ends; name days, months, quarters or a year.",
    ),
    "undated": (
        "“{}” không nói năm nào; hãy thêm năm, như quý II/2023.",
        "“{}” does not say in which year; add it, as in quý II/2023.",
    ),
}


def _bad(kind: str, value: str) -> BadValue:
    vi, en = _BAD[kind]
    return BadValue(vi.format(value), en.format(value))


def _time(
    kind: str, name: str, value: str, dataset: Dataset, plan: str | None, today: date
) -> Resolved:
    read = read_when(value, today, quarter=kind == "quarter")
    if read and read.how == "vague":
        raise _bad("vague", value)
    fits = {"date": "day", "quarter": "quarter", "year": "year"}
    if read is None or (kind != "period" and read.kind != fits[kind]):
        raise _bad(kind, value)
    when = read if read.dated else _dated(read, value, dataset, plan)
    try:
        first, last = when.days()
    except ValueError as error:
        raise _bad(kind, value) from error
    if kind == "date":
        return Resolved(first.isoformat(), {f"{name}_asked": _day(first)})
    shown = str(first.year) if kind == "year" else when.said()
    return Resolved(shown, {f"{name}_start_asked": _day(first), f"{name}_end_asked": _day(last)})


def _dated(when: When, value: str, dataset: Dataset, plan: str | None) -> When:
    """A time typed without a year, in that of the plan asked about, else in the only year that the plans are of.

    Raises:
        AmbiguousValue: they are of several years.
        BadValue: they are of none.
    """
    known = _years(lookup_of(dataset), plan)
    if not known:
        raise _bad("undated", value)
    if len(known) > 1:
        candidates = [when.of_year(year).said() for year in known]
        raise _to_choose(
            f"“{value}” có thể là của nhiều năm",
            f"“{value}” may be of several years",
            candidates,
        )
    return when.of_year(known[0])


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=NamedNode(XSD.date))


TYPES = frozenset({*NAMES, *TIMES})
"""The types that a parameter may have."""


def choices(
    kind: str, dataset: Dataset, plan: str | None = None, most: int | None = None
) -> list[str]:
    """What a parameter of this type may be, each once, sorted; for times the years, quarters and halves of the plans.

    A label that several things have is given with what tells them apart; with a plan, its own things have theirs alone.
    Where there are more than `most`, only those of the plan or its place are given; nothing where they are too many too.
    """
    lookup = lookup_of(dataset)
    if kind not in NAMES:
        return _times(kind, lookup, plan)
    things: Sequence[Thing] = lookup.index.things(kind)
    many = most is not None and len(things) > most
    if plan and (kind == "task" or many):
        things = [t for t in things if belongs(kind, t.iri, plan, lookup.index.plans)]
    if most is not None and len(things) > most:
        return []
    if plan and kind == "task":
        return sorted({thing.label for thing in things})
    return sorted({lookup.choice(thing) for thing in things})


def _times(kind: str, lookup: Lookup, plan: str | None) -> list[str]:
    """What to offer for a time: those of load("times")["offered"], of each year of the plans."""
    offered = load("times")["offered"].get(kind, [])
    return [text.format(year=year) for year in _years(lookup, plan) for text in offered]


def _years(lookup: Lookup, plan: str | None) -> list[int]:
    """The years that the plan asked about, or else all plans, are of."""
    plans = lookup.index.plans
    addresses = (parse(iri) for iri in ([plan] if plan and plan in plans else plans))
    years = {address.fields.get("year", "") for address in addresses if address}
    return sorted(int(year) for year in years if year.isdigit())


def is_address(value: str) -> bool:
    """Whether a value is an address of ours."""
    return value.startswith(BASE)
