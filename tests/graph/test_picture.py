"""Pictures of the network: places that stay, labels apart, files that hold whatever a document writes."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree
from PIL import Image

from cancu.graph.dataset import Embedded
from cancu.graph.layout import Box, bounds, lay_out
from cancu.graph.network import Network, View, build_network
from cancu.graph.network_facts import Facts, read_facts
from cancu.graph.picture import BY_COMMUNITY, Mark, clean, draw, for_browser, look, width_of
from cancu.graph.picture_html import to_html
from cancu.graph.picture_png import to_png
from cancu.graph.picture_svg import SVG, Around, to_svg
from cancu.graph.picture_words import Cut, said, tell
from cancu.graph.subnetwork import around, busiest, capped, paths
from cancu.graph.trail import trail
from cancu.ontology.network import EDGES, NODES, WAYS, kinds

PLACE = "https://w3id.org/cancu/id/to-chuc/chi-linh/"
OFFICE, MAIN = f"{PLACE}phong-noi-vu", f"{PLACE}van-phong-hdnd-va-ubnd-thanh-pho"
HOSTILE = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script>",
    '<a href="javascript:alert(1)">href</a>',
    "]]></svg>",
    "<!-- --> -->",
    "a\x00b\x07\x1b\ud800\ufffe\u2028c",
    "{{ 7 * 7 }}${1}",
    "\u202edlrow",
    "x" * 400,
    "",
)
AROUND = Around("Mạng lưới phối hợp", "Hình có 2 cơ quan.")


def made(labels: list[str], edges: list[tuple[int, int]]) -> Network:
    """A network of agencies with these labels."""
    found: Network = nx.MultiDiGraph(version="v", focus="", steps=1, groups=True, left_out={})
    for number, label in enumerate(labels):
        found.add_node(f"{PLACE}n{number:05}", label=label, kind="agency", code="")
    for a, b in edges:
        found.add_edge(
            f"{PLACE}n{a:05}",
            f"{PLACE}n{b:05}",
            key="with:named",
            role="with",
            way="named",
            weight=1,
            tasks=(),
            task_codes=("II.1",),
        )
    return found


def scale_free(size: int) -> Network:
    """As frontend.md measured: everybody new knows two who are known already."""
    plain = nx.barabasi_albert_graph(size, 2, seed=1) if size > 2 else nx.path_graph(size)
    return made([f"Phòng số {n}" for n in plain], list(plain.edges))


@pytest.fixture(scope="module")
def facts(dataset: Embedded) -> Facts:
    return read_facts(dataset)


def overlapping(marks: tuple[Mark, ...]) -> list[tuple[str, str]]:
    """The pairs of nodes whose labels lie over each other."""

    def box(mark: Mark) -> tuple[float, float, float, float]:
        half = max((width_of(line) for line in mark.lines), default=0) / 2
        top = mark.y + mark.radius * 1.2
        return mark.x - half, top, mark.x + half, top + 16 * len(mark.lines)

    boxes = [(mark.iri, box(mark)) for mark in marks]
    return [
        (one, other)
        for n, (one, a) in enumerate(boxes)
        for other, b in boxes[:n]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@pytest.mark.parametrize("projection", ["co-quan-nhiem-vu", "co-quan-co-quan"])
def test_no_label_overlaps_around_any_body(facts: Facts, projection: str) -> None:
    whole = build_network(facts, View(projection=projection, groups=False))
    bodies = [n for n, node in whole.nodes(data=True) if node["kind"] in ("agency", "group")]
    assert len(bodies) > 20
    for body in bodies:
        apart = View(projection=projection, groups=facts.kinds[body] != "group", focus=body)
        shown = build_network(facts, apart)
        picture = draw(shown, body)
        assert overlapping(picture.marks) == [], body


def test_every_kind_and_way_has_a_look() -> None:
    colours = look()["colours"]
    for code, kind in kinds(NODES).items():
        assert look()["node"][code] in colours
        assert kind.shape in look()["shape"]
    for code in kinds(EDGES):
        colour, head = look()["edge"][code]
        assert colour in colours
        assert head in look()["head"]
    assert set(look()["width"]) == set(kinds(WAYS))
    assert said("vi").keys() == said("en").keys()


def test_colours_are_those_of_the_style_sheet() -> None:
    sheet = (Path(__file__).parents[2] / "web/static/cancu.css").read_text("utf-8")
    day, night = sheet.split("(prefers-color-scheme: dark)")[:2]
    for variable, light, dark in look()["colours"].values():
        for text, colour in ((day, light), (night, dark)):
            assert re.search(rf"{variable}:\s*{re.escape(colour)}\b", text), (variable, colour)


def test_places_are_the_same_whatever_the_run(home: Path) -> None:
    program = (
        "import sys, hashlib; from pathlib import Path;"
        "from cancu.graph.dataset import Embedded; from cancu.graph.network import *;"
        "from cancu.graph.picture import draw;"
        "n = read_network(Embedded.at(Path(sys.argv[1])), View(groups=False));"
        "print(hashlib.sha256(repr(draw(n, '', 'cum')).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program, str(home)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_one_node_more_moves_the_others_little() -> None:
    before = scale_free(60)
    pairs = [(int(a[-5:]), int(b[-5:])) for a, b in before.edges()]
    after = made([f"Phòng số {n}" for n in range(61)], pairs)
    boxes = dict.fromkeys(after, Box(40, 12, 30))
    one, other = lay_out(before, boxes), lay_out(after, boxes)
    left, top, right, bottom = bounds(one, boxes)
    moved = [abs(one[n][0] - other[n][0]) + abs(one[n][1] - other[n][1]) for n in before]
    assert max(moved) < (right - left + bottom - top) * 0.05


@pytest.mark.parametrize("size", [0, 1, 2, 60, 700])
@pytest.mark.parametrize("colour", ["loai", BY_COMMUNITY])
def test_any_size_can_be_drawn(size: int, colour: str) -> None:
    network = scale_free(size)
    picture = draw(network, colour=colour)
    assert len(picture.marks) == size
    assert len({(mark.x, mark.y) for mark in picture.marks}) == size
    etree.fromstring(to_svg(picture, AROUND))


def test_parts_stand_side_by_side() -> None:
    network = made([str(n) for n in range(30)], [(0, 1), (1, 2), (3, 4), (5, 6)])
    boxes = dict.fromkeys(network, Box(20, 12, 30))
    places = lay_out(network, boxes)
    groups = [sorted(g) for g in nx.connected_components(network.to_undirected())]
    rooms = [bounds({n: places[n] for n in group}, boxes) for group in groups if len(group) > 1]
    assert len(rooms) == 3
    for n, a in enumerate(rooms):
        for b in rooms[:n]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_hostile_labels_are_text_everywhere() -> None:
    network = made(list(HOSTILE), [(n, n + 1) for n in range(len(HOSTILE) - 1)])
    around_it = Around(HOSTILE[0], HOSTILE[1])
    picture = draw(network)
    svg = etree.fromstring(to_svg(picture, around_it))
    assert {etree.QName(e).localname for e in svg.iter(etree.Element)} <= {
        *("svg", "title", "desc", "rect", "g", "path", "text", "tspan"),
    }
    titles = {title.text for title in svg.iter(f"{{{SVG}}}title")}
    assert {clean(label) for label in HOSTILE if label} <= titles
    page = to_html(picture, network, around_it, "v")
    assert page.count("<script") == 2
    assert page.count("</script") == 2
    assert "<img" not in page
    assert "\x00" not in page
    data = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert data
    assert len(json.loads(data[1])["nodes"]) == len(HOSTILE)
    assert to_png(to_svg(picture, around_it)).startswith(b"\x89PNG")


def test_png_shows_vietnamese_without_fonts_of_the_machine() -> None:
    """A letter that the font does not have is drawn as an empty box, the same for all of them."""
    drawn = {
        letter: to_png(to_svg(draw(made([letter * 3], [])), Around("", "", key=False)))
        for letter in "ăâđêôơưẠằẫểộợữỹ"
    }
    assert len(set(drawn.values())) == len(drawn)
    image = Image.open(io.BytesIO(drawn["ộ"]))
    assert image.size[0] > 10


def test_a_large_picture_is_drawn_smaller() -> None:
    picture = draw(scale_free(700))
    with Image.open(io.BytesIO(to_png(to_svg(picture, AROUND)))) as image:
        assert image.size[0] * image.size[1] <= 8_100_000


def test_pyvis_keeps_parallel_edges_and_gives_no_colour(facts: Facts) -> None:
    network = build_network(facts, View(focus=OFFICE))
    found = for_browser(draw(network, OFFICE))
    assert len(found["edges"]) == network.number_of_edges()
    ends = [frozenset((e["from"], e["to"])) for e in found["edges"]]
    assert len(set(ends)) < len(ends)
    assert not [n for n in found["nodes"] if "color" in n or "title" in n]
    assert found["options"]["physics"] == {"enabled": False}


def test_what_is_said_of_a_picture(facts: Facts) -> None:
    network = build_network(facts, View(focus=OFFICE))
    cut = Cut("Phòng Nội vụ", 1, left_out={"by_distance": 64}, filtered={"group": 2, "named": 0})
    assert tell(network, cut, "vi", True) == (
        "Hình có 1 cơ quan, 18 nhiệm vụ, 1 mục rà soát, 3 việc giao trong Quyết định. "
        "Liên kết chủ trì: qua nhóm 7; phối hợp: nêu đích danh 4, qua nhóm 9; rà soát: nêu đích danh 1; "
        "được giao trong Quyết định: nêu đích danh 1, qua nhóm 2. "
        "Ở giữa là Phòng Nội vụ; quanh đó là những gì cách nhiều nhất 1 bước. "
        "Nhóm được tách ra thành viên. Chưa vẽ: liên kết ở các ô không chọn (qua nhóm 2); 64 nút ở xa hơn."
    )
    assert tell(made([], []), Cut(), "en", True).startswith("There is nothing to draw")


def test_parts_of_a_network(facts: Facts) -> None:
    whole = build_network(facts, View(groups=False))
    assert facts.names[busiest(whole)] == "Văn phòng HĐND và UBND thành phố"
    near = around(whole, OFFICE, 1)
    assert len(near) == 1 + len({*whole.successors(OFFICE), *whole.predecessors(OFFICE)})
    assert len(capped(whole, OFFICE, most=10)) == 10
    assert OFFICE in capped(whole, OFFICE, most=10)
    found = paths(whole, OFFICE, f"{PLACE}phong-van-hoa-va-thong-tin")
    assert found
    assert {len(path) for path in found} == {len(found[0])}
    middle = found[0][1]
    assert all(middle not in path for path in paths(whole, OFFICE, found[0][-1], {middle}))
    assert paths(whole, OFFICE, "urn:none") == []
    words = trail(whole, found[0], lambda n: whole.nodes[n]["code"] or facts.names[n], "vi")
    assert words.startswith("Phòng Nội vụ ")
    assert words.count(";") >= len(found[0]) - 2
