"""Tasks written as labelled prose."""

import pytest

from tests.loaders.reading import misquoted, tasks, work

READ = [("1", "Mở lớp tập huấn", ["Sở Nội vụ"], ["Sở Tài chính"], "Quý II/2025")]


@pytest.mark.parametrize(
    "text",
    [
        "1. Mở lớp tập huấn\n- Cơ quan chủ trì: Sở Nội vụ.\n- Cơ quan phối hợp: Sở Tài chính.\n- Thời gian: Quý II/2025.",
        "1. Mở lớp tập huấn\n* Đơn vị chủ trì: Sở Nội vụ\n* Đơn vị phối hợp: Sở Tài chính\n* Thời hạn hoàn thành: Quý II/2025",
        "1. Mở lớp tập huấn\n+ Chủ trì: Sở Nội vụ;\n+ Phối hợp: Sở Tài chính;\n+ Tiến độ: Quý II/2025.",
        "1. Mở lớp tập huấn\n\nĐơn vị chịu trách nhiệm: Sở Nội vụ.\n\nĐơn vị phối hợp: Sở Tài chính.\n\nThời gian thực hiện: Quý II/2025.",
        "1. Mở lớp tập huấn\n\n**Cơ quan chủ trì:**\nSở Nội vụ\n\n**Cơ quan phối hợp:** Sở Tài chính\n\n**Thời gian:** Quý II/2025",
        "1. Mở lớp tập huấn\n- Chủ trì:\n+ Sở Nội vụ\n- Phối hợp:\n+ Sở Tài chính\n- Thời gian: Quý II/2025",
        "1. Mở lớp tập huấn. Chủ trì: Sở Nội vụ. Phối hợp: Sở Tài chính. Thời gian: Quý II/2025.",
        "1. Mở lớp tập huấn (Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2025).",
        "1. Mở lớp tập huấn [Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; thời gian: Quý II/2025]",
        "1/ Mở lớp tập huấn\n- Chủ trì: Sở Nội vụ\n- Phối hợp: Sở Tài chính\n- Thời gian: Quý II/2025",
        "1. Nhiệm vụ thứ nhất\n- Nội dung: Mở lớp tập huấn\n- Chủ trì: Sở Nội vụ\n- Phối hợp: Sở Tài chính\n- Thời gian: Quý II/2025",
    ],
)  # fmt: skip
def test_labels_as_they_are_written(text: str) -> None:
    assert tasks(text) == READ
    assert misquoted(text) == []


def test_two_labels_on_one_line() -> None:
    text = "1. Mở lớp\n- Chủ trì: Sở Nội vụ\nThời gian hoàn thành: Quý II/2025. Sản phẩm: Báo cáo kết quả."
    (task,) = work(text).tasks
    assert task.deadline
    assert (task.deadline.words.text, [p.text for p in task.products]) == (
        "Quý II/2025",
        ["Báo cáo kết quả"],
    )


def test_a_time_limit_without_label_among_labels() -> None:
    text = "1. Mở lớp (Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; hoàn thành trong năm 2025)."
    assert tasks(text) == [
        ("1", "Mở lớp", ["Sở Nội vụ"], ["Sở Tài chính"], "hoàn thành trong năm 2025")
    ]


@pytest.mark.parametrize(
    ("second", "code"),
    [("1a. Báo cáo", "1a"), ("2. Báo cáo", "2"), ("a) Báo cáo", "1a"), ("a/ Báo cáo", "1a")],
)
def test_labels_belong_to_the_item_they_stand_under(second: str, code: str) -> None:
    text = f"1. Họp\n- Chủ trì: Sở Y tế\n- Thời gian: Quý I\n{second}\n- Chủ trì: Sở Nội vụ\n- Thời gian: Quý II"
    assert tasks(text) == [
        ("1", "Họp", ["Sở Y tế"], [], "Quý I"),
        (code, "Báo cáo", ["Sở Nội vụ"], [], "Quý II"),
    ]


@pytest.mark.parametrize(
    ("heading", "code"),
    [("II. NHIỆM VỤ", "II.1"), ("I- NHIỆM VỤ", "I.1"), ("A/ NHIỆM VỤ", "A.1")],
)
def test_the_heading_above(heading: str, code: str) -> None:
    assert [t[0] for t in tasks(f"{heading}\n1. Họp\n- Chủ trì: Sở Y tế")] == [code]


def test_a_heading_with_labels_right_under_it_is_a_task() -> None:
    text = "II. Kiểm tra định kỳ\n- Chủ trì: Sở Y tế\n- Thời gian: Quý I\nIII. NHIỆM VỤ\n1. Họp\n- Chủ trì: Sở Nội vụ"
    assert tasks(text) == [
        ("II", "Kiểm tra định kỳ", ["Sở Y tế"], [], "Quý I"),
        ("III.1", "Họp", ["Sở Nội vụ"], [], None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "IV. TỔ CHỨC THỰC HIỆN\nCơ quan chủ trì: Sở Y tế",
        "1. Cấp giấy phép\na) Trình tự thực hiện: nộp hồ sơ.\nb) Thời hạn giải quyết: 20 ngày làm việc.\nc) Cơ quan thực hiện: Sở Y tế.",
        "II. NỘI DUNG, THỜI GIAN\n- Thời gian: Quý I\n- Đơn vị chủ trì: Sở Y tế",
        "1. Thời gian qua, công tác cải cách đạt nhiều kết quả: đã cắt giảm 20 thủ tục.",
        "1. Về tổ chức thực hiện: các sở đã chủ động triển khai.",
        "1. Tuyên truyền rộng rãi (bao gồm: báo in, báo điện tử).",
        "1. Họp giao ban\n- Thời gian: thứ Hai hằng tuần",
        "1. Việc chung\nGiao:\n- Sở Tài chính: bố trí kinh phí;",
    ],
)
def test_prose_that_is_no_task(text: str) -> None:
    assert tasks(text) == []
