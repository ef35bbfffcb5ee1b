"""/sparql: a page for people, the protocol for programs."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.loaders.errors import CancuError
from cancu.queries.errors import BadQuery
from cancu.web.app import create_app
from cancu.web.errors import UnsupportedMediaType
from cancu.web.negotiate import best
from cancu.web.pages.sparql import with_prefixes
from cancu.web.protocol import FORM, answer_type, read_operation

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
        ({"query": "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"}, 403),
        ({"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, 400),
        ({"update": "DROP ALL"}, 403),
        ({"query": QUERY, "default-graph-uri": "http://a.example/"}, 400),
    ],
)
def test_what_is_refused_is_said(
    client: TestClient, parameters: dict[str, str], status: int
) -> None:
    found = client.post("/sparql", data=parameters, headers={"accept": JSON})
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    problem = found.json()
    assert set(problem) >= {"type", "title", "status", "detail", "vi", "en"}
    assert (problem["status"], problem["detail"]) == (status, problem["vi"])


@pytest.mark.parametrize(
    ("query", "accept", "available"),
    [
        (QUERY, "image/png", JSON),
        (QUERY, "text/turtle", JSON),
        (GRAPH, "text/csv", "text/turtle"),
        ("ASK { }", "application/n-triples", JSON),
    ],
)
def test_what_nobody_can_give_is_406_with_what_can_be_given(
    client: TestClient, query: str, accept: str, available: str
) -> None:
    found = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert found.status_code == 406
    assert found.json()["available"][0] == available


ACCEPTED = [
    # form, Accept, media type of the answer
    ("SELECT", "", JSON),
    ("SELECT", "*/*", JSON),
    ("SELECT", "application/*", JSON),
    ("SELECT", "application/json", JSON),
    ("SELECT", "text/xml", "application/sparql-results+xml"),
    ("SELECT", "application/xml;q=0.5, text/csv;q=0.4", "application/sparql-results+xml"),
    ("SELECT", "text/csv, */*;q=0.1", "text/csv"),
    ("SELECT", "text/csv;q=0, */*", JSON),
    ("SELECT", BROWSER, "text/html"),
    ("ASK", "text/tab-separated-values", "text/tab-separated-values"),
    ("CONSTRUCT", "", "text/turtle"),
    ("CONSTRUCT", "*/*", "text/turtle"),
    ("CONSTRUCT", "application/json", "application/ld+json"),
    ("CONSTRUCT", "application/xml", "application/rdf+xml"),
    ("CONSTRUCT", "text/plain", "application/n-triples"),
    ("CONSTRUCT", "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
    ("DESCRIBE", "application/trig", "application/trig"),
    ("DESCRIBE", "application/n-quads", "application/n-quads"),
    ("DESCRIBE", BROWSER, "text/html"),
]


@pytest.mark.parametrize(("form", "accept", "expected"), ACCEPTED)
def test_the_form_of_an_answer(form: str, accept: str, expected: str) -> None:
    assert answer_type(accept, form) == expected


OPERATIONS = [
    # method, query string, content type, body -> kind, text, default graphs, named graphs
    ("GET", "query=ASK%7B%7D", "", "", ("query", "ASK{}", None, None)),
    ("GET", "query=ASK+%7B%7D", "", "", ("query", "ASK {}", None, None)),
    ("GET", "", "", "", ("query", "", None, None)),
    ("GET", "query=a%2Fb%252Fc", "", "", ("query", "a/b%2Fc", None, None)),
    ("GET", "query=%E1%BA%BF", "", "", ("query", "ế", None, None)),
    ("POST", "", FORM, "query=a%2Fb%252Fc&x=1", ("query", "a/b%2Fc", None, None)),
    ("POST", "", f"{FORM}; charset=UTF-8", "query=a", ("query", "a", None, None)),
    ("POST", "", "application/sparql-query", "a%2Fb", ("query", "a%2Fb", None, None)),
    ("POST", "", "Application/SPARQL-Query; charset=utf-8", "ế", ("query", "ế", None, None)),
    ("POST", "default-graph-uri=x", "application/sparql-query", "a", ("query", "a", ("x",), ())),
    ("POST", "", FORM, "query=a&named-graph-uri=x&named-graph-uri=y", ("query", "a", (), ("x", "y"))),
    ("POST", "default-graph-uri=x", FORM, "query=a&default-graph-uri=y", ("query", "a", ("x", "y"), ())),
    ("POST", "", FORM, "update=a&using-graph-uri=x", ("update", "a", ("x",), ())),
    ("POST", "using-named-graph-uri=x", "application/sparql-update", "a", ("update", "a", (), ("x",))),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address", "content_type", "body", "expected"), OPERATIONS)
def test_what_a_request_asks(
    method: str, address: str, content_type: str, body: str, expected: tuple[object, ...]
) -> None:
    found = read_operation(method, address.encode(), content_type, body.encode())
    assert (found.kind, found.text, found.default_graphs, found.named_graphs) == expected


WRONG = [
    ("GET", b"query=a&query=b", "", b"", BadQuery),
    ("GET", b"update=a", "", b"", BadQuery),
    ("GET", b"query=%ff%fe", "", b"", BadQuery),
    ("POST", b"", FORM, b"", BadQuery),
    ("POST", b"", FORM, b"query=%ff", BadQuery),
    ("POST", b"", FORM, b"query=a&update=b", BadQuery),
    ("POST", b"query=a", "application/sparql-query", b"b", BadQuery),
    ("POST", b"", "application/sparql-query", "ế".encode("utf-16"), BadQuery),
    ("POST", b"", "application/sparql-query; charset=utf-16", b"a", BadQuery),
    ("POST", b"", "", b"query=a", UnsupportedMediaType),
    ("POST", b"", "text/plain", b"ASK {}", UnsupportedMediaType),
]


@pytest.mark.parametrize(("method", "address", "content_type", "body", "error"), WRONG)
def test_what_is_no_request(
    method: str, address: bytes, content_type: str, body: bytes, error: type[CancuError]
) -> None:
    with pytest.raises(error):
        read_operation(method, address, content_type, body)


def test_an_answer_is_asked_for_again_by_its_tag(client: TestClient) -> None:
    parameters, headers = {"query": QUERY}, {"accept": JSON}
    found = client.get("/sparql", params=parameters, headers=headers)
    tag = found.headers["etag"]
    again = client.get("/sparql", params=parameters, headers=headers | {"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get("/sparql", params=parameters, headers={"accept": "text/csv"})
    assert other.headers["etag"] != tag
    assert {part.strip() for part in found.headers["vary"].split(",")} >= {
        "Accept",
        "Accept-Encoding",
    }
    chance = client.get("/sparql", params={"query": "SELECT (RAND() AS ?r) { }"}, headers=headers)
    assert "etag" not in chance.headers
    assert chance.headers["cache-control"] == "no-store"


def test_a_repeated_request_is_answered_alike_and_pages_are_not_mixed_up(
    client: TestClient,
) -> None:
    for accept in (JSON, "text/csv", "text/html"):
        first, again = (
            client.get("/sparql", params={"query": QUERY}, headers={"accept": accept})
            for _ in range(2)
        )
        assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    english = client.get("/sparql", params={"query": QUERY}, headers={"cookie": "lang=en"})
    assert '<html lang="en"' in english.text


def test_where_an_answer_can_be_had_again(client: TestClient) -> None:
    found = client.get("/sparql", params={"query": QUERY}, headers={"accept": "text/csv"})
    again = client.get(found.headers["content-location"], headers={"accept": JSON})
    assert again.content == found.content
    assert again.headers["content-type"].startswith("text/csv")
    long = client.get(
        "/sparql", params={"query": QUERY + " #" + "x" * 3000}, headers={"accept": JSON}
    )
    assert "content-location" not in long.headers


def test_gzip_where_it_is_accepted(client: TestClient) -> None:
    query = "SELECT * { ?s a <https://w3id.org/cancu/ns#PlanTask> ; ?p ?o }"
    plain = client.get(
        "/sparql", params={"query": query}, headers={"accept": JSON, "accept-encoding": "identity"}
    )
    packed = client.get(
        "/sparql", params={"query": query}, headers={"accept": JSON, "accept-encoding": "gzip"}
    )
    assert ("content-encoding" in plain.headers, packed.headers["content-encoding"]) == (
        False,
        "gzip",
    )
    assert plain.content == packed.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3


def test_other_methods(client: TestClient) -> None:
    head = client.head("/sparql", params={"query": QUERY}, headers={"accept": JSON})
    assert (head.status_code, head.headers["content-type"]) == (200, JSON)
    options = client.options("/sparql")
    assert options.status_code == 204
    assert "GET" in options.headers["allow"]
    assert options.headers["access-control-allow-origin"] == "*"
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.request(method, "/sparql", headers={"accept": JSON}).status_code == 405
    answer = client.get("/sparql", params={"query": QUERY}, headers={"origin": "https://a.example"})
    assert "access-control-allow-origin" not in answer.headers  # a page is no answer
    read = client.get("/sparql", params={"query": QUERY}, headers={"accept": JSON})
    assert read.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("query", ["SELECT WHERE { ?s ?p ?o }", "SELECT *\n{ ?s nope:p ?o }"])
def test_an_error_says_where(client: TestClient, query: str) -> None:
    problem = client.get("/sparql", params={"query": query}, headers={"accept": JSON}).json()
    assert problem["line"] == query.count("\n") + 1
    assert f"dòng {problem['line']}, cột {problem['column']}" in problem["detail"]
    english = client.get("/sparql", params={"query": query, "lang": "en"}, headers={"accept": JSON})
    assert english.json()["detail"] == problem["en"]


def test_a_request_that_is_too_long(client: TestClient) -> None:
    for size in (70_000, 500_000):
        found = client.post(
            "/sparql", data={"query": "ASK { } #" + "x" * size}, headers={"accept": JSON}
        )
        assert found.status_code == 413


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
