"""Measures of the shape of the network of offices: betweenness, what breaks, communities, paths.

They look at links by name unless a view asks for other ways.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, islice, pairwise

import networkx as nx

from cancu.graph.measured import Measured, by_name, in_reading_order
from cancu.graph.network_edges import COORDINATE, meetings
from cancu.graph.network_facts import Facts
from cancu.graph.network_parts import best_ways, standings, surest, weakest, works_in
from cancu.graph.network_view import WAYS, View

EXACT, SAMPLED = 1_000, 200
"""Up to so many offices betweenness is exact; above, it is estimated from so many of them, always the same."""
PAIRS_OF, PAIRS_SHOWN = 200, 20
"""In networks of so many offices at most the pairs behind a betweenness are listed, so many of them."""
TRIED = 500
"""So many of the shortest paths are looked at for those without a detour."""
SEED = 1


def offices(facts: Facts, view: View) -> "nx.Graph[str]":
    """Leads and coordinators without direction; each edge with its `tasks` and, as `weight`, how many they are."""
    wanted = replace(view, ways=view.ways or frozenset(("named",)))
    tasks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for work, leads, others in meetings(facts, works_in(facts, wanted), wanted):
        for one in leads:
            for other in others:
                if one != other:
                    tasks[min(one, other), max(one, other)].add(work.iri)
    network: nx.Graph[str] = nx.Graph()
    for (one, other), met in sorted(tasks.items()):
        network.add_edge(one, other, tasks=met, weight=len(met))
    return network


def between(facts: Facts, view: View) -> Measured:
    """Betweenness of each office, the highest first."""
    network = offices(facts, view)
    sampled = SAMPLED if len(network) > EXACT else None
    scores = nx.betweenness_centrality(network, k=sampled, seed=SEED)
    pairs = _pairs_through(network) if len(network) <= PAIRS_OF else {}
    rows: Measured = [
        {
            "agency": body,
            "score": round(score, 4),
            "count": len(pairs.get(body, ())),
            "pairs": tuple(pairs.get(body, ())[:PAIRS_SHOWN]),
            "bodies": by_name(facts, network[body]),
        }
        for body, score in scores.items()
    ]
    return sorted(rows, key=lambda row: (-_number(row["score"]), _name(facts, row["agency"])))


def _pairs_through(network: "nx.Graph[str]") -> Mapping[str, list[tuple[str, ...]]]:
    """Office -> the pairs of others that a shortest path through it links."""
    far = dict(nx.all_pairs_shortest_path_length(network))
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one, other in combinations(sorted(network), 2):
        length = far[one].get(other, 0)
        for body in far[one] if length > 1 else ():
            if body not in (one, other) and far[one][body] + far[body][other] == length:
                found[body].append((one, other))
    return found


def articulation(facts: Facts, view: View) -> Measured:
    """What each office leaves behind when it is away; only those without whom something breaks."""
    lost, alone = _only_named(facts, view)
    network = offices(facts, view)
    broken = _cut_off(network)
    rows: Measured = [
        {
            "agency": body,
            "count": len(lost.get(body, ())),
            "tasks": in_reading_order(facts, lost.get(body, ())),
            "alone": in_reading_order(facts, alone & lost.get(body, set())),
            "parts": len(broken.get(body, ())) or 1,
            "bodies": by_name(facts, (b for part in broken.get(body, ())[1:] for b in part)),
        }
        for body in {*lost, *broken}
    ]
    return sorted(
        rows,
        key=lambda row: (
            -_number(row["count"]),
            -_number(row["parts"]),
            _name(facts, row["agency"]),
        ),
    )


def _only_named(facts: Facts, view: View) -> tuple[Mapping[str, set[str]], set[str]]:
    """Office -> the tasks of which it is the only named coordinator; the tasks that no group coordinates."""
    works = [work for work in works_in(facts, view) if work.kind == "task"]
    wanted = View(groups=False, roles=frozenset((COORDINATE,)))
    ways = best_ways(standings(facts, works, wanted))
    found: dict[str, set[str]] = defaultdict(set)
    for task, bodies in ways.items():
        named = [body for body, way in bodies.items() if way == "named"]
        if len(named) == 1:
            found[named[0]].add(task)
    return found, {task for task, bodies in ways.items() if "group" not in bodies.values()}


def _cut_off(network: "nx.Graph[str]") -> Mapping[str, list[list[str]]]:
    """Office -> the parts that its component falls into without it, the largest first; only where there are several."""
    found = {}
    for component in nx.connected_components(network):
        whole = network.subgraph(component)
        for body in nx.articulation_points(whole):
            left = whole.subgraph(component - {body})
            parts = [sorted(part) for part in nx.connected_components(left)]
            found[body] = sorted(parts, key=lambda part: (-len(part), part))
    return found


def communities(facts: Facts, view: View) -> Measured:
    """Clusters of offices, the largest first; the same for the same data."""
    network = offices(facts, view)
    order = sorted(network)
    # numbers: sets of texts have another order each time the program runs
    place = {body: n for n, body in enumerate(order)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(order)))
    numbered.add_weighted_edges_from(
        sorted(
            (min(place[a], place[b]), max(place[a], place[b]), edge["weight"])
            for a, b, edge in network.edges(data=True)
        )
    )
    clusters = nx.community.louvain_communities(numbered, seed=SEED) if order else []
    named = [by_name(facts, (order[n] for n in cluster)) for cluster in clusters]
    rows: Measured = []
    for number, bodies in enumerate(sorted(named, key=lambda b: (-len(b), b)), 1):
        inside = network.subgraph(bodies).edges(data=True)
        tasks = in_reading_order(facts, (task for *_, edge in inside for task in edge["tasks"]))
        rows.append(
            {
                "community": number,
                "count": len(bodies),
                "bodies": bodies,
                "shared": len(tasks),
                "tasks": tasks,
            }
        )
    return rows


def paths(
    facts: Facts,
    view: View,
    one: str,
    other: str,
    without: frozenset[str] = frozenset(),
    k: int = 5,
) -> Measured:
    """The k shortest paths between two offices over others with whom they share tasks, without some of these."""
    network = _together(facts, view)
    network.remove_nodes_from(without - {one, other})
    if one == other or one not in network or other not in network:
        return []
    rows: Measured = []
    for rank, path in enumerate(islice(_straight(network, one, other), k), 1):
        steps = [network.edges[a, b] for a, b in pairwise(path)]
        hops = tuple(in_reading_order(facts, step["tasks"]) for step in steps)
        rows.append(
            {
                "rank": rank,
                "count": len(steps),
                "bodies": tuple(path),
                "way": max((step["way"] for step in steps), key=WAYS.index),
                "tasks": in_reading_order(facts, (task for hop in hops for task in hop)),
                "sentence": hops,
            }
        )
    return rows


def _straight(network: "nx.Graph[str]", one: str, other: str) -> Iterator[list[str]]:
    """Paths without a detour, the shortest first: two on a path that are linked stand next to each other."""
    if not nx.has_path(network, one, other):
        return
    if network.has_edge(one, other):
        yield [one, other]
        return
    for path in islice(nx.shortest_simple_paths(network, one, other), TRIED):
        links = network.subgraph(path).number_of_edges()
        if links == len(path) - 1:
            yield path


def _together(facts: Facts, view: View) -> "nx.Graph[str]":
    """Offices that stand in tasks of the table together, with the surest way and the tasks in which they meet so."""
    wanted = replace(view, ways=view.ways or frozenset(("named",)), roles=frozenset())
    works = [work for work in works_in(facts, wanted) if work.kind == "task"]
    ways = best_ways(standings(facts, works, wanted))
    network: nx.Graph[str] = nx.Graph()
    for task, bodies in ways.items():
        for (a, way), (b, other_way) in combinations(sorted(bodies.items()), 2):
            _meet(network, a, b, weakest(way, other_way), task)
    return network


def _meet(network: "nx.Graph[str]", one: str, other: str, way: str, task: str) -> None:
    known = network.get_edge_data(one, other)
    if known is None or surest(known["way"], way) != known["way"]:
        network.add_edge(one, other, way=way, tasks={task})
    elif known["way"] == way:
        known["tasks"].add(task)


def _number(cell: object) -> float:
    return cell if isinstance(cell, int | float) else 0


def _name(facts: Facts, cell: object) -> str:
    return facts.names.get(str(cell), str(cell))
