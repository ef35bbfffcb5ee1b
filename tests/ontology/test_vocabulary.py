"""Lint of the shipped Turtle: one rule a test, the offending record named."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources.abc import Traversable
from itertools import combinations

import pytest
from pyoxigraph import RdfFormat
from pyoxigraph import parse as parse_quickly
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from cancu.ontology import terms
from cancu.ontology.iri import BASE, mint, parse, slug
from cancu.ontology.load import (
    notations,
    ontology_quads,
    registry_files,
    rules,
    shapes_text,
    vocabulary_files,
)
from cancu.ontology.terms import CANCU, GRAPHS, PREFIXES, names_of, plan_graph, prefix_header

FILES = [*vocabulary_files(), *registry_files()]
NAMES = [file.name for file in FILES]
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)

#: Terms without a domain or a range, on purpose: they serve several classes.
NO_DOMAIN = {
    "containsReference",
    "evidence",
    "inSection",
    "mark",
    "proposal",
    "readingOrder",
    "statedText",
    "suggestedBasis",
}
#: A claim or an entry may be about anything; edtf has the three datatypes of its levels; an edge may show a role, too.
NO_RANGE = {
    "claimObject",
    "claimPredicate",
    "claimSubject",
    "edtf",
    "entryObject",
    "entryPredicate",
    "entrySubject",
    "entryValue",
    "readBackwards",
    "shows",
    "sourceNote",
}

#: Schemes that code names one by one, with the class that does.
CLOSED_SCHEMES = {
    "vai-tro": terms.ROLE,
    "cach-biet": terms.HOW,
    "ket-luan": terms.VERDICT,
    "do-dong": terms.CLOSURE,
    "loai-thoi-han": terms.TIME,
    "muc-do": terms.SEVERITY,
    "muc-tin": terms.MARK,
    "do-manh": terms.STRENGTH,
}


@cache
def _parsed(turtle: str) -> Graph:
    return Graph().parse(data=turtle, format="turtle")


def _graph(file: Traversable) -> Graph:
    return _parsed(file.read_text("utf-8"))


def _vocabulary() -> Graph:
    return _graph(vocabulary_files()[0])


def _schemes() -> Graph:
    schemes, topics, network = vocabulary_files()[1:]
    return _graph(schemes) + _graph(topics) + _graph(network)


def _registry() -> Graph:
    [file] = (file for file in registry_files() if file.name == "chi-linh.ttl")
    return _graph(file)


def _own(kinds: Iterable[Node] = KINDS) -> list[Node]:
    graph = _vocabulary()
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return sorted((t for t in found if str(t).startswith(CANCU.NS)), key=str)


def _languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    values = graph.objects(subject, predicate)
    return sorted(str(v.language) for v in values if isinstance(v, Literal))


def _without_both(graph: Graph, subjects: Iterable[Node], predicate: URIRef) -> list[Node]:
    """List the subjects that do not have exactly one Vietnamese and one English value."""
    return [s for s in subjects if _languages(graph, s, predicate) != ["en", "vi"]]


def _names(found: Iterable[Node]) -> set[str]:
    return {str(term).removeprefix(CANCU.NS) for term in found}


# ---- all files


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_both_engines_read_the_same_triples(file: Traversable) -> None:
    quick = set(parse_quickly(file.read_bytes(), format=RdfFormat.TURTLE))
    assert len(quick) == len(_graph(file)) > 0


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_blank_nodes(file: Traversable) -> None:
    graph = _graph(file)
    assert [triple for triple in graph if any(isinstance(term, BNode) for term in triple)] == []


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_own_term_is_misspelt(file: Traversable) -> None:
    used = {str(term) for triple in _graph(file) for term in triple}
    own = {term for term in used if term.startswith(CANCU.NS)} - {CANCU.NS}
    assert own <= set(names_of(CANCU).values())


# ---- the vocabulary


def test_closed_class_names_exactly_the_declared_terms() -> None:
    assert set(names_of(CANCU)) == _names(_own())


def test_every_term_of_the_namespace_is_declared() -> None:
    subjects = {s for s in _vocabulary().subjects() if str(s).startswith(CANCU.NS)}
    assert subjects == set(_own())


def test_own_terms_have_labels_and_definitions_in_both_languages() -> None:
    assert _without_both(_vocabulary(), _own(), RDFS.label) == []
    assert _without_both(_vocabulary(), _own(), SKOS.definition) == []


def test_stubs_have_labels_in_both_languages_and_say_whose_they_are() -> None:
    graph = _vocabulary()
    stubs = {s for kind in KINDS for s in graph.subjects(RDF.type, kind)} - set(_own())
    assert _without_both(graph, stubs, RDFS.label) == []
    for stub in stubs:
        assert str(stub).startswith(str(graph.value(stub, RDFS.isDefinedBy))), stub


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_two_own_terms_of_one_sort_share_a_label(language: str) -> None:
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        labels = Counter(
            str(label)
            for term in _own(kinds)
            for label in _vocabulary().objects(term, RDFS.label)
            if isinstance(label, Literal) and label.language == language
        )
        assert [label for label, count in labels.items() if count > 1] == []


def test_classes_have_a_superclass() -> None:
    graph = _vocabulary()
    assert [c for c in _own((OWL.Class,)) if (c, RDFS.subClassOf, None) not in graph] == []


def test_domains_and_ranges_are_declared_or_waived() -> None:
    graph = _vocabulary()
    properties = _own((OWL.ObjectProperty, OWL.DatatypeProperty))
    assert _names(p for p in properties if (p, RDFS.domain, None) not in graph) == NO_DOMAIN
    assert _names(p for p in properties if (p, RDFS.range, None) not in graph) == NO_RANGE


def test_whatever_the_vocabulary_names_is_declared_in_it() -> None:
    graph = _vocabulary()
    declared = {s for kind in KINDS for s in graph.subjects(RDF.type, kind)}
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        named = {o for o in graph.objects(None, predicate) if "XMLSchema" not in str(o)}
        assert named <= declared


def test_a_suggestion_can_never_become_a_basis() -> None:
    graph = _vocabulary()
    suggested, legal = URIRef(CANCU.suggestedBasis), URIRef(CANCU.legalBasis)
    tiers = {URIRef(CANCU.citedBasis), URIRef(CANCU.confirmedBasis)}
    assert set(graph.objects(suggested, OWL.propertyDisjointWith)) == tiers
    assert set(graph.subjects(RDFS.subPropertyOf, legal)) == tiers
    assert list(graph.objects(suggested, RDFS.subPropertyOf)) == []


def test_header_says_version_licence_and_that_the_name_is_not_registered() -> None:
    graph = _vocabulary()
    [ontology] = graph.subjects(RDF.type, OWL.Ontology)
    version = str(graph.value(ontology, OWL.versionInfo))
    iri = mint("ontology_version", version=version)
    assert graph.value(ontology, OWL.versionIRI) == URIRef(iri)
    assert (ontology, DCTERMS.license, None) in graph
    assert _languages(graph, ontology, DCTERMS.title) == ["en", "vi"]
    comments = {str(c) for c in graph.objects(ontology, RDFS.comment)}
    assert any("not registered" in comment for comment in comments)


# ---- the schemes


def _concepts() -> list[Node]:
    return sorted(_schemes().subjects(RDF.type, SKOS.Concept), key=str)


def test_schemes_and_concepts_have_labels_in_both_languages() -> None:
    graph = _schemes()
    schemes = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert _without_both(graph, [*schemes, *_concepts()], SKOS.prefLabel) == []


def test_a_concept_lives_in_the_scheme_that_its_address_says() -> None:
    graph = _schemes()
    for concept in _concepts():
        address = parse(str(concept))
        assert address is not None and address.kind == "concept", concept
        scheme = URIRef(mint("scheme", scheme=address.fields["scheme"]))
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        assert (scheme, RDF.type, SKOS.ConceptScheme) in graph


def test_every_concept_has_a_notation_unique_in_its_scheme() -> None:
    graph = _schemes()
    seen: set[tuple[Node | None, str]] = set()
    for concept in _concepts():
        [notation] = graph.objects(concept, SKOS.notation)
        assert str(notation) == slug(str(notation)), concept
        key = (graph.value(concept, SKOS.inScheme), str(notation))
        assert key not in seen, key
        seen.add(key)


def test_no_two_concepts_of_a_scheme_share_a_label() -> None:
    """A phrase may show two topics ("dịch vụ công trực tuyến"); every other label names one concept."""
    graph = _schemes()
    owners: dict[tuple[Node | None, str, str | None], Node] = {}
    for concept in _concepts():
        phrases = str(concept).startswith(PREFIXES["nd"])
        for predicate in (SKOS.prefLabel,) if phrases else (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(concept, predicate):
                assert isinstance(label, Literal)
                key = (graph.value(concept, SKOS.inScheme), label.casefold(), label.language)
                assert owners.setdefault(key, concept) == concept, key


@pytest.mark.parametrize("scheme", CLOSED_SCHEMES)
def test_closed_schemes_are_named_one_by_one_in_the_code(scheme: str) -> None:
    assert set(names_of(CLOSED_SCHEMES[scheme]).values()) == set(notations(scheme).values())


def test_every_scheme_has_a_prefix() -> None:
    schemes = {f"{scheme}/" for scheme in _schemes().subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {iri for iri in PREFIXES.values() if iri.startswith(f"{BASE}dm/")}


def test_notations_are_the_codes_of_the_contract() -> None:
    assert {"lead", "coordinate"} <= notations("vai-tro").keys()
    assert notations("muc-do").keys() == {"error", "check", "hint"}
    assert notations("do-dong").keys() == {"closed", "incomplete", "open-subset", "open"}
    assert notations("bat-thuong")["missing-number"].endswith("/bat-thuong/thieu-so")
    with pytest.raises(KeyError):
        notations("khong-co")


# ---- the registry of Chí Linh

_CL = f"{BASE}id/to-chuc/chi-linh/"
_KINDS = ("agency", "place", "group", "event")


def _bodies() -> list[Node]:
    kinds = (ORG.Post, URIRef(terms.CV.PublicOrganisation))
    return sorted({s for kind in kinds for s in _registry().subjects(RDF.type, kind)}, key=str)


def _labels(subject: Node) -> set[str]:
    graph = _registry()
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    return {str(label) for kind in kinds for label in graph.objects(subject, kind)}


def test_registry_addresses_follow_the_patterns() -> None:
    for subject in _registry().subjects(RDF.type):
        address = parse(str(subject))
        assert address is not None and address.kind in _KINDS, subject


def test_no_address_is_described_twice() -> None:
    """Two bodies that fold to one slug would show as two official names on one address."""
    graph = _registry()
    for subject in set(graph.subjects(RDF.type)):
        assert len(list(graph.objects(subject, RDFS.label))) == 1, subject
        assert len(list(graph.objects(subject, SKOS.prefLabel))) <= 1, subject


def test_display_label_is_the_official_name() -> None:
    graph = _registry()
    for subject, name in graph.subject_objects(SKOS.prefLabel):
        assert isinstance(name, Literal) and name.language == "vi", subject
        assert graph.value(subject, RDFS.label) == Literal(str(name)), subject


def test_labels_of_one_body_are_disjoint_by_kind() -> None:
    graph = _registry()
    for body in _bodies():
        kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        for one, other in combinations(kinds, 2):
            assert not set(graph.objects(body, one)) & set(graph.objects(body, other)), body


def test_two_bodies_of_a_place_never_share_a_label() -> None:
    owners: dict[tuple[str, str], Node] = {}
    for body in _bodies():
        address = parse(str(body))
        assert address is not None
        for label in _labels(body):
            key = (address.fields["place"], label.casefold())
            assert owners.setdefault(key, body) == body, key


def test_units_have_an_owner_and_committees_a_place() -> None:
    graph = _registry()
    for unit in graph.subjects(RDF.type, ORG.OrganizationalUnit):
        assert (unit, ORG.unitOf, None) in graph, unit
    for committee in graph.subjects(ORG.subOrganizationOf, URIRef(f"{_CL}ubnd-thanh-pho")):
        assert (committee, DCTERMS.spatial, None) in graph, committee


def test_whatever_the_registry_points_at_is_in_it() -> None:
    graph = _registry()
    here = set(graph.subjects())
    things = f"{BASE}id/"
    pointed = {o for o in graph.objects() if isinstance(o, URIRef) and str(o).startswith(things)}
    unknown = {str(thing) for thing in pointed - here}
    assert {address.kind for iri in unknown if (address := parse(iri))} == {"unnumbered"}


def test_bodies_with_a_source_have_a_mark() -> None:
    graph = _registry()
    marks = ("VERIFIED", "RECALLED", "UNKNOWN")
    for subject in graph.subjects(DCTERMS.source):
        assert str(graph.value(subject, SKOS.editorialNote)).startswith(marks), subject


#: What the plan prints, and whose name it is.
SPELLINGS = [
    ("Văn phòng HĐND và UBND thành phố", "van-phong"),
    ("Văn phòng HĐND và UBND phố", "van-phong"),
    ("VP HĐND&UBND", "van-phong"),
    ("Phòng Văn hóa-Thông tin", "phong-van-hoa-va-thong-tin"),
    ("Phòng Văn hóa Thông tin", "phong-van-hoa-va-thong-tin"),
    ("Phòng Lao động, Thương binh và Xã hội", "phong-lao-dong-thuong-binh-va-xa-hoi"),
    ("Phòng Lao động \N{EN DASH} Thương binh và Xã hội", "phong-lao-dong-thuong-binh-va-xa-hoi"),
    ("Phòng Tài chính-Kế hoạch", "phong-tai-chinh-ke-hoach"),
    ("Công thông tin điện tử thành phố", "cong-thong-tin-dien-tu"),
    ("Bộ phận Tiếp nhận và Trả kết quả UBND thành phố", "bo-phan-mot-cua"),
    ("Phường Cộng Hòa", "ubnd-phuong-cong-hoa"),
    ("Xã Lê Lợi", "ubnd-xa-le-loi"),
]


@pytest.mark.parametrize(("text", "name"), SPELLINGS)
def test_the_spellings_of_the_plan_have_one_owner(text: str, name: str) -> None:
    assert [body for body in _bodies() if text in _labels(body)] == [URIRef(_CL + name)]


def test_misspellings_are_hidden() -> None:
    hidden = {str(label) for label in _registry().objects(None, SKOS.hiddenLabel)}
    assert {"Văn phòng HĐND và UBND phố", "Công thông tin điện tử thành phố"} <= hidden


def test_the_nineteen_communes_have_committee_place_code_and_successor() -> None:
    graph = _registry()
    city = URIRef(f"{_CL}ubnd-thanh-pho")
    committees = list(graph.subjects(ORG.subOrganizationOf, city))
    places = [graph.value(committee, DCTERMS.spatial) for committee in committees]
    assert len(set(committees)) == len(set(places)) == 19
    codes = {str(graph.value(place, DCTERMS.identifier)) for place in places}
    assert len(codes) == 19 and all(code.startswith("gso-2023:") for code in codes)
    assert all((place, DCTERMS.isReplacedBy, None) in graph for place in places)
    assert Counter(str(place).rsplit("/", 1)[1].split("-")[0] for place in places) == {
        "phuong": 14,
        "xa": 5,
    }


def test_shared_groups_have_a_closure_and_no_members() -> None:
    graph = _registry()
    groups = list(graph.subjects(RDF.type, URIRef(CANCU.AgencyGroup)))
    assert len(groups) == 3
    for group in groups:
        assert len(list(graph.objects(group, URIRef(CANCU.closure)))) == 1
        assert (group, URIRef(terms.FOAF.member), None) not in graph
    assert (None, RDF.type, URIRef(CANCU.Claim)) not in graph


def test_the_short_key_of_the_shipped_plan_is_found_by_its_title() -> None:
    title = (
        "Kiểm soát thủ tục hành chính và thực hiện cơ chế một cửa, một cửa liên thông năm 2023 "
        "trên địa bàn thành phố Chí Linh"
    )
    [plan] = _registry().subjects(DCTERMS.title, Literal(title, lang="vi"))
    assert str(plan) == mint("plan", place="chi-linh", year=2023, key="kstthc-mot-cua")
    assert list(_registry().objects(plan, URIRef(terms.ELI.is_annex_of))) == [
        URIRef(
            f"{BASE}id/vb/ubnd-tp-chi-linh/quyet-dinh/chua-so/2023-02/ke-hoach-kstthc-mot-cua-2023"
        )
    ]


# ---- terms and loading


def test_a_misspelt_name_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = CANCU.Tsak  # type: ignore[attr-defined]
    assert CANCU.Task == f"{BASE}ns#Task"
    assert terms.ROLE.chu_tri == f"{BASE}dm/vai-tro/chu-tri"


def test_every_vocabulary_has_its_prefix() -> None:
    schemes = (*CLOSED_SCHEMES.values(), terms.GRAPHS, terms.EDTF)
    vocabularies = [v for v in terms.Vocabulary.__subclasses__() if v not in schemes]
    assert {v.NS for v in vocabularies} <= set(PREFIXES.values())
    assert "PREFIX eli: <http://data.europa.eu/eli/ontology#>\n" in prefix_header()


def test_graphs_of_a_plan() -> None:
    plan = mint("plan", place="chi-linh", year=2023, key="kstthc-mot-cua")
    graph = plan_graph(terms.DERIVED, plan)
    assert graph == f"{BASE}graph/suy-dien/chi-linh/2023/kstthc-mot-cua"
    with pytest.raises(ValueError, match="not the address of a plan"):
        plan_graph(terms.READ, GRAPHS.so_bo)


def test_quads_are_in_their_named_graphs() -> None:
    counts = Counter(str(quad.graph_name) for quad in ontology_quads())
    expected = {
        f"<{GRAPHS.ban_the_hoc}>": len(_vocabulary()),
        f"<{GRAPHS.danh_muc}>": len(_schemes()),
        f"<{GRAPHS.so_bo}>": sum(len(_graph(file)) for file in registry_files()),
    }
    assert counts == expected


def test_rules_and_shapes_are_shipped() -> None:
    names = [name for name, _ in rules()]
    assert names == sorted(names) and names
    assert "sh:NodeShape" in shapes_text()
