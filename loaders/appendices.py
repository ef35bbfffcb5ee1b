"""Appendices: procedures to review, bodies to inspect, and their notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from cancu.loaders.blocks import Paragraph, clean, clean_lines
from cancu.loaders.columns import columns_of
from cancu.loaders.deadlines import read_deadline
from cancu.loaders.patterns import load
from cancu.loaders.plan import AppendixNote, InspectionTarget, ReviewItem, Section
from cancu.loaders.tables import Content, WholeTable
from cancu.loaders.words import Value, Words

_CLAUSE = re.compile(r"^(?P<no>\d+)\s*[.)]\s+")
_ROMAN = re.compile(r"^[IVXL]+\s*[.)]?$")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("appendices")[name])


@dataclass
class Appendices:
    """What the appendices hold."""

    review_items: list[ReviewItem] = field(default_factory=list)
    notes: list[AppendixNote] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    targets: list[InspectionTarget] = field(default_factory=list)


def read_appendices(contents: Sequence[Content]) -> Appendices:
    """The rows and notes of every appendix, in reading order."""
    read = Appendices()
    number, title = "", ""
    in_notes = False
    for content in contents:
        if isinstance(content, Paragraph):
            lines = clean_lines(content.words)
            heading = _pattern("heading").match(lines[0].text) if lines else None
            if heading:
                number, in_notes = heading["no"] or "", False
                title = " ".join([heading["title"], *(line.text for line in lines[1:])]).strip()
            elif lines and _pattern("notes").match(lines[0].text):
                in_notes = True
            elif number and in_notes:
                read.notes.extend(_notes(number, clean(content.words)))
        elif number and not content.lists_tasks:
            columns = columns_of(content.heading)
            if "field" in columns and "deadline" in columns:
                read.review_items.extend(_review_items(number, content, columns))
            elif "agency" in columns and _pattern("inspection_title").search(title):
                _read_targets(number, content, columns, read)
    return read


def _notes(appendix: str, words: Words) -> Iterator[AppendixNote]:
    match = _CLAUSE.match(words.text)
    if match:
        yield AppendixNote(appendix, match["no"], words[match.end() :].value())


def _review_items(
    appendix: str, table: WholeTable, columns: dict[str, int]
) -> Iterator[ReviewItem]:
    for row in table.rows:
        number, cell = clean(row.cells[columns.get("no", 0)]), clean(row.cells[columns["field"]])
        match = _pattern("review_row").match(cell.text)
        if match:
            yield ReviewItem(
                appendix,
                number.text.rstrip(" .)"),
                cell[: match.end("agency")].value(),
                cell[match.start("field") :].value(),
                read_deadline(clean(row.cells[columns["deadline"]])),
                cell.value(),
            )


def _read_targets(
    appendix: str, table: WholeTable, columns: dict[str, int], read: Appendices
) -> None:
    """Rows of bodies; a note printed once reaches the rows under it up to the next note or section, as a merged cell
    does (such a reach is marked as read from the layout).
    """
    section: Section | None = None
    note: Value | None = None
    for row in table.rows:
        number, name = clean(row.cells[columns.get("no", 0)]), clean(row.cells[columns["agency"]])
        own = clean(row.cells[columns["note"]]) if "note" in columns else name[:0]
        if _ROMAN.match(number.text) and name.text.isupper():
            section = Section(
                number.text.rstrip(" .)"), name.text, Words.join([number, name], " ").value()
            )
            read.sections.append(section)
            note = None
        elif name:
            note = own.value() if own else note
            read.targets.append(
                InspectionTarget(
                    appendix,
                    section,
                    number.text.rstrip(" .)"),
                    name.value(),
                    note,
                    bool(note) and not own,
                )
            )
