"""The network in a browser: plain pyvis as it comes beside our one-file page, the same nodes and edges in the same Chromium.

Printed and never asserted: `.venv/bin/python tests/benchmarks/network.py [NODES…]`, and last in `make bench`.
"""

import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, TimeoutError
from pyvis.network import Network as Pyvis

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from cancu.graph.network import Network
from cancu.graph.picture import draw
from cancu.graph.picture_html import to_html
from cancu.graph.picture_svg import Around
from cancu.graph.subnetwork import busiest, capped
from tests.browser.chromium import chromium

SIZES = (60, 600, 6_000)
PATIENCE = 120
"""Seconds that a picture has to become usable."""
DRAG = 3.0
PLACE = "https://w3id.org/cancu/id/to-chuc/x/"

SETTLED = "typeof network !== 'undefined' && network.physics.stabilized === true"
READY = "document.querySelector('#picture')?.dataset.ready"
COUNT = """() => { window.frames_seen = 0; const step = () => { window.frames_seen += 1; requestAnimationFrame(step); };
  requestAnimationFrame(step); }"""


def network_of(size: int) -> Network:
    """Everybody new works with two who are known already."""
    plain = nx.barabasi_albert_graph(size, 2, seed=1)
    found: Network = nx.MultiDiGraph(version="", focus="", steps=1, groups=True, left_out={})
    for n in plain:
        found.add_node(f"{PLACE}n{n}", label=f"Cơ quan số {n}", kind="agency", code="")
    for a, b in plain.edges:
        said = {"role": "with", "way": "named", "weight": 1, "tasks": ("t",), "task_codes": ("I",)}
        found.add_edge(f"{PLACE}n{a}", f"{PLACE}n{b}", key="with", **said)
    return found


def pyvis_page(network: Network, path: Path) -> None:
    """pyvis with every option as it comes; its library inside of the page, since here is no network."""
    made = Pyvis(cdn_resources="in_line")
    for node, said in network.nodes(data=True):
        made.add_node(node, label=said["label"])
    made.add_edges([(a, b) for a, b in network.edges()])
    path.write_text(made.generate_html(), "utf-8")


def our_page(network: Network, path: Path) -> None:
    """The file that one takes along."""
    around = Around("Mạng lưới", "")
    path.write_text(to_html(draw(network, network.graph["focus"]), network, around, ""), "utf-8")


def usable(page: Page, path: Path, sign: str) -> float | None:
    """Seconds until the picture is drawn and nothing moves; None if that does not come."""
    start = time.perf_counter()
    try:
        page.goto(path.as_uri(), timeout=PATIENCE * 1000)
        page.wait_for_function(sign, timeout=PATIENCE * 1000, polling=50)
    except TimeoutError:
        return None
    return time.perf_counter() - start


def frames(page: Page, box: str) -> float:
    """Frames a second while somebody drags the picture about."""
    area = page.locator(box).bounding_box()
    assert area
    # an empty corner: a drag that begins on a node moves the node
    x, y = area["x"] + 8, area["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT)
    start = time.perf_counter()
    turn = 0
    while time.perf_counter() - start < DRAG:
        turn += 1
        page.mouse.move(x + 40 + turn % 80, y + 30 + turn % 50)
    seconds = time.perf_counter() - start
    seen: int = page.evaluate("window.frames_seen")
    page.mouse.up()
    return seen / seconds


def measured(browser: Browser, path: Path, sign: str, box: str) -> str:
    """Both figures of a page, as text."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.route("http*://**", lambda route: route.fulfill(status=200, body=""))
    took = usable(page, path, sign)
    if took is None:
        page.close()
        return f"not usable after {PATIENCE} s"
    told = f"{took:6.2f} s  {frames(page, box):5.1f} fps"
    page.close()
    return told


def main(sizes: tuple[int, ...]) -> None:
    """Measure and print."""
    print("network in a browser: seconds until usable, frames a second while dragged")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "page.html"
        for size in sizes:
            network = network_of(size)
            start = time.perf_counter()
            our_page(network, path)
            wrote = time.perf_counter() - start
            ours = measured(browser, path, READY, "#picture")
            start = time.perf_counter()
            pyvis_page(network, path)
            made = time.perf_counter() - start
            theirs = measured(browser, path, SETTLED, "#mynetwork")
            print(f"{size:>6} nodes, all of them   ours {ours}   (written in {wrote:.2f} s)")
            print(f"{'':>6}                      pyvis {theirs}   (written in {made:.2f} s)")
            near = capped(network, busiest(network))
            near.graph["focus"] = busiest(network)
            our_page(near, path)
            seen = measured(browser, path, READY, "#picture")
            print(f"{'':>6} as the page opens it    ours {seen}   ({len(near)} nodes)")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
