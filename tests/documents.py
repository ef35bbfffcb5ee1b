"""Small documents, written the way Vietnamese authorities write them, and what the tests do with them."""

import re

from cancu.loaders.parse import parse
from cancu.loaders.plan import Plan
from cancu.loaders.read import decode
from cancu.loaders.segment import find_blocks
from cancu.loaders.source import Source
from cancu.loaders.tables import Content, join_tables
from cancu.loaders.words import Words

COLUMNS = (
    "STT",
    "Nội dung công việc",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn",
    "Sản phẩm",
)

HEADING = """UBND THÀNH PHỐ SẦM SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 12/QĐ-UBND

Sầm Sơn, ngày 10 tháng 01 năm 2024

QUYẾT ĐỊNH

Ban hành Kế hoạch kiểm soát thủ tục hành chính năm 2024

CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ SẦM SƠN

Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;

Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch kiểm soát thủ tục hành chính năm 2024.

"""
"""The heading, preamble and first article of a sound decision of another city."""

ROW = (
    "1.",
    "Niêm yết thủ tục hành chính",
    "Phòng Tư pháp",
    "Phòng Nội vụ",
    "Quý II năm 2024",
    "Báo cáo",
)
"""A sound task."""


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> str:
    """A table as text: cells between tabs."""
    return "\n".join("\t".join(row) for row in (columns, *rows)) + "\n"


def decision(*rows: tuple[str, ...], body: str = "", heading: str = HEADING) -> str:
    """A decision with a task table (one sound task, if no rows are given)."""
    return heading + body + "\n" + table(*(rows or (ROW,)))


def source(text: str, name: str = "van-ban.txt") -> Source:
    """A text as a source."""
    return decode(text.encode(), name)


def words(text: str) -> Words:
    """A text as words of a source that is nothing else."""
    return Words.of(text, 0, len(text))


def contents(text: str) -> tuple[Content, ...]:
    """The paragraphs and whole tables of a text."""
    return join_tables(find_blocks(source(text)))


def read(text: str, name: str = "van-ban.txt") -> Plan:
    """A text as a plan."""
    return parse(source(text, name))


def squash(text: str) -> str:
    """Letters and digits only, markup left out: what must be equal between a value and its source."""
    return re.sub(r"\W+", "", re.sub(r"<[^<>]+>", " ", text)).casefold()
