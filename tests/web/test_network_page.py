"""/mang-luoi as the server makes it: what an address shows, what a form may say, what files it gives."""

import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pytest
from fastapi.testclient import TestClient
from lxml import html
from PIL import Image

from cancu.ontology.iri import BASE
from tests.web.conftest import browser

CL = f"{BASE}id/to-chuc/chi-linh/"
OFFICE = "nut=to-chuc/chi-linh/phong-noi-vu"


@pytest.fixture(scope="module")
def client(home: Path) -> TestClient:
    return browser(home)


def page(client: TestClient, query: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(f"/mang-luoi?{query}")
    assert answer.status_code == status
    return html.fromstring(answer.text)


def edges(found: html.HtmlElement) -> list[tuple[str, str, str]]:
    """Role, way and end of every edge that the browser is given."""
    data = json.loads(found.get_element_by_id("hinh-du-lieu").text)
    return [(e["role"], e["way"], e["to"]) for e in data["edges"]]


@pytest.mark.parametrize(
    ("query", "role", "number"),
    [
        (f"{OFFICE}", ("coordinate", "named"), 4),
        ("nut=to-chuc/chi-linh/van-phong", ("lead", "named"), 15),
        ("nut=to-chuc/chi-linh/van-phong", ("coordinate", "named"), 6),
        (f"{OFFICE}&cach=group", ("coordinate", "named"), 0),
        (f"{OFFICE}&vai-tro=lead", ("coordinate", "named"), 0),
        (f"{OFFICE}&loai=agency", ("coordinate", "named"), 0),
        (f"{OFFICE}&phan=ii", ("coordinate", "named"), 2),
        (f"{OFFICE}&loc=cach:named,group&cach=named&cach=group", ("coordinate", "named"), 4),
        (f"{OFFICE}&loc=cach:named,group", ("coordinate", "named"), 0),
        ("tim=pHong+noi+VU", ("coordinate", "named"), 4),
        ("nut=PNV", ("coordinate", "named"), 4),
        (f"nut={quote(CL)}phong-noi-vu", ("coordinate", "named"), 4),
    ],
)
def test_what_an_address_shows(
    client: TestClient, query: str, role: tuple[str, str], number: int
) -> None:
    found = page(client, query)
    shown = [to for *how, to in edges(found) if tuple(how) == role]
    assert len(shown) == number
    rows = found.xpath("//table[@id='bang']/tbody/tr[th]")
    assert len(rows) == len(edges(found))


@pytest.mark.parametrize(
    "query", ["tim=xyzzy", "tu=xyzzy&den=PNV", "quy=quý 9", "phan=XX", "nut=xyzzy"]
)
def test_what_cannot_be_understood_is_said_beside_a_picture(client: TestClient, query: str) -> None:
    found = page(client, query, 400)
    assert found.xpath("//p[@role='alert']/text()")
    assert edges(found)


def test_several_candidates_are_offered(client: TestClient) -> None:
    found = page(client, "tim=ubnd+phuong")
    offered = found.xpath("//div[@class='near']//a/text()")
    assert "UBND phường Cộng Hòa" in offered
    assert len(offered) == 12


def test_odd_values_are_as_if_left_out(client: TestClient) -> None:
    plain = edges(page(client, ""))
    odd = "goc-nhin=x&buoc=9&mau=x&co=x&nhom=x&chon=a&chon=%00/b&mo=x&loai="
    assert edges(page(client, odd)) == plain


def test_a_path_is_said_in_both_languages(client: TestClient) -> None:
    query = "tu=PNV&den=cong+thong+tin+dien+tu&cach=named&nhom=giu"
    words = page(client, query).xpath("//ol[contains(@class,'trails')]/li")[0].text_content()
    assert words.startswith("Phòng Nội vụ phối hợp ")
    words = (
        page(client, f"{query}&lang=en")
        .xpath("//ol[contains(@class,'trails')]/li")[0]
        .text_content()
    )
    assert words.startswith("Phòng Nội vụ coordinates ")


@pytest.mark.parametrize("form", ["svg", "png", "html", "graphml", "gexf", "csv"])
def test_files(client: TestClient, form: str) -> None:
    answer = client.get(f"/mang-luoi/mang-luoi.{form}?{OFFICE}&lang=vi")
    assert answer.status_code == 200
    name = f'filename="mang-luoi-phoi-hop-phong-noi-vu.{form}"'
    assert name in answer.headers["content-disposition"]
    if form == "png":
        assert Image.open(io.BytesIO(answer.content)).format == "PNG"
    elif form == "graphml":
        assert len(nx.parse_graphml(answer.text)) == 23
    else:
        assert "Phòng Nội vụ" in answer.text
    api = client.get(f"/api/mang-luoi?nut=PNV&format={form}")
    assert api.status_code == 200
    assert len(api.content) > 500


def test_there_is_no_other_file(client: TestClient) -> None:
    assert client.get("/mang-luoi/mang-luoi.exe").status_code == 404


def test_pages_lead_here(client: TestClient) -> None:
    office = client.get("/co-quan/chi-linh/phong-noi-vu").text
    assert f'href="/mang-luoi?{OFFICE}"' in office
    assert 'href="/mang-luoi?goc-nhin=co-quan-co-quan"' in client.get("/cau-hoi/B4").text


def test_what_is_behind_an_edge(client: TestClient) -> None:
    task = "ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5"
    query = f"{OFFICE}&chon=to-chuc/chi-linh/phong-noi-vu&chon={task}"
    answer = client.get(f"/mang-luoi/chi-tiet?{query}&lang=vi")
    assert re.search("phối hợp.*nêu đích danh", answer.text, re.DOTALL)
    assert "/tai-lieu/" in answer.text
