"""The questions: one .rq file each in `questions/`, each with its header (see `header`); an office may add a folder of its own.

The folder that the environment variable CANCU_QUESTIONS names is read besides `questions/`, when the process first asks
for it. A file there that is broken, or has a code that exists already, is refused and said so; the others count.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from cancu.ontology.bilingual import Words
from cancu.queries.checked import check
from cancu.queries.errors import BadQuestion, UnknownQuestion, bad_question
from cancu.queries.header import Column, Parameter, Question, read_question

__all__ = [
    "Column",
    "Parameter",
    "Question",
    "Words",
    "catalogue",
    "question",
    "questions",
    "read_question",
]

VARIABLE = "CANCU_QUESTIONS"
"""The environment variable that names a folder of questions of one's own."""


@dataclass(frozen=True)
class Catalogue:
    """The questions by code, in the order of their codes, and what is wrong with the files that were refused."""

    questions: Mapping[str, Question]
    refused: tuple[BadQuestion, ...] = ()


def questions() -> Mapping[str, Question]:
    """All questions by code, in the order of their codes."""
    return catalogue().questions


def catalogue() -> Catalogue:
    """The questions of the product and those of the folder that CANCU_QUESTIONS names."""
    return _catalogue(os.environ.get(VARIABLE, ""))


@cache
def _catalogue(own: str) -> Catalogue:
    found = {question.code: question for question in _shipped()}
    refused = []
    try:
        paths = _own_files(own) if own else []
    except BadQuestion as error:
        return Catalogue(_in_order(found), (error,))
    for path in paths:
        try:
            added = _read_own(path, found)
            found[added.code] = added
        except BadQuestion as error:
            refused.append(error)
    return Catalogue(_in_order(found), tuple(refused))


def _in_order(found: Mapping[str, Question]) -> dict[str, Question]:
    return {code: found[code] for code in sorted(found, key=lambda c: (c[0], int(c[1:])))}


def _shipped() -> Iterator[Question]:
    for file in files("cancu.queries").joinpath("questions").iterdir():
        if file.name.endswith(".rq"):
            yield read_question(file.read_text("utf-8"), file.name)


def _own_files(folder: str) -> list[Path]:
    try:
        return sorted(path for path in Path(folder).iterdir() if path.suffix == ".rq")
    except OSError as error:
        raise BadQuestion(
            f"Không đọc được thư mục câu hỏi riêng “{folder}” ({VARIABLE}).",
            f"The folder of questions “{folder}” ({VARIABLE}) cannot be read.",
        ) from error


def _read_own(path: Path, taken: Mapping[str, Question]) -> Question:
    """A question file of one's own, checked as far as it can be without data.

    Raises:
        BadQuestion: it is broken, or its code exists already.
    """
    try:
        question = read_question(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise bad_question(path.name, "không đọc được tệp", "it cannot be read") from error
    if question.code in taken:
        raise bad_question(
            path.name,
            f"đã có câu hỏi mang mã {question.code}",
            f"there is a question {question.code} already",
        )
    check(question, path.name)
    return question


def is_code(text: str) -> bool:
    """Whether a text is meant as a code, of a question there is or not: "A5", not a sentence."""
    return bool(re.fullmatch(r"\s*[A-Za-z]\w{0,5}\s*", text)) and not text.strip().isalpha()


def question(code: str) -> Question:
    """The question with this code, in any case.

    Raises:
        UnknownQuestion: there is none.
    """
    found = questions().get(code.strip().upper())
    if found is None:
        known = ", ".join(questions())
        raise UnknownQuestion(
            f"Không có câu hỏi “{code}”. Các câu hỏi: {known}.",
            f"There is no question “{code}”. The questions: {known}.",
        )
    return found
