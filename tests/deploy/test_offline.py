"""The real archive: installed, served and asked in a network namespace without a network; resolved for Windows."""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

from tests.deploy.network import free_port, told, without_network
from tools.bundle_wheels import CannotBundle, Target, build, targets
from tools.make_bundle import make

OFFICE = Path(__file__).with_name("office.py")
ELSEWHERE = {"colorama", "pexpect", "ptyprocess"}
"""Packages without compiled parts that only the other system needs: they would fit, and are not asked for."""

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        return make(tmp_path_factory.mktemp("bundle"))
    except CannotBundle as error:
        if re.search(r"connection|resolve|No matching distribution", str(error), re.IGNORECASE):
            pytest.skip(f"no package index can be reached: {str(error)[-200:]}")
        raise


@pytest.fixture(scope="module")
def unpacked(archive: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(archive.parent)
    return archive.with_suffix("")


def pythons() -> Iterator[str]:
    """The Pythons of this system that the archive is for, the distribution's own first; none of an environment."""
    for place in ("/usr/bin/python3", "python3.11", "python3.12", "python3.13"):
        found = shutil.which(place)
        if not found:
            continue
        code = "import sys; print(sys.base_prefix, (3, 11) <= sys.version_info[:2] <= (3, 13))"
        ended = subprocess.run([found, "-I", "-c", code], capture_output=True, text=True, check=False)  # fmt: skip
        if ended.returncode == 0 and ended.stdout.endswith("True\n"):
            yield found


@pytest.mark.parametrize("python", list(pythons()))
def test_it_installs_and_serves_without_a_network(
    unpacked: Path, tmp_path: Path, python: str
) -> None:
    command = without_network(python, "-I", str(OFFICE), str(unpacked))
    code, said = told([*command, str(tmp_path / "can-cu"), str(free_port())])
    assert code == 0, said
    seen = json.loads(said)
    assert "unreachable" in seen["outside"]
    assert "Đã cài Căn Cứ" in seen["installed"]
    assert json.loads(seen["health"])["status"] == "ok"
    assert "<h1" in seen["first page"]
    assert "data-editor" in seen["editor"]
    assert "/static/dist/fonts-" in seen["first page"]
    assert seen["query"].split() == ["n", "1"]
    assert "01/NQ-CP" in seen["asked"]
    assert seen["doctor"].endswith("Ổn.\n")
    assert "Đã cài lại" in seen["again"]
    assert seen["doctor again"].endswith("Ổn.\n")


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_every_requirement_has_a_wheel_for_the_target(unpacked: Path, target: Target) -> None:
    """What an installer would look for, from the product down, is there in the right version with tags that fit."""
    wheels = wheels_for(unpacked / "goi", target)
    waiting, seen = [Requirement("cancu"), Requirement("pip")], set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        assert name in wheels, (name, target.name)
        said = metadata(wheels[name])
        assert wanted.specifier.contains(said.version, prereleases=True), (wanted, said.version)
        assert said.requires_python is None or said.requires_python.contains(f"{target.python}.0")
        for extra in ("", *wanted.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            around = {**target.environment, "extra": extra}
            waiting += [
                one
                for one in said.requires_dist or []
                if one.marker is None or one.marker.evaluate(around)
            ]
    assert set(wheels) - {name for name, _ in seen} <= ELSEWHERE


def wheels_for(folder: Path, target: Target) -> dict[NormalizedName, Path]:
    """The one wheel of each package that fits a target."""
    version = tuple(int(part) for part in target.python.split("."))
    tags: set[Tag] = {
        *cpython_tags(version, platforms=target.platforms),
        *compatible_tags(version, f"cp{version[0]}{version[1]}", target.platforms),
    }
    found: dict[NormalizedName, Path] = {}
    for wheel in folder.iterdir():
        name, _, _, own = parse_wheel_filename(wheel.name)
        if tags & own:
            found.setdefault(name, wheel)
    return found


def metadata(wheel: Path) -> Metadata:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as opened:
        (name,) = [n for n in opened.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
        return Metadata.from_email(opened.read(name), validate=False)


def test_nothing_else_is_in_it(unpacked: Path) -> None:
    assert {one.name for one in unpacked.iterdir()} == {
        *("HUONG-DAN.html", "HUONG-DAN.txt", "SHA256SUMS", "sbom.cdx.json"),
        *("cai-dat.bat", "cai-dat.sh", "cai_dat.py", "giay-phep", "goi", "may-chu"),
    }
    hosts = re.compile(r"pypi\.org|pythonhosted|npmjs|/opt/pypi|file://")
    for one in unpacked.iterdir():
        assert one.is_dir() or not hosts.search(one.read_text("utf-8")), one.name


def test_it_carries_the_licences_of_what_is_in_it(unpacked: Path) -> None:
    folders = {one.name for one in (unpacked / "giay-phep").iterdir()}
    for wheel in (unpacked / "goi").iterdir():
        said = metadata(wheel)
        assert f"{said.name}-{said.version}" in folders
    parts = json.loads((unpacked / "sbom.cdx.json").read_text("utf-8"))["components"]
    assert len([p for p in parts if p["purl"].startswith("pkg:pypi/")]) == len(
        list((unpacked / "goi").iterdir())
    )
    assert any(part["name"] == "@codemirror/view" for part in parts)
    assert list((unpacked / "giay-phep").rglob("THIRD-PARTY-LICENSES.txt"))


def test_the_product_s_wheel_is_the_same_twice(tmp_path: Path) -> None:
    made = []
    for number in ("1", "2"):
        folder = tmp_path / number / "goi"
        folder.mkdir(parents=True)
        made.append(build(folder, 1_767_225_600, folder.parent).read_bytes())
    assert made[0] == made[1]
