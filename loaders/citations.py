"""Citations of legal documents: what is cited, in which words.

A *basis* is what the document says it rests on ("Căn cứ …; …"); a *mention* is a citation anywhere else. Both are
read by one grammar: kind, number, date, issuer, subject. Finding is not resolving: which document of the
registry a citation means is decided in `graph`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from cancu.loaders.dates import DAY, day_of
from cancu.loaders.patterns import load, one_of
from cancu.loaders.words import Span, Value, Words

_LETTER = "A-ZĐÀ-ỸƯƠ"
NUMBER = rf"\d+(?:\.\d+)?[a-z]?(?:\s?/\s?\d{{4}})?\s?[-–−/]\s?[{_LETTER}][{_LETTER}a-zđ0-9]*(?:\s?[-–−/&.]\s?[{_LETTER}][{_LETTER}a-zđ0-9]*)*"
"""A document number, blanks and odd dashes tolerated: 61/2018/NĐ-CP, 57-NQ/TW, 71/NQ -CP, 66.2/2025/NQ-CP."""


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

    @property
    def by_name(self) -> bool:
        """Whether it is a kind that is cited by its name (a law)."""
        return self.kind in load("documents")["named"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point to a document without saying which."""

    words: Value


@cache
def _kind() -> str:
    data = load("documents")
    return one_of([*data["numbered"], *data["named"]])


@cache
def _numbered() -> re.Pattern[str]:
    kinds = one_of(load("documents")["numbered"])
    return re.compile(
        rf"""(?P<kind>{kinds})            # Nghị định
             (?:\s+số)?\s*:?\s+(?:số\s*)? # số
             (?P<number>{NUMBER})         # 61/2018/NĐ-CP
             (?:\s*,?\s*(?P<date>{DAY}))? # ngày 23 tháng 4 năm 2018
             """,
        re.VERBOSE,
    )


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """Laws: by name up to the number or date; else up to a stop, and an amending law to the end of its list."""
    kinds = one_of(load("documents")["named"])
    amending = r"(?i:sửa\s+đổi)"
    number, day = rf"(?:số\s*)?(?P<number>{NUMBER})", rf"(?P<date>{DAY})|năm\s+\d{{4}}"
    identified = (
        rf"(?:\s+{number}(?:\s*,?\s*(?:{day}))?|\s*,?\s*(?:{day.replace('?P<date>', '?P<day>')}))"
    )
    return (
        re.compile(rf"(?P<kind>{kinds})\s+(?P<subject>{amending}[^;]+?){identified}"),
        re.compile(
            rf"(?P<kind>{kinds})\s+(?P<subject>(?:(?!,\s+(?:{kinds}|được)\s|\s+và\s+(?:{kinds})\s)[^;()])+?){identified}"
        ),
        re.compile(
            rf"(?P<kind>{kinds})\s+(?P<subject>{amending}[^;]+?)(?P<number>)(?P<date>)(?P<day>)\s*(?:[;()]|\.?$)"
        ),
        re.compile(rf"(?P<kind>{kinds})\s+(?P<subject>[^;,.()]+)(?P<number>)(?P<date>)(?P<day>)"),
    )


@cache
def _issuer() -> re.Pattern[str]:
    starts = one_of(load("documents")["subject_starts"])
    return re.compile(
        rf"\s*,?\s*của\s+(?P<issuer>(?:Bộ trưởng, Chủ nhiệm|[^;,])+?)(?=\s+(?:{starts})(?!\w)|\s*[;.]|\s*$|\s*,\s|\s*\()"
    )


def number_of(text: str) -> str:
    """A number in its official form: no blanks, plain hyphens."""
    return re.sub(r"[–−]", "-", re.sub(r"\s+", "", text))


def find_bases(paragraph: Words) -> list[Citation]:
    """The bases of one paragraph of the preamble, in order; none if it does not open with a cue and a citation."""
    text = paragraph.text
    cue = _cue(text)
    if cue is None:
        return []
    ends = re.search(load("documents")["acting"], text)
    text = text[: ends.start()] if ends else text
    bases = []
    for start, end in _ranges(text, len(cue)):
        citation = read_citation(paragraph[start:end], cue)
        if citation:
            bases.append(citation)
    return bases


def _cue(text: str) -> str | None:
    data = load("documents")
    if re.match(one_of(data["proposer"]), text):
        return None
    match = re.match(rf"({one_of(data['cues'])})\s+(?:các\s+)?(?:{_kind()})(?!\w)", text)
    return match.group(1) if match else None


def _ranges(text: str, after: int) -> Iterator[tuple[int, int]]:
    """Where each basis of a preamble begins and ends. It begins after the cue, after ";", and after "," or "và"
    when a numbered and dated document follows that is not part of a list of amended ones.
    """
    cues = one_of(load("documents")["cues"])
    first = re.compile(rf"\s*(?:các\s+)?(?=(?:{_kind()})(?!\w))").match(text, after)
    last = first.end() if first else after
    breaks = re.compile(
        rf"(?P<hard>;\s*(?:và\s+)?(?:(?:{cues})\s+)?)(?=(?:{_kind()})(?!\w))|(?P<soft>,\s+(?:và\s+)?|\s+và\s+)(?=(?:{one_of(load('documents')['numbered'])})\s+(?:số\s*)?{NUMBER}\s*,?\s*{DAY})"
    )
    for match in breaks.finditer(text, last):
        if match.group("soft") and re.search(
            r"sửa\s+đổi|của\s+(?:các\s+)?Luật|Luật\s", text[last : match.start()]
        ):
            continue
        yield last, match.start()
        last = match.end()
    yield last, len(text)


def read_citation(words: Words, cue: str = "") -> Citation | None:
    """The citation that `words` open with, or None."""
    later = re.search(load("documents")["amended_by"], words.text)
    head = words[: later.start()] if later else words
    citation = _read_numbered(head, cue, deep=True) or _read_named(head, cue, deep=True)
    if citation and later:
        return replace(citation, amended_by=tuple(_targets(words[later.end() :])))
    return citation


def _read_numbered(words: Words, cue: str, *, deep: bool) -> Citation | None:
    """The numbered document that `words` open with; `deep`: with the documents that its subject names as amended or guided."""
    match = _numbered().match(words.text)
    if not match:
        return None
    issuer = _issuer().match(words.text, match.end())
    at = issuer.end() if issuer else match.end()
    subject = _subject(words[at:])
    return Citation(
        kind=re.sub(r"\s+", " ", match["kind"]),
        number=number_of(match["number"]),
        date=day_of(match["date"]),
        issuer=issuer["issuer"].strip() if issuer else None,
        subject=subject.text if subject else None,
        cue=cue,
        amends=tuple(_amended(subject)) if subject and deep else (),
        amended_by=(),
        guides=tuple(_guided(subject)) if subject and deep else (),
        name=words[: match.end("number")].value(),
        whole=words.strip(" ;.,").value(),
        title=subject.value() if subject else None,
    )


def _read_named(words: Words, cue: str, *, deep: bool) -> Citation | None:
    """The same for a law."""
    found = (m for m in (pattern.match(words.text) for pattern in _named()) if m)
    match = next((m for m in found if not _numbers_an_amended_law(m, words.text)), None)
    if not match:
        return None
    subject = words[match.start("subject") : match.end("subject")].strip()
    return Citation(
        kind=match["kind"],
        number=number_of(match["number"]) if match["number"] else None,
        date=day_of(match["date"] or match["day"]),
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
    opened = re.match(r"[\s,]*(?:(?:về|Về)\s+)?", words.text)
    short = re.search(r"\s*\((?:sau đây|dưới đây)\s+(?:gọi|viết)[^)]*\)", words.text)
    subject = words[
        opened.end() if opened else 0 : short.start() if short else len(words.text)
    ].strip(" ;.,")
    return subject or None


def _amended(subject: Words) -> Iterator[Target]:
    match = re.match(load("documents")["amending"], subject.text, re.IGNORECASE)
    if match:
        yield from _targets(subject[match.end() :])


def _guided(subject: Words) -> Iterator[Target]:
    match = re.match(
        r"(?i:hướng dẫn|quy định chi tiết)[^;]{0,60}?(?=(?:Nghị định|Luật|Nghị quyết|Pháp lệnh)(?:\s+số)?\s)",
        subject.text,
    )
    if match:
        yield from (t for t in _targets(subject[match.end() :]) if t.number)


def _targets(words: Words) -> Iterator[Target]:
    """The documents named in a list: numbered ones, laws by name, or one phrase that names none."""
    words = words.strip()
    if not words:
        return
    numbered, named = (
        _numbered().match(words.text),
        re.match(one_of(load("documents")["named"]), words.text),
    )
    if numbered:
        citation = _read_numbered(words, "", deep=False)
        if citation:
            yield Target(
                citation.kind, citation.number, citation.date, citation.subject, citation.name.spans
            )
    elif named:
        if re.match(r"\w+\s+(?i:sửa\s+đổi)", words.text):
            pieces = [words]  # an amending law's own list of amended ones is not a list of targets
        else:
            pieces = words.split(
                re.compile(
                    rf"\s*,\s*(?:và\s+)?(?={named.group()}\s+[A-ZĐ])|\s+và\s+(?={named.group()}\s+[A-ZĐ])"
                )
            )
        for piece in pieces:
            citation = _read_named(piece.strip(" ;.,)"), "", deep=False)
            if citation:
                yield Target(
                    citation.kind,
                    citation.number,
                    citation.date,
                    citation.subject,
                    citation.name.spans,
                )
    else:
        phrase = words.strip(" ;.,)")
        kind = re.match(rf"(?:các\s+)?({_kind()}|[Nn]ghị định|[Tt]hông tư)", phrase.text)
        yield Target(
            _singular(kind.group(1) if kind else ""), None, None, phrase.text, phrase.spans()
        )


def _singular(kind: str) -> str:
    return kind[:1].upper() + kind[1:]


def find_mentions(words: Words) -> list[Citation]:
    """The numbered documents and laws by full name that a text names, wherever they stand."""
    found = []
    for match in _numbered().finditer(words.text):
        citation = _read_numbered(words[match.start() : match.end()], "", deep=True)
        if citation:
            found.append(citation)
    laws = re.compile(rf"(?:{one_of(load('documents')['named'])})\s+[A-ZĐ][^,;.()\n]*")
    for match in laws.finditer(words.text):
        citation = _read_named(words[match.start() : match.end()], "", deep=True)
        if citation:
            found.append(citation)
    return sorted(found, key=lambda c: c.whole.start)


def find_references(words: Words) -> list[Reference]:
    """The places where a text points to a document that it does not identify."""
    found = []
    for pattern in load("documents")["unnamed"]:
        for match in re.finditer(pattern, words.text):
            found.append(Reference(words[match.start("ref") : match.end("ref")].strip().value()))
    return sorted(found, key=lambda r: r.words.start)
