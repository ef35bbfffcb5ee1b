"""All agencies and groups of the data, with how much each has to do: named, through a group and possibly in columns apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from cancu.queries.errors import BadValue
from cancu.web.collation import sort_key
from cancu.web.formats import query_with
from cancu.web.order import order_of
from cancu.web.roster import COLUMNS, WORKS, Body, Column, columns_of, read_roster
from cancu.web.scope import Scoped
from cancu.web.site import Data, render

router = APIRouter(include_in_schema=False)

PER_PAGE = 200
KINDS = ("co-quan", "nhom")
NAME = "ten"
Text = Annotated[str, Query(max_length=500)]
Number = Annotated[int, Query(ge=1, le=100_000)]


@dataclass(frozen=True)
class Heading:
    """The heading of a column: what it counts (nothing: names), how it is sorted now, and what a click sorts by."""

    work: str
    way: str
    sorted: str
    next: str


@router.get("/co-quan")
def agencies(
    request: Request,
    reading: Data,
    scope: Scoped,
    q: Text = "",
    loai: Text = "",
    trang: Number = 1,
) -> HTMLResponse:
    """Everybody, or those whose names have these words; agencies (and posts), or groups."""
    kind, by = loai if loai in KINDS else KINDS[0], order_of(request)
    roster = read_roster(reading, scope)
    of_kind = [body for body in roster if body.group == (kind == "nhom")]
    fitting = [body for body in of_kind if body.fits(q)]
    found = _arranged([body for body in fitting if body.plan], by)
    columns = columns_of(of_kind)
    return render(
        request,
        "agencies.html",
        kind=kind,
        numbers={code: _number(b for b in roster if b.group == (code == "nhom")) for code in KINDS},
        asked=q.strip(),
        by_name=_by_name(by),
        works=[(work, [_by(c, by) for c in columns if c[0] == work]) for work in WORKS],
        bodies=found[(trang - 1) * PER_PAGE : trang * PER_PAGE],
        number=_number(found),
        pages=max(1, -(-len(found) // PER_PAGE)),
        page=trang,
        idle=sorted((b for b in fitting if not b.plan), key=lambda b: sort_key(b.link.label)),
        open_groups=len({body.link.iri for body in roster if body.plan} & reading.open_groups),
        here=lambda **changes: request.url.path + query_with(request, {"trang": "", **changes}),
    )


def _number(bodies: Iterable[Body]) -> int:
    """How many different bodies have a part in some plan."""
    return len({body.link.iri for body in bodies if body.plan})


def _by_name(by: str) -> Heading:
    first = by in ("", NAME)
    now = "ascending" if first else "descending" if by == f"-{NAME}" else ""
    return Heading("", "", now, f"-{NAME}" if first else "")


def _by(column: Column, by: str) -> Heading:
    """A click sorts by the greatest number, then by the least, then by name again."""
    name = "-".join(column)
    now = {name: "ascending", f"-{name}": "descending"}.get(by, "")
    return Heading(*column, now, {f"-{name}": name, name: ""}.get(by, f"-{name}"))


def _arranged(bodies: Sequence[Body], by: str) -> list[Body]:
    """The bodies by name, or by the number in a column and then by name.

    Raises:
        BadValue: there is no such column.
    """
    named = sorted(bodies, key=lambda body: (sort_key(body.link.label), body.plan))
    wanted, sign = by.removeprefix("-"), -1 if by.startswith("-") else 1
    if wanted in ("", NAME):
        return named[::sign]
    column = next((c for c in COLUMNS if "-".join(c) == wanted), None)
    if column is None:
        known = ", ".join((NAME, *("-".join(c) for c in COLUMNS)))
        raise BadValue(
            f"Không sắp xếp được theo “{by}”. Các cột: {known}.",
            f"There is no column “{by}” to sort by. Columns: {known}.",
        )
    return sorted(named, key=lambda body: sign * body.counts.get(column, 0))
