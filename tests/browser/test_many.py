"""Four plans in a real Chromium: a plan is chosen without JavaScript, and no page is wider than a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import served
from tests.many import HOA_LU

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(many_home: Path) -> Iterator[str]:
    """A running server over four plans."""
    with served(many_home) as at:
        yield at


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tai-lieu",
        "/hieu-luc",
        "/cho-trong",
        "/cau-hoi/A5",
        "/cau-hoi/A12",
        "/cau-hoi/B1",
        "/cau-hoi/C4",
        "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp",
        "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp/neu-het-hieu-luc",
        "/co-quan/sam-son/phong-noi-vu",
    ],
)
def test_nothing_is_wider_than_the_window(
    browser: Browser, address: str, path: str, language: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}{path}?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()


def test_a_plan_is_chosen_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/hieu-luc")
    page.get_by_label("Kế hoạch", exact=True).select_option(HOA_LU)
    page.get_by_role("button", name="Chọn").click()
    assert page.url.endswith("/hieu-luc?ke-hoach=hoa-lu%2F2024%2F118-kh-ubnd")
    page.get_by_role("link", name="Câu hỏi", exact=True).click()
    page.get_by_role("link", name="A5").first.click()
    rows = page.locator("table.answer tbody tr")
    assert rows.count() == 4
    assert "118-kh-ubnd" in (page.locator("td.t-task a").first.get_attribute("href") or "")
    context.close()
