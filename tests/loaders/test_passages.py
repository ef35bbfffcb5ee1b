"""Passages: every paragraph and row once, at its own place."""

import re
from collections import Counter

from cancu.loaders.passages import passages
from cancu.loaders.plan import Plan
from tests.documents import decision, source


def _words(text: str) -> list[str]:
    """The words of a text without markup."""
    return re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", text))


def test_each_has_a_place_of_its_own(plan: Plan) -> None:
    found = list(passages(plan.source))
    assert len({passage.start for passage in found}) == len(found) == 95
    for passage in found:
        assert passage.start < passage.end <= len(plan.source.text)


def test_their_words_are_those_of_the_text(plan: Plan) -> None:
    """All but page numbers and the headings that page breaks repeat, and no word more often than it stands there."""
    text = Counter(_words(plan.source.text))
    said = Counter(word for p in passages(plan.source) for line in p.lines for word in _words(line))
    assert said <= text
    assert said.total() > 0.95 * text.total()


def test_a_row_is_one_passage() -> None:
    found = list(passages(source(decision())))
    assert found[-1].lines == (
        "1.",
        "Niêm yết thủ tục hành chính",
        "Phòng Tư pháp",
        "Phòng Nội vụ",
        "Quý II năm 2024",
        "Báo cáo",
    )
    assert found[0].lines == ("UBND THÀNH PHỐ SẦM SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",)
