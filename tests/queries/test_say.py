"""The sentence that answers a question: a table of templates and rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.catalogue import VARIABLE, questions
from cancu.queries.errors import MissingValue
from cancu.queries.say import say
from tests.own import own_question

Rows = Sequence[Mapping[str, str | int | None]]

ONE: Rows = [{"task": "I.1", "document": "61/2018/NĐ-CP", "tier": "cited", "status": "không rõ"}]
SOME: Rows = [
    *ONE,
    {"task": "I.1", "document": "63/2010/NĐ-CP", "tier": "suggested", "status": "còn hiệu lực"},
    {"task": "I.2", "document": "63/2010/NĐ-CP", "tier": "suggested", "status": "hết hiệu lực"},
]
FEW: Rows = [{"task": "I.1"}]
SEVEN: Rows = [{"task": f"I.{n}"} for n in (1, 2, 2, 3, 4, 5, 6, 7)]
TWO_PLANS: Rows = [
    {"plan": "x:b", "task": "I.1"},
    {"plan": "x:a", "task": "I.1"},
    {"plan": "x:b", "task": "I.2"},
]

CASES: list[tuple[str, Rows, Sequence[str]]] = [
    # numbers and their nouns
    ("{count:task} nhiệm vụ", FEW, ["1 nhiệm vụ"]),
    ("{count:task|task|tasks}", FEW, ["1 task"]),
    ("{count:task|task|tasks}", SEVEN, ["7 tasks"]),
    ("{count|row|rows}, {count:lead|lead|leads}", [*SEVEN, {"lead": None}], ["9 rows, 0 leads"]),
    ("{count|task cites|tasks cite} it", FEW, ["1 task cites it"]),
    # codes that there are none of are said
    (
        "{split:tier:document}.",
        SOME,
        ["1 viện dẫn, 0 đã xác nhận, 1 gợi ý, 0 căn cứ chung."],
    ),
    ("{split:tier}.", SOME, ["1 viện dẫn, 0 đã xác nhận, 2 gợi ý, 0 căn cứ chung."]),
    (
        "{split:tier::status}.",
        SOME,
        [
            "Viện dẫn (1 không rõ), đã xác nhận (không có), gợi ý (1 còn hiệu lực, 1 hết hiệu lực), căn cứ chung (không có)."
        ],
    ),
    (
        "{split:tier:document:status}.",
        [*SOME, SOME[1]],
        [
            "Viện dẫn (1 không rõ), đã xác nhận (không có), gợi ý (1 còn hiệu lực, 1 hết hiệu lực), căn cứ chung (không có)."
        ],
    ),
    # several codes in one value count for each; a code may hold a blank
    (
        "{split:via}",
        [{"via": "named group"}, {"via": "group"}],
        ["1 nêu đích danh, 2 qua nhóm, 0 có thể"],
    ),
    # values
    ("{first:tier}: {first:document}", SOME, ["Viện dẫn: 61/2018/NĐ-CP"]),
    ("{list:tier}", SOME, ["Viện dẫn, gợi ý"]),
    ("{list:task}", SEVEN, ["I.1, I.2, I.3, I.4, I.5 và 2 mục khác"]),
    ("{list:task}", SEVEN[:6], ["I.1, I.2, I.3, I.4, I.5"]),
    ("{list:document}", [{"document": None}], ["Không có"]),
    # what was asked, and what was left out
    ("Của {nhiệm vụ task}: {list:document}", ONE, ["Của mọi nhiệm vụ: 61/2018/NĐ-CP"]),
    ("{task}", ONE, ["Mọi nhiệm vụ"]),
    # plans are never added up, and come in the order of the rows
    ("{count:task} nhiệm vụ: {list:task}", TWO_PLANS, ["2 nhiệm vụ: I.1, I.2", "1 nhiệm vụ: I.1"]),
    ("{count:task}", TWO_PLANS[:1], ["1"]),
    # nothing
    ("{count:task}", [], ["Không có gì của mọi nhiệm vụ."]),
]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own questions, one for each case: X1, X2 …"""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    for number, (template, rows, _) in enumerate(CASES, 1):
        text = own_question(
            f"X{number}",
            rows,
            answer_vi=f'"{template}"',
            answer_en=f'"{template}"',
            none_vi='"Không có gì của {nhiệm vụ task}."',
            none_en='"Nothing of {task task}."',
        )
        (tmp_path / f"X{number}.rq").write_text(text, "utf-8")
    return tmp_path


def test_sentences(asked: Path, dataset: Embedded) -> None:
    said = {
        f"X{number}": [sentence.text for sentence in say(ask(f"X{number}", {}, dataset), "vi")]
        for number in range(1, len(CASES) + 1)
    }
    assert said == {f"X{number}": list(texts) for number, (_, _, texts) in enumerate(CASES, 1)}


def number_of(template: str) -> str:
    """The code of the first case with this template."""
    return f"X{[case[0] for case in CASES].index(template) + 1}"


def test_sentences_in_english(asked: Path, dataset: Embedded) -> None:
    def english(template: str, **values: str) -> str:
        (sentence,) = say(ask(number_of(template), values, dataset), "en")
        return sentence.text

    assert english("{list:task}") == "I.1, I.2, I.3, I.4, I.5 and 2 more"
    assert english("{split:tier:document}.") == (
        "1 cited, 0 confirmed, 1 suggested, 0 general (preamble only)."
    )
    assert english("{list:document}") == "None"
    assert english("{task}") == "Any task"


def test_what_was_named_has_its_words(asked: Path, dataset: Embedded) -> None:
    code = number_of("Của {nhiệm vụ task}: {list:document}")
    (sentence,) = say(ask(code, {"task": "II.5"}, dataset), "vi")
    assert sentence.text == "Của nhiệm vụ II.5: 61/2018/NĐ-CP"


def test_each_sentence_says_which_plan_it_is_of(asked: Path, dataset: Embedded) -> None:
    answer = ask(number_of("{count:task} nhiệm vụ: {list:task}"), {}, dataset)
    assert [sentence.plan for sentence in say(answer, "vi")] == ["x:b", "x:a"]


# ---- the questions themselves

SAID = {
    "A1": "10 văn bản",
    "A2": "Căn cứ riêng của nhiệm vụ II.5: 0 viện dẫn, 0 đã xác nhận, 4 gợi ý.",
    "A4": "Có 1 nhiệm vụ viện dẫn văn bản có số: III.6",
    "A5": "Nhiệm vụ dựa trên 61/2018/NĐ-CP: 0 viện dẫn, 0 đã xác nhận, 8 gợi ý, 13 căn cứ chung.",
    "A8": "Có 2 nhiệm vụ chưa có căn cứ nào, kể cả gợi ý: I.1, II.4",
    "A14": "viện dẫn (1 không rõ), đã xác nhận (không có)",
}


@pytest.mark.parametrize("code", SAID)
def test_what_is_said_of_the_plan(code: str, dataset: Embedded) -> None:
    (sentence,) = say(ask(code, {}, dataset), "vi")
    assert SAID[code] in sentence.text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", [code for code, q in questions().items() if q.answer.vi])
def test_every_slot_is_filled(code: str, language: str, dataset: Embedded, many: Embedded) -> None:
    for data in (dataset, many):
        try:
            sentences = say(ask(code, {}, data), language)
        except MissingValue:
            continue
        assert sentences
        assert not any({"{", "}"} & set(sentence.text) for sentence in sentences)
