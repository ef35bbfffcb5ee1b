"""A network as it is drawn: every mark with its place, size, shape and label, every line with its colour, head and bend.

One picture is drawn four times over, by the browser (vis-network, fed by pyvis), as SVG, as PNG and as a page in one file.
"""

import json
import math
import re
import textwrap
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import networkx as nx

from cancu.graph.layout import Box, Point, bounds, clusters, lay_out
from cancu.graph.network import Network
from cancu.ontology.network import EDGES, NODES, WAYS, kinds

FONT, LINE = 13.0, 16.0
"""The size of a label and the height of its line."""
ACROSS, DEEP = 22, 3
"""How many letters a line of a label has at the most, and how many lines a label."""
LEAST, MOST = 9.0, 24.0
"""The radius of the smallest mark and of the largest."""
BY_KIND, BY_COMMUNITY = "loai", "cum"
"""What colours may mean."""
CALM = 300
"""With more nodes than this lines are hidden while somebody drags, and marks are not given room for their labels."""

_WIDE = set("mwMW@%—…")


@dataclass(frozen=True)
class Mark:
    """A node as it is drawn.

    Attributes:
        iri: its address.
        label: its name, in full.
        lines: the same as it is written under the mark.
        kind, shape: what it is and how that looks.
        colour: name of a colour of pictures.toml.
        community: number of its community, from 1; 0 where none is told.
        x, y, radius: its place and size.
        middle: whether it is the node that the picture is about.
    """

    iri: str
    label: str
    lines: tuple[str, ...]
    kind: str
    shape: str
    colour: str
    community: int
    x: float
    y: float
    radius: float
    middle: bool = False


@dataclass(frozen=True)
class Line:
    """An edge as it is drawn.

    Attributes:
        source, target: addresses of its ends, in the direction of the arrow.
        role, way: what it means.
        colour, head, dash, width: how that looks.
        bend: how far its middle leaves the straight line, as a part of its length; lines between the same two bend apart.
    """

    source: str
    target: str
    role: str
    way: str
    colour: str
    head: str
    dash: tuple[int, ...]
    width: float
    bend: float
    on_path: bool = False


@dataclass(frozen=True)
class Picture:
    """Marks and lines, and the room that they take with their labels: left, top, right, bottom."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    room: tuple[float, float, float, float]


@cache
def look() -> Mapping[str, Any]:
    """What pictures.toml says."""
    return tomllib.loads(files("cancu.graph").joinpath("pictures.toml").read_text("utf-8"))


def draw(
    graph: Network,
    focus: str = "",
    colour: str = BY_KIND,
    size: Mapping[str, float] | None = None,
    path: Sequence[str] = (),
) -> Picture:
    """The picture of a network.

    Args:
        graph: nodes with label, kind and code, edges with role, way and weight (see `cancu.graph.network`).
        focus: the node in the middle, if the picture is about one.
        colour: BY_KIND or BY_COMMUNITY.
        size: node -> the measure that its size shows; None: all are of one size.
        path: nodes in a row whose lines are to stand out.
    """
    radii = _radii(graph, size or {})
    labels = {node: _label(graph, node) for node in graph}
    tight = len(graph) > CALM
    boxes = {
        node: _box(labels[node] if not tight else (), radii[node], _shape(graph, node))
        for node in graph
    }
    places = lay_out(graph, boxes, focus, _order(graph, focus), columns=bool(path))
    groups = communities(graph) if colour == BY_COMMUNITY else {}
    marks = tuple(
        _mark(graph, node, places[node], radii[node], labels[node], groups, focus)
        for node in sorted(graph)
    )
    return Picture(marks, _lines(graph, path), bounds(places, boxes))


def communities(graph: Network) -> dict[str, int]:
    """Node -> number of its community (Louvain), the largest first."""
    return {node: n for n, group in enumerate(clusters(nx.Graph(graph)), 1) for node in group}


def clean(text: object) -> str:
    """Words from a document as one line of text that any file can hold: no control characters, no half characters."""
    kept = "".join(
        " " if c in "\t\n\r" else "�" if unicodedata.category(c) in ("Cc", "Cs", "Cn") else c
        for c in unicodedata.normalize("NFC", str(text))
    )
    return " ".join(kept.split())


def wrapped(text: str) -> tuple[str, ...]:
    """A name in lines as they are written under a mark; what does not fit ends in …."""
    return tuple(
        textwrap.wrap(clean(text), ACROSS, max_lines=DEEP, placeholder="…", break_on_hyphens=False)
    )


def width_of(text: str) -> float:
    """About how wide a line of a label is, never less than it is."""
    return (
        sum(
            0.95 if c in _WIDE else 0.74 if c.isupper() else 0.3 if c in " .,il1I|-/()" else 0.6
            for c in text
        )
        * FONT
        + FONT * 0.3
    )


def _label(graph: Network, node: str) -> tuple[str, ...]:
    """A task is called by its number, everything else by its name."""
    said = graph.nodes[node]
    return wrapped(said.get("code") or said.get("label") or node)


def _shape(graph: Network, node: str) -> str:
    known = kinds(NODES).get(graph.nodes[node].get("kind", ""))
    return known.shape if known else "dot"


def _box(lines: Sequence[str], radius: float, shape: str) -> Box:
    wide = max((width_of(line) for line in lines), default=0.0)
    return Box(max(radius * 1.2, wide / 2), radius * 1.2, radius * 1.2 + LINE * len(lines) + 3)


def _radii(graph: Network, size: Mapping[str, float]) -> dict[str, float]:
    """The area of a mark grows with the measure; without one all have the same."""
    greatest = max((size.get(node, 0.0) for node in graph), default=0.0)
    if greatest <= 0:
        return dict.fromkeys(graph, 11.0)
    return {
        node: LEAST + (MOST - LEAST) * math.sqrt(max(0.0, size.get(node, 0.0)) / greatest)
        for node in graph
    }


def _order(graph: Network, focus: str) -> dict[str, int]:
    """On the ring around a node its neighbours stand by role, each role's by way, then by number and name."""
    if focus not in graph:
        return {}
    roles, ways = list(kinds(EDGES)), list(kinds(WAYS))
    found: dict[str, tuple[int, int]] = {}
    for a, b, said in graph.edges(data=True):
        if focus in (a, b):
            other = b if a == focus else a
            place = _index(roles, said.get("role")), _index(ways, said.get("way"))
            found[other] = min(found.get(other, place), place)
    named = {
        node: (place, _natural(graph.nodes[node].get("code") or graph.nodes[node].get("label")))
        for node, place in found.items()
    }
    ranked = sorted(named, key=lambda node: (named[node], node))
    return {node: number for number, node in enumerate(ranked)}


def _natural(text: object) -> tuple[tuple[int, str], ...]:
    """In the order of their numbers: II.10 after II.9."""
    parts = re.split(r"(\d+)", str(text))
    return tuple((int(part) if part.isdecimal() else 0, part) for part in parts)


def _index(known: Sequence[str], code: object) -> int:
    return known.index(str(code)) if code in known else len(known)


def _mark(
    graph: Network,
    node: str,
    place: Point,
    radius: float,
    lines: tuple[str, ...],
    groups: Mapping[str, int],
    focus: str,
) -> Mark:
    said = graph.nodes[node]
    kind = str(said.get("kind", ""))
    turns = look()["communities"]["colours"]
    number = groups.get(node, 0)
    colour = turns[(number - 1) % len(turns)] if number else look()["node"].get(kind, "grey")
    return Mark(
        iri=node,
        label=clean(said.get("label") or node),
        lines=lines,
        kind=kind,
        shape=_shape(graph, node),
        colour=colour,
        community=number,
        x=place[0],
        y=place[1],
        radius=round(radius * (1.3 if node == focus else 1), 1),
        middle=node == focus,
    )


def _lines(graph: Network, path: Sequence[str]) -> tuple[Line, ...]:
    """The edges, one line for each role and way between two nodes; more than one between the same two fan out."""
    steps = {frozenset(step) for step in pairwise(path)}
    seen: dict[frozenset[str], list[tuple[str, str, str, str]]] = defaultdict(list)
    weights: Counter[tuple[str, str, str, str]] = Counter()
    for a, b, said in graph.edges(data=True):
        if a == b:
            continue
        key = (a, b, str(said.get("role", "")), str(said.get("way", "")))
        weights[key] += int(said.get("weight") or 1)
    for key in sorted(weights):
        seen[frozenset(key[:2])].append(key)
    return tuple(
        _line(key, weights[key], _bend(number, len(same), key), pair in steps)
        for pair, same in seen.items()
        for number, key in enumerate(same)
    )


def _bend(number: int, count: int, key: tuple[str, str, str, str]) -> float:
    if count == 1:
        return 0.0
    bend = (number - (count - 1) / 2) * 0.18
    return round(bend if key[0] < key[1] else -bend, 3)


def _line(key: tuple[str, str, str, str], weight: int, bend: float, on_path: bool) -> Line:
    a, b, role, way = key
    kind, manner = kinds(EDGES).get(role), kinds(WAYS).get(way)
    colour, head = look()["edge"].get(role, ["soft", "arrow"])
    width = look()["width"].get(way, 1.8) + min(4.0, 0.7 * (weight - 1))
    dash = (kind.dash if kind else ()) or (manner.dash if manner else ())
    if kind and kind.arrow == "backward":
        a, b = b, a
        bend = -bend
    return Line(
        a,
        b,
        role,
        way,
        colour,
        head if not kind or kind.arrow != "none" else "",
        dash,
        round(width + (2.5 if on_path else 0), 1),
        bend,
        on_path,
    )


def for_browser(picture: Picture) -> dict[str, Any]:
    """What vis-network draws: nodes, edges and options as pyvis makes them, colours by name.

    Of pyvis only the builder of these three is used: its pages fetch their scripts elsewhere, and let a title run.
    """
    from pyvis.network import Network

    class Quick(Network):  # type: ignore[misc]
        """The same; it asks of every edge whether its ends are known, and looks through a list for it."""

        def get_nodes(self) -> Any:
            return self.node_map.keys()

    # directed: an undirected one drops all edges but one between the same two nodes
    made = Quick(directed=True)
    for mark in picture.marks:
        made.add_node(
            mark.iri,
            label="\n".join(mark.lines) or " ",
            shape=mark.shape,
            group=mark.colour,
            size=mark.radius,
            x=mark.x,
            y=mark.y,
            full=mark.label,
            kind=mark.kind,
            middle=mark.middle,
        )
    for line in picture.lines:
        made.add_edge(line.source, line.target, **_edge(line))
    made.set_options(json.dumps(_options(len(picture.marks))))
    nodes, edges, _, _, _, options = made.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _edge(line: Line) -> dict[str, Any]:
    return {
        "tint": line.colour,
        "role": line.role,
        "way": line.way,
        "width": line.width,
        "dashes": list(line.dash) or False,
        "arrows": {
            "to": {"enabled": bool(line.head), "type": line.head or "arrow", "scaleFactor": 0.6}
        },
        "smooth": {
            "enabled": line.bend != 0,
            "type": "curvedCW" if line.bend < 0 else "curvedCCW",
            "roundness": abs(line.bend),
        },
    }


def _options(count: int) -> dict[str, Any]:
    """Places are given, so nothing moves by itself."""
    calm = count > CALM
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 1.5, "font": {"size": FONT, "vadjust": -2}},
        "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 0},
        "interaction": {
            "hideEdgesOnDrag": calm,
            "hideEdgesOnZoom": calm,
            "multiselect": False,
            "hover": not calm,
            "tooltipDelay": 200,
            "zoomSpeed": 0.6,
        },
    }
