"""Typed queries answered for the web: from the cache, or by a pool of processes; whoever goes away stops his query."""

import asyncio
import gzip
from collections.abc import Hashable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any, Protocol

from cachetools import LRUCache
from starlette.requests import Request

from cancu.graph.snapshot import Snapshot
from cancu.queries.errors import Cancelled
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


class Runner(Protocol):
    """What runs typed queries."""

    def submit(self, snapshot: Snapshot, asked: Asked) -> Job:
        """Put a query in the queue."""


class Updater(Protocol):
    """What changes the data."""

    def update(self, text: str) -> None:
        """Run a SPARQL 1.1 update."""


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
    kept: "LRUCache[Hashable, Answered]" = field(
        default_factory=lambda: LRUCache(CACHE_BYTES, getsizeof=lambda answered: answered.size)
    )
    ready: "LRUCache[Hashable, tuple[bytes, dict[str, str]]]" = field(
        default_factory=lambda: LRUCache(
            CACHE_BYTES, getsizeof=lambda sent: len(sent[0]) + SMALLEST
        )
    )
    _lock: Lock = field(default_factory=Lock)

    async def answer(self, request: Request, snapshot: Snapshot, asked: Asked) -> Answered:
        """The answer to a query.

        Raises:
            QueryError: see `Pool`.
        """
        tag = tag_of(snapshot, asked)
        with self._lock:
            found = self.kept.get(tag) if tag else None
        if found:
            return found
        result = await _waited(self.runner.submit(snapshot, asked), request)
        answered = Answered(result, _packed(result.body), tag)
        if tag and answered.size <= LARGEST:
            with self._lock:
                self.kept[tag] = answered
        return answered


def tag_of(snapshot: Snapshot, asked: Asked) -> str:
    """What stands for an answer before it is known: the data, the query and the form; empty if time or chance decide.

    Raises:
        Refused, TooMuch, TooLarge: the query is not let in.
    """
    if not admit(asked.query).constant:
        return ""
    made = repr((asked, snapshot.manifest.created)).encode("utf-8", "surrogatepass")
    return f"{snapshot.version}-{sha256(made).hexdigest()[:16]}"


async def _waited(job: Job, request: Request) -> Result:
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
