"""What the columns of a table are, told by their headings, never by their position."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cancu.loaders.blocks import clean
from cancu.loaders.patterns import load
from cancu.loaders.words import Words

LONGEST = 90
"""A heading cell is a few words; the letterhead, the signature and prose are longer or say nothing of a column."""

WIDEST = 30
"""Columns of a table at most: a longer run of cells is no heading."""

_INDEX = re.compile(r"^\(?\s*(?:\d{1,2}|[A-ZĐ])\s*\)?(?:\s*=\s*[\d+()\s-]+)?$")
Row = Sequence[Words]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table: one cell a column, and the number of rows it takes (a merged heading takes two)."""

    cells: tuple[Words, ...]
    rows: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells cleaned, in lower case."""
        return tuple(clean(cell).text.casefold() for cell in self.cells)


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((c["role"], re.compile(c["pattern"])) for c in load("headings")["column"])


@cache
def _decoys() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((d["where"], re.compile(d["pattern"])) for d in load("headings")["decoy"])


def role_of(cell: str) -> str | None:
    """The role that a heading cell (lower case) gives its column, or None."""
    return _short_role(cell) if len(cell) <= LONGEST else _role(cell)


def _role(cell: str) -> str | None:
    return next((role for role, pattern in _columns() if pattern.search(cell)), None)


_short_role = lru_cache(maxsize=1024)(_role)
"""Kept because the same few headings are asked for each line and each row."""


def columns_of(heading: Iterable[str]) -> dict[str, int]:
    """Role of column -> its index, by the heading cells (lower case); the first column of a role wins.

    "Cơ quan thực hiện" is the lead where no "chủ trì" stands beside it.
    """
    found: dict[str, int] = {}
    for index, cell in enumerate(heading):
        role = role_of(cell)
        if role and role not in found:
            found[role] = index
    if "implement" in found and "lead" not in found and "both" not in found:
        found["lead"] = found["implement"]
    if "both" in found and "lead" not in found:
        found["lead"] = found["both"]
    return found


def is_task_table(heading: Sequence[str], rows: Sequence[Row] = ()) -> bool:
    """Whether a table with this heading and rows lists tasks: it says what and who, and is none of the look-alikes."""
    columns = columns_of(heading)
    if "content" not in columns:
        return False
    work = re.search(load("headings")["work"]["pattern"], heading[columns["content"]])
    undated = () if {"deadline", "product"} & columns.keys() else heading
    places = {
        "any": heading,
        "content": (heading[columns["content"]],),
        "undated": undated,
        "idle": () if work else undated,
        "rows": (),
    }
    if any(pattern.search(cell) for where, pattern in _decoys() for cell in places[where]):
        return False
    step = next(pattern for where, pattern in _decoys() if where == "rows")
    steps = sum(any(step.search(clean(cell).text) for cell in row) for row in rows)
    if steps > len(rows) / 3:
        return False
    return "lead" in columns or bool(work and "deadline" in columns)


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """The heading that the first rows of a table make, or None where they are no heading."""
    if not rows or not is_heading(rows[0]):
        return None
    if len(rows) > 1 and _is_second_level(rows[0], rows[1]):
        cells = tuple(
            below if below else above for above, below in zip(rows[0], rows[1], strict=True)
        )
        return Heading(cells, 2)
    return Heading(tuple(rows[0]), 1)


def is_heading(row: Row) -> bool:
    """Whether the cells of a row name columns: at least two of them do, and none is longer than a few words."""
    texts = [clean(cell).text.casefold() for cell in row]
    roles = [role for role in map(role_of, texts) if role]
    return (
        len(set(roles)) >= 2
        and max(map(len, texts)) <= LONGEST
        and not any(re.match(r"\d", text) for text in texts)
        and not any(re.search(load("headings")["letter"]["pattern"], text) for text in texts)
    )


def is_index(row: Row) -> bool:
    """Whether a row only numbers the columns: (1) | (2) | (3)."""
    texts = [clean(cell).text for cell in row]
    return sum(map(bool, texts)) >= 2 and all(_INDEX.match(text) for text in texts if text)


def _is_second_level(above: Row, below: Row) -> bool:
    """Whether a second row divides a merged heading: "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp"."""
    texts = [clean(cell).text.casefold() for cell in below]
    own = [
        text
        for text, up in zip(texts, above, strict=False)
        if text and text != clean(up).text.casefold()
    ]
    return (
        len(above) == len(below)
        and len(own) >= 2
        and all(len(text) <= LONGEST and role_of(text) for text in own)
        and not any(re.match(r"\d|[ivx]+\.?$", text) for text in texts)
    )
