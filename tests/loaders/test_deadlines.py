"""Time limits: kinds, days and EDTF from the words of real plans."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ("Sau khi được phê duyệt", (["sau-su-kien"], None, None, None, None)),
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


Days = tuple[str | None, str | None, str]
"""First day, last day, EDTF."""

SEVERAL: list[tuple[str, list[str], list[Days]]] = [
    (
        "Tháng 6/2025; tháng 12/2025",
        [WITHIN],
        [("2025-06-01", "2025-06-30", "2025-06"), ("2025-12-01", "2025-12-31", "2025-12")],
    ),
    (
        "Quý II, quý IV năm 2025",
        [WITHIN],
        [("2025-04-01", "2025-06-30", "2025-34"), ("2025-10-01", "2025-12-31", "2025-36")],
    ),
    (
        "Báo cáo trước ngày 15/6/2025; tổng kết trước ngày 15/12/2025",
        ["truoc-ngay"],
        [(None, "2025-06-14", "../2025-06-14"), (None, "2025-12-14", "../2025-12-14")],
    ),
    (
        "Năm 2024, 2025",
        [WITHIN],
        [("2024-01-01", "2024-12-31", "2024"), ("2025-01-01", "2025-12-31", "2025")],
    ),
    ("Quý IV/2025- Quý II/2026", [WITHIN], [("2025-10-01", "2026-06-30", "2025-36/2026-34")]),
    ("Quý II-III/2026", [WITHIN], [("2026-04-01", "2026-09-30", "2026-34/2026-35")]),
    ("Tháng 3-4/2025", [WITHIN], [("2025-03-01", "2025-04-30", "2025-03/2025-04")]),
    ("Tháng 11/2024 - 3/2025", [WITHIN], [("2024-11-01", "2025-03-31", "2024-11/2025-03")]),
    ("15-20/5/2025", [WITHIN], [("2025-05-15", "2025-05-20", "2025-05-15/2025-05-20")]),
    ("Từ 01/6 đến 30/8/2025", [WITHIN], [("2025-06-01", "2025-08-30", "2025-06-01/2025-08-30")]),
    ("từ ngày 5/3 đến hết năm 2026", [WITHIN], [("2026-03-05", "2026-12-31", "2026-03-05/2026")]),
    ("6 tháng đầu năm 2025", [WITHIN], [("2025-01-01", "2025-06-30", "2025-40")]),
    ("6 tháng cuối năm 2025", [WITHIN], [("2025-07-01", "2025-12-31", "2025-41")]),
    ("9 tháng năm 2026", [WITHIN], [("2026-01-01", "2026-09-30", "2026-01/2026-09")]),
    ("2026", [WITHIN], [("2026-01-01", "2026-12-31", "2026")]),
    ("6/2025", [WITHIN], [("2025-06-01", "2025-06-30", "2025-06")]),
    ("Q.II/2025", [WITHIN], [("2025-04-01", "2025-06-30", "2025-34")]),
    ("31.12.2025", [WITHIN], [("2025-12-31", "2025-12-31", "2025-12-31")]),
    ("Ngày 9/3/2026 (thứ Hai)", [WITHIN], [("2026-03-09", "2026-03-09", "2026-03-09")]),
    ("chậm nhất 25/12/2024", ["cham-nhat"], [(None, "2024-12-25", "../2024-12-25")]),
    ("Đến hết năm 2026", ["cham-nhat"], [(None, "2026-12-31", "../2026")]),
    ("duy trì hằng quý đến 2030", [PERIODIC, "cham-nhat"], [(None, "2030-12-31", "../2030")]),
    ("năm 2025 và các năm tiếp theo", [FROM], [("2025-01-01", None, "2025/..")]),
    ("2026 trở đi", [FROM], [("2026-01-01", None, "2026/..")]),
    ("Sau ngày 01/7/2025", [FROM], [("2025-07-02", None, "2025-07-02/..")]),
    ("giai đoạn 2021-2025, tầm nhìn 2030", [WITHIN], [("2021-01-01", "2025-12-31", "2021/2025")]),
    ("Hằng năm, giai đoạn 2026-2030", [PERIODIC], [("2026-01-01", "2030-12-31", "2026/2030")]),
    # conditions and numbers of days name no period, nor does a time without a year or without borders
    ("Khi có phát sinh", ["khi-phat-sinh"], []),
    ("Sau khi Luật được thông qua", ["sau-su-kien"], []),
    ("30 ngày làm việc", ["trong-so-ngay"], []),
    ("sau 10 ngày kể từ ngày 15/3/2025", ["sau-su-kien", "trong-so-ngay"], []),
    ("Trước ngày 15 hằng tháng", ["truoc-ngay", PERIODIC], []),
    ("Theo Quyết định số 12/2025/QĐ-TTg", ["theo-huong-dan"], []),
    ("Theo tiến độ của Luật Đất đai 2024", ["theo-tien-do-giao"], []),
    ("06 tháng/lần", [PERIODIC], []),
    ("trong quý II", [WITHIN], []),
    ("ngày 15 tháng 12", [WITHIN], []),
    ("Tháng 3, 6, 9, 12", [WITHIN], []),
    ("cuối năm", [WITHIN], []),
    ("đầu năm học", [WITHIN], []),
    ("Trong năm học 2025 - 2026", [WITHIN], []),
    ("Đầu tháng 6/2025", [WITHIN], []),
    ("Tuần 2 tháng 5/2025", [WITHIN], []),
    ("Đang thực hiện", ["khong-ro"], []),
]


@pytest.mark.parametrize(("text", "kinds", "days"), SEVERAL, ids=[text for text, _, _ in SEVERAL])
def test_readings_by_period(text: str, kinds: list[str], days: list[Days]) -> None:
    deadline = read_deadline(words(text))
    assert deadline is not None
    assert list(deadline.kinds) == kinds
    assert [(p.start, p.end, p.edtf) for p in deadline.periods] == days


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Trước 30/6/2024", "2024-06-30"),
        ("Trước tháng 6/2024", "2024-06-01"),
        ("Trước quý II/2025", "2025-04-01"),
        ("Trước năm 2030", "2030-01-01"),
        ("Hoàn thành trước ngày 31/12/2025; duy trì các năm tiếp theo", "2025-12-31"),
    ],
)
def test_the_day_before_which(text: str, due: str) -> None:
    deadline = read_deadline(words(text))
    assert deadline is not None
    assert (deadline.due_before, deadline.periods, deadline.ends) == (due, (), True)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Tháng 6/2025; tháng 12/2025", "{2025-06,2025-12}"),
        ("Tháng 6/2025; từ quý I/2026", None),
        ("Quý II năm 2025", "2025-34"),
        ("Thường xuyên", None),
    ],
)
def test_several_times_are_a_set_and_no_single_period(text: str, edtf: str | None) -> None:
    deadline = read_deadline(words(text))
    assert deadline is not None
    assert deadline.edtf == edtf
    assert (deadline.period is None) == (len(deadline.periods) != 1)


WORDINGS = st.sampled_from(
    [
        "tháng ",
        "quý ",
        "năm ",
        "ngày ",
        "trước ",
        "đến ",
        "từ ",
        "II",
        "IV",
        "2",
        "12",
        "31",
        "2025",
        "2026",
        "/",
        "-",
        " ",
        ", ",
        "; ",
        "và ",
        "hằng ",
    ]
)


@given(st.lists(WORDINGS, max_size=14).map("".join))
def test_any_wording_is_read_and_every_period_is_one(text: str) -> None:
    deadline = read_deadline(words(text))
    for period in deadline.periods if deadline else ():
        days = [date.fromisoformat(day) for day in (period.start, period.end) if day]
        assert days
        assert days == sorted(days)
        assert re.fullmatch(r"(?:\.\.|[\d-]+)(?:/(?:\.\.|[\d-]+))?", period.edtf)
    if deadline and deadline.due_before:
        assert date.fromisoformat(deadline.due_before)
