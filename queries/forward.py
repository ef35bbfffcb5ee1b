"""Typed queries sent on to an engine elsewhere, a few at a time with a bounded queue: the limits and errors of `pool`.

The engine cannot be killed: whoever goes away stops waiting, and its thread is free when the engine answers or the time is
over. An answer comes in one format for rows and one for graphs and is written here, so it looks like the embedded one.
"""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from pyoxigraph import Store

from cancu.graph.errors import (
    AnswerTooLarge,
    EndpointRefused,
    EndpointSlow,
    GraphError,
)
from cancu.graph.remote import Remote
from cancu.graph.snapshot import Snapshot
from cancu.ontology.iri import BASE
from cancu.queries.errors import BadQuery, QueryError
from cancu.queries.guard import admit
from cancu.queries.limits import Limits, limits_of
from cancu.queries.pool import Pool, busy, cancelled, note, too_long, with_dataset
from cancu.queries.rewrite import at_most, without_from, without_relative
from cancu.queries.sparql import JSON, Asked, Result, fitting, give, too_large, unknown_graph

AT_ONCE = 4
"""Queries that an engine is sent at a time."""

_LOG = logging.getLogger("cancu.sparql")


@dataclass
class Forwarded:
    """A query that waits or is being answered elsewhere."""

    asked: Asked
    remote: Remote
    submitted: float = field(default_factory=time.monotonic)
    future: "Future[Result]" = field(default_factory=Future)
    gone: bool = False

    def cancel(self) -> None:
        """Nobody waits any more."""
        self.gone = True


class Forwarder:
    """Sends typed queries on. Safe to use from many threads; close it when no more come."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or limits_of()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="elsewhere")
        self._lock = threading.Lock()
        self._held = 0
        self._reader = _Reader(replace(self.limits, workers=1))

    def close(self) -> None:
        """Take no more queries; those that wait are cancelled."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._reader.close()

    def submit(self, remote: Remote, asked: Asked) -> Forwarded:
        """Put a query in the queue.

        Raises:
            Refused, TooMuch, TooLarge: its text is not let in (see `guard`).
            Busy: too many wait.
        """
        job = Forwarded(with_dataset(asked), remote)
        with self._lock:
            if self._held >= AT_ONCE + self.limits.waiting:
                raise busy(self.limits)
            self._held += 1
        job.future.add_done_callback(self._left)
        self._threads.submit(self._do, job)
        return job

    def _left(self, _: "Future[Result]") -> None:
        with self._lock:
            self._held -= 1

    def _do(self, job: Forwarded) -> None:
        """In a thread: ask one query and write its answer."""
        began, outcome, size = time.monotonic(), "ok", 0
        try:
            if job.gone:
                raise cancelled()
            if began - job.submitted > 2 * self.limits.seconds:
                raise busy(self.limits)
            result = self._ask(job)
            size = len(result.body)
            job.future.set_result(result)
        except (QueryError, GraphError) as error:
            outcome = type(error).__name__
            # What it was raised over may hold rows of the engine, which must end in this thread.
            error.__cause__ = error.__context__ = None
            job.future.set_exception(error.with_traceback(None))
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
            _LOG.exception("query elsewhere")
            job.future.set_exception(error)
            return
        note(job.asked, job.remote.version, job.submitted, began, outcome, size)

    def _ask(self, job: Forwarded) -> Result:
        asked, began = job.asked, time.monotonic()
        for iri in (*(asked.default_graphs or ()), *(asked.named_graphs or ())):
            if iri not in job.remote.record.named:
                raise unknown_graph(iri)
        text = without_from(asked.query)
        sent = text if asked.first is None else at_most(text, asked.first + 1)
        remote = job.remote.within(self.limits.seconds, self.limits.result_bytes)
        try:
            found = remote.typed(
                without_relative(sent, BASE), asked.default_graphs, asked.named_graphs
            )
        except EndpointRefused as error:
            raise self._reader.wrong_with(text, job) or BadQuery(error.vi, error.en) from error
        except AnswerTooLarge as error:
            raise too_large(self.limits) from error
        except EndpointSlow as error:
            if time.monotonic() - began >= self.limits.seconds:
                raise too_long(self.limits) from error
            raise
        return give(found, asked, self.limits)


class _Reader:
    """Says what is wrong with a text that an engine does not take: engines say it in their own words, and of lines of theirs."""

    def __init__(self, limits: Limits) -> None:
        self._pool = Pool(limits)
        self._folder: Path | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        self._pool.close()

    def wrong_with(self, text: str, job: Forwarded) -> QueryError | None:
        """Where a text is no SPARQL; None if it is. It is read as those of the embedded store are: where it can do no harm."""
        nothing = Snapshot(self._empty(), job.remote.manifest)
        try:
            self._pool.run(nothing, Asked(text, job.asked.media_type))
        except BadQuery as error:
            return error
        except QueryError:
            return None
        return None

    def _empty(self) -> Path:
        """The folder of a snapshot without any triple."""
        with self._lock:
            if self._folder is None:
                folder = mkdtemp(prefix="cancu-")
                finalize(self, rmtree, folder, ignore_errors=True)
                Store(f"{folder}/store").flush()
                self._folder = Path(folder)
            return self._folder


def run(remote: Remote, query: str, media_type: str = JSON, limits: Limits | None = None) -> Result:
    """The answer of an engine elsewhere to one query: for the command.

    Raises:
        QueryError: see `Forwarder`.
        EndpointError: the engine gives no answer that can be used.
    """
    forwarder = Forwarder(limits)
    try:
        asked = Asked(query, fitting(media_type, admit(query).form))
        return forwarder.submit(remote, asked).future.result()
    finally:
        forwarder.close()
