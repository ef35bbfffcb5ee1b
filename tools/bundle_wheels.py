"""The wheels of the bundle: of the product, and of every package that it runs on, for each system and Python."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "deploy" / "bundle"
LOCKS = (ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "bundle.txt")
SOURCES = ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE")


class CannotBundle(Exception):
    """The bundle cannot be made here."""


@dataclass(frozen=True)
class Target:
    """A system with a Python: the tags of wheels that it takes, and what requirements look at."""

    system: str
    python: str
    platforms: Sequence[str]
    markers: Mapping[str, str]

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.system}-{self.python}"

    @property
    def environment(self) -> dict[str, str]:
        """The values of environment markers there (PEP 508)."""
        return {
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            **self.markers,
        }


def targets() -> list[Target]:
    """Every system and Python that the archive is for."""
    read = tomllib.loads((BUNDLE / "targets.toml").read_text("utf-8"))
    return [
        Target(system, python, read[system]["platforms"], read[system]["markers"])
        for system in ("linux", "windows")
        for python in read["pythons"]
    ]


def requirements(lock: str, target: Target) -> Iterator[str]:
    """The lines of a lock that hold for a target, each with its checksums and without its marker."""
    for line in lock.replace("\\\n", " ").splitlines():
        text = re.sub(r"(^|\s)#.*", "", line).strip()
        if not text:
            continue
        wanted, *hashes = text.split("--hash=")
        asked = Requirement(wanted.strip())
        if asked.marker is None or asked.marker.evaluate(target.environment):
            sums = " ".join(f"--hash={one.strip()}" for one in hashes)
            yield f"{asked.name}{asked.specifier} {sums}".strip()


def fetch(target: Target, folder: Path, work: Path) -> None:
    """Get the wheels that a target needs, as the lock has them; `work` is a folder for what is needed meanwhile.

    Raises:
        CannotBundle: there is no package index, or a package has no wheel for the target.
    """
    listed = work / f"{target.name}.txt"
    lines = [line for lock in LOCKS for line in requirements(lock.read_text("utf-8"), target)]
    listed.write_text("\n".join(lines) + "\n", "utf-8")
    platforms = [part for tag in target.platforms for part in ("--platform", tag)]
    _run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"),
        *("download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
        *(*platforms, "--implementation", "cp", "--python-version", target.python),
        *("--dest", str(folder), "-r", str(listed)),
        what=f"the wheels for {target.name}",
    )


def build(folder: Path, epoch: int, work: Path) -> Path:
    """Build the wheel of the product, with the browser's assets, from a copy of the checkout.

    A copy, because build/ of the checkout holds the links of the editable installation; every file of it gets the same
    mode and the wheel one time, so that the same sources make the same bytes.

    Raises:
        CannotBundle: it cannot be built.
    """
    copy = work / "source"
    copy.mkdir()
    for name in SOURCES:
        shutil.copyfile(ROOT / name, copy / name)
    folders = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    ignore = shutil.ignore_patterns("__pycache__", ".*_cache", "node_modules")
    for name in ("tools", *folders["package-dir"].values()):
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    _run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
        *("--outdir", str(folder), str(copy)),
        what="the wheel of the product",
        SOURCE_DATE_EPOCH=str(epoch),
    )
    (wheel,) = folder.glob("cancu-*.whl")
    return wheel


def _run(*command: str, what: str, **environment: str) -> None:
    ended = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise CannotBundle(f"No {what}: {(ended.stderr or ended.stdout)[-2000:]}")
