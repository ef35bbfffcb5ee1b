"""The pages that say why a row is there, and why a thing is not."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.why.explain import explain
from cancu.queries.why.rows import Wanted
from cancu.web.why import row_links
from tests.web.conftest import browser

CODES = [code for code, q in questions().items() if not q.query.lstrip().startswith("CONSTRUCT")]


def links(page: str) -> list[str]:
    """Where the rows of a question's page are explained."""
    return [unescape(found) for found in re.findall(r'class="t-why"><a href="([^"]+)"', page)]


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("code", CODES)
def test_every_row_has_its_explanation(code: str, client: TestClient, dataset: Embedded) -> None:
    page = client.get(f"/cau-hoi/{code}").text
    rows = ask(code, {}, dataset).rows
    found = links(page)
    assert len(found) == min(len(rows), 200)
    for address in found[:1]:
        assert urlsplit(address).path == f"/cau-hoi/{code}/vi-sao"
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.text.count('<article class="why">') == 1
        assert "/tai-lieu/" in answer.text, "words lead to the reader"


def test_a_row_is_named_by_its_values(client: TestClient) -> None:
    found = links(client.get("/cau-hoi/A5").text)
    assert found[0] == f"/cau-hoi/A5/vi-sao?document={quote('61/2018/NĐ-CP')}&dong=task%3DI.2"
    text = text_of(client.get(found[0]).text)
    assert "Nhiệm vụ I.2 thuộc" in text
    assert "có căn cứ gợi ý là 61/2018/NĐ-CP" in text


def test_a_missing_thing(client: TestClient) -> None:
    page = client.get("/cau-hoi/C1/vi-sao?ten=II.5").text
    text = text_of(page)
    assert "Vì sao không có nhiệm vụ II.5" in text
    assert (
        "“Ngày muộn nhất” là 31/12/2023, mà câu hỏi chỉ lấy khi “Ngày muộn nhất” không muộn hơn 30/06/2023."
        in text
    )
    assert 'value="II.5"' in page, "the form keeps what was asked"


def test_it_speaks_english(client: TestClient) -> None:
    page = client.get("/cau-hoi/C1/vi-sao?ten=II.1&lang=en").text
    text = text_of(page)
    assert "Why task II.1 is not here" in text
    assert "has no last day" in text
    for vietnamese in ("mà câu hỏi", "không có ngày", "Gần nhất"):
        assert vietnamese not in text


def test_an_empty_answer_leads_to_its_reason(client: TestClient) -> None:
    page = client.get("/cau-hoi/C1?quarter=III/2023").text
    address = unescape(re.findall(r'href="(/cau-hoi/C1/vi-sao[^"]*)"', page)[0])
    assert "Vì sao không có dòng nào" in text_of(client.get(address).text)


def test_the_form_is_a_plain_form(client: TestClient) -> None:
    page = client.get("/cau-hoi/A5?document=61/2018/NĐ-CP").text
    form = re.findall(r'<form class="filters asking".*?</form>', page, re.DOTALL)[0]
    assert 'action="/cau-hoi/A5/vi-sao"' in form
    assert 'name="ten"' in form
    assert 'type="hidden" name="document" value="61/2018/NĐ-CP"' in form
    assert '<option value="II.5">' in form


def test_a_question_about_another_thing_offers_to_be_asked(client: TestClient) -> None:
    page = client.get("/cau-hoi/B1/vi-sao?ten=Phòng Nội vụ").text
    address = unescape(re.findall(r'<a href="(/cau-hoi/B1\?agency=[^"]+)"', page)[0])
    assert "Phòng Nội vụ" in text_of(client.get(address).text)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/cau-hoi/A5/vi-sao?ten=XX.1", 400, "XX.1"),
        ("/cau-hoi/A5/vi-sao?dong=nothing%3D1", 400, "không có cột “nothing”"),
        ("/cau-hoi/A5/vi-sao?document=zzz&ten=I.1", 400, "zzz"),
        ("/cau-hoi/A5/vi-sao", 200, "chưa nêu dòng nào"),
        ("/cau-hoi/Z9/vi-sao?ten=I.1", 404, "Z9"),
        ("/cau-hoi/A5/vi-sao?ten=<script>alert(1)</script>", 400, "<script>"),
    ],
)
def test_what_cannot_be_said_is_said_so(
    address: str, status: int, words: str, client: TestClient
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in text_of(answer.text) or words in unescape(answer.text)
    assert "<script>alert" not in answer.text


def test_the_api_says_the_same(client: TestClient, dataset: Embedded) -> None:
    answer = client.get("/api/cau-hoi/C1/vi-sao?quarter=II/2023&ten=II.5")
    expected = explain("C1", {"quarter": "II/2023"}, Wanted(name="II.5"), dataset).as_json()
    assert answer.json() == json.loads(json.dumps(expected))
    answer = client.get(
        "/api/cau-hoi/A5/vi-sao?document=61/2018/NĐ-CP&dong=task=II.5&dong=tier=suggested"
    )
    found = answer.json()
    assert (found["in_answer"], found["rows_found"], found["missing"]) == (True, 1, None)
    assert {"subject", "predicate", "object", "vi", "en", "evidence"} <= set(
        found["rows"][0]["facts"][0]
    )


def test_the_api_says_what_is_wrong(client: TestClient) -> None:
    answer = client.get("/api/cau-hoi/A5/vi-sao?ten=XX.1")
    assert answer.status_code == 400
    assert "XX.1" in answer.json()["detail"]


def test_the_api_is_described(client: TestClient) -> None:
    assert "/api/cau-hoi/{code}/vi-sao" in client.get("/api/openapi.json").json()["paths"]


def test_rows_of_several_plans_lead_to_themselves(many_home: Path, many: Embedded) -> None:
    client = browser(many_home)
    answer = ask("C1", {}, many)
    found = row_links(answer, {})
    assert len({link.page for link in found}) == len(answer.rows)
    for link, row in zip(found, answer.rows, strict=True):
        page = client.get(link.page)
        assert page.status_code == 200
        assert str(row["deadline"]) in text_of(page.text)
