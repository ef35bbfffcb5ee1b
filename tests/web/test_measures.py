"""The measures of the network as pages: each with its definition, its rows, its files; two bodies are asked for first."""

import pytest
from starlette.testclient import TestClient

from cancu.graph.measured import definitions
from cancu.queries.network.measure import OF_TWO
from tests.web.test_pages import plain

PAIR = {"tu": "phong noi vu", "den": "dai phat thanh"}


@pytest.mark.parametrize("code", definitions())
def test_each_measure_is_a_page_with_the_rows_of_the_api(client: TestClient, code: str) -> None:
    found, values = definitions()[code], PAIR if code in OF_TWO else {}
    page = client.get(f"/mang-luoi/phep-do/{found.address}", params=values)
    rows = client.get(f"/api/mang-luoi/{found.address}", params=values).json()["rows"]
    assert page.status_code == 200
    assert found.meaning.vi in plain(page.text)
    assert page.text.count("<tr>") == max(len(rows), 1) + 1


def test_the_index_names_them_all(client: TestClient) -> None:
    text = plain(client.get("/mang-luoi/phep-do").text)
    assert all(found.title.vi in text for found in definitions().values())


def test_a_number_has_its_list_and_a_quarter_its_vietnamese_name(client: TestClient) -> None:
    text = client.get("/mang-luoi/phep-do/tai-viec", params={"quy": "II/2023"}).text
    assert "II/2023" in plain(text)
    assert "2023-Q2" not in text
    assert 'href="/nhiem-vu/chi-linh/2023/kstthc-mot-cua/ii-5"' in text


@pytest.mark.parametrize(
    ("address", "values", "status", "said"),
    [
        ("duong-noi", {}, 200, "Từ"),
        ("duong-noi", {"tu": "phong noi vu"}, 400, "Hãy nêu cơ quan thứ hai"),
        ("duong-noi", {**PAIR, "den": "phòng x"}, 400, "phòng x"),
        ("tai-viec", {"x": "1"}, 400, "không có tham số “x”"),
        ("khong-co", {}, 404, "Không có phép đo “khong-co”"),
    ],
)
def test_what_cannot_be_measured_is_said(
    client: TestClient, address: str, values: dict[str, str], status: int, said: str
) -> None:
    page = client.get(f"/mang-luoi/phep-do/{address}", params=values)
    assert page.status_code == status
    assert said in plain(page.text)
