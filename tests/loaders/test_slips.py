"""Slips are found where they are and not where they are mended; nothing is corrected in the text."""

import pytest

from cancu.loaders.patterns import load
from cancu.loaders.plan import Plan
from cancu.loaders.slips import plan_year
from tests.documents import HEADING, ROW, decision, read, squash, table


def found(text: str, code: str) -> list[str]:
    """The quotes of the findings of a kind in a document."""
    return [f.quote.text for f in read(text).findings if f.code == code]


def row(**cells: str) -> tuple[str, ...]:
    """The sound task with some cells changed."""
    names = ("no", "content", "lead", "coordinate", "deadline", "product")
    return tuple(cells.get(name, cell) for name, cell in zip(names, ROW, strict=True))


def heading(old: str, new: str) -> str:
    """The sound decision with some words of its heading changed."""
    assert old in HEADING
    return decision(heading=HEADING.replace(old, new))


def duty(text: str) -> str:
    """The sound decision with a second article."""
    return decision(body=f"Điều 2. Tổ chức thực hiện\n\n1. {text}\n")


CUT = table(row(content="Niêm yết và", lead="Phòng Tư pháp")) + "\n"
SECTIONED = table(
    ("I", "CÁC PHÒNG", ""), ("1", "Phòng Tư pháp", ""), columns=("Stt", "Đơn vị", "Ghi chú")
)
NOTED = table(
    ("I", "CÁC PHÒNG", ""),
    ("1", "Phòng Tư pháp", "Kiểm tra đột xuất"),
    ("2", "Phòng Kinh tế", "{note}"),
    columns=("Stt", "Đơn vị", "Ghi chú"),
)
INSPECTED = "\nPhụ lục II:\nKiểm tra công tác kiểm soát thủ tục hành chính\n\n"
REVIEWED = "\nPhụ lục I:\nRà soát thủ tục hành chính\n\n" + table(
    ("1.", "Phòng Tư pháp Thủ tục hành chính lĩnh vực: chứng thực", "Trước ngày 31/5/2024"),
    columns=("Stt", "Lĩnh vực", "Thời hạn"),
)
APPENDED = "Rà soát thủ tục (có Phụ lục I kèm theo)"

SLIPS: list[tuple[str, str, str, list[str]]] = [
    # (code, the slip, its corrected twin, the words found)
    (
        "missing-header",
        heading("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", ""),
        decision(),
        ["UBND THÀNH PHỐ SẦM SƠN"],
    ),
    ("missing-number", heading("Số: 12/QĐ-UBND", "Số: /QĐ-UBND"), decision(), ["Số: /QĐ-UBND"]),
    ("missing-number", heading("Số: 12/QĐ-UBND\n\n", ""), decision(), ["QUYẾT ĐỊNH"]),
    (
        "missing-number",
        decision(body="(Ban hành kèm theo Quyết định số /QĐ-UBND)\n"),
        decision(body="(Ban hành kèm theo Quyết định số 12/QĐ-UBND)\n"),
        ["số /QĐ-UBND"],
    ),
    (
        "missing-date",
        heading("ngày 10 tháng 01 năm 2024", "ngày    tháng 01 năm 2024"),
        decision(),
        ["Sầm Sơn, ngày tháng 01 năm 2024", "ngày    tháng 01 năm 2024"],
    ),
    (
        "incomplete-name",
        heading("THÀNH PHỐ SẦM SƠN\n\nCăn", "THÀNH PHỐ\n\nCăn"),
        decision(),
        ["CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ"],
    ),
    (
        "incomplete-name",
        decision(row(content="Công khai hồ sơ trên Cổng dịch vụ công")),
        decision(row(content="Công khai hồ sơ trên Cổng dịch vụ công quốc gia")),
        ["trên Cổng dịch vụ công"],
    ),
    (
        "basis-without-number",
        heading(" số 77/2015/QH13", ""),
        decision(),
        ["Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"],
    ),
    (
        "inconsistent-term",
        heading("này Kế hoạch kiểm soát", "này Kế hoạch tăng cường kiểm soát"),
        decision(),
        [
            "Ban hành kèm theo Quyết định này Kế hoạch tăng cường kiểm soát thủ tục hành chính năm 2024."
        ],
    ),
    (
        "inconsistent-term",
        decision(
            row(content="Kiện toàn Bộ phận Một cửa"),
            row(no="2.", content="Giám sát Bộ phận Tiếp nhận và Trả kết quả"),
        ),
        decision(
            row(content="Kiện toàn Bộ phận Một cửa"),
            row(no="2.", content="Giám sát Bộ phận Một cửa"),
        ),
        ["Bộ phận Một cửa", "Bộ phận Tiếp nhận và Trả kết quả"],
    ),
    (
        "wrong-reference",
        duty("UBND các huyện, thị xã tổ chức thực hiện."),
        duty("UBND các xã, phường tổ chức thực hiện."),
        ["UBND các huyện, thị xã tổ chức thực hiện"],
    ),
    (
        "numbering-gap",
        duty("Phòng Tư pháp: (1) rà soát; tổng hợp; (3) báo cáo."),
        duty("Phòng Tư pháp: (1) rà soát; (2) tổng hợp; (3) báo cáo."),
        ["(1), (3)"],
    ),
    (
        "conversion-residue",
        decision(row(content="<p>Niêm yết thủ tục hành chính")),
        decision(),
        ["<p>"],
    ),
    (
        "conversion-residue",
        decision(body="**KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH**\n"),
        decision(body="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"),
        ["**KT. CHỦ TỊCH"],
    ),
    (
        "split-cell",
        HEADING + CUT + table(row(no="", content="công khai", lead="")),
        decision(row(content="Niêm yết và công khai")),
        ["công khai", "Phòng Nội vụ", "Quý II năm 2024", "Báo cáo"],
    ),
    (
        "spelling-variant",
        decision(
            row(lead="Phòng Văn hóa-Thông tin"),
            row(no="2.", lead="Phòng Văn hóa-Thông tin"),
            row(no="3.", lead="Phòng Văn hóa Thông tin"),
        ),
        decision(row(lead="Phòng Văn hóa-Thông tin"), row(no="2.", lead="Phòng Văn hóa-Thông tin")),
        ["Phòng Văn hóa Thông tin"],
    ),
    (
        "misspelling",
        decision(row(content="Niêm yết thủ tục thành chính")),
        decision(row(content="Niêm yết thủ tục hành chính")),
        ["thủ tục thành chính"],
    ),
    (
        "missing-word",
        decision(row(lead="Văn phòng HĐND và UBND phố")),
        decision(row(lead="Văn phòng HĐND và UBND thành phố")),
        ["UBND phố"],
    ),
    (
        "missing-word",
        decision(row(deadline="Thường xuyên năm 2024")),
        decision(row(deadline="Thường xuyên trong năm 2024")),
        ["Thường xuyên năm 2024"],
    ),
    (
        "punctuation",
        decision(row(content="Xử lý phản ánh kiến nghị")),
        decision(row(content="Xử lý phản ánh, kiến nghị")),
        ["phản ánh kiến nghị"],
    ),
    (
        "punctuation",
        decision(row(coordinate="Phòng Nội vụ;")),
        decision(row(coordinate="Phòng Nội vụ")),
        ["Phòng Nội vụ;"],
    ),
    (
        "punctuation",
        decision(row(coordinate="- Các cơ quan có liên quan - UBND các xã")),
        decision(row(coordinate="- Các cơ quan có liên quan; - UBND các xã")),
        ["có liên quan - UBND"],
    ),
    (
        "punctuation",
        decision(row(content="Thanh toán trực tuyến:")),
        decision(row(content="Thanh toán trực tuyến: - phí; - lệ phí")),
        ["Thanh toán trực tuyến:"],
    ),
    (
        "inconsistent-deadline",
        decision(row(content=APPENDED, deadline="Thường xuyên trong năm 2024")) + REVIEWED,
        decision(row(content=APPENDED, deadline="Trước ngày 31/5/2024")) + REVIEWED,
        ["Thường xuyên trong năm 2024"],
    ),
    (
        "role-in-both",
        decision(row(coordinate="Phòng Nội vụ; Phòng Tư pháp")),
        decision(row(coordinate="Phòng Nội vụ; Phòng Kinh tế")),
        ["Phòng Tư pháp"],
    ),
    (
        "unresolved-reference",
        decision(row(content="Rà soát theo Quyết định của Thủ tướng Chính phủ")),
        decision(row(content="Rà soát theo Quyết định số 1085/QĐ-TTg của Thủ tướng Chính phủ")),
        ["Quyết định của Thủ tướng Chính phủ"],
    ),
    (
        "no-schedule",
        decision(row(deadline="Theo tiến độ đã giao")),
        decision(row(deadline="Trong năm 2024")),
        ["Theo tiến độ đã giao"],
    ),
    (
        "no-schedule",
        decision(row(deadline="Bắt đầu từ Quý II năm 2024")),
        decision(row(deadline="Trước ngày 30/6/2024")),
        ["Bắt đầu từ Quý II năm 2024"],
    ),
    ("missing-deadline", decision(row(deadline="")), decision(), ["Niêm yết thủ tục hành chính"]),
    ("missing-product", decision(row(product="")), decision(), ["Niêm yết thủ tục hành chính"]),
    ("missing-lead", decision(row(lead="")), decision(), ["Niêm yết thủ tục hành chính"]),
    (
        "wrong-year",
        decision(row(deadline="Trong năm 2023")),
        decision(row(deadline="Trong năm 2024")),
        ["Trong năm 2023"],
    ),
    (
        "repeated-task-number",
        decision(ROW, row(content="Báo cáo")),
        decision(ROW, row(no="2.", content="Báo cáo")),
        ["Báo cáo"],
    ),
    (
        "merged-cell",
        decision() + INSPECTED + NOTED.replace("{note}", ""),
        decision() + INSPECTED + NOTED.replace("{note}", "Kiểm tra định kỳ"),
        ["Kiểm tra đột xuất"],
    ),
    (
        "layout",
        decision() + REVIEWED,
        decision(),
        ["Phòng Tư pháp Thủ tục hành chính lĩnh vực: chứng thực"],
    ),
    (
        "other",
        decision() + INSPECTED + SECTIONED,
        decision() + INSPECTED + NOTED.replace("{note}", "Kiểm tra định kỳ"),
        ["I CÁC PHÒNG"],
    ),
]


@pytest.mark.parametrize(
    ("code", "slip", "twin", "quotes"),
    [pytest.param(*case, id=f"{i}-{case[0]}") for i, case in enumerate(SLIPS)],
)
def test_a_slip_is_found_and_its_corrected_twin_is_not(
    code: str, slip: str, twin: str, quotes: list[str]
) -> None:
    assert found(slip, code) == quotes
    assert found(twin, code) == []


def test_every_kind_of_finding_has_a_case() -> None:
    of_pictures = {"read-by-ocr"}  # not a slip in the words: see test_ocr.py
    assert {case[0] for case in SLIPS} | of_pictures == set(load("slips")["messages"])


def test_a_sound_decision_has_no_findings() -> None:
    assert read(decision()).findings == ()


@pytest.mark.parametrize("city", ["Hà Nội", "Hải Phòng"])
def test_a_city_of_the_central_level_has_districts(city: str) -> None:
    text = duty("UBND các quận, huyện, thị xã tổ chức thực hiện.")
    text = text.replace("Sầm Sơn", city).replace("SẦM SƠN", city.upper())
    assert found(text, "wrong-reference") == []


def test_a_proposed_reading_stands_beside_the_words() -> None:
    plan = read(decision(row(deadline="Trong năm 2023")))
    (task,) = plan.tasks
    assert task.deadline is not None
    assert task.deadline.period is not None
    assert task.deadline.proposed is not None
    assert (task.deadline.period.edtf, task.deadline.proposed.edtf) == ("2023", "2024")
    (finding,) = [f for f in plan.findings if f.code == "wrong-year"]
    assert finding.proposal == "năm 2024"
    assert "năm 2024" in finding.message_vi


def test_a_plan_for_several_years_has_no_wrong_year() -> None:
    text = decision(row(deadline="Trong năm 2023")).replace(
        "chính năm 2024", "chính năm 2023 và năm 2024"
    )
    assert plan_year(read(text)) is None
    assert found(text, "wrong-year") == []


# ---- the built-in plan

ANNOTATED: list[tuple[int, str, str, str | None]] = [
    # (line, code, words at the place, proposal): what the annotator is sure of, and more
    (3, "missing-header", "Số: /QĐ-UBND", None),
    (3, "missing-number", "Số: /QĐ-UBND", None),
    (5, "missing-date", "ngày tháng 02 năm 2023", None),
    (11, "incomplete-name", "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ", None),
    (29, "inconsistent-term", "trong giải quyết thủ tục hành chính năm 2023", None),
    (33, "wrong-reference", "UBND các huyện, thị xã, thành phố", None),
    (33, "missing-word", "chịu trách nhiệm người đứng đầu", "chịu trách nhiệm của người đứng đầu"),
    (35, "numbering-gap", "(1), (3), (4)", None),
    (35, "missing-word", "nghiên cứu tiêu chí đánh giá", None),
    (64, "missing-number", "số /QĐ-UBND", None),
    (65, "missing-date", "ngày tháng 02 năm 2023", None),
    (74, "spelling-variant", "Phòng Văn hóa Thông tin", "Phòng Văn hóa-Thông tin"),
    (76, "misspelling", "thủ tục thành chính", "thủ tục hành chính"),
    (76, "conversion-residue", "<p>", None),
    (79, "split-cell", "- Xử lý phản ánh kiến nghị", None),
    (79, "punctuation", "phản ánh kiến nghị", "phản ánh, kiến nghị"),
    (80, "misspelling", "hiện lực", "hiệu lực"),
    (80, "misspelling", "đơn đốc", "đôn đốc"),
    (80, "inconsistent-deadline", "Thường xuyên trong năm 2023", None),
    (81, "misspelling", "ngành đọc", "ngành dọc"),
    (84, "split-cell", "đọc quản lý ở địa phương có liên quan", None),
    (84, "role-in-both", "UBND các xã, phường", None),
    (85, "unresolved-reference", "Quyết định của Thủ tướng Chính phủ", None),
    (85, "no-schedule", "Theo tiến độ đã giao", None),
    (89, "split-cell", "phường dự kiến được kiểm tra.", None),
    (90, "missing-word", "UBND phố", "UBND thành phố"),
    (90, "no-schedule", "Bắt đầu từ Quý II năm 2023", None),
    (91, "missing-word", "UBND phố", "UBND thành phố"),
    (93, "missing-word", "UBND phố", "UBND thành phố"),
    (93, "punctuation", "Phòng Văn hóa-Thông tin;", None),
    (97, "incomplete-name", "trên Cổng dịch vụ công", None),
    (100, "missing-word", ") Cổng Dịch vụ công", ") trên Cổng Dịch vụ công"),
    (105, "split-cell", "- UBND các xã, phường;", None),
    (107, "misspelling", "Công thông tin điện tử", "Cổng thông tin điện tử"),
    (107, "spelling-variant", "Đài phát thanh thành phố", "Đài Phát thanh thành phố"),
    (108, "wrong-year", "Thường xuyên trong năm 2022.", "năm 2023"),
    (112, "missing-word", "Các cơ", "Các cơ quan"),
    (112, "punctuation", "có liên quan - UBND", None),
    (121, "spelling-variant", "Phòng Lao động, Thương binh và Xã hội", None),
    (140, "other", "CÁC PHÒNG CHUYÊN MÔN THUỘC UBND THÀNH PHỐ", None),
    (147, "merged-cell", "Kiểm tra đột xuất từ 6 - 8 đơn vị cấp xã, phường", None),
    (164, "merged-cell", "Kiểm tra việc khắc phục tồn tại, hạn chế trong năm 2022", None),
]


@pytest.mark.parametrize(("line", "code", "quote", "proposal"), ANNOTATED)
def test_what_an_annotator_found_in_the_plan(
    plan: Plan, line: int, code: str, quote: str, proposal: str | None
) -> None:
    here = [
        f
        for f in plan.findings
        if plan.source.line_of(f.quote.start) == line and f.code == code and quote in f.quote.text
    ]
    assert len(here) >= 1
    if proposal:
        assert proposal in {f.proposal for f in here}


def test_2022_in_the_inspection_note_is_no_slip(plan: Plan) -> None:
    """Shortcomings of 2022 are mended in 2023: only IV.2 has the wrong year."""
    assert [
        plan.source.line_of(f.quote.start) for f in plan.findings if f.code == "wrong-year"
    ] == [108]


def test_findings_are_in_reading_order_and_each_once(plan: Plan) -> None:
    keys = [(f.quote.start, f.code) for f in plan.findings]
    assert keys == sorted(set(keys))
    assert len(keys) > 80


def test_every_finding_quotes_its_place(plan: Plan) -> None:
    for finding in plan.findings:
        if finding.code != "numbering-gap":
            assert squash(finding.quote.text) == squash(
                " ".join(plan.source.quote(span) for span in finding.quote.spans)
            )


def test_nothing_is_corrected(plan: Plan) -> None:
    for slip in ("thủ tục thành chính", "UBND phố", "năm 2022", "Các cơ có liên quan"):
        assert slip in plan.source.text
    (task,) = [t for t in plan.tasks if t.code == "IV.2"]
    assert task.deadline is not None
    assert task.deadline.words.text == "Thường xuyên trong năm 2022."
