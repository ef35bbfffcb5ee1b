"""A few triples as SVG: things as dots with their names, values as squares, predicates written on the arrows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
from lxml import etree

from cancu.graph.layout import Box, Point, bounds, lay_out
from cancu.graph.picture import FONT, LINE, wrapped
from cancu.graph.picture_svg import MARGIN

RADIUS = 7.0
ROOM = 34.0
"""Free room around a name, so that what is written on the arrows finds a place."""
TIP = 9.0


@dataclass(frozen=True)
class Term:
    """An end of an arrow.

    Attributes:
        key: what makes it the same thing wherever it stands.
        text: what is written under it.
        page: where it leads; "" for nowhere.
        value: whether it is a value and not a thing.
    """

    key: str
    text: str
    page: str = ""
    value: bool = False


def triples_svg(triples: Sequence[tuple[Term, str, Term]], title: str) -> str:
    """The triples as an SVG element, coloured by the style sheet of the page around it."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    terms = {term.key: term for triple in triples for term in (triple[0], triple[2])}
    graph.add_nodes_from(terms)
    graph.add_edges_from((a.key, b.key) for a, _, b in triples)
    boxes = {key: _box(term) for key, term in terms.items()}
    places = lay_out(graph, boxes)
    left, top, right, bottom = bounds(places, boxes)
    wide, high = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    svg = etree.Element("svg", role="img")
    svg.set("viewBox", f"{left - MARGIN:.0f} {top - MARGIN:.0f} {wide:.0f} {high:.0f}")
    svg.set("width", f"{wide:.0f}")
    etree.SubElement(svg, "title").text = title
    for (a, b), said in _arrows(triples).items():
        _draw_arrow(svg, places[a], places[b], said)
    for key, term in terms.items():
        _draw_term(svg, term, places[key])
    return etree.tostring(svg, encoding="unicode")


def _arrows(triples: Sequence[tuple[Term, str, Term]]) -> dict[tuple[str, str], list[str]]:
    """The predicates between two ends, written on one arrow."""
    found: dict[tuple[str, str], list[str]] = {}
    for a, predicate, b in triples:
        found.setdefault((a.key, b.key), []).append(predicate)
    return found


def _box(term: Term) -> Box:
    lines = wrapped(term.text)
    half = max((len(line) for line in lines), default=1) * FONT * 0.3 + ROOM
    return Box(half, RADIUS + ROOM, RADIUS + LINE * len(lines) + ROOM)


def _draw_arrow(svg: "etree._Element", a: Point, b: Point, said: Sequence[str]) -> None:
    (x, y), (u, v) = a, b
    far = math.hypot(u - x, v - y) or 1.0
    dx, dy = (u - x) / far, (v - y) / far
    tip, back = (u - dx * RADIUS, v - dy * RADIUS), RADIUS + TIP
    base = (u - dx * back, v - dy * back)
    line = {"x1": x, "y1": y, "x2": base[0], "y2": base[1]}
    drawn = etree.SubElement(svg, "line", {name: f"{at:.1f}" for name, at in line.items()})
    drawn.set("stroke", "var(--soft)")
    corners = (tip, *((base[0] - dy * s, base[1] + dx * s) for s in (-TIP / 2, TIP / 2)))
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in corners)
    etree.SubElement(svg, "polygon", points=points, fill="var(--soft)")
    _write(svg, ((x + u) / 2, (y + v) / 2), [", ".join(dict.fromkeys(said))], "var(--soft)")


def _draw_term(svg: "etree._Element", term: Term, at: Point) -> None:
    x, y = at
    group = etree.SubElement(svg, "a", href=term.page) if term.page else svg
    if term.value:
        side = {"x": x - RADIUS, "y": y - RADIUS, "width": 2 * RADIUS, "height": 2 * RADIUS}
        mark = etree.SubElement(group, "rect", {name: f"{size:.1f}" for name, size in side.items()})
    else:
        mark = etree.SubElement(group, "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{RADIUS:.1f}")
    mark.set("fill", "var(--e-product)" if term.value else "var(--e-agency)")
    _write(group, (x, y + RADIUS + LINE), wrapped(term.text), "var(--ink)")


def _write(group: "etree._Element", at: Point, lines: Sequence[str], ink: str) -> None:
    """Lines of text, one below the other, with a halo of the ground around them."""
    for number, line in enumerate(lines):
        text = etree.SubElement(group, "text", x=f"{at[0]:.1f}", y=f"{at[1] + number * LINE:.1f}")
        text.set("text-anchor", "middle")
        text.set("font-size", f"{FONT:.0f}")
        text.set("fill", ink)
        text.set("stroke", "var(--card)")
        text.set("stroke-width", "3")
        text.set("paint-order", "stroke")
        text.text = line
