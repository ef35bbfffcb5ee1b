"""What a document says: plain values, each with the words it was read from.

Absent is None or an empty tuple: where the document does not say, nothing is filled in.
"""

from dataclasses import dataclass, field
from typing import Literal

from cancu.loaders.citations import Citation, Reference
from cancu.loaders.deadlines import Deadline
from cancu.loaders.source import Source
from cancu.loaders.words import Span, Value, Words

Severity = Literal["error", "check", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the document that a clerk would look at again.

    Attributes:
        code: concept of the scheme bat-thuong, such as "missing-number".
        severity: "error" is surely wrong, "check" should be looked at, "hint" is a matter of style.
        quote: the words it is about.
        message_vi, message_en: one sentence each.
        proposal: a likely reading, or None; the text itself is never changed.
    """

    code: str
    severity: Severity
    quote: Value
    message_vi: str
    message_en: str
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The outermost document. `number` and `date` are None where they are blank; `month` is "2023-02" or "2023"
    where at least that is written; `place` is the place of signing.
    """

    kind: str
    kind_words: Value
    number: str | None
    number_words: Value | None
    date: str | None
    month: str | None
    date_words: Value | None
    place: str | None
    issuer: str | None
    issuer_words: Value | None
    title: str | None
    title_words: Value | None


@dataclass(frozen=True, slots=True)
class Annex:
    """The plan annexed to a decision: its title and heading lines."""

    kind: str
    title: str
    words: Value


@dataclass(frozen=True, slots=True)
class Assignment:
    """A duty given to bodies: in an article ("2", clause "1"), or in prose under a heading (`section` "IV.1").

    `role` is a concept of the scheme vai-tro ("chu-tri", "thuc-hien", "chiu-trach-nhiem-thi-hanh"); `advised` the bodies that are to be
    advised ("tham mưu UBND thành phố").
    """

    article: str | None
    clause: str | None
    role: str
    agencies: tuple[Value, ...]
    coordinate: tuple[Value, ...]
    advised: tuple[Value, ...]
    content: Value
    whole: Value
    references: tuple[Reference, ...] = ()
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its duties."""

    no: str
    content: Value
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """An addressee of "Nơi nhận", with what for ("để b/c")."""

    name: Value
    purpose: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading over tasks; `no` is its label as printed ("II", "1"), empty where it has none."""

    no: str
    title: str
    words: Value


@dataclass(frozen=True, slots=True)
class TaskItem:
    """A bullet inside the content of a task; `no` counts from 1."""

    no: int
    words: Value


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of a task: where its mark stands and what it says."""

    mark: Value
    words: Value


@dataclass(frozen=True, slots=True)
class Extra:
    """What a column says that is none of the usual ones: its heading, its role if known ("funding", "note", …) and the words."""

    heading: str
    role: str | None
    words: Words


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task table, or a task written as labelled prose.

    Attributes:
        section: the heading it stands under, or None.
        no: as printed, without its stop ("5"); empty where it has none.
        repeat: 1, or 2, 3 … where the same number occurs again in reading order.
        items: bullets of the content.
        cut: whether a page break cuts the row.
        citations, references: in its own words and footnotes.
        appendix: number of the appendix it refers to ("II"), or None.
        extras: what further columns say.
        inherited: roles whose words stand in a cell merged with the row above ("deadline", …).
    """

    section: Section | None
    no: str
    repeat: int
    content: Value
    items: tuple[TaskItem, ...]
    lead: tuple[Value, ...]
    coordinate: tuple[Value, ...]
    deadline: Deadline | None
    products: tuple[Value, ...]
    notes: tuple[Note, ...]
    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    appendix: str | None
    cut: bool
    extras: tuple[Extra, ...] = ()
    inherited: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The number with its section, as printed: "II.5"."""
        return ".".join(part for part in (self.section.no if self.section else "", self.no) if part)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A row that asks one body to review the procedures of one field by a day."""

    appendix: str
    no: str
    agency: Value
    field: Value
    deadline: Deadline | None
    words: Value


@dataclass(frozen=True, slots=True)
class InspectionTarget:
    """A row that names a body to be inspected. `note` is the note it stands under; `note_by_layout` says that the
    note is printed on an earlier row and its reach is read from the merged cell.
    """

    appendix: str
    section: Section | None
    no: str
    name: Value
    note: Value | None
    note_by_layout: bool


@dataclass(frozen=True, slots=True)
class AppendixNote:
    """A numbered note under an appendix table."""

    appendix: str
    no: str
    words: Value


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything read from one document."""

    source: Source
    header: Header
    annex: Annex | None
    legal_bases: tuple[Citation, ...]
    proposer: Value | None
    articles: tuple[Article, ...]
    recipients: tuple[Recipient, ...]
    signer: Value | None
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    review_items: tuple[ReviewItem, ...]
    review_notes: tuple[AppendixNote, ...]
    target_sections: tuple[Section, ...]
    targets: tuple[InspectionTarget, ...]
    findings: tuple[Finding, ...] = field(default=())
    duties: tuple[Assignment, ...] = field(default=())
    """Duties given in prose, outside the articles."""

    @property
    def year(self) -> str | None:
        """The year it was signed or, if that is blank, written for."""
        return (self.header.date or self.header.month or "")[:4] or None


Spans = tuple[Span, ...]
