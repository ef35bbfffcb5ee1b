"""The slots of the sentences in a question's header (`say` fills them in), and what may be wrong with them."""

import re
from collections.abc import Iterator

from cancu.queries.header import Column, Question

SLOT = re.compile(
    r"\{(?:(?P<words>[^{}:|]+) )?(?P<what>\w+)"
    r"(?::(?P<column>\w+))?(?::(?P<of>\w*))?(?::(?P<by>\w+))?"
    r"(?:\|(?P<one>[^|{}]*)\|(?P<many>[^|{}]*))?\}"
)
OF_ROWS = ("count", "split", "sum", "first", "list")
"""Slots that are filled from the rows; any other names a parameter."""
KEPT_APART = ("tier", "via")
"""Types of columns whose values are never added up."""


def slot_faults(question: Question) -> Iterator[str]:
    """What is wrong with the sentences and paraphrases of a question: slots as they are written."""
    parameters = {parameter.name for parameter in question.parameters}
    for template in (question.answer.vi, question.answer.en):
        yield from _no_slots(template)
        for slot in SLOT.finditer(template):
            if slot["what"] not in OF_ROWS:
                yield from _no_parameter(slot, parameters)
            elif not _fits(slot, question.columns):
                yield slot[0]
    for template in (question.none.vi, question.none.en):
        yield from _no_slots(template)
        for slot in SLOT.finditer(template):
            yield from _no_parameter(slot, parameters)
    for text in (text for texts in question.paraphrases.values() for text in texts):
        for braced in re.findall(r"[{}][^{}]*\}?", text):
            if braced[1:-1] not in parameters:
                yield braced


def _no_slots(template: str) -> Iterator[str]:
    yield from re.findall(r"\S*[{}]\S*", SLOT.sub("", template))


def _no_parameter(slot: re.Match[str], parameters: set[str]) -> Iterator[str]:
    if slot["what"] not in parameters or slot["column"]:
        yield slot[0]


def _fits(slot: re.Match[str], columns: tuple[Column, ...]) -> bool:
    """Whether a slot names columns that there are, and adds up nothing that is kept apart."""
    types = {column.name: column for column in columns}
    if slot["what"] == "list" and slot["of"]:
        return slot["column"] in types and any(slot["of"] in column.codes for column in columns)
    named = [slot[part] for part in ("column", "of", "by") if slot[part]]
    if any(name not in types for name in named):
        return False
    apart = {c.type for c in columns if c.type in KEPT_APART and len(c.codes) > 1}
    if slot["what"] == "count":
        return not apart
    if slot["what"] in ("first", "list"):
        return slot["column"] is not None
    if slot["what"] == "sum":
        if not slot["column"] or not slot["of"] or types[slot["column"]].type != "integer":
            return False
        by = [types[slot["of"]]]
    else:
        by = [types[slot[part]] for part in ("column", "by") if slot[part]]
    return bool(by) and all(c.codes for c in by) and ("tier" not in apart or by[0].type == "tier")
