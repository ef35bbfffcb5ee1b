"""The network as pictures to take along: SVG, PNG, and a page in one file."""

from cancu.graph.network import Network
from cancu.graph.picture import Picture, clean, draw
from cancu.graph.picture_html import to_html
from cancu.graph.picture_png import to_png
from cancu.graph.picture_svg import Around, to_svg
from cancu.graph.picture_words import Cut, said, tell


def as_svg(network: Network, language: str) -> bytes:
    """The picture with text that can be selected, a key, and the sentence that says what it shows."""
    return to_svg(_picture(network), _around(network, language)).encode()


def as_png(network: Network, language: str) -> bytes:
    """The same as pixels."""
    return to_png(to_svg(_picture(network), _around(network, language)))


def as_html(network: Network, language: str) -> bytes:
    """A page in one file that works from a disk.

    Raises:
        NotBuilt: what it needs is built from packages, and here it is not.
    """
    version = str(network.graph["version"])
    return to_html(_picture(network), network, _around(network, language), version).encode()


def _picture(network: Network) -> Picture:
    return draw(network, network.graph["focus"])


def _around(network: Network, language: str) -> Around:
    focus = network.graph["focus"]
    node = network.nodes[focus] if focus in network else None
    name = clean(node["code"] or node["label"]) if node else ""
    title = said(language)["title"]
    cut = Cut(focus=name, steps=network.graph["steps"], left_out=network.graph["left_out"])
    says = tell(network, cut, language, network.graph["groups"])
    return Around(f"{title}: {name}" if name else title, says, language)
