"""The compiled check and pyshacl say the same of sound and of faulty graphs."""

from collections.abc import Iterator
from functools import cache
from typing import cast

import pyshacl
import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import algebra, parser, processor
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from cancu.graph.check import Constraint, ShapesError, check, compile_shapes, constraints
from cancu.ontology.load import ontology_quads, shapes_text
from tests.graph.faults import FAULTS, MISTYPED
from tests.graph.sample import filled, flat_store, full_store

SHAPES = Graph().parse(data=shapes_text(), format="turtle")
NAMESPACE = "https://w3id.org/cancu/shapes#"
Found = set[tuple[str, str]]  # (constraint, focus node)


@pytest.fixture(autouse=True, scope="module")
def _parse_queries_once() -> Iterator[None]:
    """Let rdflib keep parsed queries: pyshacl asks the same ones for every focus node."""
    known: dict[str, Query] = {}

    def translate(text: str, base: str | None, namespaces: object) -> Query:
        if text not in known:
            known[text] = algebra.translateQuery(parser.parseQuery(text), base)
        return known[text]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", lambda text: text)
        patch.setattr(processor, "translateQuery", translate)
        yield


def by_us(store: Store) -> Found:
    return {(violation.constraint, _node(violation.focus)) for violation in check(store)}


def by_pyshacl(store: Store, *, shape: str | None = None, meta: bool = False) -> Found:
    sound, faulty = _lines(flat_store()), _lines(store)
    data, gone, come = _sound(), _parsed(sound - faulty), _parsed(faulty - sound)
    data -= gone
    data += come
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=_only(shape) if shape else SHAPES,
        advanced=True,
        inplace=True,  # no rules, so nothing is added
        do_owl_imports=False,
        meta_shacl=meta,
    )
    data -= come
    data += gone
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceConstraint)
        source = source or report.value(result, SH.sourceShape)
        found.add((str(source), _node(str(report.value(result, SH.focusNode)))))
    return found


@cache
def _sound() -> Graph:
    """Parse the sample once: rdflib needs longer for that than pyshacl for most shapes."""
    return _parsed(_lines(flat_store()))


def _lines(store: Store) -> frozenset[bytes]:
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert text is not None
    return frozenset(text.splitlines())


def _parsed(lines: frozenset[bytes]) -> Graph:
    return Graph().parse(data=b"\n".join(sorted(lines)), format="nt")


@cache
def _only(shape: str) -> Graph:
    """Cut one node shape, with all that hangs on it, out of the shapes."""
    part, todo = Graph(), {cast(Node, URIRef(shape))}
    while todo:
        node = todo.pop()
        for triple in SHAPES.triples((node, None, None)):
            part.add(triple)
            if (triple[2], None, None) not in part:
                todo.add(triple[2])
    return part


def _node(focus: str) -> str:
    """Blank nodes have other names in each engine."""
    return focus if focus.startswith("http") else "_"


def _shape_of(constraint: str) -> str:
    owners = [*SHAPES.subjects(SH.property | SH.sparql, URIRef(NAMESPACE + constraint))]
    return str(owners[0]) if owners else NAMESPACE + constraint


def test_the_sample_is_sound_in_both_engines() -> None:
    assert by_us(flat_store()) == set()
    assert by_pyshacl(flat_store(), meta=True) == set()


def test_the_sample_is_sound_as_the_product_stores_it() -> None:
    """Named graphs, whole vocabulary; what the registries have to say is not our matter here."""
    ours = Store()
    ours.extend(ontology_quads())
    assert by_us(full_store()) - by_us(ours) == set()


@pytest.mark.parametrize(
    ("constraint", "update"),
    [pytest.param(*fault, id=f"{i}-{fault[0]}") for i, fault in enumerate(FAULTS + MISTYPED)],
)
def test_a_fault_is_caught_alike_by_both_engines(constraint: str, update: str) -> None:
    store = flat_store(filled(update))
    shape = _shape_of(constraint)
    ours = {found for found in by_us(store) if _shape_of(found[0].removeprefix(NAMESPACE)) == shape}
    assert NAMESPACE + constraint in {name for name, _ in ours}
    assert ours == by_pyshacl(store, shape=shape)


@pytest.mark.parametrize("part", range(4))
def test_many_faults_at_once_are_seen_alike_by_both_engines(part: int) -> None:
    """Every constraint and every node: also that nothing is found where the other finds nothing."""
    store = flat_store("".join(filled(update) for _, update in FAULTS[part::4]))
    assert by_us(store) == by_pyshacl(store)


def test_every_constraint_has_a_fault() -> None:
    assert {NAMESPACE + name for name, _ in FAULTS + MISTYPED} == {c.name for c in constraints()}


def test_findings_carry_severity_value_and_words_in_both_languages() -> None:
    update = filled("INSERT DATA { nv:ii-5 cancu:suggestedBasis cp:61 }")
    found = {v.constraint.removeprefix(NAMESPACE): v for v in check(flat_store(update))}
    one = found["Suggested-not-confirmed"]
    assert one.severity == "violation"
    assert one.value is not None
    assert one.value.endswith("nghi-dinh/61")
    assert one.message_vi.startswith("Một căn cứ không thể")
    assert one.message_en.startswith("A basis cannot")


def test_what_a_document_does_not_say_is_only_a_warning() -> None:
    update = filled("DELETE WHERE { nv:ii-5 cancu:hasTimeLimit ?t }")
    found = {v.constraint.removeprefix(NAMESPACE): v.severity for v in check(flat_store(update))}
    assert found["PlanTask-time-limit"] == "warning"


PREFIXES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://example.org/> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
)
MESSAGES = 'sh:message "sai"@vi , "wrong"@en'


def _shape(constraint: str) -> str:
    return f"{PREFIXES} s:A a sh:NodeShape ; sh:targetClass s:C ; {constraint}"


@pytest.mark.parametrize(
    ("turtle", "named"),
    [
        (_shape(f"sh:closed true ; {MESSAGES} ."), "closed"),
        (_shape(f"sh:property s:p . s:p sh:path s:q ; sh:minLength 3 ; {MESSAGES} ."), "minLength"),
        (_shape(f"sh:property s:p . s:p sh:path s:q ; {MESSAGES} ."), "constrains nothing"),
        (_shape(f"sh:property [ sh:path s:q ; sh:minCount 1 ; {MESSAGES} ] ."), "without a name"),
        (_shape('sh:property s:p . s:p sh:path s:q ; sh:minCount 1 ; sh:message "x"@vi .'), "en"),
        (
            _shape(
                f"sh:property s:p . s:p sh:path [ sh:zeroOrMorePath s:q ] ; sh:minCount 1 ; {MESSAGES} ."
            ),
            "zeroOrMorePath",
        ),
        (
            _shape(f"sh:property s:p . s:p sh:path s:q ; sh:nodeKind sh:Literal ; {MESSAGES} ."),
            "nodeKind",
        ),
        (
            _shape(f"sh:property s:p . s:p sh:path s:q ; sh:datatype xsd:gYear ; {MESSAGES} ."),
            "datatype",
        ),
        (_shape(f'sh:sparql s:q . s:q sh:ask "ASK {{}}" ; {MESSAGES} .'), "ask"),
        (_shape(f'sh:sparql s:q . s:q sh:select "SELECT ?x {{}}" ; {MESSAGES} .'), "SELECT"),
        (_shape(f"sh:severity sh:Info ; sh:nodeKind sh:IRI ; {MESSAGES} ."), "severity"),
        (f"{PREFIXES} s:A a sh:NodeShape ; sh:nodeKind sh:IRI ; {MESSAGES} .", "no target"),
        (
            f"{PREFIXES} s:A a sh:NodeShape ; sh:targetNode s:C ; sh:nodeKind sh:IRI ; {MESSAGES} .",
            "targetNode",
        ),
        (
            _shape(f"sh:nodeKind sh:IRI ; {MESSAGES} . s:p a sh:PropertyShape ."),
            "no node shape uses",
        ),
    ],
)
def test_what_cannot_be_honoured_is_refused_by_name(turtle: str, named: str) -> None:
    with pytest.raises(ShapesError, match=named):
        compile_shapes(turtle)


def test_counts_above_one_are_counted() -> None:
    turtle = _shape(
        f"sh:property s:p . s:p sh:path s:q ; sh:minCount 2 ; sh:maxCount 3 ; {MESSAGES} ."
    )
    (constraint,) = compile_shapes(turtle)
    assert _focus(constraint, "s:a a s:C ; s:q 1 .") == {"https://example.org/a"}
    assert _focus(constraint, "s:a a s:C ; s:q 1 , 2 .") == set()
    assert _focus(constraint, "s:a a s:C ; s:q 1 , 2 , 3 , 4 .") == {"https://example.org/a"}


def _focus(constraint: Constraint, turtle: str) -> set[str]:
    store = Store()
    store.load((PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)
    rows = store.query(constraint.select)
    return {row["this"].value for row in rows}  # type: ignore[union-attr]
