"""The search box in a real Chromium: suggestions by keyboard and mouse, and the plain form without JavaScript."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

AGENCY = "/co-quan/chi-linh/phong-noi-vu"


@pytest.fixture(params=[1366, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page with the box, wide and narrow; what the browser complains about fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.goto(f"{address}/hieu-luc")
    yield found
    context.close()
    assert complaints == []


def type_into(page: Page, text: str) -> None:
    """Type as somebody does, and wait for the suggestions."""
    page.locator("#tim").press_sequentially(text, delay=20)
    expect(page.locator("#goi-y li").first).to_be_visible()


def chosen(page: Page) -> str:
    """The text of the option that is active, by what assistive technology is told."""
    name = page.locator("#tim").get_attribute("aria-activedescendant")
    return page.locator(f"#{name}").inner_text() if name else ""


def test_by_keyboard(page: Page) -> None:
    box = page.locator("#tim")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    type_into(page, "phong noi")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.find [role=status]")).to_have_text(re.compile(r"^\d+ gợi ý$"))
    assert chosen(page) == ""
    page.keyboard.press("ArrowDown")
    assert "Phòng Nội vụ" in chosen(page)
    assert page.locator("#goi-y [aria-selected=true]").count() == 1
    page.keyboard.press("ArrowDown")
    assert "Phòng Nội vụ\n" not in chosen(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ""
    page.keyboard.press("ArrowUp")
    assert page.locator("#goi-y li").last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{AGENCY}")
    assert page.locator("h1").inner_text() == "Phòng Nội vụ"


def test_escape_closes_and_enter_searches(page: Page) -> None:
    type_into(page, "phong noi vu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#goi-y")).to_be_hidden()
    expect(page.locator("#tim")).to_have_value("phong noi vu")
    expect(page.locator("#tim")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem?q=phong+noi+vu")
    assert page.locator("section.best a").first.inner_text() == "Phòng Nội vụ"
    expect(page.locator("#tim")).to_have_value("phong noi vu")


def test_arrow_down_opens_again(page: Page) -> None:
    type_into(page, "phong noi")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#goi-y")).to_be_visible()


def test_by_mouse(page: Page) -> None:
    type_into(page, "61/2018")
    page.locator("#goi-y li").first.click()
    page.wait_for_url("**/61-2018-nd-cp")


def test_leaving_the_box_closes_it(page: Page) -> None:
    type_into(page, "phong noi")
    page.keyboard.press("Tab")
    expect(page.locator("#goi-y")).to_be_hidden()


def test_what_is_nearest_is_offered(page: Page) -> None:
    type_into(page, "nghị đinh 61")
    expect(page.locator("#goi-y li")).to_have_text(["Gần nhất: nghị định 61"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem?q=*")
    expect(page.locator("#tim")).to_have_value("nghị định 61")


def test_nothing_typed_becomes_markup(page: Page) -> None:
    page.locator("#tim").press_sequentially("<img src=x onerror=alert(1)>", delay=5)
    page.wait_for_timeout(400)
    assert page.locator("form.find img").count() == 0


def test_the_list_fits_the_window(page: Page) -> None:
    type_into(page, "thu tuc hanh chinh")
    box = page.locator("#goi-y").bounding_box()
    size = page.viewport_size
    assert box
    assert size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_older_answer_never_takes_the_place_of_a_newer(browser: Browser, address: str) -> None:
    """The answer to "phong" is held back until that to "phong noi vu" has come."""
    page = browser.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "q=phong&" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/tim-kiem?*", hold)
    page.goto(address)
    page.locator("#tim").press_sequentially("phong", delay=10)
    page.wait_for_timeout(300)
    assert len(held) == 1
    page.locator("#tim").press_sequentially(" noi vu", delay=10)
    expect(page.locator("#goi-y li").first).to_contain_text("Phòng Nội vụ")
    number = page.locator("#goi-y li").count()
    for route in held:
        route.fulfill(json={"query": "phong", "suggestions": [], "queries": []})
    page.wait_for_timeout(200)
    assert page.locator("#goi-y li").count() == number
    page.close()


def test_few_requests_while_typing(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "goi-y=1" in request.url else None
    )
    page.goto(address)
    page.locator("#tim").press_sequentially("thủ tục hành chính", delay=10)
    expect(page.locator("#goi-y li").first).to_be_visible()
    assert 1 <= len(asked) <= 4
    page.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_without_javascript(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 844}
    )
    page = context.new_page()
    page.goto(address)
    page.locator("#tim").fill("đường bộ")
    page.locator("form.find button").click()
    assert "/tim-kiem?q=" in page.url
    assert page.locator("mark.hit").first.inner_text() == "đường bộ"
    page.locator("a.passage").first.click()
    assert re.search(r"/tai-lieu/2b5fa963#d\d+$", page.url)
    row = page.locator("tr:target")
    assert "đường bộ" in row.inner_text()
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "query",
    ["", "?q=thu+tuc", "?q=61/2018", "?q=nghị+đinh+61", "?q=phòng&loai=passage", "?q=" + "a" * 300],
)
def test_nothing_is_wider_than_the_window(
    browser: Browser, address: str, query: str, language: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}/tim-kiem{query}{'&' if query else '?'}lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()
