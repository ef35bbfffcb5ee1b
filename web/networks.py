"""The address of a picture of the network, what it asks for, and the picture; the address holds all that is chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import networkx as nx
from fastapi import Request

from cancu.graph.dataset import Dataset
from cancu.graph.network import Network, View
from cancu.graph.network_facts import Facts
from cancu.graph.network_view import OFFICE_DOCUMENT, OFFICE_TASK, PROJECTIONS
from cancu.graph.picture import BY_COMMUNITY, BY_KIND, Picture, clean, draw
from cancu.graph.picture_words import Cut
from cancu.graph.subnetwork import DRAWABLE, WHOLE, along, around, busiest, capped, narrowed, paths
from cancu.ontology.iri import BASE, slug
from cancu.queries.network.read import facts_of, kept, network_of
from cancu.queries.network.say import name_of

PAGE = "/mang-luoi"
SAME, BY_LINKS, BETWEEN = "deu", "lien-ket", "trung-gian"
SIZES = (SAME, BY_LINKS, BETWEEN)
"""What the size of a mark may mean: nothing, to how many others it is linked by name, how many shortest such paths go through it."""
APART, KEPT = "tach", "giu"
NONE = "khong"
"""What an address says where no box of a row is ticked."""
BY_ROLE = (OFFICE_TASK, OFFICE_DOCUMENT)
"""The views whose edges are of several kinds to choose from."""
OPENED = 12
"""So many nodes may be opened by hand."""
SAMPLED = 200
"""In a picture of more nodes than WHOLE betweenness is estimated from so many of them, always the same."""


@dataclass(frozen=True)
class Wanted:
    """What an address asks for. An empty value asks for nothing special.

    Attributes:
        projection: one of PROJECTIONS.
        focus: address of the node in the middle.
        steps: 1 or 2.
        opened: nodes whose neighbours are shown too.
        whole: whether a network that is too large is to be drawn all the same.
        groups: APART or KEPT; empty: apart around a node, kept in the whole.
        kinds, roles, ways: codes of what is shown; None: everything.
        section, period: as in a View; `quarter` is how the period was typed.
        chosen: one node, or two whose edges are meant.
        start, goal, avoid: a path, and the nodes that it must not go through.
        colour, size: what colours and sizes mean.
    """

    projection: str = OFFICE_TASK
    focus: str = ""
    steps: int = 1
    opened: tuple[str, ...] = ()
    whole: bool = False
    groups: str = ""
    kinds: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    ways: frozenset[str] | None = None
    section: str = ""
    quarter: str = ""
    period: tuple[str, str] | None = None
    plan: str = ""
    chosen: tuple[str, ...] = ()
    start: str = ""
    goal: str = ""
    avoid: tuple[str, ...] = ()
    colour: str = BY_KIND
    size: str = SAME

    @property
    def edges(self) -> str:
        """What the choice of edges is called in an address: by role, with documents by tier."""
        return "muc" if self.projection == OFFICE_DOCUMENT else "vai-tro"

    @property
    def apart(self) -> bool:
        """Whether groups are taken apart."""
        return self.groups != KEPT if self.focus or self.goal else self.groups == APART

    def view(self, filtered: bool = True) -> View:
        """The part of the network that is read, with or without the choice of roles and ways."""
        tiers = self.projection == OFFICE_DOCUMENT
        # in the other views all edges are of one kind
        roles = self.roles if filtered and self.projection in BY_ROLE else None
        return View(
            projection=self.projection,
            plan=self.plan,
            period=self.period,
            section=self.section,
            roles=frozenset() if tiers else roles or frozenset(),
            tiers=(roles or frozenset()) if tiers else frozenset(),
            ways=(self.ways or frozenset()) if filtered else frozenset(),
            groups=self.apart,
        )

    @property
    def nothing(self) -> bool:
        """Whether all of a row of boxes are unticked, so that nothing is left to draw."""
        return any(codes is not None and not codes for codes in (self.kinds, self.roles, self.ways))

    def query(self, **changes: object) -> str:
        """The address of this picture with changes, in its shortest form."""
        w = replace(self, **changes)  # type: ignore[arg-type]
        fields: list[tuple[str, str]] = []
        add = fields.append
        if w.projection != OFFICE_TASK:
            add(("goc-nhin", w.projection))
        fields += [("nut", short(iri)) for iri in [w.focus] if iri]
        if w.steps != 1:
            add(("buoc", str(w.steps)))
        fields += [("mo", short(iri)) for iri in w.opened]
        if w.whole:
            add(("toan", "1"))
        for name, codes in (("loai", w.kinds), (w.edges, w.roles), ("cach", w.ways)):
            if codes is not None:
                add((name, ",".join(sorted(codes)) or NONE))
        fields += [
            (name, value)
            for name, value, usual in (
                ("nhom", w.groups, ""),
                ("phan", w.section.rsplit("/", 1)[-1], ""),
                ("quy", w.quarter, ""),
                ("tu", short(w.start), ""),
                ("den", short(w.goal), ""),
                ("mau", w.colour, BY_KIND),
                ("co", w.size, SAME),
            )
            if value != usual
        ]
        fields += [("bo", short(iri)) for iri in w.avoid]
        fields += [("chon", short(iri)) for iri in w.chosen]
        return PAGE + ("?" + urlencode(fields, safe="/") if fields else "")


def short(iri: str) -> str:
    """What stands for a node in an address."""
    return iri.removeprefix(BASE + "id/")


def long(text: str) -> str:
    """The node that something in an address stands for; "" for what cannot be one."""
    kept = clean(text).removeprefix(BASE + "id/")
    return f"{BASE}id/{kept}" if "/" in kept and " " not in kept and ":" not in kept else ""


def wanted_of(request: Request) -> Wanted:
    """What an address asks for, but for what must be looked up (section, quarter, plan); odd values are as if left out."""
    asked = request.query_params

    def boxes(name: str) -> frozenset[str] | None:
        """The boxes that are ticked. A form says by `loc` which boxes it has, since of an unticked one it says nothing; where
        all of them are ticked, nothing is chosen.
        """
        codes = _codes(",".join(asked.getlist(name)[:50]))
        offered = [
            text.removeprefix(f"{name}:")
            for text in asked.getlist("loc")[:9]
            if text.startswith(f"{name}:")
        ]
        if offered:
            return None if codes >= _codes(offered[0]) else codes
        return codes if asked.get(name) else None

    projection, size = asked.get("goc-nhin", ""), asked.get("co", "")
    projection = projection if projection in PROJECTIONS else OFFICE_TASK
    return Wanted(
        projection=projection,
        focus=long(asked.get("nut", "")),
        steps=2 if asked.get("buoc") == "2" else 1,
        opened=_nodes(asked.getlist("mo")),
        whole=asked.get("toan") == "1",
        groups=asked.get("nhom", "") if asked.get("nhom") in (APART, KEPT) else "",
        kinds=boxes("loai"),
        roles=boxes("muc" if projection == OFFICE_DOCUMENT else "vai-tro")
        if projection in BY_ROLE
        else None,
        ways=boxes("cach"),
        chosen=_nodes(asked.getlist("chon"))[:2],
        start=long(asked.get("tu", "")),
        goal=long(asked.get("den", "")),
        avoid=_nodes(asked.getlist("bo")),
        colour=BY_COMMUNITY if asked.get("mau") == BY_COMMUNITY else BY_KIND,
        size=size if size in SIZES else SAME,
    )


def _codes(text: str) -> frozenset[str]:
    return frozenset(code.strip() for code in text.split(",")) - {"", NONE}


def _nodes(texts: Sequence[str]) -> tuple[str, ...]:
    found = (long(text) for text in texts[:OPENED])
    return tuple(dict.fromkeys(iri for iri in found if iri))


@dataclass(frozen=True)
class Drawn:
    """A picture with what it was drawn from.

    Attributes:
        wanted: what it shows; the focus that was taken where none was asked for is in it.
        base: the network without the choice of boxes: what the key counts.
        shown: the nodes and edges that are drawn.
        picture: the drawing.
        cut: how `shown` came from `base`.
        paths: the paths that were asked for.
        sizes: node -> the measure that sizes show.
    """

    wanted: Wanted
    base: Network
    shown: Network
    picture: Picture
    cut: Cut
    paths: tuple[tuple[str, ...], ...]
    sizes: Mapping[str, float]


@dataclass(frozen=True)
class Networks:
    """The networks of a dataset, each read and drawn once."""

    dataset: Dataset

    @property
    def facts(self) -> Facts:
        """What all networks are made of.

        Raises:
            GraphError: the data cannot be read.
        """
        return facts_of(self.dataset)

    def network(self, view: View) -> Network:
        """The network as a view shows it; not to be changed."""
        return network_of(self.dataset, view)

    def drawn(self, wanted: Wanted) -> Drawn:
        """The picture that an address asks for; what is chosen in it does not change it."""
        key = replace(wanted, chosen=())
        found = kept(self.dataset, key, lambda _: self._draw(key))
        return replace(found, wanted=replace(found.wanted, chosen=wanted.chosen))

    def _draw(self, asked: Wanted) -> Drawn:
        focused = self._focused(asked)
        base = self.network(focused.view(filtered=False))
        wanted = _plainly(focused, base)
        every = nx.MultiDiGraph(**base.graph) if wanted.nothing else self._filtered(wanted, base)
        found = paths(every, wanted.start, wanted.goal, wanted.avoid) if wanted.goal else []
        shown = self._part(wanted, every, found)
        whole = len(shown)
        if not wanted.whole:
            middle = wanted.start if found else wanted.focus
            shown = capped(shown, middle) if middle in shown else shown
        left = {"by_distance": len(every) - whole, "by_cap": whole - len(shown)}
        left |= base.graph["left_out"]
        filtered = _by_way(base)
        filtered.subtract(_by_way(every))
        names = (self.name(wanted.start), self.name(wanted.goal))
        focus = wanted.start if wanted.goal else wanted.focus
        cut = Cut(
            focus=self.name(focus) if focus in shown else "",
            steps=wanted.steps,
            path=names if wanted.goal else None,
            left_out=left,
            filtered=filtered,
        )
        sizes = _sizes(shown, wanted.size)
        picture = draw(
            shown,
            focus if focus in shown else "",
            wanted.colour,
            sizes,
            found[0] if found else (),
        )
        return Drawn(wanted, base, shown, picture, cut, tuple(map(tuple, found)), sizes)

    def _filtered(self, wanted: Wanted, base: Network) -> Network:
        every = self.network(wanted.view())
        return every if wanted.kinds is None else narrowed(every, wanted.kinds)

    def _part(self, wanted: Wanted, every: Network, found: Sequence[Sequence[str]]) -> Network:
        if wanted.goal:
            return along(every, found)
        if wanted.focus and wanted.focus in every:
            return around(every, wanted.focus, wanted.steps, wanted.opened)
        return nx.MultiDiGraph(**every.graph) if wanted.focus else every

    def _focused(self, wanted: Wanted) -> Wanted:
        """A network that is too large is shown around an office, unless the whole is asked for and can be drawn; around a
        group, groups are kept.
        """
        if not wanted.groups and self.facts.kinds.get(wanted.focus) == "group":
            return replace(wanted, groups=KEPT)
        if wanted.focus or wanted.goal:
            return wanted
        base = self.network(wanted.view(filtered=False))
        if len(base) <= (DRAWABLE if wanted.whole else WHOLE):
            return wanted
        return replace(wanted, whole=False, focus=busiest(base))

    def name(self, iri: str) -> str:
        """What a node is called: a task by its number."""
        return clean(name_of(self.facts, iri)) if iri else ""

    def find(self, network: Network, text: str) -> list[str]:
        """The nodes whose name or number has these words, marks aside; one that is called just so stands alone."""
        asked = slug(text)
        if not asked:
            return []
        named = {
            node: [slug(str(said[key])) for key in ("code", "label") if said[key]]
            for node, said in network.nodes(data=True)
        }
        exact = [node for node, names in named.items() if asked in names]
        words = asked.split("-")
        return exact or [
            node
            for node, names in named.items()
            if any(_has(name.split("-"), words) for name in names)
        ]


def _by_way(network: Network) -> Counter[str]:
    """Way -> how many edges."""
    return Counter(str(said["way"]) for *_, said in network.edges(data=True))


def _plainly(wanted: Wanted, base: Network) -> Wanted:
    """The same without saying what goes without saying: a row of boxes that are all ticked."""
    kinds = {said["kind"] for _, said in base.nodes(data=True)}
    roles = {said["role"] for *_, said in base.edges(data=True)}
    ways = {said["way"] for *_, said in base.edges(data=True)} - {""}
    return replace(
        wanted,
        kinds=None if wanted.kinds is not None and kinds <= wanted.kinds else wanted.kinds,
        roles=None if wanted.roles is not None and roles <= wanted.roles else wanted.roles,
        ways=None if wanted.ways is not None and ways <= wanted.ways else wanted.ways,
    )


def _has(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each of these words begins a word of a name."""
    return all(any(part.startswith(word) for part in name) for word in words)


def _sizes(network: Network, size: str) -> Mapping[str, float]:
    """The measure of each node, by the edges that are named: ways are never added up."""
    if size == SAME or not network:
        return {}
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(network)
    plain.add_edges_from(
        (a, b) for a, b, said in network.edges(data=True) if said["way"] == "named"
    )
    if size == BY_LINKS:
        return {node: float(degree) for node, degree in plain.degree()}
    sampled = SAMPLED if len(plain) > WHOLE * 2 else None
    found: dict[str, float] = nx.betweenness_centrality(plain, k=sampled, seed=1)
    return found
