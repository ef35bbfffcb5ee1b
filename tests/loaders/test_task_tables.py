"""Rows of a task table: sections, tasks, remarks, and what is odd."""

import pytest

from tests.loaders.reading import misquoted, tasks, work

HEAD = "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn\n"
LAST = "\tSở Y tế\tSở Nội vụ\tQuý I\n"


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (["1", "2."], ["1", "2"]),
        (["(1)", "(2)"], ["1", "2"]),
        (["1.1.1", "1a"], ["1.1.1", "1a"]),
        (["2", "a", "b)", "3"], ["2", "2a", "2b", "3"]),
        (["", "1"], ["", "1"]),
    ],
)
def test_numbers_as_printed(numbers: list[str], codes: list[str]) -> None:
    text = HEAD + "".join(f"{n}\tHọp giao ban{LAST}" for n in numbers)
    assert [t[0] for t in tasks(text)] == codes


@pytest.mark.parametrize(
    ("row", "code", "title"),
    [
        ("I\tKiểm tra\t\t\t", "I.1", "Kiểm tra"),
        ("A.\tKiểm tra\t\t\t", "A.1", "Kiểm tra"),
        ("\tII. Kiểm tra\t\t\t", "II.1", "Kiểm tra"),
        ("Phần thứ hai\tKiểm tra\t\t\t", "Phần thứ hai.1", "Kiểm tra"),
        ("Phần II. Kiểm tra\t\t\t\t", "Phần II.1", "Kiểm tra"),
        ("\t**Kiểm tra**\t\t\t", "1", "Kiểm tra"),
        ("\tKIỂM TRA\t\t\t", "1", "KIỂM TRA"),
        ("I\tKiểm tra\tKiểm tra\tKiểm tra\tKiểm tra", "I.1", "Kiểm tra"),
    ],
)
def test_section_rows(row: str, code: str, title: str) -> None:
    text = f"{HEAD}{row}\n1\tHọp{LAST}"
    assert [t[0] for t in tasks(text)] == [code]
    assert [s.title for s in work(text).sections] == [title]
    assert misquoted(text) == []


def test_empty_cells_of_number_and_lead_are_those_above() -> None:
    text = f"{HEAD}1\tHọp{LAST}\tBáo cáo\t\tSở Công an\tQuý II\n2\tKiểm tra\t\tSở Nội vụ\tQuý I\n"
    assert [t[:3] for t in tasks(text)] == [
        ("1", "Họp", ["Sở Y tế"]),
        ("1", "Báo cáo", ["Sở Y tế"]),
        ("2", "Kiểm tra", []),
    ]
    assert work(text).tasks[1].inherited == ("lead", "no")


def test_roles_said_after_the_names() -> None:
    text = "TT\tNhiệm vụ\tCơ quan chủ trì, phối hợp\tThời gian\n1\tHọp\tSở Nội vụ chủ trì; Sở Tài chính, Sở Tư pháp phối hợp\tQuý I\n"
    assert tasks(text) == [("1", "Họp", ["Sở Nội vụ"], ["Sở Tài chính", "Sở Tư pháp"], "Quý I")]


def test_a_numbered_row_over_finer_numbers_is_a_section() -> None:
    text = f"{HEAD}2\tKiểm tra\t\t\t\n2.1\tKiểm tra xã{LAST}3\tHọp{LAST}"
    found = work(text).tasks
    assert [t.section.no if t.section else None for t in found] == ["2", None]


def test_a_time_limit_of_a_section_row_is_given_to_no_task() -> None:
    text = f"{HEAD}I\tChỉ đạo\t\t\tCả năm 2025\n1\tBan hành kế hoạch\tSở Y tế\t\t\n"
    assert tasks(text) == [("I.1", "Ban hành kế hoạch", ["Sở Y tế"], [], None)]
    assert [(f.code, f.quote.text) for f in work(text).findings] == [("layout", "Cả năm 2025")]


@pytest.mark.parametrize(
    "row",
    [
        "\tTổng cộng\t\t\t",
        "Tổng số: 02 nhiệm vụ\t\t\t\t",
        "\tGhi chú: các đơn vị chủ động thực hiện\t\t\t",
        "3\t…\t…\t…\t…",
        "3\t\t\t\t",
    ],
)
def test_rows_that_are_no_tasks(row: str) -> None:
    assert [t[1] for t in tasks(f"{HEAD}1\tHọp{LAST}{row}\n")] == ["Họp"]


def test_a_row_without_number_that_only_goes_on() -> None:
    text = f"{HEAD}1\tHọp giao ban\tSở Y tế\t\tQuý I\n\tvà báo cáo\t\t\t\n\t\tSở Nội vụ\t\t\n"
    assert tasks(text) == [("1", "Họp giao ban và báo cáo", ["Sở Y tế", "Sở Nội vụ"], [], "Quý I")]
    assert misquoted(text) == []


def test_what_surely_stands_in_the_wrong_column_is_left_out() -> None:
    """A row with too few cells, read from the left: a time limit is no body."""
    text = f"{HEAD}1\tHọp giao ban\tSở Y tế\tQuý I/2025\n"
    assert tasks(text) == [("1", "Họp giao ban", ["Sở Y tế"], [], None)]
    assert "Quý I/2025" in [f.quote.text for f in work(text).findings]


def test_a_table_goes_on_over_a_page_number() -> None:
    text = f"{HEAD}1\tHọp{LAST}\n3\n\n2\tBáo cáo{LAST}"
    assert [t[0] for t in tasks(text)] == ["1", "2"]


def test_a_section_that_opens_a_page_is_not_the_rest_of_a_row() -> None:
    text = f"{HEAD}1\tHọp{LAST}\n\n{HEAD}\tII. Kiểm tra\t\t\t\n1\tKiểm tra xã{LAST}"
    assert [t[:2] for t in tasks(text)] == [("1", "Họp"), ("II.1", "Kiểm tra xã")]


def test_a_row_cut_by_a_page_quotes_both_pieces() -> None:
    text = f"{HEAD}1\tHọp giao ban\tSở Y tế\t\tQuý\n\n{HEAD}\tvà báo cáo\t\t\tI/2025\n"
    assert tasks(text) == [("1", "Họp giao ban và báo cáo", ["Sở Y tế"], [], "Quý I/2025")]
    assert misquoted(text) == []
