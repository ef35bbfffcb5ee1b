"""Below a path of a larger site, in a real Chromium: scripts, fonts and the editor find what they need there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import served

pytestmark = pytest.mark.browser

PREFIX = "/can-cu/thu"


@pytest.fixture
def page(home: Path, browser: Browser) -> Iterator[Page]:
    """A page of the site; no request leaves the prefix, and the browser complains about nothing."""
    with served(home, PREFIX) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        found = context.new_page()
        complaints: list[str] = []
        asked: list[str] = []
        found.on("console", lambda message: complaints.append(message.text))
        found.on("pageerror", lambda error: complaints.append(str(error)))
        found.on("request", lambda request: asked.append(request.url))
        found.on("requestfailed", lambda request: complaints.append(request.url))
        found.goto(f"{address}/")
        yield found
        context.close()
        assert complaints == []
        assert [url for url in asked if not url.startswith((f"{address}/", "data:"))] == []


def test_a_suggestion_leads_to_its_page(page: Page) -> None:
    page.locator("#tim").press_sequentially("phong noi vu", delay=20)
    expect(page.locator("#goi-y li").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PREFIX}/co-quan/chi-linh/phong-noi-vu")
    expect(page.locator("h1")).to_contain_text("Phòng Nội vụ")
    page.locator("a.switch").click()
    page.wait_for_url("**lang=en")
    page.locator("a.brand").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_editor_runs_a_query_and_checks_it(page: Page) -> None:
    page.locator("nav a", has_text="SPARQL").click()
    with page.expect_response("**/sparql?*") as answered:
        page.locator("form[data-editor] button").first.click()
    assert answered.value.status == 200
    expect(page.locator("table").first).to_be_visible()
    assert f"{PREFIX}/sparql?" in page.url
