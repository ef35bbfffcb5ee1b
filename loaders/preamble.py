"""The preamble: what a document says it rests on, and on whose proposal it was made.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the bases stand under the title, one a line, each closed by ";". In practice also: several in one
sentence ("Thực hiện …; …, UBND tỉnh ban hành Kế hoạch …"), a list under "Căn cứ:", and lists that say the kind or issuer once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from cancu.loaders.citations import (
    NO_LEAD,
    NUMBER,
    SAID,
    Citation,
    Lead,
    any_kind,
    named_kind,
    pattern,
    read_citation,
    singular,
)
from cancu.loaders.dates import DAY, WHEN
from cancu.loaders.patterns import load, one_of
from cancu.loaders.words import Value, Words

_BODY_STARTS = re.compile(
    r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)\s*:|^Điều\s+1\b|^(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVX\d]|thứ|THỨ)|^(?:I|A|1)\s*[.)/-]+\s|^(?:II|B)\s*[.)/-]+\s|^Nơi nhận"
)
_VERDICT = re.compile(r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)$")
"""The same without its colon: the kind of the document where it stands above the bases."""

LONGEST = 200
"""Most lines of one paragraph of a preamble; the longest seen has 60."""

LONGEST_SUBJECT = 600
"""How far a list is looked into, to see what follows "," or "và"."""

_RUN_TOGETHER = re.compile(
    r"(?<=[A-ZĐÀ-Ỹ]{2})\s+(?=Căn\s+cứ\s+[A-ZĐ])|(?<=[,;.])\s+(?=(?:QUYẾT\s+ĐỊNH|QUYẾT\s+NGHỊ)\s*:)|(?<=;)\s+(?=(?:Theo|Xét)\s+đề\s+nghị\s)"
)
_BULLET = re.compile(r"^(?:[-–+•*●]|\d{1,2}\s*[.)]|[a-zđ]\))\s*")
_SAME_DAY = re.compile(rf"{NUMBER}\s*,?\s*cùng\s+ngày\s")
"""What gives the day of the document before as well: "Quyết định số 10/QĐ-UBND và số 11/QĐ-UBND cùng ngày 01/02/2024"."""

_PART = r"(?:(?:khoản|Khoản|điểm|Điểm|điều|Điều)\s+[\dIVXa-zđ]{1,4}(?:\s*,)?\s*(?:của\s+)?){1,3}"
"""Which part of the document that follows: "Điều 2 Quyết định …"."""

_CLOSED = re.compile(r"[;.:,]$")
_ABBREVIATED = re.compile(r"(?:\bTP|\bTp|\bTX|\bTT|\bv\.v|\bT\.Ư|\bTS|\bGS)$")


@dataclass(frozen=True, slots=True)
class _Unit:
    """The lines of one paragraph of the preamble; `cue` is the heading that it stands under, where it has no cue of its own."""

    lines: list[Words]
    cue: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where one basis stands in its paragraph. `joined` says that "," or "và" ties it to the one before."""

    start: int
    end: int
    cue: str
    joined: bool
    lead: Lead


def read_preamble(lines: list[Words]) -> tuple[list[Citation], Value | None]:
    """The bases and the proposer: paragraphs from a line that opens with a cue to the next one, before the body."""
    proposing = re.compile(rf"^(?:{one_of(load('documents')['proposer'])})(?!\w)\s*")
    bases: list[Citation] = []
    proposer: Value | None = None
    for unit in _units(lines):
        paragraph = Words.join(unit.lines, " ")[: 100 * LONGEST]
        match = proposing.match(paragraph.text)
        if match:
            proposer = proposer or paragraph[match.end() :].strip(" .;,").value()
        else:
            bases.extend(find_bases(paragraph, unit.cue))
    return bases, proposer


def _units(lines: list[Words]) -> Iterator[_Unit]:
    # One in capitals is not read, but it is no part of the one above either.
    cues = [*load("documents")["cues"], "CĂN CỨ"]
    opens = re.compile(rf"^(?:{one_of(cues)})(?=\s|$|{any_kind()})")
    listing, acting = pattern("listing"), pattern("acting")
    listed = re.compile(rf"^(?:{any_kind()})(?=\s)")
    unit: _Unit | None = None
    heading = ""
    before: Words | None = None
    for line in _whole_cues(
        list(_separate(lines)), [*load("documents")["cues"], *load("documents")["proposer"]]
    ):
        bullet = _BULLET.match(line.text)
        bare = line[bullet.end() :] if bullet else line
        if listing.match(line.text):
            if unit:
                yield unit
            unit, heading = None, "Căn cứ"
        elif heading and (bullet or _ends(before)) and listed.match(bare.text):
            if unit:
                yield unit
            unit = _Unit([bare], heading)
        elif (unit and _VERDICT.match(line.text)) or (
            _BODY_STARTS.match(line.text) and not (heading and opens.match(bare.text))
        ):
            break
        elif opens.match(bare.text) and (
            unit is None or bare.text.startswith(("Căn", "CĂN")) or _parted(before, line)
        ):
            if unit:
                yield unit
            unit = _Unit([bare], "")
        elif unit and len(unit.lines) < LONGEST:
            unit.lines.append(line)
        before = line
        if unit and re.search(r"[:.]$", line.text) and acting.search(_text(unit)):
            break
    if unit:
        yield unit


def _text(unit: _Unit) -> str:
    return " ".join(line.text for line in unit.lines)


def _ends(line: Words | None) -> bool:
    return line is None or bool(_CLOSED.search(line.text)) or line.text.isupper()


def _parted(before: Words | None, line: Words) -> bool:
    """Whether a paragraph ends between the two lines: by punctuation, or by a blank line."""
    if before is None or _CLOSED.search(before.text):
        return True
    return bool(re.search(r"\n\s*\n", line.source[before.at[-1] + 1 : line.at[0]]))


def _separate(lines: list[Words]) -> Iterator[Words]:
    """The lines, one that runs the heading and the bases together (text copied off a page) cut between them."""
    for line in lines:
        yield from line.split(_RUN_TOGETHER)


def _whole_cues(lines: list[Words], cues: list[str]) -> Iterator[Words]:
    """The lines, one that is only the beginning of a cue ("Căn / cứ Luật …") joined with the next."""
    waiting: Words | None = None
    for line in lines:
        joined = Words.join([waiting, line], " ") if waiting else line
        waiting = joined if any(c.startswith(f"{joined.text} ") for c in cues) else None
        if waiting is None:
            yield joined
    if waiting:
        yield waiting


def find_bases(paragraph: Words, cue: str = "") -> list[Citation]:
    """The bases of one paragraph of the preamble, in order; none if it does not open with a cue and a citation.

    `cue` is the heading under which the paragraph stands in a list; then it opens with the citation itself.
    """
    text = paragraph.text
    start, said_by = 0, None
    if not cue:
        opening = _opening().match(text)
        if not opening or re.match(one_of(load("documents")["proposer"]), text):
            return []
        cue, start = re.sub(r"\s+", " ", opening["cue"]), opening.end()
        body = re.search(
            r"\scủa\s+(?P<name>[^;,]{3,80}?)\s+(?:nêu\s+)?(?:tại|trong|theo)\s+(?:các\s+)?$",
            opening.group(),
        )
        said_by = body["name"] if body else None
    text = text[: _end(text, start)]
    bases: list[tuple[_Piece, Citation]] = []
    for piece in _pieces(text, start, cue):
        citation = read_citation(paragraph[piece.start : piece.end], piece.cue, piece.lead)
        if citation and not bases and not citation.issuer:
            citation = replace(citation, issuer=said_by)
        if citation:
            bases.append((piece, citation))
    return _share_predicate(bases, paragraph)


@cache
def _opening() -> re.Pattern[str]:
    """A cue with what may stand between it and the first document."""
    cues, pointing = one_of(load("documents")["cues"]), pattern("pointing").pattern
    return re.compile(rf"(?P<cue>{cues})\s*{pointing}(?=(?:{any_kind()})(?!\w))")


def _end(text: str, start: int) -> int:
    """Where the bases of a paragraph end: the issuing body acts, the sentence ends, or it goes on about something else."""
    ends = [len(text)]
    for name in ("acting", "digression"):
        match = pattern(name).search(text, start)
        while match and (later := pattern(name).search(text, match.start() + 1, match.end())):
            # The one who acts stands next to the verb: "… của Bộ Chính trị, Ban Bí thư về …, Tỉnh ủy ban hành Kế hoạch".
            if not re.search(r"\svề\s", text[match.start() : later.start()]):
                break
            match = later
        ends += [match.start()] if match else []
    for match in re.finditer(r"\.\s+(?=[A-ZĐÀ-ỸƯƠ])", text):
        if match.start() > start and not _ABBREVIATED.search(text[: match.start()]):
            again = _opening().match(text, match.end())
            if not again:
                ends.append(match.start())
                break
    return min(ends)


def _pieces(text: str, start: int, cue: str) -> Iterator[_Piece]:
    """Where each basis begins and ends. It begins after the cue, after ";" (or "." and a new cue), and after "," or "và" when
    an identified document follows that belongs to no list inside the subject of the one before.
    """
    lead, start = _lead(text, start)
    plural = bool(re.search(r"(?:các|những)\s+$", text[:start])) or lead is not NO_LEAD
    breaks = _breaks(plural, lead)
    last, joined, own = start, False, lead
    for match in breaks.finditer(text, start):
        if match.start() < last:
            continue
        before = text[last : match.start()]
        after = text[match.end() : match.end() + LONGEST_SUBJECT]
        if match["soft"] and (
            (match["part"] and re.search(r"(?i)sửa\s+đổi", before))
            or _inside_subject(before, after)
        ):
            continue
        yield _Piece(last, match.start(), cue, joined, own)
        if match["cue"]:
            cue, lead = re.sub(r"\s+", " ", match["cue"]), NO_LEAD
        last, joined = match.end(), bool(match["soft"])
        again, at = _lead(text, last)
        if again is not NO_LEAD:
            lead, last = again, at
        kind = re.match(any_kind(), before)
        if lead is not NO_LEAD or kind:
            own = lead if lead is not NO_LEAD or not kind else Lead(singular(kind.group()))
    yield _Piece(last, len(text), cue, joined, own)


def _lead(text: str, start: int) -> tuple[Lead, int]:
    """What a phrase with a colon says for the whole list after it, and where the list begins: "các Quyết định của Thủ tướng Chính phủ …: "."""
    match = _list_opens().match(text, start)
    if not match or re.search(NUMBER, match["rest"]) or re.search(r"[Ss]ố\s*$", match["rest"]):
        return NO_LEAD, start
    if match["name"] and not re.fullmatch(named_kind(), match["kind"]):
        return NO_LEAD, start
    return Lead(singular(match["kind"]), match["issuer"]), match.end()


@cache
def _list_opens() -> re.Pattern[str]:
    """Words with a colon before a list."""
    return re.compile(
        rf"(?:(?:các|những)\s+)?(?P<kind>{any_kind()})(?:\s+của\s+(?P<issuer>[^;:\d]+?)(?=\s+(?:về|phê\s+duyệt|ban\s+hành|quy\s+định)\s|\s*:))?(?P<rest>[^;:]{{0,160}}?)\s*:\s*[-–]?\s*(?=(?:{any_kind()})\s+(?:{SAID}\s*)?{NUMBER}|(?:{SAID}\s*)?{NUMBER}|(?P<name>[A-ZĐ]))"
    )


@cache
def _breaks(plural: bool, lead: Lead) -> re.Pattern[str]:
    """What stands between two bases. In a list that says the kind once ("các Nghị định số …, …") a number alone opens the next."""
    kind, cues = any_kind(), one_of(load("documents")["cues"])
    lower = one_of([c[:1].lower() + c[1:] for c in load("documents")["cues"]])
    numbered = rf"(?:{kind})(?:\s+(?:kết\s+luận|khẩn|hỏa\s+tốc|chỉ\s+đạo))?\s+(?:của\s+[^;:\d]{{3,90}}?\s)?(?:{SAID}\s*)?:?\s*{NUMBER}"
    law = rf"(?:{named_kind()})\s+(?:(?=[^;]{{0,300}}?(?:{WHEN}|{NUMBER}))|[A-ZĐ])"
    said = rf"(?:{SAID}\s*:?\s*)" + ("?" if plural else "")
    listed = rf"{said}{NUMBER}"
    names = r"|[A-ZĐ]" if lead.kind in load("documents")["named"] else ""
    dated = rf"(?:{kind})\s+[^;]{{0,160}}?{DAY}"
    return re.compile(
        rf"(?:(?P<hard>\s*;\s*(?:và\s+)?)|(?P<soft>\s*,\s*(?:và\s+)?|\s+và\s+)|(?P<stop>\s*\.\s+(?=(?:{cues})\s)|\s*:\s+(?=(?:{kind})\s+(?:{SAID}\s*)?{NUMBER}(?:\s*,)?\s*ngày\s)))"
        rf"(?:[-–+]\s+)?(?:(?P<cue>{cues}|(?<=;\s)(?:{lower}))\s+)?(?P<part>{_PART}(?=(?:{kind})\s))?(?:(?:các|những)\s+(?=(?:{kind})\s))?"
        rf"(?:(?={numbered}|{law}|{listed}{names})|(?<=;\s)(?={dated}|{NUMBER}(?:\s*,)?\s*ngày\s)|(?=(?:các|những)?\s*(?:{kind})[^;:]{{0,300}}:\s))"
    )


def _inside_subject(before: str, after: str) -> bool:
    """Whether what follows "," or "và" goes on with a list inside the subject of the basis `before`: the documents that it
    amends, or the ones that it carries out, as long as the last of them has no subject of its own.
    """
    if pattern("amended_by").search(before):
        return True
    kinds = any_kind()
    nested = [
        m
        for m in re.finditer(rf"(?:{kinds})\s+(?:{SAID}\s*)?:?\s*{NUMBER}", before)
        if m.start() > 0
    ]
    follows = re.match(rf"(?:{kinds})", after)
    amending = re.search(r"(?i)sửa\s+đổi", before)
    law = re.match(named_kind(), before)
    if follows and re.match(named_kind(), follows.group()):
        in_list = re.search(
            rf"(?:của|thi\s+hành|tiết|dẫn|hiện|và|,)\s+(?:các\s+)?(?:{named_kind()})\s[^;]*$",
            before,
        )
        return bool(amending or (not law and in_list))
    if amending:
        target = re.compile(
            rf"(?:của|tại)\s+(?:các\s+)?(?P<kind>{kinds})\s+(?:{SAID}\s*)?{NUMBER}"
        ).search(before, amending.end())
        same = target and follows and target["kind"].lower() == follows.group().lower()
        return bool(target and (same or not follows))
    if not nested or _stands_alone(before[nested[-1].start() :], after):
        return False
    tail = before[nested[-1].end() :]
    return not re.search(
        r"\s(?:về|phê\s+duyệt|ban\s+hành|quy\s+định|hướng\s+dẫn|sửa\s+đổi|thực\s+hiện|triển\s+khai)\s",
        tail,
    )


def _stands_alone(nested: str, after: str) -> bool:
    """Whether `after` names a document in full, with day and issuer, and of another kind than the one that a subject ends with
    and names by its bare number: they are no pair ("Kế hoạch … về tổng kết Nghị quyết số 18-NQ/TW và Hướng dẫn số 169-HD/BTGTW,
    ngày … của …"; but "… thực hiện Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW").
    """
    kind = rf"(?P<kind>{any_kind()})\s+(?:{SAID}\s*)?:?\s*{NUMBER}"
    bare = re.fullmatch(kind + r"\s*", nested)
    whole = re.match(kind + rf"(?:\s*,)?\s*{DAY}(?:\s*,)?\s*của\s", after)
    return bool(bare and whole and bare["kind"].lower() != whole["kind"].lower())


def _share_predicate(bases: list[tuple[_Piece, Citation]], paragraph: Words) -> list[Citation]:
    """The bases; one without words of its own, tied by "và" to one that amends, amends the same ("Nghị định A và Nghị định B của
    Chính phủ sửa đổi, bổ sung …"). Its words then reach to the end of the other's, where that is said.
    """
    shared: list[Citation] = []
    following: tuple[_Piece, int, Citation] | None = None
    for piece, citation in reversed(bases):
        end = piece.end
        alone = following and following[0].joined and _says_nothing(citation, piece.lead)
        if (
            following
            and alone
            and not citation.date
            and _SAME_DAY.search(paragraph.text, following[0].start, following[0].end)
        ):
            same, end = following[2], following[1]
            whole = paragraph[piece.start : end].strip(" ;.,").value()
            citation = replace(
                citation, date=same.date, issuer=citation.issuer or same.issuer, whole=whole
            )
        if following and alone:
            amends = following[2].amends
            if amends and all(t.number != citation.number or not t.number for t in amends):
                end = following[1]
                whole = paragraph[piece.start : end].strip(" ;.,").value()
                citation = replace(citation, amends=amends, whole=whole)
        shared.append(citation)
        following = (piece, end, citation)
    return shared[::-1]


def _says_nothing(citation: Citation, lead: Lead) -> bool:
    """Whether a citation stops at its number and date, so that the words after the next one may speak of both."""
    own = citation.issuer and citation.issuer != lead.issuer
    return not (citation.subject or citation.by_name or own)
