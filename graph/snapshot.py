"""Snapshots: immutable, versioned builds of the whole graph, swapped in by a rename.

In the home folder:

    current                      the version that is served (a line of text, replaced atomically)
    build.lock                   held while a build runs
    building-…/                  a build at work; left by a killed one, removed by the next
    snapshots/<version>/         store/ (Oxigraph), graph.nq (sorted N-Quads), search.sqlite (see `search_index`), manifest.json
    updates/                     what admins changed by SPARQL Update, a file each (see `updates`)
    cache/                       documents as read, so that nothing is read twice; may be deleted (see `cache`)

The version is made of the sha256 of graph.nq (and of the layout of the store): the same documents and software give the same
version, and an HTTP ETag for free. The time of a build is in its manifest only, so that dumps are reproducible.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from cancu.graph.errors import DamagedSnapshot, NoSnapshot, NotPermitted

REFUSED, SKIPPED = "refused", "skipped"
"""Why something is not in a snapshot: it was read and could not be used, or was no document to begin with."""


@dataclass(frozen=True)
class Entry:
    """A document of a snapshot: its plan, where it came from, and how much was read.

    Attributes:
        plan: address of the plan; versions of one document share it.
        source: name of the file.
        sha256: of its bytes.
        tasks, findings, warnings: how many there are.
        name: as it was given: the path below a folder, or the name of the file.
        kind, number, date, issuer, title: what its heading says; None where it is blank.
        text: hash of its words without markup and blanks: the same in every format.
        read: ISO time when it was read.
        reviews: hash of the verdicts that its derived edges follow, empty without any.
        also: other names under which the same document was given.
        replaced_by: sha256 of the version that took its place; empty for what is current.
    """

    plan: str
    source: str
    sha256: str
    tasks: int
    findings: int
    warnings: int
    name: str = ""
    kind: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    text: str = ""
    read: str = ""
    reviews: str = ""
    also: tuple[str, ...] = ()
    replaced_by: str = ""

    @property
    def current(self) -> bool:
        """Whether no later version took its place."""
        return not self.replaced_by

    @property
    def key(self) -> str:
        """The first eight hex digits of the hash, as used in addresses."""
        return self.sha256[:8]


@dataclass(frozen=True)
class LeftOut:
    """A file that is not in the snapshot, with the reason in each language; `why` is REFUSED or SKIPPED."""

    source: str
    vi: str
    en: str
    why: str = REFUSED


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds.

    Attributes:
        version: content hash, 12 hex digits.
        created: ISO time with zone.
        software: name and version of the builder.
        quads: number of statements.
        sha256: of graph.nq.
        plans: the documents in it, current ones and those that a later version replaced, in the order given.
        left_out: those that were refused, and what was passed over in folders.
        reviews: how many verdicts of people it holds.
        lost_reviews: claims that somebody reviewed and that are no longer made.
        engine: hash of the program and the registries that read the documents.
        search: sha256 of search.sqlite; empty where it was built without one.
        store: sha256 of the files of the store; empty where an older version of the program built it.
        updates: number of the last update it holds.
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
    engine: str = ""
    search: str = ""
    store: str = ""
    updates: int = 0

    @property
    def current_plans(self) -> tuple[Entry, ...]:
        """The documents that count: those that no later version replaced."""
        return tuple(entry for entry in self.plans if entry.current)


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
        """The store, read-only.

        Raises:
            DamagedSnapshot: it cannot be read.
        """
        return open_store(self.path / "store")


@contextmanager
def reading() -> Iterator[None]:
    """Read a store here: what the engine says of damaged files becomes an error of ours.

    Raises:
        DamagedSnapshot: the data cannot be read.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        # Other faults of a query, such as a call that is not let out, are of these kinds too.
        if str(error).startswith(("Corruption", "IO error")):
            raise DamagedSnapshot.found() from error
        raise


def open_store(path: Path) -> Store:
    """The store in a folder, read-only.

    Raises:
        DamagedSnapshot: it cannot be read.
    """
    with reading():
        return Store.read_only(str(path))


def current(home: Path) -> Snapshot:
    """The snapshot that is served; the newest sound one if the pointer is lost or points at a damaged one.

    Raises:
        NoSnapshot: there is none.
        NotPermitted: there is one, but not for whoever runs the program.
        DamagedSnapshot: none of those that there are is sound.
    """
    try:
        named = read_snapshot(home / "snapshots" / (home / "current").read_text("utf-8").strip())
    except (OSError, ValueError):
        named = None
    found = named or next(iter(sound_snapshots(home)), None)
    if found is None and (closed := _closed(home)):
        raise NotPermitted.of(closed)
    if found is None and any((home / "snapshots").glob("*")):
        raise DamagedSnapshot.found()
    if found is None:
        raise NoSnapshot(
            f"Chưa có dữ liệu trong {home}: hãy chạy `cancu build`.",
            f"There is no data in {home}: run `cancu build`.",
        )
    return found


def _closed(home: Path) -> Path | None:
    """A folder on the way to a snapshot that may not be read."""
    folders = [home, home / "snapshots"]
    if all(map(_is_open, folders)):
        folders += sorted((home / "snapshots").glob("*"))
    return next((folder for folder in folders if not _is_open(folder)), None)


def _is_open(folder: Path) -> bool:
    """Whether a folder may be read; one that is not there is not closed."""
    effective = os.access in os.supports_effective_ids
    if not os.access(folder, os.F_OK, effective_ids=effective):
        return True
    return os.access(folder, os.R_OK | os.X_OK, effective_ids=effective)


def sound_snapshots(home: Path) -> list[Snapshot]:
    """The sound snapshots, newest first."""
    folder = home / "snapshots"
    try:
        found = [s for s in map(read_snapshot, folder.iterdir()) if s] if folder.is_dir() else []
    except PermissionError:
        return []
    return sorted(found, key=lambda s: s.manifest.created, reverse=True)


def read_snapshot(path: Path) -> Snapshot | None:
    """The snapshot in a folder, or None if its manifest or store is missing or damaged."""
    try:
        data = json.loads((path / "manifest.json").read_text("utf-8"))
        manifest = manifest_of(data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return Snapshot(path, manifest) if (path / "store" / "CURRENT").is_file() else None


def damage(snapshot: Snapshot) -> str:
    """The part of a snapshot that is not what was written ("graph.nq", "store"), or nothing."""
    if not dump_is_sound(snapshot):
        return snapshot.dump.name
    return "" if store_is_sound(snapshot) else "store"


def dump_is_sound(snapshot: Snapshot) -> bool:
    """Whether graph.nq is what was written."""
    try:
        return _file_hash(snapshot.dump) == snapshot.manifest.sha256
    except OSError:
        return False


def store_is_sound(snapshot: Snapshot) -> bool:
    """Whether the files of the store are what was written, as far as the manifest says."""
    written = snapshot.manifest.store
    try:
        return not written or store_hash(snapshot.path) == written
    except OSError:
        return False


def store_hash(path: Path) -> str:
    """The sha256 of the files of the store of a snapshot's folder; nothing changes them once they are written."""
    digest = hashlib.sha256()
    for file in sorted((path / "store").iterdir()):
        if not file.name.startswith("LOG"):
            digest.update(f"{file.name} {_file_hash(file)}\n".encode())
    return digest.hexdigest()


def _file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def entry_of(data: dict[str, Any]) -> Entry:
    """An entry as it stands in JSON."""
    return Entry(**{**data, "also": tuple(data.get("also", ()))})


def manifest_of(data: dict[str, Any]) -> Manifest:
    """A manifest as it stands in JSON.

    Raises:
        KeyError, TypeError: it is not one.
    """
    plans = tuple(entry_of(entry) for entry in data.pop("plans"))
    left_out = tuple(LeftOut(**entry) for entry in data.pop("left_out"))
    lost = tuple(data.pop("lost_reviews"))
    return Manifest(plans=plans, left_out=left_out, lost_reviews=lost, **data)
