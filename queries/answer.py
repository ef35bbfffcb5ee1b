"""Asking a question of a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cancu.graph.dataset import Dataset, Row
from cancu.queries.catalogue import Question, question
from cancu.queries.errors import UnknownParameter
from cancu.queries.parameters import Bindings, resolve

MAX_ROWS = 10_000
"""Rows of an answer that pages, API and command show; more are cut off and said to be."""


@dataclass(frozen=True)
class Answer:
    """The rows that answer a question.

    Attributes:
        question: what was asked.
        parameters: name -> value as understood.
        columns: names of the columns, in order; `x_iri` is the address of what column `x` names.
        rows: one dict a row, a key a column.
        truncated: whether rows were cut off.
        snapshot: version of the data.
    """

    question: Question
    parameters: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool
    snapshot: str

    def as_json(self) -> dict[str, Any]:
        """The answer as the command and the API print it."""
        asked = self.question
        return {
            "question": {
                "code": asked.code,
                "title_vi": asked.title.vi,
                "title_en": asked.title.en,
                "explanation_vi": asked.explanation.vi,
                "explanation_en": asked.explanation.en,
            },
            "parameters": dict(self.parameters),
            "columns": list(self.columns),
            "rows": list(self.rows),
            "truncated": self.truncated,
            "snapshot": self.snapshot,
        }


def ask(code: str, values: Mapping[str, str], dataset: Dataset, max_rows: int = MAX_ROWS) -> Answer:
    """The answer to the question with this code.

    Args:
        code: such as "A5".
        values: parameter -> value as typed; defaults fill what is missing.
        dataset: what is asked.
        max_rows: where rows are cut off.

    Raises:
        UnknownQuestion, UnknownParameter, UnknownValue, AmbiguousValue, BadValue: see `errors`.
    """
    asked = question(code)
    shown, bindings = _resolved(asked, values, dataset)
    table = dataset.select(asked.sparql, bindings)
    return Answer(
        question=asked,
        parameters=shown,
        columns=table.columns,
        rows=table.rows[:max_rows],
        truncated=len(table.rows) > max_rows,
        snapshot=dataset.version,
    )


def _resolved(
    asked: Question, values: Mapping[str, str], dataset: Dataset
) -> tuple[dict[str, str], Bindings]:
    known = {parameter.name for parameter in asked.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(sorted(known)) or "—"
            raise UnknownParameter(
                f"Câu hỏi {asked.code} không có tham số “{name}”. Tham số: {listed}.",
                f"Question {asked.code} has no parameter “{name}”. Parameters: {listed}.",
            )
    shown: dict[str, str] = {}
    bindings: Bindings = {}
    for parameter in asked.parameters:
        value = values.get(parameter.name) or parameter.default
        if value:
            resolved = resolve(parameter.type, parameter.name, value, dataset)
            shown[parameter.name] = resolved.shown
            bindings |= resolved.bindings
    return shown, bindings
