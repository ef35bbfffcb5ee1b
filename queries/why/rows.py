"""Which rows of an answer are meant, by values as people type them or as an address carries them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Variable

from cancu.graph.dataset import Dataset, Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Column
from cancu.queries.codes import all_codes, in_words
from cancu.queries.errors import BadValue, UnknownParameter, UnknownValue
from cancu.queries.parameters import NAMES, find, resolve
from cancu.queries.why.known import FALSE, Known
from cancu.queries.why.pattern import (
    Body,
    Call,
    Expression,
    Filter,
    Term,
    aggregates,
    in_expression,
    loosely_computed,
)

_TEXTS = ("quote", "text")
"""Types of columns with long words: they tell rows apart only where nothing else does."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in an answer: columns with values, or a name."""

    values: Sequence[tuple[str, str]] = ()
    name: str = ""


@dataclass(frozen=True)
class Look:
    """What is looked for, as understood.

    Attributes:
        shown: column -> value, for people.
        columns: column of the answer -> value it must have; None: no value.
        things: column -> address of the thing that was named in it.
    """

    shown: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str | None] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)

    def known(self, body: Body) -> tuple[Known, Sequence[Filter]]:
        """What it says of the variables of a query."""
        known: dict[Variable, Term] = {
            Variable(f"{name}_iri"): NamedNode(iri) for name, iri in self.things.items()
        }
        others = {
            name: value
            for name, value in self.columns.items()
            if name.removesuffix("_iri") not in self.things
        }
        return known, equal_to(body, others)


def equal_to(body: Body, values: Mapping[str, str | None]) -> list[Filter]:
    """That columns have these values, or none; not of columns that speak of groups of solutions.

    Neither of those whose value is another when a query is asked otherwise: a list of words, or any one of several values.
    """
    computed = {c.variable.value: c.expression for c in body.columns}
    loose = loosely_computed(body.group)
    found = []
    for name, value in values.items():
        expression = computed.get(name) or Variable(name)
        if not aggregates(expression) and not loose.intersection(in_expression(expression)):
            found.append(_equal(expression, value))
    return found


def _equal(expression: Expression, value: str | None) -> Filter:
    if value is not None:
        test = Call("=", (Call("STR", (expression,)), Literal(value)))
    elif isinstance(expression, Variable):
        test = Call("!", (Call("BOUND", (expression,)),))
    else:
        test = Call("!", (Call("COALESCE", (Call("=", (expression, expression)), FALSE)),))
    return Filter(0, test, wanted=True)


def matching(look: Look, row: Row) -> bool:
    """Whether a row has what is looked for."""
    return all(
        (None if row.get(name) is None else str(row[name])) == value
        for name, value in look.columns.items()
    )


def understood(answer: Answer, wanted: Wanted, dataset: Dataset) -> Look:
    """What is looked for, as columns and addresses.

    Raises:
        UnknownParameter: the answer has no such column.
        UnknownValue, AmbiguousValue: nothing, or several things, have this name.
        BadValue: the answer has no column of things that a name could stand in, or a value is no day.
    """
    for name, _ in wanted.values:
        _column(answer, name)
    literal = Look(dict(wanted.values), {name: typed or None for name, typed in wanted.values})
    if wanted.values and not wanted.name and any(matching(literal, row) for row in answer.rows):
        return literal
    shown: dict[str, str] = {}
    columns: dict[str, str | None] = {}
    things: dict[str, str] = {}
    named = [_anywhere(answer, wanted.name, dataset)] if wanted.name else []
    for name, typed in [*wanted.values, *named]:
        column = _column(answer, name)
        shown[name] = typed
        iri = _thing(answer, column, name, typed, dataset)
        if iri:
            base = name.removesuffix("_iri")
            columns[f"{base}_iri"], things[base] = iri[0], iri[0]
            shown[name] = iri[1]
        else:
            columns[name] = _plain(column, typed, dataset)
    return Look(shown, columns, things)


def _column(answer: Answer, name: str) -> Column | None:
    if name not in answer.columns:
        listed = ", ".join(c.name for c in answer.question.columns)
        code = answer.question.code
        raise UnknownParameter(
            f"Câu trả lời của {code} không có cột “{name}”. Các cột: {listed}.",
            f"The answer to {code} has no column “{name}”. Its columns: {listed}.",
        )
    return next((c for c in answer.question.columns if c.name == name), None)


def _thing(
    answer: Answer, column: Column | None, name: str, typed: str, dataset: Dataset
) -> tuple[str, str] | None:
    """Address and label of the thing that a value names; None where the column has no things."""
    if name.endswith("_iri") and typed:
        return typed, typed
    if not typed or f"{name}_iri" not in answer.columns or column is None:
        return None
    here = {(str(r[f"{name}_iri"]), str(r[name])) for r in answer.rows if str(r[name]) == typed}
    if len(here) == 1:
        return next(iter(here))
    if column.type not in NAMES:
        return None
    return find(column.type, typed, dataset, answer.plan)


def _plain(column: Column | None, typed: str, dataset: Dataset) -> str | None:
    """A value without an address: a code may be given in words, a day as people write it."""
    if not typed:
        return None
    if column is None:
        return typed
    for code in all_codes(column.type):
        if typed in (in_words(column.type, code, "vi"), in_words(column.type, code, "en")):
            return code
    return resolve("date", "day", typed, dataset).shown if column.type == "date" else typed


def _anywhere(answer: Answer, name: str, dataset: Dataset) -> tuple[str, str]:
    """The column that a name stands in, or could stand in.

    A column whose rows have it comes first; else the first of its kind that the question does not ask about.
    """
    asked = {parameter.name for parameter in answer.question.parameters}
    columns = [
        c
        for c in answer.question.columns
        if c.type in NAMES and c.type != "plan" and f"{c.name}_iri" in answer.columns
    ]
    if not columns:
        raise BadValue(
            "Câu này không có cột nào ghi nhiệm vụ, cơ quan hay văn bản.",
            "This question has no column of tasks, agencies or documents.",
        )
    found: list[tuple[bool, bool, str]] = []
    unknown: UnknownValue | None = None
    for kind in dict.fromkeys(c.type for c in columns):
        try:
            iri, _ = find(kind, name, dataset, answer.plan)
        except UnknownValue as error:
            unknown = unknown or error
            continue
        for column in (c for c in columns if c.type == kind):
            here = any(row[f"{column.name}_iri"] == iri for row in answer.rows)
            found.append((not here, column.name in asked, column.name))
    if not found and unknown:
        raise unknown
    return min(found, key=lambda f: f[:2])[2], name


def key_columns(answer: Answer) -> tuple[str, ...]:
    """The columns whose values tell the rows of an answer apart, as few as do: things first, long words last."""
    named = {c.name: c for c in answer.question.columns}
    shown = [n for n in answer.columns if n in named and named[n].type not in _TEXTS]
    texts = [n for n in answer.columns if n in named and named[n].type in _TEXTS]
    hidden = [n for n in answer.columns if n not in named]
    things = [n for n in shown if f"{n}_iri" in answer.columns and n != "plan"]
    order = [*things, *(n for n in shown if n not in things), *hidden, *texts]
    whole = len({tuple(row.values()) for row in answer.rows})
    key: list[str] = []
    number = 1 if answer.rows else 0
    for name in order:
        if number >= whole:
            break
        more = len({tuple(row[n] for n in [*key, name]) for row in answer.rows})
        if more > number:
            key.append(name)
            number = more
    return tuple(key or order[:1])
