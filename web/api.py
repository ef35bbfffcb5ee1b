"""The questions as JSON or CSV for programs; described in /api/openapi.json."""

from typing import Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from cancu.queries.answer import ask
from cancu.queries.catalogue import Question, question, questions
from cancu.web.language import language_of
from cancu.web.pages.questions import csv_response, typed
from cancu.web.site import Data

router = APIRouter(prefix="/api", tags=["cau-hoi"])


@router.get("/cau-hoi", summary="The questions", response_model=None)
def all_questions() -> list[dict[str, Any]]:
    """Code, title, explanation, parameters and columns of every question, in Vietnamese and English."""
    return [_described(found) for found in questions().values()]


@router.get("/cau-hoi/{code}", summary="The answer to a question", response_model=None)
def answer(
    request: Request,
    reading: Data,
    code: str,
    format: str = Query(default="json", pattern="^(json|csv)$"),
) -> Response:
    """The rows of an answer; the question's own parameters are further query parameters (`?document=61/2018/NĐ-CP`).

    CSV is UTF-8 with a byte-order mark; a cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    found = ask(question(code).code, typed(request), reading.dataset)
    if format == "csv":
        return csv_response(found, language_of(request))
    return JSONResponse(found.as_json())


def _described(found: Question) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": vars(found.title),
        "explanation": vars(found.explanation),
        "tags": list(found.tags),
        "parameters": [
            {"name": p.name, "type": p.type, "label": vars(p.label), "default": p.default}
            for p in found.parameters
        ],
        "columns": [
            {"name": c.name, "type": c.type, "label": vars(c.label)} for c in found.columns
        ],
    }
