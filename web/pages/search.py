"""The page of a search: a form, what was found by kind, and where nothing is, what comes nearest."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from cancu.graph.search_entries import KINDS
from cancu.queries.search import SHOWN, Asked, Group, Result, search
from cancu.web.found import shown
from cancu.web.scope import Scope, Scoped
from cancu.web.search_api import KIND_PATTERN
from cancu.web.site import Data, render

router = APIRouter(include_in_schema=False)

PER_PAGE = 20
EXAMPLES = ("61/2018", "thu tuc hanh chinh", "Phòng Nội vụ", "“một cửa liên thông”")


@router.get("/tim-kiem")
def found(
    request: Request,
    reading: Data,
    scope: Scoped,
    q: str = "",
    loai: Annotated[str, Query(pattern=KIND_PATTERN)] = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """What was found: the first few of each kind, or all of one kind page by page."""
    number = PER_PAGE if loai else SHOWN
    asked = Asked(q, scope.iri, loai, number, (trang - 1) * number if loai else 0)
    result = search(reading.dataset, asked)
    here = [group for group in result.groups if group.hits]
    return render(
        request,
        "search.html",
        result=result,
        asked=asked,
        tabs=sorted(result.groups, key=lambda group: KINDS.index(group.kind)),
        groups=[_with_pages(group, result, scope, loai) for group in here],
        best=shown(result.best, scope) if result.best else None,
        things=[shown(hit, scope) for hit in result.things],
        page=trang,
        pages=_pages(result, loai),
        examples=EXAMPLES,
    )


def _with_pages(group: Group, result: Result, scope: Scope, kind: str) -> dict[str, object]:
    """A group for the template; what is shown above all groups is not shown again, but counted."""
    hits = [shown(hit, scope) for hit in group.hits if kind or hit != result.best]
    return {"kind": group.kind, "total": group.total, "hits": hits}


def _pages(result: Result, kind: str) -> int:
    total = next((group.total for group in result.groups if group.kind == kind), 0)
    return max(1, -(-total // PER_PAGE))
