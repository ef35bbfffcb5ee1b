"""Makes the archive for offices without a network (`make bundle`): cancu-<version>.zip and its checksum.

    python -m tools.make_bundle FOLDER                     for every system and Python
    python -m tools.make_bundle FOLDER linux-3.11 …        for these only

The same sources give the same bytes: files in order, one time, one mode, nothing compressed twice.
"""

import hashlib
import html
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from tools.bundle_papers import as_json, bill_of_materials, read, write_licences
from tools.bundle_wheels import BUNDLE, ROOT, CannotBundle, build, fetch, targets
from tools.plain_text import as_text

WHEELS, LICENCES, SERVER, SUMS = "goi", "giay-phep", "may-chu", "SHA256SUMS"
GUIDE = "HUONG-DAN"
SERVER_FILES = ("cancu.service", "nginx.conf")
SERVER_PAGES = ("van-hanh", "operations", "sparql", "endpoint.vi", "endpoint")
STYLE = (
    "body{font:16px/1.6 'Segoe UI','Noto Sans',sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "pre,code{font-family:Consolas,'Noto Sans Mono',monospace;font-size:.95em}pre{padding:.7rem 1rem;border:1px solid #8888;overflow:auto}"
    "table{border-collapse:collapse}td,th{border:1px solid #8888;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "@media print{body{margin:0;max-width:none}}"
)


def make(folder: Path, names: Sequence[str] = ()) -> Path:
    """Make the archive, for all targets or those named; it is put in place when it is whole.

    Raises:
        CannotBundle: wheels or licences are not to be had.
    """
    chosen = [target for target in targets() if not names or target.name in names]
    if len(chosen) < len(names):
        raise CannotBundle(f"There are only: {', '.join(target.name for target in targets())}.")
    folder.mkdir(parents=True, exist_ok=True)
    epoch = _epoch()
    with tempfile.TemporaryDirectory(dir=folder) as made:
        work = Path(made)
        inside = work / "bundle"
        wheels = inside / WHEELS
        wheels.mkdir(parents=True)
        for target in chosen:
            fetch(target, wheels, work)
        version = build(wheels, epoch, work).name.split("-")[1]
        assemble(inside, version)
        name = f"cancu-{version}.zip"
        archive = pack(inside, work / name, f"cancu-{version}", epoch)
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        archive.replace(folder / name)
        (folder / f"{name}.sha256").write_text(f"{digest}  {name}\n", "utf-8")
    return folder / name


def assemble(inside: Path, version: str) -> None:
    """Put beside the wheels what an office needs: the installer, the instructions, licences, the list of parts, checksums.

    Raises:
        CannotBundle: the text of a licence is not to be had.
    """
    for name in ("cai-dat.sh", "cai_dat.py"):
        shutil.copyfile(BUNDLE / name, inside / name)
    batch = (BUNDLE / "cai-dat.bat").read_text("utf-8")
    (inside / "cai-dat.bat").write_text(batch, "utf-8", newline="\r\n")
    text = (BUNDLE / f"{GUIDE}.md").read_text("utf-8").replace("{version}", version)
    (inside / f"{GUIDE}.txt").write_text(as_text(text), "utf-8", newline="\r\n")
    (inside / f"{GUIDE}.html").write_text(as_page(text), "utf-8")
    _write_server(inside / SERVER)
    packages = [read(wheel) for wheel in sorted((inside / WHEELS).iterdir())]
    elsewhere = tomllib.loads((BUNDLE / "targets.toml").read_text("utf-8"))["licences"]
    write_licences(packages, inside / LICENCES, elsewhere, ROOT)
    (inside / "sbom.cdx.json").write_text(as_json(bill_of_materials(packages, version)), "utf-8")
    (inside / SUMS).write_text("".join(_sums(inside)), "utf-8", newline="\n")


def _write_server(folder: Path) -> None:
    """What whoever runs it as a service needs: the examples, and the pages of the documentation that speak of them."""
    folder.mkdir()
    for name in SERVER_FILES:
        shutil.copyfile(ROOT / "deploy" / name, folder / name)
    for name in SERVER_PAGES:
        text = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
        language = "vi" if name in ("van-hanh", "endpoint.vi") else "en"
        (folder / f"{name}.html").write_text(as_page(text, language), "utf-8")


def as_page(text: str, language: str = "vi") -> str:
    """Instructions in Markdown as a page that needs nothing else; links to other documents are to their pages."""
    text = re.sub(r"(\]\([\w.-]+)\.md(?=[)#])", r"\1.html", text)
    title = text.splitlines()[0].lstrip("# ")
    body = MarkdownIt("commonmark").enable("table").render(text)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def pack(inside: Path, archive: Path, name: str, epoch: int) -> Path:
    """A folder as a zip archive that depends on nothing but names and contents."""
    moment = time.gmtime(epoch)[:6]
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in _files(inside):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(inside).as_posix()}", moment)
            entry.create_system = 3
            entry.external_attr = (0o100755 if path.suffix == ".sh" else 0o100644) << 16
            zipped.writestr(entry, path.read_bytes())
    return archive


def _files(inside: Path) -> list[Path]:
    files = [path for path in inside.rglob("*") if path.is_file()]
    return sorted(files, key=lambda path: path.relative_to(inside).as_posix())


def _sums(inside: Path) -> list[str]:
    return [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(inside).as_posix()}\n"
        for path in _files(inside)
    ]


def _epoch() -> int:
    """The time of the sources: of the commit, else a fixed one; seconds since 1970."""
    git = shutil.which("git")
    told = git and subprocess.run(  # noqa: S603
        [git, "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = told.stdout.strip() if told else ""
    return int(found) if found.isdecimal() else 1_767_225_600


if __name__ == "__main__":
    try:
        made = make(Path(sys.argv[1]), sys.argv[2:])
    except CannotBundle as error:
        sys.exit(str(error))
    sys.stdout.write(f"{made} ({made.stat().st_size >> 20} MB)\n")
