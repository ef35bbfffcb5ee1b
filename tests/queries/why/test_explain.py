"""What an explanation says, and how rows and things are named."""

import pytest
from pyoxigraph import NamedNode

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.errors import (
    BadValue,
    CannotExplain,
    QueryError,
    UnknownParameter,
    UnknownQuestion,
    UnknownValue,
)
from cancu.queries.why.explain import SHOWN_ROWS, Explanation, explain
from cancu.queries.why.links import between
from cancu.queries.why.probe import Limits, Probe
from cancu.queries.why.rows import Wanted, key_columns
from cancu.queries.why.told import blocks
from tests.many import CHI_LINH, SAM_SON
from tests.queries.why.memory import HEADER, Memory, copy_of

D61 = {"document": "61/2018/NĐ-CP"}
NV = "PREFIX nv: <https://w3id.org/cancu/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/>\nPREFIX nd: <https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/>\n"


def sentences(found: Explanation) -> list[str]:
    """The facts of the first row that matter, in Vietnamese."""
    return [fact.text.vi for fact in found.rows[0].facts if not fact.naming]


def test_a_suggested_basis_rests_on_a_match_of_words(dataset: Embedded) -> None:
    found = explain("A5", D61, Wanted([("task", "II.5")]), dataset)
    assert "Nhiệm vụ II.5 có căn cứ gợi ý là 61/2018/NĐ-CP." in sentences(found)
    basis = next(f for f in found.rows[0].facts if "căn cứ gợi ý" in f.text.vi)
    assert basis.rule
    assert "khớp nội dung" in basis.rule.vi
    assert "matching subjects" in basis.rule.en
    assert [e.words for e in basis.evidence] == ["cơ chế một cửa"]
    assert len(basis.evidence[0].spans) == 2, "the task's words and the document's"


def test_words_lead_to_their_place(dataset: Embedded) -> None:
    found = explain("A4", {}, Wanted([("task", "III.6")]), dataset)
    words = {e.words for fact in found.rows[0].facts for e in fact.evidence}
    assert "Nghị quyết số 01/NQ-CP" in words
    spans = {span for fact in found.rows[0].facts for e in fact.evidence for span in e.spans}
    assert spans
    assert all("/id/chung-cu/" in span for span in spans)


def test_what_the_registry_says_is_evidence(dataset: Embedded) -> None:
    found = explain("A15", {}, Wanted([("document", "61/2018/NĐ-CP")]), dataset)
    force = next(
        f for f in found.rows[0].facts if f.text.vi.startswith("61/2018/NĐ-CP có hiệu lực")
    )
    assert [(e.kind, e.words) for e in force.evidence] == [
        ("registry", "Ngày hiệu lực: 21/06/2018")
    ]


def test_what_is_not_there_is_a_reason_too(dataset: Embedded) -> None:
    found = explain("A8", {}, Wanted([("task", "I.1")]), dataset)
    assert [words.vi for words in found.rows[0].absent] == [
        "Nhiệm vụ I.1 không viện dẫn văn bản nào.",
        "Nhiệm vụ I.1 không có căn cứ nào đã được xác nhận.",
        "Nhiệm vụ I.1 không có căn cứ gợi ý nào.",
    ]


def test_comparisons_are_said_with_their_values(dataset: Embedded) -> None:
    found = explain("C1", {"quarter": "II/2023"}, Wanted([("task", "I.2")]), dataset)
    assert [words.en for words in found.rows[0].held] == [
        "The “Last day” is no earlier than 01/04/2023 (the “Last day” is 30/06/2023).",
        "The “Last day” is no later than 30/06/2023 (the “Last day” is 30/06/2023).",
    ]


def test_a_count_rests_on_all_that_is_counted(dataset: Embedded) -> None:
    row = ask("B1", {}, dataset).rows[0]
    why = explain("B1", {}, Wanted([("agency", str(row["agency"]))]), dataset).rows[0]
    roles = [f.text.vi for f in why.facts if "vai trò" in f.text.vi]
    assert sum("chủ trì" in text for text in roles) == row["lead"] == 15
    assert sum("phối hợp" in text for text in roles) == row["coordinate"] == 6
    assert (why.ways, why.cut_off) == (21, False)


def test_a_chain_of_documents_is_walked(dataset: Embedded) -> None:
    found = explain("A13", D61, Wanted([("through", "107/2021/NĐ-CP"), ("task", "I.1")]), dataset)
    assert "107/2021/NĐ-CP sửa đổi, bổ sung 61/2018/NĐ-CP." in sentences(found)


def test_facts_are_told_thing_by_thing(dataset: Embedded) -> None:
    facts = explain("C1", {}, Wanted([("task", "I.2")]), dataset).rows[0].facts
    found = blocks(facts)
    assert [block.name.vi for block in found][:2] == [
        "nhiệm vụ I.2",
        "thời hạn “Quý II năm 2023” (I.2)",
    ]
    assert {f for block in found for f in (*block.facts, *block.naming)} == set(facts)
    assert [e.words for e in found[1].words] == ["Quý II năm 2023"]


# ---- how rows and things are named


@pytest.mark.parametrize(
    ("code", "pairs", "name", "total"),
    [
        ("A5", [("task", "II.5")], "", 1),
        ("A5", [("task", "ii.5")], "", 1),
        ("A5", [("tier", "suggested")], "", 8),
        ("A5", [("tier", "gợi ý")], "", 8),
        ("A5", [("tier", "suggested"), ("task", "II.5")], "", 1),
        ("A5", [], "II.5", 1),
        ("A5", [], "nghi dinh 61/2018", None),
        ("C1", [("latest", "30/06/2023")], "", 3),
        ("C1", [("latest", "2023-06-30")], "", 3),
        ("A12", [("other", "")], "", 1),
        ("A12", [], "63/2010/NĐ-CP", 7),
        ("B2", [], "Phòng Văn hóa và Thông tin", None),
        ("B3", [("via", "possibly")], "", 1),
    ],
)
def test_rows_by_their_values(
    code: str, pairs: list[tuple[str, str]], name: str, total: int | None, dataset: Embedded
) -> None:
    try:
        found = explain(code, {}, Wanted(pairs, name), dataset)
    except UnknownValue:
        assert total is None
        return
    assert found.total == total if total else found.total >= 1
    assert len(found.rows) == min(found.total, SHOWN_ROWS)


def test_a_name_goes_to_the_column_that_has_it(dataset: Embedded) -> None:
    """63/2010 stands among the related documents too; in A13 a body is looked for among bodies."""
    assert dict(explain("A12", {}, Wanted(name="150/2016/NĐ-CP"), dataset).wanted) == {
        "other": "150/2016/NĐ-CP"
    }
    assert dict(explain("A12", {}, Wanted(name="92/2017/NĐ-CP"), dataset).wanted) == {
        "other": "92/2017/NĐ-CP"
    }
    assert dict(explain("A13", D61, Wanted(name="Phòng Nội vụ"), dataset).wanted) == {
        "agency": "Phòng Nội vụ"
    }


ERRORS: list[tuple[str, Wanted, type[QueryError], str]] = [
    ("Z9", Wanted(), UnknownQuestion, "Z9"),
    ("A5", Wanted([("tasks", "II.5")]), UnknownParameter, "task, document"),
    ("A5", Wanted([("task", "XX.1")]), UnknownValue, "XX.1"),
    ("A5", Wanted(name="không có gì"), UnknownValue, "không có gì"),
    ("A10", Wanted(name="II.5"), UnknownValue, "II.5"),
    ("C1", Wanted([("latest", "lúc nào đó")]), BadValue, "lúc nào đó"),
    ("A5", Wanted(), CannotExplain, "chưa nêu dòng nào"),
]


@pytest.mark.parametrize(("code", "wanted", "error", "words"), ERRORS)
def test_what_cannot_be_looked_for(
    code: str, wanted: Wanted, error: type[QueryError], words: str, dataset: Embedded
) -> None:
    with pytest.raises(error) as caught:
        explain(code, {}, wanted, dataset)
    assert words in caught.value.vi
    assert caught.value.en != caught.value.vi


def test_it_gives_up_in_time(dataset: Embedded) -> None:
    with pytest.raises(CannotExplain, match="thời gian"):
        explain("A5", {}, Wanted([("task", "PL1.1")]), dataset, Limits(queries=3))


def test_an_empty_answer_is_explained_as_a_whole(dataset: Embedded) -> None:
    found = explain("C1", {"quarter": "III/2023"}, Wanted(), dataset)
    assert found.missing is not None
    assert found.missing.thing is None
    days = {
        word
        for f in found.missing.reasons[0].nearest
        for word in f.text.vi.split()
        if "/2023" in word
    }
    assert days, "days on both sides of the quarter"


def test_another_thing_than_the_question_is_about(dataset: Embedded) -> None:
    found = explain("B1", {}, Wanted(name="Phòng Nội vụ"), dataset)
    assert found.missing is not None
    (reason,) = found.missing.reasons
    assert reason.instead is not None
    assert reason.instead[0] == "agency"
    assert reason.instead[1].endswith("/phong-noi-vu")


def test_what_joins_two_things_at_all(dataset: Embedded) -> None:
    """I.1 and 61/2018 meet in the preamble only."""
    found = explain("A2", {"task": "I.1"}, Wanted([("document", "61/2018/NĐ-CP")]), dataset)
    assert found.missing is not None
    assert [
        f.triple[1].value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for f in found.missing.linked
    ] == ["isPartOf", "is_annex_of", "based_on"]


def test_nothing_joins_a_thing_to_itself(dataset: Embedded) -> None:
    thing = NamedNode("https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp")
    assert between(Probe(dataset), thing, thing) == []


# ---- the rule behind a missing edge


@pytest.fixture
def rejected(dataset: Embedded) -> Memory:
    """The plan after somebody rejected the suggestion of 61/2018 for II.5."""
    made = copy_of(dataset)
    made.store.update(
        HEADER
        + NV
        + """DELETE { ?claim cancu:claimStatus ?old . nv:ii-5 cancu:suggestedBasis ?d } INSERT { ?claim cancu:claimStatus kl:bac-bo }
        WHERE { BIND(nd:2018\\/61-2018-nd-cp AS ?d) ?claim cancu:claimSubject nv:ii-5 ; cancu:claimObject ?d ; cancu:claimStatus ?old }"""
    )
    return made


def test_a_rejected_suggestion_says_so(rejected: Memory) -> None:
    found = explain("A2", {"task": "II.5"}, Wanted([("document", "61/2018/NĐ-CP")]), rejected)
    assert found.missing is not None
    text = str(found.as_json())
    assert "không có căn cứ gợi ý là 61/2018/NĐ-CP" in text
    found = explain("A12", {"task": "II.5"}, Wanted([("document", "61/2018/NĐ-CP")]), rejected)
    assert found.missing is not None
    (reason,) = found.missing.reasons
    suggestion = next(r for way in reason.ways for r in way if "gợi ý" in r.text.vi)
    assert suggestion.rule is not None
    assert [r.text.vi for r in suggestion.because] == [
        "Kết luận xem xét là bác bỏ, mà quy tắc chỉ lấy khi kết luận xem xét là một trong chưa xem, cần bổ sung."
    ]
    assert [f.text.vi for f in suggestion.because[0].nearest] == [
        "Khẳng định “cơ chế một cửa” có kết luận xem xét: bác bỏ."
    ]


# ---- several plans


@pytest.mark.parametrize("code", ["A2", "A5", "A11", "B3", "C1", "C4"])
def test_keys_tell_rows_of_several_plans_apart(code: str, many: Embedded) -> None:
    answer = ask(code, {"task": "II.5", "plan": CHI_LINH} if code == "A2" else {}, many)
    columns = key_columns(answer)
    keys = {tuple(row[name] for name in columns) for row in answer.rows}
    assert len(keys) == len({tuple(row.values()) for row in answer.rows})


def test_a_row_of_another_plan(many: Embedded) -> None:
    answer = ask("C4", {}, many)
    row = next(r for r in answer.rows if SAM_SON in str(r["plan_iri"]))
    pairs = [(n, "" if row[n] is None else str(row[n])) for n in key_columns(answer)]
    found = explain("C4", {}, Wanted(pairs), many)
    assert found.total == 1
    plans = {
        fact.triple[2].value
        for fact in found.rows[0].facts
        if fact.triple[1].value.endswith("isPartOf")
    }
    assert plans == {str(row["plan_iri"])}


def test_a_task_of_another_plan_is_missing(many: Embedded) -> None:
    task = next(
        str(r["task_iri"]) for r in ask("C4", {}, many).rows if SAM_SON in str(r["plan_iri"])
    )
    found = explain("C4", {"plan": CHI_LINH}, Wanted([("task_iri", task)]), many)
    assert found.missing is not None
    assert any("không thuộc kế hoạch" in r.text.vi for r in found.missing.reasons), [
        r.text.vi for r in found.missing.reasons
    ]
