"""How documents stand: their force on a day, the steps between them, who leans on them, and what people have said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cancu.graph.dataset import Row
from cancu.web.words import Link, grouped

IN_FORCE, PARTLY, ENDED = "còn hiệu lực", "hết hiệu lực một phần", "hết hiệu lực"
NOT_YET, UNKNOWN = "chưa có hiệu lực", "không rõ"
STATUSES = (ENDED, PARTLY, UNKNOWN, NOT_YET, IN_FORCE)
"""What is to be said of force on a day, what a reader must know first."""

KINDS: Mapping[str, str] = {
    ENDED: "ended",
    PARTLY: "partly",
    UNKNOWN: "unknown",
    NOT_YET: "not-yet",
    IN_FORCE: "in-force",
}
"""Status -> its class in the style sheet."""

RELATIONS = ("amends", "guides", "replaces", "repeals")


@dataclass(frozen=True)
class Force:
    """The force of a document on a day: status, days known from verified facts (ISO)."""

    status: str
    since: str | None = None
    ended: str | None = None
    seen: str | None = None
    partly_ended: str | None = None

    @property
    def kind(self) -> str:
        """Its class in the style sheet."""
        return KINDS.get(self.status, "unknown")


NOTHING_KNOWN = Force(UNKNOWN)
"""The force of what nobody has recorded."""


@dataclass(frozen=True)
class Known:
    """One way in which a step is known: method, mark (empty for the plan's own words), review, claim."""

    how: str
    mark: str
    review: str
    claim: Link


@dataclass(frozen=True)
class Step:
    """One document does something to another."""

    subject: Link
    relation: str
    object: Link
    partial: bool
    clause: str
    known: tuple[Known, ...]

    @property
    def verified(self) -> bool:
        """Whether it stands in the plan's words or in a checked fact: anything but a recollection."""
        return any(known.mark in ("", "verified") for known in self.known)


@dataclass(frozen=True)
class Verdict:
    """What a person said of a claim: code of the verdict, name, ISO time, reason."""

    verdict: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True)
class Lean:
    """A task leans on a document in a tier; "general" is a whole plan, without a task."""

    document: Link
    tier: str
    task: str | None
    plan: str


def force_of(rows: Iterable[Row]) -> Mapping[str, Force]:
    """Document -> force, from the rows of the page query `force`."""
    return {
        str(row["document_iri"]): Force(
            str(row["status"]),
            _text(row["since"]),
            _text(row["ended"]),
            _text(row["seen"]),
            _text(row["partly_ended"]),
        )
        for row in rows
    }


def read_steps(rows: Iterable[Row]) -> tuple[Step, ...]:
    """The steps, from the rows of the page query `chains`."""
    return tuple(
        _step(same) for same in grouped(rows, "subject_iri", "relation", "object_iri", "partial")
    )


def _step(rows: Sequence[Row]) -> Step:
    first = rows[0]
    known = [
        Known(
            str(row["how"]),
            str(row["mark"] or ""),
            str(row["review"]),
            Link("", str(row["claim_iri"])),
        )
        for row in rows
    ]
    return Step(
        Link(str(first["subject"]), str(first["subject_iri"])),
        str(first["relation"]),
        Link(str(first["object"]), str(first["object_iri"])),
        str(first["partial"] or "") == "true",
        next((str(row["clause"]) for row in rows if row["clause"]), ""),
        tuple(dict.fromkeys(known)),
    )


def into(steps: Iterable[Step], document: str, force: Mapping[str, Force]) -> dict[str, list[Step]]:
    """What others do to a document, by relation, in the order of RELATIONS; the oldest first."""
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if step.object.iri == document:
            found[step.relation].append(step)
    return {
        relation: sorted(found[relation], key=lambda step: _start(step, force))
        for relation in RELATIONS
        if found[relation]
    }


def _start(step: Step, force: Mapping[str, Force]) -> str:
    """When the acting document began, as far as known: what is not known comes last."""
    return force.get(step.subject.iri, NOTHING_KNOWN).since or "9999"


def replacers(steps: Iterable[Step], document: str, force: Mapping[str, Force]) -> list[Step]:
    """The steps by which a document is replaced on a day: what has not begun yet does not count."""
    return [
        step
        for step in steps
        if step.object.iri == document
        and step.relation == "replaces"
        and force.get(step.subject.iri, NOTHING_KNOWN).status != NOT_YET
    ]


def wording(steps: Iterable[Step], document: str, force: Mapping[str, Force]) -> list[Step]:
    """The steps that had amended a document by a day (question A16), the oldest first; those whose start is not known
    are among them, at the end.
    """
    amending = [
        step
        for step in steps
        if step.object.iri == document
        and step.relation == "amends"
        and force.get(step.subject.iri, NOTHING_KNOWN).status != NOT_YET
    ]
    return sorted(amending, key=lambda step: _start(step, force))


def read_verdicts(rows: Iterable[Row]) -> Mapping[str, tuple[Verdict, ...]]:
    """Claim -> verdicts, from the rows of the page query `reviews`."""
    return {
        str(same[0]["claim_iri"]): tuple(
            Verdict(str(r["verdict"]), str(r["by"]), str(r["at"]), str(r["reason"] or ""))
            for r in same
        )
        for same in grouped(rows, "claim_iri")
    }


def read_leaning(rows: Iterable[Row]) -> tuple[Lean, ...]:
    """Who leans on what, from the rows of the page query `leaning`."""
    return tuple(
        Lean(
            Link(str(row["document"]), str(row["document_iri"])),
            str(row["tier"]),
            _text(row["task_iri"]),
            str(row["plan_iri"]),
        )
        for row in rows
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
