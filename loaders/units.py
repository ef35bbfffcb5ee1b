"""Prose into its numbered units: headings, items, sub-items, dashes, plain paragraphs.

The order of the levels follows Nghị định 30/2020/NĐ-CP, Phụ lục I: Phần, Chương, Mục; then I, 1, 1.1, a), dashes. A line that is wrapped or
cut by a page belongs to the unit before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cancu.loaders.blocks import Paragraph, clean_lines
from cancu.loaders.labels import has_label
from cancu.loaders.words import Words

_MARKS = (
    ("part", r"(?P<label>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVXLC]+|[A-ZĐ]|\d+))\s*[.:]?(?:\s+|$)"),
    ("annex", r"(?P<label>(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[IVXLC\d]+[a-z]?)?)\s*[.:]?(?=\s|$)"),
    ("annex", r"(?P<label>\(?(?:Ban hành )?[Kk]èm theo|Nơi nhận)"),
    ("article", r"(?P<label>Điều\s+\d+[a-zđ]?)\s*[.:]\s*"),
    ("roman", r"(?P<label>[IVXL]+)\s*(?:[.)]|[/-](?!\s*\d))\s*(?=\S)"),
    ("letter", r"(?P<label>[A-HĐ])\s*[.)/-]\s+(?=\S)"),
    ("decimal", r"(?P<label>\d{1,3}(?:\.\d{1,3})+)\s*[.):/-]?\s+(?=\S)"),
    ("arabic", r"\(?(?P<label>\d{1,3}[a-zđ]?)\s*(?:[.)]\s*|/\s+|-\s+|/(?=[^\W\d_][^\W\d_A-ZĐ]))(?=[^\d\s.])"),
    ("point", r"(?P<label>[a-zđ]{1,2}|[a-zđ]\d|[ivx]+)\s*[)]\s*(?=\S)"),
    ("point", r"(?P<label>[a-zđ])\s*/\s*(?=[^\W\d_a-zđ])"),
    ("point", r"(?P<label>[a-zđ])\s*\.\s+(?=[A-ZÀ-ÝĂĐƠƯẠ-Ỹ])"),
    ("dash", r"(?P<label>[-–—•*])\s*(?=[^\s\d])"),
    ("dash", r"(?P<label>[-–—•*])\s+(?=\S)"),
    ("plus", r"(?P<label>\+)\s*(?=\S)"),
)  # fmt: skip
_MARK = tuple((kind, re.compile(pattern)) for kind, pattern in _MARKS)

ORDER = ("annex", "part", "article", "letter", "roman", "arabic", "decimal", "point", "dash", "plus", "plain")  # fmt: skip
"""Kinds of units, the outermost first."""

_WANTS_NUMBER = re.compile(
    r"(?i)(?<!\w)(?:ngày|tháng|năm|quý|số|điều|khoản|điểm|mục|phụ lục|trước|đến|hết|từ|tối thiểu|ít nhất|khoảng)\s*$"
)
_COUNTED = ("arabic", "decimal")
_YEAR_OPEN = re.compile(r"\d{4}\s*$")
_ENDED = re.compile(r"[.;:!?…”\"]\s*$|/\.\s*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A numbered or plain piece of prose.

    Attributes:
        kind: one of `ORDER`.
        label: as printed, without its stop ("II", "1.2", "a", "-"); empty for a plain paragraph.
        words: what follows the label.
    """

    kind: str
    label: str
    words: Words

    @property
    def level(self) -> int:
        """Depth: a smaller number is further out; 1.1 is within 1, and 1.1.1 within 1.1."""
        depth = ORDER.index(self.kind) * 10
        return depth + (self.label.count(".") if self.kind == "decimal" else 0)


def read_units(paragraphs: Sequence[Paragraph]) -> list[Unit]:
    """The units of the paragraphs, in order."""
    return list(_joined(paragraphs))


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Unit]:
    opened: Unit | None = None
    parts: list[Words] = []
    last = ""
    for paragraph in paragraphs:
        for position, line in enumerate(clean_lines(paragraph.words)):
            unit = _unit(line)
            rest = position and not has_label(line.text)
            waits = opened and position and not _follows(last, unit)
            if waits and _is_number_of(parts[-1].text, line.text, unit):
                parts.append(line)
                continue
            if opened and unit.kind == "plain" and (rest or _is_rest(parts[-1], unit)):
                parts.append(line)
                continue
            if opened:
                yield _together(opened, parts)
            opened, parts = unit, [unit.words]
            last = unit.label if unit.kind in _COUNTED else last
    if opened:
        yield _together(opened, parts)


def _together(unit: Unit, parts: Sequence[Words]) -> Unit:
    """The unit with the lines that were cut from it."""
    words = [part for part in parts if part]
    return Unit(unit.kind, unit.label, Words.join(words, " ")) if len(words) else unit


def _unit(line: Words) -> Unit:
    for kind, pattern in _MARK:
        match = pattern.match(line.text)
        if match:
            return Unit(kind, match["label"], line[match.end() :].strip())
    return Unit("plain", "", line)


def _follows(last: str, unit: Unit) -> bool:
    """Whether a number is the next one after the last item's: 2 after 1, 1.3 after 1.2, or the first of a new list."""
    before, now = last.split("."), unit.label.split(".")
    if now[-1] == "1":
        return True
    return (
        now[:-1] == before[:-1]
        and before[-1].isdecimal()
        and now[-1].isdecimal()
        and int(now[-1]) == int(before[-1]) + 1
    )


def _is_number_of(before: str, line: str, unit: Unit) -> bool:
    """Whether a line only seems to open with a number: the sentence before it waits for one ("trước ngày / 15. Riêng …"), or is a span of
    years ("2021 / - 2025").
    """
    if unit.kind in _COUNTED:
        return bool(_WANTS_NUMBER.search(before))
    return unit.kind == "dash" and bool(
        _YEAR_OPEN.search(before) and re.match(r"[-–]\s*\d{4}", line)
    )


def _is_rest(before: Words, unit: Unit) -> bool:
    """Whether a paragraph goes on with the line before it: a page or a blank line cut the sentence."""
    first = unit.words.text[:1]
    return (first.islower() or first in "(,;") and not _ENDED.search(before.text)
