"""A plan in the extraction format: one JSON-able object with the contract's keys and the spans of each value."""

from collections.abc import Iterable
from typing import Any

from cancu.loaders.citations import Citation, Target
from cancu.loaders.plan import Assignment, Finding, InspectionTarget, Plan, ReviewItem, Task
from cancu.loaders.source import Source
from cancu.loaders.words import Value

Json = dict[str, Any]


def extract(plan: Plan) -> Json:
    """The plan as the JSON of the extraction format."""
    header = plan.header
    return {
        "source": {
            "path": plan.source.name,
            "sha256": plan.source.sha256,
            "format": plan.source.format,
        },
        "document": {
            "kind": header.kind,
            "number": header.number,
            "date": header.date,
            "issuer": header.issuer,
            "title": header.title,
            "place": header.place,
            "month": header.month,
            "annex": {
                "kind": plan.annex.kind,
                "title": plan.annex.title,
                "spans": _spans(plan.annex.words),
            }
            if plan.annex
            else None,
            "spans": {
                name: _spans(value)
                for name, value in (
                    ("kind", header.kind_words),
                    ("number", header.number_words),
                    ("date", header.date_words),
                    ("issuer", header.issuer_words),
                    ("title", header.title_words),
                )
                if value
            },
        },
        "legal_bases": [_basis(b) for b in plan.legal_bases],
        "proposer": _value(plan.proposer),
        "articles": [
            {"no": a.no, "content": a.content.text, "spans": _spans(a.content)}
            for a in plan.articles
        ],
        "recipients": [
            {"name": r.name.text, "purpose": r.purpose, "spans": _spans(r.name)}
            for r in plan.recipients
        ],
        "signer": _value(plan.signer),
        "tasks": [_task(t) for t in plan.tasks],
        "assignments": [
            _assignment(d)
            for d in (*(d for a in plan.articles for d in a.assignments), *plan.duties)
        ],
        "review_items": [_review_item(r) for r in plan.review_items],
        "review_notes": [
            {"appendix": n.appendix, "no": n.no, "text": n.words.text, "spans": _spans(n.words)}
            for n in plan.review_notes
        ],
        "inspection_targets": [_target(t) for t in plan.targets],
        "findings": [finding(f, plan.source) for f in plan.findings],
    }


def finding(found: Finding, source: Source) -> Json:
    """One finding, as `extract` and `lint` print it."""
    return {
        "code": found.code,
        "severity": found.severity,
        "line": source.line_of(found.quote.start),
        "quote": found.quote.text,
        "message_vi": found.message_vi,
        "message_en": found.message_en,
        "proposal": found.proposal,
        "spans": _spans(found.quote),
    }


def _spans(value: Value) -> list[list[int]]:
    return [list(span) for span in value.spans]


def _value(value: Value | None) -> Json | None:
    return {"text": value.text, "spans": _spans(value)} if value else None


def _texts(values: Iterable[Value]) -> list[str]:
    return [value.text for value in values]


def _basis(basis: Citation) -> Json:
    return {
        "kind": basis.kind,
        "number": basis.number,
        "date": basis.date,
        "issuer": basis.issuer,
        "subject": basis.subject,
        "cue": basis.cue,
        "amends": [_amended(t) for t in basis.amends],
        "amended_by": [_amended(t) for t in basis.amended_by],
        "replaces": [_amended(t) for t in basis.replaces],
        "spans": _spans(basis.whole),
    }


def _amended(target: Target) -> Json:
    return {
        "kind": target.kind,
        "number": target.number,
        "date": target.date,
        "subject": target.subject,
        "spans": [list(span) for span in target.spans],
    }


def _task(task: Task) -> Json:
    deadline = task.deadline
    return {
        "section": task.section.no if task.section else None,
        "section_title": task.section.title if task.section else None,
        "no": task.no,
        "content": task.content.text,
        "items": [{"no": i.no, "text": i.words.text, "spans": _spans(i.words)} for i in task.items],
        "lead": _texts(task.lead),
        "coordinate": _texts(task.coordinate),
        "deadline": deadline.words.text if deadline else None,
        "deadline_reading": {
            "kinds": list(deadline.kinds),
            "start": deadline.period.start if deadline.period else None,
            "end": deadline.period.end if deadline.period else None,
            "periods": [
                {"start": period.start, "end": period.end, "edtf": period.edtf}
                for period in deadline.periods
            ],
            "due_before": deadline.due_before,
            "edtf": deadline.edtf,
            "proposed": deadline.proposed.edtf if deadline.proposed else None,
        }
        if deadline
        else None,
        "product": "\n".join(_texts(task.products)) or None,
        "inherited": list(task.inherited),
        "extra": [
            {
                "heading": e.heading,
                "role": e.role,
                "text": e.words.text,
                "spans": _spans(e.words.value()),
            }
            for e in task.extras
        ],
        "notes": [
            {"mark": n.mark.text, "text": n.words.text, "spans": _spans(n.words)}
            for n in task.notes
        ],
        "citations": [_basis(c) for c in task.citations],
        "references": [{"text": r.words.text, "spans": _spans(r.words)} for r in task.references],
        "spans": {
            "content": _spans(task.content),
            "lead": [_spans(v) for v in task.lead],
            "coordinate": [_spans(v) for v in task.coordinate],
            "deadline": _spans(deadline.words) if deadline else [],
            "product": [span for v in task.products for span in _spans(v)],
        },
    }


def _assignment(duty: Assignment) -> Json:
    return {
        "article": duty.article,
        "clause": duty.clause,
        "section": duty.section,
        "role": duty.role,
        "agencies": _texts(duty.agencies),
        "coordinate": _texts(duty.coordinate),
        "content": duty.content.text,
        "spans": _spans(duty.whole),
    }


def _review_item(row: ReviewItem) -> Json:
    return {
        "appendix": row.appendix,
        "no": row.no,
        "agency": row.agency.text,
        "field": row.field.text,
        "deadline": row.deadline.words.text if row.deadline else None,
        "spans": _spans(row.words),
    }


def _target(row: InspectionTarget) -> Json:
    return {
        "appendix": row.appendix,
        "section": row.section.no if row.section else None,
        "no": row.no,
        "name": row.name.text,
        "note": row.note.text if row.note else None,
        "note_by_layout": row.note_by_layout,
        "spans": _spans(row.name),
    }
