"""What holds for every page: axe finds nothing, nothing is wider than the window, nobody else is asked, nothing is complained of."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import faults_by_axe
from tests.browser.screens import KEPT, OTHERS

PAGES = KEPT | OTHERS
REFUSED = {"question-bad": 400, "missing": 404}
"""Pages that say what was wrong, with the status that a browser notes in its console."""
SHEET = Path(__file__).resolve().parents[2] / "web/static/cancu.css"

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("vi", "light", 1366), ("en", "dark", 390)]
)
@pytest.mark.parametrize("name", PAGES)
def test_a_page(
    browser: Browser, address: str, name: str, language: str, theme: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    where, mark, words = PAGES[name].partition("#")
    chosen = f"lang={language}&theme={theme}"
    response = page.goto(f"{address}{where}{'&' if '?' in where else '?'}{chosen}{mark}{words}")
    assert response is not None
    assert response.status == REFUSED.get(name, 200)
    assert faults_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    noted = [c for c in complaints if name not in REFUSED or str(REFUSED[name]) not in c]
    assert noted == []
    page.close()


def test_both_ways_to_the_dark_are_alike() -> None:
    sheet = SHEET.read_text("utf-8")
    chosen = re.findall(
        r":root(?:\[data-theme=\"dark\"]|:not\(.*?\)) \{\n(.*?)\n  }", sheet, re.DOTALL
    )
    assert len(chosen) == 2
    assert chosen[0] == chosen[1]


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_theme_is_kept(browser: Browser, address: str, system: str) -> None:
    """A choice is a link, works without JavaScript and stays; paper is light whatever was chosen."""
    context = browser.new_context(java_script_enabled=False, color_scheme=system)  # type: ignore[arg-type]
    page = context.new_page()
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto(address)
    seen = {system: page.evaluate(ground)}
    other = {"light": "tối", "dark": "sáng"}[system]
    page.get_by_role("contentinfo").get_by_role("link", name=other, exact=True).click()
    page.goto(f"{address}/cau-hoi")
    assert page.evaluate(ground) not in seen.values()
    page.emulate_media(media="print")
    assert page.evaluate(ground) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    page.emulate_media(media="screen")
    page.get_by_role("contentinfo").get_by_role("link", name="theo máy", exact=True).click()
    assert page.evaluate(ground) == seen[system]
    context.close()
