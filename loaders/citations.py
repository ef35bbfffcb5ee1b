"""Citations of legal documents: what is cited, in which words.

A *basis* is what the document says it rests on ("Căn cứ …; …", read by `loaders.preamble`); a *mention* is a citation
anywhere else. Both are read by one grammar: kind, number, date, issuer, subject. Finding is not resolving: which
document of the registry a citation means is decided in `graph`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from cancu.loaders.dates import DAY, WHEN, day_of
from cancu.loaders.patterns import load, one_of
from cancu.loaders.words import Span, Value, Words

_UPPER = "A-ZĐ" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c != "Đ")
_LOWER = "a-zđ" + "".join(c for c in map(chr, range(0xDF, 0x1EFA)) if c.islower() and c != "đ")
_BODY = r"(?:CP|TTg|QH|UB|CTUB|HĐ|TW|TU|VP|B[A-ZĐ]|S[A-ZĐ])"
_ABBREVIATION = r"NQLT|TTLT|NQ|NĐ|QĐ|TTr|TT|CTr|CT|KH|TB|KL|HD|CĐ"
_SMALL = r"(?i:TW|TU|CP|TTg|UBND|HĐND)(?!\w)"
_CODE = rf"[{_UPPER}](?:Tg|Tr|[{_UPPER}0-9]|[a-zđ]{{1,2}}(?![{_LOWER}]))*"
_DASH = r"[-–−\u2011/]"
_HOLDER = r"(?:CP|TTg|QH\d+|UBTVQH\d+|UBND|HĐND|TW|TU|VPCP|(?!BAN\b)B[A-ZĐ]{1,8})(?!\w)"
"""Who holds a number series, certain enough to stand after a lost hyphen ("39/2014/TT BTC")."""
NUMBER = rf"""\d+(?:\.\d+)?[a-z]?(?:\s?/\s?\d{{4}})?(?:\s?{_DASH}\s?|\s(?=(?:{_ABBREVIATION})/|(?:NQ|NĐ|QĐ|TT|CT)-))(?:(?i:{_ABBREVIATION}|CV|PL|BC)(?=\s?{_DASH}\s?{_SMALL})|{_CODE})(?:(?<=[/\s–−\u2011-]NQ|[/\s–−\u2011-]NĐ|[/\s–−\u2011-]QĐ|[/\s–−\u2011-]TT|[/\s–−\u2011-]CT|[/\s–−\u2011-]KH)(?:\s{_DASH}\s(?:{_SMALL}|{_CODE})|\s{_HOLDER}))?(?:(?:{_DASH}|&|\.(?!\s)|\s{_DASH}|{_DASH}\s)(?:{_SMALL}|{_CODE}))*(?!/v\b)(?:(?![\w]|{_DASH}[{_UPPER}])|(?=(?:ngày|của|về|ban\s+hành|phê\s+duyệt|quy\s+định|hướng\s+dẫn|sửa\s+đổi|được)))"""
"""A document number, blanks and odd dashes tolerated: 61/2018/NĐ-CP, 57-NQ/TW, 71/NQ -CP, 66.2/2025/NQ-CP, 57-nq/tw, 298 KH/TWĐTN.

It ends where its letters end: of "15/HD-Ban" or "12/QĐ-UBNDtỉnh" nobody knows the number, "156/2013/NĐ-CPngày" only lost a blank.
"""

SAID = r"(?:[Ss]ố|s(?=\s*\d))"
"""The word "số"; text copied from some pages lost its vowel."""

_UNREADABLE_DAY = r"ngày\s*(?:[\d…._/][\d\s/…._-]{0,14}|[…._]*\s*tháng\s+[\d…._]{1,4}\s+năm\s+\d{4})(?=\s+(?:của|về)\s)"
"""A day that cannot be read ("ngày 06/12/21", "ngày   /10/2025"): no date, but what follows is still the issuer."""

_UNFILLED = rf"(?<=số)[\s….:_]*/\s?{_CODE}(?:[-–]{_CODE})*(?=(?:\s*,)?\s*ngày\s)"
"""A number that nobody filled in: "Quyết định số     /QĐ-BTP ngày 26/12/2025"."""

_LOST_HYPHEN = re.compile(
    rf"(?<=\d[/-])(?P<kind>{_ABBREVIATION})(?P<body>{_BODY}[{_UPPER}a-z]*)(?![-/])"
)


_LISTED = re.compile(r"[\s,;()]*(?:(?:và|hoặc)\s+)?")


@dataclass(frozen=True, slots=True)
class Target:
    """A document that another one amends, as far as the words tell: number, or the words themselves."""

    kind: str
    number: str | None
    date: str | None
    subject: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document.

    Attributes:
        kind: "Nghị định", "Luật", …
        number: in its official form without stray blanks, or None.
        date: ISO date of signing, or None.
        issuer: as written, or None.
        subject: as written, without a leading "về".
        cue: the word that opens the basis ("Căn cứ"), empty for a mention.
        amends: what it itself amends, by the text.
        amended_by: what the text says has amended it.
        guides: what the text says it guides ("hướng dẫn thi hành …").
        name: the words that identify it: kind with number, or a law's full name.
        whole: the citation from kind to subject.
        replaces: what it stands in the place of ("thay thế …"), by the text.
    """

    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    cue: str
    amends: tuple[Target, ...]
    amended_by: tuple[Target, ...]
    guides: tuple[Target, ...]
    name: Value
    whole: Value
    title: Value | None
    replaces: tuple[Target, ...] = ()

    @property
    def by_name(self) -> bool:
        """Whether it is a kind that is cited by its name (a law)."""
        return self.kind in load("documents")["named"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point to a document without saying which."""

    words: Value


@dataclass(frozen=True, slots=True)
class Lead:
    """What words before a list say once for all of it: "các Quyết định của Thủ tướng Chính phủ …: A; B"."""

    kind: str = ""
    issuer: str | None = None


NO_LEAD = Lead()


def number_of(text: str) -> str:
    """A number in its official form: no blanks, plain hyphens, the hyphen that a web page lost, usual capitals."""
    text = re.sub(r"(?<=\d)\s(?=(?:NQ|NĐ|QĐ|TT|CT)-)", "/", text)
    text = re.sub(r"(?<=[-/])(?:QD(?=[-/])|ND(?=-CP))", lambda m: m.group()[0] + "Đ", text)
    number = re.sub(rf"(?<=\d)\s(?=(?:{_ABBREVIATION})/)|(?<=[A-ZĐ])\s(?={_HOLDER})", "-", text)
    number = re.sub(r"[–−\u2011]", "-", re.sub(r"\s+", "", number))
    if not re.search(rf"[{_UPPER}]", number):
        number = number.upper()
    number = re.sub(r"(?<=[-/])T[Tt][Gg]\b", "TTg", re.sub(r"(?<=[-/])CTR\b", "CTr", number))
    return _LOST_HYPHEN.sub(r"\g<kind>-\g<body>", number)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The named pattern of documents.toml."""
    return re.compile(load("documents")[name]["pattern"])


@cache
def any_kind() -> str:
    """Any kind of document, its first letter in either case."""
    data = load("documents")
    return _either_case([*data["numbered"], *data["named"], *data["charters"]]) + f"|{short_kind()}"


@cache
def short_kind() -> str:
    """A kind by its abbreviation, certain only before a number ("NĐ 61/2018/NĐ-CP")."""
    return rf"(?:{one_of(load('documents')['short_kinds'])})(?=\s+(?:{SAID}\s*)?:?\s*{NUMBER})"


@cache
@cache
def named_kind() -> str:
    """Any kind that is cited by its name."""
    return one_of([*load("documents")["named"], *load("documents")["charters"]])


def _either_case(words: list[str]) -> str:
    return one_of([*words, *(w[:1].lower() + w[1:] for w in words)])


@cache
def _numbered() -> re.Pattern[str]:
    kinds = _either_case([*load("documents")["numbered"], *load("documents")["named"]])
    return re.compile(
        rf"""(?P<kind>{kinds}|{short_kind()})                 # Nghị định
             (?:\s+(?:kết\s+luận|hỏa\s+tốc|hoả\s+tốc|khẩn|chỉ\s+đạo|hướng\s+dẫn))?
             (?:\s+của\s+(?P<before>(?:(?!\s(?:{kinds})\s)[^;:\d]){{3,90}}?))?  # của Thủ tướng Chính phủ
             (?:\s+(?P<early>{DAY}))?                         # ngày 23/4/2018
             \s*\(?(?:\s+|(?<=\())(?:{SAID}\s*)?:?\s*(?:{SAID}\s*)?   # số
             (?P<number>{NUMBER}|(?<=số\s)\d+(?=(?:\s*,)?\s*(?:ngày|của)\s)|{_UNFILLED})\)?
             (?:(?:\s*,)?\s*(?:cùng\s+)?(?P<date>{WHEN}(?!\s?[-–]\s?\d)|{_UNREADABLE_DAY})|\s*\((?P<late>{DAY})\))?
             """,
        re.VERBOSE,
    )


@cache
def _bare() -> re.Pattern[str]:
    """The next of a list whose kind is said before: "và số 92/2017/NĐ-CP ngày …"."""
    return re.compile(
        rf"(?P<kind>)(?P<before>)(?P<early>)(?P<late>)(?:{SAID}\s*)?:?\s*(?P<number>{NUMBER})(?:(?:\s*,)?\s*(?P<date>{WHEN}))?"
    )


@cache
def _dated() -> re.Pattern[str]:
    """A document without a number that its day or its congress identifies."""
    kinds = one_of(load("documents")["numbered"])
    return re.compile(
        rf"(?P<kind>{kinds})\s+(?P<subject>(?!này)(?:[^;]{{2,160}}?(?=\s+,?\s*(?P<date>{DAY}))|(?<=Nghị\squyết\s)(?:Đại|Hội)\s+(?:hội|nghị)[^;]+))"
    )


_NOT_A_SUBJECT = re.compile(r"(?:ngày|số|cùng)?\s*$|(?:số\s*)?:?\s*\S*\d\S*(?:[/-]\S+|\s*$)")
"""What stands between a kind and its day but says nothing about the document: a number that cannot be read."""


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """Laws: by name up to the number or date; else up to a stop, and an amending law to the end of its list."""
    kinds = _either_case([*load("documents")["named"], *load("documents")["charters"]])
    amending = r"(?i:sửa\s+đổi)"
    number, day = rf"(?:{SAID}\s*)?:?\s*(?P<number>{NUMBER})", rf"(?P<date>{WHEN})"
    identified = rf"(?:\s+{number}(?:(?:\s*,)?\s*(?:{day}))?|(?:\s*,)?\s*(?:{day.replace('?P<date>', '?P<day>')}))"
    plain = rf"(?:(?!,\s+(?:{kinds}|được)\s|\s+và\s+(?:{kinds})\s)(?:[^;()]|\((?:sửa\s+đổi|hợp\s+nhất)[^()]*\)))+?"
    stopped = r"(?:[^;,.()]|,\s(?=[a-zđà-ỹ])(?!(?:các|một|được|đã|có|và|theo|căn|thực|ban|trong|do)\s)|\(sửa\s+đổi\))+"
    none = r"(?P<number>)(?P<date>)(?P<day>)"
    return (
        re.compile(rf"(?P<kind>{kinds})\s+(?P<subject>{amending}[^;]+?){identified}"),
        re.compile(rf"(?P<kind>{kinds})\s+(?P<subject>{plain}){identified}"),
        re.compile(rf"(?P<kind>{kinds})\s+(?P<subject>{amending}[^;]+?){none}\s*(?:[;()]|\.?$)"),
        re.compile(rf"(?P<kind>{kinds})\s+(?P<subject>{stopped}){none}"),
    )


def read_citation(words: Words, cue: str = "", lead: Lead = NO_LEAD) -> Citation | None:
    """The citation that `words` open with, or None; `lead` says what the words before a list said for all of it."""
    later = pattern("amended_by").search(words.text)
    head = words[: later.start()] if later else words
    citation = (
        _read_numbered(head, cue, lead, deep=True)
        or _read_named(head, cue, lead, deep=True)
        or (_read_dated(head, cue) if cue else None)
    )
    if citation and later:
        return replace(
            citation,
            amended_by=tuple(_targets(words[later.end() :])),
            whole=words.strip(" ;.,").value(),
        )
    return citation


def _read_numbered(words: Words, cue: str, lead: Lead = NO_LEAD, *, deep: bool) -> Citation | None:
    """The numbered document that `words` open with; `deep`: with the documents that its subject names as amended, guided or replaced."""
    match = _numbered().match(words.text) or (_bare().match(words.text) if lead.kind else None)
    if not match:
        return None
    issuer, at = _issuer(words.text, match.end())
    date = match["date"] or match["late"] or match["early"]
    if match["number"].isdigit() and not _numbered_alone(match["kind"], day_of(date)):
        return None
    late = re.compile(rf"(?:\s*,)?\s*(?P<date>{WHEN})").match(words.text, at)
    if not date and late:
        date, at = late["date"], late.end()
    subject = _subject(words[at:])
    return Citation(
        kind=singular(match["kind"] or lead.kind),
        number=number_of(match["number"]) if re.match(r"\d", match["number"]) else None,
        date=day_of(date),
        issuer=issuer or match["before"] or lead.issuer,
        subject=subject.text if subject else None,
        cue=cue,
        amends=tuple(_amended(subject)) if subject and deep else (),
        amended_by=(),
        guides=tuple(_guided(subject)) if subject and deep else (),
        name=words[: match.end("number")].value(),
        whole=words.strip(" ;.,").value(),
        title=subject.value() if subject else None,
        replaces=tuple(_replaced(subject)) if subject and deep else (),
    )


def _numbered_alone(kind: str, date: str | None) -> bool:
    """Whether a number without letters is a whole one: decrees of 1945 to 1959 and the years before the series had letters
    had such ("Sắc lệnh số 63 ngày 22/11/1945"); today it is what somebody left of "61/2018/NĐ-CP".
    """
    return kind.lower() in ("sắc lệnh", "lệnh") or bool(date and date < "1976")


def _issuer(text: str, at: int) -> tuple[str | None, int]:
    """The issuer that stands at `at`, and where it ends: up to the first word that begins a subject, outside the
    names that contain such a word ("Bộ Xây dựng"); a comma inside a name is part of it ("Sở Văn hóa, Thể thao và Du lịch").
    """
    opens, proper, stops, goes_on = _issuer_patterns()
    opened = opens.match(text, at)
    if not opened or not text[opened.end() : opened.end() + 80].strip():
        return None, at
    start = opened.end()
    names = [m.span() for m in proper.finditer(text, start, start + LONGEST_ISSUER)]
    for match in stops.finditer(text, start):
        before = text[start : match.start()]
        inside = any(a <= match.start() < b for a, b in names)
        part = re.search(
            r"(?:\bvà|\b[Ll]iên\s+[Bb]ộ:?|\bBộ|\bSở|\bBan|\bPhòng|[Cc]ục|\bVụ|\bViện)$", before
        )
        inner = match.group().strip() == "," and goes_on.match(text, match.end())
        if inside or inner or (part and match.group().strip()[:1].isalpha()):
            continue
        return (before.strip() or None), match.start()
    return None, at


LONGEST_ISSUER = 400
"""Most characters of an issuer's name; a joint circular of six ministries has 230."""


@cache
def _issuer_patterns() -> tuple[re.Pattern[str], ...]:
    """What opens an issuer's name, the names that contain a word of a subject, what ends the name, and a comma inside it."""
    starts = one_of(load("documents")["subject_starts"])
    return (
        re.compile(
            rf"(?:\s*,)?\s*(?:(?:của|do)\s+|(?=(?:{_either_case(load('issuers')['heads'])})(?!\w)))"
        ),
        re.compile(one_of(load("issuers")["proper"])),
        re.compile(
            rf"\s+(?:{starts})(?![{_LOWER}])|\s*[;(“\"]|\s*[.](?=\s|$)|\s*,|\s+và\s+(?=(?:{any_kind()})\s|ý\s+kiến|[Ss]ố\s|các\s)|\s+(?={WHEN})|\s*$"
        ),
        re.compile(rf"\s+(?!(?:{any_kind()}|{starts})(?!\w))[{_UPPER}]"),
    )


def _read_named(words: Words, cue: str, lead: Lead = NO_LEAD, *, deep: bool) -> Citation | None:
    """The same for a law."""
    found = (m for m in (p.match(words.text) for p in _named()) if m)
    match = next((m for m in found if not _numbers_an_amended_law(m, words.text)), None)
    if not match and re.fullmatch(named_kind(), lead.kind):
        return _read_listed_law(words, cue, lead)
    if not match:
        return None
    subject = words[match.start("subject") : match.end("subject")].strip()
    dated = match["date"] or match["day"]
    remark = pattern("amended").search(f"{subject.text} {dated or ''}")
    if remark and remark.start():
        subject, dated = subject[: remark.start()].strip(), None if not match["number"] else dated
    return Citation(
        kind=singular(match["kind"]),
        number=number_of(match["number"]) if match["number"] else None,
        date=day_of(dated),
        issuer=None,
        subject=subject.text,
        cue=cue,
        amends=tuple(_amended(subject)) if deep else (),
        amended_by=(),
        guides=(),
        name=words[: match.end("number") if match["number"] else match.end("subject")]
        .strip()
        .value(),
        whole=words.strip(" ;.,").value(),
        title=words[: match.end("subject")].strip().value(),
    )


def _read_listed_law(words: Words, cue: str, lead: Lead) -> Citation | None:
    """A law of a list that says "các Luật:" once: only its name, number and date stand here."""
    match = re.match(
        rf"(?P<subject>[^;()]+?)(?:\s+(?:{SAID}\s*)?(?P<number>{NUMBER}))?(?:(?:\s*,)?\s*(?P<date>{WHEN}))?\s*[;.,]?\s*$",
        words.text,
    )
    if not match:
        return None
    subject = words[: match.end("subject")].strip()
    return Citation(
        lead.kind,
        number_of(match["number"]) if match["number"] else None,
        day_of(match["date"]),
        lead.issuer,
        subject.text,
        cue,
        (),
        (),
        (),
        subject.value(),
        words.strip(" ;.,").value(),
        subject.value(),
    )


def _read_dated(words: Words, cue: str) -> Citation | None:
    match = _dated().match(words.text)
    if not match or not words[match.start("subject") :]:
        return None
    subject = words[match.start("subject") : match.end("subject")].strip(" ,.")
    told = None if _NOT_A_SUBJECT.match(subject.text) else subject
    issuer, _ = _issuer(words.text, match.end() if not match["date"] else match.end("date"))
    return Citation(
        match["kind"], None, day_of(match["date"]), issuer, told.text if told else None, cue, (), (), (),
        words[: match.end("subject")].strip(" ,.").value(), words.strip(" ;.,").value(), told.value() if told else None,
    )  # fmt: skip


def _numbers_an_amended_law(match: re.Match[str], text: str) -> bool:
    """Whether the number found is that of one of several amended laws ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai số
    31/2024/QH15, Luật Nhà ở số 27/2023/QH15, …"), not the amending law's own.
    """
    amending = re.match(r"(?i)sửa\s+đổi", match["subject"])
    return bool(
        amending
        and match["number"]
        and re.match(r"\s*(?:,|và\s)\s*(?:và\s+)?(?:Bộ l|L)uật\s", text[match.end() :])
    )


def _subject(words: Words) -> Words | None:
    opened = re.match(r"[\s,]*(?:(?:về|Về|v/v|V/v)\s+)?", words.text)
    short = pattern("nickname").search(words.text)
    subject = words[
        opened.end() if opened else 0 : short.start() if short else len(words.text)
    ].strip(" ;.,")
    if not subject or re.match(r"[()]|ngày\s*[\d/._…-]+$", subject.text):
        return None
    return subject


def _amended(subject: Words) -> Iterator[Target]:
    match = pattern("amending").match(subject.text)
    if match:
        yield from (t for t in _targets(subject[match.end() :]) if t.kind)


def _replaced(subject: Words) -> Iterator[Target]:
    match = pattern("replacing").match(subject.text)
    if match:
        yield from (t for t in _targets(subject[match.end() :]) if t.number)


def _guided(subject: Words) -> Iterator[Target]:
    match = re.match(
        r"(?i:hướng dẫn|quy định chi tiết)[^;]{0,60}?(?=(?:Nghị định|Luật|Nghị quyết|Pháp lệnh)(?:\s+số)?\s)",
        subject.text,
    )
    if match:
        yield from (t for t in _targets(subject[match.end() :]) if t.number)


def _targets(words: Words) -> Iterator[Target]:
    """The documents named in a list: numbered ones, laws by name, or one phrase that names none."""
    opened = re.match(
        rf"\s*(?:(?:khoản|điểm|Khoản|Điểm|Điều|điều)\s[^;]{{0,60}}?(?=(?:{any_kind()})\s))?(?P<many>các\s+(?=(?:{any_kind()})\s*:?\s*(?:{SAID}\s*)?{NUMBER}))?",
        words.text,
    )
    words = words[opened.end() if opened else 0 :].strip()
    if not words:
        return
    numbered, named = _numbered().match(words.text), re.match(named_kind(), words.text)
    if numbered:
        yield from _numbered_targets(words, singular(numbered["kind"]))
    elif named:
        yield from _named_targets(words, named.group())
    else:
        phrase = words.strip(" ;.,)")
        kind = re.match(rf"(?:các\s+)?({any_kind()})(?!\w)", phrase.text)
        yield Target(
            singular(kind.group(1) if kind else ""), None, None, phrase.text, phrase.spans()
        )


def _numbered_targets(words: Words, kind: str) -> Iterator[Target]:
    following = rf"(?=(?:{any_kind()})\s+(?:{SAID}\s*)?{NUMBER}|(?:{SAID}\s*)?{NUMBER})"
    for piece in words.split(re.compile(rf"(?:\s*[,;]\s*(?:và\s+)?|\s+và\s+){following}")):
        citation = _read_numbered(piece, "", Lead(kind), deep=False)
        if citation:
            yield Target(
                citation.kind, citation.number, citation.date, citation.subject, citation.name.spans
            )


def _named_targets(words: Words, kind: str) -> Iterator[Target]:
    if re.match(r"\w+\s+(?i:sửa\s+đổi)", words.text):
        pieces = [words]  # an amending law's own list of amended ones is not a list of targets
    else:
        pieces = words.split(
            re.compile(rf"\s*,\s*(?:và\s+)?(?={kind}\s+[^\W\d])|\s+và\s+(?={kind}\s+[^\W\d])")
        )
    for piece in pieces:
        citation = _read_named(piece.strip(" ;.,)"), "", deep=False)
        if citation:
            yield Target(
                citation.kind, citation.number, citation.date, citation.subject, citation.name.spans
            )


def singular(kind: str) -> str:
    """The kind as it is named in full, with a capital: "nghị định", "NĐ" -> "Nghị định"."""
    kind = re.sub(r"\s+", " ", kind)
    return str(load("documents")["abbreviations"].get(kind, kind[:1].upper() + kind[1:]))


def find_mentions(words: Words) -> list[Citation]:
    """The numbered documents and laws by full name that a text names, wherever they stand."""
    found = []
    for match in _numbered().finditer(words.text):
        citation = _read_numbered(words[match.start() : match.end()], "", deep=True)
        if citation:
            found.append(citation)
    laws = re.compile(rf"(?:{one_of(load('documents')['named'])})\s+[A-ZĐ][^,;.()\n]*")
    ends = re.compile(load("documents")["name_ends"]["pattern"])
    for match in laws.finditer(words.text):
        end = ends.search(words.text, match.start(), match.end())
        citation = _read_named(
            words[match.start() : end.start() if end else match.end()], "", deep=True
        )
        if citation:
            found.append(citation)
    return sorted(found, key=lambda c: c.whole.start)


def worked_on(words: Words, mentions: list[Citation]) -> list[Citation]:
    """Those of the mentions that the words name as what is to be changed, replaced or made: they are no basis of the work.

    A list goes on ("sửa đổi Nghị định số 79/2021/NĐ-CP, Nghị định số 97/2018/NĐ-CP").
    """
    pattern = re.compile(load("documents")["worked_on"]["pattern"])
    place = {at: i for i, at in enumerate(words.at)}
    found: list[Citation] = []
    end = 0
    for mention in mentions:
        start = place.get(mention.whole.start, 0)
        listed = found and found[-1] is not mention and _LISTED.fullmatch(words.text[end:start])
        if listed or pattern.search(words.text[max(0, start - 120) : start]):
            found.append(mention)
            end = place.get(mention.whole.spans[-1].end - 1, start) + 1
    return found


def find_references(words: Words) -> list[Reference]:
    """The places where a text points to a document that it does not identify."""
    found = []
    for each in load("documents")["unnamed"]:
        for match in re.finditer(each, words.text):
            found.append(Reference(words[match.start("ref") : match.end("ref")].strip().value()))
    return sorted(found, key=lambda r: r.words.start)
