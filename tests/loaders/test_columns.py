"""What columns are by their headings, and which tables list tasks."""

import pytest

from cancu.loaders.columns import columns_of, find_heading, is_heading, is_index, role_of
from tests.documents import words
from tests.loaders.reading import tasks


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("stt", "no"),
        ("đơn vị chủ trì, phối hợp", "both"),
        ("nội dung phối hợp", "content"),
        ("đơn vị tham gia", "coordinate"),
        ("lãnh đạo phụ trách", "person"),
        ("thời gian hoàn thành", "deadline"),
        ("kết quả dự kiến", "product"),
        ("nhóm nhiệm vụ", "group"),
        ("số lượng", None),
    ],
)
def test_role_of_a_column(cell: str, role: str | None) -> None:
    assert role_of(cell) == role


def test_who_carries_out_leads_only_where_nobody_else_does() -> None:
    assert columns_of(["nhiệm vụ", "đơn vị thực hiện"])["lead"] == 1
    assert columns_of(["nhiệm vụ", "đơn vị thực hiện", "đơn vị chủ trì"])["lead"] == 2


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        (("STT", "Nhiệm vụ", "Chủ trì"), True),
        (("STT", "Họp", "Sở Y tế"), False),
        (("1", "Nhiệm vụ", "Cơ quan chủ trì"), False),
        (("UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), False),
    ],
)
def test_a_heading_names_two_columns(row: tuple[str, ...], heading: bool) -> None:
    assert is_heading([words(cell) for cell in row]) is heading


def test_a_heading_of_two_rows() -> None:
    above = [words(c) for c in ("STT", "Nhiệm vụ", "Phân công", "", "Thời hạn")]
    below = [words(c) for c in ("", "", "Chủ trì", "Phối hợp", "")]
    found = find_heading([above, below])
    assert found
    assert found.texts == ("stt", "nhiệm vụ", "chủ trì", "phối hợp", "thời hạn")


@pytest.mark.parametrize(
    ("row", "index"),
    [(("(1)", "(2)", "(3)"), True), (("1", "2", "3=1+2"), True), (("1", "Họp", "Sở"), False)],
)
def test_a_row_that_numbers_the_columns(row: tuple[str, ...], index: bool) -> None:
    assert is_index([words(cell) for cell in row]) is index


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("TT | Chỉ tiêu | Thời hạn | Cơ quan chủ trì", "1 | Số xã đạt chuẩn | 2025 | Sở Nội vụ"),
        ("TT | Nội dung | Mục tiêu năm 2025 | Cơ quan chủ trì", "1 | Số hộ có nước | 90 | Sở Y tế"),
        ("TT | Nội dung | Thời hạn | Chủ trì", "1 | Tỷ lệ hộ nghèo | 2025 | Sở Nội vụ"),
        ("TT | Tên thủ tục | Cơ quan thực hiện | Thời hạn", "1 | Cấp phép | Sở Y tế | 10 ngày"),
        ("TT | Nội dung | Đơn vị thực hiện | Kinh phí", "1 | In tờ rơi | Phòng Văn hóa | 200.000"),
        ("TT | Thời gian | Nội dung | Chủ trì", "1 | 8h00 - 8h15 | Khai mạc | Chủ tịch"),
        ("TT | Thời gian | Nội dung | Chủ trì", "1 | 9g30 - 10g00 | Thảo luận | Chủ tịch"),
        ("TT | Thời gian | Nội dung | Chủ trì", "1 | 10:00 - 10:30 | Bế mạc | Chủ tịch"),
        ("TT | Nội dung | Người thực hiện | Thời gian", "Bước 1 | Nhận hồ sơ | Văn thư | 1 ngày"),
        ("TT | Họ và tên | Nhiệm vụ | Đơn vị thực hiện", "1 | Lê Văn An | Trưởng ban | UBND xã"),
        ("TT | Thành viên | Nhiệm vụ | Đơn vị phụ trách", "1 | Ông An | Phó ban | Xã Hòa Bình"),
        ("TT | Nội dung hỗ trợ | Đơn vị phụ trách | Điện thoại", "1 | Kỹ thuật | Phòng Nội vụ | 1022"),
        ("TT | Nhiệm vụ | Chủ trì | Kết quả thực hiện năm 2024", "1 | Rà soát | Sở Y tế | Đã xong"),
        ("TT | Nhiệm vụ | Chủ trì | Mức độ hoàn thành", "1 | Rà soát | Sở Y tế | 80"),
        ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn", "1 | … | … | …"),
    ],
)  # fmt: skip
def test_tables_that_only_look_like_task_tables(head: str, row: str) -> None:
    assert tasks(f"{head}\n{row}\n") == []


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("TT | Nhiệm vụ | Cơ quan chủ trì | Kinh phí", "1 | In tờ rơi | Sở Y tế | 200.000"),
        ("TT | Nội dung | Đơn vị thực hiện | Thời gian | Kinh phí", "1 | In tờ rơi | Sở Y tế | Quý I | 20"),
        ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn | Điện thoại", "1 | In tờ rơi | Sở Y tế | Quý I | 1022"),
        ("Thời hạn | Sản phẩm | Nội dung | Chủ trì", "Quý I | Tờ rơi | In tờ rơi | Sở Y tế"),
    ],
)  # fmt: skip
def test_tables_of_tasks(head: str, row: str) -> None:
    assert [(t[1], t[2]) for t in tasks(f"{head}\n{row}\n")] == [("In tờ rơi", ["Sở Y tế"])]
