"""Citations as clerks really type them: what is certain is read, what is not stays open."""

import time
from collections.abc import Callable

import pytest

from cancu.loaders.citations import find_mentions, find_references
from cancu.loaders.header import read_header
from cancu.loaders.preamble import find_bases, read_preamble
from tests.documents import words

Read = tuple[str, str | None, str | None]

ONE = [
    # (what stands after "Căn cứ", kind, number, date)
    ("Nghị định 61/2018/NĐCP ngày 23/4/2018", ("Nghị định", "61/2018/NĐ-CP", "2018-04-23")),
    ("Nghị định Số: 61/2018/ NĐ - CP", ("Nghị định", "61/2018/NĐ-CP", None)),
    ("Nghị định số 61/2018 NĐ-CP ngày 23/4/2018", ("Nghị định", "61/2018/NĐ-CP", "2018-04-23")),
    ("Nghị định số 61/2018/NĐ-CPngày 23/4/2018", ("Nghị định", "61/2018/NĐ-CP", "2018-04-23")),
    ("Nghị định s 61/2018/NĐ-CP ngày 23/4/2018", ("Nghị định", "61/2018/NĐ-CP", "2018-04-23")),
    ("Thông tư số 39/2014/TT BTC ngày 31/3/2014", ("Thông tư", "39/2014/TT-BTC", "2014-03-31")),
    ("QĐ số 12/QĐ-UBND ngày 5/3/2024", ("Quyết định", "12/QĐ-UBND", "2024-03-05")),
    ("NĐ 61/2018/NĐ-CP", ("Nghị định", "61/2018/NĐ-CP", None)),
    ("Quyết định số 12/QD-UBND ngày 5/3/2024", ("Quyết định", "12/QĐ-UBND", "2024-03-05")),
    ("Quyết định số 78/2006/QĐ-Ttg ngày 5/3/2006", ("Quyết định", "78/2006/QĐ-TTg", "2006-03-05")),
    ("Kế hoạch số 298 KH/TWĐTN ngày 14/7/2011", ("Kế hoạch", "298-KH/TWĐTN", "2011-07-14")),
    ("Quyết định ngày 5/3/2024 số 12/QĐ-UBND", ("Quyết định", "12/QĐ-UBND", "2024-03-05")),
    ("Quyết định 12/QĐ-UBND (5/3/2024)", ("Quyết định", "12/QĐ-UBND", "2024-03-05")),
    ("Sắc lệnh số 63 ngày 22/11/1945", ("Sắc lệnh", "63", "1945-11-22")),
    ("Nghị định số 61-CP ngày 05/7/1994", ("Nghị định", "61-CP", "1994-07-05")),
    ("Luật số 80/2015/QH13", ("Luật", "80/2015/QH13", None)),
    ("Luật BHXH năm 2014", ("Luật", None, None)),
    ("Hiến pháp năm 2013", ("Hiến pháp", None, None)),
    (
        "Văn bản hợp nhất số 02/VBHN-VPCP ngày 01/02/2022",
        ("Văn bản hợp nhất", "02/VBHN-VPCP", "2022-02-01"),
    ),
    (
        "Công văn số 5520/BKHCN-CĐSQG ngày 28/10/2025",
        ("Công văn", "5520/BKHCN-CĐSQG", "2025-10-28"),
    ),
    (
        "Thông tư liên tịch số 46/2012/TTLT-BTC-TTCP",
        ("Thông tư liên tịch", "46/2012/TTLT-BTC-TTCP", None),
    ),
    # a number or a day that nobody can be sure of is none
    (
        "Quyết định số     /QĐ-BTP ngày 26/12/2025 của Bộ Tư pháp",
        ("Quyết định", None, "2025-12-26"),
    ),
    (
        "Kế hoạch số …/KH-UBND ngày 05/01/2026 của UBND tỉnh về Đề án 06",
        ("Kế hoạch", None, "2026-01-05"),
    ),
    ("Chỉ thị số 38/CT-TTg ngày    /10/2025 của Thủ tướng", ("Chỉ thị", "38/CT-TTg", None)),
    ("Chỉ thị số 38/CT-TTg ngày … tháng 10 năm 2025 của Bộ", ("Chỉ thị", "38/CT-TTg", None)),
    ("Nghị định số 61 ngày 23/4/2018 của Chính phủ", ("Nghị định", None, "2018-04-23")),
    ("Nghị định l07/2021/NĐ-CP ngày 06/12/2021", ("Nghị định", None, "2021-12-06")),
    ("Nghị định số 107/202l/NĐ-CP ngày 06/12/2021", ("Nghị định", None, "2021-12-06")),
    ("Quyết định số 12/QĐ-UBND ngày 31/02/2024", ("Quyết định", "12/QĐ-UBND", None)),
    ("Quyết định số 12/QĐ-UBND ngày 06/12/21 của UBND tỉnh", ("Quyết định", "12/QĐ-UBND", None)),
    ("Quyết định số 12/QĐ-UBND ngày 5/2024 của UBND tỉnh", ("Quyết định", "12/QĐ-UBND", None)),
]


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[text for text, _ in ONE])
def test_an_odd_citation(text: str, expected: Read) -> None:
    (basis,) = find_bases(words(f"Căn cứ {text};"))
    assert (basis.kind, basis.number, basis.date) == expected
    assert "ngày" not in (basis.subject or "") and "/" not in (basis.subject or "")


@pytest.mark.parametrize(
    ("paragraph", "subjects"),
    [
        (
            "Căn cứ Thông tư số 02/2017/TT-VPCP hướng dẫn nghiệp vụ: Thông tư số 01/2018/TT-VPCP ngày 23/11/2018 hướng dẫn thi hành;",
            ["hướng dẫn nghiệp vụ", "hướng dẫn thi hành"],
        ),
        (
            "Căn cứ Quyết định số 20/2000/QĐ-TTg về hỗ trợ nhà ở; Sau khi thống nhất ý kiến với Bộ Tài chính, Bộ Xây dựng hướng dẫn như sau:",
            ["hỗ trợ nhà ở"],
        ),
        (
            "Căn cứ Nghị định số 300/2025/NĐ-CP của Chính phủ quy định cách chức Chủ tịch, Phó Chủ tịch Ủy ban nhân dân và giao quyền Chủ tịch;",
            ["quy định cách chức Chủ tịch, Phó Chủ tịch Ủy ban nhân dân và giao quyền Chủ tịch"],
        ),
        (
            "Thực hiện Kết luận số 155-KL/TW của Bộ Chính trị, Ban Bí thư về nhiệm vụ trọng tâm, Ban Thường vụ Tỉnh ủy xây dựng Chương trình hành động như sau:",
            ["nhiệm vụ trọng tâm"],
        ),
        ("Căn cứ Nghị quyết số 3/NQ-CP về cải cách\nCĂN CỨ LUẬT THUẾ;", ["cải cách"]),
    ],
)
def test_where_a_subject_ends(paragraph: str, subjects: list[str]) -> None:
    bases, _ = read_preamble(words(paragraph).lines())
    assert [basis.subject for basis in bases] == subjects


@pytest.mark.parametrize(
    "text",
    [
        "NĐ-CP 61",
        "TT 01/2018",
        "Nghị định số 61 của Chính phủ năm 2018",
        "Nghị định số 61/2018 của Chính phủ",
        "Quyết định số 12/QĐ-UBNDtỉnh",
        "Chỉ thị 05 của Bộ Chính trị",
    ],
)
def test_what_identifies_nothing_is_no_basis(text: str) -> None:
    assert find_bases(words(f"Căn cứ {text};")) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Quyết định số 15/QĐ-UBND - Văn phòng theo dõi", "15/QĐ-UBND"),
        ("Quyết định số 15/QĐ-UBND. UBND xã chịu trách nhiệm", "15/QĐ-UBND"),
        ("Công văn số 66/BGDĐT- GDTrH", "66/BGDĐT-GDTrH"),
    ],
)
def test_a_number_ends_where_its_letters_end(text: str, number: str) -> None:
    assert [m.number for m in find_mentions(words(text))] == [number]


SEVERAL = [
    # (the paragraph, its bases)
    (
        "Căn cứ Quyết định số 10/QĐ-UBND và Quyết định số 11/QĐ-UBND cùng ngày 01/02/2024 của UBND tỉnh;",
        [("10/QĐ-UBND", "2024-02-01"), ("11/QĐ-UBND", "2024-02-01")],
    ),
    (
        "Căn cứ các Quyết định số 10/QĐ-UBND, 11/QĐ-UBND ngày 01/02/2024 của UBND tỉnh;",
        [("10/QĐ-UBND", None), ("11/QĐ-UBND", "2024-02-01")],
    ),
    (
        "Căn cứ các Quyết định: Số 10/QĐ-TTg ngày 01/02/2024 của Thủ tướng Chính phủ; số 11/QĐ-BNV ngày 02/02/2024 của Bộ trưởng Bộ Nội vụ;",
        [("10/QĐ-TTg", "2024-02-01"), ("11/QĐ-BNV", "2024-02-02")],
    ),
    (
        "Thi hành Điều 2 Quyết định của Bộ Chính trị số 31-QĐ/TW, ngày 01/10/1997 về thể loại văn bản và Điều 5 Quyết định của Ban Bí thư số 91-QĐ/TW, ngày 16/02/2004 về thẩm quyền;",
        [("31-QĐ/TW", "1997-10-01"), ("91-QĐ/TW", "2004-02-16")],
    ),
    # a document in full, of another kind than the bare number before it
    (
        "Thực hiện Kế hoạch số 8-KH/TU ngày 28/10/2024 của Tỉnh ủy về sơ kết Nghị quyết số 19-NQ/TW và Công văn số 16-CV/BNCTW ngày 05/11/2024 của Ban Nội chính Trung ương về báo cáo;",
        [("8-KH/TU", "2024-10-28"), ("16-CV/BNCTW", "2024-11-05")],
    ),
    # both in the subject
    (
        "Thực hiện Kế hoạch số 8-KH/TU ngày 28/10/2024 của Tỉnh ủy về thực hiện Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương về đổi mới;",
        [("8-KH/TU", "2024-10-28")],
    ),
    (
        "Thực hiện Kế hoạch số 8-KH/TU ngày 28/10/2024 của Tỉnh ủy về thực hiện Nghị quyết số 18-NQ/TW và Kết luận số 19-KL/TW;",
        [("8-KH/TU", "2024-10-28")],
    ),
]


@pytest.mark.parametrize(("paragraph", "expected"), SEVERAL)
def test_several_in_one_paragraph(
    paragraph: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert [(b.number, b.date) for b in find_bases(words(paragraph))] == expected


def header(text: str) -> None:
    start = "ỦY BAN NHÂN DÂN TỈNH\nSố: 1/CT-UBND\nCHỈ THỊ\n"
    read_header(words(start + text).lines()[:80])


READERS: list[Callable[[str], object]] = [
    lambda text: read_preamble(words(text).lines()),
    lambda text: find_bases(words(text)),
    lambda text: find_mentions(words(text)),
    lambda text: find_references(words(text)),
    header,
]


@pytest.mark.parametrize(
    "read", READERS, ids=["preamble", "bases", "mentions", "references", "header"]
)
@pytest.mark.parametrize(
    "unit",
    [
        "Căn cứ ",
        "Nghị định số ",
        "của ",
        "Căn cứ Điều 1 khoản 2 ",
        "sửa đổi, bổ sung ",
        "các Quyết định của ",
        "QUYẾT ĐỊNH ",
        "12/QĐ-",
        "ngày 1/1/2020 ",
        "Luật Đất đai, ",
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ và ",
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về một cửa; ",
    ],
)
def test_time_grows_with_the_text_only(read: Callable[[str], object], unit: str) -> None:
    def seconds(length: int) -> float:
        text = "Căn cứ " + unit * (length // len(unit))
        took = []
        for _ in range(3):
            start: float = time.process_time()
            read(text)
            took.append(time.process_time() - start)
        return min(took)

    seconds(1_000)
    assert seconds(24_000) < 10 * seconds(6_000) + 0.02
