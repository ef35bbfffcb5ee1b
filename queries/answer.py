"""Asking a question of a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Triple

from cancu.graph.dataset import Dataset, Row
from cancu.queries.catalogue import Parameter, Question, question
from cancu.queries.errors import AmbiguousValue, MissingValue, UnknownParameter, UnknownValue
from cancu.queries.parameters import Bindings, Resolved, belongs, find, resolve
from cancu.queries.plans import PlanName, plan_names
from cancu.queries.triples import COLUMNS, as_rows, in_order

MAX_ROWS = 10_000
"""Rows of an answer that pages, API and command show; more are cut off and said to be."""


@dataclass(frozen=True)
class Answer:
    """The rows that answer a question.

    Attributes:
        question: what was asked.
        parameters: name -> value as understood.
        plan: address of the plan it was asked of, None for all.
        columns: names of the columns, in order; `x_iri` is the address of what column `x` names.
        every: all rows there are, one dict a row, a key a column; what the sentences count.
        most: how many of them are given.
        snapshot: version of the data.
        triples: the graph, in the order of the rows, where the question constructs one.
    """

    question: Question
    parameters: Mapping[str, str]
    columns: tuple[str, ...]
    every: tuple[Row, ...]
    snapshot: str
    plan: str | None = None
    most: int = MAX_ROWS
    triples: tuple[Triple, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are given."""
        return self.every[: self.most]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.every)

    @property
    def truncated(self) -> bool:
        """Whether rows were cut off."""
        return self.total > self.most


def ask(code: str, values: Mapping[str, str], dataset: Dataset, max_rows: int = MAX_ROWS) -> Answer:
    """The answer to the question with this code.

    Args:
        code: such as "A5".
        values: parameter -> value as typed; defaults fill what is missing.
        dataset: what is asked.
        max_rows: where rows are cut off.

    Raises:
        UnknownQuestion, UnknownParameter, UnknownValue, AmbiguousValue, BadValue, MissingValue: see `errors`.
    """
    asked = question(code)
    shown, bindings = understand(asked, values, dataset)
    plan = bindings.get("plan_asked")
    columns, rows, triples = _found(asked, bindings, dataset)
    return Answer(
        question=asked,
        parameters=shown,
        columns=columns,
        every=rows if plan else _told_apart(rows, dataset),
        snapshot=dataset.version,
        plan=plan.value if plan else None,
        most=max_rows,
        triples=triples,
    )


def _found(
    asked: Question, bindings: Bindings, dataset: Dataset
) -> tuple[tuple[str, ...], tuple[Row, ...], tuple[Triple, ...]]:
    """Columns and rows, and the graph where the question makes one."""
    if asked.constructs:
        triples = in_order(dataset.construct(asked.sparql, bindings))
        return COLUMNS, as_rows(triples), triples
    table = dataset.select(asked.sparql, bindings)
    return table.columns, table.rows, ()


def _told_apart(rows: tuple[Row, ...], dataset: Dataset) -> tuple[Row, ...]:
    """The rows with plans under names that tell them apart, if there are several plans."""
    names = plan_names(dataset)
    if len(names) < 2:
        return rows
    return tuple(
        {**row, "plan": names[str(row["plan_iri"])].short}
        if row.get("plan_iri") in names and "plan" in row
        else row
        for row in rows
    )


def understand(
    asked: Question, values: Mapping[str, str], dataset: Dataset
) -> tuple[dict[str, str], Bindings]:
    """The values as understood, and the variables they bind; defaults fill what is missing.

    Raises:
        UnknownParameter, UnknownValue, AmbiguousValue, BadValue, MissingValue: see `errors`.
    """
    known = {parameter.name for parameter in asked.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(sorted(known)) or "—"
            raise UnknownParameter(
                f"Câu hỏi {asked.code} không có tham số “{name}”. Tham số: {listed}.",
                f"Question {asked.code} has no parameter “{name}”. Parameters: {listed}.",
            )
    plans = plan_names(dataset)
    plan = _plan(values.get("plan"), plans, dataset)
    shown: dict[str, str] = {}
    bindings: Bindings = {}
    for parameter in asked.parameters:
        resolved = _value(parameter, values.get(parameter.name), dataset, plan, plans)
        if resolved:
            shown[parameter.name] = resolved.shown
            bindings |= resolved.bindings
    return shown, bindings


def _plan(value: str | None, plans: Mapping[str, PlanName], dataset: Dataset) -> str | None:
    """The address of the plan asked about: the one named, else the only one there is."""
    if value:
        return find("plan", value, dataset)[0]
    return next(iter(plans)) if len(plans) == 1 else None


def _value(
    parameter: Parameter,
    typed: str | None,
    dataset: Dataset,
    plan: str | None,
    plans: Mapping[str, PlanName],
) -> Resolved | None:
    """What a parameter is asked with: what was typed, else its default if that names one thing here, else nothing.

    "II.5" is a task of some plan: as a default it counts only where there is no other plan, or where the question
    cannot do without.
    """
    if typed:
        return resolve(parameter.type, parameter.name, typed, dataset, plan)
    of_one = parameter.type in ("task", "agency") and not parameter.required
    if parameter.default and not (of_one and len(plans) > 1):
        try:
            found = resolve(parameter.type, parameter.name, parameter.default, dataset, plan)
        except (UnknownValue, AmbiguousValue):
            found = None
        if found and (plan is None or _of(parameter, found, plan, plans)):
            return found
    if parameter.required:
        label = parameter.label
        raise MissingValue(
            f"Hãy nêu {label.vi.lower()} ({parameter.name}=…).",
            f"Say which {label.en.lower()} ({parameter.name}=…).",
        )
    return None


def _of(parameter: Parameter, found: Resolved, plan: str, plans: Mapping[str, PlanName]) -> bool:
    """Whether a default is of the plan asked about, where things belong to plans or places."""
    if parameter.type not in ("task", "agency"):
        return True
    term = found.bindings[f"{parameter.name}_asked"]
    return belongs(parameter.type, term.value, plan, plans)
