"""Search for programs, and what the search box suggests; described in /api/openapi.json."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from cancu.graph.search_entries import KINDS
from cancu.queries.search import Asked, search, suggest
from cancu.web.found import result_as_json, suggestions_as_json
from cancu.web.language import language_of
from cancu.web.scope import FIELD, Scoped
from cancu.web.site import Data

router = APIRouter(prefix="/api", tags=["tim-kiem"])

KIND_PATTERN = f"^({'|'.join(KINDS)})?$"
MOST = 100
"""Things of a kind that one answer may hold."""


@dataclass
class Segment:
    """A piece of text, and whether it is what was looked for."""

    text: str
    found: bool


@dataclass
class FoundThing:
    """Something found; `start` and `end` are the offsets of a passage in its source."""

    kind: str
    iri: str
    label: str
    note: str
    plan: str
    title: list[Segment]
    snippet: list[Segment]
    match: str
    whole: bool
    page: str
    start: int | None
    end: int | None


@dataclass
class FoundGroup:
    """The things of one kind: how many there are, and those asked for."""

    kind: str
    name: str
    total: int
    hits: list[FoundThing]


@dataclass
class NearestThings:
    """What comes nearest where nothing was found."""

    queries: list[str]
    counts: dict[str, int]
    words: dict[str, list[str]]
    things: list[FoundThing]
    elsewhere: int


@dataclass
class SearchAnswer:
    """What a search gave; `exact` is the one thing whose whole name or number was typed."""

    query: str
    cut: bool
    plan: str
    exact: FoundThing | None
    named: int
    begun: bool
    counts: dict[str, int]
    groups: list[FoundGroup]
    nearest: NearestThings | None
    snapshot: str


@dataclass
class Suggestion(FoundThing):
    """A suggestion: something found, with the names of its kind and plan."""

    name: str
    plan_name: str


@dataclass
class SuggestAnswer:
    """What to suggest while somebody types; `queries` where nothing is found as typed."""

    query: str
    suggestions: list[Suggestion]
    queries: list[str]


@router.get(
    "/tim-kiem",
    summary="Search",
    response_model=None,
    responses={200: {"model": SearchAnswer | SuggestAnswer}},
    openapi_extra={
        "parameters": [
            {
                "name": FIELD,
                "in": "query",
                "schema": {"type": "string"},
                "description": "One plan, by slug, number or name; all without it.",
            }
        ]
    },
)
def find(
    request: Request,
    reading: Data,
    scope: Scoped,
    q: Annotated[str, Query(description="Words, a number or a name, with or without marks.")] = "",
    loai: Annotated[str, Query(pattern=KIND_PATTERN, description="One kind of thing only.")] = "",
    tu: Annotated[int, Query(ge=0, le=1_000_000, description="How many of a kind to skip.")] = 0,
    so: Annotated[int, Query(ge=1, le=MOST, description="How many of a kind to give.")] = 10,
    goi_y: Annotated[bool, Query(alias="goi-y", description="Suggestions while typing.")] = False,
) -> JSONResponse:
    """Tasks, legal documents, articles, agencies and groups, appendix rows and the text of plans that have all words.

    A word typed with marks is found with these marks only; one typed without is found with any. Quotation marks make a phrase. Best first:
    what was named as a whole, then spelled as typed, then the rest. Where nothing is found, `nearest` says what comes nearest.
    """
    language = language_of(request)
    if goi_y:
        found = suggest(reading.dataset, q, scope.iri)
        return JSONResponse(suggestions_as_json(found, scope, language))
    result = search(reading.dataset, Asked(q, scope.iri, loai, so, tu))
    return JSONResponse(result_as_json(result, scope, language))
