"""PDF with text: paragraphs out of lines, tables by their ruling lines; pages that are pictures go to OCR.

A PDF has no paragraphs and no cells, only letters at places. What is read here is what their places say: a line
is new where the first word of the next would still have fitted, two columns are apart where a gap is wider than
any between words, a cell is what lines enclose. The pieces of a table that page breaks cut stay pieces.
"""

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import median
from typing import Any, NoReturn

import pdfplumber
from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.table import Table

from cancu.loaders.compose import Box, Piece, Rows, raised
from cancu.loaders.encodings import by_font
from cancu.loaders.errors import DocumentError, Encrypted, NotText, TooLarge
from cancu.loaders.limits import (
    MAX_CELLS,
    MAX_DRAWN,
    MAX_PAGES,
    MAX_PIXELS,
    MAX_TEXT,
    MAX_UNPACKED,
    MAX_WORDS,
    refuse_cells,
    refuse_drawn,
    refuse_text,
    refuse_unpacked,
)
from cancu.loaders.ocr import DOTS_PER_INCH, need_ocr, recognise
from cancu.loaders.syllables import likeness, marked_words

_PAGE_NUMBER = re.compile(
    r"^(?:[-–]\s*)?(?:(?:Trang|Page)\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–])?$", re.IGNORECASE
)
_OPENS_ITEM = re.compile(
    r"^(?:[-–+•*]\s|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ][.)]\s|[IVXLC]{1,6}\.\s|Điều\s+\d|Căn cứ\s|Nơi nhận|\[\d+\]\s?|[¹²³⁴-⁹⁰]+\s)"
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile(r"^(?:[¹²³⁴-⁹⁰]+|\[\d{1,3}\])\s*\S")
_FEW_LETTERS = 20
"""A page with fewer letters than this and a picture is a picture of a page."""
_MARGIN = 0.09
"""The part of the height of a page, at its top and its foot, where page numbers and running titles stand."""
_SPACED = 2.5
"""Points by which paragraphs stand further apart than lines, where they do."""
_EDGE = 3.0
"""Points within which two ruling lines are one."""


class _Bounded:
    """`zlib` for pdfminer, which itself unpacks a stream to any size: 20 MB may hold 20 GB."""

    error = zlib.error

    def __init__(self) -> None:
        self._stream = zlib.decompressobj()
        self._length = 0

    @classmethod
    def decompressobj(cls) -> "_Bounded":
        return cls()

    def decompress(self, data: bytes) -> bytes:
        """The next part of a stream, within what is left of the limit."""
        part = self._stream.decompress(data, MAX_UNPACKED + 1 - self._length)
        self._length += len(part)
        if self._length > MAX_UNPACKED:
            raise _Bomb
        return part


class _BoundedModule(_Bounded):
    @staticmethod
    def decompress(data: bytes) -> bytes:
        """A whole stream; one that is cut off is an error, as in the module."""
        stream = _Bounded()
        unpacked = stream.decompress(data)
        if not stream._stream.eof:
            raise zlib.error("incomplete stream")
        return unpacked


class _Bomb(Exception):
    """A stream unpacks to more than the limit."""


logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on odd files help no reader
setattr(pdftypes, "zlib", _BoundedModule)  # noqa: B010  the module exports no such name to set


class _Crowd(Exception):
    """A page with more letters and shapes than the limit."""


class _BoundedPage(PDFPageAggregatorWithMarkedContent):
    """What pdfplumber collects a page with: each letter takes a kilobyte, and 20 MB of file may draw 100 million."""

    drawn = 0

    def render_char(self, *args: Any, **named: Any) -> float:
        """One letter more."""
        self._count()
        return super().render_char(*args, **named)

    def paint_path(self, *args: Any, **named: Any) -> None:
        """One shape more."""
        self._count()
        super().paint_path(*args, **named)

    def _count(self) -> None:
        self.drawn += 1
        if self.drawn > MAX_DRAWN:
            raise _Crowd


setattr(pdfplumber.page, "PDFPageAggregatorWithMarkedContent", _BoundedPage)  # noqa: B010


@dataclass(frozen=True)
class Line:
    """Words that stand beside one another, and where."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    first: float
    """Width of the first word."""

    @property
    def height(self) -> float:
        """How high the line stands."""
        return self.bottom - self.top


@dataclass
class _Read:
    """What one page says: its blocks in order, its notes."""

    blocks: "list[list[Line] | Rows]"
    notes: list[list[Line]]
    right: float = 0.0


def read_pdf(data: bytes, name: str) -> tuple[tuple[Piece, ...], bool]:
    """The paragraphs and tables of a PDF, and whether words were recognised on pictures.

    Raises:
        Encrypted: a password is asked for.
        NeedsOcr: pages are pictures and Tesseract is not installed.
        NotText: broken, or its letters have no meaning.
        TooLarge: too many pages or cells.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
            if count > MAX_PAGES:
                raise TooLarge(
                    f"{name} có hơn {MAX_PAGES} trang; hãy tách bớt phụ lục rồi thử lại.",
                    f"{name} has more than {MAX_PAGES} pages; take out annexes and try again.",
                )
            pages = _Pages(name)
            for page in pdf.pages:
                pages.read(page)
                page.close()
    except DocumentError:
        raise
    except Exception as error:
        if _came_from(error, _Bomb):
            raise refuse_unpacked(name) from error
        if _came_from(error, _Crowd):
            raise refuse_drawn(name) from error
        if _came_from(error, PDFPasswordIncorrect, PDFEncryptionError):
            raise Encrypted(
                f"{name} được đặt mật khẩu; hãy bỏ mật khẩu rồi thử lại.",
                f"{name} has a password; take it off and try again.",
            ) from error
        # The libraries below meet broken files with whatever fault comes first.
        _refuse_broken(name, error)
    return tuple(pages.pieces()), pages.ocr


def _came_from(error: BaseException | None, *kinds: type[BaseException]) -> bool:
    """Whether a fault, or one that it was raised for, is of these kinds."""
    while error is not None:
        if isinstance(error, kinds) or any(isinstance(cause, kinds) for cause in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


def _refuse_broken(name: str, error: Exception) -> NoReturn:
    raise NotText(
        f"{name} là tệp PDF bị hỏng; hãy tải lại hoặc in lại ra PDF.",
        f"{name} is a broken PDF; download it again or print it to PDF again.",
    ) from error


class _Pages:
    """The pages read so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ocr = False
        self.cells = 0
        self.letters = 0
        self.pages: list[_Read] = []
        self.margins: list[Line] = []

    def read(self, page: Page) -> None:
        words = _words(page)
        self.letters += len(page.chars)
        if len(words) > MAX_WORDS:
            raise refuse_drawn(self.name)
        if self.letters > MAX_TEXT:
            raise refuse_text(self.name)
        if _is_picture(page, words):
            self.ocr = True
            need_ocr(self.name)
            resolution = min(
                DOTS_PER_INCH, 72 * (MAX_PIXELS / max(page.width * page.height, 1)) ** 0.5
            )
            picture = page.to_image(resolution=resolution).original
            self.pages.append(_Read([_recognised(p) for p in recognise(picture, self.name)], []))
            return
        blocks: list[tuple[float, Rows]] = []
        for table in page.find_tables():
            box = table.bbox
            if len(table.cells) < 2:
                continue
            self.cells += len(table.cells)
            if self.cells > MAX_CELLS:
                raise refuse_cells(self.name)
            inside = [w for w in words if _within(w, box)]
            words = [w for w in words if not _within(w, box)]
            blocks.append((box[1], _rows(table, inside)))
        lines = _lines(words)
        edge = page.height * _MARGIN
        self.margins.extend(
            line
            for line in lines
            if line.bottom < page.bbox[1] + edge or line.top > page.bbox[3] - edge
        )
        body, notes = _apart_from_notes(lines, _marks(lines, blocks), page)
        left = min((line.x0 for line in body), default=0.0)
        right = max((line.x1 for line in body), default=0.0)
        blocks.sort(key=lambda block: block[0])
        order: list[list[Line] | Rows] = []
        regions = _between(body, [top for top, _ in blocks])
        for region, rows in zip_longest(regions, (block for _, block in blocks)):
            order.extend(_paragraphs(region, left, right))
            order.extend([rows] if rows else [])
        self.pages.append(_Read(order, notes, right))

    def pieces(self) -> Iterator[Piece]:
        """Paragraphs and tables of all pages; a paragraph that a page break cuts is one."""
        dropped = self._furniture()
        open_paragraph: list[Line] | None = None
        right = 0.0
        waiting: list[list[Line]] = []

        def close() -> Iterator[Piece]:
            nonlocal open_paragraph, waiting
            if open_paragraph:
                yield "\n".join(line.text for line in open_paragraph)
            for note in waiting:
                yield " ".join(line.text for line in note)
            open_paragraph, waiting = None, []

        for page in self.pages:
            for block in page.blocks:
                if isinstance(block, Rows):
                    yield from close()
                    yield block
                    continue
                lines = [line for line in block if id(line) not in dropped]
                if not lines:
                    continue
                if open_paragraph and _goes_on(open_paragraph[-1], lines[0], 0, right):
                    open_paragraph = [*open_paragraph, *lines]
                else:
                    yield from close()
                    open_paragraph = lines
                right = page.right
            if page.notes and open_paragraph is None:
                for note in page.notes:
                    yield " ".join(line.text for line in note)
            else:
                waiting.extend(page.notes)
        yield from close()

    def _furniture(self) -> set[int]:
        """Page numbers, and running titles: the same words, figures aside, at the same place of three pages."""
        places = Counter(
            (round(line.top / 4), re.sub(r"\d+", "0", line.text)) for line in self.margins
        )
        return {
            id(line)
            for line in self.margins
            if _PAGE_NUMBER.match(line.text)
            or places[round(line.top / 4), re.sub(r"\d+", "0", line.text)] >= 3
        }


def _recognised(paragraph: str) -> list[Line]:
    return [Line(line, 0, 0, 0, 0, 0, 0) for line in paragraph.split("\n")]


def _is_picture(page: Page, words: Sequence[dict[str, Any]]) -> bool:
    text = " ".join(word["text"] for word in words)
    letters = sum(c.isalpha() for c in text)
    if letters < _FEW_LETTERS:
        covered = sum(
            max(0.0, image["x1"] - image["x0"]) * max(0.0, image["bottom"] - image["top"])
            for image in page.images
        )
        drawn = len(page.curves) + len(page.rects) > 200
        share = covered / max(page.width * page.height, 1)
        return share > 1 / 2 or (letters == 0 and (share > 1 / 30 or drawn))
    # Letters without a meaning: "(cid:12)", or marks that are no Vietnamese.
    unknown = text.count("(cid:")
    marked = marked_words(text)
    return unknown > letters / 50 or (len(marked) >= 20 and likeness(text) < 0.5)


# ---- words and lines


def _words(page: Page) -> list[dict[str, Any]]:
    return [
        {**word, "text": by_font(word["text"], word["fontname"])}
        for word in page.extract_words(
            keep_blank_chars=False, use_text_flow=False, extra_attrs=["size", "fontname"]
        )
        if word["text"].strip()
    ]


def _within(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _lines(words: Sequence[dict[str, Any]]) -> list[Line]:
    """The words as lines from top to bottom; those of two columns one column after the other."""
    rows: list[tuple[float, float, list[dict[str, Any]]]] = []
    # The large words first: a raised figure then finds the row that it stands in.
    for word in sorted(words, key=lambda w: (-round(w["size"]), w["bottom"], w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        for top, bottom, row in reversed(rows):
            if top - 1 <= middle <= bottom + 1:
                row.append(word)
                break
        else:
            rows.append((word["top"], word["bottom"], [word]))
    segments = [_segments(sorted(row, key=lambda w: float(w["x0"]))) for _, _, row in rows]
    segments.sort(key=lambda s: s[0].top)
    return list(_column_by_column(segments))


def _segments(row: list[dict[str, Any]]) -> list[Line]:
    """The words of one row as lines, apart where a gap is wider than between words."""
    pieces: list[list[dict[str, Any]]] = []
    for word in row:
        last = pieces[-1][-1] if pieces else None
        if last is None or word["x0"] - last["x1"] > 2.2 * max(word["size"], last["size"]):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return [_line(piece) for piece in pieces]


def _line(words: list[dict[str, Any]]) -> Line:
    size = max(float(w["size"]) for w in words)
    level = median(float(w["bottom"]) for w in words if w["size"] > 0.8 * size)
    text, last = "", None
    for word in words:
        up = word["size"] < 0.8 * size and word["bottom"] < level - 0.08 * size
        apart = last is not None and word["x0"] - last["x1"] > 0.12 * word["size"]
        text += (" " if apart else "") + (raised(word["text"]) if up else word["text"])
        last = word
    return Line(
        text,
        float(words[0]["x0"]),
        float(words[-1]["x1"]),
        min(float(w["top"]) for w in words),
        level,
        size,
        float(words[0]["x1"] - words[0]["x0"]),
    )


def _column_by_column(rows: list[list[Line]]) -> Iterator[Line]:
    """Rows of lines; where some are in two columns, the left column, then the right one."""
    middle = 0.0
    if rows:
        middle = (min(s[0].x0 for s in rows) + max(s[-1].x1 for s in rows)) / 2
    at = 0
    while at < len(rows):
        if len(rows[at]) != 2:
            yield from rows[at]
            at += 1
            continue
        # The rows that keep to the two sides of the gap belong to the columns.
        left, right = max(r.x1 for r in rows[at][:1]), rows[at][1].x0
        end = at
        while end < len(rows):
            lefts = [s for s in rows[end] if s.x1 <= right]
            rights = [s for s in rows[end] if s.x0 >= left]
            new_left = max([left, *(s.x1 for s in lefts)])
            new_right = min([right, *(s.x0 for s in rights if s not in lefts)])
            near = (
                end == at or rows[end][0].top - rows[end - 1][0].bottom < 3.5 * rows[end][0].height
            )
            if len(rows[end]) > 2 or any(s not in lefts and s not in rights for s in rows[end]):
                break
            centred = (
                len(rows[end]) == 1 and abs(rows[end][0].x0 + rows[end][0].x1 - 2 * middle) < 16
            )
            if not near or new_left > new_right or centred:
                break
            left, right = new_left, new_right
            end += 1
        for side in (0, 1):
            for row in rows[at:end]:
                for line in row:
                    if (line.x0 >= left) == bool(side):
                        yield line
        at = end


# ---- paragraphs


def _between(lines: list[Line], tops: list[float]) -> list[list[Line]]:
    """The lines above, between and below the tables, in their order."""
    regions: list[list[Line]] = [[] for _ in range(len(tops) + 1)]
    for line in lines:
        regions[sum(top <= line.top for top in tops)].append(line)
    return regions


def _paragraphs(lines: list[Line], left: float, right: float) -> list[list[Line]]:
    """Lines that stand together: wrapped ones, and short ones where paragraphs are set apart by space."""
    gaps = sorted(b.top - a.bottom for a, b in pairwise(lines) if b.top > a.top)
    tight = gaps[len(gaps) // 5] if gaps else 0.0
    spaced = len(gaps) > 4 and gaps[-(len(gaps) // 6 + 1)] > tight + _SPACED
    paragraphs: list[list[Line]] = []
    for line in lines:
        last = paragraphs[-1][-1] if paragraphs else None
        if last is None or line.top < last.top:  # the first, or the top of another column
            paragraphs.append([line])
            continue
        gap = line.top - last.bottom
        if gap > max(tight, 0) + 0.6 * line.height:
            together = False
        elif spaced and gap <= tight + 1:
            together = not _opens(last, line, left, right)
        else:
            together = _goes_on(last, line, left, right)
        if together:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _opens(last: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line surely opens a paragraph: by an item's mark, another size or an indent."""
    indented = 8 < line.x0 - max(left, last.x0) < 60 and not _is_centred(line, left, right)
    return bool(_OPENS_ITEM.match(line.text)) or abs(last.size - line.size) > 1.5 or indented


def _is_centred(line: Line, left: float, right: float) -> bool:
    return line.x0 - left > 15 and abs((line.x0 - left) - (right - line.x1)) < 8


def _goes_on(last: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    if _opens(last, line, left, right):
        return False
    if last.text.isupper() and line.text.isupper():
        return True
    if _is_centred(last, left, right) and _is_centred(line, left, right):
        return True
    fits = last.x1 + 0.25 * last.size + line.first < right - 1
    return not fits


def _marks(lines: list[Line], blocks: list[tuple[float, Rows]]) -> set[str]:
    """The raised figures on a page."""
    texts = [line.text for line in lines]
    for _, block in blocks:
        texts += [str(p) for row in block.rows for box in row for p in box.pieces]
    return {mark for text in texts for mark in _RAISED.findall(text)}


def _apart_from_notes(
    lines: list[Line], marks: set[str], page: Page
) -> tuple[list[Line], list[list[Line]]]:
    """The notes at the foot of the page: lines below all else, none larger, the first opening with a mark.

    Some programs do not raise the mark before the note: it is one where the page has the same figure raised.
    """
    plain = {mark.translate(_FIGURES): mark for mark in marks}
    lines = list(lines)
    start = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.top < page.bbox[1] + page.height / 3:
            break
        figure = re.match(r"(\d{1,3})\s+\S", line.text)
        if figure and figure[1] in plain:
            mark = plain[figure[1]]
            lines[at] = line = replace(line, text=mark + line.text[len(figure[1]) :])
        if _NOTE.match(line.text):
            later = [other for other in lines[at:] if not _PAGE_NUMBER.match(other.text)]
            if any(other.size > line.size + 0.5 for other in later):
                break
            start = at
    notes: list[list[Line]] = []
    numbers: list[Line] = []
    for line in lines[start:]:
        if _PAGE_NUMBER.match(line.text):
            numbers.append(line)
        elif _NOTE.match(line.text):
            notes.append([line])
        else:
            notes[-1].append(line)
    return [*lines[:start], *numbers], notes


# ---- tables


def _rows(table: Table, words: list[dict[str, Any]]) -> Rows:
    """The cells of a table by the edges they reach."""
    across = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
    down = _edges([y for cell in table.cells for y in (cell[1], cell[3])])
    rows: list[list[tuple[int, Box]]] = [[] for _ in range(len(down) - 1)]
    for cell in sorted(table.cells, key=lambda c: (c[1], c[0])):
        first_row, first_column = _nearest(down, cell[1]), _nearest(across, cell[0])
        last_row, last_column = _nearest(down, cell[3]), _nearest(across, cell[2])
        inside = [word for word in words if _within(word, cell)]
        pieces = tuple(_in_cell(inside, cell))
        box = Box(pieces, max(1, last_row - first_row), max(1, last_column - first_column))
        rows[min(first_row, len(rows) - 1)].append((first_column, box))
    return Rows(tuple(tuple(b for _, b in sorted(row, key=lambda r: r[0])) for row in rows))


def _edges(places: list[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _EDGE:
            edges.append(place)
    return edges


def _nearest(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))


def _in_cell(words: list[dict[str, Any]], cell: tuple[float, ...]) -> Iterator[str]:
    """The paragraphs of a cell; lines that are only wrapped are one."""
    lines = _lines(words)
    if not lines:
        return
    padding = min(6.0, max(0.0, min(line.x0 for line in lines) - cell[0]))
    paragraph = lines[0].text
    for last, line in pairwise(lines):
        room = cell[2] - cell[0] - 2 * padding
        fits = (last.x1 - last.x0) + 0.25 * last.size + line.first < room - 1
        if fits or _OPENS_ITEM.match(line.text):
            yield paragraph
            paragraph = line.text
        else:
            paragraph += f" {line.text}"
    yield paragraph
