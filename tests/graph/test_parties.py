"""Which body a name means: of the plan's own place, of the central level, never another city's."""

import pytest

from cancu.graph.build import build_plan
from cancu.graph.dataset import select
from cancu.graph.directory import agency_iri, find_party, group_iri, is_collective, is_open
from cancu.ontology.iri import BASE
from cancu.ontology.terms import PREFIXES
from tests.documents import HEADING, decision, read
from tests.graph.test_build import merged

HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def participants(*rows: tuple[str, ...], heading: str = HEADING) -> list[str]:
    """Addresses of who takes part in the tasks of a small plan, in order."""
    graph = build_plan(read(decision(*rows, heading=heading)))
    found = select(
        merged(graph, vocabulary=False),
        HEADER
        + """SELECT ?who WHERE { ?t a cancu:PlanTask ; cancu:readingOrder ?task ; cv:hasParticipation ?p .
        ?p cv:hasParticipant ?who ; cv:role ?role ; cancu:readingOrder ?n } ORDER BY ?task ?role ?n""",
    ).rows
    assert graph.violations == ()
    return [str(row["who"]).removeprefix(f"{BASE}id/") for row in found]


def row(lead: str, coordinate: str = "") -> tuple[str, ...]:
    return ("1.", "Niêm yết thủ tục hành chính", lead, coordinate, "Quý II năm 2024", "Báo cáo")


def test_a_body_of_the_same_name_in_another_city_is_another_body() -> None:
    known = find_party("chi-linh", "Phòng Nội vụ")
    assert known == f"{BASE}id/to-chuc/chi-linh/phong-noi-vu"
    assert participants(row("Phòng Nội vụ")) == ["to-chuc/sam-son/phong-noi-vu"]


def test_bodies_of_the_central_level_are_shared() -> None:
    assert participants(row("Bộ Nội vụ; Thanh tra Chính phủ; Bộ Chỉ huy Quân sự tỉnh")) == [
        "to-chuc/trung-uong/bo-noi-vu",
        "to-chuc/trung-uong/thanh-tra-chinh-phu",
        "to-chuc/sam-son/bo-chi-huy-quan-su-tinh",
    ]


def test_a_shared_head_is_part_of_every_body() -> None:
    assert participants(row("Phòng Nội vụ, Tư pháp và Tài chính - Kế hoạch")) == [
        "to-chuc/sam-son/phong-noi-vu",
        "to-chuc/sam-son/phong-tu-phap",
        "to-chuc/sam-son/phong-tai-chinh-ke-hoach",
    ]


def test_a_group_of_another_city_has_no_members_that_nobody_named() -> None:
    graph = build_plan(read(decision(row("UBND các xã, phường"))))
    store = merged(graph, vocabulary=False)
    found = select(
        store, HEADER + "SELECT ?g ?c WHERE { ?g a cancu:AgencyGroup ; cancu:closure ?c }"
    ).rows
    assert [(str(r["g"]).removeprefix(BASE), str(r["c"]).rsplit("/", 1)[1]) for r in found] == [
        ("id/nhom/sam-son/ubnd-cac-xa-phuong", "dong-thieu-danh-sach")
    ]
    assert not select(store, HEADER + "SELECT ?m WHERE { ?g foaf:member ?m }").rows


def test_what_points_elsewhere_is_an_open_group_of_its_task() -> None:
    assert participants(row("Như mục 1")) == ["nhom/sam-son/12-qd-ubnd/1/nhu-muc-1"]


def test_plans_of_unknown_place_keep_their_bodies_to_themselves() -> None:
    nowhere = HEADING.replace("Sầm Sơn, ngày 10 tháng 01 năm 2024", "")
    first = participants(row("Phòng Nội vụ"), heading=nowhere)
    second = participants(row("Phòng Nội vụ", "Phòng Tư pháp"), heading=nowhere)
    assert first[0].startswith("to-chuc/khong-ro-")
    assert first[0] != second[0]


@pytest.mark.parametrize(
    ("place", "name", "address"),
    [
        ("ha-noi", "UBND thành phố Hà Nội", "to-chuc/ha-noi/ubnd-thanh-pho"),
        ("ha-noi", "UBND Thành phố", "to-chuc/ha-noi/ubnd-thanh-pho"),
        ("ha-noi", "Nhà hát Hà Nội", "to-chuc/ha-noi/nha-hat-ha-noi"),
        ("vinh", "UBND thành phố Hà Nội", "to-chuc/vinh/ubnd-thanh-pho-ha-noi"),
        ("vinh", "Ban Tuyên giáo Trung ương", "to-chuc/trung-uong/ban-tuyen-giao-trung-uong"),
        ("vinh", "Bộ phận Một cửa", "to-chuc/vinh/bo-phan-mot-cua"),
        ("vinh", "Bộ đội Biên phòng", "to-chuc/vinh/bo-doi-bien-phong"),
    ],
)
def test_addresses_of_bodies_no_registry_knows(place: str, name: str, address: str) -> None:
    assert agency_iri(place, name) == f"{BASE}id/{address}"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Các bộ, ngành", "nhom/trung-uong/cac-bo-nganh"),
        ("các sở, ban, ngành", "nhom/vinh/cac-so-ban-nganh"),
        ("UBND các tỉnh, thành phố", "nhom/trung-uong/ubnd-cac-tinh-thanh-pho"),
    ],
)
def test_addresses_of_groups(name: str, address: str) -> None:
    assert group_iri("vinh", name) == f"{BASE}id/{address}"


@pytest.mark.parametrize(
    ("name", "collective", "leaves_open"),
    [
        ("Sở Nội vụ", False, False),
        ("Sở, ban, ngành", True, False),
        ("Toàn thể cán bộ, công chức", True, False),
        ("như trên", True, True),
        ("các cơ quan nêu tại mục 2", True, True),
        ("Các đơn vị có liên quan", True, True),
    ],
)
def test_what_stands_for_several(name: str, collective: bool, leaves_open: bool) -> None:
    assert (is_collective(name), is_open(name)) == (collective, leaves_open)
