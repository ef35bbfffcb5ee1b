"""Cells one under the other, as a plain reading of a PDF gives them."""

from tests.loaders.reading import misquoted, tasks, work

HEAD = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
FIRST = (
    "1",
    "Biên soạn tài liệu hỏi đáp\ncho người dân",
    "Sở Tư pháp",
    "Các sở, ngành",
    "Quý I/2025",
)


def stack(*rows: tuple[str, ...]) -> str:
    return (
        "\n\n".join(cell for row in (HEAD, *rows) for cell in row) + "\n\nNơi nhận:\n- Như trên\n"
    )


READ = ("1", "Biên soạn tài liệu hỏi đáp cho người dân", ["Sở Tư pháp"], ["Các sở, ngành"], "Quý I/2025")  # fmt: skip


def test_a_row_begins_at_its_number() -> None:
    second = ("2", "Tổ chức hội thi trong trường học", "Sở Giáo dục", "Sở Tư pháp", "Tháng 5/2025")
    text = stack(FIRST, second)
    assert tasks(text) == [
        READ,
        ("2", "Tổ chức hội thi trong trường học", ["Sở Giáo dục"], ["Sở Tư pháp"], "Tháng 5/2025"),
    ]
    assert misquoted(text) == []


def test_a_section_row_has_a_label_and_a_title() -> None:
    assert [t[0] for t in tasks(stack(("I", "Tuyên truyền"), FIRST))] == ["I.1"]


def test_cells_without_blank_lines_between() -> None:
    rows = (
        HEAD,
        ("01", "Rà soát hộ nghèo", "Sở Y tế", "Các sở", "Quý I/2025"),
        ("02", "Họp dân", "Sở Tư pháp", "Sở Y tế", "Cả năm"),
    )
    text = "\n".join(cell for row in rows for cell in row) + "\n\nIII. Tổ chức thực hiện\n"
    assert [t[1:4] for t in tasks(text)] == [
        ("Rà soát hộ nghèo", ["Sở Y tế"], ["Các sở"]),
        ("Họp dân", ["Sở Tư pháp"], ["Sở Y tế"]),
    ]


def test_a_heading_that_no_row_follows_ends_the_table() -> None:
    text = stack(FIRST).replace(
        "Nơi nhận:", "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\nTheo dõi, báo cáo.\n\nNơi nhận:"
    )
    assert tasks(text) == [READ]


def test_two_pieces_of_one_cell() -> None:
    text = stack((*FIRST[:1], "Biên soạn tài liệu hỏi đáp", "cho người dân", *FIRST[2:]))
    assert tasks(text) == [READ]
    assert misquoted(text) == []


def test_a_single_body_may_lead_or_coordinate() -> None:
    text = stack(FIRST, ("2", "Tổ chức hội thi trong trường học", "Sở Giáo dục", "Tháng 5/2025"))
    assert tasks(text)[1][2:] == ([], [], "Tháng 5/2025")
    assert [f.quote.text for f in work(text).findings] == ["Sở Giáo dục"]


def test_two_names_of_columns_are_no_table() -> None:
    assert work("STT\n\nNội dung công việc\n\n1\n\nHọp giao ban\n").tasks == []
