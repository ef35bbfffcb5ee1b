"""The coordination network of a dataset, as networkx knows networks.

    network = read_network(dataset, View(projection="co-quan-co-quan", groups=False))

A node is the address of a thing. Its attributes: `label` (official Vietnamese name; of a task its title), `label_en` (empty where
none is known), `kind` (code of `ontology.network.NODES`), `code` ("II.5" for a task, else empty), `plan`, `section` (empty but for
tasks), `address` (its path on our server, which leads to its page). Edges are keyed, so that several between the same two
nodes stay apart; their attributes are those of `network_edges.Edge.attributes`. Attributes of the whole: `version` of the data,
`projection`, `left_out` (see `network_parts.left_out`), `groups_kept` (groups were too large to be taken apart).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import urlsplit

import networkx as nx

from cancu.graph.dataset import Dataset
from cancu.graph.network_edges import Edge, edges_of
from cancu.graph.network_facts import Facts, Work, read_facts
from cancu.graph.network_parts import left_out, too_wide, works_in
from cancu.graph.network_view import OFFICE_OFFICE, OFFICE_TASK, PROJECTIONS, TIERS, WAYS, View

__all__ = ["PROJECTIONS", "TIERS", "WAYS", "Network", "View", "build_network", "read_network"]

Network: TypeAlias = "nx.MultiDiGraph[str]"


def read_network(dataset: Dataset, view: View | None = None) -> Network:
    """The network of a dataset as a view shows it; for several views read the facts once (`build_network`).

    Raises:
        GraphError: the data cannot be read.
    """
    return build_network(read_facts(dataset), view or View())


def build_network(facts: Facts, view: View) -> Network:
    """The network of these facts as a view shows it, nodes and edges in a fixed order."""
    works = works_in(facts, view)
    kept = view.projection == OFFICE_OFFICE and too_wide(facts, works, view)
    shown = replace(view, groups=False) if kept else view
    network: Network = nx.MultiDiGraph(
        version=facts.version,
        projection=view.projection,
        left_out=left_out(facts, view),
        groups_kept=kept,
    )
    edges = edges_of(facts, works, shown)
    for iri in _nodes(edges, works, view):
        network.add_node(iri, **_node(facts, iri))
    for edge in edges:
        network.add_edge(edge.source, edge.target, key=edge.key, **edge.attributes())
    return _around(network, view, facts) if view.focus else network


def _nodes(edges: Sequence[Edge], works: Sequence[Work], view: View) -> list[str]:
    """The ends of the edges; tasks that nobody is given stand alone, unless the view asks for parts in them."""
    found = {iri for edge in edges for iri in (edge.source, edge.target)}
    if view.projection == OFFICE_TASK and not view.roles and not view.ways:
        found |= {work.iri for work in works}
    return sorted(found)


def _node(facts: Facts, iri: str) -> dict[str, str]:
    work = facts.works.get(iri)
    kind = facts.kinds.get(iri) or ("plan" if iri in facts.plans else "document")
    return {
        "label": work.title if work else facts.names.get(iri, iri),
        "label_en": "",
        "kind": work.kind if work else kind,
        "code": work.code if work else "",
        "plan": work.plan if work else "",
        "section": work.section if work else "",
        "address": urlsplit(iri).path.removeprefix("/cancu"),
    }


def _around(network: Network, view: View, facts: Facts) -> Network:
    """What is at most `steps` edges away from the focus, whichever way they point."""
    if view.focus not in network:
        network.remove_nodes_from(list(network))
        if view.focus in facts.kinds or view.focus in facts.works:
            network.add_node(view.focus, **_node(facts, view.focus))
        return network
    near = nx.single_source_shortest_path_length(
        network.to_undirected(as_view=True), view.focus, cutoff=view.steps
    )
    network.remove_nodes_from([iri for iri in network if iri not in near])
    return network
