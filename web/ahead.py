"""What pages about all plans need, read before anybody asks: at hundreds of plans that takes a quarter of a minute."""

from cancu.queries.names.lookup import lookup_of
from cancu.web.reading import Reading
from cancu.web.roster import read_roster
from cancu.web.scope import every

ANSWERS = ("E1", "B11", "C4", "C3", "C8", "A7", "A10")
"""The questions whose answers for all plans are kept for pages: no more than `reading.ANSWERS_KEPT`."""


def read_ahead(reading: Reading) -> None:
    """Read it, what most pages need first.

    Raises:
        GraphError: the data cannot be read.
    """
    reading.concepts, reading.lines_of, reading.line_of  # noqa: B018 - asked for what it keeps
    lookup_of(reading.dataset).index.forms("agency")
    for code in ANSWERS:
        reading.ask(code, {})
    reading.leaning_on, reading.steps, reading.sides, reading.labels  # noqa: B018
    _ = reading.evidence
    read_roster(reading, every(reading))
