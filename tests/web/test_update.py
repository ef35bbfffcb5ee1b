"""SPARQL Update over HTTP on a real server: the door, what it does, and what people see of it."""

import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cancu.graph.publish import publish
from cancu.graph.updates import read_updates
from cancu.ontology.terms import GRAPHS
from tests.web.serving import INTO, TOKEN, Answer, Server, serving

DOCS = Path(__file__).resolve().parents[2] / "docs/sparql.md"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("update") / "home"
    publish(folder)
    with serving(folder) as found:
        yield found


@pytest.fixture(autouse=True)
def emptied(server: Server) -> None:
    """No statement of another test."""
    assert server.update(f"CLEAR GRAPH <{GRAPHS.bo_sung}>").status == 204


def test_only_an_admin_may(server: Server) -> None:
    before = server.snapshot()
    for token in ("", "sai"):
        answer = server.update(INTO % "<a> <b> <c>", token)
        assert answer.status == 403
        assert answer.problem["vi"]
        assert "token" in answer.problem["en"]
    elsewhere = server.update(INTO % "<a> <b> <c>", Origin="https://a.example")
    assert elsewhere.status == 403
    assert server.ask("/sparql?update=DROP+ALL").status == 400
    assert server.snapshot() == before


def test_without_a_token_nobody_may(tmp_path: Path) -> None:
    publish(tmp_path / "home")
    with serving(tmp_path / "home", CANCU_ADMIN_TOKEN="") as closed:
        answer = closed.update(INTO % "<a> <b> <c>")
        assert (answer.status, answer.problem["en"]) == (403, "The data here is read-only.")


def test_an_update_is_seen_at_once_and_tags_change(server: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    page, asked, total = server.ask("/"), server.query(count), server.snapshot()
    assert server.update(INTO % '<a> <b> "lời"@vi, 01, [ <c> <d> ]').status == 204
    assert len(server.held()) == 4
    assert {"1", "lời"} < set(server.held())
    assert server.snapshot() != total
    again = server.query(count)
    assert again.headers["etag"] != asked.headers["etag"]
    assert again.body == asked.body  # the default graph has none of it
    assert server.ask("/").headers["etag"] != page.headers["etag"]
    assert server.ask("/", If_None_Match=page.headers["etag"]).status == 200


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        ("INSERT DATA { <a> <b> <c> }", 403, "the default graph"),
        (f"CLEAR GRAPH <{GRAPHS.so_bo}>", 403, GRAPHS.so_bo),
        ("DROP ALL", 403, "ALL"),
        ("LOAD <http://127.0.0.1:1/>", 403, "LOAD"),
        (f"INSERT {{ GRAPH <{GRAPHS.bo_sung}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}", 403, "SERVICE"),
        (f"INSERT DATA {{ GRAPH <{GRAPHS.bo_sung}> {{ <a> <b> }} }}", 400, "line 1"),
        ("SELECT * { ?s ?p ?o }", 400, "line 1"),
        (INTO % ("<a> <b> <c> . " * 6000), 413, "64 KB"),
        (INTO % ("( " * 150 + ") " * 150), 400, "100 deep"),
    ],
)  # fmt: skip
def test_what_is_refused_is_said(server: Server, text: str, status: int, word: str) -> None:
    before = server.snapshot()
    answer = server.update(text)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert word in answer.problem["en"]
    assert answer.problem["vi"]
    assert server.snapshot() == before


def test_using_of_the_protocol_says_what_is_read(server: Server) -> None:
    text = f"INSERT {{ GRAPH <{GRAPHS.bo_sung}> {{ <a> <n> ?n }} }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} }}"
    body, kind = text.encode(), "application/sparql-update"
    path = f"/sparql?using-graph-uri={GRAPHS.xem_xet}"
    signed = f"Bearer {TOKEN}"
    assert server.ask(path, body, Content_Type=kind, Authorization=signed).status == 204
    assert server.held() == ["0"]


def test_all_of_those_at_the_same_time_are_made_while_people_read(server: Server) -> None:
    answers: list[Answer] = []

    def add(number: int) -> None:
        answers.append(server.update(INTO % f"<a> <b> {number}", From=f"nguoi-{number}@a.example"))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert server.ask("/cau-hoi/A5").status == 200
    assert [answer.status for answer in answers] == [204] * 4
    assert server.held() == ["0", "1", "2", "3"]


def test_the_calls_of_the_docs(server: Server, tmp_path: Path) -> None:
    page = DOCS.read_text("utf-8").split("## Changing")[1]
    shell, command = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    script = shell.replace("http://127.0.0.1:8000", server.base)
    variables = {"CANCU_ADMIN_TOKEN": TOKEN, "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(
        ["sh", "-euc", script],
        env=variables,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert server.held()
    assert "Cần hỏi lại" in ran.stdout
    assert "cancu update undo" in command


def test_the_history_says_who(server: Server) -> None:
    server.update(INTO % "<a> <b> <c>", From="lan@a.example")
    server.update(INTO % "<a> <b> <d>")
    assert [update.by for update in read_updates(server.home)[-2:]] == ["lan@a.example", "admin"]
