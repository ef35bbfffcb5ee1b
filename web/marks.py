"""Evidence in a text: every span a `<mark>`, nested where spans nest and cut where they cross.

The words that show are the source's own; what a conversion left between them (tags, asterisks) is kept, in a span of
its own that the style may hide. All text is escaped.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from cancu.loaders.words import INSERTED, Words
from cancu.web.addresses import mark_id
from cancu.web.words import Link

KINDS = ("citation", "agency", "time", "product", "content", "layout", "finding")
"""Kinds of evidence, the one that a mark is drawn as first."""

PLAIN, RESIDUE, GAP, CUT = "plain", "residue", "gap", "cut"
"""Forms of characters: words, what a conversion left, the blank before an item, the place of a page break."""

_RESIDUE = re.compile(r"</?[a-z][^<>\n]*>|\*\*+", re.IGNORECASE)
_NEW_ITEM = re.compile(r"(?<=[;:.…])\s+(?=[-–+•]\s)")
_NEW_LINE = re.compile(r"<(?:p|li|br|div)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """Something that words prove: what, of which task or document, and with whom."""

    kind: str
    form: str
    about: Link
    role: str = ""
    party: Link | None = None
    predicate: str = ""
    how: str = ""
    message: str = ""
    severity: str = ""
    page: str | None = None


@dataclass(frozen=True)
class Mark:
    """A span with the facts it proves."""

    start: int
    end: int
    facts: tuple[Fact, ...]

    @property
    def id(self) -> str:
        """Its id on the page."""
        return mark_id(self.start, self.end)

    @property
    def classes(self) -> str:
        """Its kinds, and of what is to be looked at again how grave it is."""
        grave = {fact.severity for fact in self.facts if fact.severity}
        return " ".join([*self.kinds, *sorted(grave)])

    @property
    def kinds(self) -> list[str]:
        """The kinds of its facts, in the order of KINDS."""
        found = {fact.kind for fact in self.facts}
        return [kind for kind in KINDS if kind in found]


Card = Callable[[Mark], Markup]
"""What stands behind a mark: the facts it proves, as HTML."""

_Run = tuple[tuple[Mark, ...], str, str]
"""The marks over a run of characters, its form, and its text."""


class Marker:
    """Writes pieces of one source as HTML with their marks; each mark has its id once, at its first piece."""

    def __init__(self, marks: Iterable[Mark], card: Card) -> None:
        self._card = card
        self._cuts, self._over = _sweep(list(marks))
        self._written: set[str] = set()

    @property
    def written(self) -> frozenset[str]:
        """The ids of the marks that have been written."""
        return frozenset(self._written)

    def html(self, words: Words) -> Markup:
        """The words with their marks; items that stand in one line begin on lines of their own."""
        parts: list[Markup] = []
        open_marks: list[Mark] = []
        begun = False
        for marks, form, text in self._runs(words):
            keep = _common(open_marks, marks)
            parts += self._closed(open_marks[keep:])
            parts += [self._opened(mark) for mark in marks[keep:]]
            open_marks = list(marks)
            if form == RESIDUE and begun and _NEW_LINE.match(text):
                parts.append(Markup("<br>"))
            parts.append(_run(text, form, marks))
            begun = begun or (form == PLAIN and bool(text.strip()))
        parts += self._closed(open_marks)
        return Markup("").join(parts)

    def _runs(self, words: Words) -> Iterator[_Run]:
        """Runs of characters with the same marks over them and the same form."""
        forms = _forms(words)
        keys = [
            (-1 if offset == INSERTED else bisect_right(self._cuts, offset) - 1, form)
            for offset, form in zip(words.at, forms, strict=True)
        ]
        for (interval, (form, _)), run in groupby(range(len(keys)), keys.__getitem__):
            text = "".join(words.text[i] for i in run)
            yield () if interval < 0 else self._over[interval], form, text

    def _opened(self, mark: Mark) -> Markup:
        if mark.id in self._written:
            return Markup('<mark class="{}" data-of="{}">').format(mark.classes, mark.id)
        return Markup('<mark id="{}" class="{}">').format(mark.id, mark.classes)

    def _closed(self, marks: list[Mark]) -> list[Markup]:
        """Close marks, innermost first; the first piece of each is followed by its card."""
        parts = []
        for mark in reversed(marks):
            parts.append(Markup("</mark>"))
            if mark.id not in self._written:
                self._written.add(mark.id)
                parts.append(self._card(mark))
        return parts


def _forms(words: Words) -> list[tuple[str, int]]:
    """What each character is, and which one of its kind it belongs to (two tags are two runs)."""
    forms = [(CUT if offset == INSERTED else PLAIN, 0) for offset in words.at]
    for form, pattern in ((RESIDUE, _RESIDUE), (GAP, _NEW_ITEM)):
        for match in pattern.finditer(words.text):
            for i in range(*match.span()):
                if forms[i][0] == PLAIN:
                    forms[i] = (form, match.start())
    return forms


def _run(text: str, form: str, marks: tuple[Mark, ...]) -> Markup:
    if form == CUT:
        return Markup('<span class="cut"> </span>')
    if form == GAP:
        return Markup("<br>")
    shown = (
        Markup('<span class="residue">{}</span>').format(text) if form == RESIDUE else escape(text)
    )
    if not marks or form == RESIDUE or not any(character.isalnum() for character in text):
        return shown
    return Markup('<a href="#{}">{}</a>').format(marks[-1].id, shown)


def _common(left: list[Mark], right: tuple[Mark, ...]) -> int:
    """How many marks from the outside in are the same."""
    same = 0
    for a, b in zip(left, right, strict=False):
        if a is not b:
            break
        same += 1
    return same


def _sweep(marks: list[Mark]) -> tuple[list[int], list[tuple[Mark, ...]]]:
    """The offsets where the marks over the text change, and the marks from each to the next, outermost first."""
    cuts = sorted({0, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    begins: Mapping[int, list[Mark]] = {
        start: list(group)
        for start, group in groupby(sorted(marks, key=lambda m: m.start), lambda m: m.start)
    }
    over: list[tuple[Mark, ...]] = []
    current: list[Mark] = []
    for cut in cuts:
        current = [mark for mark in current if mark.end > cut] + begins.get(cut, [])
        current.sort(key=lambda mark: (mark.start, -mark.end))
        over.append(tuple(current))
    return cuts, over
