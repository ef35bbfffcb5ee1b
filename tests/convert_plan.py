"""The built-in plan as its authors would have had it in Word: real tables over all their pages, merged section rows, a
real footnote, lines of a cell as paragraphs; and LibreOffice, which turns that into PDF and HTML.

    python -m tests.convert_plan FOLDER     # writes plan.docx, plan.pdf and plan.html there
"""

import re
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from cancu.loaders.blocks import Table, clean
from cancu.loaders.read import built_in
from cancu.loaders.segment import find_blocks
from cancu.loaders.source import Source
from cancu.loaders.tables import WholeTable, join_tables
from cancu.loaders.words import Words

WIDTHS = {6: (1.2, 6.2, 2.8, 3.2, 2.3, 2.8), 3: (1.5, 10.5, 5.0)}
_ITEM = re.compile(r"</?(?:p|ul|ol|li|br)\b[^<>]*>|(?<=[;:.]) (?=- )")
_MARK = re.compile(r"[¹²³]")
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def as_received() -> Document:
    """Each piece of a table as the text has it, its markup and page breaks included."""
    document, source = _document(), built_in()
    for block in find_blocks(source):
        if isinstance(block, Table):
            rows = [[cell.text for cell in row] for row in block.rows]
            table = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
            for cells, row in zip(rows, table.rows, strict=True):
                for words, cell in zip(cells, row.cells, strict=False):
                    cell.text = words
        else:
            document.add_paragraph(block.words.text)
    return document


def as_written() -> Document:
    """The plan without what the conversion to text left in it."""
    document, source = _document(), built_in()
    for content in join_tables(find_blocks(source)):
        if isinstance(content, WholeTable):
            _add_table(document, content, source)
        else:
            lines = [clean(line).text for line in content.words.lines()]
            document.add_paragraph("\n".join(line for line in lines if line))
    return document


def convert(path: Path, form: str) -> Path:
    """The file at `path` in another form ("pdf", "html"), beside it, by LibreOffice."""
    profile = (path.parent / "profile").as_uri()
    filters = {"html": "html:HTML (StarWriter)"}
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={profile}"),
            *("--convert-to", filters.get(form, form), "--outdir", str(path.parent), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return path.with_suffix(f".{form}")


def _document() -> Document:
    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(12)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(1.5), Cm(1)
    return document


def _add_table(document: Document, whole: WholeTable, source: Source) -> None:
    heading = _heading(whole, source)
    table = document.add_table(1 + len(whole.rows), len(heading), "Table Grid")
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS[len(heading)], strict=True):
            cell.width = Cm(width)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell, words in zip(table.rows[0].cells, heading, strict=True):
        cell.text = words
    for cells, row in zip(whole.rows, list(table.rows)[1:], strict=True):
        texts = [_lines(words) for words in cells.cells]
        if not any(texts[2:]) and len(texts) > 3:
            row.cells[1].merge(row.cells[-1])
        for cell, lines in zip(row.cells, texts, strict=True):
            if lines:
                _fill(cell, lines, document, [note.words.text for note in whole.footnotes])


def _heading(whole: WholeTable, source: Source) -> list[str]:
    """The heading row as written: the table keeps it in small letters."""
    for block in find_blocks(source):
        if isinstance(block, Table):
            row = [clean(cell).text for cell in block.rows[0]]
            if tuple(words.casefold() for words in row) == whole.heading:
                return row
    raise LookupError(whole.heading)


def _lines(cell: Words) -> list[str]:
    parts = (clean(words).text for words in cell.drop(_ITEM, "\n").lines())
    return [part for part in parts if part]


def _fill(cell: _Cell, lines: list[str], document: Document, notes: list[str]) -> None:
    paragraph: Paragraph | None = cell.paragraphs[0]
    for line in lines:
        paragraph = paragraph or cell.add_paragraph()
        before, *after = _MARK.split(line)
        paragraph.add_run(before)
        for rest in after:
            paragraph._p.append(
                parse_xml(
                    f"<w:r {nsdecls('w')}><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
                    "<w:footnoteReference w:id='1'/></w:r>"
                )
            )
            paragraph.add_run(rest)
            _add_footnote(document, notes[0])
        paragraph = None


def _add_footnote(document: Document, words: str) -> None:
    separators = "".join(
        f"<w:footnote w:type='{kind}' w:id='{number}'><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    xml = (
        f"<w:footnotes {nsdecls('w')}>{separators}<w:footnote w:id='1'><w:p>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteRef/></w:r>"
        f"<w:r><w:t xml:space='preserve'> {escape(words)}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def main(folder: Path) -> None:
    """Write the plan in all three forms."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.docx"
    as_written().save(str(path))
    for form in ("pdf", "html"):
        convert(path, form)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
