"""Law on a day: pages and questions say the same, reviews show, nothing recalled is said to be established."""

import gzip
import html
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode

from cancu.graph.dataset import Embedded, Table
from cancu.graph.publish import republish
from cancu.graph.reviews import Review, add_review
from cancu.ontology.iri import BASE
from cancu.ontology.terms import CANCU, HOW
from cancu.queries.answer import ask
from cancu.web.law import wording
from cancu.web.reading import Reading
from tests.web.conftest import PLAN, browser
from tests.web.test_pages import plain

DAYS = ["2009-01-01", "2023-02-15", "2025-06-30", "2025-07-01", "2026-11-22"]
D61 = "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"
D63 = "/van-ban/chinh-phu/nghi-dinh/2010/63-2010-nd-cp"
NEW_PAGES = [
    f"{PLAN}/ii-5",
    f"{PLAN}/ii-5/can-cu",
    f"{PLAN}/ii-1/can-cu",
    D61,
    D63,
    f"{D63}/neu-het-hieu-luc",
    "/hieu-luc",
    "/cho-trong",
]


@pytest.fixture(scope="module")
def reading(home: Path) -> Reading:
    """The published plan as pages read it."""
    return Reading(Embedded.at(home))


def main_text(client: TestClient, page: str) -> str:
    """What stands on a page between its head and foot."""
    found = client.get(page)
    assert found.status_code == 200
    return plain(found.text.partition("<main")[2].partition("</main>")[0])


def box(client: TestClient, page: str, heading: str) -> str:
    """The section whose heading begins so."""
    sections = re.findall(r"<section[^>]*>(.*?)</section>", client.get(page).text, re.DOTALL)
    return next(text for text in map(plain, sections) if text.startswith(heading))


@pytest.mark.parametrize("day", DAYS)
def test_pages_and_questions_know_the_same_force(
    reading: Reading, dataset: Embedded, day: str
) -> None:
    force = reading.force(day)
    rows = [*ask("A15", {"date": day}, dataset).rows, *ask("A11", {"date": day}, dataset).rows]
    assert rows
    for row in rows:
        found = force[str(row["document_iri"])]
        assert (found.status, found.since, found.ended, found.seen) == (
            row["status"],
            row["since"],
            row["ended"],
            row["seen"],
        )


@pytest.mark.parametrize("day", DAYS)
def test_the_wording_on_a_day_is_that_of_question_a16(
    reading: Reading, dataset: Embedded, day: str
) -> None:
    rows = ask("A16", {"document": "63/2010/NĐ-CP", "date": day}, dataset).rows
    steps = wording(reading.steps, f"{BASE}id/vb{D63.removeprefix('/van-ban')}", reading.force(day))
    assert [step.subject.label for step in steps] == list(dict.fromkeys(r["amender"] for r in rows))


def test_the_wording_of_63_in_the_plans_month(client: TestClient) -> None:
    text = box(client, f"{D63}?ngay=2023-02-15", "Hiệu lực vào ngày 15/02/2023")
    amenders = re.findall(r"\d+/\d{4}/NĐ-CP", text.partition("được sửa đổi bởi")[2])
    assert amenders == ["48/2013/NĐ-CP", "150/2016/NĐ-CP", "92/2017/NĐ-CP"]


def test_force_is_said_as_known(client: TestClient) -> None:
    page = main_text(client, "/hieu-luc?ngay=2026-11-22")
    assert "61/2018/NĐ-CP hết hiệu lực từ 01/07/2025, thay bằng 118/2025/NĐ-CP" in page
    assert "63/2010/NĐ-CP không rõ, lần cuối thấy còn hiệu lực 01/11/2025" in page
    assert "có thể là 1085/QĐ-TTg" in page
    named = {str(row["document"]) for row in ask("A15", {}, Embedded.at(_home(client))).rows}
    assert all(document in page for document in named)
    assert "1085/QĐ-TTg" not in named


def _home(client: TestClient) -> Path:
    folder: Path = client.app.state.site.home.folder  # type: ignore[attr-defined]
    return folder


def test_the_day_of_a_plan_is_the_end_of_its_month(client: TestClient) -> None:
    assert 'value="2023-02-28"' in client.get(f"{PLAN}/ii-5/can-cu").text
    assert 'value="2023-02-15"' in client.get(f"{PLAN}/ii-5/can-cu?ngay=15/02/2023").text
    assert client.get(f"{PLAN}/ii-5/can-cu?ngay=2023-02-30").status_code == 400


def test_what_the_plan_does_not_name_stands_apart(client: TestClient) -> None:
    page = f"{PLAN}/ii-1/can-cu"
    apart = box(client, page, "Văn bản kế hoạch không dẫn")
    assert {"20/2008/NĐ-CP", "42/2022/NĐ-CP"} <= set(re.findall(r"gợi ý (\S+-CP)", apart))
    named = box(client, page, "gợi ý")
    assert "gợi ý 20/2008/NĐ-CP" not in named
    items = box(client, page, "Gợi ý riêng của từng mục")
    assert "mục 1 gợi ý" in items


def test_a_reference_shows_its_candidate_as_one(client: TestClient) -> None:
    text = box(client, f"{PLAN}/ii-4/can-cu", "Viện dẫn chưa rõ văn bản nào")
    assert re.search(r"có thể là 1085/QĐ-TTg chưa xem cancu review confirm [0-9a-f]{12}", text)


def test_a_step_from_memory_is_never_said_to_be_checked(
    client: TestClient, reading: Reading
) -> None:
    recalled = [s for s in reading.steps if {known.mark for known in s.known} == {"recalled"}]
    assert recalled
    page = main_text(client, "/hieu-luc?ngay=2026-11-22")
    assert "có thể đã thay bằng 03/2025/TT-VPCP (sổ bộ, cần kiểm tra)" in page
    for step in recalled:
        assert "cần kiểm tra" in main_text(client, step.subject.page or "")


def test_what_falls_is_what_question_a13_says(client: TestClient, dataset: Embedded) -> None:
    found = client.get(f"{D63}/neu-het-hieu-luc").text
    rows = ask("A13", {"document": "63/2010/NĐ-CP"}, dataset).rows
    for tier in ("cited", "confirmed", "suggested", "general"):
        part = found.partition(f'<section class="tier-box {tier}"')[2].partition("</section>")[0]
        shown = re.findall(r'<th scope="row"><a class="code"[^>]*>([^<]+)</a>', part)
        assert set(shown) == {row["task"] for row in rows if row["tier"] == tier}


def test_gaps_are_those_of_the_questions(client: TestClient, dataset: Embedded) -> None:
    page = html.unescape(client.get("/cho-trong").text)
    baseless = page.partition('id="khong-can-cu"')[2].partition("</section>")[0]
    assert re.findall(r'<a class="code"[^>]*>([^<]+)</a>', baseless) == [
        row["task"] for row in ask("A8", {}, dataset).rows
    ]
    open_ones = page.partition('id="vien-dan"')[2].partition("</section>")[0]
    for row in ask("A7", {}, dataset).rows:
        assert str(row["reference"]) in open_ones


def test_a_confirmed_suggestion_says_who_and_when(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    task = f"{BASE}id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5"
    document = f"{BASE}id/vb{D61.removeprefix('/van-ban')}"
    given = Review(
        task,
        CANCU.legalBasis,
        document,
        HOW.khop_noi_dung,
        verdict="confirm",
        by="Nguyễn Thị An",
        at="2026-11-20T09:30:00+07:00",
        reason="đã đối chiếu",
    )
    add_review(tmp_path, given)
    republish(tmp_path)
    text = box(browser(tmp_path), f"{PLAN}/ii-5/can-cu", "đã xác nhận")
    assert "đã xác nhận 61/2018/NĐ-CP" in text
    assert "xác nhận : Nguyễn Thị An, 09:30 20/11/2026" in text


@pytest.mark.parametrize("page", NEW_PAGES)
def test_a_page_asks_little_and_weighs_little(
    client: TestClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once what is read once a snapshot is read: at most five queries (six on a task page), 100 kB on the wire."""
    client.get(page)
    asked: list[str] = []
    select = Embedded.select

    def counted(
        self: Embedded, query: str, bindings: Mapping[str, NamedNode | Literal] | None = None
    ) -> Table:
        asked.append(query)
        return select(self, query, bindings)

    monkeypatch.setattr(Embedded, "select", counted)
    found = client.get(page)
    own = [query for query in asked if "rdfs:label ?label" not in query]
    assert len(own) <= 6
    assert len(gzip.compress(found.content)) < 100_000
