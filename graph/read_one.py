"""One document read, built and checked: a part of a snapshot, or the reason why it is none."""

import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from cancu.graph.build import PlanGraph, build_plan, finish
from cancu.graph.check import Violation
from cancu.graph.collect import Given
from cancu.graph.parts import Part, verdicts_hash
from cancu.graph.reviews import Review, now, verdicts
from cancu.graph.snapshot import Entry, LeftOut
from cancu.loaders.errors import DocumentError
from cancu.loaders.parse import parse
from cancu.loaders.plan import Plan
from cancu.loaders.read import built_in, decode, read
from cancu.loaders.source import Source
from cancu.ontology.terms import CANCU, CLAIMED, RDF, READ

_MARKUP = re.compile(r"<[^<>]*>|[|*_#\s\u00ad\u200b]+|-{3,}")


@dataclass(frozen=True)
class Job:
    """A document to read, with the verdicts that its derived edges follow."""

    given: Given
    reviews: tuple[Review, ...] = ()


def read_one(job: Job) -> Part | LeftOut:
    """The part that a document makes, or why it makes none."""
    given = job.given
    try:
        plan = parse(_source(given))
    except DocumentError as error:
        return LeftOut(given.name, error.vi, error.en)
    graph = build_plan(plan, verdicts(job.reviews))
    if graph.violations:
        return refused(given.name, graph.violations)
    claims = _claims(graph.quads)
    return Part.of(_entry(given, plan, graph, verdicts_hash(job.reviews, claims)), graph.quads)


def derive_again(part: Part, reviews: Sequence[Review]) -> Part | LeftOut:
    """The same document under today's rules and verdicts, without its file: what was read and claimed stays."""
    from dataclasses import replace

    graph = finish(part.entry.plan, part.quads(READ, CLAIMED), verdicts(reviews))
    if graph.violations:
        return refused(part.entry.name or part.entry.source, graph.violations)
    followed = verdicts_hash(reviews, _claims(graph.quads))
    return Part.of(replace(part.entry, reviews=followed), graph.quads)


def refused(name: str, violations: Sequence[Violation]) -> LeftOut:
    """Why a graph must not be published."""
    first, more = violations[0], len(violations) - 1
    return LeftOut(
        name,
        f"{first.message_vi} ({first.focus})" + (f" và {more} lỗi khác" if more else ""),
        f"{first.message_en} ({first.focus})" + (f" and {more} more" if more else ""),
    )


def text_hash(text: str) -> str:
    """A hash of a text without markup and blanks: the same for one document in several formats.

    Every letter, digit and point counts: 1.5 and 15 are not the same.
    """
    plain = _MARKUP.sub("", html.unescape(_MARKUP.sub(" ", text)))
    return hashlib.sha256(plain.encode()).hexdigest()


def _source(given: Given) -> Source:
    if given.data is not None:
        return decode(given.data, given.name)
    return read(given.path) if given.path else built_in()


def _entry(given: Given, plan: Plan, graph: PlanGraph, followed: str) -> Entry:
    header = plan.header
    return Entry(
        plan=graph.iri,
        source=plan.source.name,
        sha256=plan.source.sha256,
        tasks=len(plan.tasks),
        findings=len(plan.findings),
        warnings=len(graph.warnings),
        name=given.name,
        kind=header.kind,
        number=header.number,
        date=header.date,
        issuer=header.issuer,
        title=plan.annex.title if plan.annex else header.title,
        text=text_hash(plan.source.text),
        read=now(),
        reviews=followed,
    )


def _claims(quads: Sequence[Quad]) -> set[str]:
    return {
        quad.subject.value  # type: ignore[union-attr]
        for quad in quads
        if quad.predicate.value == RDF.type and getattr(quad.object, "value", "") == CANCU.Claim
    }
