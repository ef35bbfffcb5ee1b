"""Task tables: sections, tasks, and what each column says.

Columns are found by their headings, never by position; a row is a heading of a section, a task, or broken, and a
broken row is a finding, never a silent gap.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

from cancu.loaders.agencies import read_agencies
from cancu.loaders.blocks import clean, items
from cancu.loaders.citations import Citation, Reference, find_mentions, find_references
from cancu.loaders.deadlines import read_deadline
from cancu.loaders.patterns import load
from cancu.loaders.plan import Finding, Note, Section, Task, TaskItem
from cancu.loaders.tables import Row, WholeTable
from cancu.loaders.words import Value, Words

_ROMAN = re.compile(r"^(?:[IVXL]+|[A-HĐ])\s*[.)]?$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)*\s*[a-zđ]?\s*[.)]?$")
_APPENDIX = re.compile(r"Phụ lục\s+(?:số\s+)?(?P<no>[IVX]+|\d+)")
_MARK = re.compile(r"[¹²³⁴-⁹⁰]+|\[\d+\]")
_PRODUCT_ENDS = re.compile(r"\s*;\s*")


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((c["role"], re.compile(c["pattern"])) for c in load("headings")["column"])


def columns_of(heading: tuple[str, ...]) -> dict[str, int]:
    """Role of column -> its index, by the heading cells (lower case); the first column of a role wins.

    "Cơ quan thực hiện" is the lead where no "chủ trì" stands beside it.
    """
    found: dict[str, int] = {}
    for index, cell in enumerate(heading):
        role = next((role for role, pattern in _columns() if pattern.search(cell)), None)
        if role and role not in found:
            found[role] = index
    if "implement" in found and "lead" not in found:
        found["lead"] = found["implement"]
    return found


def is_task_table(heading: tuple[str, ...]) -> bool:
    """Whether a table with this heading lists tasks: it says what and who, and is none of the look-alikes."""
    columns = columns_of(heading)
    decoy = re.compile(load("headings")["decoy"]["pattern"])
    return (
        "content" in columns
        and "lead" in columns
        and not any(decoy.search(cell) for cell in heading)
    )


@dataclass
class TaskTable:
    """What a task table holds."""

    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_task_table(table: WholeTable) -> TaskTable:
    """Sections, tasks and findings of one task table, in reading order."""
    columns, read = columns_of(table.heading), TaskTable()
    seen: Counter[str] = Counter()
    for row in table.rows:
        cell = {role: row.cells[index] for role, index in columns.items()}
        number = clean(cell["no"]) if "no" in cell else clean(row.cells[0])
        content = clean(cell["content"])
        alone = not any(
            cell[role] for role in ("lead", "coordinate", "deadline", "product") if role in cell
        )
        if not number and not content and alone:
            continue
        if row.width != len(table.heading):
            read.findings.append(_broken(row, len(table.heading)))
        if _ROMAN.match(number.text) and content and alone:
            read.sections.append(
                Section(number.text.rstrip(" .)"), content.text, _both(number, content).value())
            )
        elif content or not alone:
            section = read.sections[-1] if read.sections else None
            task = _task(row, cell, section, number, table)
            seen[task.code] += 1
            read.tasks.append(task if seen[task.code] == 1 else _repeated(task, seen[task.code]))
            if not _NUMBER.match(number.text):
                read.findings.append(_unnumbered(row))
    return read


def _both(number: Words, content: Words) -> Words:
    return Words.join([number, content], " ")


def _task(
    row: Row, cell: dict[str, Words], section: Section | None, number: Words, table: WholeTable
) -> Task:
    content = items(cell["content"])
    body = Words.join(content, "\n") if content else cell["content"]
    empty = cell["content"][:0]
    deadline = clean(cell.get("deadline", empty))
    notes = _notes(body, table)
    citations: list[Citation] = find_mentions(body)
    references: list[Reference] = [*find_references(body), *find_references(deadline)]
    for note in table.footnotes:
        if any(n.mark.text == note.mark for n in notes):
            citations.extend(find_mentions(note.words))
    appendix = _APPENDIX.search(body.text)
    return Task(
        section=section,
        no=number.text.rstrip(" .)"),
        repeat=1,
        content=body.value() if body else number.value(),
        items=tuple(TaskItem(i, w.strip(" ;").value()) for i, w in enumerate(content[1:], 1)),
        lead=read_agencies(cell.get("lead", empty)),
        coordinate=read_agencies(cell.get("coordinate", empty)) if "coordinate" in cell else (),
        deadline=read_deadline(deadline),
        products=read_products(cell.get("product", empty)),
        notes=notes,
        citations=tuple(citations),
        references=tuple(references),
        appendix=appendix["no"] if appendix else None,
        cut=row.cut,
    )


def read_products(cell: Words) -> tuple[Value, ...]:
    """The products of a cell, one entry a dashed item or part between ";"; commas do not split."""
    return tuple(
        part.strip().value()
        for item in items(cell)
        for part in item.split(_PRODUCT_ENDS)
        if part.strip(" .;,")
    )


def _notes(body: Words, table: WholeTable) -> tuple[Note, ...]:
    found = []
    for match in _MARK.finditer(body.text):
        for note in table.footnotes:
            if note.mark == match.group():
                found.append(Note(body[match.start() : match.end()].value(), note.words.value()))
    return tuple(found)


def _repeated(task: Task, repeat: int) -> Task:
    return replace(task, repeat=repeat)


def _row_value(row: Row) -> Value:
    return next((clean(cell) for cell in row.cells if clean(cell)), row.cells[0]).value()


def _broken(row: Row, width: int) -> Finding:
    return Finding(
        "layout",
        "check",
        _row_value(row),
        f"Dòng này có {row.width} ô, bảng có {width} cột; các ô được đọc từ trái sang phải.",
        f"This row has {row.width} cells, the table has {width} columns; cells are read from left to right.",
    )


def _unnumbered(row: Row) -> Finding:
    return Finding(
        "numbering-gap",
        "check",
        _row_value(row),
        "Nhiệm vụ này không có số thứ tự.",
        "This task has no number.",
    )
