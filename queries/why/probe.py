"""What conditions find, as terms, within limits of time and number."""

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Variable

from cancu.graph.dataset import Dataset
from cancu.queries.errors import CannotExplain
from cancu.queries.why.pattern import Group, Term, visible
from cancu.queries.why.render import group_text

Solution = dict[Variable, Term]
"""Variables with their terms; those without a value are not in it."""


@dataclass(frozen=True)
class Limits:
    """What one explanation may use."""

    seconds: float = 5.0
    queries: int = 600
    solutions: int = 50
    facts: int = 300
    alternatives: int = 12


DEFAULT = Limits()


@dataclass
class Probe:
    """Asks a dataset, and stops when it has asked enough."""

    dataset: Dataset
    limits: Limits = DEFAULT
    asked: int = 0
    started: float = field(default_factory=time.monotonic)

    def solutions(
        self,
        group: Group,
        extra: Iterable[Variable] = (),
        without: Collection[int] = (),
        limit: int | None = None,
        marks: bool = False,
    ) -> list[Solution]:
        """Solutions of a group, at most `limit`, with the values of its variables and of `extra` ones.

        Raises:
            CannotExplain: the limits are used up.
        """
        names = [*visible(group), *extra]
        text = group_text(group, without, marks)
        return self.select(names, text, limit or self.limits.solutions)

    def holds(self, group: Group, without: Collection[int] = ()) -> bool:
        """Whether a group has a solution.

        Raises:
            CannotExplain: the limits are used up.
        """
        return bool(self.select((), group_text(group, without), 1))

    def select(self, names: Sequence[Variable], text: str, limit: int) -> list[Solution]:
        """Solutions of a group in braces.

        Raises:
            CannotExplain: the limits are used up.
        """
        self._count()
        # The words of a term and its kind are asked for apart: a dataset gives plain values only.
        columns = [
            f"(STR({v}) AS ?v{i}) (IF(isIRI({v}), '', CONCAT(LANG({v}), '^', STR(DATATYPE({v})))) AS ?k{i})"
            for i, v in enumerate(names)
        ] or ["(1 AS ?one)"]
        table = self.dataset.select(f"SELECT {' '.join(columns)} WHERE {text} LIMIT {limit}")
        return [
            {
                v: _term(str(row[f"v{i}"]), str(row[f"k{i}"]))
                for i, v in enumerate(names)
                if row[f"k{i}"] is not None
            }
            for row in table.rows
        ]

    def _count(self) -> None:
        self.asked += 1
        spent = time.monotonic() - self.started
        if self.asked > self.limits.queries or spent > self.limits.seconds:
            raise CannotExplain(
                "Không giải thích được trong thời gian cho phép; hãy nêu rõ hơn dòng hoặc tham số.",
                "This cannot be explained in the time allowed; say more exactly which row or value.",
            )


def _term(text: str, kind: str) -> Term:
    if not kind:
        return NamedNode(text)
    language, _, datatype = kind.partition("^")
    return (
        Literal(text, language=language)
        if language
        else Literal(text, datatype=NamedNode(datatype))
    )
