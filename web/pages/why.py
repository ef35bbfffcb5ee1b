"""Why a row stands in an answer, or a thing does not: a page for every row and every missing thing of every question."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from cancu.queries.catalogue import question
from cancu.queries.errors import QueryError, UnknownQuestion
from cancu.queries.why.explain import Explanation, explain
from cancu.queries.why.rows import Wanted
from cancu.queries.why.told import blocks
from cancu.web.addresses import page_of
from cancu.web.language import language_of
from cancu.web.pages.questions import nearest_of, typed
from cancu.web.reading import Reading
from cancu.web.scope import Scoped
from cancu.web.site import Data, render
from cancu.web.why import NAME, ROW, choices, places, query_text, shown

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api", tags=["cau-hoi"])


@router.get("/cau-hoi/{code}/vi-sao")
def why(request: Request, reading: Data, scope: Scoped, code: str) -> HTMLResponse:
    """Why a row is there, why a thing is not, or why there is no row at all."""
    asked = question(code)
    found: Explanation | None = None
    problem: QueryError | None = None
    try:
        found = explained(request, reading, asked.code)
    except UnknownQuestion:
        raise
    except QueryError as error:
        problem = error
    language = language_of(request)
    return render(
        request,
        "why.html",
        400 if problem else 200,
        question=asked,
        values=values_of(request),
        name=request.query_params.get(NAME, ""),
        found=found,
        rows=[(one, shown(found.answer, one.row, language)) for one in found.rows] if found else [],
        problem=problem,
        nearest=nearest_of(problem),
        choices=choices(reading, asked, scope.iri),
        blocks=blocks,
        places=places,
        page_of=page_of,
        back=f"/cau-hoi/{asked.code}" + query_text(values_of(request)),
        json=f"/api{request.url.path}?{request.url.query}",
    )


@api.get(
    "/cau-hoi/{code}/vi-sao", summary="Why a row is there, or why it is not", response_model=None
)
def why_json(request: Request, reading: Data, code: str) -> JSONResponse:
    """The facts that a row rests on, or the conditions that keep a thing out, in Vietnamese and English.

    `dong=task=II.5` names a row by a column and its value, once for each column; `ten=II.5` a task, agency or document as
    people type it; neither asks why there is no row. The question's own parameters are further query parameters.
    """
    return JSONResponse(explained(request, reading, question(code).code).as_json())


def explained(request: Request, reading: Reading, code: str) -> Explanation:
    """The explanation that an address asks for.

    Raises:
        QueryError: see `explain`.
    """
    pairs = [text.partition("=") for text in request.query_params.getlist(ROW) if "=" in text]
    wanted = Wanted(
        [(column, value) for column, _, value in pairs],
        request.query_params.get(NAME, "").strip(),
    )
    return explain(code, values_of(request), wanted, reading.dataset)


def values_of(request: Request) -> dict[str, str]:
    """The parameters of the question in an address."""
    return {name: value for name, value in typed(request).items() if name not in (ROW, NAME)}
