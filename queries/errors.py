"""What can be wrong with a question or a query.

CancuError
 └─ QueryError
     ├─ UnknownQuestion    no question has this code
     ├─ BadQuestion        a question file is broken, or its code exists already
     ├─ UnknownParameter   the question has no such parameter
     ├─ UnknownValue       nothing has this name or number; `nearest` has what comes close
     ├─ AmbiguousValue     several things do; `candidates` has them
     ├─ NotUnderstood      a sentence that is no question, or not clearly one; `candidates` are the nearest
     ├─ BadValue           not a date, not a quarter …
     ├─ MissingValue       the question must be told what it is about
     ├─ BadQuery           not SPARQL, at `line` and `column`
     ├─ Refused            the query asks for what is not allowed (SERVICE, updates …)
     ├─ UnknownGraph       the dataset asked for has a graph that is not here
     ├─ TookTooLong        the query was stopped after the time limit
     ├─ TooMuch            the query needed too much memory
     ├─ TooLarge           the query is longer than is read, or the answer larger than is sent
     ├─ Busy               too many queries are waiting; come back after `seconds`
     ├─ Cancelled          whoever asked went away
     ├─ Failed             the query could not be run, and the reason is in the log
     └─ CannotExplain      nobody here can say why a row stands in an answer, or why a thing does not
"""

from collections.abc import Sequence

from cancu.loaders.errors import CancuError


class QueryError(CancuError):
    """A question or query cannot be answered."""


class UnknownQuestion(QueryError):
    """No question has this code."""


class BadQuestion(QueryError):
    """A question file is refused."""


def bad_question(file: str, reason_vi: str, reason_en: str) -> BadQuestion:
    """What is said of a question file that is refused: its name and why."""
    return BadQuestion(
        f"Không nhận câu hỏi trong tệp “{file}”: {reason_vi}.",
        f"The question file “{file}” is refused: {reason_en}.",
    )


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


class NotUnderstood(QueryError):
    """A typed sentence is no question, or not clearly one. `candidates`: codes of the nearest."""

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


class UnknownGraph(QueryError):
    """A graph that the query is to be asked of is not in the data."""


class TooMuch(QueryError):
    """The query needs too much memory."""


class TooLarge(QueryError):
    """The query has more bytes than are read, or its answer more bytes or rows than are sent."""


class Busy(QueryError):
    """Too many queries wait already. `seconds`: when to come back."""

    def __init__(self, vi: str, en: str, seconds: int = 5) -> None:
        super().__init__(vi, en)
        self.seconds = seconds


class Cancelled(QueryError):
    """Whoever asked is gone, so nobody waits for the answer."""


class Failed(QueryError):
    """The query could not be run; the reason is in the log, not in the message."""


class CannotExplain(QueryError):
    """Why a row stands in an answer, or a thing does not, cannot be said for this question, or not in time."""
