"""The measures of the coordination network: what each means, its number and the list behind every number."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cancu.graph.measured import Column, definitions
from cancu.graph.network_facts import Facts
from cancu.queries.errors import MissingValue, QueryError
from cancu.queries.network.measure import OF_TWO, Outcome, definition_of, measure
from cancu.queries.network.say import in_text, name_of, notes, part_words
from cancu.queries.network.view import read_view, settings
from cancu.web.faults import status_of
from cancu.web.language import LANGUAGE_COOKIE, language_of
from cancu.web.network_api import fields_of
from cancu.web.reading import Reading
from cancu.web.scope import Scoped
from cancu.web.site import Data, render
from cancu.web.theme import THEME_COOKIE
from cancu.web.words import Link

router = APIRouter(include_in_schema=False)

SHOWN = 300
"""Rows that the page shows; all of them are one download away."""
THINGS = ("body", "bodies", "task", "tasks")
NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class Cell:
    """A cell: things that lead to their pages, or a text."""

    column: Column
    links: tuple[Link, ...]
    text: str


@router.get("/mang-luoi/phep-do")
def measures(request: Request, reading: Data, scope: Scoped) -> HTMLResponse:
    """All measures with what they mean."""
    return render(request, "measures.html", measures=definitions().values())


@router.get("/mang-luoi/phep-do/{address}")
def measured(request: Request, reading: Data, scope: Scoped, address: str) -> HTMLResponse:
    """One measure of the network, or of a part of it; one of two bodies asks for them first."""
    definition, language = definition_of(address), language_of(request)
    said = fields_of(request, (LANGUAGE_COOKIE, THEME_COOKIE))
    outcome, problem = _outcome(reading, definition.code, said)
    if isinstance(problem, MissingValue) and not any(f in said for f in settings()["pair"]):
        problem = None
    return render(
        request,
        "measure.html",
        status_of(problem) if problem else 200,
        definition=definition,
        measures=definitions().values(),
        of_two=definition.code in OF_TWO,
        said=said,
        bodies=reading.choices("agency") if definition.code in OF_TWO else (),
        problem=problem,
        outcome=outcome,
        rows=[_cells(outcome, row, language) for row in outcome.rows[:SHOWN]] if outcome else (),
        where=part_words(outcome.facts, outcome.view, language) if outcome else "",
        notes=notes(outcome, language) if outcome else (),
        numbers=NUMBERS,
    )


def _outcome(
    reading: Reading, code: str, said: Mapping[str, str]
) -> tuple[Outcome | None, QueryError | None]:
    pair_fields = settings()["pair"]
    pair = {field: value for field, value in said.items() if field in pair_fields}
    of_view = {field: value for field, value in said.items() if field not in pair_fields}
    try:
        return measure(code, read_view(of_view, reading.dataset), pair, reading.dataset), None
    except QueryError as error:
        return None, error


def _cells(outcome: Outcome, row: Mapping[str, object], language: str) -> list[Cell]:
    return [_cell(outcome.facts, column, row, language) for column in outcome.definition.columns]


def _cell(facts: Facts, column: Column, row: Mapping[str, object], language: str) -> Cell:
    value = row[column.name]
    if column.type in THINGS:
        things = value if isinstance(value, tuple) else (value,)
        return Cell(column, tuple(Link(name_of(facts, str(i)), str(i)) for i in things), "")
    if isinstance(value, float):
        number = f"{value:.3g}"
        return Cell(column, (), number if language == "en" else number.replace(".", ","))
    return Cell(column, (), in_text(facts, column, row, language))  # type: ignore[arg-type]
