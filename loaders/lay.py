"""Cells laid into columns by what they look like, where a text no longer says in which column a cell stood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cancu.loaders.blocks import clean
from cancu.loaders.bodies import names_body
from cancu.loaders.patterns import load
from cancu.loaders.words import Words

NUMBER = re.compile(r"\(?(?:\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+|[a-zđA-ZĐ])\s*[.)]?")
LABEL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)\s*[.)]?")
TITLE = re.compile(r"(?:[IVXLC]+|[A-HĐ]|(?i:phần|nhóm)\s+(?i:thứ\s+)?\w+)\s*[.):/-]\s*\S")
CLOSE = 0.5
"""Two readings of a row whose scores are no further apart are equally likely."""
CONTRARY = -3.0
"""Words that surely belong to another column."""
Tokens = Sequence[Words | None]
Cells = dict[int, Words | None]
_BODIES = ("lead", "coordinate", "implement", "both", "agency")
_SAID = ("content", *_BODIES, "deadline", "product")


def is_section(cells: Tokens) -> bool:
    """Whether the cells are a label and a title, in two cells or in one, and nothing else."""
    filled = [cell for cell in cells if cell]
    texts = [clean(cell).text for cell in filled]
    if len(filled) == 1:
        return bool(TITLE.match(texts[0])) or texts[0].isupper()
    return len(filled) == 2 and bool(LABEL.fullmatch(texts[0]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("headings")[name]["pattern"])


def is_remark(cells: Tokens) -> bool:
    """Whether a row sums up or remarks on the others: "Tổng cộng", "Ghi chú: …"."""
    first = next((clean(c).text for c in cells if c and not NUMBER.fullmatch(clean(c).text)), "")
    return bool(_pattern("remark").match(first))


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell looks like: its text without markup, and whether it may be a number, a body, a time limit."""

    text: str
    number: bool
    body: bool
    time: bool


@lru_cache(maxsize=256)
def _look(cell: str) -> _Look:
    """The look of a cell, kept because a cell is tried in every column."""
    text = clean(Words.of(cell, 0, len(cell))).text
    return _Look(
        text,
        bool(NUMBER.fullmatch(text)),
        names_body(text) and len(text) < 400,
        bool(_pattern("time").match(text)) and len(text) < 160,
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells laid into columns."""

    columns: dict[str, int]
    width: int

    def lay(self, tokens: Tokens) -> list[Cells]:
        """Each row as column -> cell, a column that is not there left out: the likeliest rows of all."""
        best: list[tuple[float, int, Cells] | None] = [None] * (len(tokens) + 2)
        best[0] = (0.0, 0, {})
        for start in range(len(tokens)):
            known = best[start]
            if known is None:
                continue
            for count in range(1, self.width + 3):
                end = start + count
                if end > len(tokens) or (end < len(tokens) and tokens[end] is not None):
                    continue
                score, row = self._row(tokens[start:end])
                after = min(end + 1, len(tokens) + 1)
                reached = best[after]
                if reached is None or known[0] + score > reached[0]:
                    best[after] = (known[0] + score, start, row)
        end = max((i for i, b in enumerate(best) if b), key=lambda i: i)
        rows = []
        while end > 0:
            found = best[end]
            assert found is not None  # noqa: S101 - every step was reached from an earlier one
            rows.append(found[2])
            end = found[1]
        return [row for row in reversed(rows) if any(row.values())]

    def _row(self, cells: Tokens) -> tuple[float, Cells]:
        if not any(cells):
            return -4.0, {}
        if is_remark(cells) and len(cells) <= self.width:
            return 3.0, {self.columns.get("content", 1): next(cell for cell in cells if cell)}
        if len(cells) >= self.width:
            extra = len(cells) - self.width
            row = dict(enumerate(cells[: self.width]))
            return 2.0 - 5.0 * extra + sum(self.fits(c, t) for c, t in row.items()), row
        first = "no" in self.columns and is_section(cells) and len([c for c in cells if c]) == 2
        if len(cells) == 1 and is_section(cells):
            return 2.5, {self.columns.get("content", 1): cells[0]}
        if first and len(cells) == 2:
            return 3.0, {self.columns["no"]: cells[0], self.columns.get("content", 1): cells[1]}
        return self._aligned(cells)

    def _aligned(self, cells: Tokens) -> tuple[float, Cells]:
        """The best way to lay fewer cells than columns, in their order."""
        table: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ())] * (self.width + 1)]
        for number, cell in enumerate(cells, 1):
            line: list[tuple[float, tuple[int, ...]]] = [(float("-inf"), ())]
            for column in range(1, self.width + 1):
                skip = line[column - 1]
                score, chosen = table[number - 1][column - 1]
                take = (score + self.fits(column - 1, cell), (*chosen, column - 1))
                line.append(max(skip, take, key=lambda option: option[0]))
            table.append(line)
        score, chosen = table[-1][-1]
        missing = self.width - len(cells)
        return score - 1.0 - 0.3 * missing, dict(zip(chosen, cells, strict=False))

    def doubtful(self, row: Cells, above: Sequence[Words] = ()) -> frozenset[int]:
        """The columns of which the words of a row do not tell one from another: a cell stands in one of them, suits the other as well,
        nothing stands there or between them, and the row above does not tell either.
        """
        found: set[int] = set()
        said = {self.columns[role] for role in _SAID if role in self.columns}
        for column, cell in row.items():
            if not cell or column == self.columns.get("content") or is_section([*row.values()]):
                continue
            for other in range(self.width):
                between = range(min(column, other), max(column, other) + 1)
                if not {column, other} & said or any(c in row for c in between if c != column):
                    continue
                equal = self.fits(other, cell) >= self.fits(column, cell) - CLOSE
                if other != column and equal and not self._leads(column, other, cell, above):
                    found |= {column, other}
        return frozenset(found)

    def _leads(self, column: int, other: int, cell: Words, above: Sequence[Words]) -> bool:
        """Whether a body leads rather than coordinates, by the row above: it leads there too, or a class of bodies coordinates there, which
        is what a merged cell of coordination says.
        """
        lead, coordinate = self.columns.get("lead"), self.columns.get("coordinate")
        if not above or (column, other) != (lead, coordinate):
            return False
        return clean(cell).text in clean(above[column]).text or bool(
            re.search(load("headings")["class"]["pattern"], clean(above[other]).text)
        )

    def fits(self, column: int, cell: Words | None) -> float:
        """How well a cell suits a column, by what it looks like."""
        if cell is None:
            return 0.0
        look = _look(cell.text)
        text = look.text
        if not text:
            return 0.2
        role = next((r for r, c in self.columns.items() if c == column and r != "implement"), None)
        role = role or next((r for r, c in self.columns.items() if c == column), "")
        number, body, time = look.number, look.body, look.time
        if role == "no":
            return 3.0 if number else -4.0
        if role in _BODIES:
            group = _pattern("class").match(text) and {"lead", "coordinate"} <= self.columns.keys()
            usual = 0.0 if not group else 0.8 if role == "coordinate" else -0.2
            return 2.0 + usual if body else -3.0 if number or time else -1.0
        if role == "deadline":
            return 2.5 if time else -3.0 if body else -1.5
        if role == "content":
            if number or (body and len(text) < 80):
                return -3.0 if number else -2.0
            return min(2.0, len(text) / 60) - (len(text) < 30)
        if role == "funding":
            return 1.5 if _pattern("money").match(text) else -0.5
        return -1.5 if time or number or body else 0.3
