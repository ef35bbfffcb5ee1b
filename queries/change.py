"""What an update leaves of the graph `bo-sung`, found out by a process that can be killed, on a copy of the snapshot.

The copy (hard links where the disk has them) takes every change, and only that one graph is read back from it: whatever an
update does to other graphs is lost with the copy.
"""

import logging
import traceback
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from cancu.graph.errors import StorageFailed
from cancu.graph.snapshot import Snapshot
from cancu.graph.updates import Lines
from cancu.loaders.errors import CancuError
from cancu.ontology.iri import BASE
from cancu.ontology.terms import GRAPHS
from cancu.queries.confine import confine
from cancu.queries.errors import BadQuery, Failed, TooLarge
from cancu.queries.limits import MB, Limits
from cancu.queries.pool import START_SECONDS, Worker, too_long
from cancu.queries.sparql import bad_query
from cancu.queries.worker import too_much

_LOG = logging.getLogger("cancu.sparql")
_GRAPH = NamedNode(GRAPHS.bo_sung)


@dataclass(frozen=True)
class Asked:
    """An update, and what the graph holds before it."""

    text: str
    before: Lines


def change(snapshot: Snapshot, asked: Asked, folder: Path, limits: Limits) -> Lines:
    """What the graph holds after an update; `folder` is where the copy is made, and is left for the caller to remove.

    Raises:
        BadQuery: not SPARQL 1.1 Update.
        TooLarge: the graph would have more statements or bytes than an answer may have.
        TookTooLong, TooMuch: it was stopped.
        DamagedSnapshot, StorageFailed: the data cannot be read, or the copy not written.
        Failed: for a reason that stands in the log.
    """
    copy = folder / "copy"
    snapshot.open().backup(str(copy))
    worker = Worker.start(copy, limits, work)
    try:
        worker.pipe.send(asked)
        if not worker.pipe.poll(limits.seconds + START_SECONDS):
            raise too_long(limits)
        outcome: Lines | CancuError | str = worker.pipe.recv()
    except (EOFError, ConnectionError) as error:
        raise too_much() from error
    finally:
        worker.stop()
        worker.pipe.close()
    if isinstance(outcome, CancuError):
        raise outcome
    if isinstance(outcome, str):
        _LOG.error("update failed: %s", outcome)
        raise Failed("Không chạy được cập nhật này.", "This update could not be run.")
    return outcome


def work(pipe: Connection, path: Path, limits: Limits) -> None:
    """In the process: one update."""
    confine(limits.memory_bytes)
    try:
        outcome: Lines | CancuError | str = _changed(path, pipe.recv(), limits)
    except EOFError:
        return
    except CancuError as error:
        outcome = error
    except MemoryError:
        outcome = too_much()
    except OSError as error:
        outcome = StorageFailed.at(path.parent, error)
    except Exception as error:  # noqa: BLE001 - the asker gets a sentence, the log the trace
        outcome = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
    pipe.send(outcome)


def _changed(path: Path, asked: Asked, limits: Limits) -> Lines:
    store = Store(str(path))
    # Always there, and empty before the first update: CLEAR of a graph that is not there is an error.
    store.add_graph(_GRAPH)
    store.clear_graph(_GRAPH)
    known = parse("\n".join(asked.before), format=RdfFormat.N_TRIPLES)
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, _GRAPH) for quad in known)
    try:
        store.update(asked.text, base_iri=BASE)
    except SyntaxError as error:
        raise bad_query(str(error), asked.text) from error
    except RuntimeError as error:
        if "does not exist" in str(error):
            raise _dropped() from error
        raise
    return _lines(store, limits)


def _lines(store: Store, limits: Limits) -> Lines:
    quads = store.quads_for_pattern(None, None, None, _GRAPH)
    found = [quad.triple for quad in islice(quads, limits.rows + 1)]
    text = serialize(found, format=RdfFormat.N_TRIPLES) or b""
    if len(found) > limits.rows or len(text) > limits.result_bytes:
        raise TooLarge(
            f"Đồ thị bổ sung chỉ được có {limits.rows} bộ ba và {limits.result_bytes // MB} MB; cập nhật này làm nó lớn hơn.",
            f"The graph of updates may have {limits.rows} statements and {limits.result_bytes // MB} MB; this update makes it larger.",
        )
    # Not splitlines: a literal may hold other ends of lines than this one.
    return frozenset(line for line in text.decode().split("\n") if line)


def _dropped() -> BadQuery:
    return BadQuery(
        "Đồ thị đã bị DROP ở một lệnh trước trong cùng cập nhật này.",
        "The graph was dropped by an earlier operation of this update.",
    )
