"""Pictures of pages: recognised where Tesseract is installed, and said so; otherwise one sentence says what to install."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cancu.loaders import ocr
from cancu.loaders.errors import NeedsOcr, NotText, TooLarge
from cancu.loaders.parse import parse
from cancu.loaders.read import decode
from tests.loaders.test_pdf import drawn, font_file

LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 12/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010;",
    "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.",
)


def scan() -> Image.Image:
    picture = Image.new("L", (1240, 500), "white")
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES):
        pen.text((90, 60 + 80 * number), line, "black", ImageFont.truetype(font_file(), 34))
    return picture


def png() -> bytes:
    stream = io.BytesIO()
    scan().save(stream, "PNG")
    return stream.getvalue()


def scanned_pdf(words: str = "") -> bytes:
    def draw(canvas: Canvas) -> None:
        if words:
            canvas.drawString(80, 700, words)
            canvas.showPage()
        canvas.drawImage(ImageReader(scan()), 0, 400, 595, 240)  # the rest of the sheet is blank

    return drawn(draw)


@pytest.mark.parametrize(("data", "form"), [(png(), "image"), (scanned_pdf(), "pdf")])
def test_a_picture_is_read_and_said_to_be(data: bytes, form: str) -> None:
    source = decode(data, "scan")
    assert (source.format, source.ocr) == (form, True)
    plan = parse(source)
    assert plan.header.kind == "Quyết định"
    assert [b.number for b in plan.legal_bases] == ["63/2010/NĐ-CP"]
    (found,) = [f for f in plan.findings if f.code == "read-by-ocr"]
    assert found.severity == "check"
    assert found.quote.start == 0


def test_text_is_not_said_to_be_recognised() -> None:
    source = decode(
        drawn(lambda canvas: canvas.drawString(80, 700, "QUYẾT ĐỊNH và thêm chữ nữa")), "v"
    )
    assert not source.ocr


@pytest.mark.parametrize(
    "data", [png(), scanned_pdf(), scanned_pdf("Một trang có đủ chữ để đọc được")]
)
def test_without_tesseract_the_sentence_says_what_to_install(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "tesseract", lambda: None)
    with pytest.raises(NeedsOcr) as caught:
        decode(data, "scan.pdf")
    for sentence in (caught.value.vi, caught.value.en):
        assert "tesseract-ocr-vie" in sentence


def test_a_tesseract_without_vietnamese_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr.tesseract.cache_clear()
    monkeypatch.setenv("TESSDATA_PREFIX", "/nowhere")
    assert ocr.tesseract() is None
    monkeypatch.undo()
    ocr.tesseract.cache_clear()
    assert ocr.tesseract() is not None


def test_a_picture_without_words_has_no_text() -> None:
    stream = io.BytesIO()
    Image.new("L", (400, 400), "white").save(stream, "PNG")
    with pytest.raises(NotText, match="không có chữ"):
        decode(stream.getvalue(), "trang.png")


def test_a_broken_picture_and_a_huge_one() -> None:
    with pytest.raises(NotText, match="hỏng"):
        decode(png()[:200], "v.png")
    for side in (9000, 10_000, 14_000):
        stream = io.BytesIO()
        Image.new("1", (side, side)).save(stream, "PNG")
        with pytest.raises(TooLarge, match="quá lớn"):
            decode(stream.getvalue(), "v.png")
