"""Typed queries run in a few processes that can be killed, on the snapshot that is asked, with a bounded queue.

Each thread of the pool owns one process. A query that runs too long, or whose asker is gone, ends with its process; the
next query gets a new one. A new snapshot gets new processes as the old ones finish what they do.
"""

import json
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from cancu.graph.snapshot import Snapshot
from cancu.loaders.errors import CancuError
from cancu.queries.errors import Busy, Cancelled, Failed, TookTooLong
from cancu.queries.guard import admit
from cancu.queries.limits import Limits, limits_of
from cancu.queries.sparql import JSON, Asked, Result, fitting
from cancu.queries.worker import Outcome, too_much, work

START_SECONDS = 5.0
"""Allowed on top of a query's time where its process has to start first."""

_LOG = logging.getLogger("cancu.sparql")
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass
class Worker:
    """A process at work on the store of one snapshot."""

    store: Path
    process: BaseProcess
    pipe: Connection
    fresh: bool = True

    @classmethod
    def start(
        cls, store: Path, limits: Limits, target: Callable[[Connection, Path, Limits], None] = work
    ) -> "Worker":
        """Start a process that does this work."""
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=target, args=(theirs, store, limits), daemon=True)
        process.start()
        theirs.close()
        return cls(store, process, ours)

    def stop(self) -> None:
        """End the process, whatever it does; what waits for its answer sees the end of the pipe."""
        self.process.kill()
        self.process.join()


@dataclass
class Job:
    """A query that waits or runs; `result` waits for its answer."""

    asked: Asked
    snapshot: Snapshot
    submitted: float = field(default_factory=time.monotonic)
    future: "Future[Result]" = field(default_factory=Future)
    worker: Worker | None = None
    gone: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cancel(self) -> None:
        """Nobody waits any more: take it out of the queue, or end the process that runs it."""
        with self._lock:
            self.gone = True
            if self.worker:
                self.worker.process.kill()

    def begin(self, worker: Worker) -> None:
        """Note who runs it.

        Raises:
            Cancelled: nobody waits.
        """
        with self._lock:
            if self.gone:
                raise cancelled()
            self.worker = worker

    def end(self) -> None:
        """Note that its process may go on with something else."""
        with self._lock:
            self.worker = None


class Pool:
    """Processes for typed queries. Safe to use from many threads; a context manager ends its processes."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or limits_of()
        self._threads = ThreadPoolExecutor(self.limits.workers, thread_name_prefix="sparql")
        self._own = threading.local()
        self._all: dict[int, Worker] = {}
        self._lock = threading.Lock()
        self._held = 0

    def __enter__(self) -> Self:
        """The pool."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self.close()

    def close(self) -> None:
        """End all processes; queries that wait are cancelled."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            workers = list(self._all.values())
        for worker in workers:
            worker.process.kill()
        self._threads.shutdown(wait=True)

    def run(self, snapshot: Snapshot, asked: Asked) -> Result:
        """The answer to a query, waited for.

        Raises:
            QueryError: of every kind that `submit` and `evaluate` name.
            DamagedSnapshot: the data cannot be read.
        """
        return self.submit(snapshot, asked).future.result()

    def submit(self, snapshot: Snapshot, asked: Asked) -> Job:
        """Put a query in the queue.

        Raises:
            Refused, TooMuch: its text is not let in (see `guard`).
            Busy: too many wait.
        """
        job = Job(with_dataset(asked), snapshot)
        with self._lock:
            if self._held >= self.limits.workers + self.limits.waiting:
                raise busy(self.limits)
            self._held += 1
        job.future.add_done_callback(self._left)
        self._threads.submit(self._do, job)
        return job

    def _left(self, _: "Future[Result]") -> None:
        with self._lock:
            self._held -= 1

    def _do(self, job: Job) -> None:
        """In a thread of the pool: run one query."""
        began, outcome = time.monotonic(), "ok"
        try:
            if began - job.submitted > 2 * self.limits.seconds:
                raise busy(self.limits)
            result = self._ask(job)
            note(job.asked, job.snapshot.version, job.submitted, began, outcome, len(result.body))
            job.future.set_result(result)
        except CancuError as error:
            note(job.asked, job.snapshot.version, job.submitted, began, type(error).__name__, 0)
            job.future.set_exception(error)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
            _LOG.exception("query pool")
            job.future.set_exception(error)

    def _ask(self, job: Job) -> Result:
        worker = self._worker(job.snapshot)
        job.begin(worker)
        spent = True
        try:
            outcome, spent = self._wait(worker, job)
        finally:
            job.end()
            if spent:
                self._stop(worker)
        if isinstance(outcome, Result):
            return outcome
        if isinstance(outcome, CancuError):
            raise outcome
        _LOG.error("query failed: %s", outcome)
        raise Failed("Không chạy được câu truy vấn này.", "This query could not be run.")

    def _wait(self, worker: Worker, job: Job) -> tuple[Outcome, bool]:
        """What a process answers, and whether it should be replaced."""
        allowed = self.limits.seconds + (START_SECONDS if worker.fresh else 0)
        try:
            worker.pipe.send(job.asked)
            if not worker.pipe.poll(allowed):
                raise too_long(self.limits)
            answer: tuple[Outcome, bool] = worker.pipe.recv()
        except (EOFError, OSError) as error:
            raise cancelled() if job.gone else too_much() from error
        worker.fresh = False
        return answer

    def _worker(self, snapshot: Snapshot) -> Worker:
        """This thread's process, on this snapshot."""
        worker: Worker | None = getattr(self._own, "worker", None)
        store = snapshot.path / "store"
        if worker and (worker.store != store or not worker.process.is_alive()):
            self._stop(worker)
            worker = None
        if worker is None:
            worker = Worker.start(store, self.limits)
            self._own.worker = worker
            with self._lock:
                self._all[id(worker)] = worker
        return worker

    def _stop(self, worker: Worker) -> None:
        worker.stop()
        worker.pipe.close()
        self._own.worker = None
        with self._lock:
            self._all.pop(id(worker), None)


def run(
    snapshot: Snapshot, query: str, media_type: str = JSON, limits: Limits | None = None
) -> Result:
    """The answer to one query, in a process that ends with it: for the command.

    Raises:
        QueryError: see `Pool.run`.
    """
    with Pool(limits or replace(limits_of(), workers=1)) as pool:
        return pool.run(snapshot, Asked(query, fitting(media_type, admit(query).form)))


def with_dataset(asked: Asked) -> Asked:
    """A query that is let in; what the protocol says of its dataset stands above what its text says (SPARQL 1.1 Protocol, 2.1.4)."""
    admitted = admit(asked.query)
    own = asked.default_graphs is not None or asked.named_graphs is not None
    if own or not (admitted.default_graphs or admitted.named_graphs):
        return asked
    return replace(
        asked, default_graphs=admitted.default_graphs, named_graphs=admitted.named_graphs
    )


def note(
    asked: Asked, version: str, submitted: float, began: float, outcome: str, size: int
) -> None:
    """One line for the log: no words of the asker's."""
    _LOG.info(
        json.dumps(
            {
                "query": sha256(asked.query.encode("utf-8", "surrogatepass")).hexdigest()[:12],
                "characters": len(asked.query),
                "snapshot": version,
                "format": asked.media_type,
                "waited_ms": round(1000 * (began - submitted), 1),
                "ms": round(1000 * (time.monotonic() - began), 1),
                "bytes": size,
                "outcome": outcome,
            }
        )
    )


def busy(limits: Limits) -> Busy:
    """What is said while too many wait."""
    return Busy(
        "Đang có quá nhiều câu truy vấn chờ; xin thử lại sau ít giây.",
        "Too many queries are waiting; please try again in a few seconds.",
        max(1, int(limits.seconds)),
    )


def cancelled() -> Cancelled:
    """What is said where nobody waits any more."""
    return Cancelled("Câu truy vấn đã được dừng.", "The query was stopped.")


def too_long(limits: Limits) -> TookTooLong:
    """What is said of a query or update that ran out of time."""
    return TookTooLong(
        f"Câu truy vấn chạy quá {limits.seconds:g} giây nên đã dừng; hãy thêm điều kiện hoặc LIMIT.",
        f"The query ran longer than {limits.seconds:g} seconds and was stopped; add conditions or LIMIT.",
    )
