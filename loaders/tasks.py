"""One task from its cells, whether they stand in a table or behind labels."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from cancu.loaders.agencies import read_agencies, read_parties
from cancu.loaders.blocks import clean, items
from cancu.loaders.citations import Reference, find_mentions, find_references, worked_on
from cancu.loaders.deadlines import read_deadline
from cancu.loaders.labels import split_labels
from cancu.loaders.patterns import load
from cancu.loaders.plan import Extra, Note, Section, Task, TaskItem
from cancu.loaders.tables import Footnote
from cancu.loaders.words import Value, Words

_APPENDIX = re.compile(r"Phụ lục\s+(?:số\s+)?(?P<no>[IVX]+|\d+)")
_MARK = re.compile(r"[¹²³⁴-⁹⁰]+|\[\d+\]")
_PRODUCT_ENDS = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a task by role, markup kept; empty where the document does not say."""

    content: Words
    lead: Words
    coordinate: Words
    deadline: Words
    product: Words

    @property
    def alone(self) -> bool:
        """Whether nothing but the content is said."""
        return not any(clean(getattr(self, f.name)) for f in fields(self) if f.name != "content")


def make_task(
    cells: Cells,
    section: Section | None,
    number: str,
    *,
    footnotes: Mapping[str, Sequence[Footnote]] = MappingProxyType({}),
    extras: Sequence[Extra] = (),
    inherited: Sequence[str] = (),
    cut: bool = False,
) -> Task:
    """The task that the cells state.

    Args:
        cells: its words by role.
        section: the heading it stands under.
        number: as printed, without its stop.
        footnotes: those of its table by their marks; the ones it marks are its own.
        extras: what the other columns say.
        inherited: roles of the cells that are merged with the row above.
        cut: whether a page break cuts it.
    """
    content = items(cells.content)
    body = Words.join(content, "\n") if content else cells.content
    lead, coordinate = _divided(cells.lead, cells.coordinate)
    parties = read_parties(lead)
    deadline = clean(cells.deadline)
    marked = list(_marked(body, footnotes))
    mentions = find_mentions(body)
    changed = worked_on(body, mentions)
    citations = [c for c in mentions if c not in changed]
    references = [*find_references(body), *find_references(deadline)]
    references += [Reference(c.whole) for c in changed]
    for note in {id(note): note for _, note in marked}.values():
        citations.extend(find_mentions(note.words))
    for extra in extras:
        if extra.role == "basis":
            citations.extend(find_mentions(extra.words))
    appendix = _APPENDIX.search(body.text)
    return Task(
        section=section,
        no=number,
        repeat=1,
        content=body.value(),
        items=tuple(TaskItem(i, w.strip(" ;").value()) for i, w in enumerate(content[1:], 1)),
        lead=parties.lead or parties.coordinate,
        coordinate=read_agencies(coordinate) or (parties.coordinate if parties.lead else ()),
        deadline=read_deadline(_lines(cells.deadline)),
        products=read_products(cells.product),
        notes=tuple(Note(mark.value(), note.words.value()) for mark, note in marked),
        citations=tuple(citations),
        references=tuple(references),
        appendix=appendix["no"] if appendix else None,
        cut=cut,
        extras=tuple(extras),
        inherited=tuple(inherited),
    )


def _lines(cell: Words) -> Words:
    """The words of a cell, several dashed items one a line."""
    parts = items(cell) if "\n" in cell.text and re.search(r"(?m)^\s*[-+•]\s", cell.text) else []
    return Words.join(parts, "\n") if len(parts) > 1 else clean(cell)


def _divided(lead: Words, coordinate: Words) -> tuple[Words, Words]:
    """Lead and coordination, where one cell states both: "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính" or "Chủ trì: …; phối hợp: …"."""
    lines = items(lead) if ":" in lead.text else []
    before, labels = split_labels(Words.join(lines, "\n") if lines else lead[:0])
    said = {role: words for role, words in labels if words}
    if said.keys() & {"lead", "implement", "coordinate"}:
        first = said.get("lead") or said.get("implement") or before
        return first or lead[:0], said.get("coordinate") or coordinate
    match = re.fullmatch(load("articles")["both_roles"], clean(lead).text, re.DOTALL)
    if match:
        words = clean(lead)
        other = words[match.start("with") : match.end("with")] if match["with"] else coordinate
        return words[match.start("who") : match.end("who")], other
    return lead, coordinate


def read_products(cell: Words) -> tuple[Value, ...]:
    """The products of a cell, one entry a dashed item or part between ";"; commas do not split."""
    return tuple(
        part.strip().value()
        for item in items(cell)
        for part in item.split(_PRODUCT_ENDS)
        if part.strip(" .;,")
    )


def by_mark(footnotes: Sequence[Footnote]) -> Mapping[str, Sequence[Footnote]]:
    """The footnotes of a table by their marks, in reading order."""
    found: dict[str, list[Footnote]] = {}
    for note in footnotes:
        if note.words:
            found.setdefault(note.mark, []).append(note)
    return found


def _marked(
    body: Words, footnotes: Mapping[str, Sequence[Footnote]]
) -> Iterator[tuple[Words, Footnote]]:
    """The marks in a text, each with its note: the first one below it, because marks begin anew on each page."""
    for match in _MARK.finditer(body.text):
        notes = footnotes.get(match.group(), ())
        if notes:
            below = bisect_left(notes, body.at[match.start()], key=lambda note: note.words.at[0])
            yield body[match.start() : match.end()], notes[min(below, len(notes) - 1)]
