"""A picture as SVG: text stays text, nothing runs, nothing is fetched."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cancu.graph.picture import FONT, LINE, Line, Mark, Picture, clean, look, width_of
from cancu.ontology.network import EDGES, NODES, WAYS, kinds

SVG = "http://www.w3.org/2000/svg"
_SPACE: Any = {None: SVG}
FAMILY = "Noto Sans, Segoe UI, Arial, sans-serif"
MARGIN = 24.0
KEY = 15.0
"""The height of a line of the key."""

Tint = Callable[[str], str]
"""Name of a colour -> the colour."""


def by_day(name: str) -> str:
    """A colour as it is on paper."""
    return str(look()["colours"][name][1])


def by_sheet(name: str) -> str:
    """A colour as the style sheet of the page around the picture has it."""
    return f"var({look()['colours'][name][0]})"


def by_variable(name: str) -> str:
    """A colour as a file with styles of its own has it."""
    return f"var(--{name})"


@dataclass(frozen=True)
class Around:
    """What stands around the drawing.

    Attributes:
        title: what it is called.
        says: the sentence that says what it shows and what it leaves out.
        language: of title, sentence and key.
        key: whether a key and the sentence are drawn below.
    """

    title: str
    says: str
    language: str = "vi"
    key: bool = True


def to_svg(
    picture: Picture,
    around: Around,
    tint: Tint = by_day,
    link: Callable[[str], str] | None = None,
) -> str:
    """The picture as an SVG document.

    Args:
        picture: what to draw.
        around: title, sentence and key.
        tint: gives the colours.
        link: gives the address that a mark leads to; None: marks lead nowhere.
    """
    left, top, right, bottom = picture.room
    foot = _key(picture, around, max(right - left, 640.0), tint) if around.key else []
    wide = max(right - left, 640.0 if around.key else 1.0) + 2 * MARGIN
    high = bottom - top + 2 * MARGIN
    below = KEY * 1.5 * len(foot) + (MARGIN if foot else 0)
    root = etree.Element(
        f"{{{SVG}}}svg",
        {
            "viewBox": _numbers(left - MARGIN, top - MARGIN, wide, high + below),
            "width": _number(wide),
            "height": _number(high + below),
            "role": "img" if link is None else "group",
            "font-family": FAMILY,
            "font-size": _number(FONT),
        },
        nsmap=_SPACE,
    )
    root.set("{http://www.w3.org/XML/1998/namespace}lang", around.language)
    _add(root, "title").text = clean(around.title)
    _add(root, "desc").text = clean(around.says)
    if around.key:
        _add(
            root,
            "rect",
            x=_number(left - MARGIN),
            y=_number(top - MARGIN),
            width="100%",
            height="100%",
            fill=tint("paper"),
        )
    _draw(root, picture, tint, link)
    for number, row in enumerate(foot):
        row.set(
            "transform",
            f"translate({_number(left)} {_number(bottom + MARGIN + KEY * 1.5 * (number + 0.8))})",
        )
        root.append(row)
    return etree.tostring(root, encoding="unicode")


def _draw(
    root: "etree._Element", picture: Picture, tint: Tint, link: Callable[[str], str] | None
) -> None:
    marks = {mark.iri: mark for mark in picture.marks}
    lines = _add(root, "g", fill="none")
    for line in picture.lines:
        _draw_line(lines, line, marks[line.source], marks[line.target], tint)
    for mark in picture.marks:
        _draw_mark(root, mark, tint, link)


def _draw_line(group: "etree._Element", line: Line, a: Mark, b: Mark, tint: Tint) -> None:
    (x1, y1), (cx, cy), (x2, y2), angle = course(line, a, b)
    colour = tint(line.colour)
    path = _add(
        group,
        "path",
        d=f"M{_numbers(x1, y1)}Q{_numbers(cx, cy)} {_numbers(x2, y2)}",
        stroke=colour,
        **{"stroke-width": _number(line.width), "class": f"r-{line.role} w-{line.way}"},
    )
    if line.dash:
        path.set("stroke-dasharray", " ".join(map(str, line.dash)))
    if line.head:
        shape = look()["head"][line.head]
        _add(
            group,
            "path",
            d=shape,
            stroke=colour,
            fill=colour if shape.endswith("Z") else "none",
            transform=f"translate({_numbers(x2, y2)}) rotate({_number(math.degrees(angle))})",
            **{"stroke-width": "1.4"},
        )


def course(
    line: Line, a: Mark, b: Mark
) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float], float]:
    """Where a line leaves its first mark, by which point it bends, where it meets the second, and in which direction."""
    dx, dy = b.x - a.x, b.y - a.y
    # lines bend to the left of their way if the number is above nothing
    cx = (a.x + b.x) / 2 + dy * line.bend
    cy = (a.y + b.y) / 2 - dx * line.bend
    out, into = math.atan2(cy - a.y, cx - a.x), math.atan2(b.y - cy, b.x - cx)
    reach = b.radius + 3
    return (
        (a.x + a.radius * math.cos(out), a.y + a.radius * math.sin(out)),
        (cx, cy),
        (b.x - reach * math.cos(into), b.y - reach * math.sin(into)),
        into,
    )


def _draw_mark(
    root: "etree._Element", mark: Mark, tint: Tint, link: Callable[[str], str] | None
) -> None:
    group = _add(root, "a", href=link(mark.iri)) if link else _add(root, "g")
    group.set("class", f"mark k-{mark.kind}")
    _add(group, "title").text = mark.label
    _add(
        group,
        "path",
        d=look()["shape"].get(mark.shape, look()["shape"]["dot"]),
        transform=f"translate({_numbers(mark.x, mark.y)}) scale({_number(mark.radius)})",
        fill=tint(mark.colour),
        stroke=tint("lit" if mark.middle else "paper"),
        **{"stroke-width": f"{(3 if mark.middle else 1.2) / mark.radius:.3f}"},
    )
    text = _add(
        group,
        "text",
        fill=tint("ink"),
        stroke=tint("paper"),
        **{
            "text-anchor": "middle",
            "stroke-width": "3",
            "stroke-linejoin": "round",
            "paint-order": "stroke",
        },
    )
    for number, words in enumerate(mark.lines):
        y = mark.y + mark.radius * 1.2 + LINE * (number + 0.85)
        # a blank that is no letter keeps the words of two lines apart for whoever copies them
        _add(text, "tspan", x=_number(mark.x), y=_number(y)).text = words + " "


def _key(picture: Picture, around: Around, wide: float, tint: Tint) -> list["etree._Element"]:
    """The rows below the drawing: shapes, heads and dashes with what they mean, then the sentence."""
    samples = [
        *(("node", code) for code in kinds(NODES) if any(m.kind == code for m in picture.marks)),
        *(("edge", code) for code in kinds(EDGES) if any(n.role == code for n in picture.lines)),
        *(("way", code) for code in kinds(WAYS) if any(n.way == code for n in picture.lines)),
    ]
    rows, at = [etree.Element(f"{{{SVG}}}g")], 0.0
    for what, code in samples:
        scheme = {"node": NODES, "edge": EDGES, "way": WAYS}[what]
        name = kinds(scheme)[code].say(around.language)
        reach = 46 + width_of(name)
        if at and at + reach > wide:
            rows.append(etree.Element(f"{{{SVG}}}g"))
            at = 0.0
        one = _add(rows[-1], "g", transform=f"translate({_number(at)} 0)")
        sample(one, what, code, tint)
        _add(one, "text", x="36", y="4.5", fill=tint("ink")).text = name
        at += reach
    for words in _folded(clean(around.says), wide):
        rows.append(etree.Element(f"{{{SVG}}}g"))
        _add(rows[-1], "text", y="4.5", fill=tint("soft")).text = words
    return rows


def sample(parent: "etree._Element", what: str, code: str, tint: Tint) -> None:
    """The shape of a kind of node, the head of a kind of edge or the dash of a way, 30 wide, as a key shows it."""
    said = look()
    if what == "node":
        _add(
            parent,
            "path",
            d=said["shape"].get(kinds(NODES)[code].shape, said["shape"]["dot"]),
            transform="translate(18 0) scale(7)",
            fill=tint(said["node"].get(code, "grey")),
        )
        return
    colour, head = said["edge"].get(code, ["soft", "arrow"]) if what == "edge" else ("ink", "")
    scheme = EDGES if what == "edge" else WAYS
    width = said["width"].get(code, 2.0)
    line = _add(
        parent,
        "path",
        d="M2 0H28",
        stroke=tint(colour),
        fill="none",
        **{"stroke-width": _number(width)},
    )
    if kinds(scheme)[code].dash:
        line.set("stroke-dasharray", " ".join(map(str, kinds(scheme)[code].dash)))
    if head:
        shape = said["head"][head]
        fill = tint(colour) if shape.endswith("Z") else "none"
        _add(
            parent,
            "path",
            d=shape,
            transform="translate(30 0)",
            stroke=tint(colour),
            fill=fill,
            **{"stroke-width": "1.4"},
        )


def key_of(what: str, code: str, tint: Tint = by_sheet) -> str:
    """A sample by itself, as an SVG for the key of a page."""
    root = etree.Element(
        f"{{{SVG}}}svg",
        {"viewBox": "0 -9 34 18", "width": "34", "height": "18", "aria-hidden": "true"},
        nsmap=_SPACE,
    )
    root.set("class", "sample")
    sample(root, what, code, tint)
    return etree.tostring(root, encoding="unicode")


def _folded(text: str, wide: float) -> Sequence[str]:
    """A text in lines no wider than this."""
    lines, line = [], ""
    for word in text.split():
        if line and width_of(f"{line} {word}") > wide:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def _add(parent: "etree._Element", name: str, **attributes: str) -> "etree._Element":
    return etree.SubElement(parent, f"{{{SVG}}}{name}", attributes)


def _numbers(*values: float) -> str:
    return " ".join(map(_number, values))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
