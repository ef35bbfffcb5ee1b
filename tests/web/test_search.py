"""The search page, its API and its suggestions, and the places in the reader that results lead to."""

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from cancu.graph.dataset import Embedded
from cancu.graph.search_entries import KINDS
from cancu.graph.search_index import FILE
from cancu.graph.snapshot import current
from cancu.loaders.passages import passages
from cancu.loaders.plan import Plan
from cancu.queries.search import Asked, search
from cancu.web import search_api
from tests.many import HOA_LU, SAM_SON
from tests.web.conftest import browser

D61 = "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"
MARK = re.compile(r'<mark class="hit">([^<]*)</mark>')


@pytest.fixture(scope="module")
def visitor(many_home: Path) -> TestClient:
    """A browser over four plans."""
    return browser(many_home)


def main_of(text: str) -> str:
    """What stands between header and footer."""
    return text.partition("<main")[2].partition("</main>")[0]


def links(text: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', main_of(text))]


# ---- the page


def test_the_empty_page_says_what_can_be_searched(client: TestClient) -> None:
    found = client.get("/tim-kiem")
    assert found.status_code == 200
    text = main_of(found.text)
    assert "Gõ không dấu thì tìm mọi dấu" in text
    assert "/tim-kiem?q=61/2018" in links(found.text)
    for link in links(found.text):
        answer = client.get(link)
        assert answer.status_code == 200
        assert "Không tìm thấy" not in main_of(answer.text), link


def test_what_was_named_stands_first_and_is_said_to_be_it(client: TestClient) -> None:
    text = client.get("/tim-kiem", params={"q": "61-2018-ND-CP"}).text
    best = text.partition('class="wide best"')[2].partition("</section>")[0]
    assert "Đúng tên hoặc số này" in best
    assert f'href="{D61}"' in best
    assert MARK.findall(best) == ["61/2018/NĐ-CP"]
    rest = text.partition('class="wide best"')[2].partition("</section>")[2]
    assert f'href="{D61}"' not in rest
    assert "Đúng tên" not in client.get("/tim-kiem", params={"q": "đường bộ"}).text


def test_results_are_grouped_with_their_numbers(client: TestClient, home: Path) -> None:
    result = search(Embedded.at(home), Asked("thủ tục"))
    text = client.get("/tim-kiem", params={"q": "thủ tục"}).text
    tabs = dict(re.findall(r'loai=(\w+)"[^>]*>[^<]*<span class="count">(\d+)', text))
    assert tabs == {group.kind: str(group.total) for group in result.groups}
    heads = re.findall(r'<h2 id="loai-(\w+)">[^<]*<span class="count">(\d+)', text)
    assert heads == [(group.kind, str(group.total)) for group in result.groups]
    assert set(MARK.findall(text)) <= {"thủ tục", "Thủ tục"}


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_page_by_page(client: TestClient, home: Path, kind: str) -> None:
    total = {g.kind: g.total for g in search(Embedded.at(home), Asked("phòng")).groups}[kind]
    seen: list[str] = []
    for page in range(1, -(-total // 20) + 1):
        text = client.get("/tim-kiem", params={"q": "phòng", "loai": kind, "trang": page}).text
        listed = text.partition('<ul class="hits">')[2]
        seen += re.findall(r'<li class="hit-of">.*?href="([^"]*)"', listed, re.DOTALL)
    assert len(seen) == total
    assert len(set(seen)) == total
    beyond = client.get("/tim-kiem", params={"q": "phòng", "loai": kind, "trang": 99})
    assert beyond.status_code == 200


def test_every_result_leads_somewhere(client: TestClient, home: Path) -> None:
    for typed in ("phòng", "điều", "61/2018", "Cộng Hòa", "Thành lập Đoàn kiểm tra"):
        for link in links(client.get("/tim-kiem", params={"q": typed}).text):
            path, _, place = link.partition("#")
            answer = client.get(path)
            if answer.status_code == 303:
                path, _, place = answer.headers["location"].partition("#")
                answer = client.get(path)
                assert place
            assert answer.status_code == 200, link
            if place:
                assert f'id="{place}"' in answer.text, (link, place)


def test_nothing_found_says_what_was_looked_for_and_what_is_near(client: TestClient) -> None:
    found = client.get("/tim-kiem", params={"q": "nghị đinh 61"})
    assert found.status_code == 200
    text = " ".join(re.sub(r"<[^>]*>", " ", main_of(found.text)).split())
    assert "Không tìm thấy “nghị đinh 61”. Gần nhất: nghị định 61" in text
    assert "nghị 172 đinh 0 61" in text
    assert "Không đâu có “đinh”; từ gần nhất: định" in text
    assert "/tim-kiem?q=ngh%E1%BB%8B%20%C4%91%E1%BB%8Bnh%2061" in links(found.text)
    assert D61 in links(found.text)
    english = client.get("/tim-kiem", params={"q": "nghị đinh 61", "lang": "en"}).text
    assert "Nothing was found for “nghị đinh 61”. Nearest:" in " ".join(
        re.sub(r"<[^>]*>", " ", english).split()
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("…", "không có chữ hay số nào để tìm"),
        ('"" () *', "không có chữ hay số nào để tìm"),
        ("phòng " * 400, "chỉ tìm phần đầu"),
        ("chứng th", "bắt đầu bằng “th”"),
        ("Luật Tổ chức chính quyền địa phương", "3 mục có đúng tên này"),
    ],
)
def test_what_is_said(client: TestClient, typed: str, said: str) -> None:
    found = client.get("/tim-kiem", params={"q": typed})
    assert found.status_code == 200
    assert said in found.text


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "phòng<b>", "a&b", "'\"`", "\x00", "\ud800".encode("utf-8", "surrogatepass")],
)  # fmt: skip
@pytest.mark.parametrize("page", ["/tim-kiem", "/api/tim-kiem"])
def test_typed_signs_are_shown_and_do_nothing(
    client: TestClient, page: str, typed: str | bytes
) -> None:
    found = client.get(page, params={"q": typed})
    assert found.status_code == 200
    if page == "/tim-kiem":
        for harmful in ("<script>alert", "<img src=x", "phòng<b>", "49"):
            assert harmful not in main_of(found.text)


@pytest.mark.parametrize(
    "address",
    ["/tim-kiem?q=a&loai=x", "/tim-kiem?q=a&trang=0", "/tim-kiem?q=a&trang=x", "/tim-kiem?q=a&ke-hoach=x", "/api/tim-kiem?so=0", "/api/tim-kiem?so=101", "/api/tim-kiem?tu=-1", "/api/tim-kiem?goi-y=x", "/api/tim-kiem?loai=task,document"],
)  # fmt: skip
def test_bad_values_are_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_the_box_stands_on_every_page(client: TestClient) -> None:
    for page in (
        "/",
        "/tai-lieu",
        "/hieu-luc",
        "/cho-trong",
        "/cau-hoi",
        "/sparql",
        "/gioi-thieu",
        "/khong-co",
        "/tim-kiem?q=a",
    ):
        text = client.get(page).text
        head = text.partition("<header")[2].partition("</header>")[0]
        assert re.search(
            r'<form class="find" action="/tim-kiem" method="get" role="search"', head
        ), page
        assert '<label class="hidden" for="tim">Tìm kiếm</label>' in head
        assert len(re.findall(r'id="tim"', text)) == 1


# ---- many plans


def test_a_search_in_one_plan_stays_in_it(visitor: TestClient) -> None:
    text = visitor.get("/tim-kiem", params={"q": "một cửa", "ke-hoach": SAM_SON}).text
    assert f'<input type="hidden" name="ke-hoach" value="{SAM_SON}">' in text
    own = [link for link in links(text) if link.startswith("/tim-kiem")]
    assert own
    assert all(parse_qs(urlsplit(link).query)["ke-hoach"] == [SAM_SON] for link in own)
    assert {link.split("/")[2] for link in links(text) if link.startswith("/nhiem-vu/")} == {
        "sam-son"
    }
    everywhere = visitor.get("/tim-kiem", params={"q": "một cửa"}).text
    places = {link.split("/")[2] for link in links(everywhere) if link.startswith("/nhiem-vu/")}
    assert places > {"sam-son"}
    assert "27/QĐ-UBND · Sầm Sơn 2024" in main_of(everywhere)


def test_what_other_plans_have_is_offered(visitor: TestClient) -> None:
    text = visitor.get("/tim-kiem", params={"q": "trưởng thôn", "ke-hoach": HOA_LU}).text
    assert "Đã tìm trong 118/KH-UBND · Hoa Lư 2024." in text
    assert re.search(r"Tìm trong mọi kế hoạch: có \d+ mục", text)
    assert "/tim-kiem?q=tr%C6%B0%E1%BB%9Fng%20th%C3%B4n" in links(text)


# ---- the API


def test_the_api_gives_what_the_page_shows(client: TestClient) -> None:
    found = client.get("/api/tim-kiem", params={"q": "phòng nội vụ"}).json()
    assert found["exact"]["page"] == "/co-quan/chi-linh/phong-noi-vu"
    assert found["counts"] == {g["kind"]: g["total"] for g in found["groups"]}
    shown = set(links(client.get("/tim-kiem", params={"q": "phòng nội vụ"}).text))
    for group in found["groups"]:
        for hit in group["hits"][:5]:
            assert hit["page"] in shown
            assert ("".join(s["text"] for s in hit["snippet"]) != "") or hit["kind"] != "passage"
    assert found["nearest"] is None
    more = client.get(
        "/api/tim-kiem", params={"q": "phòng nội vụ", "loai": "task", "tu": 1, "so": 2}
    ).json()
    assert [len(g["hits"]) for g in more["groups"] if g["kind"] == "task"] == [2]
    assert sum(len(g["hits"]) for g in more["groups"]) == 2


def test_the_api_is_described(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    asked = described["paths"]["/api/tim-kiem"]["get"]
    assert {p["name"] for p in asked["parameters"]} == {
        "q",
        "loai",
        "tu",
        "so",
        "goi-y",
        "ke-hoach",
    }
    assert all(p.get("description") for p in asked["parameters"])
    found = client.get("/api/tim-kiem", params={"q": "nghị đinh 61"}).json()
    assert set(found) == {f.name for f in fields(search_api.SearchAnswer)}
    assert set(found["nearest"]) == {f.name for f in fields(search_api.NearestThings)}
    assert set(found["nearest"]["things"][0]) == {f.name for f in fields(search_api.FoundThing)}
    group = client.get("/api/tim-kiem", params={"q": "61"}).json()["groups"][0]
    assert set(group) == {f.name for f in fields(search_api.FoundGroup)}
    suggested = client.get("/api/tim-kiem", params={"q": "61", "goi-y": 1}).json()
    assert set(suggested) == {f.name for f in fields(search_api.SuggestAnswer)}
    assert set(suggested["suggestions"][0]) == {f.name for f in fields(search_api.Suggestion)}


def test_suggestions(client: TestClient) -> None:
    found = client.get("/api/tim-kiem", params={"q": "phòng nộ", "goi-y": 1}).json()
    first = found["suggestions"][0]
    assert (first["label"], first["name"], first["page"]) == (
        "Phòng Nội vụ",
        "Cơ quan",
        "/co-quan/chi-linh/phong-noi-vu",
    )
    english = client.get("/api/tim-kiem", params={"q": "phòng nộ", "goi-y": 1, "lang": "en"}).json()
    assert english["suggestions"][0]["name"] == "Agencies"
    assert client.get("/api/tim-kiem", params={"goi-y": 1}).json()["suggestions"] == []


def test_suggestions_keep_the_plan(visitor: TestClient) -> None:
    found = visitor.get(
        "/api/tim-kiem", params={"q": "phòng n", "goi-y": 1, "ke-hoach": SAM_SON}
    ).json()
    assert found["suggestions"][0]["page"] == f"/co-quan/sam-son/phong-noi-vu?ke-hoach={SAM_SON}"
    every = visitor.get("/api/tim-kiem", params={"q": "phòng nội vụ", "goi-y": 1}).json()[
        "suggestions"
    ]
    assert {one["note"] for one in every[:2]} == {"Chí Linh", "Sầm Sơn"}


# ---- the reader


def test_every_passage_has_its_place_in_the_reader(client: TestClient, plan: Plan) -> None:
    text = client.get(f"/tai-lieu/{plan.source.key}").text
    ids = re.findall(r' id="(d\d+)"', text)
    assert len(set(ids)) == len(ids)
    assert {f"d{passage.start}" for passage in passages(plan.source)} <= set(ids)


def test_an_article_has_its_place_on_the_page_of_its_document(client: TestClient) -> None:
    answer = client.get(f"{D61}/dieu-7")
    assert answer.headers["location"] == f"{D61}#dieu-7"
    assert len(re.findall('id="dieu-7"', client.get(D61).text)) == 1


# ---- damage


@pytest.fixture
def damaged(home: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A browser over data whose index was changed."""
    shutil.copytree(home, tmp_path / "home")
    path = current(tmp_path / "home").path / FILE
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    yield browser(tmp_path / "home")


def test_a_damaged_index_is_said_and_the_rest_goes_on(damaged: TestClient) -> None:
    found = damaged.get("/tim-kiem", params={"q": "phòng"})
    assert found.status_code == 503
    assert "Chỉ mục tìm kiếm đã hỏng" in found.text
    assert "The search index is damaged" in damaged.get("/tim-kiem?q=a&lang=en").text
    for address in ("/api/tim-kiem?q=a", "/api/tim-kiem?q=a&goi-y=1"):
        answer = damaged.get(address)
        assert answer.status_code == 503
        assert "cancu build" in answer.json()["vi"]
    assert damaged.get("/").status_code == 200
