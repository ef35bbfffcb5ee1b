"""Adding a question means adding one file: it appears everywhere, and a broken one takes nothing down."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.queries.catalogue import VARIABLE, catalogue, questions
from cancu.web.app import create_app
from tests.cli.test_command import Ran, cancu
from tests.own import own_question
from tools.write_docs import PAGES, write

HTML = {"accept": "text/html"}
X1 = own_question(
    "X1",
    query="SELECT ?task ?task_iri ?task_asked ?plan_asked WHERE { "
    "?task_asked a cancu:PlanTask ; rdfs:label ?task ; dcterms:isPartOf ?plan_asked . BIND(?task_asked AS ?task_iri) } ORDER BY ?task",
    answer_vi='"Có {count:task} nhiệm vụ."',
    answer_en='"{count:task|task|tasks}."',
)
"""A question about real data: a task and its address."""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own questions with one in it."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / "X1.rq").write_text(X1, "utf-8")
    return tmp_path


@pytest.fixture
def client(own: Path, home: Path) -> TestClient:
    return TestClient(create_app(home))


def test_the_command_asks_it(own: Path, home: Path) -> None:
    ran = cancu("ask", "X1", "task=II.5", "--format", "json", home=home, **{VARIABLE: str(own)})
    assert ran.code == 0, ran.err
    assert [row["task"] for row in json.loads(ran.out)["rows"]] == ["II.5"]
    listed = cancu("ask", home=home, **{VARIABLE: str(own)})
    assert "Câu hỏi riêng X1?" in listed.out
    assert "X1" not in cancu("ask", home=home).out


def test_the_form_asks_it(client: TestClient) -> None:
    assert "Câu hỏi riêng X1?" in client.get("/cau-hoi", headers=HTML).text
    page = client.get("/cau-hoi/X1", params={"task": "II.5"}, headers=HTML)
    assert page.status_code == 200
    assert "Câu hỏi riêng X1?" in page.text
    assert 'name="task"' in page.text
    assert "/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5" in page.text


def test_the_api_describes_and_answers_it(client: TestClient) -> None:
    (described,) = [q for q in client.get("/api/cau-hoi").json() if q["code"] == "X1"]
    assert described["title"] == {"vi": "Câu hỏi riêng X1?", "en": "Own question X1?"}
    assert [p["name"] for p in described["parameters"]] == ["task", "plan"]
    rows = client.get("/api/cau-hoi/X1").json()["rows"]
    assert len(rows) == 21
    openapi = json.dumps(client.get("/api/openapi.json").json())
    # where a question has an entry of its own, so has this one
    assert ("/cau-hoi/X1" in openapi) == ("/cau-hoi/A5" in openapi)


def test_the_editor_has_it_among_its_examples(client: TestClient) -> None:
    assert 'href="/cau-hoi/X1/sparql"' in client.get("/sparql", headers=HTML).text
    found = client.get(
        "/cau-hoi/X1/sparql", params={"task": "II.5"}, headers=HTML, follow_redirects=False
    )
    assert found.status_code == 303
    page = client.get(found.headers["location"], headers=HTML)
    assert page.status_code == 200
    assert "# X1. Câu hỏi riêng X1?" in page.text
    assert "VALUES ?task_asked" in page.text


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_documentation_has_it(page: object, own: Path) -> None:
    assert page in PAGES
    texts = [write(page, questions()) for page in PAGES]
    assert "**Câu hỏi riêng X1?**" in texts[0]
    assert "**Own question X1?**" in texts[1]


# ---- what is refused

SELECT = "SELECT ?task ?task_asked ?plan_asked WHERE { ?task a ?task_asked , ?plan_asked }"
REFUSED: list[tuple[str, str | bytes, str]] = [
    ("empty.rq", "", "its header lacks “code”"),
    ("toml.rq", '#+ code = "X2\nSELECT * {}', "its header is not TOML"),
    ("bytes.rq", b"\xff\xfe", "it cannot be read"),
    ("title.rq", X1.replace('title.vi = "Câu hỏi riêng X1?"', "title.vi = 5"), "as docs/questions.md says"),
    ("code.rq", X1.replace('"X1"', '"kế hoạch"'), "as docs/questions.md says"),
    ("table.rq", own_question("X2").replace("[[parameter]]", "[parameter]", 1), "is not TOML"),
    ("A5.rq", own_question("A5"), "there is a question A5 already"),
    ("X1z.rq", X1, "there is a question X1 already"),
    ("type.rq", own_question("X2").replace('type = "plan"', 'type = "planet"', 1), "no type of parameter “planet”"),
    ("sparql.rq", own_question("X2", query="SELECT ?task WHERE {"), "its query is no SPARQL: “SELECT ?task WHERE {”"),
    ("ask.rq", own_question("X2", query="ASK { ?s ?p ?o }"), "its query is not a SELECT"),
    ("column.rq", own_question("X2", query=SELECT.replace("?task ", "?job ", 1)), "does not select ?task"),
    ("parameter.rq", own_question("X2", query=SELECT.replace("?plan_asked", "?plan")), "does not select ?plan_asked"),
    ("service.rq", own_question("X2", query=SELECT.replace("?task a", "SERVICE <x:y> { ?s ?p ?o } ?task a")), "SERVICE is not allowed"),
    ("slot.rq", own_question("X2", answer_vi='"{count:tasks}"', answer_en='"x"'), "a slot that cannot be filled: {count:tasks}"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "reason"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_broken_file_is_refused_and_the_rest_works(
    own: Path, name: str, text: str | bytes, reason: str
) -> None:
    (own / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (refused,) = catalogue().refused
    assert name in refused.vi
    assert name in refused.en
    assert reason in refused.en
    assert "\n" not in refused.vi
    # the built-in ones and the good one of the folder
    assert {"A1", "A5", "X1"} <= set(questions())
    assert "X2" not in questions()
    assert questions()["A5"].title.vi.startswith("Những nhiệm vụ nào dựa trên")


def test_a_folder_that_there_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    (refused,) = catalogue().refused
    assert "none" in refused.vi
    assert "A5" in questions()


def test_other_files_are_no_questions(own: Path) -> None:
    (own / "README.md").write_text("x", "utf-8")
    (own / "X3.rq~").write_text("x", "utf-8")
    assert catalogue().refused == ()


def said(ran: Ran) -> Sequence[str]:
    return [line for line in (ran.out + ran.err).splitlines() if "hong.rq" in line]


def test_refusals_are_said_once(own: Path, home: Path) -> None:
    (own / "hong.rq").write_text("", "utf-8")
    environment = {VARIABLE: str(own)}
    for arguments, code in ((["ask", "X1"], 0), (["ask"], 0), (["doctor"], 1)):
        ran = cancu(*arguments, home=home, **environment)
        assert ran.code == code
        assert said(ran) == [
            f"{'' if arguments == ['doctor'] else 'cancu: '}Không nhận câu hỏi trong tệp “hong.rq”: phần đầu thiếu “code”."
        ]
