"""The heading of a document: kind, number, date, place, issuer, title.

Layout by Nghị định 30/2020/NĐ-CP, Phụ lục I: number top left ("Số: 2820/QĐ-UBND"), place and date top right ("Chí Linh,
ngày … tháng 02 năm 2023"), then kind, title and, in a decision, the issuer in capitals.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from cancu.loaders.blocks import Block, Paragraph, clean_lines
from cancu.loaders.citations import NUMBER, any_kind, number_of
from cancu.loaders.dates import DAY, day_of
from cancu.loaders.errors import NotAPlan
from cancu.loaders.patterns import load, one_of
from cancu.loaders.plan import Annex, Header
from cancu.loaders.words import Value, Words

HEADER_LINES = 80
"""How far down the heading is looked for."""

MOST_WORDS = 40
"""Most words of an issuer's name; a joint circular of six ministries has 33."""

LONGEST_LINE = 2000
"""How much of a line is read: a page that lost its line ends has letterhead, title and first bases in so many characters."""

_NUMBER = re.compile(
    rf"^(?:Số\s*:?|[A-ZĐ][a-zà-ỹ]+\s+[a-zđà-ỹ]+\s+số\s*:)\s*(?P<number>{NUMBER})(?=\s|$|V/v|[,;.])"
)
_BLANK_NUMBER = re.compile(r"^Số\s*:?\s*[…._ ]*(?P<rest>[/-]\s?[A-ZĐ].*)?$")
_BLANK_BESIDE = re.compile(r"^Số\s*:?\s*[…._ ]*[/-]\s?[A-ZĐ][\w/-]*(?=\s+\S)")
"""A blank number with the date beside it."""

_DATE = re.compile(
    r"^(?:(?P<place>(?:Quận|Phường|Q\.|P\.)\s*\d{1,2}|[^,;:|\d]{2,60}?)(?:\s*,)?\s*)?[Nn]gày\s*(?P<day>\d{0,2})[\s….…_]*(?:tháng|/)\s*(?P<month>\d{0,2})[\s….…_]*(?:năm|/)\s*(?P<year>\d{0,4})"
)
_PLACE_BEGINS = re.compile(
    r"(?:Quận|Phường)\s\d{1,2}|(?:(?:Thành phố|Thị xã|TP\.?|[A-ZĐÀ-Ỹ][a-zđà-ỹ]+)\s?){1,4}"
)
_MOTTO = re.compile(
    r"^(?:C[ỘO]NG|H[ÒO][AÀ]\s+XÃ|(?:HỘI\s+)?CHỦ\s+NGHĨA|Độc\s+lập|Tự\s+do|Hạnh\s+[Pp]húc|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|DỰ\s+THẢO|[-–_*=\s.|]+$)"
)
_COLUMNS = re.compile(
    r"\s*\|\s*|\s+(?=C[ỘO]NG\s+H[ÒO][AÀ]\s+XÃ)|(?<=NAM)\s+(?=Độc\s+lập)|\s+(?=Độc\s+lập\s*[-–—])|(?<=[Hh]ạnh [Pp]húc)\s+(?=\S)|(?<=\S)\s+(?=ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM)|(?<=\S)\s+(?=ĐOÀN\s+TNCS\s+HỒ\s+CHÍ\s+MINH$)|(?<=[a-zA-Z])(?=V/v\s)|\s+(?=V/v\s)|(?<=\d{4})\s+(?=(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|KẾ HOẠCH|CHỈ THỊ)\s)"
)
"""Where a line runs two columns of the letterhead together."""

_ISSUER = re.compile(
    r"^(?:(?:PHÓ\s+)?CHỦ\s+TỊCH|[ỦU][ỷỶYÝ]?\s*BAN|UBND|HĐND|HỘI\s+ĐỒNG|(?:PHÓ\s+)?THỦ\s+TƯỚNG|CHÍNH\s+PHỦ|QUỐC\s+HỘI|BỘ|(?:PHÓ\s+)?(?:TỔNG\s+)?GIÁM\s+ĐỐC|(?:TỔNG\s+)?CỤC|CHI\s+CỤC|BAN(?!\s+HÀNH)|THANH\s+TRA|SỞ|PHÒNG|VĂN\s+PHÒNG|TRUNG\s+TÂM|NGÂN\s+HÀNG|TỈNH\s+[ỦU][ỷỶY]|THÀNH\s+[ỦU][ỷỶY]|HUYỆN\s+[ỦU][ỷỶY]|ĐẢNG\s+[ỦU][ỷỶY]|VIỆN|TÒA\s+ÁN|KIỂM\s+TOÁN|ĐẠI\s+HỌC|TRƯỜNG|CÔNG\s+AN|BẢO\s+HIỂM|LIÊN\s+ĐOÀN|ĐOÀN|THƯỜNG\s+TRỰC|HIỆU\s+TRƯỞNG|CHÁNH|Y\s+BAN|Ủ\s+Y\s+BAN)(?!\w)"
)
_LETTERHEAD = re.compile(
    rf"{_ISSUER.pattern}|^(?:(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|TRUNG\s+ƯƠNG)\s+ĐOÀN|TỔNG\s+LIÊN\s+ĐOÀN|HỘI|MẶT\s+TRẬN|HỌC\s+VIỆN|KHO\s+BẠC|TẬP\s+ĐOÀN|TỔNG\s+CÔNG\s+TY|CÔNG\s+TY|BỆNH\s+VIỆN|ĐÀI|BÁO)(?!\w)"
)
"""What a letterhead's body begins with; some of these words begin a line of a title as well."""

_OF_WHOM = re.compile(r"BAN (?:THƯỜNG (?:TRỰC|VỤ)|CHẤP HÀNH|BÍ THƯ|TỔ CHỨC)|VĂN PHÒNG|THƯỜNG TRỰC")
"""A body that every party committee, union or people's committee has: the one above says whose."""

_UNION = re.compile(r"ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)\s+HỒ\s+CHÍ\s+MINH")
"""What stands at the right of a letterhead of the Youth Union, where the motto stands elsewhere."""

_ASIDE = re.compile(r"^(?:\(?\s*(?:KHÓA|KHOÁ|KỲ\s+HỌP|NHIỆM\s+KỲ)|\(Kỳ)", re.IGNORECASE)
_PROSE = re.compile(
    r"^(?:Trong|Để|Ngày|Thời gian|Nhằm|Những năm|Năm|Qua|Hiện nay|Vừa qua|Kính gửi)\b"
)
_TOLD_IN_TITLE = re.compile(
    rf"CỦA\s+(?P<issuer>[^\d]{{3,80}}?)\s+SỐ\s*:?\s*(?P<number>{NUMBER})(?:\s*,)?\s*(?P<date>NGÀY\s+\d{{1,2}}\s+THÁNG\s+\d{{1,2}}\s+NĂM\s+\d{{4}})"
)
"""Issuer, number and date inside the title, as some collections print it ("CHỈ THỊ CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ … NGÀY …")."""


_LEVEL_WORDS = frozenset(["tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "trấn", "phường"])

_CHAIR = re.compile(
    r"(?:^|[,.;:]\s)(?P<who>Chủ\s+tịch\s+(?:UBND|[ỦU][ỷy]\s+ban\s+nhân\s+dân)\s+(?P<level>tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường))(?:\s+[A-ZĐÀ-Ỹ]\w+){0,4}\s+(?:yêu\s+cầu|chỉ\s+thị)\b"
)
_BODY = re.compile(
    r"^Điều\s+1\b|^(?!V/v)[IVX]+\s*[.)/-]|^1\s*[.)]|^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:|^(?:Phần|PHẦN|Chương|CHƯƠNG)\s|^Kính gửi|^(?:CÁC\s+)?CĂN\s+CỨ"
)
_ANNEX_REFERENCE = re.compile(r"^\(?\s*(?:Ban hành\s+)?[Kk]èm theo")
_CAPTION = re.compile(
    rf"[Kk]èm\s+theo\s+(?:{{kind}})\s+số\s*:?\s*(?P<number>{NUMBER})(?:\s*,)?\s*(?P<date>{DAY})?".replace(
        "{kind}",
        "Quyết định|Nghị quyết|Thông tư|Kế hoạch|Công văn|Nghị định|Văn bản|Tờ trình|Chỉ thị",
    )
)

_ANNEXED = re.compile(
    r"^\(?\s*(?:Ban hành\s+)?[Kk]èm theo\s+(?P<kind>Quyết định|Nghị quyết|Kế hoạch|Chương trình|Công văn|Chỉ thị|Thông báo)\s+số\b"
)
"""The same where the number may not have been filled in."""


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(load('documents')['headings'])})")


def heading_lines(blocks: Sequence[Block]) -> list[Words]:
    """The document's first lines; the letterhead often stands in a table, whose cells are read one after the other."""
    lines: list[Words] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += clean_lines(block.words)
        else:
            lines += [
                line for row in block.rows for cell in row if cell for line in clean_lines(cell)
            ]
        if len(lines) >= HEADER_LINES:
            break
    return lines[:HEADER_LINES]


def read_header(lines: list[Words]) -> Header:
    """The heading, from the document's first cleaned lines.

    Raises:
        NotAPlan: no line names a kind of document, nor is it a letter ("V/v …", "Kính gửi").
    """
    lines = [part for line in lines for part in _columns(line[:LONGEST_LINE])]
    found = _find_kind(lines)
    if found is None:
        raise NotAPlan(
            "Không thấy tên loại văn bản (QUYẾT ĐỊNH, KẾ HOẠCH, NGHỊ QUYẾT …); tệp này có thể không phải văn bản hành chính.",
            "No line names a kind of document (QUYẾT ĐỊNH, KẾ HOẠCH, NGHỊ QUYẾT …); this may not be an administrative document.",
        )
    kind, kind_words, at, rest = found
    above = [line for i, line in enumerate(lines[:at]) if not _is_motto(lines, i)]
    number, blank, day = (_first(above, p) for p in (_NUMBER, _BLANK_NUMBER, _DATE))
    if not (number or blank or day):
        below = [line for line in rest[:12] if _is_number_or_date(line.text)]
        number, day = _first(below, _NUMBER), _first(below, _DATE)
        rest = [line for line in rest if line not in below]
    caption = None if number or blank or day else _caption(lines)
    title, issuer = _title_and_issuer(rest, kind.upper())
    told = _TOLD_IN_TITLE.match(title.text) if title and not (number or blank or day) else None
    if told and title:
        caption, issuer = told, issuer or title[told.start("issuer") : told.end("issuer")]
        title = title[told.end() :].strip(" ,.") or None
    place = _place(day)
    head = _letterhead(above)
    name, said = _issuer(kind, issuer, head, place, lines)
    read = _NUMBER.match(number.text) if number else None
    return Header(
        kind=kind,
        kind_words=kind_words.value(),
        number=number_of(read["number"])
        if read
        else number_of(caption["number"])
        if caption
        else None,
        number_words=(number or blank).value() if number or blank else None,  # type: ignore[union-attr]
        date=day_of(day.text) if day else day_of(caption["date"]) if caption else None,
        month=_month(day.text) if day else None,
        date_words=day.value() if day else None,
        place=place,
        issuer=name,
        issuer_words=said,
        title=title.text if title else None,
        title_words=title.value() if title else None,
    )


def _issuer(
    kind: str, titled: Words | None, head: list[Words], place: str | None, lines: list[Words]
) -> tuple[str | None, Value | None]:
    """The issuer's name and its words: of the title, or of the letterhead; in a directive whose text says that the
    chairman demands, it is the chairman.
    """
    chair = _chair(kind, head, lines) if head and not titled else None
    if titled:
        name, said = _issuer_name(titled.text, place, head), titled.value()
    elif chair:
        level = re.sub(r"^\D*?(?:UBND|dân)\s", "", chair.text)
        body = "UBND" if head[0].text.startswith("UBND") else "Ủy ban nhân dân"
        name = _issuer_name(f"Chủ tịch {body} {level}", place, head)
        spans = Words.join(head, " ").spans()
        said = Value(chair.text, (*spans, *chair.spans()))
    elif head:
        name, said = _letterhead_name(head, place) or "", Words.join(head, " ").value()
    else:
        return None, None
    return _as_in_text(name, [line.text for line in lines if not line.text.isupper()]), said


def _chair(kind: str, head: list[Words], lines: list[Words]) -> Words | None:
    """The chairman who demands in a directive with a committee's letterhead (Nghị định 30/2020/NĐ-CP names the issuer under
    the title of a decision only), if he is of that committee's level.
    """
    if kind != "Chỉ thị":
        return None
    text = Words.join(lines, " ")
    said = _CHAIR.search(text.text)
    own = re.search(r"TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG", head[-1].text)
    if not said or (own and own.group() != said["level"].upper()):
        return None
    return text[said.start("who") : said.end("who")]


def _as_in_text(name: str, lines: list[str]) -> str:
    """The name with the capitals that the document's own text gives it: the longest words of it that stand there, in their
    most usual writing ("CỤC THUẾ TP HÀ NỘI" is "Cục Thuế TP Hà Nội" to its own letters).
    """
    text = " ".join(" ".join(lines).split())
    words = name.split()
    if len(words) > MOST_WORDS or len(text.lower()) != len(text):
        return name
    return " ".join(_written(words, text, text.lower()))


def _written(words: list[str], text: str, folded: str) -> list[str]:
    for length in range(len(words), 1, -1):
        for start in range(len(words) - length + 1):
            part, end = words[start : start + length], start + length
            found = Counter(_occurrences(" ".join(part).lower(), text, folded))
            if found:
                usual = found.most_common(1)[0][0].split()
                kept = [
                    w if w[0].isupper() or w in _LEVEL_WORDS else u
                    for w, u in zip(part, usual, strict=True)
                ]
                before, after = words[:start], words[end:]
                return [
                    *_written(before, text, folded), *kept, *_written(after, text, folded)
                ]  # fmt: skip
    return words


def _occurrences(phrase: str, text: str, folded: str) -> Iterator[str]:
    """The places of `text` that are `phrase` but for capitals, as whole words and not all in capitals."""
    at = folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        whole = not folded[at - 1 : at].isalnum() and not folded[end : end + 1].isalnum()
        if whole and not text[at:end].isupper():
            yield text[at:end]
        at = folded.find(phrase, end)


def _is_number_or_date(text: str) -> bool:
    """Whether a line is a number, or place and date, and nothing else (some pages put them under the title)."""
    day = _DATE.fullmatch(text)
    placed = day and day["place"] and _PLACE_BEGINS.fullmatch(day["place"])
    number = _NUMBER.match(text)
    return bool(placed or (number and number.end() == len(text)))


def _is_motto(lines: list[Words], i: int) -> bool:
    """Whether the line belongs to the motto; "VIỆT NAM" alone does where the motto stands before it."""
    wrapped = lines[i].text == "VIỆT NAM" and i > 0 and _MOTTO.match(lines[i - 1].text)
    return bool(_MOTTO.match(lines[i].text) or wrapped)


def _columns(line: Words) -> Iterator[Words]:
    """The line, or the two columns of the letterhead that stand on it."""
    for part in line.split(_COLUMNS):
        number = _NUMBER.match(part.text) or _BLANK_BESIDE.match(part.text)
        if (
            number
            and part.text[number.end() :].strip()
            and _DATE.search(part.text[number.end() :].strip())
        ):
            yield part[: number.end()]
            yield part[number.end() :].strip(" ,;")
        else:
            yield part


def _find_kind(lines: list[Words]) -> tuple[str, Words, int, list[Words]] | None:
    """The kind, its words, the line where it stands, and the lines after it; a kind line under the motto before any other,
    then one that goes on with the title, then a letter, then the abbreviation in the number ("QĐ").
    """
    bases = next((i for i, line in enumerate(lines) if re.match(r"^Căn\s+cứ\s", line.text)), None)
    lines, every = lines[:bases], lines
    motto = next(
        (i for i, line in enumerate(lines) if _MOTTO.match(line.text) and line.text[:1].isalpha()),
        0,
    )
    for begin in dict.fromkeys((motto, 0)):
        for taken in (1, 2, 3):
            for i in range(begin, len(lines) - taken + 1):
                words = Words.join(lines[i : i + taken], " ")
                kind = _kind_of(words.text)
                if kind and not (begin == motto and _inside_title(lines, i, begin)):
                    return kind, words, i, every[i + taken :]
        for i in range(begin, len(lines)):
            opened = re.match(rf"(?:{_kind().pattern})(?=\s+\S)", lines[i].text)
            if opened and (begin or i == 0) and _number_above(lines[:i]):
                words = lines[i][: opened.end()]
                return (
                    _name(words.text),
                    words,
                    i,
                    [lines[i][opened.end() :].strip(), *every[i + 1 :]],
                )
    return _find_letter(lines) or _find_by_number(every) or _find_annexed(every)


def _inside_title(lines: list[Words], at: int, begin: int) -> bool:
    """Whether a line that opens with a kind stands above ("KẾ HOẠCH TRIỂN KHAI …"), so that this one is no heading."""
    return any(
        re.match(rf"(?:{_kind().pattern})\s+\S", line.text)
        and line.text.isupper()
        and _number_above(lines[begin:i])
        for i, line in enumerate(lines[begin:at], begin)
    )


def _number_above(lines: list[Words]) -> bool:
    return any(re.match(r"^Số\b", line.text) for line in lines)


def _kind_of(text: str) -> str | None:
    """The kind that a line names and nothing else, spaced ("Q U Y Ế T  Đ Ị N H") or not."""
    if not text.isupper() or len(text) > 60:
        return None
    letters = re.sub(r"\W", "", text)
    if re.search(r"[^\w\s*.]", text):
        return None
    return next(
        (_name(k) for k in load("documents")["headings"] if re.sub(r"\s", "", k) == letters), None
    )


def _name(kind: str) -> str:
    return re.sub(r"\s+", " ", kind).capitalize()


def _find_letter(lines: list[Words]) -> tuple[str, Words, int, list[Words]] | None:
    """A công văn has no kind line (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.5): "V/v …" under its number, "Kính gửi" above its text."""
    to = next((i for i, line in enumerate(lines) if re.match(r"^Kính gửi\b", line.text)), None)
    about = next((i for i, line in enumerate(lines) if re.match(r"^V/v\s", line.text)), None)
    official = about is not None or any(_NUMBER.match(line.text) for line in lines[:to])
    if not official and not _caption(lines):
        return None
    if to is None and about is None:
        return None
    at = to if to is not None else (about or 0) + 1
    title = [lines[about]] if about is not None and about < at else []
    if title and about is not None and at - about > 1:
        title += [
            line
            for line in lines[about + 1 : at]
            if not (
                _DATE.match(line.text)
                or _MOTTO.match(line.text)
                or line.text.isupper()
                or _NUMBER.match(line.text)
            )
        ][:2]
    words = title[0] if title else lines[at]
    return "Công văn", words, at, title


def _find_by_number(lines: list[Words]) -> tuple[str, Words, int, list[Words]] | None:
    """The kind by the abbreviation in the number, where the line that names it was lost."""
    for i, line in enumerate(lines):
        number = _NUMBER.match(line.text)
        code = (
            re.match(r"[\d./]+[a-z]?[/-](?P<code>[A-Za-zĐ]+)", number_of(number["number"]))
            if number
            else None
        )
        kind = load("documents")["abbreviations"].get(code["code"]) if code else None
        if number and kind:
            rest = lines[i + 1 :]
            after = next((j for j, each in enumerate(rest[:4]) if _DATE.match(each.text)), -1)
            return kind, line, i + 2 + after, rest[after + 1 :]
    return None


def _find_annexed(lines: list[Words]) -> tuple[str, Words, int, list[Words]] | None:
    """The kind by the caption of an annex that came without its document: "(Kèm theo Kế hoạch số … của …)"; its title stands above."""
    for i in range(min(20, len(lines))):
        line = Words.join(lines[i : i + 3], " ")
        match = _ANNEXED.match(line.text)
        if match and i:
            return match["kind"], line[match.start("kind") : match.end("kind")], i, lines[:i]
    return None


def _caption(lines: list[Words]) -> re.Match[str] | None:
    """The caption of an annex ("Kèm theo Quyết định số … ngày …"): all there is where a plan was cut off from its decision."""
    for taken in (1, 2, 3):
        for i in range(min(20, len(lines) - taken + 1)):
            match = _CAPTION.search(Words.join(lines[i : i + taken], " ").text)
            if match and (match["date"] or taken == 3):
                return match
    letter = re.compile(
        rf"^(?:{any_kind()})\s+số\s*:?\s*(?P<number>{NUMBER})(?:\s*,)?\s*(?P<date>{DAY})?"
    )
    return next(
        (m for m in (letter.match(line.text) for line in lines[:6]) if m and m["date"]), None
    )


def _find(lines: list[Words], pattern: re.Pattern[str]) -> tuple[int, Words, int] | None:
    """The first line that the pattern fits, or else the first two or three lines that it fits together (a narrow
    column wraps "Hà Nội, ngày / 24 tháng 11 năm 2025"): position, words, number of lines.
    """
    for taken in (1, 2, 3):
        for i in range(len(lines) - taken + 1):
            words = Words.join(lines[i : i + taken], " ")
            match = pattern.match(words.text)
            if match:
                return i, words[: match.end()], taken
    return None


def _first(lines: list[Words], pattern: re.Pattern[str]) -> Words | None:
    """The words that `_find` finds, with the line before where a place's name begins there ("Thành phố Hồ / Chí Minh, ngày …")."""
    found = _find(lines, pattern)
    if found is None:
        return None
    position, words, _ = found
    before = lines[position - 1] if position else None
    if (
        pattern is _DATE
        and before
        and _PLACE_BEGINS.fullmatch(before.text)
        and not words.text.startswith("TP")
    ):
        whole = Words.join([before, words], " ")
        return whole if pattern.match(whole.text) else words
    return words


def _place(day: Words | None) -> str | None:
    match = _DATE.match(day.text) if day else None
    return match["place"] if match else None


def _month(text: str) -> str | None:
    match = _DATE.match(text)
    if not match or len(match["year"]) != 4:
        return None
    return f"{match['year']}-{int(match['month']):02}" if match["month"] else match["year"]


def _title_and_issuer(lines: list[Words], kind: str) -> tuple[Words | None, Words | None]:
    """The lines after the kind: the title, and in a decision or resolution the issuer in capitals under it."""
    lines = [line for line in lines if not re.fullmatch(r"[-–_*=.\s]+", line.text)]
    head = _until_body(lines)
    issuer: Words | None = None
    if kind in load("documents")["signed_under_title"]:
        at = next(
            (i for i in range(len(head) - 1, -1, -1) if _ISSUER.match(head[i].text) and head[i].text.isupper()
             and not (i and re.search(r"(?:,|\b(?:CỦA|VÀ|CÁC|DO|TẠI|GIỮA|VỚI|CHO|THUỘC|GIAO))$", head[i - 1].text))),
            None,
        )  # fmt: skip
        if (
            at is not None
            and (at or kind != "QUY ĐỊNH")
            and all(line.text.isupper() or _ASIDE.match(line.text) for line in head[at:])
        ):
            parts = [line for line in head[at:] if not _ASIDE.match(line.text)]
            issuer, head = Words.join(parts, " "), head[:at]
            aside = re.search(r"\s+(?:KHÓA|KHOÁ)\s", issuer.text)
            issuer = issuer[: aside.start()].strip(" ,") if aside else issuer
    title = [line for line in head if not _ANNEX_REFERENCE.match(line.text)]
    return (Words.join(title, " ") if title else None), issuer


def _until_body(lines: list[Words]) -> list[Words]:
    """The lines of the title and the issuer: up to the first basis, article, section or sentence."""
    cue = re.compile(rf"^(?:[-–+•]\s*)?(?:{one_of(load('documents')['cues'])})(?=\s|$)|^Căn$")
    capitals = bool(lines) and lines[0].text.isupper()
    head: list[Words] = []
    for i, line in enumerate(lines):
        if _BODY.match(line.text) or (head and _PROSE.match(line.text)):
            break
        if (
            cue.match(line.text)
            and not line.text.isupper()
            and not (i == 0 and _is_title(lines, cue))
        ):
            break
        if (
            head
            and capitals
            and line.text != line.text.upper()
            and not re.match(r"^[(“\"]", line.text)
        ):
            after = line.text[:1].islower() and len(line.text) < 60
            if not after:
                break
        if (
            head
            and _parted(head[-1], line)
            and not line.text.isupper()
            and (len(line.text) > 90 or re.search(r"[.;:]$", line.text))
        ):
            break
        head.append(line)
    return head


def _is_title(lines: list[Words], cue: re.Pattern[str]) -> bool:
    """Whether the first line under the kind is a title though it opens like a basis ("Triển khai thực hiện Nghị quyết …"): its
    paragraph has no closing mark, and the bases follow.
    """
    if lines[0].text.startswith("Căn"):
        return False
    end = next((i for i in range(1, len(lines)) if _parted(lines[i - 1], lines[i])), len(lines))
    return end <= 6 and end < len(lines) and not re.search(r"[;:.,]$", lines[end - 1].text)


def _parted(before: Words, line: Words) -> bool:
    return bool(re.search(r"\n\s*\n", line.source[before.at[-1] + 1 : line.at[0]]))


def _letterhead(above: list[Words]) -> list[Words]:
    """The lines in capitals that name the issuing body: from the last that begins a body's name, with what continues it."""
    end = next(
        (
            i
            for opens in (r"^Số\b(?!\s+(?:hiệu|công|ký))|^V/v\b", _DATE.pattern)
            for i, line in enumerate(above)
            if re.match(opens, line.text)
        ),
        len(above),
    )
    lines = [
        line for line in above[:end]
        if line.text.isupper() and len(line.text) < 100 and not re.search(r"[:;?!@]|\d{3}", line.text)
    ]  # fmt: skip
    union = [line for line in lines if _UNION.fullmatch(line.text)]
    lines = [line for line in lines if line not in union][-4:]
    first = next(
        (i for i, line in enumerate(lines) if _LETTERHEAD.match(line.text) or _broken(lines, i)),
        None,
    )
    head = lines[first:] if first is not None else []
    if union and [line.text for line in head] == ["BAN CHẤP HÀNH TRUNG ƯƠNG"]:
        return [Words.join([*head, union[0]], " ")]
    return head


def _broken(lines: list[Words], i: int) -> bool:
    """Whether a body's name begins at line `i` and goes on in the next ("ỦY / BAN NHÂN DÂN")."""
    return i + 1 < len(lines) and bool(_LETTERHEAD.match(f"{lines[i].text} {lines[i + 1].text}"))


def _letterhead_name(head: list[Words], place: str | None) -> str | None:
    """The body that issues, of a letterhead that may name the body above it first ("UBND TỈNH LẠNG SƠN / SỞ NỘI VỤ")."""
    if not head:
        return None
    text = " ".join(line.text for line in head)
    starts = [0]
    for i in range(1, len(head)):
        joined = f"{head[i - 1].text} {head[i].text}"
        if _LETTERHEAD.match(head[i].text) and not (
            i == 1 and not _LETTERHEAD.match(head[0].text) and _LETTERHEAD.match(joined)
        ):
            starts.append(i)
    last = starts[-1]
    own = " ".join(line.text for line in head[last:])
    above = " ".join(line.text for line in head[:last])
    if above and _OF_WHOM.fullmatch(own):
        own = f"{own} {above}"
    elif (
        above
        and not own.startswith("TRƯỜNG")
        and not re.search(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ XÃ)\s", own)
    ):
        whose = re.search(r"\b(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG)\s.+$", above)
        if whose:
            own = f"{own} {whose.group()}"
    return _issuer_name(own or text, place, [])


def _issuer_name(text: str, place: str | None, head: list[Words]) -> str:
    """The issuer in normal case, with its place: CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ -> Chủ tịch Ủy ban nhân dân thành phố Chí Linh."""
    words = re.sub(r"\s+", " ", text).lower()
    words = re.sub(r"^(?:uỷ|y|ủ y) ban", "ủy ban", words)
    words = re.sub(r"uỷ ban", "ủy ban", words)
    for proper in sorted(load("issuers")["proper"], key=len):
        words = re.sub(rf"(?i)(?<!\w){re.escape(proper)}(?!\w)", proper, words)
    words = words.replace("ủy ban", "Ủy ban")
    for short in load("issuers")["acronyms"]:
        words = re.sub(rf"(?i)(?<!\w){short}(?!\w)", short, words)
    words = re.sub(
        r"(?<=^trường )(THCS|THPT|tiểu học|mầm non|mẫu giáo) (\D+)$",
        lambda m: f"{m[1][0].upper()}{m[1][1:]} {m[2].title()}",
        words,
    )
    words = words[:1].upper() + words[1:]
    place_at = re.compile(
        r"(?:(?<!\w)thành phố|tỉnh|huyện|quận|thị xã|thị trấn|đặc khu|xã|phường)(?!\w)(?! ủy)"
    )
    committee = re.match(r"((?:Ban Thường vụ )?(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy) (\w.*)$", words)
    if committee:
        return f"{committee[1]} {committee[2].title()}"
    whole = [m for m in place_at.finditer(words) if not re.match(r" hội\b", words[m.end() :])]
    if not whole:
        return words
    first = whole[0]
    named = words[first.end() :].strip()
    if named:
        return words[: first.start()] + _places(words[first.start() :])
    wanted = re.compile(rf"(?i)\b{first.group()}\s+(?P<name>.+)$")
    letterhead = " ".join(line.text for line in head)
    known = wanted.search(letterhead)
    name = known["name"].title() if known else place
    if not name or re.match(rf"(?i){first.group()}\b", name):
        return f"{words[: first.start()]}{name or first.group()}" if name else words
    return f"{words} {name}"


def _places(text: str) -> str:
    """Names of places in title case, what kind of place they are in lower case."""
    parts = re.split(
        r"((?:thành phố|tỉnh|huyện|quận|thị xã|thị trấn|đặc khu|xã|phường)(?!\w))", text
    )
    return "".join(part if i % 2 else part.title() for i, part in enumerate(parts))


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
