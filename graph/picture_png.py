"""A picture as PNG, drawn from its SVG by resvg with the font that ships with the product: no browser, no font of the machine."""

from importlib.resources import as_file, files

SIDE = 12_000
"""The longest side in pixels; what would be larger is drawn smaller."""


def to_png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture of an SVG that `to_svg` made, by default with two pixels to a unit."""
    from lxml import etree
    from resvg_py import svg_to_bytes

    root = etree.fromstring(svg)
    longest = max(float(root.get("width", "1")), float(root.get("height", "1")))
    with as_file(files("cancu.graph").joinpath("fonts", "NotoSans.ttf")) as font:
        return bytes(
            svg_to_bytes(
                svg_string=svg,
                zoom=min(zoom, SIDE / longest),
                skip_system_fonts=True,
                font_files=[str(font)],
                font_family="Noto Sans",
                sans_serif_family="Noto Sans",
            )
        )
