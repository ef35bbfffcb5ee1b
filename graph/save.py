"""Saving a build as a snapshot: built beside the old one, checked, and swapped in by a rename (see `snapshot`)."""

import hashlib
import heapq
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from cancu.graph.build import software
from cancu.graph.cache import engine
from cancu.graph.errors import BuildRunning, DamagedSnapshot, NothingBuilt, StorageFailed
from cancu.graph.merge import merged
from cancu.graph.parts import Part, sorted_lines, uncounted_graphs, version_quads
from cancu.graph.registry import registry_quads
from cancu.graph.reviews import Review, orphans, verdicts
from cancu.graph.search_index import FILE, write_index
from cancu.graph.snapshot import (
    REFUSED,
    LeftOut,
    Manifest,
    Snapshot,
    current,
    damage,
    read_snapshot,
    sound_snapshots,
    store_hash,
)
from cancu.graph.updates import in_graph, read_updates, state
from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import GRAPHS

LAYOUT = b"2"
"""Part of the version: a change of how the store is filled must not pass for the same snapshot."""

_ADDED = f" <{GRAPHS.bo_sung}> .\n".encode()
"""The end of a line of the dump that is of the graph of updates."""

KEEP = 3
"""Snapshots kept, the current one included."""

SAID = 5
"""Reasons that one error message gives; the report has all."""


def write_snapshot(
    home: Path,
    parts: Sequence[Part],
    left_out: Sequence[LeftOut] = (),
    reviews: Sequence[Review] = (),
) -> Snapshot:
    """Build a snapshot beside the current one, check it, and swap it in.

    `reviews` is the whole history of verdicts; those whose claim is gone are named in the manifest.

    Raises:
        NothingBuilt: there is no document.
        BuildRunning: another build holds the lock.
        StorageFailed: the disk is full or not writable; the old snapshot goes on serving.
        DamagedUpdates: see `read_updates`.
    """
    if not parts:
        raise nothing_built(left_out)
    shared = {*ontology_quads(), *registry_quads()}
    kept, lost = _found(reviews, parts, shared)
    entries = [part.entry for part in parts]
    shared |= {*version_quads(parts), *verdicts(kept)}
    with building_folder(home) as folder:
        dump, updates = folder / "graph.nq", read_updates(home)
        lines = (sorted_lines(shared), in_graph(state(updates)), *(p.in_graphs() for p in parts))
        sha256, count = _write_dump(dump, lines)
        _fill(folder, dump, uncounted_graphs(entries))
        manifest = Manifest(
            version=_version(sha256),
            created=_now(),
            software=software(),
            quads=count,
            sha256=sha256,
            plans=tuple(entries),
            left_out=tuple(left_out),
            reviews=len(kept),
            lost_reviews=tuple(dict.fromkeys(review.claim for review in lost)),
            engine=engine(),
            search=write_index(folder),
            store=store_hash(folder),
            updates=len(updates),
        )
        return _swap_in(home, folder, manifest)


def write_updates(home: Path) -> Snapshot:
    """A snapshot that is the current one with today's graph of updates: nothing else is made anew.

    Raises:
        NoSnapshot: there is none.
        DamagedSnapshot: it is not what was written.
        BuildRunning, StorageFailed, DamagedUpdates: as for `write_snapshot`.
    """
    with building_folder(home) as folder:
        old, updates = current(home), read_updates(home)
        if damage(old):
            raise DamagedSnapshot.found()
        dump, lines = folder / "graph.nq", in_graph(state(updates))
        with old.dump.open("rb") as stream:
            others = (line for line in stream if not line.endswith(_ADDED))
            sha256, count = _write_dump(dump, (others, lines))
        _replace_graph(old, folder, lines)
        if old.manifest.search:
            shutil.copyfile(old.path / FILE, folder / FILE)
        manifest = replace(
            old.manifest,
            version=_version(sha256),
            created=_now(),
            quads=count,
            sha256=sha256,
            store=store_hash(folder),
            updates=len(updates),
        )
        return _swap_in(home, folder, manifest)


def has_layout(snapshot: Snapshot) -> bool:
    """Whether the store of a snapshot is filled as this version of the program fills one."""
    return snapshot.version == _version(snapshot.manifest.sha256)


def _version(sha256: str) -> str:
    return hashlib.sha256(LAYOUT + bytes.fromhex(sha256)).hexdigest()[:12]


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def _replace_graph(old: Snapshot, folder: Path, lines: Sequence[bytes]) -> None:
    """A copy of a store (hard links where the disk has them) with these statements as the graph of updates."""
    old.open().backup(str(folder / "store"))
    store = Store(str(folder / "store"))
    store.remove_graph(NamedNode(GRAPHS.bo_sung))
    store.bulk_load(b"".join(lines), format=RdfFormat.N_QUADS)
    store.flush()


def nothing_built(left_out: Sequence[LeftOut]) -> NothingBuilt:
    """The error that says why no document could be built."""
    refused = [left for left in left_out if left.why == REFUSED] or left_out
    reasons = "; ".join(f"{left.source}: {left.vi}" for left in refused[:SAID])
    english = "; ".join(f"{left.source}: {left.en}" for left in refused[:SAID])
    return NothingBuilt(
        f"Không dựng được tài liệu nào. {reasons}",
        f"No document could be built. {english}",
        left_out,
    )


def _found(
    reviews: Sequence[Review], parts: Sequence[Part], shared: Collection[Quad]
) -> tuple[list[Review], list[Review]]:
    """The verdicts whose claim is made by a current document or a registry, and the others."""
    if not reviews:
        return [], []
    gone = set(orphans(reviews, shared))
    for part in parts:
        if gone and part.entry.current:
            claims = part.claims()
            gone = {review for review in gone if review.claim not in claims}
    return [r for r in reviews if r not in gone], [r for r in reviews if r in gone]


def building(home: Path) -> FileLock:
    """The lock that a build holds; the same process may take it again."""
    return FileLock(home / "build.lock", timeout=0, is_singleton=True)


@contextmanager
def only_build(home: Path, wait: float = 0) -> Iterator[None]:
    """Be the only build in a home folder; wait so many seconds for another to end.

    Raises:
        BuildRunning: another build holds the lock.
        StorageFailed: the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with building(home).acquire(timeout=wait):
            yield
    except Timeout as error:
        raise BuildRunning(
            f"Một lần dựng khác đang chạy trong {home}; hãy đợi nó xong.",
            f"Another build is at work in {home}; wait for it.",
        ) from error
    except OSError as error:
        raise StorageFailed.at(home, error) from error


@contextmanager
def building_folder(home: Path) -> Iterator[Path]:
    """A fresh folder to build in, under the lock; nothing of it stays behind unless it was renamed away."""
    with only_build(home):
        (home / "snapshots").mkdir(exist_ok=True)
        for debris in home.glob("building-*"):
            shutil.rmtree(debris, ignore_errors=True)
        folder = home / f"building-{uuid4().hex[:8]}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _write_dump(path: Path, sources: Iterable[Iterable[bytes]]) -> tuple[str, int]:
    """Merge sorted N-Quads into one sorted file, each line once; its sha256 and the number of lines."""
    digest, count, last = hashlib.sha256(), 0, b""
    with path.open("wb") as stream:
        for line in heapq.merge(*sources):
            if line != last:
                stream.write(line)
                digest.update(line)
                count, last = count + 1, line
    return digest.hexdigest(), count


def _fill(folder: Path, dump: Path, left_out: Collection[str]) -> None:
    """Load the named graphs, and those that count merged into the default graph: Oxigraph's own union of named graphs
    gives a triple that stands in two of them twice, which a default graph must not (SPARQL 1.1, section 13.1).
    """
    path, triples = str(folder / "store"), folder / "merged.nt"
    with dump.open("rb") as lines, triples.open("wb") as stream:
        stream.writelines(merged(lines, left_out))
    store = Store(path)
    store.bulk_load(path=str(dump), format=RdfFormat.N_QUADS)
    store.bulk_load(path=str(triples), format=RdfFormat.N_TRIPLES, to_graph=DefaultGraph())
    triples.unlink()
    store.optimize()
    store.flush()
    written = len(store)
    del store
    if len(Store.read_only(path)) != written:
        raise OSError(f"{path} does not hold what was written")


def _swap_in(home: Path, folder: Path, manifest: Manifest) -> Snapshot:
    """Rename the finished folder to its version and point `current` at it; old ones beyond `KEEP` go.

    All that is written is written before: what is left are renames, for which a full disk has room.
    """
    final, pointer = home / "snapshots" / manifest.version, folder / "current"
    _write(pointer, manifest.version + "\n")
    same = _sound_at(final)
    if same:
        # The store that is there stays: somebody may be reading it.
        manifest = replace(manifest, store=same.manifest.store)
    _write(folder / "manifest.json", json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    if same:
        for name in (FILE, "manifest.json"):
            if (folder / name).exists():
                (folder / name).replace(final / name)
    else:
        shutil.rmtree(final, ignore_errors=True)
        folder.rename(final)
        pointer = final / "current"
    pointer.replace(home / "current")
    for old in [s for s in sound_snapshots(home) if s.version != manifest.version][KEEP - 1 :]:
        shutil.rmtree(old.path, ignore_errors=True)
    return Snapshot(final, manifest)


def _sound_at(path: Path) -> Snapshot | None:
    """The snapshot in a folder, if its files are as they were written."""
    found = read_snapshot(path)
    return None if found is None or damage(found) else found


def _write(path: Path, content: str) -> None:
    """Write and sync, so that a power cut leaves the old file or the new one."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
