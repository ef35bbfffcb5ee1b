"""Exports hold the whole graph and nothing else, in the same bytes every time."""

from collections.abc import Callable

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import Dataset, Graph, URIRef

from cancu.graph.dataset import Embedded
from cancu.graph.export import FORMATS
from cancu.ontology.terms import PREFIXES

SYNTAX = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}


def quads(data: bytes, form: str) -> list[Quad]:
    return list(parse(data, format=SYNTAX[form]))


@pytest.fixture(scope="module")
def whole(dataset: Embedded) -> set[Quad]:
    """The snapshot's quads, from its dump."""
    return set(parse(dataset.snapshot.dump.read_bytes(), format=RdfFormat.N_QUADS))


def test_every_format_has_a_case() -> None:
    assert set(FORMATS) == set(SYNTAX)


@pytest.mark.parametrize("form", ["trig", "nquads", "jsonld"])
def test_named_graphs_come_back_whole(dataset: Embedded, whole: set[Quad], form: str) -> None:
    found = quads(FORMATS[form](dataset.snapshot), form)
    assert set(found) == whole
    assert len(found) == len(whole)


def test_turtle_is_all_graphs_merged(dataset: Embedded, whole: set[Quad]) -> None:
    found = quads(FORMATS["turtle"](dataset.snapshot), "turtle")
    triples: set[Triple] = {quad.triple for quad in whole}
    assert {quad.triple for quad in found} == triples
    assert {quad.graph_name for quad in found} == {DefaultGraph()}
    assert len(found) == len(triples)


@pytest.mark.parametrize("form", list(FORMATS))
def test_two_exports_are_the_same_bytes(dataset: Embedded, form: str) -> None:
    export: Callable[..., bytes] = FORMATS[form]
    assert export(dataset.snapshot) == export(dataset.snapshot)


def test_n_quads_are_sorted(dataset: Embedded) -> None:
    lines = FORMATS["nquads"](dataset.snapshot).splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_prefixes_are_declared(dataset: Embedded, form: str) -> None:
    head = FORMATS[form](dataset.snapshot).decode()[:4000]
    for name in ("cancu", "eli", "skos"):
        assert f"@prefix {name}: <{PREFIXES[name]}>" in head


def test_no_blank_node_leaves_the_house(whole: set[Quad]) -> None:
    for quad in whole:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)


# ---- rdflib reads the same


def test_rdflib_reads_turtle_alike(dataset: Embedded, whole: set[Quad]) -> None:
    graph = Graph().parse(data=FORMATS["turtle"](dataset.snapshot), format="turtle")
    assert len(graph) == len({quad.triple for quad in whole})
    ours = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in whole
        if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
    }
    theirs = {(str(s), str(p), str(o)) for s, p, o in graph if isinstance(o, URIRef)}
    assert theirs == ours


def test_rdflib_reads_the_named_graphs_alike(dataset: Embedded, whole: set[Quad]) -> None:
    loaded = Dataset()
    loaded.parse(data=FORMATS["trig"](dataset.snapshot), format="trig")
    names = {q.graph_name.value for q in whole if isinstance(q.graph_name, NamedNode)}
    found = {str(graph.identifier): len(graph) for graph in loaded.graphs() if len(graph)}
    assert set(found) == names
    assert sum(found.values()) == len(whole)
