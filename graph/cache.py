"""Documents as they were read, kept so that a build that is run again does not read them twice.

In the home folder, `cache/<engine>/<key>`: `engine` is a hash of the program, the vocabulary, the registries and the
packages, `key` one of the file's bytes and name. A file begins with the hash of the rest and is renamed into place, so
that a half-written or damaged one is no entry. The folder may be deleted at any time.
"""

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from cancu.graph.parts import Part
from cancu.graph.snapshot import LeftOut, entry_of

FOLDER: Final = "cache"
_PACKAGES = ("cancu.ontology", "cancu.loaders", "cancu.graph")
_HASH = 32


@cache
def engine() -> str:
    """A hash of all that decides what is read from a document, besides the document: 12 hex digits."""
    digest = hashlib.sha256()
    for requirement in sorted(requires("cancu") or ()):
        digest.update(f"{requirement} {_installed(requirement)}\n".encode())
    for package in _PACKAGES:
        _add(digest, files(package), package)
    return digest.hexdigest()[:12]


def _installed(requirement: str) -> str:
    name = requirement.split(";")[0].split("[")[0]
    for mark in "<>=!~ ":
        name = name.split(mark)[0]
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _add(digest: "hashlib._Hash", folder: Traversable, name: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                _add(digest, entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml", ".ttl", ".rq")):
            digest.update(f"{name}/{entry.name}\n".encode())
            digest.update(entry.read_bytes())


def cache_key(data: bytes, name: str) -> str:
    """The key of a document: its bytes and the name that stands in the graph."""
    return hashlib.sha256(hashlib.sha256(data).digest() + name.encode()).hexdigest()[:32]


def get(home: Path, key: str) -> Part | LeftOut | None:
    """What was read before, or None."""
    try:
        raw = (_folder(home) / key).read_bytes()
        if hashlib.sha256(raw[_HASH:]).digest() != raw[:_HASH]:
            return None
        head, packed = raw[_HASH:].split(b"\n", 1)
        found = json.loads(head)
        return LeftOut(**found) if "why" in found else Part(entry_of(found), packed)
    except (OSError, ValueError, TypeError):
        return None


def put(home: Path, key: str, outcome: Part | LeftOut) -> None:
    """Keep what was read. That the disk is full is no fault here: it only has to be read again."""
    said, packed = (
        (outcome, b"") if isinstance(outcome, LeftOut) else (outcome.entry, outcome.packed)
    )
    body = json.dumps(asdict(said), ensure_ascii=False).encode() + b"\n" + packed
    folder = _folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as stream:
            stream.write(hashlib.sha256(body).digest() + body)
        Path(stream.name).replace(folder / key)
    except OSError:
        return


def tidy(home: Path) -> None:
    """Remove what earlier versions of the program kept, and what a killed build left half-written."""
    folder = home / FOLDER
    for other in folder.iterdir() if folder.is_dir() else ():
        if other != _folder(home):
            shutil.rmtree(other, ignore_errors=True)
    for debris in _folder(home).glob(".*") if _folder(home).is_dir() else ():
        debris.unlink(missing_ok=True)


def _folder(home: Path) -> Path:
    return home / FOLDER / engine()
