"""The W3C tests of SPARQL 1.1 queries, asked over HTTP where they lie beside the checkout: what comes out of the service is what
the engine found, and it is right where the engine is right. `docs/sparql.md` names the tests in which the engine is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)
from rdflib import Graph, Namespace
from rdflib.collection import Collection

from cancu.web.app import create_app
from tests import w3c

FOLDER = w3c.FOLDER.parent
GROUPS = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping"),
    *("json-res", "negation", "project-expression", "property-path", "subquery"),
)
XSD = "http://www.w3.org/2001/XMLSchema#"
KNOWN = {
    *(
        f"aggregates/agg-{name}"
        for name in ("groupconcat-04", "groupconcat-06", "empty-group-count-graph")
    ),
    *("bindings/graph", "negation/graph-minus", "functions/bnode01"),
    *(
        f"property-path/zero_or_{number}_set_{end}"
        for number in ("more", "one")
        for end in ("start", "end")
    ),
}
"""Tests that the engine does not pass; `docs/sparql.md` says why."""

Term = NamedNode | BlankNode | Literal | Triple
MF, QT = w3c.MF, Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")

pytestmark = pytest.mark.skipif(not w3c.FOLDER.is_dir(), reason="the W3C tests are not here")


@dataclass(frozen=True)
class Case:
    """A test: query, data of the default graph, named graphs and the expected answer, as files."""

    name: str
    query: Path
    data: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path


def cases() -> Iterator[Case]:
    """Every test of an evaluated query."""
    for group in GROUPS:
        graph = Graph().parse(FOLDER / group / "manifest.ttl")
        for entry in Collection(graph, next(graph.objects(None, MF.entries))):
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            query = graph.value(action, QT.query)
            if query is None or result is None:
                continue
            yield Case(
                f"{group}/{str(entry).rsplit('#', 1)[-1]}",
                _file(query),
                tuple(_file(node) for node in graph.objects(action, QT.data)),
                tuple(_file(node) for node in graph.objects(action, QT.graphData)),
                _file(result),
            )


def _file(node: object) -> Path:
    return Path(str(node).removeprefix("file://"))


CASES = list(cases()) if w3c.FOLDER.is_dir() else []


def store_of(case: Case) -> Store:
    """The data of a test."""
    store = Store()
    for path in case.data:
        store.load(path=str(path), base_iri=path.as_uri())
    # what FROM names is there too
    of_from = case.data if "FROM" in case.query.read_text("utf-8") else ()
    for path in (*case.named, *of_from):
        name = NamedNode(path.as_uri())
        store.load(path=str(path), base_iri=path.as_uri(), to_graph=name)
    return store


def alike(found: QuerySolutions | QueryBoolean | QueryTriples, ordered: bool) -> object:
    """An answer in a form that is equal for equal answers, whatever blank nodes are called."""
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QueryTriples):
        return _canonical(Quad(*triple) for triple in found)
    quads = []
    for number, solution in enumerate(found):
        row = BlankNode()
        place = Literal(number if ordered else 0)
        quads.append(Quad(row, NamedNode("urn:row"), place))
        for variable in found.variables:
            if solution[variable] is not None:
                quads.append(
                    Quad(row, NamedNode(f"urn:{variable.value}"), _by_value(solution[variable]))
                )
    return _canonical(quads)


def _by_value(term: Term) -> Term:
    """A term, but a number or a boolean as its value: engines may write them in several ways."""
    if not isinstance(term, Literal) or not term.datatype.value.startswith(XSD):
        return term
    kind = term.datatype.value.removeprefix(XSD)
    if kind == "boolean":
        return Literal(term.value in ("true", "1"))
    if kind in ("integer", "decimal", "double", "float"):
        return Literal(f"{float(term.value):.12g}", datatype=NamedNode("urn:number"))
    return term


def _canonical(quads: object) -> frozenset[Quad]:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(dataset)


def expected(case: Case) -> object:
    """The answer that a test gives."""
    if case.result.suffix in (".srx", ".srj"):
        form = QueryResultsFormat.XML if case.result.suffix == ".srx" else QueryResultsFormat.JSON
        return alike(parse_query_results(case.result.read_bytes(), format=form), ordered=False)
    form_of = RdfFormat.from_extension(case.result.suffix[1:])
    return _canonical(
        parse(case.result.read_bytes(), format=form_of, base_iri=case.result.as_uri())
    )


def test_the_service_says_what_the_engine_finds(home: Path) -> None:
    memory = w3c.Memory()
    wrong = set()
    with w3c.served(create_app(home, runner=memory)) as base:
        for number, case in enumerate(CASES):
            memory.store = store_of(case)
            # in the text, so that both read it alike and no two tests are the same query
            query = f"BASE <{case.query.as_uri()}>\n{case.query.read_text('utf-8')}\n# {number}"
            engine = alike(memory.store.query(query), ordered=False)
            assert asked(base, query) == engine, case.name
            if engine != expected(case):
                wrong.add(case.name)
    assert len(CASES) > 200
    assert wrong <= KNOWN, wrong - KNOWN


def asked(base: str, query: str) -> object:
    """The answer of the service."""
    request = w3c.Request(
        "GET",
        f"/sparql?{urlencode({'query': query})}",
        (("Accept", "application/sparql-results+json, application/n-triples;q=0.9"),),
        b"",
        frozenset({2}),
        None,
        None,
    )
    status, headers, body = w3c.send(base, request)
    assert status == 200, (status, body)
    if "n-triples" in headers["content-type"]:
        return _canonical(parse(body, format=RdfFormat.N_TRIPLES))
    return alike(parse_query_results(body, format=QueryResultsFormat.JSON), ordered=False)
