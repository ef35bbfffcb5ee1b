"""The sentences that say what a picture of the network shows and what it leaves out."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from cancu.graph.network import Network
from cancu.ontology.network import EDGES, NODES, WAYS, kinds


@dataclass(frozen=True)
class Cut:
    """How a picture came from the network that it is a part of.

    Attributes:
        focus: name of the node in the middle; "" for none.
        steps: how far around it the picture goes.
        path: names of the two ends where only paths between them are drawn.
        left_out: why -> how many nodes: "by_distance", "by_cap", "unscheduled", "proposed".
        filtered: way -> how many edges are not among those that were chosen.
    """

    focus: str = ""
    steps: int = 0
    path: tuple[str, str] | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    filtered: Mapping[str, int] = field(default_factory=dict)


@cache
def said(language: str) -> Mapping[str, str]:
    """The words around a picture in a language."""
    text = files("cancu.graph").joinpath("picture_words.toml").read_text("utf-8")
    found: Mapping[str, str] = tomllib.loads(text)[language]
    return found


def tell(network: Network, cut: Cut, language: str, groups: bool) -> str:
    """What the picture of a network shows and what it leaves out; named, through a group and possible are never added up.

    Args:
        network: what is drawn.
        cut: how it came about.
        language: "vi" or "en".
        groups: whether groups were taken apart.
    """
    words = said(language)
    if not network:
        return f"{words['nothing']} {_left(cut, language)}"
    parts = [words["shows"].format(nodes=_nodes(network, language))]
    if network.number_of_edges():
        parts.append(words["lines"].format(lines=_edges(network, language)))
    if cut.path:
        parts.append(words["path"].format(start=cut.path[0], goal=cut.path[1]))
    elif cut.focus:
        parts.append(words["focus"].format(focus=cut.focus, steps=cut.steps))
    if network.graph.get("groups_kept"):
        parts.append(words["kept_large"])
    else:
        parts.append(words["apart" if groups else "kept"])
    return " ".join((*parts, _left(cut, language)))


def _nodes(network: Network, language: str) -> str:
    numbers = Counter(str(node["kind"]) for _, node in network.nodes(data=True))
    return ", ".join(
        f"{numbers[code]} {kind.say(language)}"
        for code, kind in kinds(NODES).items()
        if numbers[code]
    )


def _edges(network: Network, language: str) -> str:
    """Role by role and way by way: chủ trì: nêu đích danh 15, qua nhóm 6; phối hợp: …."""
    numbers = Counter(
        (str(said["role"]), str(said["way"])) for _, _, said in network.edges(data=True)
    )
    ways = _ways(language)
    return "; ".join(
        f"{kind.say(language)}: "
        + ", ".join(
            f"{name} {numbers[code, way]}" for way, name in ways.items() if numbers[code, way]
        )
        for code, kind in kinds(EDGES).items()
        if any(role == code for role, _ in numbers)
    )


def _left(cut: Cut, language: str) -> str:
    words, ways = said(language), _ways(language)
    chosen = ", ".join(f"{ways[way]} {n}" for way, n in cut.filtered.items() if n)
    left = [words["by_filter"].format(lines=chosen)] if chosen else []
    left += [words[why].format(nodes=number) for why, number in cut.left_out.items() if number]
    return words["left"].format(left="; ".join(left)) if left else words["all"]


def _ways(language: str) -> Mapping[str, str]:
    named = {code: kind.say(language) for code, kind in kinds(WAYS).items()}
    return {"": said(language)["way_less"], **named}
