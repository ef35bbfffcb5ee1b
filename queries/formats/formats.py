"""The forms in which an answer can be taken away: one table for the pages, the API and the command."""

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import RdfFormat

from cancu.queries.answer import Answer
from cancu.queries.catalogue import Question
from cancu.queries.errors import BadValue
from cancu.queries.formats.days import as_calendar, has_days
from cancu.queries.formats.edition import Edition
from cancu.queries.formats.graphs import as_graph
from cancu.queries.formats.lines import as_csv, as_tsv
from cancu.queries.formats.record import as_json
from cancu.queries.formats.workbook import as_workbook


def _always(question: Question) -> bool:
    return True


def _constructs(question: Question) -> bool:
    return question.constructs


@dataclass(frozen=True)
class Format:
    """A form of answers.

    Attributes:
        name: what it is asked by: `format=csv`.
        media_type: of its bytes.
        ending: of the name of its file.
        write: makes the bytes.
        fits: whether a question has answers of this form.
        shown: whether a browser should show it and not save it.
    """

    name: str
    media_type: str
    ending: str
    write: Callable[[Answer, Edition], bytes]
    fits: Callable[[Question], bool] = _always
    shown: bool = False


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    form.name: form
    for form in (
        Format("xlsx", XLSX, "xlsx", as_workbook),
        Format("json", "application/json", "json", as_json, shown=True),
        Format("csv", "text/csv", "csv", as_csv),
        Format("tsv", "text/tab-separated-values", "tsv", as_tsv),
        Format("ics", "text/calendar", "ics", as_calendar, has_days),
        Format("turtle", "text/turtle", "ttl", as_graph(RdfFormat.TURTLE), _constructs, True),
        Format(
            "jsonld",
            "application/ld+json",
            "jsonld",
            as_graph(RdfFormat.JSON_LD),
            _constructs,
            True,
        ),
        Format(
            "ntriples",
            "application/n-triples",
            "nt",
            as_graph(RdfFormat.N_TRIPLES),
            _constructs,
            True,
        ),
    )
}
"""Every form by name."""


def formats_of(question: Question) -> tuple[Format, ...]:
    """The forms that a question's answer has."""
    return tuple(form for form in FORMATS.values() if form.fits(question))


def format_of(question: Question, name: str) -> Format:
    """The form with this name.

    Raises:
        BadValue: there is none, or not of this question.
    """
    found = FORMATS.get(name)
    if found is None or not found.fits(question):
        known = ", ".join(form.name for form in formats_of(question))
        raise BadValue(
            f"Câu hỏi {question.code} không có dạng “{name}”. Các dạng: {known}.",
            f"Question {question.code} has no format “{name}”. Formats: {known}.",
        )
    return found
