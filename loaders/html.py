"""Web pages, and what Word and LibreOffice save as web pages: the document in them, without the page around it."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import islice

import lxml.html
from lxml import etree

from cancu.loaders.compose import Box, Piece, Rows, raised, written
from cancu.loaders.encodings import by_font, decode_text, modern
from cancu.loaders.errors import NotText
from cancu.loaders.limits import MAX_CELLS, MAX_DEPTH, refuse_cells, refuse_depth
from cancu.loaders.numbering import number_as
from cancu.loaders.patterns import load

_OPENS = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BRACKETS = re.compile(r"<!\[[^\]<>]*\]>")
_ONLY_FOR_WORD, _END_FOR_WORD = re.compile(r"<!--\[if[^\]<>]*\]>"), "<![endif]-->"
_ENTITY_DOCTYPE = re.compile(r"<!doctype[^>\[]*\[", re.IGNORECASE)

_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "nav",
        "aside",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_ORDERS = {
    "a": "lowerLetter", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "A": "upperLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "i": "lowerRoman", "lower-roman": "lowerRoman",
    "I": "upperRoman", "upper-roman": "upperRoman",
}  # fmt: skip
_LONGEST_HEADING = 1500
_HEADING_WITHIN = 20_000
"""Characters of a part in which the national motto is looked for."""
_OPENING = 1000
"""Characters in which the mark of an item stands, if its author wrote one."""
_MARK = re.compile(r"^\s*(\[?\(?[\divx]{1,4}\)?\]?)\s*$")


def looks_like_html(data: bytes) -> bool:
    """Whether the bytes open like a web page, whatever the file is called."""
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return bool(_OPENS.match(start.decode("utf-16", "replace")))
    return bool(_OPENS.match(start.replace(b"\x00", b"").decode("utf-8-sig", "replace")))


def read_html(data: bytes, name: str) -> tuple[Piece, ...]:
    """The paragraphs and tables of the document in a web page.

    Raises:
        NotText: no known encoding, or no page at all.
        TooLarge: too deep, or too many cells.
    """
    text = _without_conditions(_decoded(data, name)).replace("\x00", "")
    if _ENTITY_DOCTYPE.search(text[:4096]):
        raise NotText(
            f"{name} khai báo thực thể XML riêng nên không được đọc; hãy lưu lại thành .docx hoặc PDF.",
            f"{name} declares XML entities of its own and is not read; save it as .docx or PDF.",
        )
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise NotText(f"{name} không có chữ nào.", f"{name} has no text.") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise refuse_depth(name)
    if sum(1 for _ in root.iter("td", "th")) > MAX_CELLS:
        raise refuse_cells(name)
    body = root.find("body")
    page = body if body is not None else root
    if not _saved_by_an_office(text):
        _set_the_page_aside(page)
    return tuple(_Reader(root, name).blocks(page, 0))


def _without_conditions(text: str) -> str:
    """The page without Word's conditional comments: what is only for Word goes, the brackets around what is for browsers go."""
    kept, start = [], 0
    while opened := _ONLY_FOR_WORD.search(text, start):
        end = text.find(_END_FOR_WORD, opened.end())
        if end < 0:
            break
        kept.append(text[start : opened.start()])
        start = end + len(_END_FOR_WORD)
    return _BRACKETS.sub("", "".join([*kept, text[start:]]))


def _decoded(data: bytes, name: str) -> str:
    try:
        return modern_words(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:8192])
        western = declared and declared[1].lower() in (b"windows-1252", b"iso-8859-1", b"us-ascii")
        # Word writes windows-1252 and every letter outside it as a number.
        if western and re.search(rb"&#(?:78[4-9]\d|79[0-2]\d|[24]\d\d);", data):
            return data.decode("cp1252", "replace")
        return decode_text(data, name)


def modern_words(text: str) -> str:
    """The page with the words of an old encoding converted, unless its fonts say which words those are."""
    return text if re.search(r"font-family\s*:[^;>]{0,20}(?:\.Vn|VNI[- ])", text) else modern(text)


def _saved_by_an_office(text: str) -> bool:
    return bool(
        re.search(
            r"urn:schemas-microsoft-com:office|<meta[^>]{0,80}generator[^>]{0,80}(?:Word|Office)",
            text[:8192],
            re.IGNORECASE,
        )
    )


# ---- the document in the page


def _set_the_page_aside(body: lxml.html.HtmlElement) -> None:
    """Take out what stands before the document's heading and beside it: menus, other articles, the foot of the page.

    The heading is the national motto. Around it only what follows within the smallest part that also holds the
    recipients, and later parts that open as annexes do, belong to the document. A page without the motto is kept.
    """
    begin: etree._Element | None = None
    for block in _blocks_with_words(body):
        if begin is not None and begin not in block.iterancestors():
            break
        if _begins(block):
            begin = block
    if begin is None:
        return
    around = next(begin.iterancestors("table"), None)
    heading = begin if around is None or len(_text(around)) > _LONGEST_HEADING else around
    part = heading
    for parent in list(heading.iterancestors()):
        if parent is body.getparent():
            break
        _trim(parent, part, inside=not _complete(part))
        part = parent


def _trim(parent: etree._Element, part: etree._Element, inside: bool) -> None:
    """Of a parent's children, keep those that belong to the document with `part` among them."""
    before = True
    for child in list(parent):
        if child is part:
            before = False
            parent.text = None if len(parent) and parent[0] is not part else parent.text
        elif before:
            if inside and _is_issuer(child, part):
                continue
            child.drop_tree() if hasattr(child, "drop_tree") else parent.remove(child)
        elif not inside and not _goes_on(child):
            child.tail = None
            parent.remove(child)


def _complete(part: etree._Element) -> bool:
    """Whether a part holds a whole document: its recipients, or at least a good length of text."""
    return bool(re.search(r"(?m)^\s*(?:Nơi nhận|NƠI NHẬN)", _text(part)))


def _is_issuer(node: etree._Element, part: etree._Element) -> bool:
    """The name of the issuing body just before the motto: a short line in capitals."""
    words = _text(node).strip()
    near = any(before is node for before in islice(part.itersiblings(preceding=True), 3))
    return near and 0 < len(words) < 120 and words.upper() == words and node.find(".//a") is None


def _goes_on(node: etree._Element) -> bool:
    lines = [line.strip() for line in _text(node).split("\n") if line.strip()][:6]
    linked = sum(len(_text(link)) for link in node.iter("a"))
    return (
        any(_pattern("goes_on").search(line) for line in lines) and linked < len(_text(node)) * 0.3
    ) or "WordSection" in (node.get("class") or "")


def _blocks_with_words(body: etree._Element) -> Iterator[etree._Element]:
    """The innermost blocks that hold words, each once, those of menus and scripts left out."""
    seen = set()
    for node in body.iter():
        if isinstance(node.tag, str) and node.tag not in _SILENT and (node.text or "").strip():
            holder = _block_of(node, _BLOCKS | {"td", "th"})
            if holder not in seen:
                seen.add(holder)
                yield holder


def _block_of(node: etree._Element, blocks: frozenset[str]) -> etree._Element:
    """The nearest element of these around a node, or the node."""
    around = (holder for holder in (node, *node.iterancestors()) if holder.tag in blocks)
    return next(around, node)


def _begins(block: etree._Element) -> bool:
    if any(a.tag in _SILENT for a in block.iterancestors()):
        return False
    return any(
        _pattern("begins").search(line)
        for line in written(_text(block, _HEADING_WITHIN)).split("\n")
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    patterns = [entry["pattern"] for entry in load("layout")[name]]
    return re.compile(
        "|".join(f"(?i:{p[4:]})" if p.startswith("(?i)") else f"(?:{p})" for p in patterns)
    )


def _text(node: etree._Element, enough: int = sys.maxsize) -> str:
    """The words of a part, or the first of them where they are `enough` characters."""
    parts: list[str] = []
    length, most = 0, min(sys.maxsize, enough + _OPENING)
    for event, item in etree.iterwalk(node, events=("start", "end")):
        if not isinstance(item.tag, str):
            continue
        if event == "start":
            parts.append("\n" if item.tag in _BLOCKS | {"br", "td", "th"} else "")
            parts.append(
                re.sub(r"\s+", " ", (item.text or "")[:most]) if item.tag not in _SILENT else ""
            )
        elif item is not node:
            parts.append(re.sub(r"\s+", " ", (item.tail or "")[:most]))
        length += len(parts[-1].strip()) if parts else 0
        if length > enough:
            break
    return "".join(parts)


# ---- what a reader reads


class _Reader:
    def __init__(self, root: etree._Element, name: str) -> None:
        self.name = name
        self.notes = _find_notes(root)
        self.note_blocks = {note for _, note in self.notes.values()}
        self.waiting: list[Piece] = []
        self.in_table = 0

    def blocks(self, node: etree._Element, depth: int) -> Iterator[Piece]:
        """The paragraphs and tables of a block, its notes after the paragraph or table that holds their marks."""
        words: list[str] = []
        yield from self._walk(node, words, depth)
        yield from self._flush(words, True)

    def _flush(self, words: list[str], put_notes: bool) -> Iterator[Piece]:
        paragraph = "".join(words)
        words.clear()
        for part in re.split(r"\n[ \u00a0]*\n[\s]*", paragraph):
            if part.strip():
                yield part
        if put_notes and self.waiting and not self.in_table:
            waiting, self.waiting = self.waiting, []
            yield from waiting

    def _walk(self, node: etree._Element, words: list[str], depth: int) -> Iterator[Piece]:
        if depth > 2 * MAX_DEPTH:
            raise refuse_depth(self.name)
        kept = node.tag == "pre"
        words.append(_inline(node.text, kept, _font(node)))
        number = 0
        for child in node:
            tag = child.tag if isinstance(child.tag, str) else ""
            if not tag or tag in _SILENT or _is_hidden(child) or child in self.note_blocks:
                pass
            elif tag == "br":
                words.append("\n")
            elif tag == "table":
                yield from self._flush(words, True)
                yield self._table(child, depth + 1)
                yield from self._flush(words, True)
            elif tag == "li":
                yield from self._flush(words, True)
                number = _number(child, node, number)
                words.append(_item_mark(child, node, number))
                yield from self._walk(child, words, depth + 1)
                yield from self._flush(words, True)
            elif tag in _BLOCKS:
                # The paragraph that a list item opens with stands beside the item's number.
                if not _is_only_a_mark(words):
                    yield from self._flush(words, True)
                yield from self._walk(child, words, depth + 1)
                yield from self._flush(words, True)
            else:
                yield from self._inside(child, words, depth)
            words.append(_inline(child.tail, kept, _font(node)))

    def _inside(self, node: etree._Element, words: list[str], depth: int) -> Iterator[Piece]:
        """An element inside a line."""
        mark, note = self.notes.get(node, (None, None))
        if mark is not None and note is not None:
            words.append(mark)
            inner: list[str] = []
            pieces = []
            self.note_blocks.discard(note)
            for piece in [*self._walk(note, inner, depth + 1), *self._flush(inner, False)]:
                pieces.append(piece if isinstance(piece, str) else "")
            self.note_blocks.add(note)
            self.waiting.append(_with_mark(mark, "\n".join(pieces)))
            return
        before = len(words)
        yield from self._walk(node, words, depth + 1)
        if node.tag == "sup" or "vertical-align:super" in (node.get("style") or "").replace(
            " ", ""
        ):
            words[before:] = [raised("".join(words[before:]))]

    def _table(self, table: etree._Element, depth: int) -> Rows:
        if depth > MAX_DEPTH:
            raise refuse_depth(self.name)
        self.in_table += 1
        rows = []
        for row in _rows(table):
            boxes = []
            for cell in row:
                if cell.tag not in ("td", "th") or _is_hidden(cell):
                    continue
                pieces = tuple(self.blocks(cell, depth + 1))
                boxes.append(Box(pieces, _span(cell, "rowspan"), _span(cell, "colspan")))
            rows.append(tuple(boxes))
        self.in_table -= 1
        return Rows(tuple(_within(rows)))


def _within(rows: list[tuple[Box, ...]]) -> Iterator[tuple[Box, ...]]:
    """The rows, no cell reaching below the last one; 0 reaches to the end."""
    for at, row in enumerate(rows):
        left = len(rows) - at
        yield tuple(Box(b.pieces, min(b.rows or left, left), b.columns) for b in row)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    value = min(int(text), 1000) if re.fullmatch(r"\d{1,5}", text) else 1
    return value if name == "rowspan" else max(value, 1)


def _inline(text: str | None, kept: bool, font: str | None) -> str:
    if not text:
        return ""
    words = by_font(text, font)
    return words if kept else re.sub(r"[ \t\r\n\f]+", " ", words)


def _font(node: etree._Element) -> str | None:
    """The font that the nearest element around some words names."""
    for holder in (node, *node.iterancestors()):
        found = _FONT.search(holder.get("style") or "")
        if found:
            return found[1].strip()
        if holder.tag == "font" and holder.get("face"):
            return str(holder.get("face"))
    return None


def _is_hidden(node: etree._Element) -> bool:
    return (
        node.get("hidden") is not None
        or bool(_HIDDEN.search(node.get("style") or ""))
        or (node.tag == "div" and node.get("title") in ("header", "footer"))  # LibreOffice's pages
    )


def _number(item: etree._Element, listed: etree._Element, last: int) -> int:
    for text in (item.get("value"), None if last else listed.get("start")):
        if text and re.fullmatch(r"-?\d{1,6}", text.strip()):
            return int(text)
    return last + 1


def _item_mark(item: etree._Element, listed: etree._Element, number: int) -> str:
    style = _LIST_STYLE.search((item.get("style") or "") + ";" + (listed.get("style") or ""))
    form = style[1] if style else item.get("type") or listed.get("type") or ""
    opens = written(_text(item, 12)[:_OPENING])[:12]
    if form.lower() == "none" or re.match(r"[-–+•*]\s|\(?[\dIVXivxa-zđ]{1,4}[.)]\s", opens):
        return ""  # nothing is shown, or the author wrote a mark by hand
    if listed.tag == "ol":
        return number_as(_ORDERS.get(form, "decimal"), number) + ". "
    return "- "


def _is_only_a_mark(words: list[str]) -> bool:
    return bool(re.fullmatch(r"\s*(?:-|\w{1,6}\.)\s*", "".join(words)))


# ---- notes


def _find_notes(root: etree._Element) -> dict[etree._Element, tuple[str, etree._Element]]:
    """Each link that is a note's mark, with the mark as read and the block that holds the note.

    A note's mark links to a place that opens with the same mark, as Word, LibreOffice and wikis write it.
    """
    places = {n.get("id") or n.get("name"): n for n in root.iter() if n.get("id") or n.get("name")}
    notes: dict[etree._Element, tuple[str, etree._Element]] = {}
    taken: set[etree._Element] = set()
    ways_back: set[etree._Element] = set()
    order = {node: at for at, node in enumerate(root.iter())}
    plain = cache(_plain)
    for link in root.iter("a"):
        mark = _MARK.match(_plain(link))
        place = places.get((link.get("href") or "").removeprefix("#"))
        if not mark or place is None or not (link.get("href") or "").startswith("#"):
            continue
        block = _block_of(place, _BLOCKS)
        parent = block.getparent()
        if parent is not None and block.tag != "div" and parent.get("id"):
            block = parent if parent.tag in ("div", "li") and parent[0] is block else block
        holds = any(a is block for a in link.iterancestors()) or block.tag in ("body", "table")
        if holds or block in taken or link in ways_back or order[block] < order[link]:
            continue
        if plain(block).startswith(mark[1]):
            taken.add(block)
            ways_back |= set(block.iter("a"))
            notes[link] = (raised(mark[1]), block)
    return notes


def _plain(node: etree._Element) -> str:
    return "".join(str(t) for t in node.itertext()).strip()


def _with_mark(mark: str, note: str) -> str:
    """The note opening with its mark as it is read in the text."""
    own = re.match(r"\s*(\[?\(?[\d⁰¹²³⁴-⁹ivx]{1,4}\)?\]?)\s*", note)
    return f"{mark} {note[own.end() :] if own else note}"
