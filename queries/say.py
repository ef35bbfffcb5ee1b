"""The answer to a question as a sentence, from the template in its header.

Between braces a template may say

    {document}                  a parameter as it was understood; what was left out, by the header's `any`
    {count:task}                how many different values the column has; {count} alone: how many rows
    {count:task|task|tasks}     the same with its noun, for languages that have a plural
    {split:tier:task}           for every code of a column, how many different values another has:
                                "0 viện dẫn, 0 đã xác nhận, 8 gợi ý, 13 căn cứ chung"; {split:tier} counts rows
    {first:lead}                the value in the first row
    {list:agency}               the different values, in the order of the rows; after the fifth, how many more

Tiers are never added up: a question with a column of tiers says them with `split`, not with `count`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cancu.graph.dataset import Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Parameter
from cancu.queries.codes import all_codes, in_words

LISTED = 5
_SLOT = re.compile(
    r"\{(?P<what>\w+)(?::(?P<column>\w+))?(?::(?P<of>\w+))?(?:\|(?P<one>[^|{}]*)\|(?P<many>[^|{}]*))?\}"
)


@dataclass(frozen=True)
class Sentence:
    """What is said of the rows of one plan; `plan` is its address, None where an answer is of one plan or of none."""

    plan: str | None
    text: str


def say(answer: Answer, language: str) -> tuple[Sentence, ...]:
    """The answer in a sentence; one for each plan where it has rows of several, since plans are never added up."""
    if not answer.rows:
        return (Sentence(None, _filled(answer.question.none.say(language), answer, (), language)),)
    plans = dict.fromkeys(str(row["plan_iri"]) for row in answer.rows if row.get("plan_iri"))
    template = answer.question.answer.say(language)
    if len(plans) < 2:
        return (Sentence(None, _filled(template, answer, answer.rows, language)),)
    return tuple(
        Sentence(
            plan,
            _filled(
                template, answer, [r for r in answer.rows if r.get("plan_iri") == plan], language
            ),
        )
        for plan in plans
    )


def _filled(template: str, answer: Answer, rows: Sequence[Row], language: str) -> str:
    return _SLOT.sub(lambda slot: _slot(slot, answer, rows, language), template)


def _slot(slot: re.Match[str], answer: Answer, rows: Sequence[Row], language: str) -> str:
    what, column = slot["what"], slot["column"]
    if what == "count":
        number = _different(rows, column)
        noun = slot["one"] if number == 1 else slot["many"]
        return f"{number} {noun}" if noun else str(number)
    if what == "split":
        return _split(answer, rows, column, slot["of"], language)
    if what == "first":
        return _shown(answer, column, rows[0][column], language)
    if what == "list":
        return _listed(
            [_shown(answer, column, row[column], language) for row in rows if row[column]], language
        )
    return _asked(answer, what, language)


def _different(rows: Sequence[Row], column: str | None) -> int:
    """How many rows, or how many things in a column: by address, since two may have one name."""
    if column is None:
        return len(rows)
    return len({row.get(f"{column}_iri") or row[column] for row in rows} - {None})


def _split(answer: Answer, rows: Sequence[Row], column: str, of: str | None, language: str) -> str:
    kind = next(c.type for c in answer.question.columns if c.name == column)
    return ", ".join(
        f"{_different([r for r in rows if r[column] == code], of)} {in_words(kind, code, language)}"
        for code in all_codes(kind)
    )


def _shown(answer: Answer, column: str, value: object, language: str) -> str:
    kind = next(c.type for c in answer.question.columns if c.name == column)
    return in_words(kind, value, language)


def _listed(values: Sequence[str], language: str) -> str:
    found = list(dict.fromkeys(values))
    more = len(found) - LISTED
    shown = ", ".join(found[:LISTED])
    if more <= 0:
        return shown
    return f"{shown} and {more} more" if language == "en" else f"{shown} và {more} mục khác"


def _asked(answer: Answer, name: str, language: str) -> str:
    found = answer.parameters.get(name)
    if found:
        return found
    parameter: Parameter = next(p for p in answer.question.parameters if p.name == name)
    return parameter.any.say(language) if parameter.any else parameter.label.say(language).lower()
