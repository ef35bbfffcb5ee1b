"""A search index as it is asked: terms become full-text queries; nothing typed reaches SQL or the query language unquoted."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from math import prod

from cancu.graph.dataset import Published
from cancu.graph.search_elsewhere import open_index_of
from cancu.graph.search_index import EXACT, FOLDED, damaged
from cancu.graph.spelling import keeps
from cancu.queries.search_terms import Term, Token

NAMES, TITLES, ALL = 1, 2, 3
"""How many of the columns are looked at: names, names and title, everything."""

_WEIGHTS = "8.0, 4.0, 1.0, 8.0, 4.0, 1.0"
_VARIANTS = 300
"""Spellings of a phrase that are looked up; beyond them its unmarked words are taken as typed."""
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Scope:
    """Which entries count: those of a plan (and what belongs to none), those of a kind; empty for all."""

    plan: str = ""
    kind: str = ""

    @property
    def sql(self) -> str:
        """The condition."""
        parts = []
        if self.plan:
            parts.append(
                "(shared OR EXISTS (SELECT 1 FROM belongs WHERE belongs.plan = :plan AND belongs.entry = id))"
            )
        if self.kind:
            parts.append("kind = :kind")
        return " AND ".join(parts) or "1"


@dataclass(frozen=True)
class Index:
    """An open index; its spellings are looked up once a search."""

    base: sqlite3.Connection
    _known: dict[Token, tuple[str, ...]] = field(default_factory=dict)

    def spellings(self, token: Token) -> tuple[str, ...]:
        """The words of the index (exact forms) that a typed word stands for, the most frequent first."""
        if token not in self._known:
            self._known[token] = self._spellings(token)
        return self._known[token]

    def _spellings(self, token: Token) -> tuple[str, ...]:
        last = token.folded + _LAST if token.prefix else token.folded
        rows = self.base.execute(
            "SELECT exact FROM word WHERE folded BETWEEN ? AND ? ORDER BY exact = ? DESC, number DESC, exact",
            (token.folded, last, token.exact),
        )
        found = (str(row[0]) for row in rows)
        if not token.marked:
            return tuple(found)
        if not token.open:
            return tuple(exact for exact in found if exact == token.exact)
        return tuple(exact for exact in found if keeps(token.exact, exact, token.prefix))

    def find(self, terms: Sequence[Term], scope: Scope) -> dict[int, tuple[str, float]]:
        """The entries that have all terms: number -> kind, and rank by BM25 (the lower the better)."""
        expression = self._all(terms, ALL)
        if not expression:
            return {}
        rows = self.base.execute(
            f"SELECT id, kind, bm25(found, {_WEIGHTS}) FROM found JOIN entry ON entry.id = found.rowid "  # noqa: S608 - conditions of ours
            f"WHERE found MATCH :expression AND {scope.sql}",
            {"expression": expression, **vars(scope)},
        )
        return {int(number): (str(kind), float(rank)) for number, kind, rank in rows}

    def in_columns(self, terms: Sequence[Term], columns: int) -> set[int]:
        """The entries that have all terms in their first columns (NAMES, TITLES)."""
        return self._match(self._all(terms, columns))

    def exactly(self, terms: Sequence[Term]) -> set[int]:
        """The entries that have all terms letter by letter as typed."""
        parts = (_columns(EXACT, [[t.exact for t in term.tokens]], ALL, False) for term in terms)
        return self._match(" AND ".join(dict.fromkeys(parts)))

    def begun_with(self, tokens: Sequence[Token]) -> set[int]:
        """The entries whose label begins with all words."""
        phrase = " ".join(token.folded for token in tokens)
        return self._match(f'{FOLDED[0]} : ^"{phrase}"' + ("*" if tokens[-1].prefix else ""))

    def in_order(self, tokens: Sequence[Token], columns: int) -> set[int]:
        """The entries that have all words one after the other in their first columns."""
        phrase = [token.folded for token in tokens]
        return self._match(_columns(FOLDED, [phrase], columns, tokens[-1].prefix))

    def named(self, tokens: Sequence[Token], scope: Scope) -> set[int]:
        """The entries that the words name as a whole: as typed if there are such, else with the marks that were typed."""
        rows = self.base.execute(
            f"SELECT id, exact FROM name JOIN entry ON entry.id = name.entry WHERE folded = :folded AND {scope.sql}",  # noqa: S608 - conditions of ours
            {"folded": " ".join(token.folded for token in tokens), **vars(scope)},
        ).fetchall()
        exact = " ".join(token.exact for token in tokens)
        same = {int(row[0]) for row in rows if row[1] == exact}
        return same or {int(row[0]) for row in rows if _fits(tokens, str(row[1]))}

    def rows(self, ids: Sequence[int]) -> dict[int, sqlite3.Row]:
        """The entries with these numbers."""
        marks = ", ".join("?" * len(ids))
        self.base.row_factory = sqlite3.Row
        found = self.base.execute(f"SELECT * FROM entry WHERE id IN ({marks})", tuple(ids))  # noqa: S608 - question marks
        return {int(row["id"]): row for row in found}

    def vocabulary(self) -> list[tuple[str, str, int]]:
        """Every word: folded, as written, in how many entries."""
        rows = self.base.execute(
            "SELECT folded, shown, number FROM word ORDER BY folded, number DESC"
        )
        return [(str(folded), str(shown), int(number)) for folded, shown, number in rows]

    def _all(self, terms: Sequence[Term], columns: int) -> str:
        """The expression that finds all terms; empty if some word is in no entry at all."""
        parts = [self._part(term, columns) for term in terms]
        return (
            " AND ".join(dict.fromkeys(part for part in parts if part)) if None not in parts else ""
        )

    def _part(self, term: Term, columns: int) -> str | None:
        """The expression that finds a term; None if no word of the index fits."""
        tokens = term.tokens
        if not any(token.marked for token in tokens):
            return _columns(FOLDED, [[t.folded for t in tokens]], columns, tokens[-1].prefix)
        choices = [self.spellings(token) for token in tokens]
        if prod(map(len, choices)) > _VARIANTS:
            choices = [
                found[: _VARIANTS if len(tokens) == 1 else 1]
                if token.prefix
                else (token.exact,)
                if not token.marked
                else found[:1]
                for token, found in zip(tokens, choices, strict=True)
            ]
        phrases = [list(phrase) for phrase in product(*choices)]
        return _columns(EXACT, phrases, columns, False) if phrases else None

    def _match(self, expression: str) -> set[int]:
        if not expression:
            return set()
        rows = self.base.execute("SELECT rowid FROM found WHERE found MATCH ?", (expression,))
        return {int(row[0]) for row in rows}


@contextmanager
def opened(dataset: Published) -> Iterator[Index]:
    """The index of what is published.

    Raises:
        GraphError: see `graph.search_elsewhere.open_index_of`.
    """
    base = open_index_of(dataset)
    try:
        yield Index(base)
    except sqlite3.DatabaseError as error:
        raise damaged() from error
    finally:
        base.close()


def _columns(
    names: Sequence[str], phrases: Sequence[Sequence[str]], number: int, prefix: bool
) -> str:
    """The full-text expression for any of these phrases in the first `number` columns. Words hold letters and digits only."""
    listed = " OR ".join(
        '"' + " ".join(phrase) + '"' + ("*" if prefix else "") for phrase in phrases
    )
    return f"({{{' '.join(names[:number])}}} : ({listed}))"


def _fits(tokens: Sequence[Token], exact: str) -> bool:
    """Whether the words of a name have every mark that was typed."""
    return all(
        keeps(token.exact, word) if token.open else not token.marked or token.exact == word
        for token, word in zip(tokens, exact.split(), strict=True)
    )
