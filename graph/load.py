"""A snapshot written to a SPARQL engine elsewhere.

In this order, so that whoever reads has one whole version at any time, as far as the engine keeps its word:

1. the merged graph, under a name of this version;
2. the named graphs that are new or have changed;
3. the record, which says what is served from now on;
4. what nobody reads any more is deleted: graphs that are no longer there, merged graphs but this one and the one before
   (a page that is being made goes on with that).

A load that is broken off leaves the version before in service, and is done again from the start.
"""

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cancu.graph import faults
from cancu.graph.endpoint import Endpoint
from cancu.graph.errors import NoRemoteData, StorageFailed
from cancu.graph.graph_store import GraphStore
from cancu.graph.merge import merged
from cancu.graph.parts import uncounted_graphs
from cancu.graph.record import RECORD, Record, Sent, merged_graph, part_line, record_lines
from cancu.graph.remote import Remote, merged_graphs_at, size_at
from cancu.graph.snapshot import Snapshot

_BUFFER = 64 * 1024**2
_OTHER_NAMES = (b"#altLabel> ", b"/alternative> ")

Told = Callable[[str, int, int], None]
"""Is told of each graph: its name, which it is, of how many."""


@dataclass(frozen=True)
class Loaded:
    """What a load did: the version, how many graphs were sent, kept as they were and deleted, and the triples of the merged one."""

    version: str
    sent: int
    kept: int
    deleted: int
    triples: int


@dataclass(frozen=True)
class Graphs:
    """A snapshot as graphs of N-Triples, each in a file: what an engine is to hold."""

    record: Record
    files: Mapping[str, Path]


def load(
    snapshot: Snapshot, endpoint: Endpoint, store: GraphStore, told: Told = lambda *_: None
) -> Loaded:
    """Make an engine hold a snapshot.

    Raises:
        EndpointError: the engine did not take it all; what it served before, it serves still.
        StorageFailed: there is no room for the graphs on this machine.
    """
    before = _before(endpoint)
    begun = merged_graphs_at(endpoint)
    with graphs_of(snapshot) as new:
        name = new.record.merged
        if name not in begun:
            store.add(RECORD, part_line(name))
        changed = [n for n in new.files if not _there(endpoint, before, new, n)]
        for number, graph in enumerate(changed, 1):
            told(graph, number, len(changed))
            _put(store, graph, new.files[graph])
        there = size_at(endpoint, name)
        if there < new.record.graphs[name].triples:
            raise faults.not_all_taken(new.record.graphs[name].triples, there)
        keep = [name, *([before.merged] if before and before.merged != name else [])]
        store.put(RECORD, iter([record_lines(new.record, keep)]))
        gone = _gone(before, new, begun, keep)
        for graph in gone:
            store.delete(graph)
    return Loaded(snapshot.version, len(changed), len(new.files) - len(changed), len(gone), there)


def write_quads(snapshot: Snapshot, path: Path) -> None:
    """Write what `load` would send as N-Quads into a file, for an engine's own bulk loader.

    Raises:
        StorageFailed: the file cannot be written.
    """
    with graphs_of(snapshot) as new:
        try:
            with path.open("wb") as stream:
                for graph, file in new.files.items():
                    with file.open("rb") as lines:
                        stream.writelines(_in_graph(line, graph) for line in lines)
                record = record_lines(new.record, [new.record.merged]).splitlines(keepends=True)
                stream.writelines(_in_graph(line, RECORD) for line in record)
        except OSError as error:
            raise StorageFailed.at(path, error) from error


@contextmanager
def graphs_of(snapshot: Snapshot) -> Iterator[Graphs]:
    """The graphs of a snapshot in files that go when they are no longer used, the merged one first.

    Raises:
        StorageFailed: there is no room for them.
    """
    replaced = uncounted_graphs(snapshot.manifest.plans)
    name = merged_graph(snapshot.version)
    with tempfile.TemporaryDirectory(prefix="cancu-") as folder:
        try:
            whole = Path(folder) / "merged.nt"
            with snapshot.dump.open("rb") as lines:
                triples = _write_merged(whole, merged(lines, replaced))
            files = {name: whole, **_split(snapshot.dump, Path(folder))}
            sent = {n: _sent(path) for n, path in files.items()}
        except OSError as error:
            raise StorageFailed.at(folder, error) from error
        sent[name] = Sent(sent[name].sha256, triples)
        yield Graphs(Record(snapshot.manifest, sent), files)


def _before(endpoint: Endpoint) -> Record | None:
    try:
        return Remote.at(endpoint).record
    except NoRemoteData:
        return None


def _there(endpoint: Endpoint, before: Record | None, new: Graphs, graph: str) -> bool:
    """Whether the engine holds this graph already, just as it is."""
    if before is None or before.graphs.get(graph) != new.record.graphs[graph]:
        return False
    return graph != new.record.merged or size_at(endpoint, graph) >= before.graphs[graph].triples


def _gone(
    before: Record | None, new: Graphs, begun: Collection[str], keep: Collection[str]
) -> list[str]:
    old = set(before.graphs) if before else set()
    return sorted((old | set(begun)) - set(new.files) - set(keep))


def _put(store: GraphStore, graph: str, path: Path) -> None:
    with path.open("rb") as lines:
        store.put(graph, lines)


def _write_merged(path: Path, lines: Iterator[bytes]) -> int:
    """Write the merged graph; how many triples it has (another name of a thing may come twice, nothing else does)."""
    count, names = 0, set()
    with path.open("wb") as stream:
        for line in lines:
            if any(mark in line for mark in _OTHER_NAMES):
                names.add(line)
            else:
                count += 1
            stream.write(line)
    return count + len(names)


def _split(dump: Path, folder: Path) -> dict[str, Path]:
    """Graph -> a file with its triples. The lines of a dump are sorted by subject: those of a graph stand all over it."""
    files: dict[str, Path] = {}
    waiting: dict[bytes, list[bytes]] = {}
    size = 0
    with dump.open("rb") as lines:
        for line in lines:
            triple, graph, _ = line.rsplit(b" ", 2)
            waiting.setdefault(graph, []).append(triple + b" .\n")
            size += len(line)
            if size > _BUFFER:
                _append(waiting, files, folder)
                size = 0
    _append(waiting, files, folder)
    return dict(sorted(files.items()))


def _append(waiting: dict[bytes, list[bytes]], files: dict[str, Path], folder: Path) -> None:
    for graph, triples in waiting.items():
        path = files.setdefault(graph[1:-1].decode(), folder / f"{len(files)}.nt")
        with path.open("ab") as stream:
            stream.writelines(triples)
    waiting.clear()


def _sent(path: Path) -> Sent:
    digest, count = hashlib.sha256(), 0
    with path.open("rb") as lines:
        for line in lines:
            digest.update(line)
            count += 1
    return Sent(digest.hexdigest(), count)


def _in_graph(line: bytes, graph: str) -> bytes:
    return b"%s <%s> .\n" % (line.removesuffix(b" .\n"), graph.encode())
