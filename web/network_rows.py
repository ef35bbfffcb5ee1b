"""The table beside a picture of the network, its key, and what stands behind a node or an edge of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cancu.graph.network import Network
from cancu.graph.picture import clean
from cancu.graph.picture_svg import key_of
from cancu.ontology.network import EDGES, NODES, WAYS, kinds
from cancu.web.collation import Key, sort_key
from cancu.web.networks import Drawn, Networks
from cancu.web.reading import Reading
from cancu.web.words import Link, Quote

WAYS_IN_ORDER = tuple(kinds(WAYS))
ROWS = 500
"""How many rows a table has at the most."""


@dataclass(frozen=True)
class Row:
    """An edge in words: who, in which relation, in which way, to whom, in which tasks, by which words."""

    source: Link
    target: Link
    role: str
    relation: str
    way: str
    selection: str
    tasks: tuple[Link, ...]
    through: tuple[Link, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Node:
    """A node in words; `links` says way by way how many others it is linked to, each in the surest way."""

    link: Link
    title: str
    kind: str
    links: Mapping[str, int]
    community: int
    size: float | None


@dataclass(frozen=True)
class Box:
    """A line of the key that is a box to tick; `sample` shows how it looks. `number` counts nodes: edges are counted by role
    and way in the sentence, since ways are never added up.
    """

    code: str
    label: str
    number: int
    sample: Markup
    ticked: bool


def rows_of(networks: Networks, network: Network, language: str) -> list[Row]:
    """The first `ROWS` edges of a network, from office to office as a dictionary has them, each with its relations in their order."""
    order, names = list(kinds(EDGES)), {iri: sort_key(networks.name(iri)) for iri in network}

    def place(edge: tuple[str, str, Mapping[str, Any]]) -> tuple[Key, int, int, Key, str]:
        source, target, said = edge
        way = WAYS_IN_ORDER.index(str(said["way"])) if said["way"] else -1
        return names[source], order.index(str(said["role"])), way, names[target], target

    edges = sorted(network.edges(data=True), key=place)[:ROWS]
    return [_row(networks, *edge, language) for edge in edges]


def _row(
    networks: Networks, source: str, target: str, said: Mapping[str, object], language: str
) -> Row:
    return Row(
        source=Link(networks.name(source), source),
        target=Link(networks.name(target), target),
        role=str(said["role"]),
        relation=kinds(EDGES)[str(said["role"])].say(language),
        way=str(said["way"]),
        selection=str(said["selection"]),
        tasks=_links(networks, said["tasks"]),
        through=_links(networks, said["through"]),
    )


def _links(networks: Networks, iris: object) -> tuple[Link, ...]:
    return tuple(Link(networks.name(iri), iri) for iri in _texts(iris))


def _texts(values: object) -> Iterable[str]:
    return (str(value) for value in values) if isinstance(values, tuple) else ()


def nodes_of(networks: Networks, drawn: Drawn) -> list[Node]:
    """The first `ROWS` nodes of a picture, kind by kind, as a dictionary has them."""
    order = list(kinds(NODES))
    communities = {mark.iri: mark.community for mark in drawn.picture.marks}

    nodes = drawn.shown.nodes

    def place(iri: str) -> tuple[int, Key, str]:
        return order.index(str(nodes[iri]["kind"])), sort_key(networks.name(iri)), iri

    return [
        Node(
            link=Link(networks.name(iri), iri),
            title=clean(nodes[iri]["label"]) if nodes[iri]["code"] else "",
            kind=str(nodes[iri]["kind"]),
            links=_neighbours(drawn.shown, iri),
            community=communities[iri],
            size=drawn.sizes.get(iri),
        )
        for iri in sorted(drawn.shown, key=place)[:ROWS]
    ]


def _neighbours(network: Network, iri: str) -> Mapping[str, int]:
    """Way -> how many others a node is linked to in no surer way."""
    known: dict[str, str] = {}
    for a, b, said in (*network.out_edges(iri, data=True), *network.in_edges(iri, data=True)):
        other, way = b if a == iri else a, str(said["way"])
        if way:
            known[other] = min(known.get(other, way), way, key=WAYS_IN_ORDER.index)
    numbers = Counter(known.values())
    return {way: numbers[way] for way in WAYS_IN_ORDER}


def key_boxes(drawn: Drawn, language: str) -> Mapping[str, Sequence[Box]]:
    """The boxes of the key by the name they have in an address, counted over the network without them."""
    base, wanted = drawn.base, drawn.wanted
    there = {
        "loai": {str(said["kind"]) for _, said in base.nodes(data=True)},
        wanted.edges: {str(said["role"]) for *_, said in base.edges(data=True)},
        "cach": {str(said["way"]) for *_, said in base.edges(data=True)},
    }
    numbers = Counter(str(said["kind"]) for _, said in base.nodes(data=True))
    what = {"loai": ("node", NODES), wanted.edges: ("edge", EDGES), "cach": ("way", WAYS)}
    ticked = {"loai": wanted.kinds, wanted.edges: wanted.roles, "cach": wanted.ways}
    found: dict[str, Sequence[Box]] = {}
    for name, (sample, scheme) in what.items():
        chosen = ticked[name]
        found[name] = [
            Box(
                code=code,
                label=kind.say(language),
                number=numbers[code] if name == "loai" else 0,
                sample=Markup(key_of(sample, code)),  # noqa: S704 - made by us from our own files
                ticked=chosen is None or code in chosen,
            )
            for code, kind in kinds(scheme).items()
            if code in there[name]
        ]
    return found


def behind(reading: Reading, drawn: Drawn, language: str) -> list[tuple[str, str, list[Row]]]:
    """What stands behind the chosen node, or between the two chosen: relation, way and the edges with their words."""
    chosen, networks = drawn.wanted.chosen, reading.networks
    base = drawn.base
    if any(iri not in base for iri in chosen) or not chosen:
        return []
    near = list(base.edges(data=True))
    if len(chosen) == 2:
        ends = set(chosen)
        near = [(a, b, said) for a, b, said in near if {a, b} == ends]
    else:
        near = [(a, b, said) for a, b, said in near if chosen[0] in (a, b)]
    rows = [_with_words(reading, _row(networks, a, b, said, language), said) for a, b, said in near]
    order, ways = list(kinds(EDGES)), list(kinds(WAYS))
    groups: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        place = order.index(row.role), ways.index(row.way) if row.way else -1
        groups.setdefault(place, []).append(row)
    return [
        (same[0].relation, same[0].way, sorted(same, key=lambda row: _place(networks, row)))
        for _, same in sorted(groups.items())
    ]


def _place(networks: Networks, row: Row) -> tuple[object, ...]:
    works = list(row.tasks)
    first = networks.facts.works[works[0].iri] if works else None
    order = (first.plan, first.order) if first else ("", 0)
    return *order, sort_key(row.source.label), sort_key(row.target.label)


def _with_words(reading: Reading, row: Row, said: Mapping[str, object]) -> Row:
    works = reading.networks.facts.works
    plan = next((works[task.iri].plan for task in row.tasks), None)
    subjects = {task.iri for task in row.tasks}
    quotes = tuple(
        Quote(words, reading.places(words, subjects, plan)) for words in _texts(said["words"])
    )
    return Row(**{**vars(row), "quotes": quotes})
