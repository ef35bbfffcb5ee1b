"""Saving a build as a snapshot: built beside the old one, checked, and swapped in by a rename (see `snapshot`)."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pyoxigraph import Quad, RdfFormat, Store, serialize

from cancu.graph.build import PlanGraph, software
from cancu.graph.errors import BuildRunning, NothingBuilt, StorageFailed
from cancu.graph.registry import registry_quads
from cancu.graph.reviews import Review, orphans, review_quads
from cancu.graph.snapshot import (
    Entry,
    LeftOut,
    Manifest,
    Snapshot,
    read_snapshot,
    sound_snapshots,
)
from cancu.ontology.load import ontology_quads

LAYOUT = b"1"
"""Part of the version: a change of how the store is filled must not pass for the same snapshot."""

KEEP = 3
"""Snapshots kept, the current one included."""


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
    if read_snapshot(final) is None:
        shutil.rmtree(final, ignore_errors=True)
        folder.rename(final)
    else:
        (folder / "manifest.json").replace(final / "manifest.json")
    _write(home / "current.new", manifest.version + "\n")
    (home / "current.new").replace(home / "current")
    for old in [s for s in sound_snapshots(home) if s.version != manifest.version][KEEP - 1 :]:
        shutil.rmtree(old.path, ignore_errors=True)
    return Snapshot(final, manifest)


def _write(path: Path, content: str) -> None:
    """Write and sync, so that a power cut leaves the old file or the new one."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
