"""/mang-luoi in a real Chromium: around an office, filters, search, paths, undo, keys; the file that one takes along."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).resolve().parents[2] / "web/frontend/node_modules/axe-core/axe.min.js"
RULES = (
    "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
)
OFFICE = "to-chuc/chi-linh/phong-noi-vu"
IRI = f"https://w3id.org/cancu/id/{OFFICE}"
TASK = "https://w3id.org/cancu/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/"

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(params=[1366, 390])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page, wide and narrow; a complaint of the browser or a request to another host fails the test."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 844}, accept_downloads=True
    )
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    found.on("request", lambda request: asked.append(request.url))
    yield found
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def opened(page: Page, address: str) -> None:
    """Open a picture and wait until it is drawn."""
    page.goto(address)
    expect(page.locator("#hinh[data-ready]")).to_be_visible()


def drawn(page: Page) -> set[str]:
    """The nodes of the picture."""
    found: list[str] = page.evaluate("hinh.picture.nodes.getIds()")
    return set(found)


def edges(page: Page) -> list[dict[str, Any]]:
    """The edges of the picture."""
    found: list[dict[str, Any]] = page.evaluate("hinh.picture.edges.get()")
    return found


def click(page: Page, node: str) -> None:
    """Click a node of the picture where it stands."""
    page.locator("#hinh").scroll_into_view_if_needed()
    at = page.evaluate(
        "id => hinh.picture.network.canvasToDOM(hinh.picture.network.getPosition(id))", node
    )
    page.locator("#hinh").click(position=at)


def test_around_an_office_and_what_is_behind_it(page: Page, address: str) -> None:
    opened(page, f"{address}/mang-luoi?nut={OFFICE}")
    named = [e for e in edges(page) if e["role"] == "coordinate" and e["way"] == "named"]
    assert {e["to"] for e in named} == {TASK + code for code in ("i-2", "i-4", "ii-5", "ii-6")}
    expect(page.locator(".says")).to_contain_text("phối hợp: nêu đích danh 4, qua nhóm 9")
    expect(page.locator("#bang tbody tr")).to_have_count(len(edges(page)))
    click(page, IRI)
    panel = page.locator("#chon")
    expect(panel.get_by_role("heading", name="Phòng Nội vụ")).to_be_visible()
    expect(panel.locator("h3", has_text="phối hợp").first).to_contain_text("4 nêu đích danh")
    expect(panel.get_by_role("link", name="xem lời văn").first).to_be_visible()
    assert f"chon={OFFICE.replace('/', '%2F')}" in page.url
    page.reload()
    expect(panel.get_by_role("heading", name="Phòng Nội vụ")).to_be_visible()
    assert page.evaluate("hinh.picture.network.getSelectedNodes()") == [IRI]


def test_the_key_is_the_filter_and_back_undoes(page: Page, address: str) -> None:
    opened(page, f"{address}/mang-luoi?nut={OFFICE}")
    before, rows = drawn(page), len(edges(page))
    page.get_by_label(re.compile("qua nhóm")).uncheck()
    expect(page.locator("#bang tbody tr")).to_have_count(6)
    assert {e["way"] for e in edges(page)} == {"named"}
    expect(page.get_by_label(re.compile("qua nhóm"))).to_be_focused()
    assert "cach=named%2Cpossible" in page.url
    page.get_by_label("rà soát", exact=True).uncheck()
    expect(page.locator("#bang tbody tr")).to_have_count(5)
    shared = page.url
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#bang tbody tr")).to_have_count(6)
    page.go_back()
    expect(page.locator("#bang tbody tr")).to_have_count(rows)
    page.wait_for_function("n => hinh.picture.nodes.length === n", arg=len(before))
    assert drawn(page) == before
    page.goto(shared)
    expect(page.locator("#bang tbody tr")).to_have_count(5)


def test_a_node_is_found_without_marks(page: Page, address: str) -> None:
    opened(page, f"{address}/mang-luoi")
    field = page.locator("#tim-nut")
    field.fill("dai phat thanh")
    option = page.locator("#tim-nut-ds li")
    expect(option).to_have_text("Đài Phát thanh thành phố")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("#chon h2")).to_have_text("Đài Phát thanh thành phố")
    field.fill("phong noi vu")
    field.press("Escape")
    field.press("Enter")
    expect(page.locator(".says")).to_contain_text("Ở giữa là Phòng Nội vụ")
    assert f"nut={OFFICE}" in page.url


def test_the_whole_then_a_step_further(page: Page, address: str) -> None:
    opened(page, f"{address}/mang-luoi?nut={OFFICE}")
    near = drawn(page)
    page.locator("#bang").get_by_role("link", name="II.5", exact=True).first.click()
    page.locator("#chon").get_by_role("link", name="Mở rộng").click()
    page.wait_for_function(
        "n => document.getElementById('hinh')?.picture?.nodes.length > n", arg=len(near)
    )
    assert drawn(page) > near
    page.get_by_label("Xa nhất").select_option("2")
    page.wait_for_function("() => document.getElementById('hinh')?.picture?.nodes.length > 60")
    page.get_by_role("link", name="Toàn mạng lưới").click()
    expect(page.locator(".says")).to_contain_text("Không bỏ điều gì.")


def test_a_path_is_drawn_and_said(page: Page, address: str) -> None:
    opened(page, f"{address}/mang-luoi?cach=named&nhom=giu")
    page.locator(".net-path summary").click()
    page.get_by_label("Từ", exact=True).fill("phòng nội vụ")
    page.get_by_label("Đến", exact=True).fill("cong thong tin dien tu")
    page.get_by_role("button", name="Tìm đường").click()
    first = page.locator(".trails li").first
    expect(first).to_contain_text("(nêu đích danh)")
    thick = [e for e in edges(page) if e["width"] > 4]
    words = first.inner_text()
    assert len(thick) >= words.count(";") + 1
    first.get_by_role("link", name=re.compile("tìm đường không qua")).first.click()
    expect(
        page.get_by_text("không qua Văn phòng HĐND và UBND thành phố; bỏ điều này")
    ).to_be_visible()


def test_everything_by_keys(page: Page, address: str) -> None:
    opened(page, f"{address}/mang-luoi?nut={OFFICE}")
    box = page.locator("#hinh")
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#noi")).to_have_text("Phòng Nội vụ")
    page.keyboard.press("ArrowRight")
    said = page.locator("#noi").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#chon")).to_be_focused()
    assert page.locator("#chon").inner_text().count(said)
    before = page.evaluate("hinh.picture.network.getScale()")
    box.focus()
    page.keyboard.press("+")
    page.wait_for_function("s => hinh.picture.network.getScale() > s", arg=before)
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement !== document.body && !hinh.contains(document.activeElement)"
    )


def test_labels_do_not_overlap_around_an_office(page: Page, address: str) -> None:
    """At the zoom that the picture opens with, as the browser measured each label."""
    for name in ("phong-noi-vu", "van-phong", "ubnd-phuong-cong-hoa"):
        for view in ("co-quan-nhiem-vu", "co-quan-co-quan"):
            opened(page, f"{address}/mang-luoi?goc-nhin={view}&nut=to-chuc/chi-linh/{name}")
            assert page.evaluate(OVERLAPS) == [], (name, view)


OVERLAPS = """() => {
  const { network } = hinh.picture, found = [];
  const boxes = network.body.nodeIndices.map((id) => {
    const { size } = network.body.nodes[id].labelModule, { x, y } = network.getPosition(id);
    const top = size.yLine - size.height / 2;
    return { id, left: x - size.width / 2, right: x + size.width / 2, top, bottom: top + size.height };
  });
  boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push([a.id, b.id]);
  }));
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "query", ["", f"&nut={OFFICE}&chon={OFFICE}&tu={OFFICE}&den=to-chuc/chi-linh/phong-tu-phap"]
)
def test_axe_finds_nothing(
    browser: Browser, address: str, scheme: str, language: str, query: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, f"{address}/mang-luoi?lang={language}{query}")
    page.locator("#tim-nut").fill("phong")
    expect(page.locator("#tim-nut-ds li").first).to_be_visible()
    page.keyboard.press("Escape")  # the open list lies over the key
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RULES)
    context.close()
    assert len(found["passes"]) > 20
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []


def test_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/mang-luoi?lang=vi")
    page.locator("#tim-nut").fill("phong noi vu")
    page.get_by_role("button", name="Vẽ").click()
    picture = page.locator(".drawn svg")
    expect(picture).to_be_visible()
    expect(page.locator("#hinh")).to_be_hidden()
    expect(picture.locator("text", has_text="Phòng Nội vụ")).to_be_visible()
    picture.locator("a[href*='nhiem-vu/ii-5#'] text").click()
    expect(page.locator("#chon h2")).to_have_text("II.5")
    page.get_by_label(re.compile("qua nhóm")).uncheck()
    page.get_by_role("button", name="Vẽ").click()
    expect(page.locator("#bang tbody tr")).to_have_count(6)
    context.close()


def test_the_file_works_from_a_disk(page: Page, address: str, tmp_path: Path) -> None:
    opened(page, f"{address}/mang-luoi?nut={OFFICE}")
    with page.expect_download() as coming:
        page.get_by_role("link", name="HTML một tệp").click()
    file = tmp_path / coming.value.suggested_filename
    assert file.name == "mang-luoi-phoi-hop-phong-noi-vu.html"
    coming.value.save_as(file)
    context = page.context.browser.new_context(offline=True)  # type: ignore[union-attr]
    alone = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    alone.on("console", lambda message: complaints.append(message.text))
    alone.on("pageerror", lambda error: complaints.append(str(error)))
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    expect(alone.locator("#picture[data-ready]")).to_be_visible()
    assert alone.title() == "Mạng lưới phối hợp: Phòng Nội vụ"
    alone.locator("#find").fill("ii.5")
    alone.keyboard.press("ArrowDown")
    alone.keyboard.press("Enter")
    expect(alone.locator("#chosen tr")).to_have_count(1)
    rows = alone.locator("#edges tbody tr:visible")
    every = rows.count()
    alone.get_by_label("qua nhóm").uncheck()
    assert 0 < rows.count() < every
    alone.evaluate(AXE.read_text("utf-8"))
    assert [v["id"] for v in alone.evaluate(RULES)["violations"]] == []
    context.close()
    assert complaints == []
    assert asked == [file.as_uri()]
