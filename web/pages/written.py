"""A question as SPARQL: the editor with its query and the values it is asked with."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from cancu.queries.catalogue import question
from cancu.queries.errors import MissingValue
from cancu.queries.written import written
from cancu.web.pages.questions import typed
from cancu.web.site import Data

router = APIRouter(include_in_schema=False)


@router.get("/cau-hoi/{code}/sparql", response_model=None)
def in_the_editor(request: Request, reading: Data, code: str) -> RedirectResponse:
    """Leads to the editor; to the form where the question must first be told what it is about."""
    found = question(code)
    try:
        query = written(found.code, typed(request), reading.dataset)
    except MissingValue:
        return RedirectResponse(f"/cau-hoi/{found.code}", status_code=303)
    return RedirectResponse(f"/sparql?{urlencode({'query': query})}", status_code=303)
