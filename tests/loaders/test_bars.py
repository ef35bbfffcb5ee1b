"""Tables drawn with bars: rows as lines, and one cell after the other."""

import pytest

from cancu.loaders.blocks import Table
from cancu.loaders.segment import find_blocks
from tests.documents import source
from tests.loaders.reading import cells, misquoted, tasks, work

HEAD = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
FULL = ("1", "Rà soát thủ tục hành chính của ngành", "Sở Tư pháp", "Sở Nội vụ", "Quý I/2025")
READ = ("1", "Rà soát thủ tục hành chính của ngành", ["Sở Tư pháp"], ["Sở Nội vụ"], "Quý I/2025")


def rows(text: str) -> list[list[str]]:
    (table,) = [b for b in find_blocks(source(text)) if isinstance(b, Table)]
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        "| STT | Việc | Chủ trì |\n|---|:--:|---|\n| 1 | Họp | Sở Y tế |\n",
        "STT | Việc | Chủ trì\n--- | --- | ---\n1 | Họp | Sở Y tế\n",
        "STT | Việc | Chủ trì\n1 | Họp | Sở Y tế\n",
    ],
)
def test_rows_as_lines(text: str) -> None:
    assert rows(text) == [["STT", "Việc", "Chủ trì"], ["1", "Họp", "Sở Y tế"]]


def test_a_row_wrapped_over_lines_is_one_row() -> None:
    text = "STT | Việc | Chủ trì | Thời hạn\n1 | Họp\ngiao ban | Sở Y tế | Quý I\n2 | Báo cáo | Sở Nội vụ | Quý II\n"
    assert rows(text)[1:] == [
        ["1", "Họp\ngiao ban", "Sở Y tế", "Quý I"],
        ["2", "Báo cáo", "Sở Nội vụ", "Quý II"],
    ]


def test_one_cell_after_the_other() -> None:
    assert tasks(cells(HEAD, FULL)) == [READ]
    assert misquoted(cells(HEAD, FULL)) == []


def test_an_empty_cell_is_not_a_merged_one() -> None:
    """Two bars with nothing between them are an empty cell: it inherits nothing."""
    empty = ("2", "Công bố danh mục thủ tục hành chính", "Văn phòng UBND tỉnh", "", "")
    found = work(cells(HEAD, FULL, empty))
    assert tasks(cells(HEAD, FULL, empty))[1] == (
        "2",
        "Công bố danh mục thủ tục hành chính",
        ["Văn phòng UBND tỉnh"],
        [],
        None,
    )
    assert found.tasks[1].inherited == ()


def test_a_missing_time_limit_is_that_of_the_merged_cell_above() -> None:
    text = cells(HEAD, FULL, ("2", "Công bố danh mục thủ tục", "Sở Y tế", "Sở Xây dựng"))
    assert tasks(text)[1][2:] == (["Sở Y tế"], ["Sở Xây dựng"], "Quý I/2025")
    assert work(text).tasks[1].inherited == ("deadline",)
    assert misquoted(text) == []


def test_nothing_is_inherited_over_a_heading_row() -> None:
    text = cells(
        HEAD, FULL, ("II", "Kiểm tra"), ("1", "Kiểm tra các xã", "Thanh tra tỉnh", "Sở Nội vụ")
    )
    assert tasks(text)[1] == (
        "II.1",
        "Kiểm tra các xã",
        ["Thanh tra tỉnh"],
        ["Sở Nội vụ"],
        None,
    )


# ---- which column a cell stood in


def test_a_body_that_may_lead_or_coordinate_is_left_out_and_said_so() -> None:
    text = cells(
        HEAD, FULL, ("2", "Công bố danh mục thủ tục", "Văn phòng UBND tỉnh", "Quý II/2025")
    )
    read = work(text)
    assert tasks(text)[1] == ("2", "Công bố danh mục thủ tục", [], [], "Quý II/2025")
    assert [(f.code, f.severity, f.quote.text) for f in read.findings] == [
        ("layout", "check", "Văn phòng UBND tỉnh")
    ]
    assert misquoted(text) == []


def test_what_inherits_a_doubtful_cell_is_doubtful() -> None:
    text = cells(
        HEAD,
        FULL,
        ("2", "Công bố danh mục thủ tục", "Văn phòng UBND tỉnh", "Quý II/2025"),
        ("3", "Niêm yết thủ tục tại trụ sở", "Các sở, ban, ngành", "Quý III/2025"),
    )
    assert tasks(text)[2][2:4] == ([], ["Các sở, ban, ngành"])


@pytest.mark.parametrize(
    ("above", "body", "lead", "coordinate"),
    [
        # a class of bodies coordinates: it is what is merged
        ("Các sở, ban, ngành", "Sở Y tế", ["Sở Y tế"], ["Các sở, ban, ngành"]),
        # the body leads in the row above too
        ("Sở Nội vụ", "Sở Tư pháp", ["Sở Tư pháp"], ["Sở Nội vụ"]),
        # a class of bodies in the row itself
        ("Sở Nội vụ", "Các sở, ban, ngành", ["Sở Tư pháp"], ["Các sở, ban, ngành"]),
    ],
)
def test_a_body_whose_column_the_rows_tell(
    above: str, body: str, lead: list[str], coordinate: list[str]
) -> None:
    text = cells(
        HEAD,
        (*FULL[:3], above, FULL[4]),
        ("2", "Công bố danh mục thủ tục hành chính", body, "Quý II/2025"),
    )
    assert tasks(text)[1][2:4] == (lead, coordinate)
    assert work(text).findings == []


def test_funding_is_told_from_a_product() -> None:
    head = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm", "Nguồn kinh phí")
    first = ("1", "Mua sắm máy chủ cho trung tâm", "Sở Y tế", "Quý I", "Máy chủ", "Ngân sách tỉnh")
    second = ("2", "Nâng cấp phần mềm của bệnh viện", "Sở Y tế", "Quý II", "Các phần mềm")
    read = work(cells(head, first, second))
    assert [[p.text for p in t.products] for t in read.tasks] == [["Máy chủ"], ["Các phần mềm"]]
    assert [e.words.text for e in read.tasks[1].extras] == ["Ngân sách tỉnh"]


@pytest.mark.parametrize(
    "last", [("Tổng cộng", "30"), ("Tổng cộng", "", "", "", "30"), ("Ghi chú: chi từ dự toán",)]
)
def test_totals_and_remarks_are_no_tasks(last: tuple[str, ...]) -> None:
    assert tasks(cells(HEAD, FULL, last)) == [READ]


def test_a_heading_of_two_rows() -> None:
    head = ("STT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời hạn")
    assert tasks(cells(head, ("Chủ trì", "Phối hợp"), FULL)) == [READ]
