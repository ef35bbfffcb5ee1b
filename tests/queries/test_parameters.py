"""What people type, as the thing they mean: exactly one, or a sentence that says why not."""

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from cancu.graph.dataset import Bound, Embedded, Row, Table
from cancu.ontology.iri import BASE
from cancu.queries.errors import AmbiguousValue, BadValue, UnknownValue
from cancu.queries.parameters import choices, find, resolve

NOI_VU = f"{BASE}id/to-chuc/chi-linh/phong-noi-vu"
OFFICE = f"{BASE}id/to-chuc/chi-linh/van-phong"
CONG_HOA = f"{BASE}id/to-chuc/chi-linh/ubnd-phuong-cong-hoa"
DECREE = f"{BASE}id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"
PLAN = f"{BASE}id/ke-hoach/chi-linh/2023/kstthc-mot-cua"

THINGS: list[tuple[str, str, str]] = [
    ("document", "61/2018/NĐ-CP", DECREE),
    ("document", "61/2018/nđ-cp", DECREE),
    ("document", "61/2018/ND-CP", DECREE),
    ("document", " 61-2018-nd-cp ", DECREE),
    ("document", DECREE, DECREE),
    ("document", "01/NQ-CP", f"{BASE}id/vb/chinh-phu/nghi-quyet/2023/01-nq-cp"),
    ("agency", "Phòng Nội vụ", NOI_VU),
    ("agency", "phong noi vu", NOI_VU),
    ("agency", "PHÒNG  NỘI VỤ", NOI_VU),
    ("agency", NOI_VU, NOI_VU),
    ("agency", "Văn phòng HĐND và UBND thành phố", OFFICE),
    ("agency", "Văn phòng HĐND và UBND phố", OFFICE),  # as it is misspelt in the plan
    ("agency", "VP HĐND&UBND", OFFICE),
    ("agency", "Phường Cộng Hòa", CONG_HOA),
    ("agency", "UBND phường Cộng Hoà", CONG_HOA),  # the other place of the tone mark
    ("task", "II.5", f"{PLAN}/nhiem-vu/ii-5"),
    ("task", "ii.5", f"{PLAN}/nhiem-vu/ii-5"),
    ("task", "PL1.2", f"{PLAN}/phu-luc-1/muc-2"),
    ("plan", PLAN, PLAN),
]


@pytest.mark.parametrize(("kind", "typed", "iri"), THINGS, ids=[f"{k} {t}" for k, t, _ in THINGS])
def test_a_thing_by_number_name_or_address(
    kind: str, typed: str, iri: str, dataset: Embedded
) -> None:
    resolved = resolve(kind, "x", typed, dataset)
    assert resolved.bindings == {"x_asked": NamedNode(iri)}
    assert resolved.shown == find(kind, iri, dataset)[1]


@pytest.mark.parametrize(
    ("kind", "typed", "near"),
    [
        ("document", "61/2019/NĐ-CP", "61/2018/NĐ-CP"),
        ("agency", "Phòng Nội vu nhé", "Phòng Nội vụ"),
        ("agency", "Sở Nội vụ", "Phòng Nội vụ"),
        ("agency", "xã Cộng Hòa", "UBND phường Cộng Hòa"),
        ("task", "II.55", "II.5"),
    ],
)
def test_what_is_not_known_is_not_guessed(
    kind: str, typed: str, near: str, dataset: Embedded
) -> None:
    with pytest.raises(UnknownValue) as caught:
        resolve(kind, "x", typed, dataset)
    assert near in caught.value.nearest
    assert len(caught.value.nearest) <= 5
    assert near in caught.value.vi
    assert near in caught.value.en


@pytest.mark.parametrize("typed", ["", "   ", "???", "\x00", "a" * 5000, "<script>", '" } SELECT'])
def test_rubbish_is_unknown_and_said_in_one_line(typed: str, dataset: Embedded) -> None:
    for kind in ("document", "agency", "task", "plan"):
        with pytest.raises(UnknownValue) as caught:
            resolve(kind, "x", typed, dataset)
        assert "\n" not in caught.value.vi


def test_one_of_several_is_for_the_asker_to_choose() -> None:
    """Two things of one name: both are listed with their addresses."""

    class Two:
        version = "two"

        def select(self, query: str, bindings: Bound | None = None) -> Table:
            name = "Phòng Nội vụ"
            rows: list[Row] = [
                {"iri": f"{BASE}id/to-chuc/{place}/phong-noi-vu", "label": name, "name": name}
                for place in ("chi-linh", "sam-son")
            ]
            return Table(("iri", "label", "name"), tuple(rows))

        def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
            return ()

    with pytest.raises(AmbiguousValue) as caught:
        find("agency", "Phòng Nội vụ", Two())
    assert caught.value.candidates == (
        f"Phòng Nội vụ (chi-linh) <{BASE}id/to-chuc/chi-linh/phong-noi-vu>",
        f"Phòng Nội vụ (sam-son) <{BASE}id/to-chuc/sam-son/phong-noi-vu>",
    )
    # the address tells them apart
    iri = f"{BASE}id/to-chuc/sam-son/phong-noi-vu"
    assert find("agency", iri, Two()) == (iri, "Phòng Nội vụ")


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2023-Q2", "2023-04-01", "2023-06-30"),
        ("2023q2", "2023-04-01", "2023-06-30"),
        ("II/2023", "2023-04-01", "2023-06-30"),
        ("Quý II năm 2023", "2023-04-01", "2023-06-30"),
        ("quý ii/2023", "2023-04-01", "2023-06-30"),
        ("2/2023", "2023-04-01", "2023-06-30"),
        ("Q4 2024", "2024-10-01", "2024-12-31"),
        ("quý I - 2024", "2024-01-01", "2024-03-31"),
        ("III 2023", "2023-07-01", "2023-09-30"),
        ("IV/9999", "9999-10-01", "9999-12-31"),
    ],
)
def test_quarters(typed: str, start: str, end: str, dataset: Embedded) -> None:
    bindings = resolve("quarter", "quarter", typed, dataset).bindings
    assert {name: term.value for name, term in bindings.items()} == {
        "quarter_start_asked": start,
        "quarter_end_asked": end,
    }
    assert all(
        isinstance(t, Literal) and t.datatype.value.endswith("#date") for t in bindings.values()
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023-06-30", "2023-06-30"),
        ("30/6/2023", "2023-06-30"),
        ("30/06/2023", "2023-06-30"),
        (" 1.2.2024 ", "2024-02-01"),
        ("29-2-2024", "2024-02-29"),
    ],
)
def test_days(typed: str, day: str, dataset: Embedded) -> None:
    resolved = resolve("date", "date", typed, dataset)
    assert resolved.shown == day
    assert [term.value for term in resolved.bindings.values()] == [day]


@pytest.mark.parametrize(
    "typed", ["", "31/2/2023", "29/2/2023", "2023-13-01", "mai", "30/6/23", "6/2023"]
)
def test_what_is_no_day(typed: str, dataset: Embedded) -> None:
    with pytest.raises(BadValue) as caught:
        resolve("date", "date", typed, dataset)
    assert "30/06/2023" in caught.value.vi


@pytest.mark.parametrize(
    "typed", ["", "Q5 2023", "V/2023", "2023", "quý", "II/23", "0/2023", "II/0000"]
)
def test_what_is_no_quarter(typed: str, dataset: Embedded) -> None:
    with pytest.raises(BadValue) as caught:
        resolve("quarter", "quarter", typed, dataset)
    assert "II/2023" in caught.value.vi


@pytest.mark.parametrize(
    ("kind", "typed", "start", "end"),
    [
        ("year", "2023", "2023-01-01", "2023-12-31"),
        ("year", "năm 2023", "2023-01-01", "2023-12-31"),
        ("period", "2023", "2023-01-01", "2023-12-31"),
        ("period", "quý II/2023", "2023-04-01", "2023-06-30"),
        ("period", "30/6/2023", "2023-06-30", "2023-06-30"),
        ("period", "1/3/2023..30/4/2023", "2023-03-01", "2023-04-30"),
        ("period", "..2023-06-30", "0001-01-01", "2023-06-30"),
        ("period", "2023-06-30..", "2023-06-30", "9999-12-31"),
    ],
)
def test_periods(kind: str, typed: str, start: str, end: str, dataset: Embedded) -> None:
    bindings = resolve(kind, "x", typed, dataset).bindings
    assert {name: term.value for name, term in bindings.items()} == {
        "x_start_asked": start,
        "x_end_asked": end,
    }


def test_a_group_by_its_label(dataset: Embedded) -> None:
    found = resolve("group", "x", "UBND các xã, phường", dataset)
    assert set(found.bindings) == {"x_asked"}
    assert found.shown == "UBND các xã, phường"


def test_choices_are_sorted_and_each_once(dataset: Embedded) -> None:
    agencies = choices("agency", dataset)
    assert agencies == sorted(set(agencies))
    assert "Phòng Nội vụ" in agencies
    assert choices("date", dataset) == []
    assert choices("year", dataset) == ["2023"]
    assert choices("quarter", dataset)[1] == "quý II/2023"
    assert len([task for task in choices("task", dataset) if task.startswith("II.")]) == 7
