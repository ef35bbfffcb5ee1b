"""A path through a network in words, step by step."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from cancu.graph.network import Network
from cancu.ontology.network import EDGES, WAYS, kinds


def trail(network: Network, path: Sequence[str], name: Callable[[str], str], language: str) -> str:
    """The path step by step: Phòng Nội vụ phối hợp II.5 (nêu đích danh); II.5 do Văn phòng chủ trì (qua nhóm)."""
    return "; ".join(_step(network, a, b, name, language) for a, b in pairwise(path)) + "."


def _step(network: Network, one: str, other: str, name: Callable[[str], str], language: str) -> str:
    """The surest edge between two nodes, read from the first to the second."""
    codes, ways = list(kinds(EDGES)), ["", *kinds(WAYS)]
    known = [
        (ways.index(str(said["way"])), codes.index(str(said["role"])), ahead, said)
        for a, b, ahead in ((one, other, True), (other, one, False))
        if network.has_edge(a, b)
        for said in network[a][b].values()
    ]
    _, place, ahead, said = min(known, key=lambda step: step[:2])
    kind = kinds(EDGES)[codes[place]]
    back = kind.back_en if language == "en" else kind.back_vi
    words = kind.say(language) if ahead else back
    told = words.replace("…", name(other)) if "…" in words else f"{words} {name(other)}"
    way = kinds(WAYS)[str(said["way"])].say(language) if said["way"] else ""
    codes_of = ", ".join(
        code for code in said["task_codes"] if code not in (name(one), name(other))
    )
    notes = "; ".join(filter(None, (way, codes_of)))
    return f"{name(one)} {told}" + (f" ({notes})" if notes else "")
