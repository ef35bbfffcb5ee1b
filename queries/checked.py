"""Whether a question file of one's own can be asked: checked before it is let in, without any data."""

import re

from pyoxigraph import QuerySolutions, QueryTriples, Store

from cancu.graph.dataset import ASKED
from cancu.queries.errors import QueryError, bad_question
from cancu.queries.guard import admit
from cancu.queries.header import Question
from cancu.queries.parameters import TYPES
from cancu.queries.slots import slot_faults


def check(question: Question, file: str) -> None:
    """Let a question in.

    Args:
        question: as read from its file.
        file: name of the file.

    Raises:
        BadQuestion: its query is no SPARQL or asks for what is not allowed, lacks a column or a parameter of the header,
            or a sentence has a slot that nothing fills; the message names the file.
    """
    for parameter in question.parameters:
        if parameter.type not in TYPES:
            raise bad_question(
                file,
                f"không có loại tham số “{parameter.type}”",
                f"there is no type of parameter “{parameter.type}”",
            )
    selected = _selected(question, file)
    for name in [
        *(column.name for column in question.columns if column.name not in selected),
        *(p.name + ASKED for p in question.parameters if not _binds(p.name, selected)),
    ]:
        raise bad_question(
            file, f"câu truy vấn không chọn ?{name}", f"its query does not select ?{name}"
        )
    for slot in slot_faults(question):
        raise bad_question(
            file,
            f"câu trả lời hoặc cách hỏi có chỗ điền không dùng được: {slot}",
            f"a sentence or paraphrase has a slot that cannot be filled: {slot}",
        )


def _selected(question: Question, file: str) -> set[str]:
    try:
        admit(question.sparql)
        found = Store().query(question.sparql)
    except QueryError as error:
        raise bad_question(file, error.vi.rstrip("."), error.en.rstrip(".")) from error
    except SyntaxError as error:
        at = _line(question.sparql, str(error))
        raise bad_question(
            file, f"câu truy vấn sai cú pháp SPARQL{at}", f"its query is no SPARQL{at}"
        ) from error
    if isinstance(found, QueryTriples) and question.constructs:
        # Its rows are triples: the columns are those of every graph, and what it is asked with stands in its WHERE.
        return {
            "subject",
            "predicate",
            "object",
            *(f"{p.name}{ASKED}" for p in question.parameters),
        }
    if not isinstance(found, QuerySolutions):
        raise bad_question(file, "câu truy vấn không phải SELECT", "its query is not a SELECT")
    return {variable.value for variable in found.variables}


def _line(query: str, message: str) -> str:
    """The line of a query that a message of the parser speaks of; past the end, the last one."""
    place = re.search(r"error at (\d+):", message)
    lines = query.splitlines()[: int(place[1])] if place else []
    return f": “{lines[-1].strip()}”" if lines else ""


def _binds(parameter: str, selected: set[str]) -> bool:
    """Whether what a parameter is asked with is among the selected variables: ?date_asked, ?year_start_asked."""
    return any(v.startswith(f"{parameter}_") and v.endswith(ASKED) for v in selected)
