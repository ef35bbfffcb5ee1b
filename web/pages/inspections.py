"""Who is listed for inspection, certainly or in a sample, when and by whom; and who of them must also review."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.queries.codes import all_codes
from cancu.web.lines import Line
from cancu.web.paging import piece_of
from cancu.web.reading import Reading
from cancu.web.roster import SELECTIONS
from cancu.web.scope import Scoped
from cancu.web.site import Data, render
from cancu.web.words import Link, Quote, grouped, place_of

router = APIRouter(include_in_schema=False)

LISTS, LISTS_PAGE = 8, "trang"
"""How many lists there are on one page, and the field of its number."""

PER_PAGE, BOTH_PAGE = 80, "trang-ra-soat"
"""The same for the reviews of listed bodies."""

SELECTION = "dien"
"""The name of a selection in an address."""


@dataclass(frozen=True)
class Target:
    """An entry of an inspection list."""

    entry: Link
    agency: Link
    how: str
    quote: Quote


@dataclass(frozen=True)
class Batch:
    """Entries of one selection and mode under the same note."""

    selection: str
    mode: str
    note: Quote | None
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Inspection:
    """A list of whom to inspect: of a task that says when and by whom, or of a plan alone.

    Attributes:
        plan: address of the plan.
        line: the task; None where the plan has a list and no task for it.
        deadline: when, as written.
        periods: the same as days.
        numbers: selection -> how many entries; never added up.
        batches: the entries.
    """

    plan: str
    line: Line | None
    deadline: Quote | None
    periods: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, int], ...]
    batches: tuple[Batch, ...]


@dataclass(frozen=True)
class Both:
    """A review that a listed body must do, beside its entry in the list."""

    plan: str
    agency: Link
    review: Link
    field: str
    due: Quote | None
    latest: str
    target: Link
    selection: str
    inside: str


@router.get("/kiem-tra")
def inspections(request: Request, reading: Data, scope: Scoped, dien: str = "") -> HTMLResponse:
    """All lists, or the entries of one selection."""
    rows = reading.ask("E1", scope.values)
    wanted = dien if dien in SELECTIONS else ""
    shown = [row for row in rows if not wanted or row["selection"] == wanted]
    listed = piece_of(request, grouped(shown, "plan_iri", "task_iri"), LISTS_PAGE, LISTS)
    both = _both(reading.ask("B11", scope.values), rows, wanted)
    pairs = [(plan, one) for plan, found in both for one in found]
    paired = piece_of(request, pairs, BOTH_PAGE, PER_PAGE)
    return render(
        request,
        "inspections.html",
        inspections=[_inspection(reading, same) for same in listed.items],
        lists=listed,
        selections=[s for s in SELECTIONS if any(row["selection"] == s for row in rows)],
        wanted=wanted,
        both=_counted(both, {plan for plan, _ in paired.items}),
        reviews=[_review(reading, row, selection) for _, (row, selection) in paired.items],
        paired=paired,
        insides=all_codes("yesno"),
    )


def _inspection(reading: Reading, rows: Sequence[Row]) -> Inspection:
    first = rows[0]
    entries = grouped(rows, "inspection_iri")
    numbers = [
        (selection, sum(same[0]["selection"] == selection for same in entries))
        for selection in SELECTIONS
    ]
    task, plan = str(first["task_iri"] or ""), str(first["plan_iri"])
    batches = grouped([same[0] for same in entries], "selection", "mode", "note")
    return Inspection(
        plan=plan,
        line=reading.line_of.get(task),
        deadline=_said(reading, first["deadline"], task, plan),
        periods=tuple(
            dict.fromkeys(
                (str(row["start"] or ""), str(row["end"] or ""))
                for row in rows
                if row["start"] or row["end"]
            )
        ),
        numbers=tuple((selection, number) for selection, number in numbers if number),
        batches=tuple(_batch(reading, same) for same in batches),
    )


def _batch(reading: Reading, rows: Sequence[Row]) -> Batch:
    first = rows[0]
    return Batch(
        str(first["selection"]),
        str(first["mode"] or ""),
        _note(reading, rows) if first["note"] else None,
        tuple(_target(row) for row in rows),
    )


def _note(reading: Reading, rows: Sequence[Row]) -> Quote:
    """The note over entries: where all of them say it stands, since each also counts its own words as evidence."""
    words, plan = rows[0]["note"], rows[0]["plan_iri"]
    said = [set(reading.places(words, {str(row["inspection_iri"])}, plan)) for row in rows]
    return Quote(str(words), tuple(sorted(set.intersection(*said) or set.union(*said))))


def _target(row: Row) -> Target:
    place = place_of(row["span_iri"])
    return Target(
        Link(str(row["inspection"]), str(row["inspection_iri"])),
        Link(str(row["agency"]), str(row["agency_iri"])),
        str(row["how"] or ""),
        Quote(str(row["quote"]), (place,) if place else ()),
    )


def _said(reading: Reading, words: object, subject: str, plan: str) -> Quote | None:
    return Quote(str(words), reading.places(words, {subject}, plan)) if words else None


Pair = tuple[Row, str]
"""The first row of a review by a listed body (question B11), and the selection that its entry is of."""


def _both(rows: Sequence[Row], listed: Sequence[Row], wanted: str) -> list[tuple[str, list[Pair]]]:
    """The reviews of listed bodies by plan, those of one selection where it is asked for."""
    selections = {str(row["inspection_iri"]): str(row["selection"]) for row in listed}
    found: dict[str, list[Pair]] = {}
    for same in grouped(rows, "plan_iri", "task_iri", "agency_iri", "target_iri"):
        selection = selections.get(str(same[0]["target_iri"]), "unknown")
        if not wanted or selection == wanted:
            found.setdefault(str(same[0]["plan_iri"]), []).append((same[0], selection))
    return list(found.items())


def _counted(
    both: Sequence[tuple[str, list[Pair]]], plans: Collection[str]
) -> list[tuple[str, Mapping[str, int]]]:
    """How many reviews of each of these plans fall within the inspection, do not, or nobody knows: all of the plan's."""
    return [
        (plan, Counter(str(row["inside"]) for row, _ in found))
        for plan, found in both
        if plan in plans
    ]


def _review(reading: Reading, row: Row, selection: str) -> Both:
    plan, task = str(row["plan_iri"]), str(row["task_iri"])
    return Both(
        plan=plan,
        agency=Link(str(row["agency"]), str(row["agency_iri"])),
        review=Link(str(row["task"]), task),
        field=str(row["field"]),
        due=_said(reading, row["deadline"], task, plan),
        latest=str(row["latest"] or ""),
        target=Link(str(row["target"]), str(row["target_iri"])),
        selection=selection,
        inside=str(row["inside"]),
    )
