"""The network for programs: views, files, measures, as the API gives them."""

import io
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pytest
from fastapi.testclient import TestClient

from cancu.graph.measured import definitions
from cancu.queries.network.view import settings
from tests.web.conftest import browser

CL = "https://w3id.org/cancu/id/to-chuc/chi-linh/"
API = "/api/mang-luoi"
PAIR = "tu=PNV&den=Đài Phát thanh"


@pytest.fixture(scope="module")
def client(home: Path) -> TestClient:
    return browser(home)


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


def _schema(description: dict[str, Any], path: str) -> dict[str, Any]:
    answer = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return {**answer["schema"], "components": description["components"]}


@pytest.mark.parametrize(
    "asked",
    ["", "?goc-nhin=co-quan-co-quan&nhom=giu", "?goc-nhin=kiem-tra", "?nut=PNV&buoc=2&quy=II/2023"],
)
def test_a_view(asked: str, client: TestClient, description: dict[str, Any]) -> None:
    answer = client.get(f"{API}{asked}").json()
    jsonschema.validate(answer, _schema(description, API))
    nodes = {node["iri"]: node for node in answer["nodes"]}
    assert nodes[f"{CL}phong-noi-vu"]["page"] == "/co-quan/chi-linh/phong-noi-vu"
    assert all(edge["source"] in nodes and edge["target"] in nodes for edge in answer["edges"])
    assert len(answer["edges"]) == answer["total_edges"] > 0


def test_addresses_of_nodes_lead_to_their_pages(client: TestClient) -> None:
    answer = client.get(f"{API}?nut=PNV&nhom=giu").json()
    for node in answer["nodes"][:5]:
        found = client.get(node["address"])
        assert found.status_code == 303
        assert found.headers["location"].endswith(node["page"])


def test_counts(client: TestClient) -> None:
    answer = client.get(f"{API}/bac?cach=nêu đích danh").json()
    found = {(row["agency"]["iri"], row["role"]): row["count"] for row in answer["rows"]}
    assert found[f"{CL}van-phong", "lead"] == 15
    assert found[f"{CL}van-phong", "coordinate"] == 6
    assert found[f"{CL}phong-noi-vu", "coordinate"] == 4


@pytest.mark.parametrize("code", definitions())
def test_every_measure(code: str, client: TestClient, description: dict[str, Any]) -> None:
    address = f"{API}/{definitions()[code].address}"
    pair = f"?{PAIR}" if code in ("paths", "overlap") else ""
    answer = client.get(f"{address}{pair}")
    assert answer.status_code == 200
    jsonschema.validate(answer.json(), _schema(description, f"{API}/{{phep_do}}"))
    assert answer.json()["rows"]
    lines = client.get(f"{address}{pair}{'&' if pair else '?'}format=csv")
    assert lines.headers["content-type"] == "text/csv; charset=utf-8"
    assert lines.text.count("\n") > 1


def test_the_description_names_every_field(description: dict[str, Any]) -> None:
    view = {p["name"] for p in description["paths"][API]["get"]["parameters"]}
    assert view == {*settings()["field"], "format"}
    both = {p["name"] for p in description["paths"][f"{API}/{{phep_do}}"]["get"]["parameters"]}
    assert both == {*settings()["field"], *settings()["pair"], "format", "phep_do"}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_files(form: str, client: TestClient) -> None:
    answer = client.get(f"{API}?goc-nhin=co-quan-co-quan&nhom=giu&format={form}")
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    read = nx.read_graphml if form == "graphml" else nx.read_gexf
    assert read(io.BytesIO(answer.content)).number_of_edges() == 38


def test_by_accept(client: TestClient) -> None:
    for accept, kind in (
        ("application/graphml+xml", "application/graphml+xml"),
        ("*/*", "application/json"),
        ("text/csv, application/json;q=0.1", "text/csv; charset=utf-8"),
    ):
        assert client.get(API, headers={"accept": accept}).headers["content-type"] == kind
    assert client.get(API, headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("?x=1", 400, "goc-nhin"),
        ("?format=docx", 400, "graphml"),
        ("?goc-nhin=khac", 400, "kiem-tra"),
        ("?nut=Sở Vũ trụ", 400, "Sở Vũ trụ"),
        ("/khong-co", 404, "overview"),
        ("/duong-noi?tu=PNV", 400, "den="),
        ("/tai-viec?tu=PNV", 400, "tu"),
        ("/tai-viec?format=graphml", 400, "csv"),
    ],
)
def test_what_cannot_be(asked: str, status: int, said: str, client: TestClient) -> None:
    answer = client.get(f"{API}{asked}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["vi"]


def test_not_sent_twice(client: TestClient) -> None:
    tag = client.get(API).headers["etag"]
    assert client.get(API, headers={"if-none-match": tag}).status_code == 304


def test_a_field_said_twice_is_a_list(client: TestClient) -> None:
    one = client.get(f"{API}?vai-tro=lead&vai-tro=review").json()
    assert one["view"]["vai-tro"] == "lead,review"
    path = client.get(f"{API}/duong-noi?{PAIR}&bo=VP HĐND và UBND&bo=PVHTT").json()
    assert [thing["label"] for thing in path["pair"]["bo"]] == [
        "Văn phòng HĐND và UBND thành phố",
        "Phòng Văn hóa và Thông tin",
    ]
    assert path["rows"] == []
    assert path["notes_vi"]
