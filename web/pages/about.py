"""What this is, which data it holds, and how it may be used; the vocabulary as a file."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from cancu.ontology import __name__ as ontology_package
from cancu.web.site import Data, render

router = APIRouter(include_in_schema=False)


@router.get("/gioi-thieu")
def about(request: Request, reading: Data) -> HTMLResponse:
    """The page about the product and its data."""
    return render(request, "about.html", manifest=reading.manifest)


@router.get("/ns")
def vocabulary() -> Response:
    """The vocabulary in Turtle."""
    from importlib.resources import files

    text = files(ontology_package).joinpath("cancu.ttl").read_text("utf-8")
    return Response(text, media_type="text/turtle; charset=utf-8")
