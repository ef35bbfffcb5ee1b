"""Help: what the words and marks mean, from a basis to its words in three steps, printing, keyboard, addresses."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.web.reading import Reading
from cancu.web.site import Data, render
from cancu.web.words import Link

router = APIRouter(include_in_schema=False)


@router.get("/tro-giup")
def guide(request: Request, reading: Data) -> HTMLResponse:
    """The help; its example is a task of the present data."""
    return render(request, "guide.html", example=_example(reading))


def _example(reading: Reading) -> tuple[Link, str] | None:
    """A task with a basis of its own, and where its words stand; the best tier there is."""
    found = [line for line in reading.lines if line.kind == "task"]
    for tier in ("cited", "confirmed", "suggested"):
        for line in found:
            places = reading.evidence.facts.get(line.iri, ())
            if line.tiers[tier] and places:
                return Link(line.code, line.iri), places[0].page
    return None
