"""Word files: what a reader of the last version reads, with the numbers Word writes and the merged cells."""

import io
from typing import Any

import docx
import pytest

from cancu.loaders.errors import Encrypted, NotText
from cancu.loaders.numbering import letter, number_as, roman
from cancu.loaders.read import decode
from cancu.loaders.source import Source
from tests.word_files import levels, numbered, p, tbl, tc, tr, word


def text(body: str, **parts: str) -> str:
    return decode(word(body, **parts), "v.docx").text


def cells(source: Source) -> list[list[list[tuple[str, int, int]]]]:
    """The words of each cell of each grid, with the rows and columns it covers."""
    return [
        [[(source.text[c.start : c.end], c.rows, c.columns) for c in row] for row in grid.rows]
        for grid in source.grids
    ]


def test_paragraphs_and_tables_stand_in_order() -> None:
    document: Any = docx.Document()
    document.add_paragraph("Điều 1. Một")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "STT", "Việc"
    table.cell(1, 0).text, table.cell(1, 1).text = "1", "- Một;\n- Hai"
    document.add_paragraph("Điều 2. Hai")
    stream = io.BytesIO()
    document.save(stream)
    source = decode(stream.getvalue(), "v.bin")
    assert source.format == "docx"
    assert source.text == "Điều 1. Một\n\nSTT\tViệc\n1\t- Một;\n- Hai\n\nĐiều 2. Hai\n\n"
    assert cells(source) == [
        [[("STT", 1, 1), ("Việc", 1, 1)], [("1", 1, 1), ("- Một;\n- Hai", 1, 1)]]
    ]
    (grid,) = source.grids
    assert source.text[grid.start : grid.end] == "STT\tViệc\n1\t- Một;\n- Hai"


def test_merged_cells_say_how_far_they_reach() -> None:
    begin, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    source = decode(
        word(
            tbl(
                tr(tc("I"), tc("Nhóm việc", '<w:gridSpan w:val="2"/>')),
                tr(tc("1", begin), tc("a"), tc("x")),
                tr(tc("", goes_on), tc("b"), tc("y")),
                tr(tc("", goes_on), tc("c"), tc("z")),
                tr(tc("2", begin), tc("d"), tc("t")),
            )
        ),
        "v.docx",
    )
    assert cells(source) == [
        [
            [("I", 1, 1), ("Nhóm việc", 1, 2)],
            [("1", 3, 1), ("a", 1, 1), ("x", 1, 1)],
            [("b", 1, 1), ("y", 1, 1)],
            [("c", 1, 1), ("z", 1, 1)],
            [("2", 1, 1), ("d", 1, 1), ("t", 1, 1)],
        ]
    ]


def test_a_table_in_a_cell_is_read_row_by_row() -> None:
    inner = tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d")))
    source = decode(
        word(
            tbl(
                tr(tc("STT"), tc("Nội dung công việc được giao")),
                tr(tc("1"), f"<w:tc>{p('Gồm:')}{inner}{p('')}</w:tc>"),
            )
        ),
        "v.docx",
    )
    assert cells(source)[0][1][1] == ("Gồm:\na b\nc d", 1, 1)


NUMBERS = [
    (("decimal", "%1."), ["1. ", "2. ", "3. "]),
    (("lowerLetter", "%1)"), ["a) ", "b) ", "c) "]),
    (("upperRoman", "%1."), ["I. ", "II. ", "III. "]),
    (("lowerRoman", "(%1)"), ["(i) ", "(ii) ", "(iii) "]),
    (("upperLetter", "%1-"), ["A- ", "B- ", "C- "]),
    (("decimal", "Điều %1."), ["Điều 1. ", "Điều 2. ", "Điều 3. "]),
    (("decimalZero", "%1"), ["01 ", "02 ", "03 "]),
    (("bullet", "\uf0b7"), ["- ", "- ", "- "]),
    (("bullet", "+"), ["+ ", "+ ", "+ "]),
    (("none", ""), ["", "", ""]),
]


@pytest.mark.parametrize(("form", "marks"), NUMBERS, ids=[form[0] for form, _ in NUMBERS])
def test_the_numbers_of_a_list_are_read(form: tuple[str, str], marks: list[str]) -> None:
    body = "".join(p(words, numbered()) for words in ("Một", "Hai", "Ba"))
    one, two, three = marks
    assert text(body, numbering=levels(form)) == f"{one}Một\n\n{two}Hai\n\n{three}Ba\n\n"


def test_levels_count_within_the_one_above() -> None:
    forms = levels(("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."))
    body = "".join(p("x", numbered(level)) for level in (0, 1, 2, 2, 1, 0, 1))
    read = text(body, numbering=forms).split("\n\n")
    assert read[:-1] == ["I. x", "1. x", "1.1. x", "1.2. x", "2. x", "II. x", "1. x"]


def test_a_list_may_start_anew_and_go_on_between_other_paragraphs() -> None:
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = p("a", numbered()) + p("giữa") + p("b", numbered()) + p("c", numbered(number=2))
    assert text(body, numbering=levels(("decimal", "%1."), extra=anew)) == (
        "1. a\n\ngiữa\n\n2. b\n\n1. c\n\n"
    )


def test_a_style_may_number_its_paragraphs_and_a_paragraph_may_say_no() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Goc"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Goc"><w:pPr>{numbered()}</w:pPr></w:style>'
    )
    own = '<w:pStyle w:val="Dieu"/>'
    body = p("a", own) + p("b", own + numbered(number=0)) + p("c", own)
    assert text(body, styles=styles, numbering=levels(("decimal", "Điều %1."))) == (
        "Điều 1. a\n\nb\n\nĐiều 2. c\n\n"
    )


def test_a_cell_with_nothing_but_a_number_says_the_number() -> None:
    number = f"<w:tc><w:p><w:pPr>{numbered()}</w:pPr></w:p></w:tc>"
    body = tbl(tr(number, tc("Một")), tr(number, tc("Hai")))
    assert text(body, numbering=levels(("decimal", "%1."))) == "1.\tMột\n2.\tHai\n\n"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1994, "lowerRoman", "mcmxciv"),
        (27, "lowerLetter", "aa"),
        (0, "upperRoman", "0"),
        (10**9, "upperRoman", "1000000000"),
        (3, "chineseCounting", "3"),
    ],
)
def test_numbers_in_words_own_forms(number: int, form: str, written: str) -> None:
    assert number_as(form, number) == written
    assert (roman(4), letter(2)) == ("iv", "b")


def test_a_footnote_stands_after_its_paragraph_or_below_its_table() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Ghi {n}.</w:t></w:r></w:p></w:footnote>'
        for n in (7, 8)
    )
    body = (
        f"<w:p><w:r><w:t>Một</w:t></w:r>{mark.format(7)}<w:r><w:t> xong</w:t></w:r></w:p>"
        + tbl(
            tr(f"<w:tc><w:p><w:r><w:t>Hai</w:t></w:r>{mark.format(8)}</w:p></w:tc>", tc("b")),
            tr(tc("c"), tc("d")),
        )
        + p("Ba")
    )
    assert text(body, footnotes=notes) == (
        "Một¹ xong\n\n¹ Ghi 7.\n\nHai²\tb\nc\td\n\n² Ghi 8.\n\nBa\n\n"
    )


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    added = "<w:ins><w:r><w:t>mới</w:t></w:r></w:ins>"
    body = (
        f"<w:p><w:r><w:t>Bản </w:t></w:r>{deleted}{added}</w:p>"
        + p("Nối ", "<w:rPr><w:del/></w:rPr>")
        + p("liền")
        + tbl(tr(tc("a"), tc("b")), tr(tc("xóa"), tc("c"), properties="<w:del/>"))
        + f"<w:moveFrom><w:r>{'<w:t>đi</w:t>'}</w:r></w:moveFrom>"
    )
    assert text(body) == "Bản mới\n\nNối liền\n\na\tb\n\n"


def test_text_boxes_and_content_controls_are_read_once() -> None:
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    both = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = (
        f"<w:p><w:r><w:t>Ngoài</w:t>{both}</w:r></w:p>"
        f"<w:sdt><w:sdtContent>{p('Ô điền')}</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>trong dòng</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert text(body) == "Ngoài\n\nTrong khung\n\nÔ điền\n\ntrong dòng\n\n"


@pytest.mark.parametrize(
    ("words", "run", "read"),
    [
        ("C¨n cø NghÞ ®Þnh", '<w:rFonts w:ascii=".VnTime"/>', "Căn cứ Nghị định"),
        ("quyÕt ®Þnh", '<w:rFonts w:ascii=".VnTimeH"/>', "QUYẾT ĐỊNH"),
        ("Caên cöù Nghò ñònh", '<w:rFonts w:ascii="VNI-Times"/>', "Căn cứ Nghị định"),
        ("Căn cứ", '<w:rFonts w:ascii="Times New Roman"/>', "Căn cứ"),
        ("Điều 1", "<w:caps/>", "ĐIỀU 1"),
        ("ẩn", "<w:vanish/>", ""),
        ("2", '<w:vertAlign w:val="superscript"/>', "²"),
        ("63/2010/NĐ\u2011CP ngày\u00a008", "", "63/2010/NĐ-CP ngày 08"),
    ],
)
def test_runs_are_read_as_they_look(words: str, run: str, read: str) -> None:
    assert text(p("a ") + p(words, run=run)) == f"a\n\n{read}\n\n" if read else "a\n\n"


def test_a_letter_and_its_mark_may_stand_in_two_runs() -> None:
    font = '<w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr>'
    body = f"<w:p><w:r>{font}<w:t>Ca</w:t></w:r><w:r>{font}<w:t>ên</w:t></w:r></w:p>"
    assert text(body) == "Căn\n\n"


def test_the_columns_of_a_heading_are_paragraphs() -> None:
    body = tbl(
        tr(tc("UBND THÀNH PHỐ"), tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        tr(tc("Số: 12/QĐ-UBND"), tc("Sầm Sơn, ngày 10 tháng 01 năm 2024")),
    )
    source = decode(word(body), "v.docx")
    assert source.grids == ()
    assert source.text.split("\n\n")[:-1] == [
        "UBND THÀNH PHỐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/QĐ-UBND",
        "Sầm Sơn, ngày 10 tháng 01 năm 2024",
    ]


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotText, ".docx"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
            Encrypted,
            "mật khẩu",
        ),
    ],
    ids=[".doc", "with a password"],
)
def test_what_is_refused(data: bytes, kind: type[Exception], says: str) -> None:
    with pytest.raises(kind, match=says):
        decode(data, "v.doc")
