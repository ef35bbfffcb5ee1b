"""The registry of legal documents: its facts, what they expand to, and what its checks catch."""

from functools import cache

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from cancu.graph.build import build_plan
from cancu.graph.directory import document_iri, find_document, issuer_slug
from cancu.graph.lint_registry import check_registry
from cancu.graph.registry import Entry, entries, expand, registry_quads
from cancu.loaders.citations import Citation
from cancu.loaders.parse import parse
from cancu.loaders.read import built_in
from cancu.loaders.words import Value
from cancu.ontology.iri import BASE, mint, part_iri
from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import (
    CANCU,
    DCTERMS,
    ELI,
    GRAPHS,
    HOW,
    MARK,
    PROV,
    RDF,
    prefix_header,
)

VB = f"{BASE}id/vb/"
HEADER = (
    prefix_header()
    + f"PREFIX sb: <{BASE}id/so-bo/> PREFIX ntk: <{BASE}id/nguon-tham-khao/> BASE <{BASE}id/vb/>\n"
)


def decree(number: str, year: int) -> str:
    return f"{VB}chinh-phu/nghi-dinh/{year}/{number}-{year}-nd-cp"


D63, D61, D118 = decree("63", 2010), decree("61", 2018), decree("118", 2025)
LAW77, LAW47 = f"{VB}quoc-hoi/luat/2015/77-2015-qh13", f"{VB}quoc-hoi/luat/2019/47-2019-qh14"
DECISION_1085 = f"{VB}thu-tuong-chinh-phu/quyet-dinh/2022/1085-qd-ttg"


@cache
def shipped() -> tuple[Quad, ...]:
    graph = NamedNode(GRAPHS.so_bo)
    return tuple(quad for quad in ontology_quads() if quad.graph_name == graph)


def damaged(update: str) -> tuple[Quad, ...]:
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in shipped())
    store.update(HEADER + update)
    return tuple(store)


def entry(key: str) -> Entry:
    iri = mint("entry", entry=key)
    return next(one for one in entries() if one.iri == iri)


def objects(subject: str, predicate: str) -> set[str]:
    return {
        str(quad.object.value)
        for quad in (*shipped(), *registry_quads())
        if quad.subject == NamedNode(subject)
        and quad.predicate == NamedNode(predicate)
        and isinstance(quad.object, NamedNode | Literal)
    }


def claims(subject: str, predicate: str, obj: str) -> list[str]:
    """Claims of the registry with these three, by their address."""
    store = Store()
    store.extend(registry_quads())
    rows = store.query(
        f"{HEADER} SELECT ?c WHERE {{ ?c cancu:claimSubject <{subject}> ; "
        f"cancu:claimPredicate <{predicate}> ; cancu:claimObject <{obj}> }}",
        use_default_graph_as_union=True,
    )
    return [row["c"].value for row in rows]  # type: ignore[union-attr]


# ---- the shipped registry


def test_the_shipped_registry_is_sound() -> None:
    assert check_registry() == ()


def test_every_mark_is_there() -> None:
    assert {one.mark for one in entries()} == {
        MARK.da_kiem_chung,
        MARK.can_kiem_tra,
        MARK.khong_ro,
    }


def test_118_2025_replaces_61_2018_from_july_2025() -> None:
    one = entry("118-2025-nd-cp-thay-the-61-2018-nd-cp")
    assert (one.subject, one.predicate, one.object) == (D118, CANCU.replaces, D61)
    assert one.is_verified
    assert one.values(DCTERMS.source) == (mint("reference_source", name="s12"),)
    assert objects(D118, CANCU.replaces) == {D61, decree("107", 2021)}
    assert objects(D118, ELI.first_date_entry_in_force) == {"2025-07-01"}
    assert objects(D61, ELI.date_no_longer_in_force) == {"2025-06-30"}


@pytest.mark.parametrize(("number", "year", "clause"), [("48", 2013, "1"), ("92", 2017, "1")])
def test_63_2010_is_amended_by_the_registry(number: str, year: int, clause: str) -> None:
    amending = decree(number, year)
    assert D63 in objects(amending, ELI.amends)
    [claim] = claims(amending, ELI.amends, D63)
    assert objects(claim, CANCU.howKnown) == {HOW.so_bo_van_ban}
    one = entry(f"{number}-{year}-nd-cp-sua-doi-63-2010-nd-cp")
    assert objects(claim, PROV.wasDerivedFrom) == {one.iri}
    assert one.value(CANCU.clause) == f"Điều {clause}"


def test_the_two_laws_have_their_days() -> None:
    assert objects(LAW77, ELI.date_document) == {"2015-06-19"}
    assert objects(LAW77, ELI.date_no_longer_in_force) == {"2025-02-28"}
    assert objects(LAW47, ELI.first_date_entry_in_force) == {"2020-07-01"}


def test_a_last_day_that_the_text_itself_includes_is_not_moved() -> None:
    resolution = f"{VB}chinh-phu/nghi-quyet/2025/66-7-2025-nq-cp"
    assert objects(resolution, ELI.date_no_longer_in_force) == {"2027-02-28"}


def test_unknown_status_has_no_value() -> None:
    one = entry("63-2010-nd-cp-tinh-trang-2026-11-22")
    assert one.mark == MARK.khong_ro
    assert (one.object, one.day) == (None, None)
    assert entry("63-2010-nd-cp-het-hieu-luc").day is None
    assert objects(D63, ELI.date_no_longer_in_force) == set()
    assert objects(D63, CANCU.lastSeenInForce) == {"2025-11-01"}


def test_recalled_days_and_titles_stay_in_their_entries() -> None:
    one = entry("1085-qd-ttg-2022-co-hieu-luc")
    assert (one.mark, one.day) == (MARK.can_kiem_tra, "2022-09-15")
    assert objects(DECISION_1085, ELI.first_date_entry_in_force) == set()
    title = entry("76-nq-cp-2021-ten")
    assert title.mark == MARK.can_kiem_tra and title.subject and title.day
    assert title.day not in objects(title.subject, DCTERMS.title)


def test_a_recalled_relation_is_a_claim_and_never_an_edge() -> None:
    new, old = (f"{VB}van-phong-chinh-phu/thong-tu/{n}" for n in ("2025/03-2025", "2018/01-2018"))
    new, old = f"{new}-tt-vpcp", f"{old}-tt-vpcp"
    [claim] = claims(new, CANCU.replaces, old)
    assert objects(claim, CANCU.mark) == {MARK.can_kiem_tra}
    assert objects(new, CANCU.replaces) == set()


def test_a_partial_repeal_is_no_repeal_of_the_whole() -> None:
    by, of = decree("224", 2026), decree("367", 2025)
    one = entry("224-2026-nd-cp-bai-bo-mot-phan-367-2025-nd-cp")
    assert one.is_partial and one.value(CANCU.clause) == "Điều 89 khoản 3"
    assert len(claims(by, ELI.repeals, of)) == 1
    assert objects(by, ELI.repeals) == set()


def test_articles_have_their_subject() -> None:
    chapter = mint("chapter", document=D61, label="4")
    title = "Ứng dụng công nghệ thông tin trong giải quyết thủ tục hành chính"
    assert title in objects(chapter, DCTERMS.title)
    article = part_iri(D63, "35a")
    assert objects(article, ELI.is_part_of) == {D63}
    assert objects(article, ELI.number) == {"Điều 35a"}
    recalled = part_iri(D61, "8")
    assert objects(recalled, DCTERMS.title) == set()


def test_the_addresses_are_those_that_citations_are_given() -> None:
    nothing = Value("", ())
    for document in objects_of_kind(ELI.LegalResource):
        [number] = objects(document, ELI.number)
        days = objects(document, ELI.date_document)
        kind = KINDS[document.removeprefix(VB).split("/")[1]]
        place = "hai-duong" if "hai-duong" in document else "chi-linh"
        date = next(iter(days), f"{document.split('/')[-2]}-01-01")
        citation = Citation(kind, number, date, None, None, "", (), (), (), nothing, nothing, None)
        assert document_iri(citation, place) == document
        assert issuer_slug(number, kind, None, place) in document


KINDS = {
    "luat": "Luật",
    "nghi-dinh": "Nghị định",
    "nghi-quyet": "Nghị quyết",
    "quyet-dinh": "Quyết định",
    "thong-tu": "Thông tư",
    "chi-thi": "Chỉ thị",
}


def objects_of_kind(kind: str) -> list[str]:
    return sorted(
        q.subject.value
        for q in shipped()
        if q.predicate == NamedNode(RDF.type)
        and q.object == NamedNode(kind)
        and isinstance(q.subject, NamedNode)
    )


# ---- what it expands to


def test_expanding_makes_no_blank_nodes_and_one_graph() -> None:
    for quad in registry_quads():
        assert quad.graph_name == NamedNode(GRAPHS.so_bo_khang_dinh)
        assert not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    assert len(set(registry_quads())) == len(registry_quads())
    assert expand(shipped()) == registry_quads()


def test_direct_edges_come_from_verified_entries_only() -> None:
    facts = {
        (one.subject, one.predicate, one.object or one.day) for one in entries() if one.is_verified
    }
    watched = {ELI.amends, ELI.repeals, ELI.based_on, CANCU.replaces, CANCU.guidesImplementationOf}
    watched |= {ELI.first_date_entry_in_force, ELI.date_no_longer_in_force}
    edges = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in registry_quads()
        if quad.predicate.value in watched
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
    }
    assert edges and edges <= facts


def test_the_plan_that_ships_is_sound_and_its_laws_are_found() -> None:
    plan = parse(built_in())
    graph = build_plan(plan)
    assert graph.violations == ()
    laws = [find_document(basis) for basis in plan.legal_bases if basis.kind == "Luật"]
    assert laws == [LAW77, LAW47]
    assert all(find_document(basis) for basis in plan.legal_bases)


# ---- damaged registries

D = "chinh-phu/nghi-dinh"
K118, K61 = f"{D}/2025/118-2025-nd-cp", f"{D}/2018/61-2018-nd-cp"
ART = f"{K61}/dieu-7"


def edit(subject: str, predicate: str, new: str = "") -> str:
    """Replace the values of a predicate; an empty new value takes them away."""
    insert = f"INSERT {{ {subject} {predicate} {new} }}" if new else ""
    return f"DELETE {{ {subject} {predicate} ?o }} {insert} WHERE {{ {subject} {predicate} ?o }}"


def add(subject: str, predicate: str, obj: str) -> str:
    return f"INSERT DATA {{ {subject} {predicate} {obj} }}"


def relate(subject: str, predicate: str, obj: str) -> str:
    """Add a verified relation, or a day where the object is a literal."""
    kind = "cancu:entryObject" if obj.startswith("<") else "cancu:entryValue"
    facts = (
        "a cancu:RegistryEntry",
        'cancu:checkedOn "2026-11-22"^^xsd:date',
        "cancu:mark mt:da-kiem-chung",
        "dcterms:source ntk:s4",
        'cancu:statedText "lời"',
        f"cancu:entrySubject <{subject}>",
        f"cancu:entryPredicate {predicate}",
        f"{kind} {obj}",
    )
    return f"INSERT DATA {{ sb:moi {' ; '.join(facts)} }}"


START61, END61 = "sb:61-2018-nd-cp-co-hieu-luc", "sb:61-2018-nd-cp-het-hieu-luc"
TITLE61, OVER61 = "sb:61-2018-nd-cp-ten", "sb:118-2025-nd-cp-thay-the-61-2018-nd-cp"
START = "eli:first_date_entry_in_force"

# (the check, the damage that it must catch)
DAMAGES = [
    ("incomplete", edit(TITLE61, "cancu:mark")),
    ("incomplete", edit(TITLE61, "cancu:entrySubject")),
    ("incomplete", edit(TITLE61, "cancu:entryPredicate")),
    ("incomplete", edit(TITLE61, "cancu:checkedOn")),
    ("incomplete", add(TITLE61, "cancu:mark", "mt:khong-ro")),
    ("incomplete", edit(TITLE61, "cancu:mark", "mt:chac-la-dung")),
    ("unknown-with-value", edit(TITLE61, "cancu:mark", "mt:khong-ro")),
    ("value", edit(TITLE61, "cancu:entryValue")),
    ("value", add(START61, "cancu:entryValue", '"2018-06-22"^^xsd:date')),
    ("value", edit(START61, "cancu:entryValue", '"21/06/2018"^^xsd:date')),
    ("value", edit(START61, "cancu:entryValue", '"2018-06-21"')),
    ("value", edit(OVER61, "cancu:entryObject")),
    ("source", edit(START61, "dcterms:source")),
    ("source", edit(OVER61, "dcterms:source")),
    ("source", add(START61, "dcterms:source", "ntk:s999")),
    ("source", edit("sb:03-2025-tt-vpcp-thay-the-01-2018-tt-vpcp", "cancu:sourceNote")),
    ("quote", edit(START61, "cancu:statedText")),
    ("quote", edit("sb:63-2010-nd-cp-co-hieu-luc", "cancu:statedText")),
    ("end", edit(f"<{K61}>", "a")),
    ("end", edit(f"<{ART}>", "a")),
    ("end", relate(K118, "eli:amends", f"<{D}/1999/1-1999-nd-cp>")),
    ("end", relate(K118, "eli:amends", f"<{ART}>")),
    ("end", relate(K118, "eli:amends", f"<{K118}>")),
    ("part", edit(f"<{ART}>", "eli:is_part_of")),
    ("part", edit(f"<{ART}>", "eli:is_part_of", f"<{K118}>")),
    ("order", edit(START61, "cancu:entryValue", '"2018-04-01"^^xsd:date')),
    ("order", edit(END61, "cancu:entryValue", '"2018-06-20"^^xsd:date')),
    ("twice", relate(K61, START, '"2018-06-22"^^xsd:date')),
    ("twice", relate(K118, "cancu:replaces", f"<{K61}>")),
    ("number", edit(f"<{K61}>", "eli:number", '"62/2018/NĐ-CP"')),
    ("number", edit(f"<{K61}>", "eli:number")),
    ("number", edit(f"<{K61}>", "eli:type_document", "lvb:luat")),
    ("cycle", relate(K61, "cancu:replaces", f"<{K118}>")),
    ("cycle", relate(f"{D}/2021/107-2021-nd-cp", "cancu:replaces", f"<{K118}>")),
    ("replaced-end", edit(END61, "cancu:entryValue", '"2025-07-01"^^xsd:date')),
    ("identity", edit(f"<{K61}>", "eli:date_document")),
    ("identity", add(f"<{K61}>", "dcterms:title", '"tên khác"@vi')),
    ("identity", add("<chinh-phu/nghi-quyet/2021/76-nq-cp>", "dcterms:title", '"nhớ thế"@vi')),
]


def test_an_undamaged_copy_is_sound() -> None:
    assert check_registry(damaged("")) == ()


@pytest.mark.parametrize(
    ("code", "update"), [pytest.param(*one, id=f"{i}-{one[0]}") for i, one in enumerate(DAMAGES)]
)
def test_damage_is_caught(code: str, update: str) -> None:
    found = check_registry(damaged(update))
    assert code in {problem.code for problem in found}
    assert all(problem.message_vi and problem.message_en for problem in found)


def test_a_verified_entry_turned_recalled_loses_its_edge() -> None:
    quads = damaged(edit(OVER61, "cancu:mark", "mt:can-kiem-tra"))
    edge = (NamedNode(D118), NamedNode(CANCU.replaces), NamedNode(D61))
    assert edge in {(q.subject, q.predicate, q.object) for q in registry_quads()}
    assert edge not in {(q.subject, q.predicate, q.object) for q in expand(quads)}
