"""The graph of the built-in plan: nothing lost, nothing invented, every fact with its words."""

from collections import Counter
from collections.abc import Sequence

import pytest
from pyoxigraph import Literal, NamedNode, Store

from cancu.graph.build import PlanGraph, build_plan
from cancu.graph.dataset import Row, select
from cancu.loaders.plan import Plan
from cancu.ontology.iri import BASE
from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import CANCU, HOW, PREFIXES
from tests.documents import HEADING, ROW, decision, read, table

OFFICE = f"{BASE}id/to-chuc/chi-linh/van-phong"
HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def merged(*graphs: PlanGraph, vocabulary: bool = True) -> Store:
    """Plans, with vocabulary and registries, all in one default graph."""
    store = Store()
    quads = [q for graph in graphs for q in graph.quads]
    for quad in [*(ontology_quads() if vocabulary else ()), *quads]:
        store.add(type(quad)(quad.subject, quad.predicate, quad.object))
    return store


def asked(store: Store, query: str) -> Sequence[Row]:
    return select(store, HEADER + query).rows


@pytest.fixture(scope="module")
def store(built: PlanGraph) -> Store:
    """The built-in plan beside the vocabulary, merged."""
    return merged(built)


@pytest.fixture(scope="module")
def own(built: PlanGraph) -> Store:
    """What the plan itself brings in."""
    return merged(built, vocabulary=False)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("?x a cancu:PlanTask", 21),
        ("?x a cancu:TaskItem", 18),
        ("?x a cancu:ReviewItem", 9),
        ("?x a cancu:InspectionTarget", 24),
        ("?x a cancu:Section", 6),
        ("?x a cancu:TimeLimit", 30),
        ("?x a eli:LegalResourceSubdivision, cancu:Task", 5),
        ("?t a cancu:PlanTask ; cv:hasParticipation ?x . ?x cv:role vt:chu-tri", 34),
        ("?t a cancu:PlanTask ; cv:hasParticipation ?x . ?x cv:role vt:phoi-hop", 43),
        ("?t a cancu:PlanTask ; cv:hasParticipation ?x", 77),
        ("?t a cancu:Task ; cancu:containsReference ?x", 4),
        ("?d eli:based_on ?x", 10),
        ("?t cancu:citedBasis ?x", 1),
        ("?t cancu:confirmedBasis ?x", 0),
        ("?x cancu:proposedPeriod ?y", 1),
    ],
)
def test_counts(own: Store, pattern: str, number: int) -> None:
    pattern = pattern.replace(
        "eli:LegalResourceSubdivision", f"<{PREFIXES['eli']}LegalResourceSubdivision>"
    )
    rows = asked(own, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    assert rows[0]["n"] == number


def test_the_built_in_plan_is_sound(built: PlanGraph) -> None:
    assert built.violations == ()


def test_exactly_one_task_cites_a_document(own: Store) -> None:
    rows = asked(
        own,
        "SELECT ?task ?doc ?how WHERE { ?t cancu:citedBasis ?d ; rdfs:label ?task . "
        "?c cancu:claimSubject ?t ; cancu:claimObject ?d ; cancu:howKnown ?how . BIND(STR(?d) AS ?doc) }",
    )
    assert [(r["task"], str(r["doc"]).rsplit("/", 1)[1]) for r in rows] == [("III.6", "01-nq-cp")]
    assert str(rows[0]["how"]).endswith("/vien-dan-truc-tiep")


def test_a_suggestion_is_no_legal_basis(own: Store) -> None:
    """Only what is cited is; each suggestion is a claim with the words of both sides."""
    assert len(asked(own, "SELECT ?t WHERE { ?t cancu:legalBasis ?d }")) == 1
    rows = asked(
        own,
        "SELECT ?t ?d (COUNT(DISTINCT ?source) AS ?sides) WHERE { ?t cancu:suggestedBasis ?d . "
        "?c cancu:claimSubject ?t ; cancu:claimPredicate cancu:legalBasis ; cancu:claimObject ?d ; "
        "cancu:evidence ?span . OPTIONAL { ?span dcterms:isPartOf ?source } } GROUP BY ?t ?d",
    )
    assert rows
    for row in rows:
        assert int(row["sides"] or 0) >= 2, row


def test_the_preamble_is_the_decisions_never_a_tasks(own: Store) -> None:
    """Nothing but a suggestion joins a task to a document of the preamble."""
    joined = asked(
        own,
        "SELECT DISTINCT ?p WHERE { ?decision eli:based_on ?d . ?task a cancu:Task . "
        "{ ?task ?p ?d } UNION { ?d ?p ?task } }",
    )
    assert [row["p"] for row in joined] == [CANCU.suggestedBasis]
    claims = asked(
        own,
        "SELECT DISTINCT ?how WHERE { ?decision eli:based_on ?d . ?claim cancu:claimObject ?d ; "
        "cancu:claimSubject ?task ; cancu:howKnown ?how . ?task a cancu:Task }",
    )
    assert [row["how"] for row in claims] == [HOW.khop_noi_dung]


def test_a_misspelt_name_is_the_office_and_nobody_new(store: Store, own: Store) -> None:
    rows = asked(
        store,
        'SELECT ?task ?who WHERE { ?p cancu:statedText "Văn phòng HĐND và UBND phố" ; cv:hasParticipant ?who . '
        "?t cv:hasParticipation ?p ; rdfs:label ?task } ORDER BY ?task",
    )
    assert [(r["task"], r["who"]) for r in rows] == [(t, OFFICE) for t in ("II.6", "II.7", "III.1")]
    assert asked(own, "SELECT ?x WHERE { ?x a cv:PublicOrganisation }") == ()


def test_every_body_that_takes_part_is_known(store: Store) -> None:
    """Each is a body or post of the registry or a group, and has a name."""
    unknown = asked(
        store,
        "SELECT DISTINCT ?who WHERE { ?p cv:hasParticipant ?who . FILTER NOT EXISTS { ?who a ?class ; rdfs:label ?name . "
        "FILTER(?class IN (cv:PublicOrganisation, cancu:AgencyGroup, <http://www.w3.org/ns/org#Post>)) } }",
    )
    assert unknown == ()


# ---- evidence


@pytest.mark.parametrize(
    "pattern",
    [
        "?x a cv:Participation",
        "?x a cancu:Claim",
        "?x a cancu:TimeLimit",
        "?x a cancu:ExpectedProduct",
        "?x a cancu:Task",
        "?x a cancu:TaskItem",
        "?x a cancu:Section",
        "?x a cancu:InspectionTarget",
        "?x a cancu:UnresolvedReference",
        "?x a dqv:QualityAnnotation",
    ],
)
def test_every_fact_has_its_words(own: Store, pattern: str) -> None:
    total = asked(own, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"]
    proved = asked(
        own,
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} ; cancu:statedText ?words ; cancu:evidence ?span . "
        "?span oa:hasSource ?source ; oa:hasSelector ?position , ?quote . "
        "?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact }",
    )[0]["n"]
    assert total == proved
    assert isinstance(total, int)
    assert total > 0


def test_every_claim_says_how_it_is_known_and_by_which_run(own: Store) -> None:
    lacking = asked(
        own,
        "SELECT ?c WHERE { ?c a cancu:Claim . FILTER NOT EXISTS { ?c cancu:howKnown ?how ; prov:wasGeneratedBy ?run ; "
        "cancu:claimSubject ?s ; cancu:claimPredicate ?p ; cancu:claimObject ?o } }",
    )
    assert lacking == ()


def test_every_quote_stands_at_its_position(own: Store) -> None:
    texts = {
        row["source"]: str(row["text"])
        for row in asked(
            own,
            "SELECT ?source ?text WHERE { ?source <http://www.w3.org/2011/content#chars> ?text }",
        )
    }
    rows = asked(
        own,
        "SELECT ?source ?start ?end ?exact ?prefix ?suffix WHERE { ?span oa:hasSource ?source ; oa:hasSelector ?p, ?q . "
        "?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }",
    )
    assert len(rows) > 250
    for row in rows:
        text, start, end = texts[row["source"]], row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == row["exact"]
        assert text[:start].endswith(str(row["prefix"]))
        assert text[end:].startswith(str(row["suffix"]))


def test_the_source_is_the_text_that_was_received(own: Store, plan: Plan) -> None:
    rows = asked(
        own,
        'SELECT ?text WHERE { ?s <http://www.w3.org/2011/content#chars> ?text ; dcterms:identifier ?id . FILTER(?id = "sha256:'
        + plan.source.sha256
        + '") }',
    )
    assert [row["text"] for row in rows] == [plan.source.text]


# ---- groups


def members(store: Store) -> dict[str, int]:
    rows = asked(
        store,
        "SELECT ?group (COUNT(DISTINCT ?who) AS ?n) WHERE { ?g a cancu:AgencyGroup ; rdfs:label ?group . "
        "OPTIONAL { ?g foaf:member ?who } } GROUP BY ?g ?group",
    )
    return {str(row["group"]): int(row["n"] or 0) for row in rows}


def test_members_of_groups(store: Store) -> None:
    found = members(store)
    assert found["Các phòng chuyên môn thuộc UBND thành phố"] == 9
    assert found["UBND các xã, phường"] == 19
    assert found["Các cơ quan, đơn vị, UBND các xã, phường dự kiến được kiểm tra"] == 24
    assert (
        found[
            "Các cơ quan được giao nhiệm vụ xử lý thực hiện rà soát, đơn giản hóa thủ tục hành chính"
        ]
        == 9
    )


def test_open_groups_are_empty_and_belong_to_one_task(store: Store) -> None:
    rows = asked(
        store,
        "SELECT ?g (COUNT(DISTINCT ?who) AS ?n) (COUNT(DISTINCT ?t) AS ?tasks) WHERE { ?g cancu:closure ?c . "
        "FILTER(?c IN (<https://w3id.org/cancu/dm/do-dong/mo>, <https://w3id.org/cancu/dm/do-dong/tap-con-mo>)) "
        "?p cv:hasParticipant ?g . ?t cv:hasParticipation ?p . OPTIONAL { ?g foaf:member ?who } } GROUP BY ?g",
    )
    assert len(rows) > 10
    assert {(row["n"], row["tasks"]) for row in rows} == {(0, 1)}


def test_the_communes_concerned_are_possible_members_only(store: Store) -> None:
    rows = asked(
        store,
        "SELECT ?group (COUNT(?who) AS ?n) WHERE { ?g cancu:possibleMember ?who ; rdfs:label ?group } GROUP BY ?group",
    )
    assert [(r["group"], r["n"]) for r in rows] == [
        ("UBND các xã, phường (UBND cấp xã) có liên quan", 19)
    ]


def test_a_note_reaches_down_the_layout_and_says_so(store: Store) -> None:
    rows = asked(
        store,
        "SELECT ?how (COUNT(?c) AS ?n) WHERE { ?c cancu:claimPredicate cancu:inspectionMode ; cancu:howKnown/skos:notation ?how } GROUP BY ?how ORDER BY ?how",
    )
    assert [(r["how"], r["n"]) for r in rows] == [
        ("explicit-citation", 2),
        ("read-from-layout", 17),
    ]


# ---- time


@pytest.mark.parametrize(
    ("task", "latest"),
    [
        ("I.2", "2023-06-30"),
        ("II.5", "2023-12-31"),
        ("PL1.1", "2023-05-30"),  # before 31 May: the day itself is late
        ("I.1", None),  # ongoing
        ("II.6", None),  # a start without an end
        ("IV.4", None),  # periodic
        ("III.1", None),  # as guided by others
    ],
)
def test_latest_day(store: Store, task: str, latest: str | None) -> None:
    rows = asked(
        store,
        f'SELECT ?day WHERE {{ ?t rdfs:label "{task}" ; cancu:hasTimeLimit ?l . OPTIONAL {{ ?l cancu:latestDay ?day }} }}',
    )
    assert [row["day"] for row in rows] == [latest]


def test_a_slip_of_the_year_keeps_its_words_and_days(store: Store) -> None:
    rows = asked(
        store,
        'SELECT ?words ?from ?likely WHERE { ?t rdfs:label "IV.2" ; cancu:hasTimeLimit ?l . ?l cancu:statedText ?words ; '
        "dcterms:temporal/dcat:startDate ?from ; cancu:proposedPeriod/dcat:startDate ?likely }",
    )
    assert [tuple(r.values()) for r in rows] == [
        ("Thường xuyên trong năm 2022.", "2022-01-01", "2023-01-01")
    ]


# ---- addresses


def test_addresses_are_ascii_and_lower_case_and_no_node_is_blank(built: PlanGraph) -> None:
    for quad in built.quads:
        for node in (quad.subject, quad.object):
            assert isinstance(node, NamedNode | Literal)
            if isinstance(node, NamedNode) and node.value.startswith(f"{BASE}id/"):
                assert node.value.isascii()
                assert node.value == node.value.lower()
                assert "%" not in node.value


def test_addresses_that_must_not_change(built: PlanGraph) -> None:
    subjects = {quad.subject.value for quad in built.quads if isinstance(quad.subject, NamedNode)}
    assert built.iri == f"{BASE}id/ke-hoach/chi-linh/2023/kstthc-mot-cua"
    assert {
        f"{built.iri}/nhiem-vu/iii-6",
        f"{built.iri}/nhiem-vu/ii-1/muc-7",
        f"{built.iri}/nhiem-vu/ii-5/tham-gia/chu-tri-1",
        f"{built.iri}/nhiem-vu/iv-2/thoi-han/khoang-de-xuat",
        f"{built.iri}/phu-luc-1/muc-9",
        f"{built.iri}/phu-luc-2/ii-16",
        f"{BASE}id/nguon/2b5fa963",
        f"{BASE}id/chung-cu/2b5fa963/c12663-12685/trich",
    } <= subjects


def test_every_thing_has_one_label(store: Store) -> None:
    rows = asked(
        store,
        "SELECT ?x (COUNT(?label) AS ?n) WHERE { ?x a ?class . FILTER(?class IN (cancu:Task, cancu:AgencyGroup, "
        "cv:PublicOrganisation, eli:LegalResource, cancu:InspectionTarget, cancu:Section)) "
        "OPTIONAL { ?x rdfs:label ?label } } GROUP BY ?x ?class",
    )
    assert {row["n"] for row in rows} == {1}


def test_building_twice_gives_the_same_quads(plan: Plan, built: PlanGraph) -> None:
    again = build_plan(plan)
    assert set(again.quads) == set(built.quads)
    assert len(again.quads) == len(set(again.quads))


# ---- other documents


def test_repeated_numbers_get_addresses_of_their_own() -> None:
    graph = build_plan(read(decision(ROW, ("1.", "Báo cáo", *ROW[2:]), ("2.", *ROW[1:]))))
    rows = asked(
        merged(graph, vocabulary=False),
        "SELECT ?t ?words WHERE { ?t a cancu:PlanTask ; dcterms:title ?words }",
    )
    assert {(str(r["t"]).rsplit("/", 1)[1], r["words"]) for r in rows} == {
        ("1", "Niêm yết thủ tục hành chính"),
        ("1-2", "Báo cáo"),
        ("2", "Niêm yết thủ tục hành chính"),
    }
    assert graph.violations == ()


def test_another_city_has_bodies_of_its_own() -> None:
    graph = build_plan(read(decision()))
    found = asked(
        merged(graph, vocabulary=False), "SELECT ?who WHERE { ?who a cv:PublicOrganisation }"
    )
    assert {str(row["who"]).removeprefix(BASE) for row in found} == {
        "id/to-chuc/sam-son/phong-tu-phap",
        "id/to-chuc/sam-son/phong-noi-vu",
        "id/to-chuc/sam-son/chu-tich-uy-ban-nhan-dan-thanh-pho",
    }
    assert graph.iri == f"{BASE}id/ke-hoach/sam-son/2024/12-qd-ubnd"
    assert graph.violations == ()
    subjects = {
        str(quad.subject) for quad in graph.quads if "/graph/nguon/" in str(quad.graph_name)
    }
    assert not any("to-chuc/chi-linh" in subject for subject in subjects)


def test_two_documents_share_the_law_and_nothing_else(built: PlanGraph) -> None:
    """63/2010/NĐ-CP is one document, whoever cites it."""
    other = build_plan(read(decision()))
    rows = asked(
        merged(built, other),
        'SELECT ?d (COUNT(DISTINCT ?by) AS ?n) WHERE { ?by eli:based_on ?d . ?d eli:number "63/2010/NĐ-CP" } GROUP BY ?d',
    )
    assert [row["n"] for row in rows] == [2]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (decision(("1.", "Báo cáo", "", "", "", "")), 3),
        (decision(heading=HEADING.replace("12/QĐ-UBND", "/QĐ-UBND")), 1),
    ],
)
def test_what_a_document_does_not_say_warns_and_stops_nothing(text: str, warned: int) -> None:
    graph = build_plan(read(text))
    sound = {(v.constraint, v.focus) for v in build_plan(read(decision())).warnings}
    assert graph.violations == ()
    assert (
        len({(v.constraint) for v in graph.warnings if (v.constraint, v.focus) not in sound})
        == warned
    )


def test_a_document_without_tasks_is_a_graph_too() -> None:
    graph = build_plan(read(HEADING))
    assert graph.violations == ()
    assert Counter(q.predicate.value.rsplit("#", 1)[-1] for q in graph.quads)["based_on"] == 2


def test_a_law_cited_by_name_in_a_task_is_its_basis_only_if_it_is_known() -> None:
    """Without a number or a registry to know it by, it stays an open reference."""
    graph = build_plan(read(decision(("1.", "Thực hiện Luật Phòng cháy chữa bệnh", *ROW[2:]))))
    own = merged(graph, vocabulary=False)
    assert asked(own, "SELECT ?d WHERE { ?t cancu:citedBasis ?d }") == ()
    assert (
        len(asked(own, "SELECT ?r WHERE { ?t a cancu:PlanTask ; cancu:containsReference ?r }")) == 1
    )


def test_a_number_in_a_task_makes_a_cited_basis() -> None:
    text = decision(("1.", "Thực hiện Nghị định số 61/2018/NĐ-CP về một cửa", *ROW[2:]))
    rows = asked(
        merged(build_plan(read(text))),
        "SELECT ?number WHERE { ?t a cancu:PlanTask ; cancu:citedBasis/eli:number ?number }",
    )
    assert [row["number"] for row in rows] == ["61/2018/NĐ-CP"]


def test_inspected_bodies_without_an_appendix_are_an_open_group() -> None:
    text = HEADING + table(
        ("1.", "Kiểm tra", "Phòng Nội vụ", "Các đơn vị được kiểm tra", "", "Kết luận")
    )
    rows = asked(
        merged(build_plan(read(text)), vocabulary=False),
        "SELECT ?closure ?who WHERE { ?g a cancu:AgencyGroup ; cancu:closure ?closure . OPTIONAL { ?g foaf:member ?who } }",
    )
    assert [row["who"] for row in rows] == [None]


def test_the_decision_is_passed_by_the_post_that_the_registry_has(store: Store) -> None:
    rows = asked(
        store,
        f"SELECT ?name WHERE {{ ?d <{PREFIXES['eli']}passed_by>/rdfs:label ?name ; eli:based_on ?x }} LIMIT 1",
    )
    assert [row["name"] for row in rows] == ["Chủ tịch UBND thành phố Chí Linh"]


@pytest.mark.parametrize(
    ("deadline", "periods", "code", "level"),
    [
        (
            "Tháng 3/2024; tháng 9/2024",
            [("2024-03-01", "2024-03-31"), ("2024-09-01", "2024-09-30")],
            "{2024-03,2024-09}",
            "2",
        ),
        ("Chậm nhất 30/6/2024", [(None, "2024-06-30")], "../2024-06-30", "1"),
        ("6 tháng đầu năm 2024", [("2024-01-01", "2024-06-30")], "2024-40", "2"),
    ],
)
def test_a_time_limit_of_several_periods_or_an_open_start(
    deadline: str, periods: list[tuple[str | None, str]], code: str, level: str
) -> None:
    graph = build_plan(read(decision((*ROW[:4], deadline, ROW[5]))))
    rows = asked(
        merged(graph, vocabulary=False),
        "SELECT ?from ?to ?code (STR(DATATYPE(?code)) AS ?type) WHERE {"
        " ?l a cancu:TimeLimit ; dcterms:temporal ?p ; cancu:edtf ?code ."
        " OPTIONAL { ?p dcat:startDate ?from } OPTIONAL { ?p dcat:endDate ?to } } ORDER BY ?to",
    )
    assert [(r["from"], r["to"]) for r in rows] == periods
    assert {(r["code"], str(r["type"])[-1]) for r in rows} == {(code, level)}
    assert graph.violations == ()
