"""Where the nodes of a picture stand: the same network gives the same places, whatever the run.

Two places are of one unit when a label of 13 units is as high as a line of text; the pictures are drawn in these units.
"""

import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

import networkx as nx
import numpy as np

SEED = 1
SPRINGS = 400
"""A part with more nodes than this is laid out hub by hub: springs would take seconds and tell nothing."""
APART = 14.0
"""The least distance between two boxes."""
RING = 170.0
STRETCH = 1.2
"""Rings are wider than high, as screens and labels are."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """The room that a node takes with its label, around the middle of its mark.

    Attributes:
        left, right: how far it reaches to either side.
        up, down: how far above and below.
    """

    half: float
    up: float
    down: float


def lay_out(
    graph: "nx.MultiDiGraph[str]",
    boxes: Mapping[str, Box],
    focus: str = "",
    order: Mapping[str, int] | None = None,
    columns: bool = False,
) -> dict[str, Point]:
    """The place of every node.

    Args:
        graph: the network; directions do not count here.
        boxes: the room that each node takes.
        focus: the node in the middle, the others on rings around it by their distance; "" for none.
        order: neighbours of the focus with a smaller number come first on the ring (0 where none is given).
        columns: the focus at the left and a column for each distance from it, in place of rings.
    """
    plain = _plain(graph)
    parts = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(part)))
    many = [sorted(part) for part in parts if len(part) > 1 or focus in part]
    alone = [min(part) for part in parts if len(part) == 1 and focus not in part]
    pieces = []
    for part in many:
        within = _part(plain, part)
        if focus in within and columns:
            places = _columns(within, boxes, focus)
        elif focus in within:
            places = _rings(within, boxes, focus, order or {})
        elif len(part) <= SPRINGS:
            places = _springs(within, boxes)
        else:
            places = _discs(within, boxes)
        pieces.append(places)
    if alone:
        pieces.append(_grid(alone, boxes))
    return _packed(pieces, boxes)


def _plain(graph: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """Nodes and edges in the order of their addresses, each edge once: what a layout sees must not hang on how rows came."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({_pair(a, b) for a, b in graph.edges() if a != b}))
    return plain


def _part(plain: "nx.Graph[str]", nodes: Sequence[str]) -> "nx.Graph[str]":
    """A part of a network in the same order: a view of it would go through its nodes as a set does, in another order each run."""
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(edge for edge in plain.edges(nodes) if edge[0] in part and edge[1] in part)
    return part


def clusters(graph: "nx.Graph[str]") -> list[list[str]]:
    """Communities (Louvain), the largest first, each in order; the same whatever the run."""
    names = sorted(graph)
    place = {name: number for number, name in enumerate(names)}
    # numbers: sets of texts have another order each run
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_edges_from(sorted({_pair(place[a], place[b]) for a, b in graph.edges()}))
    found = nx.community.louvain_communities(numbered, seed=SEED) if names else []
    groups = [[names[number] for number in sorted(group)] for group in found]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


_T = TypeVar("_T", int, str)


def _pair(one: _T, other: _T) -> tuple[_T, _T]:
    """Two ends in their order."""
    return (one, other) if one < other else (other, one)


def _start(node: str) -> Point:
    """Where springs begin to pull at a node: by its address alone, so that one node more moves the others little."""
    digest = sha256(node.encode("utf-8", "surrogatepass")).digest()
    angle = int.from_bytes(digest[:4]) / 2**32 * 2 * math.pi
    radius = math.sqrt(int.from_bytes(digest[4:8]) / 2**32)
    return radius * math.cos(angle), radius * math.sin(angle)


def _springs(part: "nx.Graph[str]", boxes: Mapping[str, Box]) -> dict[str, Point]:
    start = {node: _start(node) for node in part}
    found = nx.spring_layout(part, pos=start, seed=SEED, iterations=120, method="force")
    area = sum((2 * boxes[n].half + APART) * (boxes[n].up + boxes[n].down + APART) for n in part)
    side = math.sqrt(area) * 0.62
    return separated(
        {node: (x * side * STRETCH, y * side / STRETCH) for node, (x, y) in found.items()}, boxes
    )


def _rings(
    part: "nx.Graph[str]", boxes: Mapping[str, Box], focus: str, order: Mapping[str, int]
) -> dict[str, Point]:
    """The focus in the middle, each other node on the ring of its distance, near those that it hangs on."""
    away = nx.single_source_shortest_path_length(part, focus)
    places: dict[str, Point] = {focus: (0.0, 0.0)}
    angles: dict[str, float] = {focus: 0.0}
    radius = 0.0
    for distance in range(1, max(away.values()) + 1):
        ring = [node for node in part if away[node] == distance]
        if distance == 1:
            ring.sort(key=lambda node: (order.get(node, 0), node))
        else:
            ring.sort(key=lambda node: (_mean(angles, part[node]), node))
        radius = _circle(ring, boxes, radius, places, angles)
    return separated(places, boxes, fixed=focus)


def _columns(part: "nx.Graph[str]", boxes: Mapping[str, Box], focus: str) -> dict[str, Point]:
    """A column for each distance from the focus, each centred; every other one a little lower, off the lines between."""
    away = nx.single_source_shortest_path_length(part, focus)
    places: dict[str, Point] = {}
    for distance in range(max(away.values()) + 1):
        column = [node for node in part if away[node] == distance]
        middle = (len(column) - 1) / 2 - distance % 2 * 0.15
        for number, node in enumerate(column):
            places[node] = (distance * RING * 1.2, (number - middle) * RING * 0.6)
    return separated(places, boxes)


def _mean(angles: Mapping[str, float], nodes: Iterable[str]) -> float:
    """The direction in which these nodes lie together, from 0 to 2π."""
    known = [angles[node] for node in nodes if node in angles]
    x, y = sum(map(math.cos, known)), sum(map(math.sin, known))
    return math.atan2(y, x) % (2 * math.pi)


def _circle(
    ring: Sequence[str],
    boxes: Mapping[str, Box],
    inner: float,
    places: dict[str, Point],
    angles: dict[str, float],
) -> float:
    """Put a ring around what there is, wide enough for its boxes; a crowded one takes two rows. Gives its radius."""
    round_about = sum(2 * boxes[node].half + APART for node in ring)
    rows = 2 if round_about > 2 * math.pi * (inner + RING) * 1.3 else 1
    radius = max(inner + RING, round_about / rows / (2 * math.pi) * 0.9)
    for number, node in enumerate(ring):
        angle = 2 * math.pi * number / len(ring)
        reach = radius + (number % rows) * RING * 0.6
        angles[node] = angle
        # from the top, with the clock
        places[node] = (reach * STRETCH * math.sin(angle), -reach * math.cos(angle))
    return radius + (rows - 1) * RING * 0.6


def _discs(part: "nx.Graph[str]", boxes: Mapping[str, Box]) -> dict[str, Point]:
    """A disc around each hub for those nearest to it, the best linked innermost, and the discs laid out by what links them."""
    hubs = sorted(part, key=lambda node: (-part.degree[node], node))[: math.isqrt(len(part))]
    nearest = _nearest(part, hubs)
    ordered = [[node for node in part if nearest[node] == hub] for hub in hubs]
    names = [f"{number:06}" for number in range(len(ordered))]
    of = {node: name for name, group in zip(names, ordered, strict=True) for node in group}
    quotient: nx.Graph[str] = nx.Graph()
    quotient.add_nodes_from(names)
    quotient.add_edges_from(sorted({_pair(of[a], of[b]) for a, b in part.edges()}))
    discs = {name: _disc(part, group, boxes) for name, group in zip(names, ordered, strict=True)}
    room = {name: _box_around(disc, boxes) for name, disc in discs.items()}
    middles = lay_out(nx.MultiDiGraph(quotient), room)
    return {
        node: (x + middles[name][0], y + middles[name][1])
        for name, disc in discs.items()
        for node, (x, y) in disc.items()
    }


def _nearest(part: "nx.Graph[str]", hubs: Sequence[str]) -> dict[str, str]:
    """Node -> the hub that is nearest to it, of several the one with the most links."""
    found = {hub: hub for hub in hubs}
    waiting = deque(hubs)
    while waiting:
        node = waiting.popleft()
        for other in part[node]:
            if other not in found:
                found[other] = found[node]
                waiting.append(other)
    return found


def _disc(
    part: "nx.Graph[str]", nodes: Sequence[str], boxes: Mapping[str, Box]
) -> dict[str, Point]:
    """Nodes as the seeds of a sunflower, those with most links innermost."""
    ordered = sorted(nodes, key=lambda node: (-part.degree[node], node))
    step = math.sqrt(
        max((2 * boxes[n].half) * (boxes[n].up + boxes[n].down) for n in nodes) / math.pi
    )
    golden = math.pi * (3 - math.sqrt(5))
    return {
        node: (
            step * math.sqrt(number) * math.cos(number * golden) * STRETCH,
            step * math.sqrt(number) * math.sin(number * golden),
        )
        for number, node in enumerate(ordered)
    }


def _grid(nodes: Sequence[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Nodes without any link, in rows."""
    across = math.ceil(math.sqrt(len(nodes)))
    wide = max(2 * boxes[node].half for node in nodes) + 2 * APART
    high = max(boxes[node].up + boxes[node].down for node in nodes) + 2 * APART
    return {
        node: (number % across * wide, number // across * high) for number, node in enumerate(nodes)
    }


def _box_around(places: Mapping[str, Point], boxes: Mapping[str, Box]) -> Box:
    left, top, right, bottom = bounds(places, boxes)
    return Box(max(-left, right) + APART, -top + APART, bottom + APART)


def bounds(
    places: Mapping[str, Point], boxes: Mapping[str, Box]
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all boxes; nothing at all takes no room."""
    if not places:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min(x - boxes[node].half for node, (x, _) in places.items()),
        min(y - boxes[node].up for node, (_, y) in places.items()),
        max(x + boxes[node].half for node, (x, _) in places.items()),
        max(y + boxes[node].down for node, (_, y) in places.items()),
    )


def _packed(pieces: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Parts that nothing links, side by side in rows about as wide as the whole is high; the first stays where it is."""
    found: dict[str, Point] = {}
    sizes = [bounds(piece, boxes) for piece in pieces]
    area = sum((r - x + APART * 4) * (b - y + APART * 4) for x, y, r, b in sizes)
    widest = max([r - x for x, _, r, _ in sizes], default=0.0)
    limit = max(widest, math.sqrt(area) * 1.1)
    x = y = height = 0.0
    for piece, (left, top, right, bottom) in zip(pieces, sizes, strict=True):
        if x and x + right - left > limit:
            x, y, height = 0.0, y + height + APART * 4, 0.0
        found |= {node: (px - left + x, py - top + y) for node, (px, py) in piece.items()}
        x += right - left + APART * 4
        height = max(height, bottom - top)
    return {node: (round(px, 1), round(py, 1)) for node, (px, py) in found.items()}


def separated(
    places: Mapping[str, Point], boxes: Mapping[str, Box], fixed: str = ""
) -> dict[str, Point]:
    """The same places, moved as little as it takes for no two boxes to overlap; one node may be held."""
    names = list(places)
    if len(names) < 2:
        return dict(places)
    at = np.array([places[node] for node in names], dtype=float)
    # of each box its middle, seen from the mark of the node, and half its size
    shift = np.array([(0.0, (boxes[n].down - boxes[n].up) / 2) for n in names])
    half = np.array([(boxes[n].half, (boxes[n].up + boxes[n].down) / 2) for n in names])
    need = half[:, None, :] + half[None, :, :] + APART
    held = np.array([node == fixed for node in names])
    for turn in range(600):
        middle = at + shift
        apart = middle[:, None, :] - middle[None, :, :]
        over = need - np.abs(apart)
        overlapping = (over > 0.01).all(axis=2)
        np.fill_diagonal(overlapping, False)
        if not overlapping.any():
            break
        if turn and turn % 60 == 0:
            at *= 1.06
            continue
        at += _push(apart, over, overlapping, held)
    return {node: (float(x), float(y)) for node, (x, y) in zip(names, at, strict=True)}


def _push(
    apart: "np.typing.NDArray[Any]",
    over: "np.typing.NDArray[Any]",
    overlapping: "np.typing.NDArray[Any]",
    held: "np.typing.NDArray[Any]",
) -> "np.typing.NDArray[Any]":
    """How far each box moves: half of each overlap, along the side where that is less."""
    count = len(held)
    first = np.arange(count)[:, None] < np.arange(count)[None, :]
    # two boxes in one place part by their order
    sign = np.where(apart == 0, np.where(first[:, :, None], -1.0, 1.0), np.sign(apart))
    sideways = over[:, :, 0] <= over[:, :, 1]
    along = np.stack([sideways, ~sideways], axis=2)
    move = np.where(along & overlapping[:, :, None], sign * over * 0.5, 0.0)
    total = move.sum(axis=1)
    crowd = np.maximum(overlapping.sum(axis=1), 1)[:, None]
    total = total / np.sqrt(crowd)
    total[held] = 0.0
    found: np.typing.NDArray[Any] = total
    return found
