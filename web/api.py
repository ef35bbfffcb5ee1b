"""The questions for programs; described in /api/openapi.json."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from cancu.queries.catalogue import Question, question, questions
from cancu.queries.errors import NotUnderstood
from cancu.queries.formats.formats import FORMATS, formats_of
from cancu.queries.sentence.offer import as_json
from cancu.queries.sentence.read import ask_sentence
from cancu.web.formats import form_of, send
from cancu.web.pages.questions import answered
from cancu.web.site import Data

router = APIRouter(prefix="/api", tags=["cau-hoi"])


@router.get("/cau-hoi", summary="The questions", response_model=None)
def all_questions() -> list[dict[str, Any]]:
    """Code, title, explanation, parameters and columns of every question, in Vietnamese and English."""
    return [_described(found) for found in questions().values()]


@router.get("/cau-hoi/{code}", include_in_schema=False, response_model=None)
def answer(request: Request, reading: Data, code: str) -> Response:
    """The rows of an answer; what each question takes and gives is described by `openapi`."""
    found = question(code)
    form = form_of(request, found, page=False) or FORMATS["json"]
    return send(request, reading, answered(request, reading, found.code), form)


@router.get("/hoi", summary="The answer to a sentence", response_model=None)
def sentence(request: Request, reading: Data, cau: str) -> Response:
    """The same as by code, with the values understood in `parameters`; 422 with the nearest questions if not understood."""
    try:
        return send(request, reading, ask_sentence(cau, reading.dataset), FORMATS["json"])
    except NotUnderstood as error:
        return JSONResponse(as_json(error), status_code=422)


def _described(found: Question) -> dict[str, Any]:
    return {
        "code": found.code,
        "title": vars(found.title),
        "explanation": vars(found.explanation),
        "order": vars(found.order),
        "paraphrases": {language: list(said) for language, said in found.paraphrases.items()},
        "tags": list(found.tags),
        "formats": [form.name for form in formats_of(found)],
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "label": vars(p.label),
                "default": p.default,
                "required": p.required,
            }
            for p in found.parameters
        ],
        "columns": [
            {"name": c.name, "type": c.type, "label": vars(c.label), "meaning": vars(c.meaning)}
            for c in found.columns
        ],
    }
