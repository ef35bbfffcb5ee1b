"""The questions: one .rq file each in `questions/`, read with its header.

The header is the leading lines that begin with "#+ "; without that mark they are TOML:

    code            "A5"
    title, explanation, answer, none, order
                    tables with vi and en: the question; what is counted and what not; the sentence that answers it and the
                    one for no rows (see `say`); how the rows are sorted
    paraphrases     tables vi and en of lists: other ways to ask it, with parameters in braces ("việc dựa trên {document}")
    [[parameter]]   name, type (see `parameters`), default (optional), required (optional), label.vi, label.en,
                    any.vi, any.en (optional: what it is called when left out: "mọi kế hoạch")
    [[column]]      name, label.vi, label.en, meaning.vi, meaning.en (optional: what the values mean, where `columns.toml`
                    does not say it of all columns of this name); type "task", "document", "agency", "group", "tier", "via", "role", "date", "quote",
                    "integer" or "text"; a column `x_iri` of the query holds the address of what column `x` names
    tags            words to group questions by

A parameter `document` is bound to the variable ?document_asked: the query's own columns stay free. The query is a SELECT, or a
CONSTRUCT whose columns are `subject`, `predicate` and `object`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cancu.ontology.terms import PREFIXES
from cancu.queries.errors import UnknownQuestion

MARK = "#+"
UNSAID = {"vi": "", "en": ""}


@dataclass(frozen=True)
class Words:
    """The same thing said in Vietnamese and in English."""

    vi: str
    en: str

    def say(self, language: str) -> str:
        """The words in `language` ("vi" or "en")."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Parameter:
    """What a question is asked about. Without a default it may be left out, unless it is `required`.

    A default is an example from the plan that ships with the product: it counts only where it names one thing of the
    plans that are asked about (see `answer`).
    """

    name: str
    type: str
    label: Words
    default: str | None
    required: bool = False
    any: Words | None = None


@dataclass(frozen=True)
class Column:
    """A column of the answer."""

    name: str
    type: str
    label: Words
    meaning: Words


@dataclass(frozen=True)
class Question:
    """A question with its query."""

    code: str
    title: Words
    explanation: Words
    answer: Words
    none: Words
    order: Words
    paraphrases: Mapping[str, tuple[str, ...]]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    tags: tuple[str, ...]
    query: str

    @property
    def constructs(self) -> bool:
        """Whether its answer is a graph: a row is a triple (see `triples`)."""
        return self.query.lstrip().startswith("CONSTRUCT")

    @property
    def sparql(self) -> str:
        """The query with the prefixes it uses."""
        used = (
            f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if f"{name}:" in self.query
        )
        return "\n".join([*used, self.query])


@cache
def questions() -> dict[str, Question]:
    """All questions by code, in the order of their codes."""
    folder = files("cancu.queries").joinpath("questions")
    found = [
        read_question(f.read_text("utf-8"), f.name)
        for f in folder.iterdir()
        if f.name.endswith(".rq")
    ]
    return {
        question.code: question
        for question in sorted(found, key=lambda q: (q.code[0], int(q.code[1:])))
    }


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


def read_question(text: str, name: str) -> Question:
    """A question file.

    Raises:
        ValueError: the header is missing or incomplete; the message names the file.
    """
    lines = text.splitlines()
    head = [line for line in lines if line.startswith(MARK)]
    query = "\n".join(line for line in lines if not line.startswith(MARK)).strip() + "\n"
    try:
        header = tomllib.loads("\n".join(line.removeprefix(MARK).strip() for line in head))
        return Question(
            code=header["code"],
            title=_words(header["title"]),
            explanation=_words(header["explanation"]),
            answer=_words(header.get("answer", UNSAID)),
            none=_words(header.get("none", UNSAID)),
            order=_words(header.get("order", UNSAID)),
            paraphrases={
                language: tuple(header.get("paraphrases", {}).get(language, ()))
                for language in ("vi", "en")
            },
            parameters=tuple(
                Parameter(
                    p["name"],
                    p["type"],
                    _words(p["label"]),
                    p.get("default"),
                    p.get("required", False),
                    _words(p["any"]) if "any" in p else None,
                )
                for p in header.get("parameter", [])
            ),
            columns=tuple(
                Column(
                    c["name"],
                    c["type"],
                    _words(c["label"]),
                    _words(c["meaning"] if "meaning" in c else _meanings().get(c["name"], UNSAID)),
                )
                for c in header["column"]
            ),
            tags=tuple(header.get("tags", [])),
            query=query,
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(f"{name}: {error}") from error


@cache
def _meanings() -> dict[str, dict[str, str]]:
    """Name of a column -> what its values mean wherever it stands."""
    return tomllib.loads(files("cancu.queries").joinpath("columns.toml").read_text("utf-8"))


def _words(table: dict[str, Any]) -> Words:
    return Words(table["vi"], table["en"])
