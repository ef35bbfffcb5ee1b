"""What is on disk in the six folders is what is installed and shipped."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("ontology", "loaders", "graph", "queries", "web", "cli")
NOT_SHIPPED = (Path("web/frontend"),)  # browser sources; what is built from them lies in web/static
NOT_DATA = {".py", ".pyc"}
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]


def files_on_disk(folder: Path, root: Path) -> set[str]:
    """Every file below a folder, as a path from the root."""
    found = set()
    for path in folder.rglob("*"):
        relative = path.relative_to(root)
        if (
            path.is_file()
            and not any(part.startswith((".", "__pycache__")) for part in relative.parts[:-1])
            and not any(relative.is_relative_to(skipped) for skipped in NOT_SHIPPED)
        ):
            found.add(relative.as_posix())
    return found


def data_files_not_shipped(root: Path, packages: list[str], patterns: list[str]) -> list[str]:
    """The data files below the packages that no package-data pattern names."""
    folders = [package.partition(".")[2].replace(".", "/") for package in packages]
    shipped = {
        hit.relative_to(root).as_posix()
        for folder in folders
        for pattern in patterns
        for hit in (root / folder).glob(pattern)
    }
    on_disk = {name for folder in folders for name in files_on_disk(root / folder, root)}
    return sorted(name for name in on_disk - shipped if Path(name).suffix not in NOT_DATA)


def test_every_package_is_listed() -> None:
    """A folder with an __init__.py that is not listed would not be shipped."""
    on_disk = {
        "cancu." + Path(name).parent.as_posix().replace("/", ".")
        for folder in FOLDERS
        for name in files_on_disk(ROOT / folder, ROOT)
        if Path(name).name == "__init__.py"
    }
    assert set(SETUPTOOLS["packages"]) == on_disk


def test_every_module_lies_in_a_package() -> None:
    """A module in a folder without an __init__.py would not be shipped."""
    stray = [
        name
        for folder in FOLDERS
        for name in files_on_disk(ROOT / folder, ROOT)
        if name.endswith(".py") and not (ROOT / name).with_name("__init__.py").exists()
    ]
    assert stray == []


def test_every_package_has_its_folder() -> None:
    expected = {"cancu." + folder: folder for folder in FOLDERS}
    assert SETUPTOOLS["package-dir"] == expected


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_package_is_typed(folder: str) -> None:
    """Without py.typed, type checkers ignore the installed package."""
    assert (ROOT / folder / "py.typed").is_file()


def test_every_data_file_is_shipped() -> None:
    """A data file that no package-data pattern names would not be shipped."""
    patterns = SETUPTOOLS["package-data"]["*"]
    assert data_files_not_shipped(ROOT, SETUPTOOLS["packages"], patterns) == []


def test_the_search_for_forgotten_data_finds_it(tmp_path: Path) -> None:
    for name in ("a/x.ttl", "a/deep/er/y.ttl", "a/static/fonts/f.woff2", "a/notes.odt", "a/m.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    patterns = ["**/*.ttl", "static/**/*"]
    assert data_files_not_shipped(tmp_path, ["p.a"], patterns) == ["a/notes.odt"]
    assert data_files_not_shipped(tmp_path, ["p.a"], ["*.ttl"]) == [
        "a/deep/er/y.ttl",
        "a/notes.odt",
        "a/static/fonts/f.woff2",
    ]


@pytest.mark.long
def test_the_wheel_holds_every_file(tmp_path: Path) -> None:
    """The wheel that goes through the source distribution has what the tree has, and no more; nobody needs Node.js for it
    where the assets are built already.
    """
    # Built from a copy: build/ of the checkout holds the links of the editable installation.
    copy = tmp_path / "source"
    copy.mkdir()
    for name in ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for folder in (*FOLDERS, "tools"):
        ignore = shutil.ignore_patterns("__pycache__", ".*_cache", "node_modules")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignore)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path)]
    (tmp_path / "bin").mkdir()
    built = subprocess.run(
        [*command, str(copy)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PATH": str(tmp_path / "bin")},
    )
    assert built.returncode == 0, built.stdout + built.stderr

    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert "cancu/web/static/dist/THIRD-PARTY-LICENSES.txt" in shipped
    expected = {
        f"cancu/{name}" for folder in FOLDERS for name in files_on_disk(ROOT / folder, ROOT)
    }
    assert shipped == expected
