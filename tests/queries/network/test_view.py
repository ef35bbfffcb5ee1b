"""Views from addresses, measures by name, sentences, and the files that other programs read."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import networkx as nx
import pytest

from cancu.graph.dataset import Embedded
from cancu.graph.network import PROJECTIONS, Network, View, build_network
from cancu.graph.network_facts import read_facts
from cancu.ontology.network import EDGES, kinds
from cancu.queries.errors import (
    AmbiguousValue,
    BadValue,
    MissingValue,
    QueryError,
    UnknownParameter,
    UnknownQuestion,
    UnknownValue,
)
from cancu.queries.network.export import EXPORTERS, exporter
from cancu.queries.network.measure import measure
from cancu.queries.network.read import network_of
from cancu.queries.network.record import network_as_json, outcome_as_csv, outcome_as_json
from cancu.queries.network.say import notes
from cancu.queries.network.view import find_node, read_view, roles, view_fields
from tests.graph.networks import CL, HOSTILE, PLAN, made

SECTION = f"{PLAN}/phan/ii"
FIELDS: list[tuple[dict[str, str], View]] = [
    ({}, View()),
    ({"goc-nhin": "kiem-tra", "nhom": "giu"}, View(projection="kiem-tra", groups=False)),
    ({"quy": "II/2023"}, View(period=("2023-04-01", "2023-06-30"))),
    ({"quy": "quý 2"}, View(period=("2023-04-01", "2023-06-30"))),
    ({"ky": "6 tháng đầu năm"}, View(period=("2023-01-01", "2023-06-30"))),
    ({"phan": "II"}, View(section=SECTION)),
    ({"phan": "ii"}, View(section=SECTION)),
    ({"phan": SECTION}, View(section=SECTION)),
    ({"vai-tro": "lead,coordinate"}, View(roles=frozenset(("lead", "coordinate")))),
    ({"vai-tro": "chủ trì, Rà soát"}, View(roles=frozenset(("lead", "review")))),
    ({"vai-tro": "chu tri"}, View(roles=frozenset(("lead",)))),
    ({"cach": "nêu đích danh"}, View(ways=frozenset(("named",)))),
    ({"cach": "named, qua nhóm ,"}, View(ways=frozenset(("named", "group")))),
    ({"muc": "gợi ý,cited"}, View(tiers=frozenset(("suggested", "cited")))),
    ({"nut": "PNV", "buoc": "2"}, View(focus=f"{CL}phong-noi-vu", steps=2)),
    ({"nut": "II.5"}, View(focus=f"{PLAN}/nhiem-vu/ii-5")),
    ({"ke-hoach": "Chí Linh 2023", "nhom": "có"}, View(plan=PLAN)),
    ({"nut": "  ", "phan": ""}, View()),
]


@pytest.mark.parametrize(("fields", "view"), FIELDS)
def test_a_view_from_an_address(fields: dict[str, str], view: View, dataset: Embedded) -> None:
    assert read_view(fields, dataset) == view
    assert read_view(view_fields(view), dataset) == view


BAD: list[tuple[dict[str, str], type[QueryError], str]] = [
    ({"x": "1"}, UnknownParameter, "goc-nhin"),
    ({"goc-nhin": "khac"}, BadValue, "co-quan-co-quan"),
    ({"phan": "XX"}, UnknownValue, "XX"),
    ({"vai-tro": "lead,sep"}, BadValue, "coordinate"),
    ({"cach": "đoán"}, BadValue, "possible"),
    ({"muc": "chắc"}, BadValue, "general"),
    ({"nhom": "đôi khi"}, BadValue, "giu"),
    ({"buoc": "4"}, BadValue, "1, 2, 3"),
    ({"quy": "quý 5"}, BadValue, "quý 5"),
    ({"quy": "II/2023", "ky": "2023"}, BadValue, "quý hoặc kỳ"),
    ({"nut": "Sở Giao thông vũ trụ"}, UnknownValue, "Sở Giao thông vũ trụ"),
    ({"ke-hoach": "Atlantis"}, UnknownValue, "Atlantis"),
]


@pytest.mark.parametrize(("fields", "error", "said"), BAD)
def test_what_no_view_can_be(
    fields: dict[str, str], error: type[QueryError], said: str, dataset: Embedded
) -> None:
    with pytest.raises(error) as caught:
        read_view(fields, dataset)
    assert said in caught.value.vi
    assert caught.value.en


def test_a_name_of_several_is_asked_about(many: Embedded) -> None:
    for fields in ({"nut": "Phòng Nội vụ"}, {"nut": "II.1"}, {"phan": "I"}):
        with pytest.raises(AmbiguousValue) as caught:
            read_view(fields, many)
        assert len(caught.value.candidates) > 1
    assert read_view({"phan": "I", "ke-hoach": PLAN}, many).section == f"{PLAN}/phan/i"
    assert find_node("Phòng Nội vụ (Chí Linh)", many) == f"{CL}phong-noi-vu"


def test_every_role_of_an_edge_may_be_asked_for() -> None:
    shown = {code for code, kind in kinds(EDGES).items() if kind.view == PROJECTIONS[0]}
    assert set(roles().values()) == shown


# ---- measures


def test_a_measure_of_two(dataset: Embedded) -> None:
    found = measure("duong-noi", View(), {"tu": "PNV", "den": "Đài Phát thanh"}, dataset)
    assert found.definition.code == "paths"
    said = outcome_as_json(found)
    assert said["pair"]["den"] == [
        {"iri": f"{CL}dai-phat-thanh", "label": "Đài Phát thanh thành phố", "page": None}
    ]
    assert [row["sentence"]["vi"] for row in said["rows"]] == [
        "Phòng Nội vụ cùng Phòng Văn hóa và Thông tin làm I.4; Phòng Văn hóa và Thông tin cùng Đài Phát thanh thành phố làm IV.1 (chỗ yếu nhất: nêu đích danh).",
        "Phòng Nội vụ cùng Văn phòng HĐND và UBND thành phố làm I.2, I.4, II.5, II.6; Văn phòng HĐND và UBND thành phố cùng Đài Phát thanh thành phố làm IV.1 (chỗ yếu nhất: nêu đích danh).",
    ]
    assert said["rows"][0]["sentence"]["en"].startswith("Phòng Nội vụ shares I.4 with Phòng Văn")


PAIR = {"tu": "PNV", "den": "Đài Phát thanh"}
BAD_PAIRS: list[tuple[str, Mapping[str, str], type[QueryError]]] = [
    ("khac", {}, UnknownQuestion),
    ("paths", {}, MissingValue),
    ("paths", {"tu": "PNV"}, MissingValue),
    ("paths", {**PAIR, "so": "0"}, BadValue),
    ("paths", {**PAIR, "so": "²"}, BadValue),
    ("paths", {**PAIR, "bo": "Sở Vũ trụ"}, UnknownValue),
    ("paths", {**PAIR, "x": "1"}, UnknownParameter),
    ("overlap", {"tu": "PNV", "den": "Ai đó"}, UnknownValue),
    ("load", PAIR, BadValue),
]


@pytest.mark.parametrize(("code", "pair", "error"), BAD_PAIRS)
def test_what_cannot_be_measured(
    code: str, pair: Mapping[str, str], error: type[QueryError], dataset: Embedded
) -> None:
    with pytest.raises(error) as caught:
        measure(code, View(), pair, dataset)
    assert caught.value.vi != caught.value.en


def test_what_is_said_beside_a_measure(dataset: Embedded) -> None:
    quarter = View(period=("2023-04-01", "2023-06-30"))
    said = notes(measure("load", quarter, {}, dataset), "vi")
    assert said == [
        "Không tính: 7 việc không có lịch, có thể rơi vào kỳ.",
        "Không tính: 1 việc chỉ rơi vào kỳ theo cách hiểu đề xuất.",
    ]
    without = {**PAIR, "bo": "Văn phòng HĐND và UBND thành phố; PVHTT"}
    (none,) = notes(measure("paths", View(), without, dataset), "en")
    assert none.startswith("There is no path by name")
    assert notes(measure("load", View(), {}, dataset), "vi") == []


def test_a_measure_in_lines(dataset: Embedded) -> None:
    data = outcome_as_csv(measure("degree", View(), {}, dataset), "vi")
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    (led,) = [r for r in rows if r["agency_iri"] == f"{CL}van-phong" and r["role"] == "lead"]
    assert (led["agency"], led["way"], led["count"]) == (
        "Văn phòng HĐND và UBND thành phố",
        "named",
        "15",
    )
    assert led["tasks"].startswith("I.1; I.2; I.3")


def test_from_where_one_looks_does_not_change_a_measure(dataset: Embedded) -> None:
    view = View(projection="kiem-tra", focus=f"{CL}phong-noi-vu", steps=2)
    assert measure("load", view, {}, dataset) == measure("load", View(), {}, dataset)


# ---- files


def _sizes(network: Network) -> tuple[int, int]:
    return network.number_of_nodes(), network.number_of_edges()


def _read(name: str, data: bytes) -> Any:
    if name == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return nx.read_gexf(io.BytesIO(data))


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_what_is_written_can_be_read_back(name: str, projection: str, dataset: Embedded) -> None:
    network = network_of(dataset, View(projection=projection, groups=False))
    back = _read(name, exporter(name).write(network, "vi"))
    assert back.is_directed()
    assert _sizes(back) == _sizes(network)
    office = back.nodes[f"{CL}van-phong"]
    assert office["label"] == "Văn phòng HĐND và UBND thành phố"
    assert office["kind"] == "agency"
    ours = sorted((s, t, e["role"], e["way"], e["weight"]) for s, t, e in network.edges(data=True))
    theirs = sorted((s, t, e["role"], e["way"], e["weight"]) for s, t, e in back.edges(data=True))
    assert [edge[:4] for edge in ours] == [edge[:4] for edge in theirs]
    assert [edge[4] for edge in ours] == [float(edge[4]) for edge in theirs]
    assert not isinstance(theirs[0][4], str)


def test_edges_in_lines(dataset: Embedded) -> None:
    network = network_of(dataset, View())
    rows = list(csv.DictReader(io.StringIO(exporter("csv").write(network, "vi").decode())))
    assert len(rows) == network.number_of_edges()
    (edge,) = [
        r
        for r in rows
        if (r["source_label"], r["target_code"], r["way"]) == ("Phòng Nội vụ", "I.2", "named")
    ]
    assert (edge["role"], edge["task_codes"], edge["quarters"]) == ("coordinate", "I.2", "2023-Q2")


FILES = ("graphml", "gexf", "csv")
"""What other programs read; pictures have tests of their own."""


@pytest.mark.parametrize("name", FILES)
def test_hostile_labels(name: str) -> None:
    facts = made({"t": {"a": "lead", "b": "coordinate"}}, labels={"a": HOSTILE, "b": "=1+1"})
    data = EXPORTERS[name].write(build_network(facts, View()), "vi")
    text = data.decode()
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["source_label"] for row in rows} == {HOSTILE, "'=1+1"}
        return
    assert "<img" not in text
    label = _read(name, data).nodes["a"]["label"]
    assert label.startswith("Phòng <img src=x onerror=alert(1)> & \"]]>\" '</script>' ")
    assert "𠀀 =1+1" in label
    assert "\x00" not in label and "\x0b" not in label


@pytest.mark.parametrize("name", FILES)
def test_a_network_of_nothing(name: str) -> None:
    data = EXPORTERS[name].write(build_network(made({}), View()), "vi")
    if name == "csv":
        assert data.decode().count("\n") == 1
    else:
        assert _sizes(_read(name, data)) == (0, 0)


def test_a_form_that_there_is_not() -> None:
    with pytest.raises(BadValue, match="graphml"):
        exporter("docx")


# ---- kept, and as JSON


def test_a_network_is_made_once_and_nobody_changes_it(dataset: Embedded) -> None:
    network = network_of(dataset, View(groups=False))
    assert network_of(dataset, View(groups=False)) is network
    with pytest.raises(nx.NetworkXError, match=r"[Ff]rozen"):
        network.add_node("x")


def test_json(dataset: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, view = read_facts(dataset), View(roles=frozenset(("lead",)))
    whole = json.loads(json.dumps(network_as_json(network_of(dataset, view), facts, view)))
    assert (whole["truncated"], len(whole["edges"])) == (False, whole["total_edges"])
    assert whole["kinds"]["lien-ket"]["lead"]["arrow"] == "forward"
    assert whole["view_vi"] == "cơ quan – nhiệm vụ; chủ trì"
    monkeypatch.setattr("cancu.queries.network.record.MAX_EDGES", 3)
    part = network_as_json(network_of(dataset, view), facts, view)
    assert (part["truncated"], len(part["edges"]), part["total_edges"]) == (
        True,
        3,
        whole["total_edges"],
    )
    ends = {iri for edge in part["edges"] for iri in (edge["source"], edge["target"])}
    assert {node["iri"] for node in part["nodes"]} == ends
