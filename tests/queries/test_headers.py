"""The headers of the questions say all that people read: sentences, order, other ways to ask, what the columns mean."""

import re
from collections import defaultdict

import pytest

from cancu.graph.dataset import Embedded
from cancu.ontology.iri import slug
from cancu.queries.answer import ask
from cancu.queries.catalogue import Question, questions
from cancu.queries.checked import check
from cancu.queries.errors import MissingValue
from cancu.queries.header import read_question
from cancu.queries.slots import OF_ROWS, SLOT, slot_faults

CODES = [code for code, question in questions().items() if question.answer.vi]
"""The questions whose header is held to be complete: once all say their answer, `list(questions())`."""
AT_LEAST = {"vi": 5, "en": 3}
LANGUAGES = ("vi", "en")


@pytest.mark.parametrize("code", CODES)
def test_a_header_says_everything_in_both_languages(code: str) -> None:
    asked = questions()[code]
    for language in LANGUAGES:
        for words in (asked.title, asked.explanation, asked.answer, asked.none, asked.order):
            assert words.say(language).strip()
        assert all(column.meaning.say(language) for column in asked.columns), [
            column.name for column in asked.columns if not column.meaning.say(language)
        ]
        assert len(set(asked.paraphrases[language])) >= AT_LEAST[language]
    for sentence in (asked.explanation, asked.answer, asked.none, asked.order):
        assert sentence.vi.endswith(".")
        assert sentence.en.endswith(".")


@pytest.mark.parametrize("code", questions())
def test_slots_name_what_there_is(code: str) -> None:
    assert list(slot_faults(questions()[code])) == []


@pytest.mark.parametrize("code", questions())
def test_what_ships_is_as_strict_as_what_an_office_adds(code: str) -> None:
    check(questions()[code], f"{code}.rq")


@pytest.mark.parametrize("code", CODES)
def test_what_may_be_left_out_has_words(code: str) -> None:
    asked = questions()[code]
    named = {
        slot["what"]
        for text in (
            *(asked.answer.vi, asked.answer.en, asked.none.vi, asked.none.en),
            *(text for texts in asked.paraphrases.values() for text in texts),
        )
        for slot in SLOT.finditer(text)
        if slot["what"] not in OF_ROWS
    }
    for parameter in asked.parameters:
        # A task or a body that is a default is an example: among several plans it is left out.
        example = parameter.type in ("task", "agency") and not parameter.required
        if parameter.name in named and (not parameter.default or example):
            assert parameter.required or parameter.any, parameter.name


@pytest.mark.parametrize("code", CODES)
def test_codes_of_the_answers_are_those_of_the_column(
    code: str, dataset: Embedded, many: Embedded
) -> None:
    for column in questions()[code].columns:
        for data in (dataset, many) if column.codes else ():
            try:
                rows = ask(code, {}, data).rows
            except MissingValue:
                continue
            found = {row[column.name] for row in rows} - {None}
            assert all(
                code in column.codes or set(str(code).split()) <= set(column.codes)
                for code in found
            ), (column.name, found)


# ---- no two questions are asked in the same words


def folded(text: str, asked: Question) -> str:
    """A way to ask a question without marks and capitals, with the types of what it names."""
    types = {parameter.name: parameter.type for parameter in asked.parameters}
    return slug(re.sub(r"\{(\w+)\}", lambda named: f" {types[named[1]]}x ", text))


def test_no_two_questions_are_asked_in_the_same_words() -> None:
    asked_as: dict[str, set[str]] = defaultdict(set)
    for code, asked in questions().items():
        for text in (
            *(asked.title.vi, asked.title.en),
            *(text for texts in asked.paraphrases.values() for text in texts),
        ):
            asked_as[folded(text, asked)].add(code)
    assert {text: codes for text, codes in asked_as.items() if len(codes) > 1} == {}


def test_folding_sees_through_marks_and_names() -> None:
    task, agency = questions()["A2"], questions()["B1"]
    assert folded("Căn cứ của {task}?", task) == folded("can cu  của {task}", task)
    assert folded("việc của {task}", task) != folded("việc của {agency}", agency)


# ---- sentences that would say something wrong are found

BAD = """#+ code = "X1"
#+ title = {{ vi = "x", en = "x" }}
#+ explanation = {{ vi = "x", en = "x" }}
#+ answer.vi = "{answer}"
#+ answer.en = "x"
#+ none = {{ vi = "{none}", en = "x" }}
#+ paraphrases.vi = ["{paraphrase}"]
#+ [[parameter]]
#+ name = "document"
#+ type = "document"
#+ label = {{ vi = "x", en = "x" }}
#+ [[column]]
#+ name = "task"
#+ type = "task"
#+ label = {{ vi = "x", en = "x" }}
#+ [[column]]
#+ name = "tier"
#+ type = "tier"
#+ label = {{ vi = "x", en = "x" }}
#+ [[column]]
#+ name = "status"
#+ type = "status"
#+ label = {{ vi = "x", en = "x" }}
SELECT ?task ?tier ?status ?document_asked WHERE {{ ?task ?tier ?document_asked . BIND(1 AS ?status) }}"""


@pytest.mark.parametrize(
    ("answer", "none", "paraphrase", "faults"),
    [
        ("{split:tier:task} {split:tier::status} {list:task}", "{document}", "{document}", []),
        ("{nhiệm vụ document} {split:tier} {first:task}", "x", "x", []),
        ("{count:task}", "x", "x", ["{count:task}"]),
        ("{count}", "x", "x", ["{count}"]),
        ("{split:status:task}", "x", "x", ["{split:status:task}"]),
        ("{split:task}", "x", "x", ["{split:task}"]),
        ("{split:tier:document}", "x", "x", ["{split:tier:document}"]),
        ("{split:tier:task:task}", "x", "x", ["{split:tier:task:task}"]),
        ("{list}", "x", "x", ["{list}"]),
        ("{task}", "x", "x", ["{task}"]),
        ("{document:task}", "x", "x", ["{document:task}"]),
        ("{split:tier", "x", "x", ["{split:tier"]),
        ("x", "{list:task}", "x", ["{list:task}"]),
        ("x", "x", "việc {tier}", ["{tier}"]),
        ("x", "x", "{văn bản document}", ["{văn bản document}"]),
        ("x", "x", "việc {document", ["{document"]),
    ],
)
def test_slots_that_cannot_be_filled(
    answer: str, none: str, paraphrase: str, faults: list[str]
) -> None:
    text = BAD.format(answer=answer, none=none, paraphrase=paraphrase)
    assert list(slot_faults(read_question(text, "X1.rq"))) == faults
