"""Codes of answers read as words, in both languages."""

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.codes import _codes, in_words


@pytest.mark.parametrize(
    ("kind", "value", "vi", "en"),
    [
        ("tier", "suggested", "gợi ý", "suggested"),
        ("time", "on-request ongoing", "theo yêu cầu, thường xuyên", "on request, ongoing"),
        ("status", "hết hiệu lực một phần", "hết hiệu lực một phần", "partly out of force"),
        ("text", "suggested", "suggested", "suggested"),
        ("role", "recipient", "recipient", "recipient"),
        ("tier", None, "", ""),
    ],
)
def test_a_code_in_words(kind: str, value: str | None, vi: str, en: str) -> None:
    assert (in_words(kind, value, "vi"), in_words(kind, value, "en")) == (vi, en)


@pytest.mark.parametrize("code", questions())
def test_every_code_of_an_answer_has_words(dataset: Embedded, code: str) -> None:
    answer = ask(code, {}, dataset)
    for column in answer.question.columns:
        if column.type in _codes():
            for value in {row[column.name] for row in answer.rows} - {None}:
                assert all(word in _codes()[column.type] for word in (str(value),)) or in_words(
                    column.type, value, "en"
                ) != str(value)
