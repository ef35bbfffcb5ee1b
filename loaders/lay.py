"""Cells laid into columns by what they look like, where a text no longer says in which column a cell stood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cancu.loaders.agencies import begins_like_agency
from cancu.loaders.blocks import clean
from cancu.loaders.patterns import load
from cancu.loaders.words import Words

NUMBER = re.compile(r"\(?(?:\d+(?:\.\d+)*[a-zđ]?|[IVXLC]+|[a-zđA-ZĐ])\s*[.)]?")
LABEL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)\s*[.)]?")
TITLE = re.compile(r"(?:[IVXLC]+|[A-HĐ]|(?i:phần|nhóm)\s+\w+)\s*[.):/-]\s*\S")
Tokens = Sequence[Words | None]


def is_section(cells: Tokens) -> bool:
    """Whether the cells are a label and a title, in two cells or in one, and nothing else."""
    filled = [cell for cell in cells if cell]
    texts = [clean(cell).text for cell in filled]
    if len(filled) == 1:
        return bool(TITLE.match(texts[0])) or texts[0].isupper()
    return len(filled) == 2 and bool(LABEL.fullmatch(texts[0]))


@cache
def _time() -> re.Pattern[str]:
    return re.compile(load("headings")["time"]["pattern"])


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
        begins_like_agency(text) and len(text) < 400,
        bool(_time().match(text)) and len(text) < 160,
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells laid into columns."""

    columns: dict[str, int]
    width: int

    def lay(self, tokens: Tokens) -> list[dict[int, Words | None]]:
        """Each row as column -> cell, a column that is not there left out: the likeliest rows of all."""
        best: list[tuple[float, int, dict[int, Words | None]] | None] = [None] * (len(tokens) + 2)
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

    def _row(self, cells: Tokens) -> tuple[float, dict[int, Words | None]]:
        if not any(cells):
            return -4.0, {}
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

    def _aligned(self, cells: Tokens) -> tuple[float, dict[int, Words | None]]:
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
        if role in ("lead", "coordinate", "implement", "both", "agency"):
            return 2.0 if body else -3.0 if number or time else -1.0
        if role == "deadline":
            return 2.5 if time else -3.0 if body else -1.5
        if role == "content":
            if number or (body and len(text) < 80):
                return -3.0 if number else -2.0
            return min(2.0, len(text) / 60) - (len(text) < 30)
        return -1.5 if time or number or body else 0.3
