"""What browsers get from packages: what is built, from which sources, under which licences."""

import json
import re
from pathlib import Path

import pytest

from cancu.web.assets import BUILT, built, is_built, is_lasting
from cancu.web.headers import POLICY
from tools import build_assets

FRONTEND = Path(__file__).resolve().parent.parent / "web" / "frontend"


def test_the_lock_names_no_host() -> None:
    """Whoever installs takes the packages from where they take packages; what they are is in their checksums."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {name: entry for name, entry in lock.items() if name}
    assert len(packages) > 20
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_every_version_is_exact() -> None:
    package = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    versions = package["dependencies"] | package["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


def test_the_assets_are_built_from_these_sources() -> None:
    assert is_built(), "run `make install`; it needs Node.js 20 or later, or PyPI"
    assert build_assets.is_fresh()


def test_the_sources_name_no_other_host() -> None:
    """Nothing that browsers get asks another host for anything, and nobody's styles are written into a page."""
    for path in (FRONTEND / "src").iterdir():
        assert not re.search(r"https?://", path.read_text("utf-8")), path.name
    sheet = next(BUILT.glob("fonts-*.css")).read_text("utf-8")
    assert not re.search(r"url\((?![\"']?\./)", sheet)
    assert "unsafe-inline" not in POLICY


def test_licences_are_shipped() -> None:
    text = (BUILT / "THIRD-PARTY-LICENSES.txt").read_text("utf-8")
    packages = json.loads((BUILT / "assets.json").read_text("utf-8"))["packages"]
    assert {"@codemirror/view", "codemirror-lang-sparql", "@fontsource/noto-serif"} <= set(packages)
    assert all(f"\n{name} " in text for name in packages)
    assert "SIL OPEN FONT LICENSE" in text.upper()


@pytest.mark.parametrize("name", ["fonts.css", "sparql.js"])
def test_what_is_built_is_kept_for_a_year(name: str) -> None:
    address = built(name)
    assert address is not None
    assert is_lasting(address, b"")


@pytest.mark.parametrize(
    ("path", "query", "lasting"),
    [
        ("/static/cancu.css", b"v=1234567890", True),
        ("/static/cancu.css", b"", False),
        ("/static/dist/assets.json", b"", False),
        ("/static/dist/THIRD-PARTY-LICENSES.txt", b"", False),
        ("/static/dist/noto-sans-latin-400-normal-DUBPJEHV.woff2", b"", True),
        ("/sparql", b"v=1", False),
    ],
)
def test_what_is_kept_for_a_year(path: str, query: bytes, lasting: bool) -> None:
    assert is_lasting(path, query) is lasting
