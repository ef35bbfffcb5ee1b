"""The list of tasks: of everything at `/`, of one plan at `/nhiem-vu/{place}/{year}/{key}`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.loaders.errors import CancuError
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.parameters import resolve
from cancu.web.addresses import plan_iri
from cancu.web.collation import sort_key
from cancu.web.errors import NoPage
from cancu.web.formats import query_with
from cancu.web.lines import KINDS, Filters, Line, keep, tier_counts
from cancu.web.pages.questions import LETTERS
from cancu.web.reading import Reading
from cancu.web.scope import Scoped
from cancu.web.site import Data, render
from cancu.web.timeline import Slot, due_in, slots_of
from cancu.web.words import Link

router = APIRouter(include_in_schema=False)

PER_PAGE = 150
TOP = 3
"""How many of those who lead the most tasks are named at a glance."""
VIAS = ("named", "group", "possible")
Page = Annotated[int, Query(ge=1, le=100_000)]
PLANS_PER_PAGE, PLANS_PAGE = 50, "trang-ke-hoach"
PlansPage = Annotated[int, Query(ge=1, le=100_000, alias=PLANS_PAGE)]
Text = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True)
class Asked:
    """The fields of the filter form, as typed."""

    kind: str
    section: str
    agency: str
    role: str
    via: str
    quarter: str
    q: str

    def query(self, **changes: str) -> str:
        """The query string of this form with changes, empty fields left out."""
        fields = {**vars(self), **changes}
        kept = {
            k: v
            for k, v in fields.items()
            if v and (k, v) not in {("kind", "task"), ("via", "named")}
        }
        return "?" + urlencode(kept) if kept else "?"


@dataclass(frozen=True)
class Glance:
    """A plan in a few numbers, each kind by itself.

    Attributes:
        year: the year in which most is due.
        quarters: its quarters with what is due in them, by kind of line.
        leads: who leads most, named, with the number of tasks.
        more: how many others lead.
        certain, sample: entries of inspection lists.
    """

    year: str
    quarters: tuple[tuple[Slot, Mapping[str, int]], ...]
    leads: tuple[tuple[Link, int], ...]
    more: int
    certain: int
    sample: int


def _asked(
    kind: Text = "",
    section: Text = "",
    agency: Text = "",
    role: Text = "",
    via: Text = "",
    quarter: Text = "",
    q: Text = "",
) -> Asked:
    return Asked(kind or "task", section, agency, role, via or "named", quarter, q)


Form = Annotated[Asked, Depends(_asked)]


@router.get("/")
def home(
    request: Request,
    reading: Data,
    scope: Scoped,
    asked: Form,
    page: Page = 1,
    plans_page: PlansPage = 1,
) -> HTMLResponse:
    """Everything there is, or all of one plan."""
    return _list(request, reading, asked, scope.iri, page, plans_page, front=True)


@router.get("/nhiem-vu/{place}/{year}/{key}")
def plan(
    request: Request,
    reading: Data,
    place: str,
    year: str,
    key: str,
    asked: Form,
    page: Page = 1,
) -> HTMLResponse:
    """The tasks of one plan."""
    iri = plan_iri(place, year, key)
    if iri is None or iri not in {row["plan_iri"] for row in reading.plans}:
        raise NoPage(request.url.path)
    return _list(request, reading, asked, iri, page)


def _list(
    request: Request,
    reading: Reading,
    asked: Asked,
    plan: str,
    page: int,
    plans_page: int = 1,
    front: bool = False,
) -> HTMLResponse:
    lines = reading.lines_of.get(plan, ()) if plan else reading.lines
    problem: CancuError | None = None
    ways: dict[str, set[str]] = {}
    found: list[Line] = []
    try:
        filters, ways = _filters(reading, asked, plan)
        found = keep(lines, filters)
    except CancuError as error:
        problem = error
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    of_kind = [line for line in lines if line.kind == asked.kind]
    numbers = Counter(line.kind for line in lines)
    shown_plan = plan or (reading.plans[0]["plan_iri"] if len(reading.plans) == 1 else "")
    plans = [row for row in reading.plans if not plan or row["plan_iri"] == plan]
    shown_plans = plans[(plans_page - 1) * PLANS_PER_PAGE : plans_page * PLANS_PER_PAGE]
    return render(
        request,
        "home.html",
        400 if problem else 200,
        asked=asked,
        plans=shown_plans,
        plans_page=plans_page,
        plans_pages=max(1, -(-len(plans) // PLANS_PER_PAGE)),
        other_plans=lambda number: request.url.path + query_with(request, {PLANS_PAGE: number}),
        plan=plan,
        shown_plan=shown_plan,
        front=front,
        counts={row["plan_iri"]: _tiers(reading, row) for row in shown_plans},
        kinds=[(kind, numbers[kind]) for kind in KINDS],
        groups=_groups(shown),
        total=len(found),
        of_kind=len(of_kind),
        filtered=bool(asked.section or asked.agency or asked.role or asked.quarter or asked.q),
        page=page,
        pages=max(1, -(-len(found) // PER_PAGE)),
        ways=ways,
        sections=_sections(of_kind) if plan or len(reading.plans) == 1 else {},
        agencies=_agencies(reading, lines, plan),
        roles=_roles(of_kind),
        quarters=_quarters(of_kind),
        vias=VIAS,
        problem=problem,
        glance=_glance(reading, str(shown_plan)) if shown_plan else None,
        letters=[
            (letter, title, sum(code.startswith(letter) for code in questions()))
            for letter, title in LETTERS.items()
        ],
    )


def _glance(reading: Reading, plan: str) -> Glance:
    """A plan at a glance, from questions B13 and E6 and the last days of question C9."""
    own = reading.lines_of.get(plan, ())
    years = Counter(line.latest[:4] for line in own if line.latest)
    year = max(sorted(years), key=lambda y: years[y], default="")
    leads = [r for r in ask("B13", {"plan": plan}, reading.dataset).every if int(r["lead"] or 0)]
    counted = ask("E6", {"plan": plan}, reading.dataset).every
    return Glance(
        year=year,
        quarters=tuple((s, due_in(own, s)) for s in slots_of(int(year), months=False))
        if year
        else (),
        leads=tuple(
            (Link(str(r["agency"]), str(r["agency_iri"])), int(r["lead"] or 0)) for r in leads[:TOP]
        ),
        more=len(leads[TOP:]),
        certain=int(counted[0]["inspected"] or 0) if counted else 0,
        sample=int(counted[0]["sampled"] or 0) if counted else 0,
    )


def _filters(reading: Reading, asked: Asked, plan: str) -> tuple[Filters, dict[str, set[str]]]:
    """What the form means, and in which ways the asked agency takes part in which task.

    Raises:
        UnknownValue, AmbiguousValue, BadValue: an agency or quarter that is none.
    """
    ways = _ways(reading, asked, plan) if asked.agency else {}
    start = end = ""
    if asked.quarter:
        bound = resolve("quarter", "quarter", asked.quarter, reading.dataset, plan or None).bindings
        start, end = bound["quarter_start_asked"].value, bound["quarter_end_asked"].value
    return (
        Filters(
            kind=asked.kind,
            plan=plan,
            section=asked.section,
            role=asked.role,
            start=start,
            end=end,
            text=asked.q,
            iris=frozenset(ways) if asked.agency else None,
        ),
        ways,
    )


def _ways(reading: Reading, asked: Asked, plan: str) -> dict[str, set[str]]:
    """Task -> how the asked agency takes part, in the asked role and ways; being inspected is a part too."""
    bound = resolve("agency", "agency", asked.agency, reading.dataset, plan or None).bindings
    iri = bound["agency_asked"].value
    found: dict[str, set[str]] = {}
    for row in reading.rows("work", party=iri):
        role_fits = not asked.role or reading.code(row["role_iri"]) == asked.role
        if role_fits and asked.via in ("all", row["via"]):
            found.setdefault(str(row["task_iri"]), set()).add(str(row["via"]))
    if asked.role in ("", "inspected") and asked.via in ("all", "named"):
        for row in reading.rows("inspections", party=iri):
            found.setdefault(str(row["target_iri"]), set()).add("named")
    return found


def _tiers(reading: Reading, plan: Row) -> dict[str, int]:
    own = [line for line in reading.lines_of.get(str(plan["plan_iri"]), ()) if line.kind == "task"]
    return dict(tier_counts(own)) | {"tasks": len(own)}


def _groups(lines: Sequence[Line]) -> list[tuple[str, str, list[Line]]]:
    """Lines by plan and section, in order: plan IRI, label of the section, lines."""
    return [
        (plan, section, list(group))
        for (plan, section), group in groupby(
            lines, lambda line: (line.plan, line.section.label if line.section else "")
        )
    ]


def _sections(lines: Sequence[Line]) -> dict[str, str]:
    """Value of the form -> label."""
    return {
        line.section.iri.rsplit("/", 1)[-1]: line.section.label for line in lines if line.section
    }


def _agencies(reading: Reading, lines: Sequence[Line], plan: str) -> list[str]:
    """The bodies named anywhere in the lines, and the members of the groups named there."""
    offered = reading.choices("agency", plan)
    if not offered:
        return []
    named = {p.link.label for line in lines for p in line.parties if not p.group} | reading.members
    # What several places have is offered with the place: "Phòng Nội vụ (Sầm Sơn)".
    known = (choice for choice in offered if choice.split(" (")[0] in named)
    return sorted(known, key=sort_key)


def _roles(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(party.role for line in lines for party in line.parties))


def _quarters(lines: Sequence[Line]) -> list[str]:
    """The quarters in which a line has its last day: "2023-Q2"."""
    days = (line.latest for line in lines if line.latest)
    return sorted({f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}" for day in days})
