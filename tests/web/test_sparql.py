"""/sparql: a page for people, the protocol for programs."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.web.app import create_app
from cancu.web.negotiate import best
from cancu.web.pages.sparql import with_prefixes

QUERY = "SELECT ?s WHERE { ?s a <https://w3id.org/cancu/ns#PlanTask> }"
GRAPH = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 1"
JSON = "application/sparql-results+json"

OFFERED = (JSON, "text/html", "text/csv", "text/turtle")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        (BROWSER, "text/html"),
        ("text/csv", "text/csv"),
        ("text/*", "text/html"),
        ("text/*;q=0.5, text/turtle", "text/turtle"),
        ("text/csv;q=0.2, text/turtle;q=0.9", "text/turtle"),
        ("text/html;q=0, */*", JSON),
        ("TEXT/CSV", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=zzz", None),
        ("rubbish", None),
        ("image/png, */*;q=0.1", JSON),
    ],
)
def test_negotiation(accept: str, expected: str | None) -> None:
    assert best(accept, OFFERED) == expected


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (QUERY, JSON, JSON),
        (QUERY, "application/json", JSON),
        (QUERY, "*/*", JSON),
        (QUERY, "text/csv", "text/csv"),
        (QUERY, "text/tab-separated-values", "text/tab-separated-values"),
        (QUERY, "application/sparql-results+xml", "application/sparql-results+xml"),
        (GRAPH, "text/turtle", "text/turtle"),
        (GRAPH, "application/n-triples", "application/n-triples"),
    ],
)
def test_programs_get_what_they_accept(
    client: TestClient, query: str, accept: str, media_type: str
) -> None:
    found = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert found.status_code == 200
    assert found.headers["content-type"].startswith(media_type)


def test_the_three_ways_to_ask(client: TestClient) -> None:
    headers = {"accept": JSON}
    asked = [
        client.get("/sparql", params={"query": QUERY}, headers=headers),
        client.post("/sparql", data={"query": QUERY}, headers=headers),
        client.post(
            "/sparql",
            content=QUERY,
            headers=headers | {"content-type": "application/sparql-query"},
        ),
    ]
    assert [len(found.json()["results"]["bindings"]) for found in asked] == [21, 21, 21]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"query": "SELEKT"}, 400),
        ({"query": ""}, 400),
        ({"query": "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"}, 400),
        ({"update": "DROP ALL"}, 400),
        ({"query": QUERY, "default-graph-uri": "http://a.example/"}, 400),
    ],
)
def test_what_is_refused_is_said(
    client: TestClient, parameters: dict[str, str], status: int
) -> None:
    found = client.post("/sparql", data=parameters, headers={"accept": JSON})
    assert found.status_code == status
    assert set(found.json()["error"]) >= {"vi", "en", "status"}


def test_what_nobody_can_give_is_406(client: TestClient) -> None:
    found = client.get("/sparql", params={"query": QUERY}, headers={"accept": "image/png"})
    assert found.status_code == 406


def test_a_person_gets_a_table_with_links(client: TestClient) -> None:
    query = (
        "SELECT ?task ?title WHERE { ?task a cancu:PlanTask ; dcterms:title ?title } ORDER BY ?task"
    )
    found = client.get("/sparql", params={"query": query})
    assert found.status_code == 200
    assert '<a href="/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5">II.5</a>' in found.text
    wrong = client.get("/sparql", params={"query": "SELECT"})
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text


def test_prefixes_are_added_on_the_first_line_only_where_none_is_declared() -> None:
    assert with_prefixes("SELECT * { ?s a cancu:Task }").startswith("PREFIX cancu: <")
    assert "\n" not in with_prefixes("SELECT * { ?s a cancu:Task }")
    assert with_prefixes("PREFIX a: <b:> SELECT * {}") == "PREFIX a: <b:> SELECT * {}"


def test_the_real_runner_answers(home: Path) -> None:
    """Once through the worker process that the application uses by itself."""
    client = TestClient(create_app(home))
    found = client.get("/sparql", params={"query": QUERY})
    assert len(json.loads(found.content)["results"]["bindings"]) == 21
