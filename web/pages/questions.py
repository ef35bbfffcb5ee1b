"""The questions: the list, and each as a form whose answer has an address to share."""

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from cancu.queries.answer import Answer, ask
from cancu.queries.catalogue import question, questions
from cancu.queries.errors import (
    AmbiguousValue,
    MissingValue,
    QueryError,
    UnknownQuestion,
    UnknownValue,
)
from cancu.queries.why.explain import can_explain
from cancu.web.answers import as_csv, cells, counts
from cancu.web.language import language_of
from cancu.web.scope import FIELD, Scoped
from cancu.web.site import Data, render
from cancu.web.why import choices as missing_choices
from cancu.web.why import row_links

router = APIRouter(include_in_schema=False)

OURS = ("lang", "format")
"""What an address may carry besides the parameters of a question."""


@router.get("/cau-hoi")
def listed(request: Request, reading: Data, scope: Scoped) -> HTMLResponse:
    """All questions."""
    return render(request, "questions.html", questions=list(questions().values()))


@router.get("/cau-hoi/{code}", response_model=None)
def asked(
    request: Request, reading: Data, scope: Scoped, code: str, format: str = Query(default="")
) -> Response:
    """A question with its answer; a value that names nothing is said beside the form."""
    found = question(code)
    values = typed(request)
    language = language_of(request)
    answer: Answer | None = None
    problem: QueryError | None = None
    try:
        answer = ask(found.code, values, reading.dataset)
    except UnknownQuestion:
        raise
    except QueryError as error:
        problem = error
    if answer and format == "csv":
        return csv_response(answer, language)
    return render(
        request,
        "question.html",
        400 if problem and not isinstance(problem, MissingValue) else 200,
        question=found,
        values=values,
        answer=answer,
        rows=cells(reading, answer, language) if answer else [],
        counts=counts(answer) if answer else [],
        problem=problem,
        nearest=nearest_of(problem),
        # What a question cannot do without is asked for, not complained about.
        asks=isinstance(problem, MissingValue),
        choices={p.name: reading.choices(p.type, scope.iri) for p in found.parameters},
        explains=can_explain(found),
        whys=row_links(answer, values) if answer else [],
        missing_choices=missing_choices(reading, found, scope.iri),
        csv=request.url.include_query_params(format="csv"),
    )


def typed(request: Request) -> dict[str, str]:
    """The parameters in an address; empty ones count as left out, `ke-hoach` is the plan."""
    return {
        "plan" if k == FIELD else k: v
        for k, v in request.query_params.items()
        if k not in OURS and v.strip()
    }


def csv_response(answer: Answer, language: str) -> Response:
    """An answer as a file."""
    name = f"{answer.question.code}-{answer.snapshot}.csv"
    return Response(
        as_csv(answer, language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def nearest_of(problem: QueryError | None) -> tuple[str, ...]:
    """What comes near to a value that names nothing, or several things."""
    if isinstance(problem, UnknownValue):
        return problem.nearest
    if isinstance(problem, AmbiguousValue):
        return tuple(c.rsplit(" <", 1)[0] for c in problem.candidates)
    return ()
