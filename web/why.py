"""Explanations as pages show them: where a row is explained, what its values and its words are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from cancu.graph.dataset import Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Question
from cancu.queries.codes import in_words
from cancu.queries.parameters import NAMES
from cancu.queries.why.evidence import Evidence
from cancu.queries.why.rows import key_columns
from cancu.web.addresses import page_of
from cancu.web.reading import Reading
from cancu.web.shape import day
from cancu.web.words import Place, place_of

ROW, NAME = "dong", "ten"
"""What an address says: `dong=column=value` of a row, once for each column; `ten` what may be missing, as typed."""

THINGS = tuple(kind for kind in NAMES if kind != "plan")
"""Types of column that a missing thing may be looked for in."""


@dataclass(frozen=True)
class RowLink:
    """Where a row is explained, and what tells it from the others."""

    page: str
    row: str


def row_links(
    answer: Answer, values: Mapping[str, str], rows: Sequence[Row] | None = None
) -> list[RowLink]:
    """For each of some rows of an answer (all, if none are given) where it is explained."""
    columns = key_columns(answer)
    # with its defaults, so that the address means the same when they change
    asked = {**answer.parameters, **values}
    found = []
    for row in answer.rows if rows is None else rows:
        pairs = [(name, "" if row[name] is None else str(row[name])) for name in columns]
        address = query_text(asked, [(ROW, f"{name}={value}") for name, value in pairs])
        told = ", ".join(value for name, value in pairs if value and not name.endswith("_iri"))
        found.append(RowLink(f"/cau-hoi/{answer.question.code}/vi-sao{address}", told))
    return found


def query_text(values: Mapping[str, str], more: Sequence[tuple[str, str]] = ()) -> str:
    """What follows the path of an address that carries these values; nothing where there are none."""
    text = urlencode([*values.items(), *more], safe="/")
    return f"?{text}" if text else ""


def choices(reading: Reading, asked: Question, plan: str) -> list[str]:
    """What may be typed as missing: the tasks, agencies and documents that the columns may hold."""
    kinds = dict.fromkeys(c.type for c in asked.columns if c.type in THINGS)
    return [label for kind in kinds for label in reading.choices(kind, plan)]


def places(evidence: Evidence) -> tuple[Place, ...]:
    """Where words stand in their sources."""
    found = (place_of(span) for span in evidence.spans)
    return tuple(sorted(place for place in found if place))


def shown(answer: Answer, row: Row, language: str) -> list[tuple[str, str, str | None]]:
    """The values of a row: what they are of, in words, and where they lead."""
    return [
        (
            column.label.say(language),
            day(row[column.name])
            if column.type == "date"
            else in_words(column.type, row[column.name], language),
            page_of(str(row.get(f"{column.name}_iri") or "")),
        )
        for column in answer.question.columns
        if row.get(column.name) is not None
    ]
