"""Snapshots: immutable, versioned builds of the whole graph, swapped in by a rename.

In the home folder:

    current                      the version that is served (a line of text, replaced atomically)
    build.lock                   held while a build runs
    building-…/                  a build at work; left by a killed one, removed by the next
    snapshots/<version>/         store/ (Oxigraph), graph.nq (sorted N-Quads), manifest.json

The version is made of the sha256 of graph.nq (and of the layout of the store): the same documents and software give the same
version, and an HTTP ETag for free. The time of a build is in its manifest only, so that dumps are reproducible.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from cancu.graph.errors import NoSnapshot


@dataclass(frozen=True)
class Entry:
    """A document of a snapshot: its plan, where it came from, and how much was read."""

    plan: str
    source: str
    sha256: str
    tasks: int
    findings: int
    warnings: int


@dataclass(frozen=True)
class LeftOut:
    """A document that is not in the snapshot, with the reason in each language."""

    source: str
    vi: str
    en: str


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds.

    Attributes:
        version: content hash, 12 hex digits.
        created: ISO time with zone.
        software: name and version of the builder.
        quads: number of statements.
        sha256: of graph.nq.
        plans: the documents in it.
        left_out: those that were refused.
        reviews: how many verdicts of people it holds.
        lost_reviews: claims that somebody reviewed and that are no longer made.
    """

    version: str
    created: str
    software: str
    quads: int
    sha256: str
    plans: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    reviews: int = 0
    lost_reviews: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """One build on disk."""

    path: Path
    manifest: Manifest

    @property
    def version(self) -> str:
        """Its version."""
        return self.manifest.version

    @property
    def dump(self) -> Path:
        """The whole graph as sorted N-Quads."""
        return self.path / "graph.nq"

    def open(self) -> Store:
        """The store, read-only."""
        return Store.read_only(str(self.path / "store"))


def current(home: Path) -> Snapshot:
    """The snapshot that is served; the newest sound one if the pointer is lost or points at a damaged one.

    Raises:
        NoSnapshot: there is none.
    """
    try:
        named = read_snapshot(home / "snapshots" / (home / "current").read_text("utf-8").strip())
    except (OSError, ValueError):
        named = None
    found = named or next(iter(sound_snapshots(home)), None)
    if found is None:
        raise NoSnapshot(
            f"Chưa có dữ liệu trong {home}: hãy chạy `cancu build`.",
            f"There is no data in {home}: run `cancu build`.",
        )
    return found


def sound_snapshots(home: Path) -> list[Snapshot]:
    """The sound snapshots, newest first."""
    folder = home / "snapshots"
    found = [s for s in map(read_snapshot, folder.iterdir()) if s] if folder.is_dir() else []
    return sorted(found, key=lambda s: s.manifest.created, reverse=True)


def read_snapshot(path: Path) -> Snapshot | None:
    """The snapshot in a folder, or None if its manifest or store is missing or damaged."""
    try:
        data = json.loads((path / "manifest.json").read_text("utf-8"))
        manifest = _manifest(data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return Snapshot(path, manifest) if (path / "store" / "CURRENT").is_file() else None


def _manifest(data: dict[str, Any]) -> Manifest:
    plans = tuple(Entry(**entry) for entry in data.pop("plans"))
    left_out = tuple(LeftOut(**entry) for entry in data.pop("left_out"))
    lost = tuple(data.pop("lost_reviews"))
    return Manifest(plans=plans, left_out=left_out, lost_reviews=lost, **data)
