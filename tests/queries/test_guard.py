"""Which queries of strangers are let in: words of SPARQL count, words in strings, comments and names do not."""

import pytest

from cancu.graph.tokens import tokens
from cancu.queries.errors import BadQuery, Refused, TooLarge
from cancu.queries.guard import MAX_NESTING, MAX_QUERY_BYTES, admit

ADMITTED = [
    "SELECT * WHERE { ?s ?p ?o }",
    "ASK { }",
    "DESCRIBE <x:a>",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }",
    # the words inside strings
    'SELECT * { ?s ?p "SERVICE <http://x>" }',
    "SELECT * { ?s ?p 'FROM' }",
    'SELECT * { ?s ?p """a "quoted" LOAD <x>""" }',
    "SELECT * { ?s ?p '''it's\nFROM''' }",
    'SELECT * { ?s ?p "\\" SERVICE" }',
    'SELECT * { ?s ?p "service"@en-from }',
    # in comments
    "SELECT * { ?s ?p ?o } # SERVICE <http://x>",
    "# FROM <x>\nSELECT * { }",
    "SELECT * { ?s ?p ?o # DELETE\n }",
    # in IRIs
    "SELECT * { <http://x/SERVICE> ?p <http://x/#FROM> }",
    "PREFIX from: <x:> SELECT * { from:service from:load ?o }",
    "PREFIX s: <x:> SELECT * { s:SERVICE ?p s:FROM }",
    # as names of variables
    "SELECT ?service $from ?insert { ?service ?load $from }",
    # longer words
    "SELECT (STRLEN(?services) AS ?n) { }",
    # brackets in strings are no nesting
    'SELECT * { ?s ?p "' + "(" * 500 + '" }',
]

REFUSED = [
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    ("select * { service <http://x/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { SeRvIcE SILENT ?x { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { # comment\n SERVICE <http://x/> {} }", "SERVICE"),
    ('SELECT * { ?s ?p "a" . SERVICE <http://x/> {} }', "SERVICE"),
    ('SELECT * { ?s ?p "\\\\" SERVICE <http://x/> {} }', "SERVICE"),
    ("SELECT * { <http://x/#> ?p ?o SERVICE <http://x/> {} }", "SERVICE"),
    ("SELECT * { ?a ?b ?c}SERVICE<http://x>{}", "SERVICE"),
    # names of graphs that cannot be read
    ("SELECT * FROM g:x { ?s ?p ?o }", "g:x"),
    ("PREFIX g: <x:> SELECT * FROM NAMED g:a\\~b { ?s ?p ?o }", "a\\~b"),
    ("SELECT * FROM { }", "{"),
    ("SELECT * FROM", "FROM"),
    ("LOAD <http://127.0.0.1:9/>", "LOAD"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
    ("insert data { <a:a> <a:b> <a:c> }", "INSERT"),
    ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
    ("WITH <x:g> DELETE { ?s ?p ?o } WHERE { }", "WITH"),
    ("CLEAR ALL", "CLEAR"),
    ("DROP GRAPH <x:g>", "DROP"),
    ("CREATE GRAPH <x:g>", "CREATE"),
    ("ADD <x:a> TO <x:b>", "ADD"),
    ("MOVE <x:a> TO <x:b>", "MOVE"),
    ("COPY <x:a> TO <x:b>", "COPY"),
    # an unclosed string hides nothing
    ('SELECT * { ?s ?p "open\n SERVICE <http://x/> {} }', "SERVICE"),
]


@pytest.mark.parametrize("query", ADMITTED, ids=[query[:50] for query in ADMITTED])
def test_admitted(query: str) -> None:
    admit(query)


@pytest.mark.parametrize(("query", "word"), REFUSED, ids=[query[:50] for query, _ in REFUSED])
def test_refused(query: str, word: str) -> None:
    with pytest.raises(Refused) as caught:
        admit(query)
    assert word in caught.value.vi
    assert word in caught.value.en


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * { ?s ?p 'FROM <x:g>' }", (), ()),
        ("SELECT * FROM <x:g> { }", ("x:g",), ()),
        ("select*from<x:g>{}", ("x:g",), ()),
        ("SELECT * FROM <x:g> FROM NAMED <x:h> FROM <x:i> { }", ("x:g", "x:i"), ("x:h",)),
        ("PREFIX g: <x:> ASK FROM NAMED g:a { }", (), ("x:a",)),
        ("PREFIX : <x:> prefix g: <y:> ASK from :b # FROM <z:>\n { }", ("x:b",), ()),
        ("ASK FROM <file:///etc/passwd> { }", ("file:///etc/passwd",), ()),
    ],
)
def test_the_graphs_a_query_names(
    query: str, default: tuple[str, ...], named: tuple[str, ...]
) -> None:
    found = admit(query)
    assert (found.default_graphs, found.named_graphs) == (default, named)


@pytest.mark.parametrize(
    ("query", "form", "constant"),
    [
        ("SELECT * { }", "SELECT", True),
        ("PREFIX a: <b:> ask { }", "ASK", True),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } }", "CONSTRUCT", True),
        ("DESCRIBE <x:a>", "DESCRIBE", True),
        ("SELECT (NOW() AS ?n) { }", "SELECT", False),
        ("SELECT * { } ORDER BY rand()", "SELECT", False),
        ("SELECT ?now ('RAND()' AS ?x) { }", "SELECT", True),
        ("xin chào", "", True),
    ],
)
def test_what_the_words_say_of_a_query(query: str, form: str, constant: bool) -> None:
    found = admit(query)
    assert (found.form, found.constant) == (form, constant)


def test_too_deep() -> None:
    admit("ASK " + "{" * MAX_NESTING + "}" * MAX_NESTING)
    for opened, closed in ("{}", "()", "[]"):
        with pytest.raises(BadQuery) as caught:
            admit("ASK { " + opened * MAX_NESTING + closed * MAX_NESTING + " }")
        assert str(MAX_NESTING) in caught.value.vi


def test_too_long() -> None:
    shortest = "ASK { } # "
    admit(shortest + "x" * (MAX_QUERY_BYTES - len(shortest)))
    for text in (shortest + "x" * MAX_QUERY_BYTES, shortest + "ế" * (MAX_QUERY_BYTES // 2)):
        with pytest.raises(TooLarge) as caught:
            admit(text)
        assert "64 KB" in caught.value.en


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT ?x", ["word", "variable"]),
        ("<a:b> # c", ["iri"]),
        ("?a<?b", ["variable", "other", "variable"]),  # a comparison, no IRI
        ("rdf:type :x _:b1", ["name", "name", "name"]),
    ],
)
def test_tokens(query: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in tokens(query)] == kinds


def test_hostile_texts_are_decided_quickly() -> None:
    """No pattern of the guard runs away: each of these ends, admitted or not."""
    for text in (
        '"' * 60_000,
        "'''" * 20_000,
        "<" * 60_000,
        "\\" * 60_000,
        ("a:" + "\\" * 5) * 8000,
        "#" * 60_000,
    ):
        try:
            admit(text)
        except (Refused, BadQuery) as error:
            assert error.vi
