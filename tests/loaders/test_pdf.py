"""PDF: paragraphs from the places of lines, tables from their rules, page by page."""

import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from cancu.loaders.errors import Encrypted, NotText
from cancu.loaders.pdf import Line
from cancu.loaders.read import decode
from cancu.loaders.source import Source
from tests.loaders.test_docx import cells

LONG = (
    "Các phòng, ban thuộc thành phố có trách nhiệm thực hiện nhiệm vụ được giao, báo cáo kết quả về Ủy ban"
    " nhân dân thành phố để tổng hợp theo quy định của pháp luật hiện hành."
)
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")


@cache
def font_file() -> str:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return str(next(chain.from_iterable(f.rglob("NotoSans-Regular.ttf") for f in folders)))


@cache
def font() -> str:
    pdfmetrics.registerFont(TTFont("Noto", font_file()))
    return "Noto"


def style(size: float = 12, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("v", fontName=font(), fontSize=size, leading=size * 1.3, **more)


def pdf(
    *parts: Flowable, footer: Callable[[Canvas, SimpleDocTemplate], None] | None = None
) -> Source:
    stream = io.BytesIO()
    document = SimpleDocTemplate(stream, pagesize=A4)
    nothing = lambda canvas, template: None
    document.build(list(parts), onFirstPage=footer or nothing, onLaterPages=footer or nothing)
    return decode(stream.getvalue(), "v.pdf")


def say(*words: str, size: float = 12, **more: Any) -> Iterator[Flowable]:
    for text in words:
        yield Paragraph(text, style(size, **more))
        yield Spacer(1, 8)


def in_cells(*rows: list[str]) -> list[list[Paragraph]]:
    return [[Paragraph(text, style(10)) for text in row] for row in rows]


def drawn(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    canvas.setFont(font(), 12)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def test_wrapped_lines_are_one_paragraph() -> None:
    read = pdf(*say("Điều 1. Tổ chức", LONG, "- Một;", "- Hai.")).text.split("\n\n")[:-1]
    assert [p.replace("\n", " ") for p in read] == ["Điều 1. Tổ chức", LONG, "- Một;", "- Hai."]
    assert "\n" in read[1]


def test_first_lines_that_are_set_in_open_paragraphs() -> None:
    indented = (Paragraph(text, style(firstLineIndent=30)) for text in (LONG, LONG, "Ngắn"))
    read = pdf(*indented).text.split("\n\n")[:-1]
    assert [p.replace("\n", " ") for p in read] == [LONG, LONG, "Ngắn"]


def test_a_paragraph_goes_on_over_a_page_break_and_page_numbers_go() -> None:
    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(font(), 12)
        canvas.drawCentredString(300, 30, f"{document.page}")

    text = pdf(Spacer(1, 650), Paragraph(LONG, style()), footer=number).text
    assert text.replace("\n", " ").strip() == LONG


def test_running_titles_go_and_the_same_words_in_the_text_stay() -> None:
    def title(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(font(), 9)
        canvas.drawString(80, 820, f"Kế hoạch 2024 - tờ {document.page}")

    pages = (part for n in range(4) for part in (*say(f"Điều {n}. Kế hoạch 2024"), PageBreak()))
    assert pdf(*pages, footer=title).text == "".join(
        f"Điều {n}. Kế hoạch 2024\n\n" for n in range(4)
    )


def test_tables_with_merged_cells() -> None:
    rows = in_cells(
        ["STT", "Nội dung", "Chủ trì"],
        ["I", "Nhóm việc chung", ""],
        ["1", "Niêm yết thủ tục hành chính tại trụ sở", "- Phòng Nội vụ;<br/>- Phòng Tư pháp"],
        ["", "Báo cáo", "Văn phòng HĐND và UBND thành phố"],
    )
    merged = TableStyle([GRID, ("SPAN", (1, 1), (2, 1)), ("SPAN", (0, 2), (0, 3))])
    source = pdf(*say("Trước"), Table(rows, [40, 150, 110], style=merged), *say("Sau"))
    assert cells(source) == [
        [
            [("STT", 1, 1), ("Nội dung", 1, 1), ("Chủ trì", 1, 1)],
            [("I", 1, 1), ("Nhóm việc chung", 1, 2)],
            [
                ("1", 2, 1),
                ("Niêm yết thủ tục hành chính tại trụ sở", 1, 1),
                ("- Phòng Nội vụ;\n- Phòng Tư pháp", 1, 1),
            ],
            [("Báo cáo", 1, 1), ("Văn phòng HĐND và UBND thành phố", 1, 1)],
        ]
    ]
    assert source.text.startswith("Trước\n\nSTT\tNội dung")
    assert source.text.endswith("\n\nSau\n\n")


def test_the_pieces_of_a_table_over_pages_stay_pieces_with_their_headings() -> None:
    rows = in_cells(["STT", "Việc"], *([str(n), LONG] for n in range(1, 16)))
    source = pdf(Table(rows, [40, 250], repeatRows=1, style=TableStyle([GRID])))
    found = cells(source)
    assert len(found) > 1
    assert all(grid[0] == [("STT", 1, 1), ("Việc", 1, 1)] for grid in found)
    assert [row[0][0] for grid in found for row in grid[1:]] == [str(n) for n in range(1, 16)]


def test_the_two_columns_of_a_heading_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        left = ("UBND TỈNH", "Số: 12/KH-UBND")
        right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 01 tháng 02 năm 2024")
        for at in (0, 1):
            canvas.drawCentredString(130, 780 - 20 * at, left[at])
            canvas.drawCentredString(420, 780 - 20 * at, right[at])
        canvas.drawCentredString(300, 720, "KẾ HOẠCH")

    assert decode(drawn(draw), "v.pdf").text.replace("\n\n", "\n").split("\n")[:-1] == [
        *("UBND TỈNH", "Số: 12/KH-UBND"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 01 tháng 02 năm 2024"),
        "KẾ HOẠCH",
    ]


def test_raised_figures_are_marks_and_their_notes_stand_at_the_foot() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "Thanh toán trực tuyến")
        canvas.setFont(font(), 7)
        canvas.drawString(
            80 + pdfmetrics.stringWidth("Thanh toán trực tuyến", font(), 12), 706, "1"
        )
        canvas.drawString(80, 73, "1")
        canvas.setFont(font(), 10)
        canvas.drawString(86, 70, "Theo Nghị quyết số 01/NQ-CP.")
        canvas.setFont(font(), 12)
        canvas.drawString(300, 30, "5")

    assert decode(drawn(draw), "v.pdf").text == (
        "Thanh toán trực tuyến¹\n\n¹ Theo Nghị quyết số 01/NQ-CP.\n\n"
    )


def test_a_password_is_asked_for() -> None:
    locked = drawn(lambda canvas: canvas.drawString(80, 700, "x"), encrypt=StandardEncryption("a"))
    with pytest.raises(Encrypted, match="mật khẩu"):
        decode(locked, "v.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", b"%PDF-1.4\n" + b"<<" * 5000]
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data, "v.pdf")


def test_a_line_knows_its_height() -> None:
    assert Line("x", 0, 1, 10, 22, 12, 1).height == 12
