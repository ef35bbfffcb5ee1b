"""Each construct of SPARQL on a small graph: the triples a row rests on, and the condition that keeps one out.

Names are written short: "a p b" is the triple of <x:a>, <x:p> and <x:b>.
"""

import threading

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Variable

from cancu.queries.errors import CannotExplain
from cancu.queries.why.facts import witness, witnesses
from cancu.queries.why.failing import Failure, failures
from cancu.queries.why.known import settled, with_known
from cancu.queries.why.paths import Ground
from cancu.queries.why.pattern import Body, Group, Select, Term
from cancu.queries.why.probe import Limits, Probe
from cancu.queries.why.read import read_body, read_rule
from cancu.queries.why.render import part_text, select_text
from tests.queries.why.memory import of_turtle

GRAPH = """
:a :p :b , :c ; :q :d ; :n 1 ; :t "x"@vi ; a :T .
:b :p :c ; :n 2 ; :r :a .
:c :p :d ; :n 3 .
:d :n 4 ; a :T .
"""
HEAD = "PREFIX : <x:>\n"


def short(term: Term) -> str:
    return term.value.removeprefix("x:") if isinstance(term, NamedNode) else term.value


def triples(found: dict[Ground, None]) -> set[str]:
    return {
        " ".join(map(short, fact)).replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "a")
        for fact in found
    }


def narrowed(body: Body, **values: str) -> Group:
    found = settled(body.group, {Variable(name): NamedNode(f"x:{v}") for name, v in values.items()})
    assert isinstance(found, dict)
    return with_known(body.group, found)


WITNESSES = [
    ("a pattern", "SELECT ?x { ?x :p :d }", {}, {"c p d"}),
    ("a join", "SELECT ?x ?y { ?x :p ?y . ?y :p :d }", {"x": "a"}, {"a p c", "c p d"}),
    ("a comma", "SELECT ?x { ?x :p :b , :c }", {}, {"a p b", "a p c"}),
    ("a literal with a language", 'SELECT ?x { ?x :t "x"@vi }', {}, {"a t x"}),
    ("a variable as property", "SELECT ?x ?p { ?x ?p :d }", {"x": "a"}, {"a q d"}),
    ("UNION", "SELECT ?x { { ?x :q :d } UNION { ?x :r :a } }", {"x": "b"}, {"b r a"}),
    ("a UNION inside a UNION", "SELECT ?x { { { ?x :q :d } UNION { ?x :r :a } } UNION { ?x :p :d } }", {"x": "c"}, {"c p d"}),
    ("a group in braces", "SELECT ?x { { ?x :q :d } ?x :p :b }", {}, {"a q d", "a p b"}),
    ("OPTIONAL that is there", "SELECT ?x ?y { ?x :n ?n OPTIONAL { ?x :r ?y } }", {"x": "b"}, {"b n 2", "b r a"}),
    ("OPTIONAL that is not", "SELECT ?x ?y { ?x :n ?n OPTIONAL { ?x :r ?y } }", {"x": "a"}, {"a n 1"}),
    ("OPTIONAL that is asked for", "SELECT ?x ?y { ?x :n ?n OPTIONAL { ?x :r ?y } }", {"y": "a"}, {"b n 2", "b r a"}),
    ("OPTIONAL inside OPTIONAL", "SELECT ?x { ?x :n ?n OPTIONAL { ?x :p ?y OPTIONAL { ?y :r ?z } } }", {"x": "c"}, {"c n 3", "c p d"}),
    ("FILTER", "SELECT ?x { ?x :n ?n FILTER(?n > 3) }", {}, {"d n 4"}),
    ("FILTER EXISTS", "SELECT ?x { ?x :n ?n FILTER EXISTS { ?x :q ?y } }", {}, {"a n 1", "a q d"}),
    ("FILTER NOT EXISTS", "SELECT ?x { ?x :n ?n FILTER NOT EXISTS { ?x :p ?y } }", {}, {"d n 4"}),
    ("MINUS", "SELECT ?x { ?x :n ?n MINUS { ?x :p ?y } }", {}, {"d n 4"}),
    ("BIND of another name", "SELECT ?z { ?x :q ?y BIND(?x AS ?z) }", {"z": "a"}, {"a q d"}),
    ("BIND in each part of a UNION", "SELECT ?z { { ?x :q ?y BIND(?x AS ?z) } UNION { ?x :r ?y BIND(?x AS ?z) } }", {"z": "b"}, {"b r a"}),
    ("VALUES", "SELECT ?x { VALUES (?p ?k) { (:q 1) (:r 2) } ?x ?p ?y }", {"x": "b"}, {"b r a"}),
    ("VALUES at the end", "SELECT ?x { ?x :p ?y } VALUES ?y { :d }", {}, {"c p d"}),
    ("a SELECT inside", "SELECT ?x { { SELECT DISTINCT ?x { ?x :p ?y . ?y :p ?z } } ?x :q :d }", {"x": "a"}, {"a p b", "b p c", "a p c", "c p d", "a q d"}),
    ("a count inside", "SELECT ?x { { SELECT ?x (COUNT(?y) AS ?k) { ?x :p ?y } GROUP BY ?x } FILTER(?k > 1) }", {}, {"a p b", "a p c"}),
    ("HAVING", "SELECT ?x { { SELECT ?x { ?x :p ?y } GROUP BY ?x HAVING(COUNT(?y) > 1) } }", {}, {"a p b", "a p c"}),
    ("the least value inside", "SELECT ?x ?m { { SELECT ?x (MIN(?n) AS ?m) { ?x :p ?y . ?y :n ?n } GROUP BY ?x } }", {"x": "a"}, {"a p b", "b n 2"}),
    ("the same name inside and outside", "SELECT ?x { { SELECT ?x { ?x :q ?y } } ?x :t ?y }", {}, {"a q d", "a t x"}),
    ("a count of all", "SELECT ?x (COUNT(?y) AS ?k) { ?x :p ?y } GROUP BY ?x", {"x": "a"}, {"a p b", "a p c"}),
    ("a blank node", "SELECT ?x { ?x :p [ :r ?y ] }", {}, {"a p b", "b r a"}),
    ("a class", "SELECT ?x { ?x a :T ; :p :c }", {}, {"a a T", "a p c"}),
    ("a sequence", "SELECT ?x { ?x :p/:r ?y }", {}, {"a p b", "b r a"}),
    ("an alternative", "SELECT ?x { ?x (:q|:r) ?y }", {"x": "b"}, {"b r a"}),
    ("an inverse", "SELECT ?x { ?x ^:r :b }", {}, {"b r a"}),
    ("one or more", "SELECT ?x ?y { ?x :p+ ?y }", {"x": "b", "y": "d"}, {"b p c", "c p d"}),
    ("none or more, over a step", "SELECT ?x ?y { ?x :p* ?y . ?y :n ?n }", {"x": "b", "y": "c"}, {"b p c", "c n 3"}),
    ("none or more, over none", "SELECT ?x ?y { ?x :p* ?y . ?y :n ?n }", {"x": "b", "y": "b"}, {"b n 2"}),
    ("none or one", "SELECT ?x ?y { ?x :r? ?y . ?y :t ?t }", {"x": "b"}, {"b r a", "a t x"}),
    ("round in a circle", "SELECT ?x { ?x (:p|:r)+ ?x }", {"x": "a"}, {"a p b", "b r a"}),
    ("what is not named", "SELECT ?x { ?x !(:n|:p|:t|:r|<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>) ?y }", {}, {"a q d"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "known", "expected"), [pytest.param(*case[1:], id=case[0]) for case in WITNESSES]
)
def test_the_triples_a_row_rests_on(query: str, known: dict[str, str], expected: set[str]) -> None:
    graph = of_turtle(GRAPH)
    group = narrowed(read_body(HEAD + query), **known)
    probe = Probe(graph)
    solutions = witnesses(probe, group, 20)
    found = witness(probe, group, solutions)
    assert triples(found.facts) == expected
    assert all(graph.has(fact) for fact in found.facts)


def test_what_must_not_be_there_and_is_not() -> None:
    probe = Probe(of_turtle(GRAPH))
    group = narrowed(
        read_body(HEAD + "SELECT ?x { ?x :n ?n FILTER NOT EXISTS { ?x :p ?y } }"), x="d"
    )
    found = witness(probe, group, witnesses(probe, group, 1))
    assert [part_text(p) for g in found.absent for p in g.parts] == ["<x:d> <x:p> ?y ."]


def test_what_was_looked_for_in_vain() -> None:
    probe = Probe(of_turtle(GRAPH))
    group = narrowed(read_body(HEAD + "SELECT ?x { ?x :n ?n OPTIONAL { ?x :q ?y } }"), x="b")
    found = witness(probe, group, witnesses(probe, group, 1))
    assert [part_text(p) for g in found.left_out for p in g.parts] == ["<x:b> <x:q> ?y ."]


def told(found: tuple[Failure, ...]) -> list[object]:
    """The conditions that fail, each with what fails inside it."""
    listed: list[object] = []
    for failure in found:
        text = part_text(failure.part).replace("x:", "").replace("<", "").replace(">", "")
        listed.append(
            (text.removesuffix(" ."), [told(way) for way in failure.ways])
            if failure.ways
            else text.removesuffix(" .")
        )
    return listed


FAILURES = [
    ("a pattern", "SELECT ?x { ?x :p :d }", {"x": "b"}, ["b p d"]),
    ("that nothing meets", "SELECT ?x { ?x :p ?y ; :zz ?z }", {"x": "a"}, ["a zz ?z"]),
    ("the second step", "SELECT ?x { ?x :p ?y . ?y :r ?z }", {"x": "b"}, ["?y r ?z"]),
    ("a value that is too small", "SELECT ?x { ?x :n ?n FILTER(?n >= 1 && ?n >= 3) }", {"x": "b"}, ['FILTER((?n = "3"^^http://www.w3.org/2001/XMLSchema#integer))']),
    ("a value that is not there", "SELECT ?x { ?x :p ?y . ?x :q ?q . FILTER(?q != :b) }", {"x": "b"}, ["b q ?q"]),
    ("a role rather than the link", "SELECT ?x ?y { ?x :p ?m . ?m :n ?n . ?m :p ?y . ?m a :T }", {"x": "a", "y": "d"}, ["?m http://www.w3.org/1999/02/22-rdf-syntax-ns#type T"]),
    ("NOT EXISTS", "SELECT ?x { ?x :n ?n FILTER NOT EXISTS { ?x :p ?y } }", {"x": "b"}, ["FILTER NOT EXISTS { b p ?y . }"]),
    ("MINUS", "SELECT ?x { ?x :n ?n MINUS { ?x :p ?y } }", {"x": "b"}, ["FILTER NOT EXISTS { b p ?y . }"]),
    ("EXISTS", "SELECT ?x { ?x :n ?n FILTER EXISTS { ?x :q ?y } }", {"x": "b"}, [("FILTER EXISTS { b q ?y . }", [["b q ?y"]])]),
    ("each way of a UNION", "SELECT ?x { ?x :n ?n . { ?x :q ?y } UNION { ?x :r ?y } }", {"x": "c"}, [("{ c q ?y . } UNION { c r ?y . }", [["c q ?y"], ["c r ?y"]])]),
    ("inside a SELECT", "SELECT ?x { { SELECT ?x { ?x :p ?y . ?y :r ?z } GROUP BY ?x } }", {"x": "b"}, [("{ SELECT (1 AS ?one_3) WHERE { b p ?y_3 . ?y_3 r ?z_3 . } }", [["?y_3 r ?z_3"]])]),
    ("HAVING", "SELECT ?x { { SELECT ?x { ?x :p ?y } GROUP BY ?x HAVING(COUNT(?y) > 1) } }", {"x": "b"}, ['{ SELECT (1 AS ?one_2) WHERE { b p ?y_2 . } HAVING ((COUNT(?y_2)  "1"^^http://www.w3.org/2001/XMLSchema#integer)) }']),
    ("VALUES", "SELECT ?x { ?x :p ?y VALUES ?y { :b :a } }", {"x": "c"}, ["VALUES (?y) { (b) (a) }"]),
    ("a path", "SELECT ?x ?y { ?x :p+ ?y }", {"x": "d", "y": "a"}, ["d (p)+ a"]),
    ("two at once", "SELECT ?x { ?x :q ?y ; :t ?t ; :n ?n }", {"x": "c"}, ["c q ?y", "c t ?t"]),
    ("a day that is nobody's", "SELECT ?x { ?x :q ?m . ?m :n ?n . FILTER(?n < 4) }", {"x": "c"}, ["c q ?m"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "known", "expected"), [pytest.param(*case[1:], id=case[0]) for case in FAILURES]
)
def test_the_condition_that_keeps_a_thing_out(
    query: str, known: dict[str, str], expected: list[object]
) -> None:
    group = narrowed(read_body(HEAD + query), **known)
    given = [NamedNode(f"x:{value}") for value in known.values()]
    assert told(failures(Probe(of_turtle(GRAPH)), group, given)) == expected


@pytest.mark.parametrize(
    ("query", "known", "_"), [pytest.param(*case[1:], id=case[0]) for case in WITNESSES]
)
def test_nothing_fails_for_what_is_there(query: str, known: dict[str, str], _: set[str]) -> None:
    group = narrowed(read_body(HEAD + query), **known)
    assert failures(Probe(of_turtle(GRAPH)), group, []) == ()


def test_a_thing_under_two_names() -> None:
    """The question is asked about one thing, another is looked for."""
    body = read_body(HEAD + "SELECT ?z { ?x :q ?y BIND(?x AS ?z) }")
    one, other = NamedNode("x:a"), NamedNode("x:b")
    assert settled(body.group, {Variable("x"): one, Variable("z"): other}) == (
        Variable("x"),
        one,
        other,
    )


CANNOT = [
    ("CONSTRUCT { ?x :p ?y } WHERE { ?x :p ?y }", "các dòng", "no rows"),
    ("ASK { ?x :p ?y }", "các dòng", "no rows"),
    ("SELECT ?x { SERVICE :s { ?x :p ?y } }", "ServiceGraphPattern", "ServiceGraphPattern"),
    ("SELECT ?x { { SELECT ?x { ?x :p ?y } LIMIT 1 } }", "LIMIT", "LIMIT"),
    ("SELECT ?x { ?x :p ?y OPTIONAL { ?x :q ?z } MINUS { :a :r ?z } }", "MINUS", "MINUS"),
    ("SELECT ?x { ?x :p ?y MINUS { ?x :q ?z FILTER(?z != ?y) } }", "MINUS", "MINUS"),
    ("SELECT ?x { ?x :p ?y MINUS { ?x :q ?z } ?x :r ?z }", "MINUS", "MINUS"),
]


@pytest.mark.parametrize(("query", "vi", "en"), CANNOT)
def test_what_cannot_be_explained_is_said_so(query: str, vi: str, en: str) -> None:
    with pytest.raises(CannotExplain) as caught:
        read_body(HEAD + query)
    assert vi in caught.value.vi
    assert en in caught.value.en


def test_a_rule_must_construct() -> None:
    with pytest.raises(CannotExplain):
        read_rule(HEAD + "SELECT ?x { ?x :p ?y }")


TEXTS = [
    "SELECT ?x ?y { ?x :p ?y }",
    "SELECT DISTINCT ?x { ?x (:p|^:r)*/:n ?y }",
    "SELECT ?x ?n { ?x :n ?n FILTER(!(?n + 1 > 2 * ?n - 1) || ?n IN (3, 4) && ?n NOT IN (4)) }",
    'SELECT ?x ?k { ?x :n ?n BIND(IF(?n >= 2, CONCAT("a", STR(?n)), COALESCE(?none, "-b\\"\\n")) AS ?k) }',
    'SELECT ?x ?k { ?x :p ?y BIND(REPLACE(STR(?y), "x(.)", "$1", "i") AS ?k) FILTER(REGEX(STR(?x), "A", "i") || STRLEN(STR(?y)) = 3) }',
    "SELECT ?x ?y { ?x :n ?n OPTIONAL { ?x :p ?y FILTER(?n > 1) } }",
    "SELECT ?x { ?x :n ?n FILTER(EXISTS { ?x :q ?y } || ?n = 4) }",
    "SELECT ?x { ?x :n ?n MINUS { ?x :p ?y } MINUS { ?other :q ?that } }",
    "SELECT ?x ?k { VALUES (?x ?k) { (:a UNDEF) (UNDEF 2) (:c 3) } ?x :n ?k }",
    'SELECT ?x (COUNT(DISTINCT ?y) AS ?k) (GROUP_CONCAT(?y; separator="; ") AS ?l) { ?x :p ?y } GROUP BY ?x HAVING (COUNT(*) > 1)',
    "SELECT (COUNT(*) AS ?k) { ?x :p ?y }",
    "SELECT (SUM(?n) AS ?k) (MIN(?n) AS ?l) (AVG(?n) AS ?m) { ?x :n ?n } GROUP BY (?n > 2)",
    "SELECT ?x ?k { { SELECT ?x (MAX(?n) AS ?k) { ?x :p ?y . ?y :n ?n } GROUP BY ?x } UNION { ?x :n ?k } }",
    "SELECT ?a ?b { { SELECT ?a ?y { ?a :p ?y } } { SELECT ?y ?b { ?y :p ?z . ?z :n ?b } } }",
    'SELECT ?x { ?x :n ?n . FILTER(<http://www.w3.org/2001/XMLSchema#string>(?n) = "2") }',
    "SELECT ?x { { } ?x :n 2 }",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_query_that_is_read_and_written_says_the_same(text: str) -> None:
    graph = of_turtle(GRAPH)
    body = read_body(HEAD + text)
    select = Select(0, body.columns, body.group, body.keys, body.having, "DISTINCT" in text)
    ours, theirs = graph.select(select_text(select)), graph.select(HEAD + text)
    assert theirs.rows
    assert ours.columns == theirs.columns
    assert sorted(map(repr, ours.rows)) == sorted(map(repr, theirs.rows))


@pytest.mark.parametrize(
    "limits", [Limits(seconds=0.0), Limits(queries=0)], ids=["time", "queries"]
)
def test_limits_are_said(limits: Limits) -> None:
    group = narrowed(read_body(HEAD + "SELECT ?x { ?x :p :d }"), x="b")
    with pytest.raises(CannotExplain) as caught:
        failures(Probe(of_turtle(GRAPH), limits), group, [])
    assert "thời gian" in caught.value.vi
    assert "time" in caught.value.en


def test_facts_are_cut_off_and_said_so() -> None:
    probe = Probe(of_turtle(GRAPH), Limits(facts=1))
    group = narrowed(read_body(HEAD + "SELECT ?x { ?x :p ?y . ?y :n ?n }"))
    found = witness(probe, group, witnesses(probe, group, 10))
    assert found.cut_off
    assert len(found.facts) == 1


def test_terms_keep_their_kind() -> None:
    graph = of_turtle(':a :n 1 , 1.5 , "1" , "1"@vi , true , "2023-01-01"^^xsd:date .')
    group = read_body(HEAD + "SELECT ?n { :a :n ?n }").group
    found = {s[Variable("n")] for s in Probe(graph).solutions(group)}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert found == {
        Literal("1", datatype=NamedNode(f"{xsd}integer")),
        Literal("1.5", datatype=NamedNode(f"{xsd}decimal")),
        Literal("1"),
        Literal("1", language="vi"),
        Literal("true", datatype=NamedNode(f"{xsd}boolean")),
        Literal("2023-01-01", datatype=NamedNode(f"{xsd}date")),
    }


def test_named_graphs_are_asked_by_name() -> None:
    graph = of_turtle(":a :p :b .")
    s, p, o = (NamedNode(f"x:{name}") for name in "apc")
    graph.store.add(Quad(s, p, o, NamedNode("x:g")))
    body = read_body(HEAD + "SELECT ?x ?g { ?x :p :b . GRAPH ?g { ?x :p ?y } }")
    probe = Probe(graph)
    group = narrowed(body, g="g")
    found = witness(probe, group, witnesses(probe, group, 5))
    assert triples(found.facts) == {"a p b", "a p c"}
    failed = failures(probe, narrowed(body, g="h"), [NamedNode("x:h")])
    assert told(failed) == [("GRAPH h { ?x p ?y . }", [[]])]


def test_many_threads_may_read_at_once() -> None:
    read_body.cache_clear()
    found: list[Body] = []
    threads = [
        threading.Thread(
            target=lambda i=i: found.append(read_body(f"{HEAD}SELECT ?x {{ ?x :p{i} ?y }}"))
        )
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
