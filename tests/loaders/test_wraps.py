"""Wrapped lines."""

import pytest

from cancu.loaders.wraps import unwrap
from tests.documents import words


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Rà soát thủ tục\nhành chính", "Rà soát thủ tục hành chính"),
        ("- Kế hoạch\n- Báo cáo", "- Kế hoạch\n- Báo cáo"),
        ("Họp giao ban.\nBáo cáo", "Họp giao ban.\nBáo cáo"),
        ("Họp giao ban.\nvà báo cáo", "Họp giao ban. và báo cáo"),
        ("Sở Y tế\nSở Nội vụ", "Sở Y tế\nSở Nội vụ"),
        ("Sở Y tế và\nSở Nội vụ", "Sở Y tế và Sở Nội vụ"),
        ("Sở Văn hóa,\nThể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Tổ chức\nHội thảo", "Tổ chức Hội thảo"),
        ("Chủ trì: Sở Y tế\nPhối hợp: Sở Nội vụ", "Chủ trì: Sở Y tế\nPhối hợp: Sở Nội vụ"),
    ],
)
def test_lines_of_a_cell(cell: str, text: str) -> None:
    read = unwrap(words(cell))
    assert read.text == text
    assert len(read.at) == len(read.text)
