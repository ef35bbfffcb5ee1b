"""The heading of a document: kind, number, date, place, issuer, title.

Layout by Nghị định 30/2020/NĐ-CP, Phụ lục I: number top left ("Số: 2820/QĐ-UBND"), place and date top right ("Chí Linh,
ngày … tháng 02 năm 2023"), then kind, title and, in a decision, the issuer in capitals.
"""

import re
from functools import cache

from cancu.loaders.citations import NUMBER, number_of
from cancu.loaders.dates import day_of
from cancu.loaders.errors import NotAPlan
from cancu.loaders.patterns import load, one_of
from cancu.loaders.plan import Annex, Header
from cancu.loaders.words import Value, Words

_NUMBER = re.compile(rf"^Số\s*:?\s*(?P<number>{NUMBER})\s*$")
_BLANK_NUMBER = re.compile(r"^Số\s*:?\s*[…. ]*(?P<rest>/[A-ZĐ].*)?$")
_DATE = re.compile(
    r"^(?P<place>[^,;:]{2,60}),\s*ngày\s*(?P<day>\d{0,2})[\s…._]*tháng\s*(?P<month>\d{0,2})[\s…._]*năm\s*(?P<year>\d{4})"
)
_ISSUER = re.compile(
    r"^(?:(?:PHÓ\s+)?CHỦ TỊCH|[ỦU][ỶY] BAN|HỘI ĐỒNG|THỦ TƯỚNG|CHÍNH PHỦ|BỘ|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|BAN |THANH TRA|TỈNH|THÀNH)"
)
_ANNEX_REFERENCE = re.compile(r"^\(?\s*(?:Ban hành\s+)?[Kk]èm theo")
HEADER_LINES = 80
"""How far down the heading is looked for."""


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(load('documents')['headings'])})")


def read_header(lines: list[Words]) -> Header:
    """The heading, from the document's first cleaned lines.

    Raises:
        NotAPlan: no line names a kind of document.
    """
    kind_at = _find(lines, _kind(), whole=True)
    if kind_at is None:
        raise NotAPlan(
            "Không thấy tên loại văn bản (QUYẾT ĐỊNH, KẾ HOẠCH, NGHỊ QUYẾT …); tệp này có thể không phải văn bản hành chính.",
            "No line names a kind of document (QUYẾT ĐỊNH, KẾ HOẠCH, NGHỊ QUYẾT …); this may not be an administrative document.",
        )
    at, kind, taken = kind_at
    above = lines[:at]
    number, blank, day = (_first(above, p) for p in (_NUMBER, _BLANK_NUMBER, _DATE))
    title, issuer = _title_and_issuer(lines[at + taken :])
    found = _NUMBER.match(number.text) if number else None
    place = _DATE.match(day.text)["place"] if day else None  # type: ignore[index]
    return Header(
        kind=kind.text.capitalize(),
        kind_words=kind.value(),
        number=number_of(found["number"]) if found else None,
        number_words=(number or blank).value() if number or blank else None,  # type: ignore[union-attr]
        date=day_of(day.text) if day else None,
        month=_month(day.text) if day else None,
        date_words=day.value() if day else None,
        place=place,
        issuer=_issuer_name(issuer.text, place) if issuer else None,
        issuer_words=issuer.value() if issuer else None,
        title=title.text if title else None,
        title_words=title.value() if title else None,
    )


def _find(
    lines: list[Words], pattern: re.Pattern[str], whole: bool = False
) -> tuple[int, Words, int] | None:
    """The first line that the pattern fits, or else the first two or three lines that it fits together (a narrow
    column wraps "QUYẾT / ĐỊNH" and "Hà Nội, ngày / 24 tháng 11 năm 2025"): position, words, number of lines.
    """
    for taken in (1, 2, 3):
        for i in range(len(lines) - taken + 1):
            words = Words.join(lines[i : i + taken], " ")
            if pattern.fullmatch(words.text) if whole else pattern.match(words.text):
                return i, words, taken
    return None


def _first(lines: list[Words], pattern: re.Pattern[str]) -> Words | None:
    """The words that `_find` finds, with the line before where a place's name begins there ("Thành phố Hồ / Chí Minh, ngày …")."""
    found = _find(lines, pattern)
    if found is None:
        return None
    position, words, _ = found
    before = lines[position - 1] if position else None
    if pattern is _DATE and before and _goes_on(before, words):
        whole = Words.join([before, words], " ")
        return whole if pattern.match(whole.text) else words
    return words


def _goes_on(line: Words, following: Words) -> bool:
    between = line.source[line.at[-1] + 1 : following.at[0]]
    return between in ("\n", " \n") and not re.search(r"[,;:/]|phúc|NAM$", line.text)


def _month(text: str) -> str | None:
    match = _DATE.match(text)
    if not match:
        return None
    return f"{match['year']}-{int(match['month']):02}" if match["month"] else match["year"]


def _title_and_issuer(lines: list[Words]) -> tuple[Words | None, Words | None]:
    """The lines up to the issuer in capitals or the first basis are the title."""
    ends = re.compile(
        rf"^(?:{one_of(load('documents')['cues'])})\s|^Điều\s+1\b|^[IVX]+\.\s|^QUYẾT ĐỊNH\s*:"
    )
    title: list[Words] = []
    for line in lines:
        if _ISSUER.match(line.text) and title:
            return Words.join(title, " "), line
        if ends.match(line.text):
            break
        title.append(line)
    return (Words.join(title, " ") if title else None), None


def _issuer_name(text: str, place: str | None) -> str:
    """The issuer in normal case, with its place: CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ -> Chủ tịch Ủy ban nhân dân thành phố Chí Linh."""
    words = text.lower()
    for proper in load("issuers")["proper"]:
        words = re.sub(rf"(?<!\w){re.escape(proper.lower())}(?!\w)", proper, words)
    words = words[:1].upper() + words[1:]
    match = re.search(
        r"(?:thành phố|tỉnh|huyện|quận|thị xã|xã|phường)(?P<name>(?:\s+\S+)*)$", words
    )
    if match and match["name"]:
        return words[: match.start("name")] + match["name"].title()
    return f"{words} {place}" if match and place else words


def read_annex(paragraphs: list[Words]) -> Annex | None:
    """The plan annexed to a decision: the heading KẾ HOẠCH, its title, up to "(Ban hành kèm theo …)"; `paragraphs`
    are the cleaned lines after the articles.
    """
    for i, line in enumerate(paragraphs):
        if _kind().fullmatch(line.text) and line.text != "QUYẾT ĐỊNH":
            title: list[Words] = []
            for following in paragraphs[i + 1 : i + 12]:
                if _ANNEX_REFERENCE.match(following.text) or re.match(
                    r"^[IVX]+\.|^\d+\.", following.text
                ):
                    break
                title.append(following)
            if title:
                whole = Words.join(title, " ")
                return Annex(line.text.capitalize(), whole.text, _both(line, whole))
    return None


def _both(first: Words, second: Words) -> Value:
    return Words.join([first, second], " ").value()
