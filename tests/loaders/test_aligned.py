"""Columns kept apart by blanks."""

from tests.loaders.reading import misquoted, tasks

HEAD = " STT   Nội dung nhiệm vụ           Đơn vị chủ trì      Đơn vị phối hợp     Thời gian\n"
ONE = (
    " 1     Treo băng rôn tại trụ sở    Phòng Văn hóa       Đoàn Thanh niên     Tháng 3\n"
    "       và các tuyến phố\n"
)
TWO = " 2     Phát thanh trên loa         Trung tâm Văn hóa                       Hằng ngày\n"
READ = (
    "1",
    "Treo băng rôn tại trụ sở và các tuyến phố",
    ["Phòng Văn hóa"],
    ["Đoàn Thanh niên"],
    "Tháng 3",
)


def test_a_row_begins_at_its_number_where_rows_stand_close() -> None:
    assert tasks(HEAD + ONE + TWO) == [
        READ,
        ("2", "Phát thanh trên loa", ["Trung tâm Văn hóa"], [], "Hằng ngày"),
    ]
    assert misquoted(HEAD + ONE + TWO) == []


def test_a_section_row() -> None:
    assert [t[0] for t in tasks(HEAD + " I     Tuyên truyền\n" + ONE + TWO)] == ["I.1", "I.2"]


def test_a_row_goes_on_after_the_repeated_heading_of_a_page() -> None:
    first, rest = ONE.splitlines(keepends=True)
    again = first.replace(" 1 ", " 2 ")
    text = HEAD + ONE + again + "\f" + HEAD + rest + TWO.replace(" 2 ", " 3 ")
    assert [t[:2] for t in tasks(text)] == [
        READ[:2],
        ("2", READ[1]),
        ("3", "Phát thanh trên loa"),
    ]
    assert misquoted(text) == []


def test_a_heading_right_under_the_table_ends_it() -> None:
    prose = "      III. KINH PHÍ\n      Từ dự toán chi thường xuyên của các cơ quan, đơn vị.\n"
    assert [t[1] for t in tasks(HEAD + ONE + TWO + prose)] == [READ[1], "Phát thanh trên loa"]


def test_prose_under_the_table_is_not_in_it() -> None:
    prose = "\nCác cơ quan, đơn vị căn cứ Kế hoạch này để tổ chức thực hiện, báo cáo kết quả trước ngày 15/12.\n"
    assert [t[4] for t in tasks(HEAD + ONE + TWO + prose)] == ["Tháng 3", "Hằng ngày"]
