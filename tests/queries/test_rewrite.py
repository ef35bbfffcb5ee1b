"""Texts of typed queries as an engine elsewhere is sent them; each is still SPARQL."""

import pytest
from pyoxigraph import Store

from cancu.queries.rewrite import at_most, without_from, without_relative

FROM = [
    ("SELECT * FROM <urn:a> { ?s ?p ?o }", "SELECT *              { ?s ?p ?o }"),
    ("SELECT *\nFROM\n  NAMED <urn:a>{ }", "SELECT *\n    \n               { }"),
    ("ASK FROM <urn:a> FROM NAMED <urn:b> { }", "ASK                                 { }"),
    ("SELECT ?from { ?from ?p 'FROM <urn:a>' } # FROM <urn:a>", None),
]
LIMITED = [
    ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }\nLIMIT 5\n"),
    ("SELECT * { } # LIMIT 9", "SELECT * { } # LIMIT 9\nLIMIT 5\n"),
    ("SELECT * { } ORDER BY ?s OFFSET 2", "SELECT * { } ORDER BY ?s OFFSET 2\nLIMIT 5\n"),
    ("SELECT * { } LIMIT 20 OFFSET 2", "SELECT * { } LIMIT 5 OFFSET 2"),
    ("SELECT * { } limit\n4", None),
    ("SELECT * { ?s ?p ?o } VALUES ?s { 1 }", "SELECT * { ?s ?p ?o } \nLIMIT 5\nVALUES ?s { 1 }"),
    ("SELECT * { { SELECT * { } LIMIT 9 } }", "SELECT * { { SELECT * { } LIMIT 9 } }\nLIMIT 5\n"),
    ("SELECT * { VALUES ?x { 1 } }", "SELECT * { VALUES ?x { 1 } }\nLIMIT 5\n"),
    ("ASK { ?s ?p ?o }", None),
    ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 9", None),
    ("DESCRIBE ?s { ?s ?p ?o }", None),
]
RELATIVE = [
    ("SELECT * { <a> ?p <b#c> }", "BASE <http://b/> SELECT * { <a> ?p <b#c> }"),
    ("SELECT * { <urn:a> ?p '<b>' } # <c>", None),
]


@pytest.mark.parametrize(("query", "expected"), FROM)
def test_the_dataset_goes_apart(query: str, expected: str | None) -> None:
    found = without_from(query)
    assert found == (expected or query)
    assert len(found) == len(query)
    assert Store().query(found) is not None


@pytest.mark.parametrize(("query", "expected"), LIMITED)
def test_only_so_many_rows(query: str, expected: str | None) -> None:
    assert at_most(query, 5) == (expected or query)
    assert Store().query(at_most(query, 5)) is not None


@pytest.mark.parametrize(("query", "expected"), RELATIVE)
def test_addresses_are_read_against_our_base(query: str, expected: str | None) -> None:
    found = without_relative(query, "http://b/")
    assert found == (expected or query)
    assert Store().query(found) is not None
