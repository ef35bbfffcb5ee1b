"""Nobody can take a suggestion for a citation: read as text, on the screen and on paper."""

import re

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PLAN = "/nhiem-vu/chi-linh/2023/kstthc-mot-cua"
D61 = "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"
D63 = "/van-ban/chinh-phu/nghi-dinh/2010/63-2010-nd-cp"
TODAY = "?ngay=2026-11-22"


def read(browser: Browser, page: str, media: str, selector: str) -> list[str]:
    """The texts of the elements as they show, lower-case, blanks squeezed."""
    tab = browser.new_page()
    tab.goto(page)
    tab.emulate_media(media="print" if media == "print" else "screen")
    found = [
        " ".join(text.split()).lower() for text in tab.locator(selector).all_inner_texts() if text
    ]
    tab.close()
    return found


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize(
    ("task", "suggested"),
    [("ii-5", {"02/2017/tt-vpcp", "45/2020/nđ-cp", "61/2018/nđ-cp", "63/2010/nđ-cp"}), ("iii-6", {"45/2020/nđ-cp"})],
)  # fmt: skip
def test_a_proof_card_read_as_text(
    browser: Browser, address: str, media: str, task: str, suggested: set[str]
) -> None:
    for page in (f"{PLAN}/{task}/can-cu", f"{PLAN}/{task}"):
        bases = read(browser, address + page, media, "li.proof")
        introduced = {basis.split()[0] + " " + basis.split()[1]: basis for basis in bases}
        mine = [basis for basis in bases if basis.startswith("gợi ý ")]
        assert {basis.split()[2] for basis in mine} == suggested
        assert all("viện dẫn" not in basis for basis in mine)
        cited = [basis for basis in bases if basis.startswith("viện dẫn ")]
        assert [basis.split()[2] for basis in cited] == (["01/nq-cp"] if task == "iii-6" else [])
        assert set(introduced) <= {"gợi ý", "viện dẫn"}


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_tiers_differ_without_colour(browser: Browser, address: str, media: str) -> None:
    """Shape: the border of a suggestion is dashed, that of a citation solid."""
    tab = browser.new_page()
    tab.goto(f"{address}{PLAN}/iii-6/can-cu")
    tab.emulate_media(media="print" if media == "print" else "screen")
    style = "e => getComputedStyle(e).borderTopStyle"
    assert tab.locator("li.proof .tier.suggested").first.evaluate(style) == "dashed"
    assert tab.locator("li.proof .tier.cited").first.evaluate(style) == "solid"
    tab.close()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_answer_a5_read_as_text(browser: Browser, address: str, media: str) -> None:
    for document in ("61/2018/NĐ-CP", "63/2010/NĐ-CP", "45/2020/NĐ-CP"):
        rows = read(browser, f"{address}/cau-hoi/A5?document={document}", media, "tbody tr")
        assert rows
        for row in rows:
            tier = row.partition(document.lower())[2].strip()
            assert tier.startswith(("gợi ý", "căn cứ chung"))
    rows = read(browser, f"{address}/cau-hoi/A5?document=01/NQ-CP", media, "tbody tr")
    assert [row.partition("01/nq-cp")[2].strip()[:8] for row in rows] == ["viện dẫn"]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_force_read_as_text(browser: Browser, address: str, media: str) -> None:
    said = read(browser, f"{address}{D61}{TODAY}", media, "#hieu-luc .force")[0]
    assert said.startswith("hết hiệu lực từ 01/07/2025, thay bằng 118/2025/nđ-cp")
    assert read(browser, f"{address}{D63}{TODAY}", media, "#hieu-luc .force")[0].startswith(
        "không rõ"
    )
    bases = read(browser, f"{address}{PLAN}/ii-5/can-cu{TODAY}", media, "li.proof")
    by_document = {basis.split()[2]: basis for basis in bases}
    assert "hết hiệu lực từ 01/07/2025" in by_document["61/2018/nđ-cp"]
    assert "118/2025/nđ-cp" in by_document["61/2018/nđ-cp"]
    assert "không rõ" in by_document["63/2010/nđ-cp"]


@pytest.mark.parametrize("query", ["", TODAY, "?lang=en"])
@pytest.mark.parametrize("task", ["ii-1", "ii-2", "ii-5", "iii-6", "ii-4"])
def test_the_printed_proof_card_is_one_sheet(
    browser: Browser, address: str, task: str, query: str
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{address}{PLAN}/{task}/can-cu{query}")
    paper = tab.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    sizes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", paper)
    assert {(round(float(w)), round(float(h))) for w, h in sizes} <= {(595, 842), (596, 842)}
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    "path",
    [
        f"{PLAN}/ii-5",
        f"{PLAN}/ii-1/can-cu",
        D61,
        D63,
        f"{D63}/neu-het-hieu-luc",
        "/hieu-luc",
        "/cho-trong",
    ],
)
def test_nothing_is_wider_than_the_window(
    browser: Browser, address: str, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 768})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()
