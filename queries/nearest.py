"""What comes nearest to a question without an answer: values with which it has one.

Each value that it was asked with is changed alone, by a few cheap tries: left out where it may be; a day or a period
moved; a thing exchanged for those that the answer would hold if it were asked of any.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from pyoxigraph import Literal

from cancu.graph.dataset import Dataset
from cancu.ontology.iri import slug
from cancu.queries.answer import Answer, ask, understand
from cancu.queries.catalogue import Parameter
from cancu.queries.errors import QueryError
from cancu.queries.parameters import NAMES, Bindings, find
from cancu.queries.plans import plan_names

SHOWN = 3
"""Things that are offered instead of one."""
DAYS = (30, 91, 365)
"""How far a day is moved, both ways."""
PLANS_MOST = 10
"""Over more plans than these, asking of any thing takes too long to be done unasked."""
STEPS = 4
"""How many times a period is moved by its own length, both ways."""


@dataclass(frozen=True)
class Near:
    """A change that gives rows: the value of a parameter to ask with instead; None leaves it out."""

    parameter: Parameter
    value: str | None
    shown: str


def nearest(answer: Answer, values: Mapping[str, str], dataset: Dataset) -> tuple[Near, ...]:
    """The changes with which a question that has no rows has some; none for one that has.

    Args:
        answer: what the question gave.
        values: what it was asked with, as typed.
        dataset: what was asked.
    """
    if answer.every:
        return ()
    found: list[Near] = []
    for parameter in answer.question.parameters:
        if parameter.name in answer.parameters:
            found += _changes(parameter, answer, values, dataset)
    return tuple(found)


def _changes(
    parameter: Parameter, answer: Answer, values: Mapping[str, str], dataset: Dataset
) -> Iterator[Near]:
    rest = {name: value for name, value in values.items() if name != parameter.name}
    needed = parameter.default is not None or parameter.required or rest == values
    if not needed and _has_rows(answer, rest, dataset):
        yield Near(parameter, None, "")
    if parameter.type in NAMES and parameter.type != "plan":
        yield from _other_things(parameter, answer, values, dataset)
        return
    _, bindings = understand(answer.question, values, dataset)
    for way in _ways(parameter, bindings):
        for value in way:
            if _has_rows(answer, {**values, parameter.name: value}, dataset):
                yield Near(parameter, value, value)
                break


def _has_rows(answer: Answer, values: Mapping[str, str], dataset: Dataset) -> bool:
    try:
        return bool(ask(answer.question.code, values, dataset).every)
    except QueryError:
        return False


def _other_things(
    parameter: Parameter, answer: Answer, values: Mapping[str, str], dataset: Dataset
) -> Iterator[Near]:
    """Things of the same kind that have rows, those of the nearest names first."""
    asked = answer.question
    if asked.constructs or parameter.name not in {column.name for column in asked.columns}:
        return
    _, bindings = understand(asked, values, dataset)
    bindings.pop(f"{parameter.name}_asked", None)
    plan = bindings.get("plan_asked")
    if plan is None and len(plan_names(dataset)) > PLANS_MOST:
        return
    rows = dataset.select(asked.sparql, bindings).rows
    labels = {
        str(row[f"{parameter.name}_iri"]): str(row[parameter.name])
        for row in rows
        if row.get(f"{parameter.name}_iri")
    }
    meant = slug(answer.parameters[parameter.name])

    def likeness(iri: str) -> float:
        return -SequenceMatcher(None, meant, slug(labels[iri])).ratio()

    for iri in sorted(labels, key=likeness)[:SHOWN]:
        try:
            one, _ = find(parameter.type, labels[iri], dataset, plan.value if plan else None)
        except QueryError:
            one = ""
        yield Near(parameter, labels[iri] if one == iri else iri, labels[iri])


def _ways(parameter: Parameter, bindings: Bindings) -> tuple[Iterator[str], ...]:
    """Values to try, nearest first, later and earlier."""
    day = bindings.get(f"{parameter.name}_asked")
    if parameter.type == "date" and isinstance(day, Literal):
        at = date.fromisoformat(day.value)
        return tuple(_moved_days(at, sign) for sign in (1, -1))
    start = bindings.get(f"{parameter.name}_start_asked")
    end = bindings.get(f"{parameter.name}_end_asked")
    if isinstance(start, Literal) and isinstance(end, Literal):
        first, last = date.fromisoformat(start.value), date.fromisoformat(end.value)
        return tuple(_moved_periods(first, last, sign) for sign in (1, -1))
    return ()


def _moved_days(at: date, sign: int) -> Iterator[str]:
    for days in DAYS:
        try:
            yield (at + timedelta(days=sign * days)).isoformat()
        except OverflowError:
            return


def _moved_periods(first: date, last: date, sign: int) -> Iterator[str]:
    """The periods of whole months beside one: quarters and years are said as such."""
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    for step in range(1, STEPS + 1):
        start = 12 * first.year + first.month - 1 + sign * step * months
        end = start + months - 1
        if not (12 * date.min.year <= start and end < 12 * date.max.year):
            return
        yield _period(start, end)


def _period(start: int, end: int) -> str:
    """Months counted from year 0, as a period is typed."""
    year, month = divmod(start, 12)
    if end - start == 11 and month == 0:
        return f"{year:04}"
    if end - start == 2 and month % 3 == 0:
        return f"{year:04}-Q{month // 3 + 1}"
    last_year, last_month = divmod(end, 12)
    last = date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])
    return f"{date(year, month + 1, 1)}..{last}"
