"""Pages over several plans: one is chosen without JavaScript, the choice is kept, and nothing is mixed in silence."""

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.graph.publish import publish
from cancu.graph.snapshot import current
from cancu.queries.catalogue import questions
from tests.many import CITY, CITY_AGAIN, DONG_NGAC, HOA_LU, PLANS, SAM_SON
from tests.queries.test_many import ASKED
from tests.web.conftest import browser

NARROWED = [
    "/",
    "/hieu-luc",
    "/cho-trong",
    "/co-quan",
    "/co-quan?loai=nhom",
    "/kiem-tra",
    "/lich",
    "/cau-hoi",
    "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp",
    "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp/neu-het-hieu-luc",
    "/co-quan/sam-son/phong-noi-vu",
    *(f"/cau-hoi/{code}" for code in questions()),
]


@pytest.fixture(scope="module")
def shared(many_home: Path) -> TestClient:
    """A browser before four plans."""
    return browser(many_home)


@pytest.fixture
def visitor(shared: TestClient) -> TestClient:
    """The same, having been nowhere."""
    shared.cookies.clear()
    return shared


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def plans_in(text: str) -> set[str]:
    """The plans whose tasks a page links to."""
    return set(re.findall(r'href="/nhiem-vu/([a-z-]+/\d{4}/[a-z0-9-]+)/', text))


@pytest.mark.parametrize("page", NARROWED)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_speaks_of_one_plan_or_of_all(visitor: TestClient, page: str, language: str) -> None:
    asked = {"lang": language, **ASKED.get(page.rsplit("/", 1)[-1], {})}
    every = visitor.get(page, params=asked)
    one = visitor.get(page, params={**asked, "ke-hoach": SAM_SON})
    assert (every.status_code, one.status_code) == (200, 200)
    for found in (every, one):
        assert len(re.findall(r"<h1[ >]", found.text)) == 1
        assert '<select id="ke-hoach"' in found.text
        assert (
            len(
                re.findall(
                    r"<option[^>]*>",
                    found.text.partition('<select id="ke-hoach"')[2].partition("</select>")[0],
                )
            )
            == 5
        )
    assert plans_in(one.text) <= {SAM_SON}
    assert f'value="{SAM_SON}" lang="vi" selected' in one.text


def test_the_choice_is_kept_in_the_links(visitor: TestClient) -> None:
    text = visitor.get("/", params={"ke-hoach": HOA_LU}).text
    links = {html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', text)}
    for page in ("/", "/hieu-luc", "/cho-trong", "/cau-hoi", "/co-quan", "/kiem-tra", "/lich"):
        assert f"{page}?ke-hoach={HOA_LU}" in links, page
        assert page not in links, page
    assert {"/tai-lieu", "/sparql", "/gioi-thieu"} <= links
    day = visitor.get("/hieu-luc", params={"ke-hoach": HOA_LU, "ngay": "2024-05-01"}).text
    chooser, _, of_day = day.partition('class="as-of"')
    assert f'<input type="hidden" name="ke-hoach" value="{HOA_LU}">' in of_day
    assert '<input type="hidden" name="ngay" value="2024-05-01">' in chooser


def test_all_plans_are_shown_apart(visitor: TestClient) -> None:
    text = visitor.get("/").text
    assert plans_in(text) == set(PLANS)
    shown = plain(text)
    assert "4 kế hoạch" in shown
    assert "32 việc trong 4 kế hoạch" in shown
    assert "118/KH-UBND · Hoa Lư 2024" in shown
    answer = plain(visitor.get("/cau-hoi/A5").text)
    assert (
        "118/KH-UBND · Hoa Lư 2024 : Nhiệm vụ dựa trên 61/2018/NĐ-CP: "
        "0 viện dẫn, 0 đã xác nhận, 1 gợi ý, 3 căn cứ chung." in answer
    )


def test_tasks_of_one_number_say_whose_they_are(visitor: TestClient) -> None:
    text = plain(visitor.get("/cho-trong").text)
    assert "II.3 (118/KH-UBND · Hoa Lư 2024)" in text
    assert "II.3 (118" not in plain(visitor.get("/cho-trong", params={"ke-hoach": HOA_LU}).text)


def test_words_lead_to_the_plan_they_are_from(visitor: TestClient, many_home: Path) -> None:
    """Four plans cite Decree 61 with the same words; each row leads to its own text."""
    keys = {entry.plan: entry.key for entry in current(many_home).manifest.current_plans}
    rows = visitor.get("/api/cau-hoi/A1").json()["rows"]
    text = visitor.get("/cau-hoi/A1").text.partition("<tbody>")[2]
    for row, shown in zip(rows, re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL), strict=True):
        assert set(re.findall(r'href="/tai-lieu/([0-9a-f]{8})#', shown)) == {keys[row["plan_iri"]]}


@pytest.mark.parametrize("asked", ["khong/2024/co", "<script>alert(1)</script>", "1"])
def test_a_plan_that_is_none(visitor: TestClient, asked: str) -> None:
    found = visitor.get("/", params={"ke-hoach": asked})
    assert found.status_code == 400
    assert "<script>alert" not in found.text
    assert visitor.get("/api/cau-hoi/A4", params={"ke-hoach": asked}).status_code == 400


@pytest.mark.parametrize("name", ["ke-hoach", "plan"])
def test_programs_choose_too(visitor: TestClient, name: str) -> None:
    rows = visitor.get("/api/cau-hoi/C4", params={name: DONG_NGAC}).json()["rows"]
    assert len(rows) == 3
    found = visitor.get("/cau-hoi/C4", params={name: DONG_NGAC, "format": "csv"})
    assert found.text.count("\r\n") == 4


def test_one_plan_has_nothing_to_choose(client: TestClient) -> None:
    for page in ("/", "/hieu-luc", "/cau-hoi/A5"):
        assert "ke-hoach" not in re.sub(
            r"/ke-hoach-|id=\"ke-hoach-\d|by=\"ke-hoach-\d", "", client.get(page).text
        )


# ---- the documents


def test_the_documents_with_their_versions(visitor: TestClient, many_home: Path) -> None:
    text = visitor.get("/tai-lieu").text
    entries = {entry.source: entry for entry in current(many_home).manifest.plans}
    old, new = entries[CITY.name], entries[CITY_AGAIN.name]
    shown = plain(text)
    assert "4 văn bản hiện hành · 32 nhiệm vụ · 1 bản cũ, không tính" in shown
    for entry in entries.values():
        assert f'href="/tai-lieu/{entry.key}"' in text
        assert f'<code title="{entry.sha256}">{entry.key}</code>' in text
    assert (
        shown.index(new.source)
        < shown.index("bản cũ", shown.index(new.source))
        < shown.index(old.source)
    )
    assert "15/01/2024" in shown
    assert "chưa có số" in shown
    english = plain(visitor.get("/tai-lieu", params={"lang": "en"}).text)
    assert "1 older version, not counted" in english


def test_an_old_version_can_be_read(visitor: TestClient, many_home: Path) -> None:
    entries = {entry.source: entry for entry in current(many_home).manifest.plans}
    old, new = entries[CITY.name], entries[CITY_AGAIN.name]
    text = visitor.get(f"/tai-lieu/{old.key}").text
    assert "Trước ngày 30/6/2024" in plain(text)
    assert f'href="/tai-lieu/{new.key}"' in text
    assert '<mark class="time"' in text or 'class="time' in text
    # what it proves is said, and leads to no page: the pages show what counts
    assert (
        "/nhiem-vu/" not in text.partition('<article class="sheet"')[2].partition("</article>")[0]
    )
    now = visitor.get(f"/tai-lieu/{new.key}").text
    assert f'href="/tai-lieu/{old.key}"' in now
    assert "/nhiem-vu/sam-son/2024/27-qd-ubnd/i-2" in now
    assert "31/8/2024" in plain(visitor.get("/nhiem-vu/sam-son/2024/27-qd-ubnd/i-2").text)


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    bad = tmp_path / "van-ban"
    bad.mkdir()
    (bad / "thu.txt").write_text("Kính gửi ông An", "utf-8")
    (bad / "bang.xlsx").write_bytes(b"PK")
    publish(tmp_path / "home", [CITY, bad])
    text = plain(browser(tmp_path / "home").get("/tai-lieu").text)
    assert "thu.txt Không thấy tên loại văn bản" in text
    assert "bang.xlsx: đuôi tệp “.xlsx” không phải của văn bản" in text
