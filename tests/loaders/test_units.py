"""Prose into its numbered units."""

import pytest

from cancu.loaders.blocks import Paragraph
from cancu.loaders.units import read_units
from tests.documents import contents


def units(text: str) -> list[tuple[str, str, str]]:
    paragraphs = [c for c in contents(text) if isinstance(c, Paragraph)]
    return [(u.kind, u.label, u.words.text) for u in read_units(paragraphs)]


@pytest.mark.parametrize(
    ("line", "kind", "label"),
    [
        ("Phần thứ nhất. MỤC TIÊU", "part", "Phần thứ nhất"),
        ("Điều 2. Giao Sở Y tế", "article", "Điều 2"),
        ("I- NHIỆM VỤ", "roman", "I"),
        ("IV/ NHIỆM VỤ", "roman", "IV"),
        ("A/ NHIỆM VỤ", "letter", "A"),
        ("1.1.1. Họp", "decimal", "1.1.1"),
        ("1/ Họp", "arabic", "1"),
        ("2- Họp", "arabic", "2"),
        ("(3) Họp", "arabic", "3"),
        ("1a. Họp", "arabic", "1a"),
        ("a) Họp", "point", "a"),
        ("đ/ Họp", "point", "đ"),
        ("- Họp", "dash", "-"),
        ("+ Họp", "plus", "+"),
        ("* Họp", "plain", ""),  # a bold mark is no bullet of ours
    ],
)
def test_marks(line: str, kind: str, label: str) -> None:
    assert [u[:2] for u in units(line)] == [(kind, label)]


@pytest.mark.parametrize(
    "text",
    [
        "1. Hoàn thành trước ngày\n15. Riêng các xã miền núi chậm hơn",
        "1. Thực hiện giai đoạn 2021\n- 2025 theo Nghị quyết",
        "1. Báo cáo trong quý\nIV/2025 và cả năm",
        "1. Thực hiện Nghị quyết số\n05/NQ-CP của Chính phủ",
    ],
)
def test_a_wrapped_line_that_begins_with_a_number_goes_on(text: str) -> None:
    assert [u[1] for u in units(text)] == ["1"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1. Họp hằng năm\n2. Báo cáo", ["1", "2"]),  # 2 follows 1
        ("1. Họp\n\n2. Báo cáo", ["1", "2"]),
        ("1.1. Họp hằng quý\n1.2. Báo cáo", ["1.1", "1.2"]),
    ],
)
def test_the_next_number_is_a_new_item(text: str, labels: list[str]) -> None:
    assert [u[1] for u in units(text)] == labels


def test_a_sentence_that_a_blank_line_cuts() -> None:
    assert units("1. Tổ chức tổng kết\n\ncông tác năm 2025.") == [
        ("arabic", "1", "Tổ chức tổng kết công tác năm 2025.")
    ]
