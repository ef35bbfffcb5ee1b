"""A person's way through the pages in a real Chromium: list, task, words in the document, and back."""

import re

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def in_view(page: Page, selector: str) -> bool:
    """Whether an element stands inside the window."""
    found = page.evaluate(
        "s => { const r = document.querySelector(s).getBoundingClientRect();"
        " return r.width > 0 && r.top >= 0 && r.bottom <= innerHeight; }",
        selector,
    )
    return bool(found)


@pytest.mark.parametrize("width", [1366, 390])
def test_from_the_list_to_the_words_and_back(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768})
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    page.get_by_role("link", name="II.5", exact=True).click()
    assert page.url.endswith("/ii-5")
    page.locator("#tham-gia-phoi-hop-1 a.to-words").click()
    assert page.url.endswith("#c9844-9856")
    mark = "#c9844-9856"
    page.wait_for_function("matchMedia('all').matches && location.hash !== ''")
    assert in_view(page, mark)
    ground = page.locator(mark).evaluate("e => getComputedStyle(e).backgroundColor")
    assert not re.fullmatch(r"rgba\(0, 0, 0, 0\)|transparent", ground)
    card = page.locator(f"{mark} + .facts")
    assert card.is_visible()
    card.get_by_role("link", name="II.5").click()
    assert page.url.endswith("/ii-5#tham-gia-phoi-hop-1")
    assert in_view(page, "#tham-gia-phoi-hop-1")
    assert [url for url in requests if not url.startswith(address)] == []
    assert complaints == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cau-hoi/A5",
        "/co-quan",
        "/co-quan?loai=nhom",
        "/co-quan/chi-linh/phong-noi-vu",
        "/kiem-tra",
        "/lich",
        "/lich?ky=thang",
        "/tro-giup",
        "/kieu",
        "/tai-lieu/2b5fa963",
        "/sparql",
    ],
)
def test_nothing_is_wider_than_the_window(
    browser: Browser, address: str, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 768})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()


def test_without_javascript_the_words_are_lit_all_the_same(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/tai-lieu/2b5fa963#c9844-9856")
    assert page.locator("#c9844-9856 + .facts").is_visible()
    context.close()


def test_words_that_a_page_break_cuts_are_lit_in_all_their_pieces(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/tai-lieu/2b5fa963")
    cut = page.locator("mark[data-of]").first.get_attribute("data-of")
    page.goto(f"{address}/tai-lieu/2b5fa963#{cut}")
    page.wait_for_selector("mark.lit")
    assert page.locator(f'mark.lit[data-of="{cut}"]').count() >= 1
    page.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_navigation_is_one_line(browser: Browser, address: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{address}/?lang={language}")
    links = page.locator("header nav a:not(.switch)")
    assert links.count() == 10
    tops = links.evaluate_all("links => links.map(link => link.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    page.close()


def test_the_year_is_a_table_and_its_bars_lead_to_the_words(browser: Browser, address: str) -> None:
    """Without JavaScript; the bar of II.5 begins in the second quarter and ends with the fourth."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/lich")
    row = page.locator("table.year tr", has=page.get_by_role("link", name="II.5", exact=True))
    bar = row.locator("a.bar").bounding_box()
    heads = [head.bounding_box() for head in page.locator("table.year thead th").all()]
    assert bar
    second, last = heads[2], heads[4]
    assert second
    assert last
    assert second["x"] <= bar["x"] < second["x"] + second["width"] / 4
    assert bar["x"] + bar["width"] > last["x"] + 3 * last["width"] / 4
    row.locator("a.bar").click()
    assert page.url.endswith("/ii-5#thoi-han")
    assert page.locator("#thoi-han").count() == 1
    context.close()
