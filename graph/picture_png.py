"""A picture as PNG, drawn from its SVG by resvg with the font that ships with the product: no browser, no font of the machine."""

import math
from importlib.resources import as_file, files

MOST = 8_000_000
"""How many pixels a picture has at the most; what would have more is drawn smaller."""


def to_png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture of an SVG that `to_svg` made, by default with two pixels to a unit."""
    from lxml import etree
    from resvg_py import svg_to_bytes

    root = etree.fromstring(svg)
    area = float(root.get("width", "1")) * float(root.get("height", "1"))
    with as_file(files("cancu.graph").joinpath("fonts", "NotoSans.ttf")) as font:
        return bytes(
            svg_to_bytes(
                svg_string=svg,
                zoom=min(zoom, math.sqrt(MOST / area)),
                skip_system_fonts=True,
                font_files=[str(font)],
                font_family="Noto Sans",
                sans_serif_family="Noto Sans",
            )
        )
