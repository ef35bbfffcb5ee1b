"""Headings of documents whose narrow columns wrap their lines."""

import pytest

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
