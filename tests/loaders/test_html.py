"""Web pages: tables, lists and notes, what Word saves, and the page around the document."""

import pytest

from cancu.loaders.read import decode
from cancu.loaders.source import Source
from tests.loaders.test_docx import cells

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<!--[if gte mso 9]><xml><o:Author>Admin</o:Author></xml><![endif]-->
<style>p {color: red}</style></head><body lang=EN-US><div class=WordSection1>
<p class=MsoNormal>&#272;i&#7873;u 1. Ban h&agrave;nh K\xea<o:p></o:p></p>
<p class=MsoListParagraph><![if !supportLists]><span>a)<span>&nbsp;&nbsp; </span></span><![endif]>M&#7897;t
d&#242;ng d&agrave;i</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
</div></body></html>"""


def page(body: str) -> Source:
    return decode(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "trang.txt")


def paragraphs(body: str) -> list[str]:
    return page(body).text.split("\n\n")[:-1]


def test_what_word_saves_is_read_by_its_content_in_the_charset_it_means() -> None:
    source = decode(WORD.encode("cp1252"), "ke-hoach.txt")
    assert source.format == "html"
    assert source.text == "Điều 1. Ban hành Kê\n\na) Một dòng dài\n\n"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>Một<br>hai</p><div>ba</div>", ["Một\nhai", "ba"]),
        ("<p>Một<br><br>hai</p>", ["Một", "hai"]),
        ("chữ <b>đậm</b> và<i> nghiêng</i><p>đoạn</p>sau", ["chữ đậm và nghiêng", "đoạn", "sau"]),
        ("<ul><li>Một<li>Hai</ul>", ["- Một", "- Hai"]),
        ("<ol type=a start=2><li>b<li>c</ol>", ["b. b", "c. c"]),
        ("<ol style='list-style-type: upper-roman'><li>Một<li>Hai</ol>", ["I. Một", "II. Hai"]),
        ("<ol><li><p>Một</p><p>thêm</p></li><li>Hai</ol>", ["1. Một", "thêm", "2. Hai"]),
        ("<ol><li>Một<ul><li>con</ul><li>Hai</ol>", ["1. Một", "- con", "2. Hai"]),
        ("<ul style='list-style: none'><li>- Một<li>2) Hai</ul>", ["- Một", "2) Hai"]),
        ("<ul><li>- Một<li>Hai</ul>", ["- Một", "- Hai"]),
        ("m<sup>2</sup> và 1<sup>st</sup>", ["m² và 1st"]),
        ("<pre>một\n  hai</pre>", ["một\nhai"]),
        ("<p hidden>a</p><p style='display: none'>b</p><script>c</script><p>d", ["d"]),
        ("<p>Tô&#768;i &amp; b&#7841;n&nbsp;&nbsp;&lt;1&gt;", ["Tồi & bạn <1>"]),
        (
            "<span style=\"font-family:'.VnTime'\">C¨n cø</span> Điều 1",
            ["Căn cứ Điều 1"],
        ),
    ],
)
def test_words_are_read_as_they_look(body: str, read: list[str]) -> None:
    assert paragraphs(body) == read


def test_rowspan_and_colspan() -> None:
    source = page(
        "<p>Bảng</p><table><thead><tr><th>TT<th colspan=2>Việc</tr></thead>"
        "<tbody><tr><td rowspan=2>1<td>a<td><p>x</p><p>y</p></tr><tr><td>b<td>z</tr>"
        "<tr><td rowspan=0 colspan=3>hết</tr></tbody></table>"
    )
    assert cells(source) == [
        [
            [("TT", 1, 1), ("Việc", 1, 2)],
            [("1", 2, 1), ("a", 1, 1), ("x\ny", 1, 1)],
            [("b", 1, 1), ("z", 1, 1)],
            [("hết", 1, 3)],
        ]
    ]
    assert source.text == "Bảng\n\nTT\tViệc\n1\ta\tx\ny\nb\tz\nhết\n\n"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (  # Word
            (
                '<p>Một<a href="#_ftn1" name="_ftnref1">[1]</a> nữa.</p><p>Hai</p><hr>'
                '<div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Theo Luật.</p></div>'
            ),
            ["Một[1] nữa.", "[1] Theo Luật.", "Hai"],
        ),
        (  # LibreOffice
            (
                '<p>Một<a name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p><p>Hai</p>'
                '<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Theo Luật.</p></div>'
            ),
            ["Một¹", "¹ Theo Luật.", "Hai"],
        ),
        (  # in a table: below it
            (
                '<table><tr><td>Một<a href="#n1"><sup>1</sup></a><td>b<tr><td>c<td>d</table><p>Hai</p>'
                '<ol><li id="n1">1 Theo Luật.</li></ol>'
            ),
            ["Một¹\tb\nc\td", "¹ Theo Luật.", "Hai"],
        ),
        (  # a table of contents is no note
            '<p><a href="#p1">1</a></p><h2 id="p1">1. Mục đích</h2><p>Chữ</p>',
            ["¹", "¹ . Mục đích", "Chữ"],
        ),
    ],
    ids=["Word", "LibreOffice", "in a table", "contents"],
)
def test_notes_stand_below_their_marks(body: str, read: list[str]) -> None:
    assert paragraphs(body) == read


HEADING = (
    "<table><tr><td>UBND TỈNH<br>Số: 1/KH-UBND</td>"
    "<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>Độc lập - Tự do - Hạnh phúc</td></tr></table>"
)
DOCUMENT = HEADING + "<p>KẾ HOẠCH</p><p>Điều 1. Việc</p><p><b>Nơi nhận:</b><br>- Như trên.</p>"
READ = [
    "UBND TỈNH\nSố: 1/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "KẾ HOẠCH",
    "Điều 1. Việc",
    "Nơi nhận:\n- Như trên.",
]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (DOCUMENT, []),
        (
            f"<nav><a href=/>Trang chủ</a></nav><main>{DOCUMENT}</main><footer>Bản quyền</footer>",
            [],
        ),
        (
            (
                "<div id=top><ul><li><a href=/a>Giới thiệu</a><li><a href=/b>Tin tức</a></ul></div>"
                f"<div id=main><div class=left>Liên kết</div><div class=content><h1>Kế hoạch 1</h1>{DOCUMENT}</div>"
                "<div class=right><p>Tin đọc nhiều</p></div></div><div>Bản quyền thuộc về Sở</div>"
            ),
            [],
        ),
        (  # the grid of the page is a table
            f"<table><tr><td>Trình đơn</td><td>{DOCUMENT}</td><td>Quảng cáo</td></tr></table>",
            [],
        ),
        (  # annexes in later parts
            (
                f"<div>Đầu trang</div><div class=doc>{DOCUMENT}</div>"
                "<div><p>PHỤ LỤC</p><p>(Kèm theo Kế hoạch số 1)</p></div><div>Bình luận của bạn đọc</div>"
            ),
            ["PHỤ LỤC", "(Kèm theo Kế hoạch số 1)"],
        ),
    ],
    ids=["bare", "semantic", "columns", "table", "annex"],
)
def test_the_page_around_the_document_is_set_aside(body: str, more: list[str]) -> None:
    assert paragraphs(body) == READ + more


def test_the_issuer_before_a_motto_without_a_table_is_kept() -> None:
    body = (
        "<p>Đăng nhập</p><p>UBND TỈNH</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Nơi nhận:</p>"
    )
    assert paragraphs(f"<div><div>{body}</div></div>") == [
        "UBND TỈNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Nơi nhận:",
    ]


def test_a_page_without_the_motto_is_kept_but_for_its_menus() -> None:
    assert paragraphs("<nav>Trang chủ</nav><p>KẾ HOẠCH</p><p>1. Việc</p>") == [
        "KẾ HOẠCH",
        "1. Việc",
    ]
