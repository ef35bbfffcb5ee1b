"""The whole shipped plan before a reasoner and before pyshacl: minutes of work, so not part of every run."""

import owlrl
import pytest
from pyoxigraph import Quad
from pyshacl import validate
from rdflib import Graph, URIRef

from cancu.graph.build import PlanGraph
from cancu.graph.registry import registry_quads
from cancu.ontology.load import ontology_quads, shapes_text
from cancu.ontology.terms import CANCU

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def whole(built: PlanGraph) -> Graph:
    """Vocabulary, registries and the plan, as rdflib has them."""
    quads: set[Quad] = {*ontology_quads(), *registry_quads(), *built.quads}
    lines = sorted({f"{quad.triple} ." for quad in quads})
    return Graph().parse(data="\n".join(lines), format="nt")


def test_no_reasoner_turns_a_suggestion_into_a_legal_basis(whole: Graph) -> None:
    suggested = set(whole.subject_objects(URIRef(CANCU.suggestedBasis)))
    kept = (CANCU.NS, "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#")
    tiers = {URIRef(CANCU.NS + name) for name in ("citedBasis", "confirmedBasis", "suggestedBasis")}
    data = Graph()
    for triple in whole:
        if str(triple[0]).startswith(kept) or triple[1] in tiers:
            data.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    inferred = set(data.subject_objects(URIRef(CANCU.legalBasis)))
    assert len(suggested) > 60 and len(inferred) == 1
    assert not inferred & suggested


def test_pyshacl_finds_no_violation(whole: Graph) -> None:
    shapes = Graph().parse(data=shapes_text(), format="turtle")
    conforms, _, words = validate(
        whole, shacl_graph=shapes, advanced=True, inplace=True, allow_warnings=True
    )
    assert conforms, words
