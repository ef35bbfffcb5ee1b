"""Every question asked of each plan and of all: the answers differ, and nothing is mixed or lost."""

from collections import Counter

import pytest

from cancu.graph.dataset import Embedded, Row
from cancu.ontology.iri import BASE
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.errors import AmbiguousValue, MissingValue, UnknownValue
from cancu.queries.parameters import choices, find
from cancu.queries.plans import plan_names
from tests.many import CHI_LINH, DONG_NGAC, HOA_LU, PLANS, SAM_SON

HEAD = f"{BASE}id/ke-hoach/"
ASKED = {
    "B2": {"agency": "Phòng Nội vụ (Sầm Sơn)"},
    "B3": {"agency": "Phòng Nội vụ (Sầm Sơn)"},
    "B9": {
        "agency": "Văn phòng HĐND và UBND thành phố (Sầm Sơn)",
        "other": "Phòng Tư pháp (Sầm Sơn)",
    },
    "B10": {"agency": "Phòng Nội vụ (Sầm Sơn)"},
    "B14": {"agency": "Phòng Nội vụ (Sầm Sơn)", "period": "2024"},
    "B15": {
        "agency": "Văn phòng HĐND và UBND thành phố (Sầm Sơn)",
        "other": "Phòng Nội vụ (Sầm Sơn)",
    },
    "B16": {"task": "II.5"},
    "B17": {"group": "UBND các xã, phường (Chí Linh)"},
    "C1": {"quarter": "I/2024"},
    "C2": {"date": "2030-01-01"},
    "C11": {"task": "II.5"},
}
"""What is asked besides the defaults, so that some plan has something to say."""


def key(row: Row) -> tuple[tuple[str, str], ...]:
    """A row without the name of its plan, which is shorter where several are shown."""
    return tuple(sorted((n, str(v)) for n, v in row.items() if n != "plan"))


OF_ONE = [code for code, asked in questions().items() if asked.constructs]
"""Questions about one thing of one plan: there is nothing to add up."""


@pytest.mark.parametrize("code", [code for code in questions() if code not in OF_ONE])
def test_the_plans_add_up_to_all(code: str, many: Embedded) -> None:
    values = ASKED.get(code, {})
    every = ask(code, values, many).rows
    each = {plan: ask(code, {**values, "plan": plan}, many).rows for plan in PLANS}
    assert every
    for plan, rows in each.items():
        assert {row["plan_iri"] for row in rows} <= {f"{HEAD}{plan}", None}
    # what the registry says is of no plan, and is there whichever is asked
    of_plans = Counter(key(row) for rows in each.values() for row in rows if row["plan_iri"])
    assert of_plans == Counter(key(row) for row in every if row["plan_iri"])
    registry = {key(row) for row in every if not row["plan_iri"]}
    assert all({key(r) for r in rows if not r["plan_iri"]} == registry for rows in each.values())


@pytest.mark.parametrize("code", [c for c in questions() if c not in ("A16", "E5", *OF_ONE)])
def test_the_plans_answer_differently(code: str, many: Embedded) -> None:
    """A16 and E5 ask the registry; any other answer is another for another plan."""
    values = ASKED.get(code, {})
    answers = {tuple(map(key, ask(code, {**values, "plan": p}, many).rows)) for p in PLANS}
    assert len(answers) > 1


def test_rows_say_which_plan_they_are_from(many: Embedded) -> None:
    assert {row["plan"] for row in ask("A5", {}, many).rows} == {
        "09/KH-UBND · Đồng Ngạc 2024",
        "118/KH-UBND · Hoa Lư 2024",
        "27/QĐ-UBND · Sầm Sơn 2024",
        "Kiểm soát thủ tục hành chính và thực… · Chí Linh 2023",
    }
    (one,) = {row["plan"] for row in ask("A5", {"plan": HOA_LU}, many).rows}
    assert one == "Kế hoạch cải cách hành chính nhà nước tỉnh Hoa Lư năm 2024"


@pytest.mark.parametrize(
    "name",
    [SAM_SON, "27/QĐ-UBND", "27/QĐ-UBND · Sầm Sơn 2024", "27 qd ubnd sam son 2024", HEAD + SAM_SON],
)
def test_a_plan_has_several_names(name: str, many: Embedded) -> None:
    assert find("plan", name, many)[0] == HEAD + SAM_SON


def test_a_task_is_named_with_its_plan(many: Embedded) -> None:
    with pytest.raises(AmbiguousValue) as caught:
        ask("A2", {"task": "I.1"}, many)
    assert "I.1 (118/KH-UBND · Hoa Lư 2024)" in caught.value.vi
    for values in ({"task": "I.1 (118/KH-UBND · Hoa Lư 2024)"}, {"task": "I.1", "plan": HOA_LU}):
        rows = ask("A18", values, many).rows
        assert all(row["plan_iri"] == HEAD + HOA_LU for row in rows)
        assert ask("A2", values, many).parameters["task"] == "I.1"
    with pytest.raises(UnknownValue):
        ask("A2", {"task": "XX.1", "plan": HOA_LU}, many)


def test_a_default_of_one_plan_is_none_of_many(many: Embedded, dataset: Embedded) -> None:
    """II.5 is the example of the plan that ships with the product; among several it would be a guess."""
    assert ask("A2", {}, dataset).parameters == {"task": "II.5"}
    assert ask("A2", {}, many).parameters == {}
    assert len({row["plan_iri"] for row in ask("A2", {}, many).rows}) == 4


def test_a_body_is_of_its_place(many: Embedded) -> None:
    with pytest.raises(AmbiguousValue) as caught:
        ask("B1", {"agency": "Phòng Nội vụ"}, many)
    assert "Phòng Nội vụ (Chí Linh)" in caught.value.vi
    assert "Phòng Nội vụ (Sầm Sơn)" in caught.value.en
    (row,) = ask("B1", {"agency": "Phòng Nội vụ", "plan": SAM_SON}, many).rows
    assert (row["lead"], row["coordinate"]) == (1, 1)
    offered = choices("agency", many)
    assert "Phòng Nội vụ (Sầm Sơn)" in offered
    assert "Phòng Nội vụ" not in offered
    assert "Sở Nội vụ" in offered


def test_a_question_that_must_know_whom_says_so(many: Embedded) -> None:
    with pytest.raises(MissingValue) as caught:
        ask("B2", {"plan": DONG_NGAC}, many)
    assert "agency=" in caught.value.vi
    assert ask("B2", {"plan": CHI_LINH}, many).parameters["agency"] == "Phòng Nội vụ"


def test_names_of_plans_are_told_apart(many: Embedded) -> None:
    names = plan_names(many)
    assert [name.slug for name in names.values()] == sorted(PLANS)
    assert len({name.short for name in names.values()}) == 4


@pytest.mark.parametrize("code", OF_ONE)
def test_a_graph_is_of_the_plan_asked(code: str, many: Embedded) -> None:
    for plan in PLANS:
        task = choices("task", many, f"{HEAD}{plan}")[0]
        graph = ask(code, {"task": task, "plan": plan}, many).triples
        tasks = {str(t.subject).strip("<>") for t in graph if "/nhiem-vu/" in str(t.subject)}
        assert tasks and all(iri.startswith(f"{HEAD}{plan}/") for iri in tasks)
