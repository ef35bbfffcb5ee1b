"""Typed queries answered for the web: from the cache, or by a pool of processes; whoever goes away stops his query."""

import asyncio
import gzip
from collections.abc import Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any, Protocol

from cachetools import LRUCache
from starlette.requests import Request

from cancu.graph.dataset import Embedded, Published
from cancu.graph.remote import Remote
from cancu.graph.snapshot import Snapshot
from cancu.queries.errors import Cancelled
from cancu.queries.forward import Forwarder
from cancu.queries.guard import admit
from cancu.queries.limits import MB
from cancu.queries.pool import Job
from cancu.queries.sparql import Asked, Result

CACHE_BYTES = 64 * MB
LARGEST = 2 * MB
"""Answers larger than this are not kept."""
WATCHED_AFTER = 0.1
"""Seconds after which it is worth looking whether somebody still waits."""
SMALLEST = 1000
"""Answers smaller than this are sent as they are."""


class Waiting(Protocol):
    """A query that waits or runs."""

    @property
    def future(self) -> "Future[Result]":
        """What waits for its answer."""

    def cancel(self) -> None:
        """Nobody waits any more."""


class Runner(Protocol):
    """What runs typed queries on this machine."""

    def submit(self, snapshot: Snapshot, asked: Asked) -> Job:
        """Put a query in the queue."""


class Updater(Protocol):
    """What changes the data."""

    def update(self, text: str, by: str) -> None:
        """Run a SPARQL 1.1 update of this person."""


@dataclass(frozen=True)
class Answered:
    """An answer with what is said of it: `tag` for the ETag, empty where the same query may give another answer."""

    result: Result
    packed: bytes
    tag: str

    @property
    def size(self) -> int:
        """Bytes that it takes to keep."""
        return len(self.result.body) + len(self.packed) + SMALLEST


@dataclass
class Service:
    """Typed queries: how they are run, and the answers kept for the snapshot that gave them.

    `kept` has answers by query, `ready` whole responses by request (used in the event loop only).
    """

    runner: Runner
    updater: Updater | None = None
    forwarder: Forwarder = field(default_factory=Forwarder)
    kept: "LRUCache[Hashable, Answered]" = field(
        default_factory=lambda: LRUCache(CACHE_BYTES, getsizeof=lambda answered: answered.size)
    )
    ready: "LRUCache[Hashable, tuple[bytes, dict[str, str]]]" = field(
        default_factory=lambda: LRUCache(
            CACHE_BYTES, getsizeof=lambda sent: len(sent[0]) + SMALLEST
        )
    )
    _lock: Lock = field(default_factory=Lock)

    async def answer(self, request: Request, dataset: Published, asked: Asked) -> Answered:
        """The answer to a query.

        Raises:
            QueryError: see `Pool` and `Forwarder`.
            EndpointError: the engine elsewhere gives no answer that can be used.
        """
        tag = tag_of(dataset, asked)
        with self._lock:
            found = self.kept.get(tag) if tag else None
        if found:
            return found
        result = await _waited(self._submit(dataset, asked), request)
        answered = Answered(result, _packed(result.body), tag)
        if tag and answered.size <= LARGEST:
            with self._lock:
                self.kept[tag] = answered
        return answered

    def _submit(self, dataset: Published, asked: Asked) -> Waiting:
        if isinstance(dataset, Embedded):
            return self.runner.submit(dataset.snapshot, asked)
        if isinstance(dataset, Remote):
            return self.forwarder.submit(dataset, asked)
        raise TypeError(type(dataset).__name__)


def tag_of(dataset: Published, asked: Asked) -> str:
    """What stands for an answer before it is known: the data, the query and the form; empty if time or chance decide.

    Raises:
        Refused, TooMuch, TooLarge: the query is not let in.
    """
    if not admit(asked.query).constant:
        return ""
    made = repr((asked, dataset.manifest.created)).encode("utf-8", "surrogatepass")
    return f"{dataset.version}-{sha256(made).hexdigest()[:16]}"


async def _waited(job: Waiting, request: Request) -> Result:
    future = asyncio.wrap_future(job.future)
    done, _ = await asyncio.wait({future}, timeout=WATCHED_AFTER)
    if not done:
        gone = asyncio.ensure_future(_gone(request))
        ends: set[asyncio.Future[Any]] = {future, gone}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
    if not future.done():
        job.cancel()
        future.add_done_callback(lambda ended: ended.exception())
        raise Cancelled("Câu truy vấn đã được dừng.", "The query was stopped.")
    return future.result()


async def _gone(request: Request) -> None:
    """Wait until the asker is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _packed(body: bytes) -> bytes:
    """A body with gzip, nothing for a small one."""
    return gzip.compress(body, 5, mtime=0) if len(body) >= SMALLEST else b""
