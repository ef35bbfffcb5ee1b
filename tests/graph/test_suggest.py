"""Suggested bases: what is suggested, on which words, and what never is."""

from collections import defaultdict

import pytest
from pyoxigraph import NamedNode, Quad

from cancu.graph.build import PlanGraph, build_plan
from cancu.loaders.plan import Plan
from cancu.ontology.terms import CANCU, DCTERMS, ELI, HOW, RDFS
from tests.documents import decision, read

SUGGESTED = {
    # tasks whose subject the document treats, as two people read them (each pair at least arguable to both)
    "61/2018/NĐ-CP": "I.2 I.3 II.1 II.3 II.5 III.5 IV.1 IV.4",
    "63/2010/NĐ-CP": "I.4 II.1 II.2 II.5 II.6 II.7 III.1 IV.1 IV.2 IV.3 IV.4",
    "45/2020/NĐ-CP": "II.1 II.3 II.5 III.1 III.2 III.3 III.4 III.5 III.6",
}

ITEMS = {
    # items of a task have suggestions of their own
    ("II.1", "1"): {"61/2018/NĐ-CP", "63/2010/NĐ-CP", "02/2017/TT-VPCP"},
    ("II.1", "2"): {"45/2020/NĐ-CP", "42/2022/NĐ-CP"},
    ("II.1", "7"): set(),
    ("II.3", "1"): {"61/2018/NĐ-CP"},
    ("II.3", "3"): set(),
    ("II.3", "6"): {"45/2020/NĐ-CP"},
}


def values(graph: PlanGraph, predicate: str) -> dict[str, list[str]]:
    """Subject -> objects of a predicate, labels and addresses as strings."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in graph.quads:
        if quad.predicate.value == predicate and isinstance(quad.subject, NamedNode):
            found[quad.subject.value].append(_plain(quad))
    return found


def _plain(quad: Quad) -> str:
    return str(getattr(quad.object, "value", quad.object))


def number(document: str) -> str:
    """The last part of a document's address, which is its number folded."""
    return document.rsplit("/", 1)[1]


def suggestions(graph: PlanGraph) -> dict[str, set[str]]:
    """Task or item code -> folded numbers of its suggested documents."""
    labels, parents = values(graph, RDFS.label), values(graph, DCTERMS.isPartOf)
    codes = values(graph, DCTERMS.identifier)
    found: dict[str, set[str]] = defaultdict(set)
    for subject, documents in values(graph, CANCU.suggestedBasis).items():
        code = (
            labels[subject][0]
            if subject in labels
            else f"{labels[parents[subject][0]][0]}/{codes[subject][0]}"
        )
        found[code] |= {number(d) for d in documents}
    return found


def folded(printed: str) -> str:
    """61/2018/NĐ-CP -> 61-2018-nd-cp."""
    return printed.lower().replace("đ", "d").replace("/", "-")


@pytest.mark.parametrize("document", SUGGESTED)
def test_tasks_of_a_decree(built: PlanGraph, document: str) -> None:
    found = {
        code
        for code, documents in suggestions(built).items()
        if folded(document) in documents and "/" not in code
    }
    assert found == set(SUGGESTED[document].split())


@pytest.mark.parametrize(("task", "item"), ITEMS)
def test_items_have_suggestions_of_their_own(built: PlanGraph, task: str, item: str) -> None:
    assert suggestions(built).get(f"{task}/{item}", set()) == {folded(d) for d in ITEMS[task, item]}


def test_internal_procedures_do_not_rest_on_the_decree_that_leaves_them_out(
    built: PlanGraph,
) -> None:
    """Nghị định 63/2010/NĐ-CP Điều 1 khoản 2 điểm a; II.4 has a candidate for a person to confirm instead."""
    assert "II.4" not in suggestions(built)
    [candidates] = values(built, CANCU.candidate).values()
    assert [number(c) for c in candidates] == ["1085-qd-ttg"]
    assert not values(built, CANCU.denotes)


def test_a_later_document_is_never_suggested(built: PlanGraph) -> None:
    later = {"118-2025-nd-cp", "224-2026-nd-cp", "01-2023-tt-vpcp", "66-7-2025-nq-cp"}
    assert not later & {d for documents in suggestions(built).values() for d in documents}


def test_every_suggestion_shows_words_on_both_sides(built: PlanGraph) -> None:
    claims = {c for c, how in values(built, CANCU.howKnown).items() if how == [HOW.khop_noi_dung]}
    predicates, evidence = values(built, CANCU.claimPredicate), values(built, CANCU.evidence)
    subjects, objects = values(built, CANCU.claimSubject), values(built, CANCU.claimObject)
    owners, topics = values(built, DCTERMS.isPartOf), values(built, CANCU.matchedTopic)
    about, strengths = values(built, ELI.is_about), values(built, CANCU.strength)
    bases = {c for c in claims if predicates[c] == [CANCU.legalBasis]}
    assert len(bases) > 60
    for claim in bases:
        sides = {owner for span in evidence[claim] for owner in owners[span]}
        assert {subjects[claim][0], objects[claim][0]} <= sides
        assert topics[claim] and set(topics[claim]) <= set(about[objects[claim][0]])
        assert len(strengths[claim]) == 1


def test_the_same_words_give_the_same_suggestions(built: PlanGraph, plan: Plan) -> None:
    assert suggestions(build_plan(plan)) == suggestions(built)


ANOTHER_CITY = [
    # (content of the task, suggested documents)
    ("Kiểm tra việc thực hiện cơ chế một cửa", {"61-2018-nd-cp"}),
    ("Tiếp nhận, xử lý phản ánh kiến nghị của tổ chức", {"20-2008-nd-cp", "63-2010-nd-cp"}),
    ("Giải quyết thủ tục hành chính cho người dân", set()),
    ("Mua sắm máy tính cho các phòng", set()),
]


@pytest.mark.parametrize(("content", "expected"), ANOTHER_CITY)
def test_the_rule_holds_for_another_plan(content: str, expected: set[str]) -> None:
    row = ("1.", content, "Phòng Tư pháp", "Phòng Nội vụ", "Quý II năm 2024", "Báo cáo")
    found = suggestions(build_plan(read(decision(row)))).get("1", set())
    assert expected <= found if expected else not found


LAWS = [
    # (content of the task, what its own words cite)
    ("Tuyên truyền Luật Tổ chức chính quyền địa phương", {"77-2015-qh13"}),
    ("Thực hiện Luật Tổ chức chính quyền địa phương trên địa bàn", {"77-2015-qh13"}),
    ("Triển khai Nghị định số 61/2018/NĐ-CP tại các phường", {"61-2018-nd-cp"}),
    ("Tuyên truyền Luật Đất đai", set()),
    ("Tuyên truyền pháp luật về tổ chức chính quyền địa phương", set()),
]


@pytest.mark.parametrize(("content", "cited"), LAWS)
def test_a_task_cites_by_number_or_by_the_full_name_of_a_law(content: str, cited: set[str]) -> None:
    """The preamble of this plan names the law of 2015, so that its two successors of the same name are not meant."""
    row = ("1.", content, "Phòng Tư pháp", "Phòng Nội vụ", "Quý II năm 2024", "Báo cáo")
    graph = build_plan(read(decision(row)))
    assert not graph.violations
    found = {number(d) for documents in values(graph, CANCU.citedBasis).values() for d in documents}
    assert found == cited
