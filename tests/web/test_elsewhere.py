"""The application over the data of an engine elsewhere: the same pages, and plain words when it is away."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.graph.dataset import Embedded
from cancu.graph.load import load
from cancu.web import reading
from cancu.web.app import create_app
from tests.engine import Engine
from tests.virtuoso import Virtuoso
from tests.web.conftest import DECISION, HTML, PLAN, browser

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
