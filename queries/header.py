"""What a question is, and reading one from its file.

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
                    "integer" or "text"; a column `x_iri` of the query holds the address of what column `x` names;
                    codes (optional: the codes it may have, where not all of its type)
    tags            words to group questions by

The query is a SELECT, or a CONSTRUCT whose columns are `subject`, `predicate` and `object`. A parameter `document` is bound to the variable ?document_asked: the query's own columns stay free.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cancu.ontology.bilingual import Words
from cancu.ontology.terms import PREFIXES
from cancu.queries.codes import all_codes
from cancu.queries.errors import bad_question

MARK = "#+"
_CODE = re.compile(r"[A-Z][1-9][0-9]*")
UNSAID = {"vi": "", "en": ""}


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
    """A column of the answer; `codes` are the codes it may have, none where it holds no codes."""

    name: str
    type: str
    label: Words
    meaning: Words
    codes: tuple[str, ...] = ()


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


def read_question(text: str, name: str) -> Question:
    """A question file.

    Raises:
        BadQuestion: the header is missing or incomplete; the message names the file.
    """
    lines = text.splitlines()
    head = [line for line in lines if line.startswith(MARK)]
    query = "\n".join(line for line in lines if not line.startswith(MARK)).strip() + "\n"
    try:
        header = tomllib.loads("\n".join(line.removeprefix(MARK).strip() for line in head))
        return _question(header, query)
    except KeyError as error:
        missing = error.args[0]
        raise bad_question(
            name, f"phần đầu thiếu “{missing}”", f"its header lacks “{missing}”"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise bad_question(
            name,
            f"phần đầu không phải TOML ({error})",
            f"its header is not TOML ({error})",
        ) from error
    except (TypeError, AttributeError, ValueError) as error:
        raise bad_question(
            name,
            "phần đầu không đúng dạng ở docs/questions.md",
            "its header is not as docs/questions.md says",
        ) from error


def _question(header: Mapping[str, Any], query: str) -> Question:
    paraphrases = header.get("paraphrases", {})
    code = _text(header["code"])
    if not _CODE.fullmatch(code):
        raise ValueError(code)
    return Question(
        code=code,
        title=_words(header["title"]),
        explanation=_words(header["explanation"]),
        answer=_words(header.get("answer", UNSAID)),
        none=_words(header.get("none", UNSAID)),
        order=_words(header.get("order", UNSAID)),
        paraphrases={language: _texts(paraphrases.get(language, [])) for language in UNSAID},
        parameters=tuple(_parameter(p) for p in header.get("parameter", [])),
        columns=tuple(_column(c) for c in header["column"]),
        tags=_texts(header.get("tags", [])),
        query=query,
    )


def _parameter(table: Mapping[str, Any]) -> Parameter:
    return Parameter(
        _text(table["name"]),
        _text(table["type"]),
        _words(table["label"]),
        _text(table["default"]) if "default" in table else None,
        bool(table.get("required", False)),
        _words(table["any"]) if "any" in table else None,
    )


def _column(table: Mapping[str, Any]) -> Column:
    name, kind = _text(table["name"]), _text(table["type"])
    return Column(
        name,
        kind,
        _words(table["label"]),
        _words(table["meaning"] if "meaning" in table else _meanings().get(name, UNSAID)),
        _texts(table["codes"]) if "codes" in table else all_codes(kind),
    )


@cache
def _meanings() -> dict[str, dict[str, str]]:
    """Name of a column -> what its values mean wherever it stands."""
    return tomllib.loads(files("cancu.queries").joinpath("columns.toml").read_text("utf-8"))


def _words(table: Mapping[str, Any]) -> Words:
    return Words(_text(table["vi"]), _text(table["en"]))


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(_text(value) for value in values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
