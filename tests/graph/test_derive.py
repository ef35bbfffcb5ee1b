"""What the rules derive from claims and reviews."""

from collections.abc import Iterable

import owlrl
import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store
from rdflib import Graph, Literal, URIRef

from cancu.graph.derive import RuleError, derive
from cancu.ontology.load import rules, vocabulary_files
from cancu.ontology.terms import CANCU
from tests.graph.sample import DERIVED, HEADER, LOCAL, flat_store, full_store

BASIS = ("citedBasis", "confirmedBasis", "suggestedBasis", "legalBasis")
CITED, MATCHED, SAID = "vien-dan-truc-tiep", "khop-noi-dung", "nguoi-khang-dinh"


def derived(turtle: str) -> Store:
    store = Store()
    store.load((HEADER + turtle).encode(), format=RdfFormat.TURTLE, to_graph=NamedNode(LOCAL["id"]))
    derive(store, DERIVED)
    return store


def edges(store: Store, *names: str) -> set[tuple[str, str, str]]:
    graph = NamedNode(DERIVED)
    found = set()
    for quad in store.quads_for_pattern(None, None, None, graph):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if name in names:
            found.add((_last(str(quad.subject)), name, _last(str(quad.object))))
    return found


def _last(term: str) -> str:
    return term.partition("^^")[0].strip('<>"').rpartition("/")[2]


def claim(key: str, s: str, p: str, o: str, how: str = CITED) -> str:
    return (
        f"kd:{key} a cancu:Claim ; cancu:claimSubject {s} ; cancu:claimPredicate {p} ; "
        f"cancu:claimObject {o} ; cancu:howKnown cb:{how} . "
    )


def reviews(key: str, verdicts: Iterable[str]) -> str:
    return "".join(
        f"xx:{key}-{day} cancu:reviewOf kd:{key} ; cancu:verdict kl:{verdict} ; "
        f'prov:endedAtTime "2025-01-1{day}T09:00:00+07:00"^^xsd:dateTime . '
        for day, verdict in enumerate(verdicts)
    )


# (how known, verdicts in order of time) -> the tiers of the pair
@pytest.mark.parametrize(
    ("how", "verdicts", "tiers"),
    [
        (CITED, [], {"citedBasis", "legalBasis"}),
        (CITED, ["can-bo-sung"], {"citedBasis", "legalBasis"}),
        (CITED, ["xac-nhan"], {"citedBasis", "confirmedBasis", "legalBasis"}),
        (CITED, ["bac-bo"], set()),
        (MATCHED, [], {"suggestedBasis"}),
        (MATCHED, ["can-bo-sung"], {"suggestedBasis"}),
        (MATCHED, ["xac-nhan"], {"confirmedBasis", "legalBasis"}),
        (MATCHED, ["bac-bo"], set()),
        (MATCHED, ["xac-nhan", "bac-bo"], set()),
        (MATCHED, ["bac-bo", "xac-nhan"], {"confirmedBasis", "legalBasis"}),
        (MATCHED, ["bac-bo", "can-bo-sung"], {"suggestedBasis"}),
        (SAID, [], set()),
        (SAID, ["xac-nhan"], {"confirmedBasis", "legalBasis"}),
    ],
)
def test_a_claim_and_its_reviews_give_a_tier(
    how: str, verdicts: list[str], tiers: set[str]
) -> None:
    store = derived(claim("a", "nv:1", "cancu:legalBasis", "cp:61", how) + reviews("a", verdicts))
    assert {name for _, name, _ in edges(store, *BASIS)} == tiers
    status = verdicts[-1] if verdicts else "chua-xem"
    assert edges(store, "claimStatus") == {("a", "claimStatus", status)}


def test_a_suggestion_gives_way_to_a_citation_of_the_same_pair() -> None:
    pair = ("nv:1", "cancu:legalBasis", "cp:61")
    store = derived(claim("a", *pair, MATCHED) + claim("b", *pair, CITED))
    assert {name for _, name, _ in edges(store, *BASIS)} == {"citedBasis", "legalBasis"}


def test_reviews_of_one_moment_still_give_one_status() -> None:
    same = (
        "xx:{} cancu:reviewOf kd:a ; cancu:verdict kl:{} ; "
        'prov:endedAtTime "2025-01-10T09:00:00+07:00"^^xsd:dateTime . '
    )
    turtle = claim("a", "nv:1", "cancu:legalBasis", "cp:61", MATCHED)
    store = derived(turtle + same.format("1", "xac-nhan") + same.format("2", "bac-bo"))
    assert edges(store, "claimStatus", *BASIS) == {("a", "claimStatus", "bac-bo")}


def test_the_order_of_reviews_minds_time_zones() -> None:
    turtle = claim("a", "nv:1", "cancu:legalBasis", "cp:61", MATCHED) + (
        "xx:1 cancu:reviewOf kd:a ; cancu:verdict kl:xac-nhan ;"
        ' prov:endedAtTime "2025-01-10T09:00:00+07:00"^^xsd:dateTime .'
        "xx:2 cancu:reviewOf kd:a ; cancu:verdict kl:bac-bo ;"
        ' prov:endedAtTime "2025-01-10T03:00:00Z"^^xsd:dateTime .'
    )
    assert edges(derived(turtle), "claimStatus") == {("a", "claimStatus", "bac-bo")}


# (verdicts on one candidate, verdicts on another) -> what the reference denotes
@pytest.mark.parametrize(
    ("one", "other", "denoted"),
    [
        ([], [], set()),
        (["can-bo-sung"], [], set()),
        (["bac-bo"], [], set()),
        (["xac-nhan"], [], {"61"}),
        (["xac-nhan"], ["bac-bo"], {"61"}),
        (["xac-nhan"], ["xac-nhan"], set()),
        (["xac-nhan", "bac-bo"], ["xac-nhan"], {"63"}),
    ],
)
def test_a_reference_denotes_the_one_candidate_that_is_confirmed(
    one: list[str], other: list[str], denoted: set[str]
) -> None:
    turtle = claim("a", "nv:r", "cancu:candidate", "cp:61", MATCHED) + reviews("a", one)
    turtle += claim("b", "nv:r", "cancu:candidate", "cp:63", MATCHED) + reviews("b", other)
    assert {document for _, _, document in edges(derived(turtle), "denotes")} == denoted


# (closure, verdicts) -> does the group have the agency?
@pytest.mark.parametrize(
    ("closure", "verdicts", "member"),
    [
        ("dong-du-danh-sach", [], True),
        ("dong-thieu-danh-sach", [], True),
        ("dong-thieu-danh-sach", ["bac-bo"], False),
        ("mo", [], False),
        ("mo", ["xac-nhan"], True),
        ("tap-con-mo", ["can-bo-sung"], False),
        ("tap-con-mo", ["xac-nhan"], True),
    ],
)
def test_an_open_group_has_only_confirmed_members(
    closure: str, verdicts: list[str], member: bool
) -> None:
    turtle = f"nhom:g a cancu:AgencyGroup ; cancu:closure dd:{closure} . "
    turtle += claim("a", "nhom:g", "foaf:member", "cl:a") + reviews("a", verdicts)
    assert edges(derived(turtle), "member") == ({("g", "member", "a")} if member else set())


GROUPS = (
    "nhom:all a cancu:AgencyGroup ; cancu:closure dd:dong-du-danh-sach . "
    "nhom:most a cancu:AgencyGroup ; cancu:closure dd:dong-thieu-danh-sach ;"
    " cancu:subsetOf nhom:all . "
    "nhom:some a cancu:AgencyGroup ; cancu:closure dd:tap-con-mo ; cancu:subsetOf nhom:most . "
    + claim("a", "nhom:most", "foaf:member", "cl:a")
    + claim("b", "nhom:all", "foaf:member", "cl:b")
    + claim("c", "nhom:some", "foaf:member", "cl:a")
)


@pytest.mark.parametrize(
    ("verdicts", "of_some"),
    [
        ([], {("some", "possibleMember", "a"), ("some", "possibleMember", "b")}),
        (["xac-nhan"], {("some", "certainMember", "a"), ("some", "possibleMember", "b")}),
        (["bac-bo"], {("some", "possibleMember", "b")}),
    ],
)
def test_members_are_certain_upwards_and_possible_downwards(
    verdicts: list[str], of_some: set[tuple[str, str, str]]
) -> None:
    store = derived(GROUPS + reviews("c", verdicts))
    assert edges(store, "certainMember", "possibleMember") == of_some | {
        ("most", "certainMember", "a"),
        ("all", "certainMember", "a"),
        ("all", "certainMember", "b"),
    }


# (kinds, dueBefore, end of the period) -> latest day
@pytest.mark.parametrize(
    ("kinds", "due", "end", "latest"),
    [
        ("trong-ky", None, "2023-06-30", "2023-06-30"),
        ("truoc-ngay", "2023-05-31", None, "2023-05-30"),
        ("truoc-ngay", "2023-01-01", None, "2022-12-31"),
        ("truoc-ngay", "2024-03-01", None, "2024-02-29"),
        ("thuong-xuyen", None, "2023-12-31", None),
        ("trong-ky thuong-xuyen", None, "2023-12-31", None),
        ("truoc-ngay theo-yeu-cau", "2023-05-31", None, None),
        ("bat-dau-tu", None, None, None),
        ("cham-nhat", None, "2025-12-31", "2025-12-31"),
        ("cham-nhat dinh-ky", None, "2030-12-31", None),
    ],
)
def test_latest_day(kinds: str, due: str | None, end: str | None, latest: str | None) -> None:
    turtle = "".join(f"kh:han cancu:timeLimitKind lth:{kind} . " for kind in kinds.split())
    if due:
        turtle += f'kh:han cancu:dueBefore "{due}"^^xsd:date . '
    if end:
        turtle += f'kh:han dcterms:temporal kh:k . kh:k dcat:endDate "{end}"^^xsd:date . '
    expected = {("han", "latestDay", latest)} if latest else set()
    assert edges(derived(turtle), "latestDay") == expected


def test_the_latest_day_of_several_periods_is_the_last() -> None:
    turtle = "kh:han cancu:timeLimitKind lth:trong-ky ; dcterms:temporal kh:k , kh:k2 . "
    turtle += (
        'kh:k dcat:endDate "2025-06-30"^^xsd:date . kh:k2 dcat:endDate "2025-12-31"^^xsd:date . '
    )
    assert edges(derived(turtle), "latestDay") == {("han", "latestDay", "2025-12-31")}


def test_the_lead_coordinates_with_each_coordinating_party_of_the_same_task() -> None:
    parts = [("p1", "chu-tri", "a"), ("p2", "phoi-hop", "b"), ("p3", "phoi-hop", "a")]
    other = [("p4", "phoi-hop", "c"), ("p5", "tham-muu", "d")]
    turtle = "".join(
        f"{task} cv:hasParticipation kh:{part} . "
        f"kh:{part} cv:role vt:{role} ; cv:hasParticipant cl:{party} . "
        for task, rows in (("nv:1", parts), ("nv:2", other))
        for part, role, party in rows
    )
    assert edges(derived(turtle), "coordinatesWith") == {("a", "coordinatesWith", "b")}


def test_deriving_again_gives_the_same_and_forgets_the_old() -> None:
    store = full_store()
    before = set(store)
    count = derive(store, DERIVED)
    assert set(store) == before
    assert count == sum(quad.graph_name == NamedNode(DERIVED) for quad in before)
    store.update(HEADER + "DELETE WHERE { GRAPH ?g { xx:1 ?p ?o } }")
    derive(store, DERIVED)
    assert ("ii-5-61", "claimStatus", "chua-xem") in edges(store, "claimStatus")
    assert not edges(store, "confirmedBasis")


def test_rules_give_the_same_in_rdflib() -> None:
    """The rules are portable SPARQL 1.1: the second engine derives the same triples."""
    store = flat_store()
    derive(store, DERIVED)
    expected = _graph(store, NamedNode(DERIVED))
    data = _graph(store, DefaultGraph())
    data -= expected
    found = Graph()
    for _, text in rules():
        made = data.query(text).graph
        assert made is not None
        data += made
        found += made
    assert set(found) == set(expected)


@pytest.mark.parametrize(
    ("rule", "says"),
    [("SELECT * { ?s ?p ?o }", "not a CONSTRUCT"), ("CONSTRUCT { [] a ?t } {?s a ?t}", "blank")],
)
def test_a_rule_must_construct_named_things(
    rule: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cancu.graph.derive.rules", lambda: [("99-bad", rule)])
    with pytest.raises(RuleError, match=f"99-bad.*{says}"):
        derive(flat_store(), DERIVED)


def _graph(store: Store, name: NamedNode | DefaultGraph) -> Graph:
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=name)
    assert text is not None
    return Graph().parse(data=text, format="nt")


# ---- OWL RL: no reasoner can promote a guess


def _reasoned(update: str = "") -> Graph:
    """Close what a reasoner could work with: the vocabulary and all edges between things."""
    data = Graph()
    for triple in _graph(flat_store(update), DefaultGraph()):
        if triple[1] in {URIRef(CANCU.NS + name) for name in BASIS[:3]}:
            data.add(triple)
    data.parse(data=vocabulary_files()[0].read_text("utf-8"), format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    return data


def test_a_reasoner_infers_a_legal_basis_from_no_suggestion() -> None:
    data = _reasoned()
    inferred = {(s, o) for s, o in data.subject_objects(URIRef(CANCU.legalBasis))}
    sure = {
        (s, o)
        for name in ("citedBasis", "confirmedBasis")
        for s, o in data.subject_objects(URIRef(CANCU.NS + name))
    }
    suggested = set(data.subject_objects(URIRef(CANCU.suggestedBasis)))
    assert inferred == sure
    assert len(inferred) == 3
    assert len(suggested) == 2
    assert not inferred & suggested
    assert not _errors(data)


@pytest.mark.parametrize("tier", ["citedBasis", "confirmedBasis"])
def test_a_pair_that_is_suggested_and_sure_is_a_contradiction(tier: str) -> None:
    assert _errors(_reasoned(f"INSERT DATA {{ nv:ii-5 cancu:{tier} cp:63 }}"))


def _errors(data: Graph) -> list[str]:
    """Read what owlrl leaves behind when it finds a contradiction."""
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    message = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    subjects = {*data.subjects(None, error), *data.subjects(message, None)}
    return [str(o) for s in subjects for o in data.objects(s) if isinstance(o, Literal)]
