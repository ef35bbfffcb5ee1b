"""The page of a question: what it says of its answer, the order of the rows, the words behind them, what comes near."""

import html
import re
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

import cancu.web.answers
from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.nearest import nearest
from cancu.queries.say import say
from cancu.web.order import natural
from tests.web.test_doors import on_the_page
from tests.web.test_pages import plain


def column(client: TestClient, address: str, name: str) -> list[str]:
    """The words of one column of an answer's page."""
    found = client.get(address)
    assert found.status_code == 200, address
    code = urlsplit(address).path.rsplit("/", 1)[-1]
    place = [c.name for c in questions()[code].columns].index(name)
    return [row[place] for row in on_the_page(found.text)]


def links(text: str, words: str) -> list[str]:
    """Where the links with these words lead to."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return [html.unescape(to) for to, inside in found if plain(inside) == words]


# ---- the sentence


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", list(questions()))
def test_the_page_says_the_sentence(
    code: str, language: str, client: TestClient, dataset: Embedded
) -> None:
    text = plain(client.get(f"/cau-hoi/{code}?lang={language}").text)
    answer = ask(code, {}, dataset)
    for sentence in say(answer, language):
        assert "{" not in sentence.text
        assert " ".join(sentence.text.split()) in text
    order = answer.question.order.say(language)
    assert (" ".join(order.split()) in text) is bool(answer.rows)


# ---- the order


@pytest.mark.parametrize(
    ("address", "name", "expected"),
    [
        ("/cau-hoi/A1?sap-xep=document", "document", None),
        ("/cau-hoi/C4?sap-xep=task", "task", None),
        ("/cau-hoi/C4?sap-xep=latest", "latest", None),
        ("/cau-hoi/A5?sap-xep=tier", "tier", ["gợi ý"] * 8 + ["căn cứ chung"] * 13),
        ("/cau-hoi/A5?sap-xep=-tier", "tier", ["căn cứ chung"] * 13 + ["gợi ý"] * 8),
    ],
)
def test_a_heading_sorts(
    client: TestClient, address: str, name: str, expected: list[str] | None
) -> None:
    found = column(client, address, name)
    if name == "latest":
        days = [tuple(reversed(day.split("/"))) for day in found if day != "—"]
        assert days == sorted(days)
        assert found[len(days) :] == ["—"] * (len(found) - len(days))
    elif name == "task":
        assert found[0] == "I.1"
        assert found.index("PL1.9") > found.index("PL1.2") > found.index("IV.4")
    else:
        assert found == (expected or sorted(found, key=natural))


def test_words_and_numbers_are_in_their_order() -> None:
    names = ["Đồng Lạc", "PL1.10", "PL1.9", "Cộng Hòa", "An Lạc", "Dân Chủ"]
    assert sorted(names, key=natural) == [
        *("An Lạc", "Cộng Hòa", "Dân Chủ", "Đồng Lạc"),
        *("PL1.9", "PL1.10"),
    ]


def test_a_click_sorts_up_then_down_then_as_before(client: TestClient) -> None:
    """By links alone; what else the address says stays."""
    address = "/cau-hoi/A5?document=61/2018/NĐ-CP"
    seen = []
    for _ in range(3):
        text = client.get(address).text
        (address,) = [to for to in re.findall(r'<a class="sort"[^>]*href="([^"]+)"', text) if "task" in to or "sap-xep" not in to][:1]  # fmt: skip
        address = html.unescape(address)
        fields = parse_qs(urlsplit(address).query)
        assert fields["document"] == ["61/2018/NĐ-CP"]
        seen.append(fields.get("sap-xep", [""])[0])
    assert seen == ["task", "-task", ""]
    assert 'aria-sort="descending"' in client.get("/cau-hoi/A5?sap-xep=-task").text
    assert "aria-sort" not in client.get("/cau-hoi/A5").text


def test_an_order_that_there_is_not(client: TestClient) -> None:
    found = client.get("/cau-hoi/A5?sap-xep=khong-co")
    assert found.status_code == 400
    assert "Không sắp xếp được" in found.text


def test_files_are_in_the_order_of_the_page(client: TestClient) -> None:
    rows = client.get("/api/cau-hoi/A5?sap-xep=-tier").json()["rows"]
    assert [row["tier"] for row in rows] == ["general"] * 13 + ["suggested"] * 8


# ---- pages of rows


def test_many_rows_are_shown_page_by_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = column(client, "/cau-hoi/C4", "task")
    monkeypatch.setattr(cancu.web.answers, "ROWS_A_PAGE", 12)
    text = client.get("/cau-hoi/C4").text
    assert "Dòng 1–12 trên 30" in plain(text)
    assert links(text, "Trang trước") == []
    parts, address = [], "/cau-hoi/C4"
    while address:
        parts += column(client, address, "task")
        address = (links(client.get(address).text, "Trang sau") or [""])[0]
    assert parts == whole
    assert "Dòng 25–30 trên 30" in plain(client.get("/cau-hoi/C4?trang=3").text)
    for odd in ("99", "abc", "-1", "0", "²"):
        assert client.get(f"/cau-hoi/C4?trang={odd}").status_code == 200
    # files have all
    assert len(client.get("/api/cau-hoi/C4?trang=2").json()["rows"]) == 30


def test_rows_that_are_cut_off_are_said_to_be(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cancu.web.reading.ask", partial(ask, max_rows=7))
    assert "trích 7 trên 30" in plain(client.get("/cau-hoi/C4").text)
    assert "an extract: 7 of 30" in plain(client.get("/cau-hoi/C4?lang=en").text)


# ---- the words behind a row


@pytest.mark.parametrize("code", list(questions()))
def test_every_row_leads_to_its_words(code: str, client: TestClient, dataset: Embedded) -> None:
    """A row about a task, or with a claim or words of its own, leads to where they stand."""
    answer = ask(code, {}, dataset)
    text = client.get(f"/cau-hoi/{code}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    for row, shown in zip(answer.rows, text.split("</tr>"), strict=False):
        if row.get("task_iri") or row.get("claim_iri") or row.get("span_iri"):
            assert re.search(r'href="/tai-lieu/[0-9a-f]{8}#c\d+-\d+"', shown), (code, row)


def test_the_words_behind_a_row_are_of_its_own_tier(client: TestClient) -> None:
    """III.6 cites 01/NQ-CP in its footnote; what merely matches is not shown as a citation."""
    text = client.get("/cau-hoi/A14").text
    (row,) = [r for r in text.split("<tr>") if "01/NQ-CP" in r and "III.6" in r]
    assert 'href="/tai-lieu/2b5fa963#c12663-12685"' in row
    assert "11d7039f" not in row


# ---- no rows


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        ("C1", {"quarter": "III/2023"}, {"quarter": ["2023-Q4", "2023-Q2"]}),
        ("C2", {"date": "2023-05-01"}, {"date": ["2023-05-31"]}),
        ("A3", {"document": "45/2020/NĐ-CP"}, {"document": 3}),
        ("A9", {"task": "II.5", "document": "48/2013/NĐ-CP"}, {"document": 3}),
    ],
)
def test_what_comes_nearest_has_rows(
    code: str,
    values: dict[str, str],
    expected: dict[str, list[str] | int],
    client: TestClient,
    dataset: Embedded,
) -> None:
    answer = ask(code, values, dataset)
    assert answer.rows == ()
    near = nearest(answer, values, dataset)
    assert {change.parameter.name for change in near} == set(expected)
    for name, those in expected.items():
        found = [change.value for change in near if change.parameter.name == name]
        assert found == those or len(found) == those
    text = client.get(f"/cau-hoi/{code}", params=values).text
    offered = re.findall(r'<a href="([^"]+)"', text.partition('class="near"')[2].partition("</div>")[0])  # fmt: skip
    assert len(offered) == len(near)
    for address in map(html.unescape, offered):
        assert on_the_page(client.get(address).text)


def test_an_answer_with_rows_needs_nothing_near(dataset: Embedded) -> None:
    assert nearest(ask("A5", {}, dataset), {}, dataset) == ()


def test_no_rows_say_what_was_looked_for(client: TestClient) -> None:
    text = plain(client.get("/cau-hoi/A5?document=65/2025/QH15").text)
    assert "Không nhiệm vụ nào có 65/2025/QH15 làm căn cứ" in text


# ---- forms of answers


@pytest.mark.parametrize(
    ("address", "accept", "media_type"),
    [
        ("/cau-hoi/A5", "text/html,*/*;q=0.8", "text/html"),
        ("/cau-hoi/A5", "*/*", "text/html"),
        ("/cau-hoi/A5", "text/csv", "text/csv"),
        ("/cau-hoi/A5", "application/json;q=0.4, text/tab-separated-values", "text/tab-separated-values"),
        ("/cau-hoi/C1", "text/calendar", "text/calendar"),
        ("/cau-hoi/A19", "text/turtle, text/html;q=0.5", "text/turtle"),
        ("/cau-hoi/A5?format=xlsx", "text/html", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/api/cau-hoi/A5", "*/*", "application/json"),
        ("/api/cau-hoi/A5", "text/html,*/*;q=0.8", "application/json"),
        ("/api/cau-hoi/A5", "text/csv", "text/csv"),
        ("/api/cau-hoi/A19", "application/ld+json", "application/ld+json"),
        ("/api/cau-hoi/A5?format=json", "text/csv", "application/json"),
    ],
)  # fmt: skip
def test_the_form_is_chosen_by_name_or_accept(
    address: str, accept: str, media_type: str, client: TestClient
) -> None:
    found = client.get(address, headers={"accept": accept})
    assert found.status_code == 200
    assert found.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in found.headers["vary"]


def test_a_form_that_there_is_not(client: TestClient) -> None:
    assert client.get("/cau-hoi/A5", headers={"accept": "image/png"}).status_code == 406
    assert client.get("/cau-hoi/A5?format=turtle").status_code == 400
    assert "json, csv" in client.get("/cau-hoi/A5?format=turtle").text


def test_a_file_is_saved_under_its_name(client: TestClient) -> None:
    found = client.get("/cau-hoi/C1?format=ics").headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="C1-[0-9a-f]{12}\.ics"', found)
    assert client.get("/cau-hoi/C1?format=json").headers["content-disposition"].startswith("inline")


# ---- the list


def test_the_list_is_by_letter_and_can_be_filtered(client: TestClient) -> None:
    text = client.get("/cau-hoi").text
    letters = re.findall(r'<h2 id="nhom-(\w)">', text)
    assert letters == sorted({code[0] for code in questions()})
    for letter in letters:
        own = [code for code in questions() if code[0] == letter]
        part = text.partition(f'<h2 id="nhom-{letter}">')[2].partition("</section>")[0]
        assert re.findall(r'<b class="code">(\w+)</b>', part) == own
        assert plain(part.partition("</h2>")[0]).endswith(f" {len(own)}")
    assert f"{len(questions())} câu hỏi" in plain(text)
    for words in ("hieu luc", "hiệu lực", "Hiệu  Lực"):
        some = client.get("/cau-hoi", params={"loc": words}).text
        found = re.findall(r'<b class="code">(\w+)</b>', some)
        assert "A11" in found and "B1" not in found
    none = client.get("/cau-hoi", params={"loc": "xyzzy"})
    assert (none.status_code, "Không có câu hỏi nào" in none.text) == (200, True)
