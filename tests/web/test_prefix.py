"""The application under a path of a larger site: no address leaves that path, and everything works below it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from cancu.web.admin import COOKIE as SIGNED_IN
from cancu.web.app import create_app
from cancu.web.errors import BadPrefix
from cancu.web.prefix import at_prefix, prefix_of
from tests.web.conftest import HTML, PLAN, Here, browser
from tests.web.serving import TOKEN
from tests.web.test_pages import PAGES

PREFIX = "/cancu"
SITE = "https://may-chu.vn"


class Proxy:
    """A larger site: what is not below the prefix is none of ours. It passes the prefix on, or leaves it off."""

    def __init__(self, home: Path, leaves_off: bool) -> None:
        self.app = create_app(home, runner=Here(), token=TOKEN, prefix=PREFIX)
        self.leaves_off = leaves_off

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        assert path.startswith(f"{PREFIX}/"), path
        passed = path.removeprefix(PREFIX) if self.leaves_off else path
        await self.app({**scope, "path": passed}, receive, send)


@pytest.fixture(scope="module")
def proxies(home: Path) -> dict[str, Proxy]:
    return {"passed on": Proxy(home, False), "left off": Proxy(home, True)}


@pytest.fixture(params=["passed on", "left off"])
def proxied(proxies: dict[str, Proxy], request: pytest.FixtureRequest) -> TestClient:
    """A browser that has been nowhere, before either kind of proxy."""
    return through(proxies[request.param])


def through(proxy: Proxy) -> TestClient:
    return TestClient(
        proxy,
        base_url=SITE,
        headers=HTML,
        raise_server_exceptions=False,
        follow_redirects=False,
    )


def addresses(page: str) -> Iterator[str]:
    """Whatever stands in an attribute of a page and is an address on a server."""
    for name, text in re.findall(r'\s([a-z-]+)="([^"]*)"', page):
        value = html.unescape(text)
        if name in ("href", "src", "action", "formaction") or value.startswith("/"):
            yield value


def strays(page: str) -> list[str]:
    """The addresses on a page that do not lie below the prefix."""
    return [
        link for link in addresses(page) if link and not link.startswith((f"{PREFIX}/", "#", "?"))
    ]


def test_without_the_rewriting_every_page_would_have_strays(home: Path) -> None:
    """The test can fail."""
    assert strays(browser(home).get("/").text)


@pytest.mark.parametrize("page", [*PAGES, "/tai-len", "/khong-co", "/tim-kiem?q=noi+vu"])
def test_every_address_on_every_page_lies_below_the_prefix(
    proxies: dict[str, Proxy], page: str
) -> None:
    found = through(proxies["passed on"]).get(PREFIX + page)
    assert found.status_code in (200, 404)
    assert strays(found.text) == []


def test_what_a_page_links_to_is_there(proxied: TestClient) -> None:
    """The pages, styles, scripts and files that some pages name are found where they say."""
    named = {
        link.split("#")[0]
        for page in (f"{PLAN}/ii-5", "/cau-hoi/A5", "/sparql")
        for link in addresses(proxied.get(PREFIX + page).text)
        if link.startswith("/")
        # each question is named by the editor; one will do
        if not link.startswith(f"{PREFIX}/cau-hoi/") or "/A5" in link
    }
    assert len(named) > 40
    # the check of a query is sent by POST, and why a row is there wants to know which
    asking = (f"{PREFIX}/sparql/check?lang=vi", f"{PREFIX}/cau-hoi/A5/vi-sao")
    missing = {
        link: found.status_code
        for link in named
        if not link.startswith(asking)
        and (found := proxied.get(link)).status_code not in (200, 303)
    }
    assert missing == {}


def test_styles_are_kept_for_a_year(proxied: TestClient) -> None:
    sheet = next(link for link in addresses(proxied.get(f"{PREFIX}/").text) if ".css?v=" in link)
    assert "immutable" in proxied.get(sheet).headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5", 303, f"{PLAN}/ii-5"),
        ("/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/", 404, ""),
        ("/cau-hoi?cau=viec+cua+phong+noi+vu", 303, "/cau-hoi/"),
        ("/lich/", 307, "/lich"),
    ],
)
def test_redirects_stay_below_the_prefix(
    proxied: TestClient, asked: str, status: int, location: str
) -> None:
    found = proxied.get(PREFIX + asked)
    assert found.status_code == status
    where = found.headers.get("location", "").removeprefix(SITE)
    assert where.startswith(PREFIX + location if location else "")


def test_data_of_a_thing_by_accept(proxied: TestClient) -> None:
    thing = f"{PREFIX}/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5"
    found = proxied.get(thing, headers={"accept": "text/turtle"})
    assert (found.status_code, found.headers["location"]) == (303, f"{thing}.ttl")
    assert "suggestedBasis" in proxied.get(f"{thing}.ttl").text


def test_the_switch_of_language_stays_and_is_remembered(proxied: TestClient) -> None:
    page = proxied.get(f"{PREFIX}/lich").text
    (switch,) = [link for link in addresses(page) if "lang=en" in link]
    found = proxied.get(switch)
    assert 'lang="en"' in found.text
    assert f"Path={PREFIX}/" in found.headers["set-cookie"]
    assert 'lang="en"' in proxied.get(f"{PREFIX}/co-quan").text


def test_signing_in_and_out(proxied: TestClient) -> None:
    found = proxied.post(f"{PREFIX}/tai-len/vao", data={"ma": TOKEN})
    assert (found.status_code, found.headers["location"]) == (303, f"{PREFIX}/tai-len")
    assert f"Path={PREFIX}/" in found.headers["set-cookie"]
    assert SIGNED_IN in proxied.cookies
    proxied.post(f"{PREFIX}/tai-len/ra")
    assert SIGNED_IN not in proxied.cookies


def test_the_service_says_its_own_address(proxied: TestClient) -> None:
    text = proxied.get(f"{PREFIX}/sparql", headers={"accept": "text/turtle"}).text
    assert f"<{SITE}{PREFIX}/sparql>" in text
    answer = proxied.get(f"{PREFIX}/sparql?query=ASK+%7B%7D", headers={"accept": "*/*"})
    assert answer.headers["content-location"].startswith(f"{PREFIX}/sparql?")
    assert f"{SITE}{PREFIX}/" in proxied.get(f"{PREFIX}/.well-known/void").text


def test_the_api_says_where_it_is(proxied: TestClient) -> None:
    described = proxied.get(f"{PREFIX}/api/openapi.json").json()
    assert described["servers"] == [{"url": PREFIX}]
    assert proxied.get(f"{PREFIX}/api/cau-hoi/A4").json()["total"] == 1
    calendar = proxied.get(f"{PREFIX}/api/cau-hoi/C4?format=ics").text.replace("\r\n ", "")
    assert f"{SITE}{PREFIX}/nhiem-vu/" in calendar


def test_search_suggests_from_the_api_below_the_prefix(proxied: TestClient) -> None:
    """The script finds the API and the pages by the address of the first page, which every page says."""
    assert f'data-root="{PREFIX}/"' in proxied.get(f"{PREFIX}/").text
    script = proxied.get(f"{PREFIX}/static/cancu.js").text
    assert not re.search(r'[("`\']/[a-z]', script)
    assert proxied.get(f"{PREFIX}/api/tim-kiem?q=noi+vu&goi-y=1").json()["suggestions"]


def test_a_fault_of_ours_is_said_below_the_prefix(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cancu.web.pages.guide.render", broken)
    app = create_app(home, runner=Here(), prefix=PREFIX)
    client = TestClient(app, headers=HTML, raise_server_exceptions=False)
    found = client.get(f"{PREFIX}/tro-giup")
    assert found.status_code == 500
    assert strays(found.text) == []


@pytest.mark.parametrize(
    ("written", "prefix"),
    [("", ""), ("/", ""), ("cancu", "/cancu"), ("/cancu/", "/cancu"), ("/a/b-c.d", "/a/b-c.d")],
)
def test_a_prefix_as_people_write_it(written: str, prefix: str) -> None:
    assert prefix_of(written) == prefix


@pytest.mark.parametrize("written", ["/a//b", "/..", "/a/../b", "/a b", "/căn", "//a?x", '/"'])
def test_what_is_no_prefix(written: str) -> None:
    with pytest.raises(BadPrefix):
        prefix_of(written)


@pytest.mark.parametrize("written", ["/api", "/sparql/x", "/static", "/id", "/healthz"])
def test_a_prefix_that_is_an_address_of_ours_is_refused(home: Path, written: str) -> None:
    with pytest.raises(BadPrefix):
        create_app(home, runner=Here(), prefix=written)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<a href="/lich">', '<a href="/p/lich">'),
        ('<form data-check="/sparql/check" action="/">', '<form data-check="/p/sparql/check" action="/p/">'),
        ('<a href="//noi-khac">', '<a href="//noi-khac">'),
        ('<a href="#c1-2" title="/x">', '<a href="#c1-2" title="/x">'),
        ('<p>href=&#34;/x&#34; xhref="/x"</p>', '<p>href=&#34;/x&#34; xhref="/x"</p>'),
    ],
)  # fmt: skip
def test_only_addresses_get_the_prefix(page: str, expected: str) -> None:
    assert at_prefix(page, "/p") == expected
    assert at_prefix(page, "") == page
