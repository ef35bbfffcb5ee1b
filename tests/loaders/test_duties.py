"""Duties given body by body in prose."""

import pytest

from tests.loaders.reading import duties, misquoted

UNDER = "IV. TỔ CHỨC THỰC HIỆN\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            UNDER + "1. Sở Tài chính\n- Bố trí kinh phí.\n2. Sở Nội vụ:\n- Chủ trì kiểm tra.",
            [
                ("IV.1", ["Sở Tài chính"], "thuc-hien", "Bố trí kinh phí."),
                ("IV.2", ["Sở Nội vụ"], "chu-tri", "Chủ trì kiểm tra."),
            ],
        ),
        (
            UNDER + "1. Các sở, ban, ngành căn cứ chức năng để triển khai.",
            [("IV.1", ["Các sở, ban, ngành"], "thuc-hien", "căn cứ chức năng để triển khai.")],
        ),
        (
            "Giao:\n- Sở Tài chính: bố trí kinh phí;\n- Sở Nội vụ: chủ trì kiểm tra.",
            [
                ("", ["Sở Tài chính"], "thuc-hien", "bố trí kinh phí;"),
                ("", ["Sở Nội vụ"], "chu-tri", "chủ trì kiểm tra."),
            ],
        ),
        (
            UNDER + "Giao: - Sở Tài chính: bố trí kinh phí; - Sở Nội vụ: theo dõi, đôn đốc.",
            [
                ("IV", ["Sở Tài chính"], "thuc-hien", "bố trí kinh phí;"),
                ("IV", ["Sở Nội vụ"], "thuc-hien", "theo dõi, đôn đốc."),
            ],
        ),
    ],
)
def test_duties(text: str, found: list[tuple[str, list[str], str, str]]) -> None:
    assert duties(text) == found
    assert misquoted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        UNDER + "1. Hội thảo\n- Tổ chức vào Quý II.",  # no body
        UNDER + "1. Hội thảo khoa học tổ chức vào Quý II.",
        UNDER + "1. Phòng, chống thiên tai\n- Rà soát phương án.",
        "I. TÌNH HÌNH\n1. Sở Tài chính đã bố trí đủ kinh phí.",  # nothing is shared out here
        UNDER + "1. Họp\n- Cơ quan chủ trì: Sở Y tế",  # a task
    ],
)
def test_what_gives_no_duty(text: str) -> None:
    assert duties(text) == []
