"""Codes of answers read as words, in both languages."""

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.codes import _codes, in_words
from cancu.queries.pages import page_query


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


SCHEMES = {
    "role": "vai-tro",
    "how": "cach-biet",
    "time": "loai-thoi-han",
    "review": "ket-luan",
    "strength": "do-manh",
    "mark": "muc-tin",
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_are_those_of_the_concept_schemes(dataset: Embedded, language: str) -> None:
    """What pages call a concept and what answers call its code is the same."""
    named = {
        (str(row["scheme_iri"]).rsplit("/", 1)[-1], row["notation"]): row["name"]
        for row in dataset.select(page_query("concepts")).rows
        if row["language"] == language
    }
    for kind, scheme in SCHEMES.items():
        for code in _codes()[kind]:
            assert in_words(kind, code, language) == named[scheme, code]
