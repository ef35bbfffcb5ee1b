"""The search index of data in an engine elsewhere: written here once a version, and removed with the program.

It is read from the engine by the queries of `search_entries` when somebody first searches.
"""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from threading import Lock
from weakref import WeakKeyDictionary, finalize

from cancu.graph.dataset import Embedded, Published
from cancu.graph.errors import StorageFailed
from cancu.graph.remote import Remote
from cancu.graph.search_entries import entries
from cancu.graph.search_index import FILE, connect, need_fts5, open_index, write_entries


@dataclass
class _Kept:
    """The index of one version, as soon as somebody has written it."""

    lock: Lock = field(default_factory=Lock)
    file: Path | None = None


_kept: WeakKeyDictionary[Remote, _Kept] = WeakKeyDictionary()
_lock = Lock()


def open_index_of(dataset: Published) -> sqlite3.Connection:
    """The index of what is published, here or elsewhere, to be read only; close it after use.

    Raises:
        NoIndex, DamagedIndex: see `search_index.open_index`.
        EndpointError: the engine elsewhere gives no answer that can be used.
        StorageFailed: the index of an engine elsewhere cannot be written.
    """
    if isinstance(dataset, Embedded):
        return open_index(dataset.snapshot)
    if not isinstance(dataset, Remote):
        raise TypeError(type(dataset).__name__)
    need_fts5()
    with _lock:
        kept = _kept.setdefault(dataset, _Kept())
    with kept.lock:
        kept.file = kept.file or _written(dataset)
        return connect(kept.file)


def _written(remote: Remote) -> Path:
    """The index of an engine elsewhere, in a folder that goes when its version is no longer read."""
    try:
        folder = mkdtemp(prefix="cancu-search-")
        finalize(remote, rmtree, folder, ignore_errors=True)
        write_entries(Path(folder) / FILE, entries(remote.select))
    except OSError as error:
        raise StorageFailed.at(gettempdir(), error) from error
    return Path(folder) / FILE
