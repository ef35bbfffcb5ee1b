"""Snapshots: immutable, versioned builds of the whole graph, swapped in by a rename.

In the home folder:

    current                      the version that is served (a line of text, replaced atomically)
    build.lock                   held while a build runs
    building-…/                  a build at work; left by a killed one, removed by the next
    snapshots/<version>/         store/ (Oxigraph), graph.nq (sorted N-Quads), manifest.json

The version is made of the sha256 of graph.nq (and of the layout of the store): the same documents and software give the same
version, and an HTTP ETag for free. The time of a build is in its manifest only, so that dumps are reproducible.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pyoxigraph import Quad, RdfFormat, Store, serialize

from cancu.graph.build import PlanGraph, software
from cancu.graph.errors import BuildRunning, NoSnapshot, NothingBuilt, StorageFailed
from cancu.graph.registry import registry_quads
from cancu.graph.reviews import Review, orphans, review_quads
from cancu.ontology.load import ontology_quads

LAYOUT = b"1"
"""Part of the version: a change of how the store is filled must not pass for the same snapshot."""

KEEP = 3
"""Snapshots kept, the current one included."""


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


def write_snapshot(
    home: Path,
    graphs: Sequence[tuple[PlanGraph, Entry]],
    left_out: Sequence[LeftOut] = (),
    reviews: Sequence[Review] = (),
) -> Snapshot:
    """Build a snapshot beside the current one, check it, and swap it in.

    `reviews` is the whole history of verdicts; those whose claim is gone are named in the manifest.

    Raises:
        NothingBuilt: there is no graph.
        BuildRunning: another build holds the lock.
        StorageFailed: the disk is full or not writable; the old snapshot goes on serving.
    """
    if not graphs:
        reasons = "; ".join(f"{left.source}: {left.vi}" for left in left_out)
        english = "; ".join(f"{left.source}: {left.en}" for left in left_out)
        raise NothingBuilt(
            f"Không dựng được tài liệu nào. {reasons}", f"No document could be built. {english}"
        )
    quads = {
        *ontology_quads(),
        *registry_quads(),
        *(quad for graph, _ in graphs for quad in graph.quads),
    }
    lost = orphans(reviews, quads)
    quads |= set(review_quads(reviews, quads))
    with _building(home) as folder:
        dump = dump_quads(quads)
        (folder / "graph.nq").write_bytes(dump)
        _fill(folder / "store", quads)
        sha256 = hashlib.sha256(dump).hexdigest()
        manifest = Manifest(
            version=hashlib.sha256(LAYOUT + dump).hexdigest()[:12],
            created=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
            software=software(),
            quads=len(quads),
            sha256=sha256,
            plans=tuple(entry for _, entry in graphs),
            left_out=tuple(left_out),
            reviews=len(reviews) - len(lost),
            lost_reviews=tuple(dict.fromkeys(review.claim for review in lost)),
        )
        _write(folder / "manifest.json", json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        return _swap_in(home, folder, manifest)


def current(home: Path) -> Snapshot:
    """The snapshot that is served; the newest sound one if the pointer is lost or points at a damaged one.

    Raises:
        NoSnapshot: there is none.
    """
    try:
        named = _read(home / "snapshots" / (home / "current").read_text("utf-8").strip())
    except (OSError, ValueError):
        named = None
    found = named or next(iter(_sound(home)), None)
    if found is None:
        raise NoSnapshot(
            f"Chưa có dữ liệu trong {home}: hãy chạy `cancu build`.",
            f"There is no data in {home}: run `cancu build`.",
        )
    return found


def _sound(home: Path) -> list[Snapshot]:
    """The sound snapshots, newest first."""
    folder = home / "snapshots"
    found = [s for s in map(_read, folder.iterdir()) if s] if folder.is_dir() else []
    return sorted(found, key=lambda s: s.manifest.created, reverse=True)


def _read(path: Path) -> Snapshot | None:
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


@contextmanager
def _building(home: Path) -> Iterator[Path]:
    """A fresh folder to build in, under the lock; nothing of it stays behind unless it was renamed away."""
    try:
        (home / "snapshots").mkdir(parents=True, exist_ok=True)
        with FileLock(home / "build.lock", timeout=0):
            for debris in home.glob("building-*"):
                shutil.rmtree(debris, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix="building-", dir=home))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout as error:
        raise BuildRunning(
            f"Một lần dựng khác đang chạy trong {home}; hãy đợi nó xong.",
            f"Another build is at work in {home}; wait for it.",
        ) from error
    except OSError as error:
        raise StorageFailed.at(home, error) from error


def _sorted_dump(quads: Collection[Quad]) -> bytes:
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def dump_quads(quads: Collection[Quad]) -> bytes:
    """The quads as sorted N-Quads, the same bytes for the same quads."""
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def _fill(path: Path, quads: Collection[Quad]) -> None:
    """Load the named graphs, and all of them merged into the default graph: Oxigraph's own union of named graphs gives
    a triple that stands in two of them twice, which a default graph must not (SPARQL 1.1, section 13.1).
    """
    store = Store(str(path))
    store.bulk_extend(quads)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    store.optimize()
    store.flush()
    written = len(store)
    del store
    if len(Store.read_only(str(path))) != written:
        raise OSError(f"{path} does not hold what was written")


def _swap_in(home: Path, folder: Path, manifest: Manifest) -> Snapshot:
    """Rename the finished folder to its version and point `current` at it; old ones beyond `KEEP` go."""
    final = home / "snapshots" / manifest.version
    if _read(final) is None:
        shutil.rmtree(final, ignore_errors=True)
        folder.rename(final)
    else:
        (folder / "manifest.json").replace(final / "manifest.json")
    _write(home / "current.new", manifest.version + "\n")
    (home / "current.new").replace(home / "current")
    for old in [s for s in _sound(home) if s.version != manifest.version][KEEP - 1 :]:
        shutil.rmtree(old.path, ignore_errors=True)
    return Snapshot(final, manifest)


def _write(path: Path, content: str) -> None:
    """Write and sync, so that a power cut leaves the old file or the new one."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
