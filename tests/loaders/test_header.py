"""Headings of documents whose narrow columns wrap their lines."""

import pytest

from cancu.loaders.errors import NotAPlan
from cancu.loaders.header import read_header
from cancu.loaders.words import Words

BODY = "QUYẾT ĐỊNH\nVề việc thử\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN\nCăn cứ"

HEADINGS = [
    # (lines above, number, date, place)
    ("Số: 12/QĐ-UBND\nLạng Sơn, ngày 05 tháng 3 năm 2024", "12/QĐ-UBND", "2024-03-05", "Lạng Sơn"),
    (
        "Số:\n12/QĐ-UBND\nLạng Sơn, ngày\n05 tháng 3 năm 2024",
        "12/QĐ-UBND",
        "2024-03-05",
        "Lạng Sơn",
    ),
    (
        "Thành phố Hồ\nChí Minh, ngày 19 tháng 11 năm 2025",
        None,
        "2025-11-19",
        "Thành phố Hồ Chí Minh",
    ),
    (
        "Độc lập - Tự do - Hạnh phúc\nHà Nội, ngày 28\ntháng 4\nnăm 2026",
        None,
        "2026-04-28",
        "Hà Nội",
    ),
    ("Số: 12/QĐ-UBND\nQuận 1, ngày 05 tháng 3 năm 2024", "12/QĐ-UBND", "2024-03-05", "Quận 1"),
    ("Số: /QĐ-UBND Chí Linh, ngày tháng 02 năm 2023", None, None, "Chí Linh"),
    ("Số: /QĐ-UBND\nChí Linh, ngày tháng 02 năm 2023", None, None, "Chí Linh"),
]


def lines(text: str) -> list[Words]:
    """The lines of a text as words of it."""
    return Words.of(text, 0, len(text)).lines()


@pytest.mark.parametrize(("above", "number", "date", "place"), HEADINGS)
def test_number_date_and_place(
    above: str, number: str | None, date: str | None, place: str
) -> None:
    header = read_header(lines(f"{above}\n{BODY}"))
    assert (header.number, header.date, header.place) == (number, date, place)
    assert header.kind == "Quyết định" and header.title == "Về việc thử"


def test_a_kind_over_two_lines() -> None:
    header = read_header(lines(f"Số: 1/QĐ-BCT\n{BODY}".replace("QUYẾT ĐỊNH", "QUYẾT\nĐỊNH")))
    assert (header.kind, header.number, header.title) == ("Quyết định", "1/QĐ-BCT", "Về việc thử")


def told(text: str) -> tuple[str | None, ...]:
    header = read_header(lines(text))
    return header.kind, header.number, header.date, header.issuer, header.title


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"

WHOLE = [
    # (text, kind, number, date, issuer, title)
    pytest.param(
        f"CHÍNH PHỦ {MOTTO}\nSố: 48/2013/NĐ-CP      Hà Nội, ngày 14 tháng 5 năm 2013\nNGHỊ ĐỊNH\nSửa đổi các Nghị định\nCăn cứ Luật",
        ("Nghị định", "48/2013/NĐ-CP", "2013-05-14", "Chính phủ", "Sửa đổi các Nghị định"),
        id="two columns on one line",
    ),
    pytest.param(
        "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\nSố: /KH-SNV Lạng Sơn, ngày tháng 3 năm 2024\nKẾ HOẠCH\nTriển khai thực hiện Nghị quyết số 57-NQ/TW\n\nThực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024; Sở Nội vụ ban hành",
        (
            "Kế hoạch",
            None,
            None,
            "Sở Nội vụ tỉnh Lạng Sơn",
            "Triển khai thực hiện Nghị quyết số 57-NQ/TW",
        ),
        id="a blank number beside a blank date; a title that opens like a basis",
    ),
    pytest.param(
        f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố:173\n{MOTTO}\n/KH-UBND\nHà Nội, ngày 28\ntháng 4\nnăm 2026\nKẾ HOẠCH\nTổ chức lễ hội\nThực hiện Nghị quyết",
        (
            "Kế hoạch",
            "173/KH-UBND",
            "2026-04-28",
            "Ủy ban nhân dân thành phố Hà Nội",
            "Tổ chức lễ hội",
        ),
        id="a number on two lines with the motto between them",
    ),
    pytest.param(
        f"ỦY BAN NHÂN DÂN |\n{MOTTO} |\nSố: 1268/QĐ-UBND | Thanh Hóa, ngày 13 tháng 4 năm 2016 |\nQ U Y Ế T  Đ Ị N H\nBAN HÀNH KẾ HOẠCH\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật",
        (
            "Quyết định",
            "1268/QĐ-UBND",
            "2016-04-13",
            "Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa",
            "BAN HÀNH KẾ HOẠCH",
        ),
        id="cells with bars, spaced letters, the place from the date",
    ),
    pytest.param(
        f"HỘI ĐỒNG NHÂN DÂN\nTỈNH KHÁNH HÒA\n{MOTTO}\nSố:10/2011/NQ-HĐND\nKhánh Hòa, ngày 08 tháng 4 năm 2011\nNGHỊ QUYẾT\nVỀ MỘT SỐ CHẾ ĐỘ CHI TIÊU\nHỘI ĐỒNG NHÂN DÂN TỈNH KHÁNH HÒA\nKHÓA IV, KỲ HỌP THỨ 5\nCăn cứ Luật",
        (
            "Nghị quyết",
            "10/2011/NQ-HĐND",
            "2011-04-08",
            "Hội đồng nhân dân tỉnh Khánh Hòa",
            "VỀ MỘT SỐ CHẾ ĐỘ CHI TIÊU",
        ),
        id="the session of a council is not its name",
    ),
    pytest.param(
        "TỈNH ỦY LẠNG SƠN ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 08-CTr/TU Lạng Sơn, ngày 17 tháng 3 năm 2026\nCHƯƠNG TRÌNH HÀNH ĐỘNG\nthực hiện Nghị quyết số 80-NQ/TW\n-----\nThực hiện Nghị quyết số 80-NQ/TW",
        (
            "Chương trình hành động",
            "08-CTr/TU",
            "2026-03-17",
            "Tỉnh ủy Lạng Sơn",
            "thực hiện Nghị quyết số 80-NQ/TW",
        ),
        id="a document of the Party",
    ),
    pytest.param(
        f"VĂN PHÒNG CHÍNH PHỦ\n{MOTTO}\nSố: 2597/VPCP-NCV/v tổ chức họp mặt\nHà Nội, ngày 21 tháng 3 năm 2017\nKính gửi: Ban Chỉ đạo",
        ("Công văn", "2597/VPCP-NC", "2017-03-21", "Văn phòng Chính phủ", "V/v tổ chức họp mặt"),
        id="a letter has no kind line",
    ),
    pytest.param(
        "Đăng nhập\nQuyết định 853/QĐ-UBND năm 2018 phê duyệt Quy hoạch\nSố hiệu: 853/QĐ-UBND Loại văn bản: Quyết định\nNgày ban hành: 07/05/2018\nỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n"
        f"{MOTTO}\nSố: 853/QĐ-UBND\nLâm Đồng, ngày 07 tháng 5 năm 2018\nPHÊ DUYỆT QUY HOẠCH\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nCăn cứ Luật\nQUYẾT ĐỊNH\nĐiều 1.",
        (
            "Quyết định",
            "853/QĐ-UBND",
            "2018-05-07",
            "Chủ tịch Ủy ban nhân dân tỉnh Lâm Đồng",
            "PHÊ DUYỆT QUY HOẠCH",
        ),
        id="a web page's words before it, the kind line lost",
    ),
    pytest.param(
        f"UBND TỈNH LẠNG SƠN\n{MOTTO}\nSố: 12/KH-UBND\nLạng Sơn, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH TRIỂN KHAI CHUYỂN ĐỔI SỐ\nCăn cứ Luật",
        ("Kế hoạch", "12/KH-UBND", "2024-03-05", "UBND tỉnh Lạng Sơn", "TRIỂN KHAI CHUYỂN ĐỔI SỐ"),
        id="kind and title on one line",
    ),
    pytest.param(
        "NGHỊ QUYẾT\nBan hành Chương trình hành động\nSố: 12/NQ-CP\nHà Nội, ngày 5 tháng 3 năm 2024\nCHÍNH PHỦ\nCăn cứ Luật",
        ("Nghị quyết", "12/NQ-CP", "2024-03-05", "Chính phủ", "Ban hành Chương trình hành động"),
        id="number and date under the title",
    ),
    pytest.param(
        "KẾ HOẠCH\nKiểm soát thủ tục hành chính\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 10/01/2024 của UBND tỉnh)\nI. MỤC ĐÍCH",
        ("Kế hoạch", "12/QĐ-UBND", "2024-01-10", None, "Kiểm soát thủ tục hành chính"),
        id="an annex without its decision",
    ),
    pytest.param(
        f"UBND TỈNH LẠNG SƠN\n{MOTTO}\nSố: /QĐ-UBND\nLạng Sơn, ngày tháng năm 2024\nQUYẾT ĐỊNH\nBan hành Kế hoạch\nCăn cứ Luật\nKẾ HOẠCH\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 10/01/2024)",
        ("Quyết định", None, None, "UBND tỉnh Lạng Sơn", "Ban hành Kế hoạch"),
        id="a caption fills no blank of the header",
    ),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_the_whole_heading(text: str, expected: tuple[str | None, ...]) -> None:
    assert told(text) == expected


DAY = "Lạng Sơn, ngày 5 tháng 3 năm 2024"

ISSUERS = [
    # (text, issuer)
    pytest.param(
        f"UBND QUẬN 1\nTRƯỜNG THCS LÊ LỢI\nSố: 1/KH-THCSLL\n{MOTTO}\nQuận 1, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nNăm học mới\nCăn cứ",
        "Trường THCS Lê Lợi",
        id="a school has a name of its own",
    ),
    pytest.param(
        f"TỔNG CỤC DỰ TRỮ\nCỤC KHO TÀNG VÙNG I\nSố: 1/KH-KT\n{DAY}\nKẾ HOẠCH\nKiểm kê\nThực hiện Kế hoạch của Tổng cục, Cục Kho tàng vùng I ban hành",
        "Cục Kho tàng vùng I",
        id="capitals as in the document's own text",
    ),
    pytest.param(
        f"HỘI ĐỒNG NHÂN DÂN\nHUYỆN NHÀ BÈ\nSố: 1/KH-HĐND\n{DAY}\nKẾ HOẠCH\nGiám sát\nThường trực Hội đồng nhân dân Huyện ban hành",
        "Hội đồng nhân dân huyện Nhà Bè",
        id="the level stays in small letters",
    ),
    pytest.param(
        f"Số hiệu: | 1/KH-UBND |\nỦY BAN NHÂN DÂN\nPHƯỜNG AN LẠC | {MOTTO} |\nSố: 1/KH-UBND | {DAY} |\nKẾ HOẠCH\nVui xuân\nCăn cứ",
        "Ủy ban nhân dân phường An Lạc",
        id="a letterhead in two lines with bars, a web page's table above",
    ),
    pytest.param(
        f"TỈNH ĐOÀN LẠNG SƠN      ĐOÀN TNCS HỒ CHÍ MINH\nBAN THƯỜNG VỤ\n***   {DAY}\nSố: 1-KH/TĐTN\nKẾ HOẠCH\nTháng Thanh niên\nCăn cứ",
        "Ban Thường vụ Tỉnh đoàn Lạng Sơn",
        id="a standing committee of the Youth Union",
    ),
    pytest.param(
        f"BAN CHẤP HÀNH TRUNG ƯƠNG      ĐOÀN TNCS HỒ CHÍ MINH\n***\nSố: 1-KH/TWĐTN   {DAY}\nKẾ HOẠCH\nHè\nCăn cứ",
        "Ban Chấp hành Trung ương Đoàn TNCS Hồ Chí Minh",
        id="the emblem says whose committee",
    ),
    pytest.param(
        f"BAN CHẤP HÀNH TRUNG ƯƠNG      ĐẢNG CỘNG SẢN VIỆT NAM\n*   {DAY}\nVĂN PHÒNG\nSố: 1-HD/VPTW\nHƯỚNG DẪN\nThể thức\nCăn cứ",
        "Văn phòng Ban Chấp hành Trung ương",
        id="an office under the date line",
    ),
    pytest.param(
        f"ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 1/CT-UBND\n{DAY}\nCHỈ THỊ\nVỀ PHÒNG CHÁY\nĐể phòng cháy, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n1. Sở",
        "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",
        id="the chairman demands",
    ),
    pytest.param(
        f"ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 1/CT-UBND\n{DAY}\nCHỈ THỊ\nVỀ PHÒNG CHÁY\nĐể phòng cháy, Ủy ban nhân dân tỉnh yêu cầu Chủ tịch Ủy ban nhân dân huyện chỉ đạo:\n1. Sở",
        "Ủy ban nhân dân tỉnh Lạng Sơn",
        id="another chairman is not the issuer",
    ),
    pytest.param(
        f"ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 1/QĐ-UBND\n{DAY}\nQUYẾT ĐỊNH\nBAN HÀNH KẾ HOẠCH ĐẾN NĂM\n2025\nỦY BAN NHÂN DÂN TỈNH LẠNG SƠN\nCăn cứ",
        "Ủy ban nhân dân tỉnh Lạng Sơn",
        id="a title that begins with BAN HÀNH and ends with a year",
    ),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_the_issuer(text: str, issuer: str) -> None:
    assert read_header(lines(text)).issuer == issuer


def test_an_annex_without_its_document() -> None:
    text = "PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ\n(Kèm theo Kế hoạch số:      /KH-UBND ngày    tháng    năm 2026 của UBND tỉnh Lào Cai)"
    header = read_header(lines(text))
    assert (header.kind, header.number, header.date, header.title) == (
        "Kế hoạch", None, None, "PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ",
    )  # fmt: skip


def test_issuer_number_and_day_in_the_title() -> None:
    text = "CHỈ THỊ\nCỦA THỦ\nTƯỚNG CHÍNH PHỦ SỐ 1/2001/CT-TTG\nNGÀY 5 THÁNG 3 NĂM 2001 VỀ VIỆC THỬ\nThực hiện Nghị quyết"
    assert told(text) == (
        "Chỉ thị",
        "1/2001/CT-TTg",
        "2001-03-05",
        "Thủ tướng Chính phủ",
        "VỀ VIỆC THỬ",
    )


@pytest.mark.parametrize("text", ["Kính gửi ông An", "Hôm nay trời đẹp.\nTôi đi chợ."])
def test_other_texts_are_no_plans(text: str) -> None:
    with pytest.raises(NotAPlan):
        read_header(lines(text))
