"""What the network is drawn with: the kinds of nodes and edges, the ways and the views, as network.ttl has them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from cancu.ontology.iri import mint
from cancu.ontology.load import notations, ontology_quads
from cancu.ontology.terms import CANCU, SKOS

VIEWS, NODES, WAYS, EDGES = "goc-nhin", "loai-nut", "cach-tham-gia", "lien-ket"
"""The schemes of network.ttl."""


@dataclass(frozen=True)
class Kind:
    """A kind of node or edge, a way of taking part, or a view.

    Attributes:
        code: what stands for it in the network: "lead", "named", "agency", "co-quan-nhiem-vu".
        vi, en: its name.
        meaning_vi, meaning_en: what it means; empty where the name says it.
        back_vi, back_en: an edge read the other way.
        shows: address of the property, role or class that it shows; empty for nodes and views.
        view: code of the view that an edge belongs to.
        arrow: "forward", "backward" or "none".
        dash: lengths of dash and gap; empty for a solid line.
        shape: how a node is drawn.
    """

    code: str
    vi: str
    en: str
    meaning_vi: str = ""
    meaning_en: str = ""
    back_vi: str = ""
    back_en: str = ""
    shows: str = ""
    view: str = ""
    arrow: str = "none"
    dash: tuple[int, ...] = ()
    shape: str = ""

    def say(self, language: str) -> str:
        """The name in a language."""
        return self.en if language == "en" else self.vi


@cache
def kinds(scheme: str) -> Mapping[str, Kind]:
    """Code -> kind of one of the schemes (VIEWS, NODES, WAYS, EDGES), in the order of the file."""
    codes = {iri: code for code, iri in notations(scheme).items()}
    said: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for quad in ontology_quads():
        if isinstance(quad.subject, NamedNode) and quad.subject.value in codes:
            value = quad.object
            if isinstance(value, Literal | NamedNode):
                language = value.language or "" if isinstance(value, Literal) else ""
                said[quad.subject.value][quad.predicate.value, language] = value.value
    return {code: _kind(code, said[iri]) for iri, code in codes.items()}


def _kind(code: str, said: Mapping[tuple[str, str], str]) -> Kind:
    view = said.get((CANCU.inView, ""), "")
    return Kind(
        code=code,
        vi=said[SKOS.prefLabel, "vi"],
        en=said[SKOS.prefLabel, "en"],
        meaning_vi=said.get((SKOS.definition, "vi"), ""),
        meaning_en=said.get((SKOS.definition, "en"), ""),
        back_vi=said.get((CANCU.readBackwards, "vi"), ""),
        back_en=said.get((CANCU.readBackwards, "en"), ""),
        shows=said.get((CANCU.shows, ""), ""),
        view=view.removeprefix(mint("scheme", scheme=VIEWS) + "/"),
        arrow=said.get((CANCU.arrow, ""), "none"),
        dash=tuple(int(n) for n in said.get((CANCU.dash, ""), "").split()),
        shape=said.get((CANCU.nodeShape, ""), ""),
    )
