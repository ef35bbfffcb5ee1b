"""Words that open with the name of a body."""

import pytest

from cancu.loaders.bodies import names_body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Hội Nông dân tỉnh", True),
        ("Hội thảo khoa học", False),
        ("Bộ Tài chính", True),
        ("Bộ chỉ số đánh giá", False),
        ("Phòng Nội vụ", True),
        ("Phòng, chống thiên tai", False),
        ("các sở, ban, ngành", True),
        ("Các trường học", True),
        ("Các thiết bị, phần mềm", False),
        ("Rà soát thủ tục", False),
    ],
)
def test_bodies(text: str, body: bool) -> None:
    assert names_body(text) is body
