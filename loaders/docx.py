"""Word documents (.docx, .docm): what a reader of the last version reads, in order.

Read from the XML itself, because the numbers of lists, footnotes, tracked changes, text boxes and the old Vietnamese
fonts are all outside what the libraries for .docx give. Macros are never looked at; headers and footers of pages
lie in parts of their own and are left out.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from lxml import etree

from cancu.loaders.compose import Box, Piece, Rows, raised
from cancu.loaders.encodings import by_font, is_old
from cancu.loaders.errors import NotText
from cancu.loaders.limits import (
    MAX_CELLS,
    MAX_DEPTH,
    MAX_TEXT,
    MAX_UNPACKED,
    refuse_cells,
    refuse_depth,
    refuse_text,
    refuse_unpacked,
)
from cancu.loaders.numbering import Numbering, W, read_numbering

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TAKEN_OUT = frozenset(
    f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "delInstrText")
)
_STYLES = 50
"""Styles that rest on one another; Word has eleven at most."""
_OFF = frozenset({"0", "false", "off"})


def read_docx(data: bytes, name: str) -> tuple[Piece, ...]:
    """The paragraphs and tables of a Word document.

    Raises:
        NotText: broken, or another kind of packed file.
        TooLarge: it unpacks to too much, or is too deep.
    """
    package = _Package(data, name)
    return tuple(_Reader(package).body())


class _Package:
    """The parts of the file that are read."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.broken() from error
        self.main = self._related("", "/officeDocument")
        if not self.main or not self.main.startswith("word/"):
            raise NotText(
                f"{name} là tệp nén nhưng không phải văn bản Word; hãy lưu thành .docx hoặc PDF.",
                f"{name} is a packed file but not a Word document; save it as .docx or PDF.",
            )

    def broken(self) -> NotText:
        """The refusal of a file that cannot be opened."""
        return NotText(
            f"{self.name} là tệp Word bị hỏng; hãy mở bằng Word và lưu lại.",
            f"{self.name} is a broken Word file; open it in Word and save it again.",
        )

    def part(self, kind: str) -> etree._Element | None:
        """The root of a part that the document relates to by its kind ("styles"), or None."""
        path = self._related(self.main, f"/{kind}")
        return self.xml(path) if path else None

    def xml(self, path: str) -> etree._Element | None:
        """The root of the part at a path, or None."""
        try:
            with self._zip.open(path) as stream:
                data = stream.read(MAX_UNPACKED + 1)
        except KeyError:
            return None
        except (
            *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
            *(RuntimeError, NotImplementedError),
        ) as error:
            raise self.broken() from error
        if len(data) > MAX_UNPACKED:
            raise refuse_unpacked(self.name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        if b"<!DOCTYPE" in data.replace(b"\x00", b"")[:4096]:
            raise self.broken()  # the format has none; what has one wants to expand entities
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                raise refuse_depth(self.name) from error
            raise self.broken() from error

    def _related(self, path: str, kind: str) -> str:
        folder, file = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        for node in root.iter(_RELATIONS) if root is not None else ():
            if node.get("Type", "").endswith(kind) and node.get("TargetMode") != "External":
                target = node.get("Target", "")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return ""


@dataclass(frozen=True)
class _Style:
    """What a style says of the words and of the numbers; None where it says nothing."""

    based_on: str | None = None
    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    list: str | None = None
    level: int | None = None


@dataclass
class _Line:
    """The words of a paragraph so far, each with the old font it is set in, and what is to stand after it."""

    runs: list[tuple[str, str | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Piece] = field(default_factory=list)

    def text(self) -> str:
        """The words; a letter and its mark are read as one even where a run ends between them."""
        return "".join(
            by_font("".join(words for words, _ in runs), font)
            for font, runs in groupby(self.runs, key=itemgetter(1))
        )


class _Reader:
    def __init__(self, package: _Package) -> None:
        self.package = package
        self.numbering: Numbering = read_numbering(package.part("numbering"))
        self.notes = 0
        self.in_note = False
        self.cells = 0
        self.letters = 0
        self.kept: list[str] = []  # the words of paragraphs whose end was deleted

    def body(self) -> Iterator[Piece]:
        root = self.package.xml(self.package.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise self.package.broken()
        yield from self._blocks(body, 0)

    def _blocks(self, parent: etree._Element, depth: int) -> Iterator[Piece]:
        """Paragraphs and tables in order, the notes after the block that holds their marks."""
        if depth > MAX_DEPTH:
            raise refuse_depth(self.package.name)
        for node in parent:
            if node.tag == f"{W}p":
                line = _Line()
                self._paragraph(node, line, depth)
                yield line.text()
                yield from line.boxes
                yield from line.notes
            elif node.tag == f"{W}tbl":
                notes: list[str] = []
                yield self._table(node, notes, depth + 1)
                yield from notes
            elif node.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_chosen(node), depth + 1)
            elif node.tag not in _TAKEN_OUT and isinstance(node.tag, str):
                inner = node.find(f"{W}sdtContent") if node.tag == f"{W}sdt" else node
                if inner is not None and len(inner):
                    yield from self._blocks(inner, depth + 1)

    # ---- paragraphs

    def _paragraph(self, node: etree._Element, line: _Line, depth: int) -> None:
        properties = node.find(f"{W}pPr")
        style = _value(properties, "pStyle") or self._default_style
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            # The end of this paragraph is deleted: its words open the next one.
            self._runs(node, style, line, depth)
            self.kept.append(line.text())
            line.runs.clear()
            return
        label = self._label(properties, style)
        self._count(label)
        line.runs.append(("".join([label, *self.kept]), None))
        self.kept.clear()
        self._runs(node, style, line, depth)

    def _label(self, properties: etree._Element | None, style: str) -> str:
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, level = _value(own, "numId"), _value(own, "ilvl")
        at = _whole(level, 0)
        if number is None:
            styled = self._said(style, "list")
            number = str(styled) if styled is not None else None
            if number is not None and level is None:
                said = self._said(style, "level")
                at = said if isinstance(said, int) else self.numbering.level_of_style(number, style)
        return self.numbering.label(number, at) if number else ""

    def _runs(self, parent: etree._Element, style: str, line: _Line, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise refuse_depth(self.package.name)
        for node in parent:
            if node.tag == f"{W}r":
                self._run(node, style, line, depth)
            elif node.tag == _MATH_TEXT:
                line.runs.append((node.text or "", None))
            elif node.tag == f"{_MC}AlternateContent":
                self._runs(_chosen(node), style, line, depth + 1)
            elif isinstance(node.tag, str) and node.tag not in _TAKEN_OUT and node.tag != f"{W}pPr":
                self._runs(node, style, line, depth + 1)

    def _run(self, node: etree._Element, style: str, line: _Line, depth: int) -> None:
        properties = node.find(f"{W}rPr")
        own = _read_style(properties, None)
        run_style = _value(properties, "rStyle")

        def said(what: str) -> object:
            value = getattr(own, what)
            if value is None and run_style:
                value = self._said(run_style, what)
            if value is None:
                value = self._said(style, what)
            return value if value is not None else getattr(self._defaults, what)

        if said("hidden"):
            return
        font = str(said("font") or "")
        words = "".join(self._words(node, line, depth))
        raised_up = _value(properties, "vertAlign") == "superscript"
        if said("capitals") or raised_up:
            words, font = by_font(words, font), ""
        if said("capitals"):
            words = words.upper()
        self._count(words)
        line.runs.append((raised(words) if raised_up else words, font if is_old(font) else None))

    def _count(self, words: str) -> None:
        """Refuse what a few lines of the file, called again and again, would fill the memory with."""
        self.letters += len(words)
        if self.letters > MAX_TEXT:
            raise refuse_text(self.package.name)

    def _words(self, run: etree._Element, line: _Line, depth: int) -> Iterator[str]:
        for node in run:
            tag = str(node.tag).removeprefix(W)
            if tag == "t":
                yield node.text or ""
            elif tag in ("tab", "ptab"):
                yield " "
            elif tag in ("br", "cr"):
                yield "\n"
            elif tag == "noBreakHyphen":
                yield "-"
            elif tag == "sym":
                yield _symbol(node.get(f"{W}char", ""))
            elif tag in ("footnoteReference", "endnoteReference"):
                yield self._note(node, tag.removesuffix("Reference"), line, depth)
            elif tag in ("drawing", "pict", "object") or node.tag == f"{_MC}AlternateContent":
                chosen = _chosen(node) if node.tag == f"{_MC}AlternateContent" else node
                for box in chosen.iter(f"{W}txbxContent"):
                    if not any(a.tag == f"{W}txbxContent" for a in _between(box, chosen)):
                        line.boxes.extend(self._blocks(box, depth + 1))

    def _note(self, node: etree._Element, kind: str, line: _Line, depth: int) -> str:
        note = self._noted(kind).get(node.get(f"{W}id", ""))
        if note is None or self.in_note:
            return ""  # no program writes a note within a note; one that holds itself has no end
        own_mark = node.get(f"{W}customMarkFollows") not in (None, *_OFF)
        self.notes += not own_mark
        mark = "" if own_mark else raised(str(self.notes))
        self.in_note = True
        pieces = [p for p in self._blocks(note, depth + 1) if isinstance(p, str)]
        self.in_note = False
        line.notes.append("\n".join([f"{mark} {pieces[0].strip()}", *pieces[1:]] if pieces else []))
        return mark

    def _noted(self, kind: str) -> dict[str, etree._Element]:
        return self._footnotes if kind == "footnote" else self._endnotes

    @cached_property
    def _footnotes(self) -> dict[str, etree._Element]:
        return self._note_part("footnote")

    @cached_property
    def _endnotes(self) -> dict[str, etree._Element]:
        return self._note_part("endnote")

    def _note_part(self, kind: str) -> dict[str, etree._Element]:
        root = self.package.part(f"{kind}s")
        return {n.get(f"{W}id", ""): n for n in root.iter(f"{W}{kind}")} if root is not None else {}

    # ---- tables

    def _table(self, table: etree._Element, notes: list[str], depth: int) -> Rows:
        rows: list[list[Box]] = []
        open_above: dict[int, tuple[int, int]] = {}  # column -> row and place of the cell above
        for row in _unwrapped(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            column = _whole(_value(properties, "gridBefore"), 0)
            boxes: list[Box] = [Box((), 1, column)] if column else []
            seen: set[int] = set()
            for cell in _unwrapped(row, "tc"):
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise refuse_cells(self.package.name)
                inside = cell.find(f"{W}tcPr")
                columns = _whole(_value(inside, "gridSpan"), 1)
                merge = inside.find(f"{W}vMerge") if inside is not None else None
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                if goes_on and column in open_above:
                    at, place = open_above[column]
                    above = rows[at][place]
                    rows[at][place] = Box(above.pieces, above.rows + 1, above.columns)
                    seen.add(column)
                else:
                    boxes.append(Box(tuple(self._cell(cell, notes, depth)), 1, columns))
                    if merge is not None:
                        open_above[column] = len(rows), len(boxes) - 1
                        seen.add(column)
                column += columns
            open_above = {c: where for c, where in open_above.items() if c in seen}
            rows.append(boxes)
        return Rows(tuple(tuple(row) for row in rows))

    def _cell(self, cell: etree._Element, notes: list[str], depth: int) -> Iterator[Piece]:
        """The pieces of a cell; its notes go below the table."""
        for node in _unwrapped(cell, "p", "tbl"):
            if node.tag == f"{W}tbl":
                yield self._table(node, notes, depth + 1)
                if depth > MAX_DEPTH:
                    raise refuse_depth(self.package.name)
            else:
                line = _Line()
                self._paragraph(node, line, depth)
                yield line.text()
                yield from line.boxes
                notes.extend(line.notes)

    # ---- styles

    @cached_property
    def _styles_root(self) -> etree._Element | None:
        return self.package.part("styles")

    @cached_property
    def _styles(self) -> dict[str, _Style]:
        if self._styles_root is None:
            return {}
        return {
            node.get(f"{W}styleId", ""): _read_style(
                node.find(f"{W}rPr"), node.find(f"{W}pPr"), _value(node, "basedOn")
            )
            for node in self._styles_root.iter(f"{W}style")
        }

    @cached_property
    def _default_style(self) -> str:
        for node in self._styles_root.iter(f"{W}style") if self._styles_root is not None else ():
            if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true"):
                return str(node.get(f"{W}styleId", ""))
        return ""

    @cached_property
    def _defaults(self) -> _Style:
        root = self._styles_root
        node = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        return _read_style(node, None)

    def _said(self, style: str, what: str) -> str | int | bool | None:
        """What a style, or the nearest one it rests on, says."""
        key = style, what
        if key not in self._known:
            value, name, seen = None, style, set[str]()
            while (
                value is None and name in self._styles and name not in seen and len(seen) < _STYLES
            ):
                seen.add(name)
                value = getattr(self._styles[name], what)
                name = self._styles[name].based_on or ""
            self._known[key] = value
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, str], str | int | bool | None]:
        return {}


def _read_style(
    run: etree._Element | None, paragraph: etree._Element | None, based_on: str | None = None
) -> _Style:
    fonts = run.find(f"{W}rFonts") if run is not None else None
    listed = paragraph.find(f"{W}numPr") if paragraph is not None else None
    level = _value(listed, "ilvl")
    return _Style(
        based_on,
        (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None,
        _switch(run, "caps"),
        _switch(run, "vanish"),
        _value(listed, "numId"),
        _whole(level, 0) if level else None,
    )


def _switch(node: etree._Element | None, name: str) -> bool | None:
    child = node.find(f"{W}{name}") if node is not None else None
    return child.get(f"{W}val", "1") not in _OFF if child is not None else None


def _value(node: etree._Element | None, name: str) -> str | None:
    child = node.find(f"{W}{name}") if node is not None else None
    return child.get(f"{W}val") if child is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch(r"(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}", code) else ""


def _chosen(node: etree._Element) -> etree._Element:
    """Of the same thing in several forms, the newest."""
    choice = node.find(f"{_MC}Choice")
    fallback = node.find(f"{_MC}Fallback")
    found = choice if choice is not None else fallback
    return found if found is not None else etree.Element("nothing")


def _between(node: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """The elements around a node, up to `top`."""
    for parent in node.iterancestors():
        if parent is top:
            return
        yield parent


def _unwrapped(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Children of these names, those in content controls and tracked insertions included."""
    for node in parent:
        if node.tag in [f"{W}{name}" for name in names]:
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            yield from _unwrapped(node, *names)
