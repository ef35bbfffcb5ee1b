"""The measures: on the built-in plan against the catalogue and values found by hand in the plan's table; on small networks
drawn for the purpose; on changed data; on odd and large networks.
"""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from typing import Any

import pytest

from cancu.graph.dataset import Embedded
from cancu.graph.measured import Measured, definitions
from cancu.graph.measures import MEASURES, overlap
from cancu.graph.network import View
from cancu.graph.network_facts import Facts, read_facts
from cancu.graph.quarters import Span, quarters_of, span_of
from cancu.graph.structure import paths
from cancu.queries.answer import ask
from tests.graph.networks import CL, NHOM, large, made
from tests.graph.test_network import MOVED, Twin, twin

OFFICE, INTERIOR, CULTURE, RADIO, DESK, PORTAL = (
    f"{CL}{name}"
    for name in (
        "van-phong",
        "phong-noi-vu",
        "phong-van-hoa-va-thong-tin",
        "dai-phat-thanh",
        "bo-phan-mot-cua",
        "cong-thong-tin-dien-tu",
    )
)
ALL = View()
TASKS = {"count": "tasks"}
LISTS = {
    "load": {**TASKS, "count_proposed": "tasks_proposed"},
    "degree": TASKS,
    "partners": {"count": "bodies"},
    "articulation": TASKS,
    "communities": {"count": "bodies", "shared": "tasks"},
    "inspection": TASKS,
}
"""Column with a number -> the column with the list behind it."""


@pytest.fixture(scope="module")
def facts(dataset: Embedded) -> Facts:
    return read_facts(dataset)


def codes(facts: Facts, cell: object) -> list[str]:
    assert isinstance(cell, tuple)
    return [facts.works[iri].code for iri in cell]


def rows(code: str, facts: Facts, view: View = ALL, **wanted: object) -> list[dict[str, Any]]:
    """The rows of a measure with these values."""
    return [
        dict(row)
        for row in MEASURES[code](facts, view)
        if all(row[name] == value for name, value in wanted.items())
    ]


# ---- definitions


@pytest.mark.parametrize("code", definitions())
def test_a_measure_says_what_it_is_in_both_languages(code: str) -> None:
    found = definitions()[code]
    assert all((found.title.vi, found.title.en, found.meaning.vi, found.meaning.en))
    assert all(column.label.vi and column.label.en for column in found.columns)
    assert len({d.address for d in definitions().values()}) == len(definitions())


def test_measures_are_those_defined() -> None:
    assert {*MEASURES, "paths", "overlap"} == definitions().keys()


@pytest.mark.parametrize("code", MEASURES)
def test_rows_have_the_columns_of_the_definition_and_a_list_behind_each_number(
    code: str, facts: Facts
) -> None:
    columns = [column.name for column in definitions()[code].columns]
    found = MEASURES[code](facts, ALL)
    assert found
    for row in found:
        assert list(row) == columns
        for number, listed in LISTS.get(code, {}).items():
            assert row[number] == len(_texts(row[listed]))
    shown = {tuple(map(str, row.items())) for row in found}
    assert len(shown) == len(found)


# ---- against the catalogue


def test_load_is_b8(facts: Facts, dataset: Embedded) -> None:
    ours = {
        (r["agency"], r["quarter"], r["way"]): (r["count"], r["count_proposed"])
        for r in rows("load", facts)
        if facts.kinds[r["agency"]] == "agency"
    }
    theirs = {
        (r["agency_iri"], r["quarter"], r["via"]): (r["load"], r["load_proposed"])
        for r in ask("B8", {"agency": ""}, dataset).rows
    }
    assert ours == theirs


@pytest.mark.parametrize(
    ("quarter", "named", "by_group"),
    [
        (1, "PL1.1", 12),
        (2, "I.2 I.4 II.5 II.6 PL1.1", 13),
        (3, "II.5 II.6", 12),
        (4, "II.5 II.6", 12),
    ],
)
def test_load_of_the_interior_office(facts: Facts, quarter: int, named: str, by_group: int) -> None:
    """Before 31/5: PL1.1. Quý II: I.2, I.4. From Quý II on: II.6. April to December: II.5."""
    mine = rows("load", facts, agency=INTERIOR, quarter=f"2023-Q{quarter}")
    assert [row["way"] for row in mine] == ["named", "group"]
    assert codes(facts, mine[0]["tasks"]) == named.split()
    assert mine[1]["count"] == by_group


def test_degree_is_b18_and_b13(facts: Facts, dataset: Embedded) -> None:
    ours = {
        (r["agency"], r["role"], r["way"]): r["count"]
        for r in rows("degree", facts)
        if facts.kinds[r["agency"]] == "agency" and r["role"] in ("lead", "coordinate")
    }
    theirs = {
        (r["agency_iri"], r["role"], r["via"]): r["count"] for r in ask("B18", {}, dataset).rows
    }
    assert ours == theirs
    for row in ask("B13", {}, dataset).rows:
        for role in ("lead", "coordinate"):
            assert ours.get((row["agency_iri"], role, "named"), 0) == row[role]


def test_what_breaks_is_b12(facts: Facts, dataset: Embedded) -> None:
    tasks: dict[object, set[str]] = defaultdict(set)
    left: set[str] = set()
    for office in (OFFICE, INTERIOR, CULTURE, DESK):
        for row in ask("B12", {"agency": office}, dataset).rows:
            tasks[office].add(str(row["task_iri"]))
            left |= {str(row["task_iri"])} if row["group_iri"] else set()
    found = rows("articulation", facts)
    assert {row["agency"]: set(_texts(row["tasks"])) for row in found} == tasks
    for row in found:
        assert set(_texts(row["alone"])) == set(_texts(row["tasks"])) - left


def test_both_is_b5(facts: Facts, dataset: Embedded) -> None:
    theirs = {(r["agency_iri"], r["task_iri"], r["via"]) for r in ask("B5", {}, dataset).rows}
    assert {(r["agency"], r["task"], r["lead_way"]) for r in rows("both", facts)} == theirs


def test_independence_is_e8(facts: Facts, dataset: Embedded) -> None:
    theirs = {
        (
            r["task_iri"],
            r["agency_iri"],
            r["role"],
            r["via"],
            r["conflict"],
            r["other_iri"],
            r["other_via"],
        )
        for r in ask("E8", {}, dataset).rows
    }
    assert {tuple(row.values()) for row in rows("independence", facts)} == theirs


def test_who_is_inspected_is_e1(facts: Facts, dataset: Embedded) -> None:
    theirs = {(r["agency_iri"], r["selection"]) for r in ask("E1", {}, dataset).rows}
    listed = rows("inspection", facts, side="listed")
    assert {(r["agency"], r["selection"]) for r in listed} == theirs
    (leads,) = rows("inspection", facts, side="inspects", role="lead")
    assert (leads["agency"], leads["way"], codes(facts, leads["tasks"])) == (
        OFFICE,
        "named",
        ["II.5"],
    )


def test_overlap_is_b15(facts: Facts, dataset: Embedded) -> None:
    asked = ask("B15", {"agency": INTERIOR, "other": OFFICE}, dataset).rows
    shared = [row for row in overlap(facts, ALL, INTERIOR, OFFICE) if row["whose"] == "both"]
    assert {iri for row in shared for iri in _texts(row["tasks"])} == {r["task_iri"] for r in asked}
    assert codes(facts, shared[0]["tasks"]) == ["I.2", "I.4", "II.5", "II.6"]
    assert [row["way"] for row in shared] == ["named", "group"]


def _texts(cell: object) -> tuple[str, ...]:
    return tuple(map(str, cell)) if isinstance(cell, tuple) else ()


# ---- against the plan's table, by hand


@pytest.mark.parametrize(
    ("office", "tasks", "alone", "parts", "cut_off"),
    [
        (INTERIOR, "I.2 II.5 II.6", "", 1, ()),
        (OFFICE, "III.2 III.3 III.4 III.5 IV.4", "III.3 III.4 III.5 IV.4", 2, (INTERIOR,)),
        (CULTURE, "III.1 III.6", "III.1", 1, ()),
    ],
)
def test_what_breaks_without(
    facts: Facts, office: str, tasks: str, alone: str, parts: int, cut_off: tuple[str, ...]
) -> None:
    (row,) = rows("articulation", facts, agency=office)
    assert codes(facts, row["tasks"]) == tasks.split()
    assert codes(facts, row["alone"]) == alone.split()
    assert (row["parts"], row["bodies"]) == (parts, cut_off)


def test_betweenness_by_name(facts: Facts) -> None:
    """The links by name: the Office with Interior, Culture, Radio and Portal; the Desk with the last three.

    Of the ten pairs of others the Office is on all shortest paths of four with Interior (its four pairs), half of them for
    none: with the Desk as the other way it shares the three pairs of Culture, Radio and Portal: (4 + 3/2) / 10.
    """
    found = {row["agency"]: row for row in rows("between", facts)}
    assert {office: row["score"] for office, row in found.items()} == {
        OFFICE: 0.55,
        DESK: 0.15,
        CULTURE: 0.0667,
        RADIO: 0.0667,
        PORTAL: 0.0667,
        INTERIOR: 0.0,
    }
    assert found[OFFICE]["count"] == len(found[OFFICE]["pairs"]) == 7
    assert found[DESK]["pairs"] == ((PORTAL, RADIO), (PORTAL, CULTURE), (RADIO, CULTURE)) or set(
        map(frozenset, found[DESK]["pairs"])
    ) == {frozenset(p) for p in ((PORTAL, RADIO), (PORTAL, CULTURE), (RADIO, CULTURE))}
    assert set(found[DESK]["bodies"]) == {PORTAL, CULTURE, RADIO}


@pytest.mark.parametrize(
    ("without", "through"),
    [
        ((), [((CULTURE,), "I.4 IV.1"), ((OFFICE,), "I.2 I.4 II.5 II.6 IV.1")]),
        ((OFFICE,), [((CULTURE,), "I.4 IV.1")]),
        ((OFFICE, CULTURE), []),
    ],
)
def test_paths(
    facts: Facts, without: tuple[str, ...], through: list[tuple[tuple[str, ...], str]]
) -> None:
    """B9 by name: from Interior to Radio through the Office (4 tasks) or Culture (1), and IV.1."""
    found = paths(facts, ALL, INTERIOR, RADIO, frozenset(without))
    assert [
        (_texts(row["bodies"])[1:-1], " ".join(codes(facts, row["tasks"]))) for row in found
    ] == (through)
    assert {row["way"] for row in found} <= {"named"}


def test_paths_agree_with_b9(facts: Facts, dataset: Embedded) -> None:
    asked = ask("B9", {"agency": INTERIOR, "other": RADIO}, dataset).rows
    theirs = {row["through_iri"] for row in asked if row["via"] == "named"}
    assert {_texts(row["bodies"])[1] for row in paths(facts, ALL, INTERIOR, RADIO)} == theirs


def test_partners(facts: Facts) -> None:
    (leading,) = rows("partners", facts, agency=OFFICE, role="lead", way="named")
    assert leading["bodies"] == (INTERIOR, CULTURE)
    (joining,) = rows("partners", facts, agency=OFFICE, role="coordinate", way="named")
    assert set(joining["bodies"]) == {CULTURE, RADIO, PORTAL}


def test_communities(facts: Facts) -> None:
    found = rows("communities", facts)
    assert {frozenset(row["bodies"]) for row in found} == {
        frozenset((OFFICE, INTERIOR, CULTURE)),
        frozenset((DESK, RADIO, PORTAL)),
    }
    assert {row["shared"] for row in found} == {1, 8}


def test_overview(facts: Facts) -> None:
    by_body = {row["agency"]: row for row in rows("overview", facts)}
    assert by_body[OFFICE] == {
        "agency": OFFICE,
        "lead_named": 15,
        "coordinate_named": 6,
        "lead_group": 0,
        "coordinate_group": 0,
        "lead_possible": 0,
        "coordinate_possible": 0,
        "partners_named": 4,
        "score": 0.55,
        "lost": 5,
    }
    mine = by_body[INTERIOR]
    assert (mine["coordinate_named"], mine["lead_group"], mine["coordinate_group"]) == (4, 7, 9)
    assert by_body[f"{CL}ubnd-phuong-cong-hoa"]["coordinate_possible"] == 1


def test_narrowed(facts: Facts) -> None:
    second = View(period=("2023-04-01", "2023-06-30"))
    assert {row["quarter"] for row in rows("load", facts, second)} == {"2023-Q2"}
    assert rows("inspection", facts, View(section="x:y")) == []
    assert {row["way"] for row in rows("degree", facts, View(ways=frozenset(("named",))))} == {
        "named"
    }
    kept = rows(
        "degree", facts, View(groups=False), agency=f"{NHOM}ubnd-cac-xa-phuong", role="lead"
    )
    assert [row["way"] for row in kept] == ["group"]


# ---- changed data


@pytest.mark.parametrize(
    ("update", "changed"),
    [
        # Interior leads I.4 now, and is no coordinator there any more
        (
            MOVED.format("nv:i-4\\/tham-gia\\/phoi-hop-1", "cv:role", "vt:chu-tri"),
            {"overview", "degree", "partners", "articulation", "between"},
        ),
        (
            "DELETE WHERE { nv:i-2\\/tham-gia\\/phoi-hop-1 cv:hasParticipant ?who }",
            {"load", "degree", "overview", "articulation", "communities"},
        ),
        (
            "DELETE WHERE { nhom:cac-phong-chuyen-mon cancu:certainMember cl:phong-tu-phap }",
            {"overview", "load", "degree", "partners"},
        ),
        ("DELETE WHERE { ?t cancu:inspects cl:phong-tu-phap }", {"inspection", "independence"}),
        (
            "DELETE { ?p cv:hasParticipant ?g } INSERT { ?p cv:hasParticipant cl:van-phong } WHERE { ?p cv:hasParticipant ?g . VALUES ?p { nv:ii-3\\/tham-gia\\/phoi-hop-1 } }",
            {"both", "overview", "degree", "partners"},
        ),
    ],
    ids=["role", "part", "member", "inspected", "both"],
)
def test_twins(dataset: Embedded, facts: Facts, update: str, changed: set[str]) -> None:
    other = read_facts(twin(dataset, update))
    assert {
        code for code in MEASURES if MEASURES[code](other, ALL) != MEASURES[code](facts, ALL)
    } >= (changed)


# ---- small networks


def test_a_chain_breaks_in_the_middle() -> None:
    facts = made(
        {
            "t1": {"a": "lead", "b": "coordinate"},
            "t2": {"b": "lead", "c": "coordinate"},
            "t3": {"c": "lead", "d": "coordinate"},
            "t4": {"x": "lead", "y": "coordinate"},
        }
    )
    found = {row["agency"]: row for row in rows("articulation", facts)}
    assert (found["b"]["parts"], found["b"]["bodies"]) == (2, ("a",))
    assert (found["c"]["parts"], found["c"]["bodies"]) == (2, ("d",))
    assert (found["y"]["parts"], found["y"]["tasks"]) == (1, ("t4",))
    assert paths(facts, ALL, "a", "d")[0]["bodies"] == ("a", "b", "c", "d")
    assert paths(facts, ALL, "a", "y") == []
    assert paths(facts, ALL, "a", "a") == []
    assert paths(facts, ALL, "a", "nobody") == []


def test_a_path_makes_no_detour() -> None:
    """a, b and c are in one task: a-b-c-d is a-c-d with a detour."""
    facts = made({"t1": dict.fromkeys("abc", "coordinate"), "t2": dict.fromkeys("cd", "lead")})
    assert [row["bodies"] for row in paths(facts, ALL, "a", "d")] == [("a", "c", "d")]


def test_a_path_is_as_weak_as_its_weakest_step() -> None:
    facts = made(
        {"t1": {"a": "lead", "g": "coordinate"}, "t2": {"b": "lead", "c": "coordinate"}},
        {"g": ("b",)},
    )
    assert paths(facts, ALL, "a", "c") == []
    (row,) = paths(facts, View(ways=frozenset(("named", "group"))), "a", "c")
    assert (row["bodies"], row["way"]) == (("a", "b", "c"), "group")


def test_named_in_one_column_and_in_a_group_of_the_other() -> None:
    facts = made({"t": {"a": "lead", "g": "coordinate"}}, {"g": ("a", "b")})
    (row,) = MEASURES["both"](facts, ALL)
    assert row == {"agency": "a", "task": "t", "lead_way": "named", "coordinate_way": "group"}
    assert MEASURES["both"](facts, View(groups=False)) == []
    assert MEASURES["both"](facts, View(ways=frozenset(("named",)))) == []


@pytest.mark.parametrize("code", MEASURES)
def test_odd_networks(code: str) -> None:
    for facts in (read_facts(Twin()), made({}), made({"t": {}}), made({"t": {"a": "lead"}})):
        assert len(MEASURES[code](facts, ALL)) <= 4


@pytest.mark.parametrize("code", MEASURES)
def test_six_thousand_nodes(code: str) -> None:
    facts = large(6_000)
    found = MEASURES[code](facts, ALL)
    assert found or code in ("inspection", "both", "independence")
    if code == "between":
        assert len(found) > 1_000  # estimated, the same each time
        assert found == MEASURES[code](facts, ALL)
    if code == "communities":
        assert sum(int(str(row["count"])) for row in found) > 1_500


def test_communities_do_not_depend_on_the_seed_of_python() -> None:
    """Sets of texts have another order in each process; the clusters have not."""
    program = (
        "from tests.graph.networks import large\n"
        "from cancu.graph.structure import communities, between\n"
        "from cancu.graph.network import View\n"
        "facts = large(900)\n"
        "print(communities(facts, View()), between(facts, View())[:20])\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


# ---- quarters


@pytest.mark.parametrize(
    ("start", "end", "plan", "quarters"),
    [
        ("2023-04-01", "2023-06-30", None, "Q2"),
        ("2023-03-31", "2023-04-01", None, "Q1 Q2"),
        ("", "2023-05-30", None, "Q1 Q2"),
        ("", "2023-05-30", ("2023-04-01", "2023-12-31"), "Q2"),
        ("2023-08-15", "", None, "Q3 Q4"),
        ("2023-08-15", "", ("2023-01-01", "2023-09-30"), "Q3"),
        # a plan that begins after the day says nothing about it
        ("", "2022-05-30", ("2023-01-01", "2023-12-31"), "Q1 Q2"),
        ("", "", ("2023-01-01", "2023-12-31"), ""),
    ],
)
def test_quarters(start: str, end: str, plan: tuple[str, str] | None, quarters: str) -> None:
    span = span_of(start, end, plan)
    assert [q[5:] for q in quarters_of(span)] == quarters.split() if span else not quarters


def test_a_slip_of_centuries_has_an_end() -> None:
    assert len(list(quarters_of(Span("0023-01-01", "2023-12-31")))) == 31 * 4


def test_rows_of_all_plans_are_those_of_each(many: Embedded) -> None:
    facts = read_facts(many)
    whole: Measured = MEASURES["degree"](facts, ALL)
    each = [row for plan in facts.plans for row in MEASURES["degree"](facts, View(plan=plan))]
    total = Counter({(r["agency"], r["role"], r["way"]): int(str(r["count"])) for r in whole})
    parts: Counter[tuple[object, ...]] = Counter()
    for r in each:
        parts[r["agency"], r["role"], r["way"]] += int(str(r["count"]))
    assert total == parts
