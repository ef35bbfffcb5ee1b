"""What legal staff do in the morning, from the first page on, wide and on a phone; nobody but our server is asked."""

from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(params=[1366, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The first page; a request to another host or a complaint of the browser fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 768})
    found = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    found.on("request", lambda request: asked.append(request.url))
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.goto(address)
    yield found
    context.close()
    assert [url for url in asked if not url.startswith(address)] == []
    assert complaints == []


def test_the_basis_of_a_task_is_found_and_printed(page: Page, tmp_path: Path) -> None:
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("II.5")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="II.5").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Phiếu căn cứ").first.click()
    assert page.url.endswith("/ii-5/can-cu")
    page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
    with pdfplumber.open(tmp_path / "card.pdf") as paper:
        assert len(paper.pages) == 1
        words = paper.pages[0].extract_text()
    for said in ("61/2018/NĐ-CP", "gợi ý", "nhiệm vụ", "Không có giá trị pháp lý"):
        assert said in words


def test_a_sentence_without_marks_is_answered_with_its_words(page: Page) -> None:
    page.locator("#cau").fill("co quan nao phoi hop voi phong noi vu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cau-hoi/B2?*")
    expect(page.get_by_role("main")).to_contain_text("Phòng Nội vụ")
    rows = page.locator("table.answer tbody tr")
    assert rows.count() > 3
    page.locator("table.answer a.to-words").first.click()
    assert "/tai-lieu/" in page.url
    expect(page.locator("mark:target, mark.lit").first).to_be_visible()


def test_the_language_is_switched_and_kept(page: Page) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("link", name="Agencies")).to_be_visible()
    page.get_by_role("link", name="Agencies").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.url.partition("?")[0].endswith("/co-quan")
