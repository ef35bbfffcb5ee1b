"""Time limits: kinds, days and EDTF from the words of real plans."""

import pytest

from cancu.loaders.deadlines import Deadline, Period, in_year, read_deadline
from tests.documents import words

Reading = tuple[list[str], str | None, str | None, str | None, str | None]
"""Kinds, first day, last day, EDTF, day before which it is due."""

ONGOING, PERIODIC, WITHIN, FROM = "thuong-xuyen", "dinh-ky", "trong-ky", "bat-dau-tu"


def seen(deadline: Deadline) -> Reading:
    period = deadline.period
    return (
        list(deadline.kinds),
        period.start if period else None,
        period.end if period else None,
        period.edtf if period else None,
        deadline.due_before,
    )


READINGS: list[tuple[str, Reading]] = [
    # the built-in plan
    ("Thường xuyên trong năm 2023", ([ONGOING], "2023-01-01", "2023-12-31", "2023", None)),
    ("Thường xuyên năm 2023", ([ONGOING], "2023-01-01", "2023-12-31", "2023", None)),
    ("Quý II năm 2023", ([WITHIN], "2023-04-01", "2023-06-30", "2023-34", None)),
    ("Trong Quý II năm 2023", ([WITHIN], "2023-04-01", "2023-06-30", "2023-34", None)),
    ("Quý I năm 2023", ([WITHIN], "2023-01-01", "2023-03-31", "2023-33", None)),
    ("Trong năm 2023", ([WITHIN], "2023-01-01", "2023-12-31", "2023", None)),
    (
        "Từ tháng 4 đến tháng 12/2023.",
        ([WITHIN], "2023-04-01", "2023-12-31", "2023-04/2023-12", None),
    ),
    ("Bắt đầu từ Quý II năm 2023", ([FROM], "2023-04-01", None, "2023-34/..", None)),
    ("Trước ngày 31/5/2023", (["truoc-ngay"], None, None, None, "2023-05-31")),
    (
        "Theo yêu cầu hoặc thường xuyên trong năm 2023",
        ([ONGOING, "theo-yeu-cau"], "2023-01-01", "2023-12-31", "2023", None),
    ),
    (
        "Định kỳ hoặc đột xuất trong năm 2023",
        ([PERIODIC, "dot-xuat"], "2023-01-01", "2023-12-31", "2023", None),
    ),
    ("Theo tiến độ đã giao", (["theo-tien-do-giao"], None, None, None, None)),
    ("Theo hướng dẫn của Văn phòng Chính phủ", (["theo-huong-dan"], None, None, None, None)),
    # other plans
    ("Quý IV/2025", ([WITHIN], "2025-10-01", "2025-12-31", "2025-36", None)),
    ("Quý 3 năm 2024", ([WITHIN], "2024-07-01", "2024-09-30", "2024-35", None)),
    ("quý I - 2026", ([WITHIN], "2026-01-01", "2026-03-31", "2026-33", None)),
    ("Tháng 02/2024", ([WITHIN], "2024-02-01", "2024-02-29", "2024-02", None)),
    ("Tháng 2 năm 2023", ([WITHIN], "2023-02-01", "2023-02-28", "2023-02", None)),
    ("Tháng 5 - tháng 7/2025", ([WITHIN], "2025-05-01", "2025-07-31", "2025-05/2025-07", None)),
    (
        "Từ tháng 11/2025 đến hết tháng 02/2026",
        ([WITHIN], "2025-11-01", "2026-02-28", "2025-11/2026-02", None),
    ),
    ("Năm 2025", ([WITHIN], "2025-01-01", "2025-12-31", "2025", None)),
    ("Hoàn thành trong tháng 6/2025", ([WITHIN], "2025-06-01", "2025-06-30", "2025-06", None)),
    ("2025-2030", ([WITHIN], "2025-01-01", "2030-12-31", "2025/2030", None)),
    ("giai đoạn 2026 – 2030", ([WITHIN], "2026-01-01", "2030-12-31", "2026/2030", None)),
    ("Từ năm 2026", ([FROM], "2026-01-01", None, "2026/..", None)),
    ("Hằng năm", ([PERIODIC], None, None, None, None)),
    ("Hàng quý", ([PERIODIC], None, None, None, None)),
    ("Thường xuyên", ([ONGOING], None, None, None, None)),
    ("Thường xuyên, liên tục", ([ONGOING], None, None, None, None)),
    ("Khi có yêu cầu", (["theo-yeu-cau"], None, None, None, None)),
    ("Theo đề nghị của cơ quan kiểm tra", (["theo-yeu-cau"], None, None, None, None)),
    ("Theo lộ trình của Chính phủ", (["theo-tien-do-giao"], None, None, None, None)),
    ("Trước 15/11/2025", (["truoc-ngay"], None, None, None, "2025-11-15")),
    ("Trước ngày 05 tháng 12 năm 2024", (["truoc-ngay"], None, None, None, "2024-12-05")),
    # a day that does not exist, a year that runs backwards and words without a date mean no day
    ("Trước ngày 31/02/2023", (["truoc-ngay"], None, None, None, None)),
    ("Tháng 13/2023", ([WITHIN], None, None, None, None)),
    ("Từ tháng 9/2023 đến tháng 3/2023", ([WITHIN], None, None, None, None)),
    ("Sau khi được phê duyệt", ([WITHIN], None, None, None, None)),
]


@pytest.mark.parametrize(("text", "reading"), READINGS, ids=[text for text, _ in READINGS])
def test_readings(text: str, reading: Reading) -> None:
    deadline = read_deadline(words(text))
    assert deadline is not None
    assert seen(deadline) == reading
    assert deadline.words.text == text
    assert deadline.proposed is None


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (
            "Từ Quý I đến Quý III năm 2024",
            ([WITHIN], "2024-01-01", "2024-09-30", "2024-33/2024-35", None),
        ),
        ("Ngày 30/6/2025", ([WITHIN], "2025-06-30", "2025-06-30", "2025-06-30", None)),
    ],
)
def test_readings_of_ranges_and_single_days(text: str, reading: Reading) -> None:
    deadline = read_deadline(words(text))
    assert deadline is not None
    assert seen(deadline) == reading


@pytest.mark.parametrize("text", ["", "  ", "\n", "-", "…"])
def test_an_empty_cell_is_no_deadline(text: str) -> None:
    assert read_deadline(words(text)) is None


@pytest.mark.parametrize(
    ("period", "moved"),
    [
        (Period("2022-01-01", "2022-12-31", "2022"), Period("2023-01-01", "2023-12-31", "2023")),
        (
            Period("2022-04-01", None, "2022-34/.."),
            Period("2023-04-01", None, "2023-34/.."),
        ),
        (
            Period("2022-04-01", "2022-12-31", "2022-04/2022-12"),
            Period("2023-04-01", "2023-12-31", "2023-04/2023-12"),
        ),
    ],
)
def test_the_same_days_of_another_year(period: Period, moved: Period) -> None:
    assert in_year(period, 2023) == moved
