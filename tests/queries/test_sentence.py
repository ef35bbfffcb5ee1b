"""Typed sentences: the right question, or said not to be understood; a confident mistake is the worst that can be."""

from collections import Counter
from pathlib import Path

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.errors import NotUnderstood
from cancu.queries.sentence.concepts import concepts_of, words_of
from cancu.queries.sentence.offer import as_json
from cancu.queries.sentence.read import ask_sentence, read_sentence
from tests.queries.score_phrasings import RIGHT, WRONG, judge, read_phrasings

SETS = Path(__file__).parent / "phrasings"

UNDERSTOOD = [
    ("nhiệm vụ nào căn cứ nghị định 61", "A5", {"document": "61/2018/NĐ-CP"}),
    ("nhiem vu nao dua tren ND 61/2018", "A5", {"document": "61/2018/NĐ-CP"}),
    ("which tasks rest on Decree 61", "A5", {"document": "61/2018/NĐ-CP"}),
    ("cơ quan nào phối hợp với phòng nội vụ", "B2", {"agency": "Phòng Nội vụ"}),
    (
        "việc của phường Cộng Hòa trong quý II",
        "B14",
        {"agency": "UBND phường Cộng Hòa", "period": "II/2023"},
    ),
    ("Nghị định 107/2021 sửa đổi văn bản nào?", "A3", {"document": "107/2021/NĐ-CP"}),
    ("văn bản nào sửa đổi nghị định 61", "A20", {"document": "61/2018/NĐ-CP"}),
    ("căn cứ của nhiệm vụ II.5", "A2", {"task": "II.5"}),
]


@pytest.mark.parametrize(("text", "code", "values"), UNDERSTOOD, ids=[u[0] for u in UNDERSTOOD])
def test_understood(dataset: Embedded, text: str, code: str, values: dict[str, str]) -> None:
    answer = ask_sentence(text, dataset)
    assert answer.question.code == code
    assert answer.rows == ask(code, values, dataset).rows


REFUSED = [
    "",
    "?",
    "phòng nội vụ",
    "nhiệm vụ",
    "nghị định 61",
    "thời tiết hôm nay thế nào",
    "soạn giúp tôi công văn",
    "nhiệm vụ nào không dựa trên nghị định 61",
    "nhiệm vụ nào căn cứ Nghị định 999/2035/NĐ-CP",
    "nhiệm vụ nào quan trọng nhất",
    "x" * 5000,
]


@pytest.mark.parametrize("text", REFUSED, ids=[text[:40] for text in REFUSED])
def test_refused_with_the_nearest_questions(dataset: Embedded, text: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        ask_sentence(text, dataset)
    said = as_json(caught.value)
    assert said["question"] is None
    assert len(said["candidates"]) == 5
    assert {"code", "title_vi"} <= set(said["candidates"][0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nhiệm vụ nào dựa trên", "NHIEM VU NAO DUA TREN"),
        ("nhiệm vụ", "nhieemj vuj"),
        ("cho tôi hỏi nhiệm vụ ạ", "task"),
        ("phối hợp", "coordinate"),
    ],
)
def test_words_of_one_meaning(one: str, other: str) -> None:
    assert concepts_of(words_of(one)) == concepts_of(words_of(other)) != []


@pytest.mark.parametrize(("name", "right", "wrong"), [("tuned", 145, 1), ("kept-aside", 104, 4)])
def test_the_phrasings(dataset: Embedded, name: str, right: int, wrong: int) -> None:
    """How many are right and wrong today: no fewer, no more."""
    found = Counter(
        judge(phrasing, dataset)[0] for phrasing in read_phrasings(SETS / f"{name}.tsv")
    )
    assert found.total() == 180
    assert found[RIGHT] >= right
    assert found[WRONG] <= wrong


def test_the_same_sentence_gives_the_same(dataset: Embedded) -> None:
    text = UNDERSTOOD[0][0]
    assert read_sentence(text, dataset) == read_sentence(text, dataset)
