"""The numbers that Word and web pages write before the items of a list: part of what a reader reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROMAN = [
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
]
_KEPT_BULLETS = frozenset("-–—+*•")
_LAST = 32767
"""Word counts no further."""

_LAST_LETTER = 780
"""Nor in letters: thirty times the letter z."""

_LONGEST = 255
"""Characters of what Word writes around the number of an item."""


def roman(number: int) -> str:
    """4 as "iv"."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def letter(number: int) -> str:
    """2 as "b", 28 as "bb", the way Word goes on after "z"."""
    if number > _LAST_LETTER:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda n: letter(n).upper(),
    "lowerLetter": letter,
    "decimalZero": lambda n: f"{n:02}",
    "none": lambda n: "",
}


def number_as(form: str, number: int) -> str:
    """A number in a form by its name in Word ("upperRoman"); an unknown form is written in figures."""
    return _FORMATS.get(form, str)(number) if 0 < number <= _LAST else str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    space: str = " "
    figures: bool = False
    restarts: bool = True


@dataclass
class Numbering:
    """The lists of a Word document, and how far each has been counted."""

    lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    """Number of the list -> its pattern, its levels, the levels it starts anew with their first numbers."""
    styles: dict[tuple[str, str], int] = field(default_factory=dict)
    """Pattern and style -> level."""
    _counted: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a list gives to the paragraphs of a style."""
        pattern = self.lists[number][0] if number in self.lists else ""
        return self.styles.get((pattern, style), 0)

    def label(self, number: str, level: int) -> str:
        """What stands before the next item at a level of a list, with the blank after it."""
        if number not in self.lists:
            return ""
        pattern, levels, anew = self.lists[number]
        form = levels.get(level)
        if form is None:
            return ""
        counted = self._counted.setdefault(pattern, {})
        if number not in self._begun:
            self._begun.add(number)
            for at, start in anew.items():
                counted[at] = start - 1
        counted[level] = counted.get(level, form.start - 1) + 1
        for deeper in [d for d in counted if d > level]:
            if levels.get(deeper, form).restarts:
                del counted[deeper]
        if form.form == "bullet":
            return (form.text if form.text in _KEPT_BULLETS else "-") + " "
        written = re.sub(
            r"%(\d)", lambda m: _number(levels, counted, int(m[1]) - 1, form.figures), form.text
        )
        return written + form.space if written else ""


def _number(levels: dict[int, Level], counted: dict[int, int], level: int, figures: bool) -> str:
    form = levels.get(level, Level())
    return number_as("decimal" if figures else form.form, counted.get(level, form.start))


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists that word/numbering.xml defines."""
    numbering = Numbering()
    if root is None:
        return numbering
    patterns: dict[str, dict[int, Level]] = {}
    for node in root.iter(f"{W}abstractNum"):
        pattern = node.get(f"{W}abstractNumId", "")
        patterns[pattern] = _levels(node, pattern, numbering)
    for node in root.iter(f"{W}num"):
        pattern = _value(node, "abstractNumId") or ""
        levels, anew = dict(patterns.get(pattern, {})), {}
        for override in node.iter(f"{W}lvlOverride"):
            at = _whole(override.get(f"{W}ilvl"), 0)
            levels |= _levels(override, pattern, numbering)
            if (start := _value(override, "startOverride")) is not None:
                anew[at] = _whole(start, 1)
        numbering.lists[node.get(f"{W}numId", "")] = pattern, levels, anew
    return numbering


def _levels(node: etree._Element, pattern: str, numbering: Numbering) -> dict[int, Level]:
    levels = {}
    for child in node.findall(f"{W}lvl"):
        at = _whole(child.get(f"{W}ilvl"), 0)
        if style := _value(child, "pStyle"):
            numbering.styles[pattern, style] = at
        levels[at] = Level(
            form=_value(child, "numFmt") or "decimal",
            text=(_value(child, "lvlText") or "")[:_LONGEST],
            start=_whole(_value(child, "start"), 1),
            space="" if _value(child, "suff") == "nothing" else " ",
            figures=child.find(f"{W}isLgl") is not None,
            restarts=_value(child, "lvlRestart") != "0",
        )
    return levels


def _value(node: etree._Element, name: str) -> str | None:
    child = node.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise
