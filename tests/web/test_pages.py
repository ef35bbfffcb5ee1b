"""Every page: it is there, its links lead somewhere, it says what the graph says, and it harms nobody."""

import html
import json
import re
import shutil
from collections import deque
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from fastapi.testclient import TestClient

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask
from cancu.queries.catalogue import questions
from cancu.queries.formats.record import as_record
from cancu.web.answers import ROWS_A_PAGE
from cancu.web.headers import SECURITY
from tests.web.conftest import DECISION, PLAN, browser

PAGES = [
    "/",
    "/?kind=review",
    "/?kind=target",
    "/?kind=article",
    PLAN,
    f"{PLAN}/ii-5",
    f"{PLAN}/iii-6",
    f"{PLAN}/ii-5/can-cu",
    f"{PLAN}/ii-1/can-cu?ngay=2026-11-22",
    "/van-ban/chinh-phu/nghi-dinh/2010/63-2010-nd-cp/neu-het-hieu-luc",
    "/hieu-luc",
    "/hieu-luc?ngay=2023-02-15",
    "/cho-trong",
    f"{PLAN}/phu-luc-1/muc-2",
    f"{PLAN}/phu-luc-2/ii-16",
    f"{DECISION}/dieu-2/khoan-4",
    DECISION,
    "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp",
    "/co-quan/chi-linh/phong-noi-vu",
    "/nhom/chi-linh/ubnd-cac-xa-phuong",
    "/tai-lieu",
    "/tai-lieu/2b5fa963",
    "/cau-hoi",
    *(f"/cau-hoi/{code}" for code in questions()),
    "/sparql",
    "/gioi-thieu",
    "/tro-giup",
    "/kieu",
    "/co-quan?q=noi vu&sap-xep=-coordinate-named",
    "/co-quan?loai=nhom",
    "/kiem-tra",
    "/kiem-tra?dien=sample",
    "/lich",
    "/lich?ky=thang&nam=2022",
    "/chi-tiet/dm/vai-tro/chu-tri",
    "/mang-luoi/phep-do",
    "/mang-luoi/phep-do/tai-viec?quy=II/2023",
    "/mang-luoi/phep-do/duong-noi?tu=phong+noi+vu&den=dai+phat+thanh",
]
HOSTILE = "\"><script>alert(1)</script><b a='"


def plain(text: str) -> str:
    """HTML without tags, blanks squeezed."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def codes(text: str) -> list[str]:
    """The numbers of the tasks that a list shows."""
    return re.findall(r'<a class="code" href="[^"]+">([^<]+)</a>', text)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_there_in_both_languages(
    client: TestClient, page: str, language: str
) -> None:
    """A page says its language, has one heading, its ETag, and the headers that keep others out."""
    client.cookies.set("lang", language)
    found = client.get(page)
    assert found.status_code == 200
    assert f'<html lang="{language}"' in found.text
    assert found.headers["content-language"] == language
    assert len(re.findall(r"<h1[ >]", found.text)) == 1
    assert found.headers["etag"]
    assert {name: found.headers[name] for name in SECURITY} == SECURITY
    assert " style=" not in found.text.replace(html.escape(" style="), "")


def test_every_link_leads_somewhere_inside(client: TestClient) -> None:
    """The whole site is walked from its first page: no link is broken, none leads out, every #place exists; a form may
    ask for what it cannot do without.
    """
    waiting, seen = deque(["/"]), {"/"}
    asking: set[str] = set()
    linked: set[str] = set()
    explained: set[str] = set()
    ids: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    while waiting:
        page = waiting.popleft()
        found = client.get(page)
        if found.status_code == 400:
            asking.add(page)
            continue
        assert found.status_code in (200, 303), page
        if found.status_code == 303:
            links = [("href", found.headers["location"])]
        elif found.headers["content-type"].startswith("text/html"):
            ids[page] = set(re.findall(r'\bid="([^"]+)"', found.text))
            links = re.findall(r'\b(href|src|action)="([^"]+)"', found.text)
        else:
            continue
        for kind, link in ((kind, html.unescape(link)) for kind, link in links):
            assert not re.match(r"[a-z]+:|//", link), (page, link)
            target, place = urldefrag(urljoin(page, link))
            # each page again, in other words, in another order or as a file
            if re.search(r"[?&](lang|theme|sap-xep|format)=", target):
                continue
            # a picture has thousands of states: one way into each, by what it is asked for
            if target.startswith("/mang-luoi") and target not in seen:
                state = re.sub(r"=[^&]*", "", target)
                if state in explained:
                    continue
                explained.add(state)
            # thousands of rows are explained alike: one of each question
            if "dong=" in target and target not in seen:
                if target.partition("?")[0] in explained:
                    continue
                explained.add(target.partition("?")[0])
            if place and not target.startswith("/ns"):
                wanted.add((target, place))
            if kind != "action":
                linked.add(target)
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    assert asking & linked == set()
    missing = {(page, place) for page, place in wanted if place not in ids.get(page, set())}
    assert missing == set()
    assert len(ids) > 150


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("agency=Phòng Nội vụ&role=coordinate", ["I.2", "I.4", "II.5", "II.6"]),
        ("agency=phong noi vu&role=coordinate", ["I.2", "I.4", "II.5", "II.6"]),
        ("agency=Phòng Nội vụ&role=lead", []),
        ("section=I", ["I.1", "I.2", "I.3", "I.4"]),
        ("section=ii&quarter=2023-Q4", ["II.5"]),
        ("quarter=II/2023", ["I.2", "I.3", "I.4"]),
        ("q=thanh toan truc tuyen", ["III.6"]),
        ("agency=UBND phường Cộng Hòa&via=possible", ["I.1"]),
        ("kind=target&agency=UBND phường Cộng Hòa", ["PL2.II.16"]),
        ("kind=review&agency=Phòng Tư pháp", ["PL1.2"]),
    ],
)
def test_filters(client: TestClient, query: str, expected: list[str]) -> None:
    found = client.get(f"/?{query}")
    assert found.status_code == 200
    table = found.text.partition("<tbody>")[2].partition("</table>")[0]
    assert codes(table) == expected


def test_a_filter_that_names_nothing_says_so(client: TestClient) -> None:
    found = client.get("/?agency=Phòng Không Có")
    assert found.status_code == 400
    assert 'role="alert"' in found.text


@pytest.mark.parametrize(
    "page",
    [
        "/?q={}",
        "/?agency={}",
        "/?section={}",
        "/?kind={}",
        "/?quarter={}",
        "/?role={}",
        "/?via={}",
        "/co-quan?q={}",
        "/co-quan?sap-xep={}",
        "/co-quan?loai={}",
        "/kiem-tra?dien={}",
        "/lich?ky={}",
        "/cau-hoi/A5?document={}",
        "/cau-hoi/A5?{}=1",
        "/cau-hoi/{}",
        "/sparql?query={}",
        "/nhiem-vu/{}",
        "/co-quan/x/{}",
        "/tai-lieu/{}",
        "/?lang={}",
        "/chi-tiet/{}",
        "/hieu-luc?ngay={}",
        "/cho-trong?ngay={}",
        f"{PLAN}/ii-5/can-cu?ngay={{}}",
    ],
)
def test_hostile_words_stay_words(client: TestClient, page: str) -> None:
    found = client.get(page.format(HOSTILE.replace("<", "%3C").replace("&", "%26")))
    assert found.status_code in (200, 400, 404)
    assert "<script>alert" not in found.text
    assert "<b a=" not in found.text


@pytest.mark.parametrize(
    "page",
    ["/khong-co", f"{PLAN}/ix-9", f"{PLAN}/ix-9/can-cu", "/van-ban/a/b/neu-het-hieu-luc", f"{PLAN}/phu-luc-9/muc-1", "/nhiem-vu/a/2023/b", "/tai-lieu/00000000", "/tai-lieu/zzz", "/co-quan/chi-linh/khong-co", "/cau-hoi/Z9", "/van-ban/a/b", "/id/x", "/nhom/a"],
)  # fmt: skip
def test_unknown_addresses_are_friendly_pages(client: TestClient, page: str) -> None:
    found = client.get(page)
    assert found.status_code == 404
    assert "Không tìm thấy" in found.text
    assert "Traceback" not in found.text
    assert "Not found" in client.get(f"{page}?lang=en").text


def test_a_fault_of_ours_is_said_without_a_traceback(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    client = browser(home)
    monkeypatch.setattr("cancu.web.pages.about.render", lambda *_, **__: 1 / 0)
    found = client.get("/gioi-thieu")
    assert found.status_code == 500
    assert "ZeroDivisionError" not in found.text
    assert "máy chủ" in found.text
    assert found.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]


def test_the_language_stays_once_chosen(client: TestClient) -> None:
    assert "Mỗi nhiệm vụ" in client.get("/").text
    assert "On what law" in client.get("/?lang=en").text
    assert "On what law" in client.get("/").text
    assert "Mỗi nhiệm vụ" in client.get("/?lang=vi").text
    assert "Mỗi nhiệm vụ" in client.get("/").text


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    again = client.get("/", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    client.cookies.set("lang", "en")
    assert client.get("/", headers={"if-none-match": tag}).status_code == 200


def test_a_new_snapshot_is_noticed(home: Path, tmp_path: Path) -> None:
    """The pointer is all that changes while the application runs."""
    empty = browser(tmp_path)
    assert empty.get("/healthz").status_code == 503
    assert empty.get("/").status_code == 503
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    first = empty.get("/healthz").json()
    assert first["status"] == "ok"
    old = tmp_path / "snapshots" / first["snapshot"]
    new = tmp_path / "snapshots" / "0123456789ab"
    shutil.copytree(old, new)
    manifest = json.loads((new / "manifest.json").read_text("utf-8"))
    (new / "manifest.json").write_text(json.dumps(manifest | {"version": new.name}), "utf-8")
    tag = empty.get("/").headers["etag"]
    (tmp_path / "current").write_text(new.name, "utf-8")
    assert empty.get("/healthz").json()["snapshot"] == new.name
    assert empty.get("/", headers={"if-none-match": tag}).status_code == 200


def test_addresses_of_things_lead_to_their_pages(client: TestClient) -> None:
    for thing, page in [
        ("/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5", f"{PLAN}/ii-5"),
        ("/id/to-chuc/chi-linh/phong-noi-vu", "/co-quan/chi-linh/phong-noi-vu"),
        ("/id/chung-cu/2b5fa963/c9844-9856", "/tai-lieu/2b5fa963#c9844-9856"),
        ("/dm/vai-tro/chu-tri", "/chi-tiet/dm/vai-tro/chu-tri"),
    ]:
        found = client.get(thing)
        assert (found.status_code, found.headers["location"]) == (303, page)


def test_head_is_answered(client: TestClient) -> None:
    assert client.head("/").status_code == 200


def test_the_task_page_keeps_the_tiers_apart(client: TestClient) -> None:
    """III.6 has the one cited basis of the plan; each tier has a box and a count of its own."""
    found = client.get(f"{PLAN}/iii-6").text
    boxes = re.findall(r'<section class="tier-box (\w+)">(.*?)</section>', found, re.DOTALL)
    by_tier = {tier: plain(box) for tier, box in boxes}
    assert by_tier["cited"].startswith("viện dẫn 1 viện dẫn 01/NQ-CP")
    assert by_tier["confirmed"].startswith("đã xác nhận 0")
    assert "01/NQ-CP" not in by_tier["general"]
    assert "căn cứ chung" in by_tier["general"]


def test_the_task_page_shows_every_field_with_its_words(client: TestClient) -> None:
    found = client.get(f"{PLAN}/ii-5").text
    for words in (
        "“Văn phòng HĐND và UBND thành phố”",
        "Phòng Nội vụ",
        "Từ tháng 4 đến tháng 12/2023.",
        "31/12/2023",
        "Quyết định thành lập đoàn kiểm tra",
        "PL2.II.16",
    ):
        assert words.strip("“”") in plain(found)
    assert 'href="/tai-lieu/2b5fa963#c9844-9856"' in found


def test_the_agency_page_says_what_question_b3_says(client: TestClient, dataset: Embedded) -> None:
    answer = ask("B3", {"agency": "UBND phường Cộng Hòa"}, dataset)
    found = client.get("/co-quan/chi-linh/ubnd-phuong-cong-hoa").text
    for via in ("named", "group", "possible"):
        box = found.partition(f'id="{via}"')[2].partition("</section>")[0]
        expected = [row["task"] for row in answer.rows if row["via"] == via]
        assert [c for c in codes_of_rows(box) if not c.startswith("Điều")] == expected


def codes_of_rows(text: str) -> list[str]:
    """The tasks that head the rows of a table."""
    return re.findall(r'<th scope="row"><a class="code" href="[^"]+">([^<]+)</a>', text)


@pytest.mark.parametrize("code", list(questions()))
def test_an_answer_page_shows_the_rows_of_the_answer(
    client: TestClient, dataset: Embedded, code: str
) -> None:
    """The rows of the answer (the first of a long one), in its order; every task, document and body leads to its page."""
    answer = ask(code, {}, dataset)
    found = client.get(f"/cau-hoi/{code}").text
    table = found.partition('<table class="list stack answer">')[2].partition("</table>")[0]
    rows = table.partition("<tbody>")[2].split("</tr>")[:-1]
    assert len(rows) == min(len(answer.rows), ROWS_A_PAGE)
    for row, shown in zip(answer.rows, rows, strict=False):
        cells = re.findall(r'<td class="t-(?!why)(\w+)"[^>]*>(.*?)</td>', shown, re.DOTALL)
        for column, (kind, cell) in zip(answer.question.columns, cells, strict=True):
            value = row[column.name]
            if kind in ("task", "document", "agency", "group", "plan") and value:
                assert f">{html.escape(str(value), quote=False)}</a>" in html.unescape(cell) or "href" in cell  # fmt: skip
            if kind == "quote" and value and row.get("task_iri"):
                assert "/tai-lieu/" in cell, (code, value)


def test_tiers_and_ways_are_never_added_up(client: TestClient) -> None:
    """Answers with tiers or ways are counted by each of them, not as a whole."""
    for code, number in (("A5", 4), ("B3", 2)):
        text = client.get(f"/cau-hoi/{code}").text
        status = plain(re.split(r'<div role="status"[^>]*>|<p class="actions">', text)[1])
        assert "dòng" not in status
        assert len(re.findall(r"\d+ (?:viện dẫn|đã xác nhận|gợi ý|căn cứ chung|qua nhóm|có thể)", status)) >= number  # fmt: skip


def test_the_api_gives_what_ask_gives(client: TestClient, dataset: Embedded) -> None:
    assert client.get("/api/cau-hoi/A5?document=01/NQ-CP").json() == json.loads(
        json.dumps(as_record(ask("A5", {"document": "01/NQ-CP"}, dataset)))
    )
    assert [q["code"] for q in client.get("/api/cau-hoi").json()] == list(questions())
    missing = client.get("/api/cau-hoi/A5?document=999/2099")
    assert (missing.status_code, missing.json()["status"]) == (400, 400)
    assert client.get("/api/cau-hoi/Z9").status_code == 404


def test_a_wrong_value_keeps_the_form_and_offers_the_nearest(client: TestClient) -> None:
    found = client.get("/cau-hoi/A5?document=61/2018/ND-C")
    assert found.status_code == 400
    assert 'value="61/2018/ND-C"' in found.text
    assert "/cau-hoi/A5?document=61/2018/N%C4%90-CP" in found.text
