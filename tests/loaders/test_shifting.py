"""Narrow columns kept apart by blanks, which shift from row to row."""

from tests.loaders.reading import misquoted, tasks, work

HEAD = (
    "                                Bộ phận\n"
    "STT          Nội dung          chịu trách      Phối hợp        Thời gian    Kết quả\n"
    "                                 nhiệm\n\n"
)
ONE = (
    "      Kiểm kê máy móc của                   Các tổ bộ\n"
    " 1    trường, lập danh mục    Phòng Tổ                       Trước         Danh mục\n"
    "                              chức cán bộ   môn              20/3/2025     máy móc\n\n"
)
TWO = (
    "      Lập phương án lắp máy, Tổ Công\n"
    "                                            Ban Giám hiệu;    Tháng        Phương án\n"
    " 2    đi dây mạng tới từng   nghệ thông\n"
    "      phòng học              tin            Phòng Tài vụ      5/2025       được duyệt\n\n"
)
SECTION = "II   Tập huấn\n\n"
READ = [
    ("1", "Kiểm kê máy móc của trường, lập danh mục", ["Phòng Tổ chức cán bộ"], ["Các tổ bộ môn"], "Trước 20/3/2025"),
    ("2", "Lập phương án lắp máy, đi dây mạng tới từng phòng học", ["Tổ Công nghệ thông tin"], ["Ban Giám hiệu", "Phòng Tài vụ"], "Tháng 5/2025"),
]  # fmt: skip


def test_a_gutter_is_where_all_lines_of_a_row_are_blank() -> None:
    assert tasks(HEAD + ONE + TWO) == READ
    assert misquoted(HEAD + ONE + TWO) == []


def test_a_row_goes_on_after_the_heading_of_the_next_page() -> None:
    first, rest = TWO.rstrip("\n").rsplit("\n", 1)
    page = f"{first}\n\f{' ' * 44}2\n\n"
    assert tasks(HEAD + ONE + page + HEAD + rest + "\n\n") == READ


def test_a_section_row() -> None:
    assert [t[0] for t in tasks(HEAD + ONE + SECTION + TWO)] == ["1", "II.2"]


def test_the_table_ends_at_a_heading_that_no_row_follows() -> None:
    after = "III. TỔ CHỨC THỰC HIỆN\n\n1. Phòng Tổ chức cán bộ theo dõi, đôn đốc, báo cáo kết quả trước ngày 25 hằng tháng.\n"
    assert tasks(HEAD + ONE + TWO + after) == READ


def test_two_levels_of_heading() -> None:
    text = (
        "                                Phân công thực hiện      Thời hạn\n"
        "TT       Nội dung công việc                                           Kết quả\n"
        "                              Chủ trì       Phối hợp\n\n"
        "      Trang trí các tuyến     Phòng Văn     Đoàn Thanh    Quý\n"
        " 1                                                                    Băng rôn\n"
        "      phố, treo băng rôn ở    hóa           niên          II/2025\n\n"
    )
    assert [t[1:] for t in tasks(text)] == [
        ("Trang trí các tuyến phố, treo băng rôn ở", ["Phòng Văn hóa"], ["Đoàn Thanh niên"], "Quý II/2025")
    ]  # fmt: skip


def test_what_only_one_blank_parts_is_not_told_apart_with_certainty() -> None:
    row = " 3    Mua máy chủ             Phòng Tài vụ   Tổ Công nghệ thông tin Tháng 6        Máy chủ\n                                                                   2025\n\n"
    found = work(HEAD + ONE + TWO + row)
    assert [(v.text) for v in found.tasks[2].coordinate] == []
    assert any("Tổ Công nghệ" in finding.quote.text for finding in found.findings)
