"""Files made to harm, and files that are merely broken: one sentence, soon, and nothing read in part."""

import io
import time
import zipfile
import zlib

import pytest
from reportlab.pdfgen.canvas import Canvas

from cancu.loaders import limits, pdf
from cancu.loaders.errors import DocumentError, NotText, TooLarge
from cancu.loaders.read import decode
from tests.loaders.test_bad_input import is_one_sentence
from tests.loaders.test_pdf import drawn
from tests.word_files import package, tbl, tc, tr, word

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def packed(path: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path, data)
    return stream.getvalue()


def bomb() -> bytes:
    return word("<w:p/>" + " " * (limits.MAX_UNPACKED + 1))


def nested(times: int) -> str:
    body = tc("x")
    for _ in range(times):
        body = f"<w:tc>{tbl(tr(body, tc('y')))}<w:p/></w:tc>"
    return tbl(tr(body, tc("z")))


def pages(count: int) -> bytes:
    def draw(canvas: Canvas) -> None:
        for _ in range(count):
            canvas.showPage()

    return drawn(draw)


def pdf_bomb() -> bytes:
    """A page whose content unpacks to more than the limit."""
    packed_stream = zlib.compress(b" " * (limits.MAX_UNPACKED + 1))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed_stream), packed_stream),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    )


def entity(doctype: str) -> str:
    return f'{doctype}<w:document xmlns:w="w"><w:body><w:p>&i;&a;</w:p></w:body></w:document>'


FILES = [
    ("zip bomb", bomb(), TooLarge),
    ("PDF bomb", pdf_bomb(), TooLarge),
    ("entities in Word", package(entity(LAUGHS)), NotText),
    ("outside entity in Word", package(entity(OUTSIDE)), NotText),
    ("entities in HTML", f"{LAUGHS}<html><body>&i;</body></html>".encode(), NotText),
    ("entities in XHTML", f"<?xml version='1.0'?>{OUTSIDE}<html>&a;</html>".encode(), NotText),
    ("tables 150 deep", word(nested(150)), TooLarge),
    ("tables 1000 deep", word(nested(1000)), TooLarge),
    ("HTML 100 000 deep", b"<html><body>" + b"<div>" * 100_000 + b"x", TooLarge),
    ("HTML tables 150 deep", b"<html><body>" + b"<table><tr><td>x" * 150, TooLarge),
    (
        "a cell over a thousand columns in 2000 rows",
        b"<html><body><table>" + b"<tr><td colspan=1000>x<td>y</tr>" * 2000,
        TooLarge,
    ),
    ("200 000 cells", b"<html><body><table>" + b"<tr><td>x<td>y" * 100_000, TooLarge),
    ("a spreadsheet", packed("xl/workbook.xml", b"<x/>"), NotText),
    ("half a Word file", word("<w:p/>")[:200], NotText),
    ("a Word file without a body", package("<w:document xmlns:w='w'/>"), NotText),
    ("a Word file of broken XML", package("<w:document"), NotText),
    ("an empty Word file", word("<w:p/>"), NotText),
    ("an empty page", b"<html><body></body></html>", NotText),
    ("a page of nothing but a script", b"<html><script>alert(1)</script></html>", NotText),
    ("RTF", b"{\\rtf1 Can cu}", NotText),
    ("a PDF without words", pages(1), NotText),
]


@pytest.mark.parametrize(("name", "data", "kind"), FILES, ids=[name for name, _, _ in FILES])
def test_refused_with_a_sentence_and_soon(
    name: str, data: bytes, kind: type[DocumentError]
) -> None:
    start = time.perf_counter()
    with pytest.raises(DocumentError) as caught:
        decode(data, "tep.bin")
    assert type(caught.value) is kind
    assert is_one_sentence(caught.value.vi)
    assert is_one_sentence(caught.value.en)
    assert time.perf_counter() - start < 20


def test_more_pages_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    with pytest.raises(TooLarge, match="3 trang"):
        decode(pages(4), "v.pdf")


def test_what_is_just_within_the_limits_is_read() -> None:
    assert decode(word(nested(40)), "v.docx").grids
    deep = b"<html><body>" + b"<div>" * 90 + b"x"
    assert decode(deep, "v.html").text == "x\n\n"


def test_macros_are_not_looked_at() -> None:
    stream = io.BytesIO(word("<w:p><w:r><w:t>Điều 1</w:t></w:r></w:p>"))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert decode(stream.getvalue(), "v.docm").text == "Điều 1\n\n"
