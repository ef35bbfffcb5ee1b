"""The built-in plan, read whole: every value an annotator found in it, and the words of each.

`data/chi-linh-2023.expected.json` was made once from a hand-made annotation and reviewed; nothing writes it.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from cancu.loaders.extract import extract
from cancu.loaders.plan import Plan
from cancu.loaders.words import Value
from tests.documents import squash

EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "chi-linh-2023.expected.json").read_text("utf-8")
)


def texts(values: tuple[Value, ...]) -> list[str]:
    return [value.text for value in values]


def ends_off(text: str) -> str:
    """A final stop or semicolon says nothing: annotators drop it."""
    return text.rstrip(" .;")


def test_document(plan: Plan) -> None:
    header, annex = plan.header, plan.annex
    assert annex is not None
    assert plan.signer is not None
    assert plan.proposer is not None
    assert {
        "kind": header.kind,
        "number": header.number,
        "date": header.date,
        "month": header.month,
        "place": header.place,
        "issuer": header.issuer,
        "title": header.title,
        "annex": annex.title,
        "signer": plan.signer.text,
        "proposer": plan.proposer.text,
    } == EXPECTED["document"]
    assert annex.kind == "Kế hoạch"
    assert plan.year == "2023"


def test_legal_bases(plan: Plan) -> None:
    found = [
        {
            "kind": basis.kind,
            "number": basis.number,
            "date": basis.date,
            "issuer": basis.issuer,
            "subject": basis.subject,
            "cue": basis.cue,
            "amends": sorted(t.number or f"{t.kind}: {t.subject}" for t in basis.amends),
            "guides": [t.number for t in basis.guides],
        }
        for basis in plan.legal_bases
    ]
    assert found == EXPECTED["legal_bases"]
    assert len(found) == 10


def test_articles(plan: Plan) -> None:
    assert [article.no for article in plan.articles] == ["1", "2", "3"]
    for article, expected in zip(plan.articles, EXPECTED["articles"], strict=True):
        if expected["content"]:
            assert article.content.text == expected["content"]
        assert [
            {
                "clause": duty.clause,
                "role": duty.role,
                "agencies": texts(duty.agencies),
                "coordinate": texts(duty.coordinate),
                "content": duty.content.text,
            }
            for duty in article.assignments
        ] == expected["assignments"]


def test_who_is_to_be_advised(plan: Plan) -> None:
    advised = {d.clause: texts(d.advised) for a in plan.articles for d in a.assignments}
    assert advised == {"1": [], "2": ["UBND thành phố"], "3": [], "4": ["UBND thành phố"], None: []}


def test_recipients(plan: Plan) -> None:
    found = [{"name": r.name.text, "purpose": r.purpose} for r in plan.recipients]
    assert found == EXPECTED["recipients"]


def test_sections(plan: Plan) -> None:
    assert [{"no": s.no, "title": s.title} for s in plan.sections] == EXPECTED["sections"]


@pytest.mark.parametrize("index", range(21), ids=lambda i: _code(EXPECTED["tasks"][i]))
def test_task(plan: Plan, index: int) -> None:
    task, expected = plan.tasks[index], EXPECTED["tasks"][index]
    deadline = task.deadline
    assert deadline is not None
    assert task.section is not None
    assert {
        "section": task.section.no,
        "no": task.no,
        "content": task.content.text,
        "items": [ends_off(item.words.text) for item in task.items],
        "lead": texts(task.lead),
        "coordinate": texts(task.coordinate),
        "deadline": deadline.words.text,
        "start": deadline.period.start if deadline.period else None,
        "end": deadline.period.end if deadline.period else None,
        "proposed": [deadline.proposed.start, deadline.proposed.end] if deadline.proposed else None,
        "products": [ends_off(p.text) if p.text[-3:] != "..." else p.text for p in task.products],
    } == expected | {"deadline": deadline.words.text}
    assert ends_off(deadline.words.text) == ends_off(expected["deadline"])
    assert task.repeat == 1


def _code(task: dict[str, Any]) -> str:
    return f"{task['section']}.{task['no']}"


def test_there_are_21_tasks_with_77_bodies(plan: Plan) -> None:
    assert [task.code for task in plan.tasks] == [_code(t) for t in EXPECTED["tasks"]]
    assert sum(len(task.lead) for task in plan.tasks) == 34
    assert sum(len(task.lead) + len(task.coordinate) for task in plan.tasks) == 77


def test_rows_that_a_page_break_cuts(plan: Plan) -> None:
    assert [task.code for task in plan.tasks if task.cut] == ["II.1", "II.3", "II.5", "III.6"]


def test_appendices_that_tasks_refer_to(plan: Plan) -> None:
    assert {t.code: t.appendix for t in plan.tasks if t.appendix} == {"II.2": "I", "II.5": "II"}


def test_the_one_footnote_cites_the_one_document(plan: Plan) -> None:
    cited = {task.code: task.citations for task in plan.tasks if task.citations}
    assert list(cited) == ["III.6"]
    (citation,) = cited["III.6"]
    assert (citation.kind, citation.number, citation.date) == (
        "Nghị quyết",
        "01/NQ-CP",
        "2023-01-06",
    )
    (note,) = next(task.notes for task in plan.tasks if task.code == "III.6")
    assert note.mark.text == "¹"
    assert note.words.text.startswith("Chỉ tiêu giao tại Phụ lục Nghị quyết số 01/NQ-CP")


def test_references_that_name_no_document(plan: Plan) -> None:
    tasks = {t.code: [r.words.text for r in t.references] for t in plan.tasks if t.references}
    assert tasks == {
        "II.4": ["Quyết định của Thủ tướng Chính phủ"],
        "III.1": ["hướng dẫn của Văn phòng Chính phủ"],
        "III.3": ["quy định trên Cổng dịch vụ công"],
    }
    duties = {
        f"{d.article}.{d.clause}": [r.words.text for r in d.references]
        for a in plan.articles
        for d in a.assignments
        if d.references
    }
    assert duties == {"2.4": ["quy định của pháp luật về ngân sách"]}


def test_review_items(plan: Plan) -> None:
    found = [
        {
            "no": row.no,
            "agency": row.agency.text,
            "field": row.field.text,
            "deadline": row.deadline.words.text if row.deadline else None,
            "due_before": row.deadline.due_before if row.deadline else None,
        }
        for row in plan.review_items
    ]
    assert found == EXPECTED["review_items"]
    assert {row.appendix for row in plan.review_items} == {"I"}
    assert [(n.no, n.words.text) for n in plan.review_notes] == [
        (str(i), text) for i, text in enumerate(EXPECTED["review_notes"], 1)
    ]


def test_inspection_targets_and_the_reach_of_their_notes(plan: Plan) -> None:
    found = [
        {
            "section": target.section.no if target.section else None,
            "no": target.no,
            "name": target.name.text,
            "note": target.note.text if target.note else None,
            "note_by_layout": target.note_by_layout,
        }
        for target in plan.targets
    ]
    assert found == EXPECTED["targets"]
    assert [s.title for s in plan.target_sections] == [
        "CÁC PHÒNG CHUYÊN MÔN THUỘC UBND THÀNH PHỐ",
        "CÁC XÃ, PHƯỜNG",
    ]


# ---- words and their places


def _pairs(node: Any, path: str = "") -> Iterator[tuple[str, str, list[list[int]]]]:
    """Path, text and spans of every value of the extraction that has both."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from _pairs(item, f"{path}[{i}]")
    elif isinstance(node, dict):
        spans = node.get("spans")
        if isinstance(spans, dict):
            for name, places in spans.items():
                text = node[name]
                if isinstance(text, list):
                    assert len(text) == len(places), path
                    for i, one in enumerate(text):
                        yield f"{path}.{name}[{i}]", one, places[i]
                elif text is not None and not path.endswith("document"):
                    yield f"{path}.{name}", text, places
        elif isinstance(spans, list):
            text = next((node[k] for k in ("text", "name", "quote", "content") if k in node), None)
            if text is not None and "clause" not in node:
                yield path, text, spans
        for name, item in node.items():
            yield from _pairs(item, f"{path}.{name}")


def _all_spans(node: Any) -> Iterator[list[int]]:
    if isinstance(node, list):
        if len(node) == 2 and all(isinstance(i, int) for i in node):
            yield node
        else:
            for item in node:
                yield from _all_spans(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from _all_spans(item)


def test_every_value_is_what_its_spans_quote(plan: Plan) -> None:
    source = plan.source.text
    pairs = [p for p in _pairs(extract(plan)) if p[1] != "(1), (3), (4)"]  # a gap has no words
    wrong = [
        (path, text)
        for path, text, spans in pairs
        if squash(text) != "".join(squash(source[a:b]) for a, b in spans)
    ]
    assert wrong == []
    assert len(pairs) > 280


def _values(node: object) -> Iterator[Value]:
    if isinstance(node, Value):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _values(item)
    elif is_dataclass(node):
        for part in fields(node):
            yield from _values(getattr(node, part.name))


def test_so_is_every_value_that_the_extraction_does_not_show(plan: Plan) -> None:
    source = plan.source.text
    values = [value for value in _values(plan) if value.text != "(1), (3), (4)"]
    wrong = [
        value
        for value in values
        if squash(value.text) != "".join(squash(source[a:b]) for a, b in value.spans)
    ]
    assert wrong == []
    assert len(values) > 350


def test_every_span_lies_in_the_text_and_begins_and_ends_with_words(plan: Plan) -> None:
    source = plan.source.text
    spans = list(_all_spans(extract(plan)))
    assert len(spans) > 350
    for start, end in spans:
        quote = source[start:end]
        assert quote
        assert quote == quote.strip()


def test_header_values_are_read_from_their_spans(plan: Plan) -> None:
    spans = extract(plan)["document"]["spans"]
    source = plan.source.text
    quotes = {name: source[a:b] for name, ((a, b),) in spans.items()}
    assert quotes == {
        "kind": "QUYẾT ĐỊNH",
        "number": "Số: /QĐ-UBND",
        "date": "Chí Linh, ngày tháng 02 năm 2023",
        "issuer": "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ",
        "title": EXPECTED["document"]["title"],
    }


def test_the_extraction_is_plain_json_with_the_keys_of_the_contract(plan: Plan) -> None:
    result = extract(plan)
    assert json.loads(json.dumps(result, ensure_ascii=False)) == result
    assert {"source", "document", "legal_bases", "tasks", "assignments", "findings"} <= set(result)
    assert set(result["tasks"][0]) >= {
        "section",
        "section_title",
        "no",
        "content",
        "lead",
        "coordinate",
        "deadline",
        "product",
        "spans",
    }
    assert set(result["findings"][0]) == {
        "code",
        "severity",
        "line",
        "quote",
        "message_vi",
        "message_en",
        "proposal",
        "spans",
    }
    assert result["source"]["sha256"] == plan.source.sha256
