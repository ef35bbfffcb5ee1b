"""/sparql in a real Chromium: a query written by completion, its errors, its results, its end; and without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults_by_axe

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

pytestmark = pytest.mark.browser


@pytest.fixture(params=[1366, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The editor, wide and narrow; a complaint of the browser or a request to another host fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    found.on("request", lambda request: asked.append(request.url))
    found.goto(f"{address}/sparql")
    expect(found.locator(".cm-content")).to_be_visible()
    yield found
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(address)] == []


def write(page: Page, text: str) -> None:
    """Put a text in the place of the one that is there."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def complete(page: Page, typed: str, term: str) -> None:
    """Type a name and take a term that is offered for it."""
    page.keyboard.type(typed, delay=20)
    option = page.locator(".cm-tooltip-autocomplete li", has_text=term).first
    expect(option).to_be_visible()
    # The editor takes no key for its list that comes sooner than somebody can press one.
    page.wait_for_timeout(200)
    for _ in range(20):
        if option.get_attribute("aria-selected"):
            break
        page.keyboard.press("ArrowDown")
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")


def test_a_query_by_completion_typed_without_marks(page: Page) -> None:
    write(page, "SELECT ?who WHERE { ?x cv:hasParticipant ?who ; cv:role  }")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    complete(page, "phoi hop", "vt:phoi-hop")
    text = page.locator("#query").input_value()
    assert text.splitlines() == [
        "PREFIX cv: <http://data.europa.eu/m8g/>",
        "PREFIX vt: <https://w3id.org/cancu/dm/vai-tro/>",
        "SELECT ?who WHERE { ?x cv:hasParticipant ?who ; cv:role vt:phoi-hop }",
    ]
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-status]")).to_contain_text("Xong.")
    expect(page.locator("#ket-qua tbody a", has_text="Phòng Nội vụ").first).to_be_visible()
    assert "query=PREFIX" in page.url
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    lines = Path(coming.value.path()).read_text("utf-8").splitlines()
    assert lines[0] == "who"
    assert len(lines) > 20
    page.reload()
    expect(page.locator("#ket-qua tbody tr").first).to_be_visible()
    page.locator("[data-history] summary").click()
    expect(page.locator("[data-history] li")).to_have_count(1)
    page.locator("[data-clear]").click()
    expect(page.locator("[data-history]")).to_be_hidden()


def test_an_error_is_shown_at_its_line(page: Page) -> None:
    write(page, "SELECT ?s WHERE {\n  ?s a cancu:Task .\n  OPTIONL { ?s ?p ?o }\n}")
    problem = page.locator("[data-problem]")
    expect(problem).to_have_text(re.compile(r"“OPTIONL” \(dòng 3, cột 3\)"), timeout=20_000)
    assert page.locator(".cm-lintRange-error").inner_text() == "OPTIONL"
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    write(page, "SELECT ?s WHERE { ?s a cancu:Task }")
    expect(problem).to_be_empty(timeout=20_000)
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_a_missing_prefix_is_added(page: Page) -> None:
    write(page, "PREFIX a: <https://a.example/>\nSELECT ?s WHERE { ?s a cancu:Task }")
    expect(page.locator("[data-problem]")).to_contain_text("“cancu:” chưa khai báo", timeout=20_000)
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    page.get_by_role("button", name="Thêm dòng PREFIX còn thiếu").click()
    assert (
        page.locator("#query")
        .input_value()
        .startswith("PREFIX cancu: <https://w3id.org/cancu/ns#>\n")
    )


def test_a_long_query_is_stopped(page: Page) -> None:
    write(page, LONG)
    page.keyboard.press("Control+Enter")
    stop = page.get_by_role("button", name="Dừng")
    expect(stop).to_be_visible()
    page.wait_for_timeout(500)
    stop.click()
    expect(page.locator("[data-status]")).to_have_text("Đã dừng câu truy vấn.")
    expect(stop).to_be_hidden()
    write(page, "ASK { ?s a cancu:Task }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#ket-qua .big")).to_have_text("Có", timeout=20_000)


def test_tab_leaves_and_escape_closes(page: Page) -> None:
    write(page, "SELECT ?s WHERE { ?s a ")
    page.keyboard.type("nhi", delay=20)
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Chạy"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") == "editor"


def test_a_graph_is_a_table_with_links(page: Page) -> None:
    write(page, "CONSTRUCT { ?t cancu:citedBasis ?d } WHERE { ?t cancu:citedBasis ?d }")
    page.get_by_role("button", name="Chạy", exact=True).click()
    row = page.locator("#ket-qua tbody tr").first
    expect(row.get_by_role("link", name="căn cứ được viện dẫn")).to_be_visible(timeout=20_000)
    page.locator(".reuse summary").click()
    expect(page.locator("#dung-python")).to_contain_text("SPARQLWrapper")
    page.get_by_role("button", name="Chép: curl").click()
    expect(page.locator("[data-status]")).to_have_text("Đã chép.")


def test_the_form_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sparql?lang=en")
    page.get_by_label("Query").fill("SELECT ?task WHERE { ?task a cancu:PlanTask } ORDER BY ?task")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#ket-qua tbody tr")).to_have_count(21)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, language: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/sparql?lang={language}&query=SELECT+*+{{+?s+a+cancu:PlanTask+}}")
    expect(page.locator(".cm-content")).to_be_visible()
    page.locator(".reuse summary").click()
    write(page, "SELECT ?s WHERE { ?s a cancu:Task ")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1, timeout=20_000)
    page.keyboard.type("nhi", delay=20)
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_be_visible()
    # The list of suggestions scrolls by the arrow keys while the focus stays in the editor; axe
    # knows this way with role=combobox only, which an editor of many lines cannot have.
    assert faults_by_axe(page, but={"scrollable-region-focusable"}) == []
    context.close()
