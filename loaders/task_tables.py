"""Task tables: sections, tasks, and what each column says.

Columns are found by their headings, never by position; a row is a heading of a section, a task, or broken, and a broken row is a finding,
never a silent gap. A cell that is merged with the one above says the same, and the task says that it was read so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cancu.loaders.blocks import clean
from cancu.loaders.columns import columns_of
from cancu.loaders.lay import CONTRARY, Layout, is_remark
from cancu.loaders.plan import Extra, Finding, Section, Task
from cancu.loaders.tables import Row, WholeTable
from cancu.loaders.tasks import Cells, by_mark, make_task
from cancu.loaders.words import INSERTED, Value, Words

_HEADING = re.compile(r"^(?P<label>[IVXLC]+|[A-HĐ]|(?i:phần|nhóm)\s+(?i:thứ\s+)?\w+)\s*[.):/-]?$")
_NUMBER = re.compile(r"^\(?\d+(?:\.\d+)*\s*[a-zđ]?\s*[.)]?$")
_POINT = re.compile(r"^[a-zđ]\d?\s*[.)]?$")
_TITLE = re.compile(r"^(?P<label>[IVXLC]+|[A-HĐ]|(?i:phần|nhóm)\s+(?i:thứ\s+)?\w+)\s*[.):/-]\s*(?P<title>\S.*)$", re.DOTALL)  # fmt: skip
_LISTED = re.compile(r"^(?P<label>\d+(?:\.\d+)*)\s*[.)]\s+(?=\S)")
_OPEN = re.compile(r"[^.;:!?…]$")
_ROLES = ("content", "lead", "coordinate", "deadline", "product")


@dataclass
class TaskTable:
    """What a task table holds."""

    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table by role."""

    row: Row
    number: Words
    cells: Cells
    inherited: frozenset[str]
    doubtful: tuple[Words, ...]
    extras: tuple[Extra, ...]

    @property
    def alone(self) -> bool:
        """Whether it says nothing but a number and a content of its own."""
        own = [r for r in _ROLES[1:] if r not in self.inherited and clean(getattr(self.cells, r))]
        return not own and "content" not in self.inherited

    @property
    def content(self) -> Words:
        """The content without markup."""
        return clean(self.cells.content)


def read_task_table(table: WholeTable, above: Section | None = None) -> TaskTable:
    """Sections, tasks and findings of one task table, in reading order; `above` is the heading the table stands under."""
    read, path = TaskTable(), [above] if above else []
    parent, footnotes = "", by_mark(table.footnotes)
    lines = list(_whole(_lines(table), "no" in columns_of(table.heading)))
    for position, line in enumerate(lines):
        if line.row.width != len(table.heading):
            read.findings.append(_broken(line.row, len(table.heading)))
        read.findings += map(_unplaced, line.doubtful)
        section = _section(line, lines[position + 1 : position + 2])
        if section:
            path = [*(s for s in path if s is not above and _encloses(s, section)), section]
            read.sections.append(section)
            if clean(line.cells.deadline):
                read.findings.append(_dated_heading(line))
            continue
        number, content = _numbered(line)
        if _is_parent(line, lines[position + 1 : position + 2]):
            parent = number
            continue
        if _POINT.match(number):
            number = f"{parent}{number}"
        else:
            parent = number if _NUMBER.match(number) else ""
        path = [s for s in path if s is above or not _is_left(s, number)]
        task = make_task(
            replace(line.cells, content=content),
            path[-1] if path else None,
            number,
            footnotes=footnotes,
            extras=line.extras,
            inherited=sorted(line.inherited & {"no", *_ROLES}),
            cut=line.row.cut,
        )
        read.tasks.append(task)
        if not (_NUMBER.match(number) or _POINT.match(number)):
            read.findings.append(_unnumbered(line.row))
    return read


def _lines(table: WholeTable) -> Iterator[_Line]:
    columns = columns_of(table.heading)
    used = {columns[role] for role in ("no", *_ROLES) if role in columns}
    roles = {index: role for role, index in columns.items()}
    named = [index for index, cell in enumerate(table.head) if clean(cell)]
    number = columns.get("no", 0 if named and 0 not in named else None)
    layout = Layout(columns, len(table.head))
    for row in table.rows:
        nothing = row.cells[0][:0]
        row = replace(row, doubtful=row.doubtful | _shifted(row, layout))
        known = {r: c for r, c in columns.items() if c not in row.doubtful}
        if _spans_all(row, number):
            known = {r: c for r, c in known.items() if r == "content"}
            row = replace(row, doubtful=frozenset(range(len(row.cells))) - {*known.values()})
            row = replace(row, inherited=row.doubtful)
        cell = {r: row.cells[known[r]] if r in known else nothing for r in _ROLES}
        yield _Line(
            row,
            clean(row.cells[number]) if number is not None else nothing,
            Cells(**cell),
            frozenset(r for r in ("no", *_ROLES) if r in known and known[r] in row.inherited),
            tuple(
                clean(row.cells[column])
                for column in sorted(row.doubtful - row.inherited)
                if clean(row.cells[column])
            ),
            tuple(
                Extra(clean(table.head[index]).text, roles.get(index), clean(words))
                for index, words in enumerate(row.cells)
                if index not in used
                and index != number
                and index not in row.doubtful
                and clean(words)
                and clean(table.head[index])
            ),
        )  # fmt: skip


def _spans_all(row: Row, number: int | None) -> bool:
    """Whether one text stands in every column, as web pages copy the cell of a heading that spans them all."""
    said = [clean(cell).text for index, cell in enumerate(row.cells) if index != number]
    return len(said) >= 3 and len(set(said)) == 1 and bool(said[0])


def _shifted(row: Row, layout: Layout) -> frozenset[int]:
    """The columns of a row with too few cells whose words are those of another: a time limit where a body should stand, or a body where a
    time limit should.
    """
    if not 2 < row.width < layout.width:
        return frozenset()
    asked = {layout.columns[r] for r in ("lead", "coordinate", "deadline") if r in layout.columns}
    return frozenset(c for c in asked if row.cells[c] and layout.fits(c, row.cells[c]) <= CONTRARY)


def _whole(lines: Iterator[_Line], numbered: bool) -> Iterator[_Line]:
    """The rows; one without a number that only goes on with the row above is joined to it."""
    row: list[_Line] = []
    for line in lines:
        if not _says_anything(line) or is_remark(line.row.cells):
            continue
        if row and numbered and not line.number and _is_rest(line, row[0]):
            row.append(line)
            continue
        if row:
            yield _joined(row)
        row = [_inheriting(line, row[0]) if row and numbered else line]
    if row:
        yield _joined(row)


def _inheriting(line: _Line, above: _Line) -> _Line:
    """The row with the number and the lead of the one above, where both its own cells are empty and it is a task else: they are merged."""
    own = line.content and not line.alone and not (line.number or clean(line.cells.lead))
    if not own or line.inherited or not (above.number and clean(above.cells.lead)):
        return line
    cells = replace(line.cells, lead=above.cells.lead)
    return replace(line, number=above.number, cells=cells, inherited=frozenset({"no", "lead"}))


def _says_anything(line: _Line) -> bool:
    """Whether a row has words: rows of a form to fill in have dots or nothing, and perhaps a number."""
    said = [clean(cell).text for cell in line.row.cells]
    return any(re.search(r"[^\W\d_]", text) for text in said) and bool(
        line.number or line.content or not line.alone
    )


def _is_rest(line: _Line, last: _Line) -> bool:
    if last.alone or line.inherited:
        return False
    if not line.content:
        return True
    return line.alone and not _is_title(line.cells.content)


def _is_title(words: Words) -> bool:
    text = clean(words).text
    return bool(
        _TITLE.match(text) or text.isupper() or words.text.lstrip().startswith(("**", "<b", "<strong"))
    )  # fmt: skip


def _joined(lines: Sequence[_Line]) -> _Line:
    """The first of the lines, with what the others say."""
    cells = {role: _together([getattr(x.cells, role) for x in lines], role) for role in _ROLES}
    return replace(lines[0], cells=Cells(**cells)) if len(lines) > 1 else lines[0]


def _together(cells: Sequence[Words], role: str) -> Words:
    said = [(cell, clean(cell).text) for cell in cells if clean(cell)]
    pieces: list[Words] = []
    for position, (cell, _) in enumerate(said):
        if position:
            goes_on = role == "content" and _OPEN.search(said[position - 1][1])
            pieces.append(Words(" " if goes_on else "\n", (INSERTED,), cell.source))
        pieces.append(cell)
    return Words.join(pieces, "") if pieces else cells[0]


def _section(line: _Line, following: Sequence[_Line]) -> Section | None:
    """The section whose heading a row is, or None."""
    number, content = line.number, line.content
    heading = _HEADING.match(number.text)
    if heading and content and (line.alone or _is_dated_heading(line, following)):
        return Section(heading["label"], content.text, _both(number, content))
    if not line.alone:
        return None
    if number and not content:
        return _titled(number)
    if not number and content and (_TITLE.match(content.text) or _is_title(line.cells.content)):
        return _titled(content)
    if _NUMBER.match(number.text) and content and following:
        inner = following[0].number.text
        if inner.startswith(number.text.rstrip(" .)") + ".") and _NUMBER.match(inner) and inner != number.text:  # fmt: skip
            return Section(number.text.rstrip(" .)"), content.text, _both(number, content))
    return None


def _is_dated_heading(line: _Line, following: Sequence[_Line]) -> bool:
    """Whether a row with a Roman number and a time limit, but nobody to do it, heads the numbered rows after it."""
    nobody = not clean(line.cells.lead) and not clean(line.cells.coordinate)
    return nobody and bool(following) and bool(_NUMBER.match(following[0].number.text))


def _titled(words: Words) -> Section | None:
    match = _TITLE.match(words.text)
    if match:
        return Section(match["label"], match["title"].strip(), words.value())
    return None if _NUMBER.match(words.text) else Section("", words.text, words.value())


def _both(number: Words, content: Words) -> Value:
    return Words.join([number, content], " ").value()


def _encloses(outer: Section, section: Section) -> bool:
    """Whether a section may stand within another: letters hold Roman numerals, those hold 1, and 1 holds 1.1."""
    return _depth(outer) < _depth(section)


def _depth(section: Section) -> int:
    label = section.no
    if re.match(r"(?i)phần|nhóm", label) or re.fullmatch(r"[ABĐE-H]", label):
        return 0
    if re.fullmatch(r"[IVXLCD]+", label) or not label:
        return 1
    return 2 + label.count(".")


def _is_left(section: Section, number: str) -> bool:
    """Whether a task with this number stands no longer under a numbered section: 2 is not within 1."""
    return bool(re.match(r"\d", section.no)) and not number.startswith(f"{section.no}.")


def _numbered(line: _Line) -> tuple[str, Words]:
    """The number and the content of a row; a number that opens the content of a row without one is its number."""
    number, content = line.number.text.strip("( .)"), line.cells.content
    listed = _LISTED.match(content.text) if not number else None
    if listed:
        return listed["label"], content[listed.end() :]
    if not line.content:
        said = (line.number, *(clean(cell) for cell in line.row.cells))
        return number if _NUMBER.match(line.number.text) else "", next(w for w in said if w)
    return number, content


def _is_parent(line: _Line, following: Sequence[_Line]) -> bool:
    """Whether a row only introduces the lettered rows after it, each with bodies of its own."""
    return (
        line.alone
        and bool(_NUMBER.match(line.number.text))
        and bool(following)
        and bool(_POINT.match(following[0].number.text))
        and not following[0].alone
    )


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


def _unplaced(cell: Words) -> Finding:
    return Finding(
        "layout",
        "check",
        cell.value(),
        f"Dòng thiếu ô nên không rõ “{cell.text}” thuộc cột nào; các cột chưa rõ được để trống.",
        f"The row lacks cells and does not tell to which column “{cell.text}” belongs; the unclear columns are left empty.",
    )


def _dated_heading(line: _Line) -> Finding:
    return Finding(
        "layout",
        "check",
        clean(line.cells.deadline).value(),
        "Thời hạn ghi ở dòng tiêu đề; không tự gán cho từng nhiệm vụ bên dưới.",
        "The time limit stands in a heading row; it is not given to the tasks under it.",
    )


def _unnumbered(row: Row) -> Finding:
    return Finding(
        "numbering-gap",
        "check",
        _row_value(row),
        "Nhiệm vụ này không có số thứ tự.",
        "This task has no number.",
    )
