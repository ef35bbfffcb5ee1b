"""What can be wrong with a question or a query.

CancuError
 └─ QueryError
     ├─ UnknownQuestion    no question has this code
     ├─ UnknownParameter   the question has no such parameter
     ├─ UnknownValue       nothing has this name or number; `nearest` has what comes close
     ├─ AmbiguousValue     several things do; `candidates` has them
     ├─ BadValue           not a date, not a quarter …
     ├─ MissingValue       the question must be told what it is about
     ├─ BadQuery           not SPARQL, at `line` and `column`
     ├─ Refused            the query asks for what is not allowed (SERVICE, updates …)
     ├─ TookTooLong        the query was stopped after the time limit
     ├─ TooMuch            the query needed too much memory or its answer is too large
     └─ CannotExplain      nobody here can say why a row stands in an answer, or why a thing does not
"""

from collections.abc import Sequence

from cancu.loaders.errors import CancuError


class QueryError(CancuError):
    """A question or query cannot be answered."""


class UnknownQuestion(QueryError):
    """No question has this code."""


class UnknownParameter(QueryError):
    """The question has no such parameter."""


class UnknownValue(QueryError):
    """Nothing in the graph has this name or number."""

    def __init__(self, vi: str, en: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(vi, en)
        self.nearest = tuple(nearest)


class AmbiguousValue(QueryError):
    """Several things in the graph have this name."""

    def __init__(self, vi: str, en: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(vi, en)
        self.candidates = tuple(candidates)


class BadValue(QueryError):
    """The value is not of the parameter's type."""


class MissingValue(QueryError):
    """A parameter that the question cannot do without has no value."""


class BadQuery(QueryError):
    """The text is not SPARQL. `line` and `column` count from 1 where the place is known."""

    def __init__(
        self, vi: str, en: str, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(vi, en)
        self.line, self.column = line, column


class Refused(QueryError):
    """The query asks for what this service does not do."""


class TookTooLong(QueryError):
    """The query was stopped after the time limit."""


class TooMuch(QueryError):
    """The query needs too much memory, or its answer is too large."""


class CannotExplain(QueryError):
    """Why a row stands in an answer, or a thing does not, cannot be said for this question, or not in time."""
