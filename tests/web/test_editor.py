"""What the editor of /sparql asks of the server: terms with their names, and whether a text is SPARQL."""

import ast
import shlex
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from cancu.ontology.terms import PREFIXES
from cancu.web import assets
from cancu.web.reuse import reuse

AGENCY = "https://w3id.org/cancu/id/to-chuc/chi-linh/phong-noi-vu"
DECREE = "https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"


def test_terms_have_their_names_the_vietnamese_first(client: TestClient) -> None:
    found = client.get("/sparql/vocab.json").json()
    assert {p["prefix"]: p["iri"] for p in found["prefixes"]} == dict(PREFIXES)
    terms = {term["iri"]: term for term in found["terms"]}
    assert len(terms) == len(found["terms"])
    for curie, kind, labels in [
        ("vt:phoi-hop", "concept", ["phối hợp", "coordinate"]),
        ("cancu:coordinatesWith", "property", ["phối hợp với", "coordinates with"]),
        ("cancu:AgencyGroup", "class", ["nhóm cơ quan", "agency group"]),
        ("rdf:type", "property", []),
    ]:
        prefix, _, name = curie.partition(":")
        term = terms[PREFIXES[prefix] + name]
        assert (term["curie"], term["kind"], term["labels"]) == (curie, kind, labels)
    assert (terms[AGENCY]["curie"], terms[AGENCY]["kind"]) == ("", "agency")
    assert terms[AGENCY]["labels"][0] == "Phòng Nội vụ"
    assert terms[DECREE]["labels"][0] == "61/2018/NĐ-CP"
    assert len(terms[DECREE]["labels"]) == 3  # number, title, title in English


def test_the_terms_are_sent_once(client: TestClient) -> None:
    tag = client.get("/sparql/vocab.json").headers["etag"]
    again = client.get("/sparql/vocab.json", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


CHECKED = [
    # text -> line, column and a part of what is said; nothing where it is a query
    ("", None),
    ("SELECT * { ?s a cancu:Task }", None),
    ("SELECT * { ?s a <https://example.org/none> } ORDER BY ?s", None),
    ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", None),
    ("SELECT * { ?s a cancu:Task", (1, 27, "ở cuối câu")),
    ("SELECT *\n{ ?s a nope:Task }", (2, 8, "tiền tố “nope:” chưa khai báo")),
    ("SELECT *\n{ ?s a ?t .\n ]}", (3, 2, "sai cú pháp")),
    ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", (None, None, "SERVICE")),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", (None, None, "chỉ đọc")),
    ("SELECT * FROM <http://a.example/> { ?s ?p ?o }", None),
    ("ASK { }" + " " * 70_000, (None, None, "64 KB")),
]


@pytest.mark.parametrize(("text", "expected"), CHECKED)
def test_a_text_is_checked(
    client: TestClient, text: str, expected: tuple[int | None, int | None, str] | None
) -> None:
    found = client.post("/sparql/check", data={"query": text})
    assert found.status_code == 200
    if expected is None:
        assert found.json() == {}
        return
    line, column, words = expected
    said = found.json()
    assert (said.get("line"), said.get("column")) == (line, column)
    assert words in said["error"]
    if line:
        assert f"(dòng {line}, cột {column})" in said["error"]


def test_a_check_speaks_the_language_of_the_page(client: TestClient) -> None:
    said = client.post("/sparql/check?lang=en", data={"query": "SELECT *\n{ ?s a nope:T }"}).json()
    assert "not declared; add a PREFIX line (line 2, column 8)" in said["error"]


def test_a_check_looks_at_no_data(client: TestClient) -> None:
    """A text that would be refused for what the data give is fine as a text."""
    assert (
        client.post("/sparql/check", data={"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }"}).json()
        == {}
    )


@pytest.mark.parametrize(
    ("query", "form", "words"),
    [
        ("SELECT ?s { ?s ?p 'it''s' }", "SELECT", "text/csv"),
        ('SELECT ?s { ?s ?p """x\\n""" }', "SELECT", "text/csv"),
        ('SELECT ?s {\n ?s ?p "a" }', "SELECT", "text/csv"),
        ("ASK { }", "ASK", "json"),
        ("DESCRIBE <a:b>", "DESCRIBE", "text/turtle"),
    ],
)
def test_a_query_to_take_along(query: str, form: str, words: str) -> None:
    """What is offered to copy is well-formed and asks the very query."""
    found = reuse("http://127.0.0.1:8000/", query, form)
    assert parse_qs(urlsplit(found["link"]).query) == {"query": [query]}
    command = shlex.split(found["curl"])
    assert f"query={query}" in command
    assert words in found["curl"]
    called = [n for n in ast.walk(ast.parse(found["python"])) if isinstance(n, ast.Call)]
    given = [a.value for n in called for a in n.args if isinstance(a, ast.Constant)]
    assert query in given


def test_pages_work_where_nothing_is_built(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    assets.built.cache_clear()
    page = client.get("/sparql").text
    assets.built.cache_clear()
    assert '<textarea id="query"' in page
    assert "/static/dist/" not in page
