"""The network of the built-in plan: agreed with the catalogue, the same from two engines; changed data; odd networks."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from cancu.graph.dataset import Bound, Dataset, Embedded, Table, construct, select
from cancu.graph.network import PROJECTIONS, Network, View, build_network, read_network
from cancu.graph.network_facts import Facts, read_facts
from cancu.ontology.network import EDGES, NODES, VIEWS, WAYS, kinds
from cancu.ontology.terms import prefix_header
from cancu.queries.answer import ask
from tests.graph.networks import CL, NHOM, PLAN, Second, large, made


@pytest.fixture(scope="module")
def facts(dataset: Embedded) -> Facts:
    return read_facts(dataset)


@pytest.fixture(scope="module")
def second(dataset: Embedded) -> Second:
    return Second.of(dataset)


def edges(network: Network, **wanted: object) -> list[dict[str, Any]]:
    """The edges with these attributes, ends included."""
    return [
        {"source": source, "target": target, **edge}
        for source, target, edge in network.edges(data=True)
        if all(edge[name] == value for name, value in wanted.items())
    ]


def node_values(network: Network, name: str) -> dict[str, str]:
    """An attribute of every node."""
    return {iri: str(node[name]) for iri, node in network.nodes(data=True)}


# ---- what is drawn is what the ontology says


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("groups", [True, False])
def test_every_code_is_one_of_the_ontology(facts: Facts, projection: str, groups: bool) -> None:
    network = build_network(facts, View(projection=projection, groups=groups))
    assert network.number_of_edges()
    for *_, edge in network.edges(data=True):
        assert kinds(EDGES)[edge["role"]].view == projection
        assert edge["way"] in ("", *kinds(WAYS))
    assert set(node_values(network, "kind").values()) <= kinds(NODES).keys()


def test_the_projections_are_the_views_of_the_ontology() -> None:
    assert tuple(kinds(VIEWS)) == PROJECTIONS
    assert kinds(EDGES)["lead"].back_vi == "do … chủ trì"
    assert kinds(WAYS)["group"].dash == (8, 5)
    assert all(kind.shape for kind in kinds(NODES).values())


# ---- it agrees with the catalogue


def test_role_counts(facts: Facts) -> None:
    network = build_network(facts, View())
    tasks = {i for i, kind in node_values(network, "kind").items() if kind == "task"}
    found = Counter(
        (source, edge["role"])
        for source, target, edge in network.edges(data=True)
        if edge["way"] == "named" and target in tasks
    )
    assert found[f"{CL}van-phong", "lead"] == 15
    assert found[f"{CL}van-phong", "coordinate"] == 6
    assert found[f"{CL}phong-noi-vu", "coordinate"] == 4
    assert found[f"{CL}phong-noi-vu", "lead"] == 0


def test_office_and_task_are_the_rows_of_b18(facts: Facts, dataset: Embedded) -> None:
    network = build_network(facts, View(roles=frozenset(("lead", "coordinate"))))
    ours = Counter(
        (source, edge["role"], edge["way"])
        for source, _, edge in network.edges(data=True)
        if network.nodes[source]["kind"] == "agency"
    )
    theirs = {
        (row["agency_iri"], row["role"], row["via"]): row["count"]
        for row in ask("B18", {}, dataset).rows
    }
    assert ours == theirs


def test_lead_and_coordinator_are_the_rows_of_b4(facts: Facts, dataset: Embedded) -> None:
    network = build_network(facts, View(projection="co-quan-co-quan", groups=False))
    ours = {(source, target): edge["weight"] for source, target, edge in network.edges(data=True)}
    rows = ask("B4", {}, dataset).rows
    assert ours == {(row["agency_iri"], row["other_iri"]): row["meetings"] for row in rows}
    tasks = {
        (source, target): ", ".join(edge["task_codes"])
        for source, target, edge in network.edges(data=True)
    }
    assert tasks == {(row["agency_iri"], row["other_iri"]): row["tasks"] for row in rows}


def test_documents_by_tier(facts: Facts) -> None:
    network = build_network(facts, View(projection="co-quan-van-ban", ways=frozenset(("named",))))
    cited = edges(network, tier="cited")
    assert {(e["task_code"], network.nodes[e["target"]]["label"]) for e in cited} == {
        ("III.6", "01/NQ-CP")
    }
    assert {e["source"] for e in cited} == {f"{CL}van-phong", f"{CL}phong-van-hoa-va-thong-tin"}
    general = edges(network, tier="general")
    assert len(general) == 10
    assert {(e["source"], e["tasks"], e["way"]) for e in general} == {(PLAN, (), "")}


def test_inspection_is_the_rows_of_e1(facts: Facts, dataset: Embedded) -> None:
    network = build_network(facts, View(projection="kiem-tra", groups=False))
    led = edges(network, part="lead")
    assert {e["source"] for e in led} == {f"{CL}van-phong"}
    assert Counter(e["selection"] for e in led) == {"certain": 9, "sample": 15}
    rows = ask("E1", {}, dataset).rows
    assert {(e["target"], e["selection"]) for e in led} == {
        (row["agency_iri"], row["selection"]) for row in rows
    }
    assert {e["task_code"] for e in led} == {"II.5"}
    assert {e["source"] for e in edges(network, part="coordinate", way="named")} == {
        f"{CL}phong-noi-vu"
    }


def test_what_an_edge_carries(facts: Facts) -> None:
    network = build_network(facts, View())
    (edge,) = edges(
        build_network(facts, View(focus=f"{CL}phong-noi-vu")), task_code="I.2", way="named"
    )
    assert edge == {
        "source": f"{CL}phong-noi-vu",
        "target": f"{PLAN}/nhiem-vu/i-2",
        "role": "coordinate",
        "way": "named",
        "tier": "",
        "part": "",
        "selection": "",
        "weight": 1,
        "task": f"{PLAN}/nhiem-vu/i-2",
        "task_code": "I.2",
        "plan": PLAN,
        "section": f"{PLAN}/phan/i",
        "tasks": (f"{PLAN}/nhiem-vu/i-2",),
        "task_codes": ("I.2",),
        "quarters": ("2023-Q2",),
        "quarters_proposed": (),
        "through": (),
        "words": ("Phòng Nội vụ",),
    }
    assert network.nodes[f"{CL}phong-noi-vu"] == {
        "label": "Phòng Nội vụ",
        "label_en": "",
        "kind": "agency",
        "code": "",
        "plan": "",
        "section": "",
        "address": "/id/to-chuc/chi-linh/phong-noi-vu",
    }


# ---- ways


def test_a_commune_is_never_named(facts: Facts) -> None:
    """B3: UBND phường Cộng Hòa is named nowhere, has 15 roles through groups in 13 tasks, and one possibly."""
    network = build_network(facts, View(roles=frozenset(("lead", "coordinate"))))
    mine = network.out_edges(f"{CL}ubnd-phuong-cong-hoa", data=True)
    assert Counter(edge["way"] for *_, edge in mine) == {"group": 15, "possible": 1}
    assert len({edge["task"] for *_, edge in mine if edge["way"] == "group"}) == 13
    assert [edge["task_code"] for *_, edge in mine if edge["way"] == "possible"] == ["I.1"]


def test_a_group_without_members_stays_itself(facts: Facts, dataset: Embedded) -> None:
    """The open groups of B6, but for the subset whose possible members are known."""
    network = build_network(facts, View(roles=frozenset(("lead", "coordinate"))))
    groups = {i for i, kind in node_values(network, "kind").items() if kind == "group"}
    open_groups = {str(row["group_iri"]) for row in ask("B6", {}, dataset).rows}
    assert len(groups) == 12
    assert groups == open_groups - facts.members.keys()
    assert f"{NHOM}ubnd-cac-xa-phuong" not in groups
    kept = build_network(facts, View(groups=False))
    assert kept.nodes[f"{NHOM}ubnd-cac-xa-phuong"]["kind"] == "group"
    assert {edge["way"] for *_, edge in kept.edges(data=True)} == {"named", "group"}


def test_ways_narrow(facts: Facts) -> None:
    for way, count in (("named", 49), ("group", 489), ("possible", 19)):
        network = build_network(facts, View(ways=frozenset((way,))))
        assert {e["way"] for e in edges(network)} == {way}
        assert network.number_of_edges() == count


# ---- narrowing


def test_a_period_counts_by_the_words_and_says_what_it_leaves_out(facts: Facts) -> None:
    network = build_network(facts, View(period=("2023-04-01", "2023-06-30")))
    codes = {code for code in node_values(network, "code").values() if code}
    assert {"I.2", "II.5", "PL1.1"} <= codes
    assert "III.3" not in codes  # by the end of March
    assert "IV.2" not in codes  # the words say 2022, only a proposed reading says 2023
    assert network.graph["left_out"] == {"unscheduled": 7, "proposed": 1}
    assert build_network(facts, View()).graph["left_out"] == {}


def test_a_section(facts: Facts) -> None:
    network = build_network(facts, View(section=f"{PLAN}/phan/iv"))
    codes = {code for code in node_values(network, "code").values() if code}
    assert codes == {"IV.1", "IV.2", "IV.3", "IV.4"}


def test_a_plan_that_there_is_not(facts: Facts) -> None:
    for projection in PROJECTIONS:
        assert len(build_network(facts, View(projection=projection, plan="x:y"))) == 0


@pytest.mark.parametrize(("steps", "kinds_there"), [(1, {"agency", "task", "review", "article"})])
def test_ego(facts: Facts, steps: int, kinds_there: set[str]) -> None:
    office = f"{CL}phong-noi-vu"
    network = build_network(facts, View(focus=office, steps=steps, ways=frozenset(("named",))))
    assert set(node_values(network, "kind").values()) == kinds_there
    assert set(network) - {office} == set(network.successors(office))
    wider = build_network(facts, View(focus=office, steps=2, ways=frozenset(("named",))))
    assert set(network) < set(wider)
    assert f"{CL}van-phong" in wider
    assert f"{CL}dai-phat-thanh" not in wider  # shares no task by name


def test_a_focus_without_edges_stands_alone(facts: Facts) -> None:
    chair = f"{CL}ubnd-phuong-cong-hoa"
    assert list(build_network(facts, View(focus=chair, ways=frozenset(("named",))))) == [chair]
    assert list(build_network(facts, View(focus="x:nobody"))) == []


# ---- two engines, several plans, changed data


def test_a_second_engine_gives_the_same(facts: Facts, second: Second) -> None:
    theirs = read_facts(second)
    for name, value in vars(facts).items():
        if name != "version":
            assert getattr(theirs, name) == value, name


def test_the_plans_add_up(many: Embedded) -> None:
    facts = read_facts(many)
    assert len(facts.plans) == 4
    whole = build_network(facts, View(groups=False))
    each = [build_network(facts, View(plan=plan, groups=False)) for plan in facts.plans]
    assert all(network.number_of_edges() for network in each)
    assert sum(n.number_of_edges() for n in each) == whole.number_of_edges()
    assert {edge["plan"] for *_, edge in each[0].edges(data=True)} == {facts.plans[0]}


@dataclass(frozen=True, eq=False)
class Twin:
    """A dataset in memory that can be changed."""

    store: Store = field(default_factory=Store)
    version: str = "twin"

    def select(self, query: str, bindings: Bound | None = None) -> Table:
        return select(self.store, query, bindings)

    def construct(self, query: str, bindings: Bound | None = None) -> tuple[Triple, ...]:
        return construct(self.store, query, bindings)


def twin(dataset: Embedded, update: str) -> Twin:
    found = Twin()
    quads = parse(dataset.snapshot.dump.read_bytes(), format=RdfFormat.N_QUADS)
    found.store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    prefixes = f"PREFIX cl: <{CL}>\nPREFIX nhom: <{NHOM}>\nPREFIX nv: <{PLAN}/nhiem-vu/>\n"
    found.store.update(prefix_header() + prefixes + update)
    return found


def drawn(dataset: Dataset, view: View) -> set[tuple[object, ...]]:
    network = read_network(dataset, view)
    return {
        (s, t, key, edge["weight"], edge["quarters"])
        for s, t, key, edge in network.edges(keys=True, data=True)
    }


MOVED = "DELETE {{ {0} {1} ?was }} INSERT {{ {0} {1} {2} }} WHERE {{ {0} {1} ?was }}"


@pytest.mark.parametrize(
    ("update", "projection", "touched"),
    [
        (
            MOVED.format("nv:i-4\\/tham-gia\\/phoi-hop-1", "cv:role", "vt:chu-tri"),
            "co-quan-nhiem-vu",
            f"{PLAN}/nhiem-vu/i-4",
        ),
        (
            "DELETE WHERE { nv:i-2\\/tham-gia\\/phoi-hop-1 cv:hasParticipant ?who }",
            "co-quan-co-quan",
            f"{CL}phong-noi-vu",
        ),
        (
            "DELETE WHERE { nhom:cac-phong-chuyen-mon cancu:certainMember cl:phong-tu-phap }",
            "co-quan-nhiem-vu",
            f"{CL}phong-tu-phap",
        ),
        (
            "DELETE { ?t cancu:suggestedBasis ?d } INSERT { ?t cancu:confirmedBasis ?d } WHERE { VALUES ?t { nv:ii-5 } ?t cancu:suggestedBasis ?d }",
            "co-quan-van-ban",
            f"{CL}phong-noi-vu",
        ),
        (
            "DELETE { ?c cancu:claimStatus ?was } INSERT { ?c cancu:claimStatus kl:bac-bo } WHERE { ?c cancu:claimPredicate cancu:inspectionMode ; cancu:claimStatus ?was }",
            "kiem-tra",
            f"{CL}van-phong",
        ),
        (
            'DELETE { ?p dcat:endDate ?was } INSERT { ?p dcat:endDate "2023-12-31"^^xsd:date } WHERE { nv:i-2\\/thoi-han dcterms:temporal ?p . ?p dcat:endDate ?was }',
            "co-quan-nhiem-vu",
            f"{PLAN}/nhiem-vu/i-2",
        ),
    ],
)
def test_twins(dataset: Embedded, update: str, projection: str, touched: str) -> None:
    """The same data but for a triple: the network changes where it was changed, and nowhere else."""
    view = View(projection=projection)
    before, after = drawn(dataset, view), drawn(twin(dataset, update), view)
    changed = before ^ after
    assert changed
    assert all(touched in edge[:2] for edge in changed) or projection in (
        "kiem-tra",
        "co-quan-van-ban",
    )
    assert any(touched in edge[:2] for edge in changed)


def test_a_rejected_note_makes_the_selection_unknown(dataset: Embedded) -> None:
    update = "DELETE { ?c cancu:claimStatus ?was } INSERT { ?c cancu:claimStatus kl:bac-bo } WHERE { ?c cancu:claimPredicate cancu:inspectionMode ; cancu:claimStatus ?was }"
    network = read_network(twin(dataset, update), View(projection="kiem-tra", groups=False))
    assert "sample" not in {edge["selection"] for *_, edge in network.edges(data=True)}
    assert "unknown" in {edge["selection"] for *_, edge in network.edges(data=True)}


# ---- odd networks


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_no_data(projection: str) -> None:
    network = read_network(Twin(), View(projection=projection))
    assert (len(network), network.number_of_edges()) == (0, 0)


def test_one_node() -> None:
    assert list(build_network(made({"t": {}}), View())) == ["t"]
    assert list(build_network(made({"t": {}}), View(projection="co-quan-co-quan"))) == []


def test_two_roles_of_one_body_in_one_task_stay_apart() -> None:
    facts = made({"t": {"a": "lead", "g": "coordinate"}}, {"g": ("a", "b")})
    network = build_network(facts, View())
    assert sorted(key for *_, key in network.edges(keys=True) if key) == [
        "coordinate:group",
        "coordinate:group",
        "lead:named",
    ]
    assert network.number_of_edges("a", "t") == 2


def test_a_pair_is_as_sure_as_its_weaker_end_and_counts_a_task_once() -> None:
    facts = made(
        {
            "t": {"a": "lead", "g": "coordinate", "b": "coordinate"},
            "u": {"g": "lead", "a": "coordinate"},
        },
        {"g": ("b", "c")},
    )
    network = build_network(facts, View(projection="co-quan-co-quan"))
    assert {(s, t, e["way"], e["task_codes"]) for s, t, e in network.edges(data=True)} == {
        ("a", "b", "named", ("t",)),
        ("a", "c", "group", ("t",)),
        ("b", "a", "group", ("u",)),
        ("c", "a", "group", ("u",)),
    }


def test_groups_too_large_stay_groups_and_it_is_said() -> None:
    crowd = tuple(f"b{n}" for n in range(1100))
    facts = made({"t": {"g": "lead", "h": "coordinate"}}, {"g": crowd, "h": crowd})
    network = build_network(facts, View(projection="co-quan-co-quan"))
    assert set(network) == {"g", "h"}
    assert network.graph["groups_kept"] is True
    assert build_network(facts, View()).graph["groups_kept"] is False


def test_six_thousand_nodes() -> None:
    facts = large(6_000)
    network = build_network(facts, View())
    assert len(network) == 6_000
    assert network.number_of_edges() > 14_000
    offices = build_network(facts, View(projection="co-quan-co-quan"))
    assert set(node_values(offices, "kind").values()) == {"agency"}
