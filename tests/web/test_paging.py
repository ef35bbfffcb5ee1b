"""Lists in pages: each page is short, together they are everything, and numbers stay those of everything."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cancu.web.pages import document, fall, force, gaps, home, inspections, schedule
from tests.web.conftest import browser

DECREE = "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"
TASK = re.compile(r'<a class="code" href="([^"#?]+)')
SHORT = (
    # page, module and name of the length, field, what stands in the list, id or mark that it begins at
    ("/", home, "PER_PAGE", "page", TASK, 'role="status"'),
    ("/", home, "PLANS_PER_PAGE", "trang-ke-hoach", re.compile(r'<th scope="row"><a href="([^"]+)"'), "cac-ke-hoach"),
    ("/lich", schedule, "PER_PAGE", "trang", TASK, "<table"),
    ("/lich", schedule, "LISTED", "trang-khong-ngay", TASK, 'id="khong-co-ngay"'),
    ("/kiem-tra", inspections, "PER_PAGE", "trang-ra-soat", re.compile(r'<tr><th scope="row" lang="vi"><a href="([^"]+)"'), 'id="vua-ra-soat"'),
    (f"{DECREE}", document, "PER_PAGE", "trang-general", TASK, 'id="general"'),
    (f"{DECREE}/neu-het-hieu-luc", fall, "PER_PAGE", "trang-general", TASK, 'id="general"'),
    ("/hieu-luc", force, "PER_PAGE", "trang-goi-y", re.compile(r'<p class="proof-head"><b><a href="([^"?]+)'), 'id="chi-goi-y"'),
    ("/cho-trong", gaps, "PER_PAGE", "trang-vien-dan", TASK, 'id="vien-dan"'),
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(many_home: Path) -> TestClient:
    """A browser of four plans."""
    return browser(many_home)


def of(text: str, mark: str, one: re.Pattern[str]) -> list[str]:
    """What stands in the list that begins at a mark."""
    begin = text.index(mark)
    ends = [at for end in ("</section>", "</table>") if (at := text.find(end, begin)) > 0]
    return one.findall(text[begin : min(ends)])


@pytest.mark.parametrize(("page", "module", "name", "field", "one", "mark"), SHORT)
def test_pages_together_are_everything(
    shared: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    module: object,
    name: str,
    field: str,
    one: re.Pattern[str],
    mark: str,
) -> None:
    whole = shared.get(page).text
    every = of(whole, mark, one)
    monkeypatch.setattr(module, name, 2)
    found: list[str] = []
    for number in range(1, 60):
        text = shared.get(page, params={field: str(number)}).text
        # Lists without headings of plans have the same numbers on every page.
        counts = re.findall(r'class="count">(\d+)<', whole)
        assert re.findall(r'class="count">(\d+)<', text) == counts
        piece = of(text, mark, one) if mark in text else []
        if not piece or found[-len(piece) :] == piece:
            break
        found += piece
    assert found
    assert set(found) == set(every)
