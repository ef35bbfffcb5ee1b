"""Which part of a network is drawn: around a node, along paths, no more than can be seen."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice

import networkx as nx

from cancu.graph.network import Network

WHOLE = 150
"""A network with more nodes is shown around one of them, unless the whole is asked for."""
DRAWABLE = 6_000
"""A network with more nodes is not drawn as a whole: a browser takes a minute for it, and nobody can read it."""
AROUND = 250
"""How many nodes a picture around one node has at the most."""
PATHS = 4
"""How many shortest paths are drawn."""


def narrowed(network: Network, kinds: Collection[str]) -> Network:
    """The network with the nodes of these kinds only."""
    return _only(network, (n for n, said in network.nodes(data=True) if said["kind"] in kinds))


def around(network: Network, focus: str, steps: int, opened: Iterable[str] = ()) -> Network:
    """What is at most so many steps from a node, and what hangs on the nodes that were opened; directions do not count."""
    plain = network.to_undirected(as_view=True)
    near = set(nx.single_source_shortest_path_length(plain, focus, cutoff=steps))
    for node in opened:
        if node in network:
            near |= {node, *plain.neighbors(node)}
    return _only(network, near)


def capped(network: Network, focus: str, most: int = AROUND) -> Network:
    """The node and those nearest to it, of equals those with the most links, so many in all."""
    if len(network) <= most:
        return network
    away = nx.single_source_shortest_path_length(network.to_undirected(as_view=True), focus)
    ordered = sorted(network, key=lambda n: (away.get(n, len(network)), -network.degree(n), n))
    return _only(network, ordered[:most])


def busiest(network: Network) -> str:
    """The office with the most tasks in it: the one that a large network is first shown around; "" where there is none."""
    works: Counter[str] = Counter()
    for a, b, said in network.edges(data=True):
        for end in (a, b):
            if network.nodes[end]["kind"] in ("agency", "post"):
                works[end] += len(said["tasks"])
    return min(works, key=lambda node: (-works[node], node), default="")


def paths(network: Network, start: str, goal: str, avoid: Collection[str] = ()) -> list[list[str]]:
    """The shortest paths between two nodes that do not go through those to be avoided, a few at the most."""
    plain: nx.Graph[str] = nx.Graph()
    kept = [n for n in sorted(network) if n not in avoid or n in (start, goal)]
    plain.add_nodes_from(kept)
    plain.add_edges_from(
        sorted({(min(a, b), max(a, b)) for a, b in network.edges() if a in plain and b in plain})
    )
    if start not in plain or goal not in plain or not nx.has_path(plain, start, goal):
        return []
    return list(islice(nx.all_shortest_paths(plain, start, goal), PATHS))


def along(network: Network, found: Iterable[Iterable[str]]) -> Network:
    """The nodes of these paths, with all that links them."""
    return _only(network, {node for path in found for node in path})


def _only(network: Network, nodes: Iterable[str]) -> Network:
    """A part that may be changed, its nodes in the order of the whole."""
    kept = set(nodes)
    part: Network = nx.MultiDiGraph(**network.graph)
    part.add_nodes_from((n, said) for n, said in network.nodes(data=True) if n in kept)
    for a, b, key, said in network.edges(keys=True, data=True):
        if a in kept and b in kept:
            part.add_edge(a, b, key=key, **said)
    return part
