"""deploy/nginx.conf, as it is but for ports and certificate, before `cancu serve`: a path of a larger site, with TLS."""

import json
import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import IO

import pytest

from tests.deploy.network import free_port, run
from tests.web.serving import TOKEN, serving
from tests.web.test_prefix import PREFIX, addresses, strays

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
AROUND = """pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


class NotFollowed(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


@dataclass(frozen=True)
class Site:
    """The larger site."""

    base: str
    plain: str
    opener: urllib.request.OpenerDirector

    def ask(
        self, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and body."""
        named = {"Accept": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
        address = path if "://" in path else self.base + path
        request = urllib.request.Request(address, body, named)
        try:
            found = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            found = error
        with found:
            told = {name.lower(): value for name, value in found.headers.items()}
            return found.status, told, found.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def site(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if not nginx or not openssl:
        pytest.skip("nginx and openssl are not installed here")
    folder = tmp_path_factory.mktemp("nginx")
    run(
        *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
        *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        *("-keyout", str(folder / "site.key"), "-out", str(folder / "site.pem")),
    )
    secure, plain = free_port(), free_port()
    with serving(home, CANCU_PREFIX=PREFIX) as server:
        changed = {
            "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
            "listen 80": f"listen 127.0.0.1:{plain}",
            "may-chu.example;": "localhost;",
            "/etc/ssl/certs/may-chu.example.pem": f"{folder}/site.pem",
            "/etc/ssl/private/may-chu.example.key": f"{folder}/site.key",
            "http://127.0.0.1:8000": server.base,
        }
        text = CONFIGURATION
        for old, new in changed.items():
            assert old in text
            text = text.replace(old, new)
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, servers=text), "utf-8")
        process = subprocess.Popen(
            [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/start.log"],
            stderr=subprocess.PIPE,
        )  # fmt: skip
        trusted = ssl.create_default_context(cafile=str(folder / "site.pem"))
        opener = urllib.request.build_opener(
            NotFollowed,
            urllib.request.HTTPSHandler(context=trusted),
            urllib.request.HTTPCookieProcessor(),
            urllib.request.ProxyHandler({}),
        )
        found = Site(f"https://localhost:{secure}", f"http://localhost:{plain}", opener)
        try:
            for _ in range(100):
                try:
                    found.ask(f"{PREFIX}/healthz")
                    break
                except OSError:
                    assert process.poll() is None, process.communicate()[1].decode()
                    time.sleep(0.05)
            yield found
        finally:
            process.terminate()
            process.communicate(timeout=20)


def test_pages_and_all_that_they_load(site: Site) -> None:
    for page in ("/", "/sparql", "/cau-hoi/A5", "/tro-giup"):
        status, _, text = site.ask(PREFIX + page)
        assert status == 200
        assert strays(text) == []
        for asset in (link for link in addresses(text) if "/static/" in link):
            found, headers, _ = site.ask(asset)
            assert (found, "immutable" in headers["cache-control"]) == (200, True), asset


def test_fonts_come_from_below_the_prefix(site: Site) -> None:
    _, _, text = site.ask(f"{PREFIX}/")
    sheets = [link for link in addresses(text) if "fonts-" in link]
    if not sheets:
        pytest.skip("the assets are not built here")
    _, _, style = site.ask(sheets[0])
    for font in re.findall(r"url\(([^)]+)\)", style)[:3]:
        assert site.ask(urllib.parse.urljoin(sheets[0], font.strip("\"'")))[0] == 200


def test_the_bare_path_and_plain_http_lead_there(site: Site) -> None:
    status, headers, _ = site.ask(PREFIX)
    assert status == 308
    assert headers["location"].endswith(f"{PREFIX}/")
    status, headers, _ = site.ask(f"{site.plain}{PREFIX}/lich")
    assert (status, headers["location"]) == (308, f"https://localhost{PREFIX}/lich")


def test_nothing_of_ours_lies_outside(site: Site) -> None:
    assert site.ask("/sparql")[0] in (403, 404)


def test_a_thing_leads_to_its_page(site: Site) -> None:
    thing = "/id/ke-hoach/chi-linh/2023/kstthc-mot-cua/nhiem-vu/ii-5"
    status, headers, _ = site.ask(PREFIX + thing)
    assert status == 303
    assert headers["location"].startswith(f"{PREFIX}/nhiem-vu/")
    assert site.ask(headers["location"])[0] == 200
    assert site.ask(PREFIX + thing, Accept="text/turtle")[1]["location"] == f"{PREFIX}{thing}.ttl"


def test_queries_and_their_own_address(site: Site) -> None:
    query = urllib.parse.urlencode({"query": "SELECT (1 AS ?n) {}"})
    status, headers, text = site.ask(f"{PREFIX}/sparql?{query}", Accept="text/csv")
    assert (status, text.split()) == (200, ["n", "1"])
    assert headers["content-location"].startswith(f"{PREFIX}/sparql?")
    _, _, described = site.ask(f"{PREFIX}/sparql", Accept="text/turtle")
    assert f"<{site.base}{PREFIX}/sparql>" in described


def test_the_api_and_its_description(site: Site) -> None:
    described = json.loads(site.ask(f"{PREFIX}/api/openapi.json")[2])
    assert described["servers"] == [{"url": PREFIX}]
    answer = json.loads(site.ask(f"{PREFIX}/api/cau-hoi/A4", Accept="application/json")[2])
    assert answer["total"] == 1


def test_the_switch_of_language(site: Site) -> None:
    _, headers, text = site.ask(f"{PREFIX}/lich?lang=en")
    assert 'lang="en"' in text
    assert f"Path={PREFIX}/" in headers["set-cookie"]
    assert 'lang="en"' in site.ask(f"{PREFIX}/co-quan")[2]
    assert 'lang="vi"' in site.ask(f"{PREFIX}/lich?lang=vi")[2]


def test_a_form_from_our_own_page_is_accepted(site: Site) -> None:
    """The sign-in travels over TLS only, and the check of where a form comes from knows the address of the site."""
    form = urllib.parse.urlencode({"ma": TOKEN}).encode()
    status, headers, _ = site.ask(f"{PREFIX}/tai-len/vao", form)
    assert status == 303
    assert "Secure" in headers["set-cookie"]
    posted = {"Origin": site.base, "Content_Type": "multipart/form-data; boundary=x"}
    assert site.ask(f"{PREFIX}/tai-len", b"--x--\r\n", **posted)[0] == 400
    assert site.ask(f"{PREFIX}/tai-len", b"--x--\r\n", **{**posted, "Origin": "https://noi-khac.vn"})[0] == 403  # fmt: skip


def test_the_unit_is_well_formed(tmp_path: Path) -> None:
    """What systemd itself says of deploy/cancu.service, the program replaced by one that is here."""
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("no systemd-analyze here")
    text = (ROOT / "deploy" / "cancu.service").read_text("utf-8")
    assert "ExecStart=/opt/can-cu/cancu serve" in text
    unit = tmp_path / "cancu.service"
    unit.write_text(text.replace("/opt/can-cu/cancu", "/bin/true"), "utf-8")
    env = {**os.environ, "SYSTEMD_COLORS": "0"}
    assert run(analyze, "verify", str(unit), env=env).strip() == ""
    told = run(analyze, "security", "--offline=yes", "--threshold=20", str(unit), env=env)
    assert "OK" in told.splitlines()[-1]
