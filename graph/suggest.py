"""Suggested bases of the tasks of a plan, written as claims; and candidates for references without a number.

Deterministic and explainable: a claim carries the words of both sides, the topics, the article and a strength.
"""

from collections.abc import Iterable, Sequence

from cancu.graph.directory import registry
from cancu.graph.documents import reference_iri
from cancu.graph.facts import Facts
from cancu.graph.match import (
    Match,
    Wording,
    cited_wordings,
    find_matches,
    owners_of,
    registered_wordings,
)
from cancu.graph.registry import entries
from cancu.graph.topics import Hit
from cancu.graph.writer import Writer
from cancu.loaders.citations import Reference
from cancu.loaders.patterns import load
from cancu.loaders.plan import Plan, Task
from cancu.loaders.words import Span, Value
from cancu.ontology.iri import mint, slug
from cancu.ontology.terms import CANCU, ELI, HOW

Wordings = list[tuple[Wording, tuple[Hit, ...]]]


def suggest(plan: Plan, facts: Facts, writer: Writer) -> None:
    """Write the suggested bases of every task and of its items, and the candidates of its references."""
    wordings = list(_wordings(plan, facts))
    owners = owners_of(wordings, facts.documents.bases.values())
    for position, task in enumerate(plan.tasks):
        iri = facts.tasks[position]
        named = facts.cited.get(iri, set()) | set(_candidates(plan, task, iri, wordings, writer))
        _write(writer, plan, iri, [task.content, *task.products], iri, wordings, owners, named)
        for item in task.items:
            node = mint("task_item", task=iri, item=str(item.no))
            _write(writer, plan, node, [item.words], node, wordings, owners, named)


def _wordings(plan: Plan, facts: Facts) -> Iterable[tuple[Wording, tuple[Hit, ...]]]:
    """Words of the documents that the plan could rest on: those of its own time."""
    known = {wording.document for wording, _ in registered_wordings()}
    titles = {
        facts.documents.bases[i]: basis.title
        for i, basis in enumerate(plan.legal_bases)
        if basis.title and facts.documents.bases[i] not in known
    }
    cited = set(facts.documents.bases.values())
    for wording, hits in [*registered_wordings(), *cited_wordings(plan.source, titles)]:
        if wording.document in cited or _was_there(wording.document, plan):
            yield wording, hits


def _was_there(document: str, plan: Plan) -> bool:
    """Whether a document was signed before the plan and is not known to have ended by then."""
    moment = plan.header.date or plan.header.month
    signed = registry().value(document, ELI.date_document)
    if not moment or not signed or signed[: len(moment)] > moment:
        return False
    return all(last >= moment for last in _last_days(document))


def _last_days(document: str) -> list[str]:
    return [
        e.day
        for e in entries()
        if e.is_verified
        and e.day
        and e.subject == document
        and e.predicate == ELI.date_no_longer_in_force
    ]


def _write(
    writer: Writer,
    plan: Plan,
    subject: str,
    values: Sequence[Value],
    part_of: str,
    wordings: Wordings,
    owners: dict[str, frozenset[str]],
    named: set[str],
) -> None:
    for match in find_matches(values, plan.source, wordings, owners):
        if match.document not in named:
            evidence = _evidence(writer, match, part_of)
            claim = writer.claim(
                subject,
                CANCU.legalBasis,
                match.document,
                HOW.khop_noi_dung,
                evidence,
                match.task_words,
            )
            writer.note_claim(claim, CANCU.strength, match.strength)
            for topic, (wording, _) in zip(match.topics, match.wordings, strict=True):
                writer.note_claim(claim, CANCU.matchedTopic, topic)
                if wording.part:
                    writer.note_claim(claim, CANCU.matchedPart, wording.part)
                writer.say(match.document, ELI.is_about, topic)


def _evidence(writer: Writer, match: Match, part_of: str) -> list[str]:
    spans = [writer.span(span, part_of) for span in match.task_spans]
    for wording, hit in match.wordings:
        if wording.place is None:
            part = Span(hit.start, hit.end)
            spans.append(writer.registry_span(wording.text, match.document, part))
        else:
            start, end = wording.place + hit.start, wording.place + hit.end
            spans.append(writer.span(Span(start, end), match.document))
    return spans


def _candidates(
    plan: Plan, task: Task, iri: str, wordings: Wordings, writer: Writer
) -> Iterable[str]:
    """Documents that a reference without a number may mean: of the kind and issuer it names, and by their title on
    a subject of the task. A person has to say which; nothing is decided here.
    """
    for reference in task.references:
        for document in _named_alike(reference, wordings):
            titles = [
                (w, hits) for w, hits in wordings if w.document == document and w.part is None
            ]
            for match in find_matches([task.content], plan.source, titles, {}):
                node = reference_iri(iri, reference)
                writer.say(node, CANCU.candidate, document)
                evidence = [writer.span(s, iri) for s in reference.words.spans]
                writer.claim(
                    node,
                    CANCU.candidate,
                    document,
                    HOW.khop_noi_dung,
                    [*evidence, *_evidence(writer, match, iri)],
                    reference.words.text,
                )
                yield document


def _named_alike(reference: Reference, wordings: Wordings) -> Iterable[str]:
    kinds = load("documents")["numbered"]
    kind = next(
        (k for k in sorted(kinds, key=len, reverse=True) if reference.words.text.startswith(k)),
        None,
    )
    issuer = slug(reference.words.text.partition(" của ")[2])
    if kind and issuer:
        start = f"/{issuer}/{slug(kind)}/"
        yield from sorted({w.document for w, _ in wordings if start in w.document})
