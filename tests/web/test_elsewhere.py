"""The application over the data of an engine elsewhere: the same pages, and plain words when it is away."""

import gc
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from cancu.graph import search_elsewhere
from cancu.graph.dataset import Embedded
from cancu.graph.load import load
from cancu.graph.remote import Remote
from cancu.graph.search_entries import Found
from cancu.graph.search_index import write_entries
from cancu.ontology.terms import GRAPHS
from cancu.queries.search import Asked, search
from cancu.web import reading
from cancu.web.app import create_app
from tests.engine import Engine
from tests.virtuoso import Virtuoso
from tests.web.conftest import DECISION, HTML, PLAN, browser

ANY = {"accept": "*/*"}
PAGES = [
    "/",
    "/?kind=article",
    "/?agency=Phòng Nội vụ",
    PLAN,
    f"{PLAN}/ii-5",
    f"{PLAN}/iii-6",
    f"{PLAN}/iv-2",
    DECISION,
    "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp",
    "/co-quan/chi-linh/phong-noi-vu",
    "/tai-lieu",
    "/tai-lieu/2b5fa963",
    "/hieu-luc",
    "/cho-trong",
    "/cau-hoi",
    "/cau-hoi/A5",
    "/cau-hoi/B2?agency=Phòng Nội vụ",
    "/cau-hoi/C4.csv",
    "/gioi-thieu",
    "/chi-tiet/id/chung-cu/2b5fa963/c242-302",
    "/id/ke-hoach/chi-linh/2023/kstthc-mot-cua",
    "/nhiem-vu/chi-linh/2023/khong-co",
    "/api/cau-hoi/A4",
    "/api/cau-hoi/A19",
    "/cau-hoi/A19",
    "/cau-hoi/A5/sparql",
    "/cau-hoi/A5?document=63/2010",
    "/cau-hoi/A5?document=khong-co-van-ban-nay",
    "/cau-hoi/C4?date=2023-12-31",
    "/cau-hoi/A5/vi-sao?document=61/2018/NĐ-CP",
    "/cau-hoi/A5/vi-sao?document=63/2010&khong-co=II.5",
    "/api/hoi?q=nhiệm vụ nào căn cứ nghị định 61",
    "/cau-hoi?q=nhiệm vụ nào căn cứ nghị định 61",
    "/tim-kiem?q=61/2018",
    "/tim-kiem?q=thu tuc hanh chinh",
    "/tim-kiem?q=phong noi vu&loai=agency",
    "/api/tim-kiem?q=một cửa liên thông",
    "/api/tim-kiem?q=nghị đinh 61",
    "/api/tim-kiem?q=phong&goi-y=1",
]
"""A sample with each kind of page, and one that is not there."""


def client_of(engine: Engine | Virtuoso, home: Path) -> TestClient:
    app = create_app(home, endpoint=engine.endpoint(), token="secret")
    return TestClient(app, headers=HTML, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def engine(dataset: Embedded) -> Iterator[Engine]:
    with Engine() as running:
        load(dataset.snapshot, running.endpoint(), running.graph_store())
        yield running


@pytest.fixture
def there(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser on a machine without data of its own; the application looks at the engine at every request."""
    monkeypatch.setattr(reading, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(reading, "AWAY_SECONDS", 0.0)
    return client_of(engine, tmp_path)


@pytest.mark.parametrize("page", PAGES)
def test_the_same_page_from_the_engine(page: str, client: TestClient, there: TestClient) -> None:
    ours, theirs = client.get(page), there.get(page)
    assert theirs.status_code == ours.status_code
    assert theirs.text == ours.text
    assert theirs.headers.get("etag") == ours.headers.get("etag")


@pytest.mark.virtuoso
def test_the_same_pages_from_virtuoso(
    client: TestClient, virtuoso: Virtuoso, tmp_path: Path
) -> None:
    theirs = client_of(virtuoso, tmp_path)
    different = [page for page in PAGES if client.get(page).text != theirs.get(page).text]
    assert different == []


def test_away_and_back(engine: Engine, there: TestClient) -> None:
    assert there.get("/").status_code == 200
    engine.stop()
    try:
        for page in ("/", f"{PLAN}/ii-5", "/gioi-thieu"):
            answer = there.get(page)
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            assert "hiện không trả lời" in answer.text
            assert "127.0.0.1" not in re.sub(r"https?://testserver\S*", "", answer.text)
        api = there.get("/api/cau-hoi/A4")
        assert api.status_code == 503
        assert api.json()["en"].startswith("The SPARQL server")
        assert there.get("/healthz").json()["status"] == "no-answer"
    finally:
        engine.start()
    assert there.get("/").status_code == 200
    assert there.get("/healthz").json()["status"] == "ok"


def test_away_from_the_start(
    dataset: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AWAY_SECONDS", 0.0)
    with Engine() as engine:
        engine.stop()
        there = client_of(engine, tmp_path)
        assert there.get("/").status_code == 503
        engine.start()
        answer = there.get("/")
        assert answer.status_code == 503
        assert "cancu load" in answer.text
        load(dataset.snapshot, engine.endpoint(), engine.graph_store())
        assert there.get("/").status_code == 200


def test_it_is_not_asked_again_at_once(engine: Engine, tmp_path: Path) -> None:
    there = client_of(engine, tmp_path)
    assert there.get("/gioi-thieu").status_code == 200
    asked = len(engine.asked)
    assert there.get("/healthz").json()["status"] == "ok"
    assert len(engine.asked) == asked


def test_another_version_is_noticed(
    engine: Engine, there: TestClient, dataset: Embedded, many: Embedded
) -> None:
    assert there.get("/healthz").json()["snapshot"] == dataset.version
    load(many.snapshot, engine.endpoint(), engine.graph_store())
    try:
        assert there.get("/healthz").json()["snapshot"] == many.version
        assert "Sầm Sơn" in there.get("/").text
    finally:
        load(dataset.snapshot, engine.endpoint(), engine.graph_store())


def test_replaced_versions_can_be_read(many: Embedded, many_home: Path, tmp_path: Path) -> None:
    (old,) = [entry for entry in many.manifest.plans if not entry.current]
    with Engine() as engine:
        load(many.snapshot, engine.endpoint(), engine.graph_store())
        theirs = client_of(engine, tmp_path).get(f"/tai-lieu/{old.key}")
    ours = browser(many_home).get(f"/tai-lieu/{old.key}")
    assert (theirs.status_code, theirs.text) == (200, ours.text)


@pytest.mark.parametrize("page", ["/tai-len", "/tai-len/2b5fa963"])
def test_what_needs_the_files_says_so(page: str, there: TestClient) -> None:
    answer = there.get(page, headers={"authorization": "Bearer secret"})
    assert answer.status_code == 501
    assert "máy dựng dữ liệu" in answer.text


TYPED = [
    ("ASK { ?a ?b ?c }", "json"),
    ("SELECT ?s { ?s a <http://www.w3.org/ns/prov#Plan> }", "csv"),
    ("SELECT ?s { ?s a <http://www.w3.org/ns/prov#Plan> }", "xml"),
    ("CONSTRUCT WHERE { ?s a <http://www.w3.org/ns/prov#Plan> }", "ntriples"),
    ("SELECT * { ?a ?b", "json"),
    ("SELECT * FROM <urn:khong-co> { ?a ?b ?c }", "json"),
    ("SELECT * { SERVICE <urn:x> { } }", "json"),
    ("DROP ALL", "json"),
    ("SELECT (<bif:now>() AS ?x) { ?a", "json"),
]


@pytest.mark.parametrize(("query", "form"), TYPED)
def test_the_service_answers_alike(
    query: str, form: str, client: TestClient, there: TestClient
) -> None:
    headers = {"accept": "application/json"}
    parameters = {"query": query, "format": form}
    ours, theirs = (c.get("/sparql", params=parameters, headers=headers) for c in (client, there))
    assert (theirs.status_code, theirs.content) == (ours.status_code, ours.content)
    assert theirs.headers.get("etag") == ours.headers.get("etag")
    assert theirs.headers.get("content-type") == ours.headers.get("content-type")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o",
        "SELECT * {",
        "CONSTRUCT WHERE { ?s a prov:Plan }",
    ],
)
def test_the_editor_is_alike(query: str, client: TestClient, there: TestClient) -> None:
    ours, theirs = (c.get("/sparql", params={"query": query}) for c in (client, there))
    assert (theirs.status_code, theirs.text) == (ours.status_code, ours.text)


def test_datasets_are_named_in_the_request(client: TestClient, there: TestClient) -> None:
    for fields in (
        {"default-graph-uri": GRAPHS.so_bo},
        {"named-graph-uri": GRAPHS.so_bo},
        {"default-graph-uri": "urn:khong-co"},
    ):
        asked = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", **fields}
        ours, theirs = (c.post("/sparql", data=asked, headers=ANY) for c in (client, there))
        assert (theirs.status_code, theirs.content) == (ours.status_code, ours.content)


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld", "rdf"])
def test_the_data_of_a_thing(ending: str, client: TestClient, there: TestClient) -> None:
    for thing in ("chinh-phu/nghi-dinh/2018/61-2018-nd-cp", "chinh-phu/nghi-dinh/2018/khong-co"):
        ours, theirs = (c.get(f"/id/vb/{thing}.{ending}") for c in (client, there))
        assert theirs.status_code == ours.status_code
        assert theirs.headers.get("etag") == ours.headers.get("etag")
        if ours.status_code == 200:
            kind = ours.headers["content-type"].partition(";")[0]
            format = RdfFormat.from_media_type(kind)
            assert set(parse(theirs.content, format=format)) == set(
                parse(ours.content, format=format)
            )


@pytest.mark.parametrize("page", ["/sparql", "/.well-known/void"])
def test_descriptions(page: str, client: TestClient, there: TestClient) -> None:
    """The same, but that there is no file of the whole graph elsewhere."""
    ours, theirs = (
        set(
            parse(
                c.get(page, headers={"accept": "application/n-triples"}).content,
                format=RdfFormat.N_TRIPLES,
            )
        )
        for c in (client, there)
    )
    of_the_file = re.compile(r"graph\.nq|_:(dump|checksum)\b")
    assert theirs == {quad for quad in ours if not of_the_file.search(str(quad))}
    assert len(theirs) > 500


@pytest.mark.parametrize("page", ["/tai-ve/graph.nq", "/tai-ve/graph.nq.sha256"])
def test_the_whole_graph_is_where_it_was_built(page: str, there: TestClient) -> None:
    assert there.get(page).status_code == 501


def test_the_service_when_the_engine_is_away(engine: Engine, there: TestClient) -> None:
    engine.stop()
    try:
        answer = there.get("/sparql", params={"query": "ASK {}"}, headers=ANY)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
    finally:
        engine.start()
    assert there.get("/sparql", params={"query": "ASK {}"}, headers=ANY).json()["boolean"] is True


def test_the_index_is_written_once_and_goes(
    dataset: Embedded, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    original = write_entries

    def write(path: Path, listed: Iterable[Found]) -> None:
        written.append(path)
        original(path, listed)

    monkeypatch.setattr(search_elsewhere, "write_entries", write)
    remote = Remote.at(engine.endpoint())
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(search, [remote] * 4, [Asked("61/2018")] * 4))
    here = search(dataset, Asked("61/2018"))
    assert [one.as_json() for one in found] == [here.as_json()] * 4
    assert len(written) == 1
    assert written[0].exists()
    del remote
    gc.collect()
    assert not written[0].exists()
