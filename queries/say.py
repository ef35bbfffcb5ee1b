"""The answer to a question as a sentence, from the template in its header.

Between braces a template may say

    {document}                  a parameter as it was understood; what was left out, by the header's `any`
    {nhiệm vụ task}             the same with words that only what was named has: "nhiệm vụ II.5", but "mọi nhiệm vụ"
    {count:task}                how many different values the column has; {count} alone: how many rows
    {count:task|task|tasks}     the same with its noun, for languages that have a plural
    {split:tier:task}           for every code of a column, how many different values another has:
                                "0 viện dẫn, 0 đã xác nhận, 8 gợi ý, 13 căn cứ chung"; {split:tier} counts rows
    {split:tier:task:status}    the same, for every code by those codes of a third column that there are:
                                "viện dẫn (1 không rõ), đã xác nhận (không có), gợi ý (3 còn hiệu lực, 1 không rõ)";
                                {split:tier::status} counts rows
    {first:lead}                the value in the first row
    {list:agency}               the different values, in the order of the rows; after the fifth, how many more
    {list:party:lead}           the same of the rows that have this code in some column
    {sum:claims:how}            what a column of numbers adds up to, for every code of another column

Tiers are never added up: a question with a column of tiers says them with `split`, not with `count`; so with the ways of
taking part (see `slots`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cancu.graph.dataset import Row
from cancu.queries.answer import Answer
from cancu.queries.catalogue import Column, Parameter, Words
from cancu.queries.codes import grouped, in_words
from cancu.queries.slots import SLOT

LISTED = 5
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_NONE = Words("không có", "none")


@dataclass(frozen=True)
class Sentence:
    """What is said of the rows of one plan.

    Attributes:
        plan: its address; None where an answer is of one plan or of none.
        name: what it is called where there are several; else empty.
        text: the sentence.
    """

    plan: str | None
    name: str
    text: str

    @property
    def whole(self) -> str:
        """The sentence, with the name of its plan before it where there are several."""
        return f"{self.name}: {self.text}" if self.name else self.text


def say(answer: Answer, language: str) -> tuple[Sentence, ...]:
    """The answer in a sentence; one for each plan where it has rows of several, since plans are never added up.

    Every row counts, also those that are not given. Nothing is said where the question's header has no words for it.
    """
    words = answer.question.answer if answer.every else answer.question.none
    template = words.say(language)
    if not template:
        return ()
    parts: dict[str | None, list[Row]] = {}
    for row in answer.every:
        parts.setdefault(str(row["plan_iri"]) if row.get("plan_iri") else None, []).append(row)
    if len(parts.keys() - {None}) < 2:
        return (Sentence(None, "", _filled(template, answer, answer.every, language)),)
    return tuple(
        Sentence(plan, _name(rows[0]), _filled(template, answer, rows, language))
        for plan, rows in parts.items()
    )


def _name(row: Row) -> str:
    """What the plan of a row is called, where it is of one."""
    return str(row.get("plan") or row["plan_iri"]) if row.get("plan_iri") else ""


def _filled(template: str, answer: Answer, rows: Sequence[Row], language: str) -> str:
    text = SLOT.sub(lambda slot: _slot(slot, answer, rows, language), template)
    return text[:1].upper() + text[1:]


def _slot(slot: re.Match[str], answer: Answer, rows: Sequence[Row], language: str) -> str:
    what, column = slot["what"], slot["column"]
    if what == "count":
        number = _different(rows, column)
        noun = slot["one"] if number == 1 else slot["many"]
        said = grouped(number, language)
        return f"{said} {noun}" if noun else said
    if what == "split":
        return _split(answer, rows, slot, language)
    if what == "sum":
        return _summed(rows, column, _column(answer, slot["of"]), language)
    if what == "first":
        return _shown(answer, column, rows[0][column], language)
    if what == "list":
        rows = [row for row in rows if not slot["of"] or slot["of"] in row.values()]
        return _listed(
            [_shown(answer, column, row[column], language) for row in rows if row[column]], language
        )
    asked = _asked(answer, what, language)
    return f"{slot['words']} {asked}" if slot["words"] and what in answer.parameters else asked


def _different(rows: Sequence[Row], column: str | None) -> int:
    """How many rows, or how many things in a column: by address, since two may have one name."""
    if not column:
        return len(rows)
    return len({row.get(f"{column}_iri") or row[column] for row in rows} - {None})


def _split(answer: Answer, rows: Sequence[Row], slot: re.Match[str], language: str) -> str:
    column = _column(answer, slot["column"])
    if not slot["by"]:
        return _by_code(rows, column, slot["of"], language)
    by = _column(answer, slot["by"])
    parts = []
    for code in column.codes:
        own = _having(rows, column, code)
        there = tuple(code for code in by.codes if _having(own, by, code))
        inner = _by_code(own, replace(by, codes=there), slot["of"], language)
        parts.append(f"{in_words(column.type, code, language)} ({inner or _NONE.say(language)})")
    return ", ".join(parts)


def _by_code(rows: Sequence[Row], column: Column, of: str | None, language: str) -> str:
    return ", ".join(
        f"{grouped(_different(_having(rows, column, code), of), language)} {in_words(column.type, code, language)}"
        for code in column.codes
    )


def _summed(rows: Sequence[Row], numbers: str, by: Column, language: str) -> str:
    return ", ".join(
        f"{grouped(sum(int(row[numbers] or 0) for row in _having(rows, by, code)), language)} {in_words(by.type, code, language)}"
        for code in by.codes
    )


def _having(rows: Sequence[Row], column: Column, code: str) -> list[Row]:
    """The rows with a code, alone or among several that stand between blanks."""
    return [
        row
        for row in rows
        if row[column.name] == code or code in str(row[column.name] or "").split(" ")
    ]


def _column(answer: Answer, name: str) -> Column:
    return next(column for column in answer.question.columns if column.name == name)


def _shown(answer: Answer, column: str, value: object, language: str) -> str:
    return in_words(_column(answer, column).type, value, language)


def _listed(values: Sequence[str], language: str) -> str:
    found = list(dict.fromkeys(values))
    more = len(found) - LISTED
    shown = ", ".join(found[:LISTED])
    if more <= 0:
        return shown or _NONE.say(language)
    return f"{shown} and {more} more" if language == "en" else f"{shown} và {more} mục khác"


def _asked(answer: Answer, name: str, language: str) -> str:
    parameter: Parameter = next(p for p in answer.question.parameters if p.name == name)
    found = answer.parameters.get(name)
    if found:
        return asked_in_words(parameter.type, found, language)
    return parameter.any.say(language) if parameter.any else parameter.label.say(language).lower()


def asked_in_words(kind: str, value: str, language: str) -> str:
    """A value of a parameter as people write it: a day dd/mm/yyyy, the quarter "2023-Q2" as "II/2023"."""
    quarter = _QUARTER.fullmatch(value)
    if quarter and kind in ("quarter", "period"):
        said = f"{('I', 'II', 'III', 'IV')[int(quarter[2]) - 1]}/{quarter[1]}"
        word = "quarter" if language == "en" else "quý"
        return said if kind == "quarter" else f"{word} {said}"
    first, mark, last = value.partition("..")
    if kind == "period" and mark:
        return _from_to(first, last, language)
    return in_words("date" if kind in ("date", "period") else "", value, language)


def _from_to(first: str, last: str, language: str) -> str:
    """Two days as a range; the first and last day of the calendar stand for an open end."""
    start, end = in_words("date", first, language), in_words("date", last, language)
    if first == date.min.isoformat():
        return f"until {end}" if language == "en" else f"đến {end}"
    if last == date.max.isoformat():
        return f"from {start}" if language == "en" else f"từ {start}"
    return start if first == last else f"{start} – {end}"
