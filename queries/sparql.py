"""Queries that anybody types: let in by `guard`, run in a process that can be killed, answered in a W3C format.

Oxigraph cannot be interrupted from Python, and some queries end their process; so the process is not ours.
"""

import multiprocessing
import re
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store

from cancu.graph.snapshot import Snapshot
from cancu.queries.errors import BadQuery, QueryError, TookTooLong, TooMuch
from cancu.queries.guard import admit
from cancu.queries.names.typed import nfc

JSON = "application/sparql-results+json"

RESULT_FORMATS = {
    JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media types of SELECT and ASK answers (SPARQL 1.1 Query Results)."""

GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Media types of CONSTRUCT and DESCRIBE answers."""

_PLACE = re.compile(r"error at (\d+):(\d+)(?:-(?:\d+:)?\d+)?:?\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """What one query may use."""

    seconds: float = 10.0
    memory_bytes: int = 2 * 1024**3
    result_bytes: int = 64 * 1024**2


DEFAULT = Limits()


@dataclass(frozen=True)
class Result:
    """An answer as bytes of its media type."""

    body: bytes
    media_type: str


def run(snapshot: Snapshot, query: str, media_type: str = JSON, limits: Limits = DEFAULT) -> Result:
    """The answer to an ad-hoc query.

    Args:
        snapshot: what is asked.
        query: SPARQL 1.1 text, SELECT, ASK, CONSTRUCT or DESCRIBE; read in NFC, as all texts of the graph are.
        media_type: of RESULT_FORMATS or GRAPH_FORMATS; a query of the other kind is answered in JSON or Turtle.
        limits: what it may use.

    Raises:
        BadQuery: not SPARQL; with line and column where known.
        Refused: an update, SERVICE or FROM.
        TookTooLong, TooMuch: stopped at a limit.
    """
    query = nfc(query)
    admit(query)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(
        target=_work, args=(theirs, snapshot.path / "store", query, media_type, limits), daemon=True
    )
    worker.start()
    theirs.close()
    try:
        if not ours.poll(limits.seconds + START_SECONDS):
            raise _too_long(limits)
        outcome = ours.recv()
    except EOFError as error:
        raise _too_much() from error
    finally:
        worker.kill()
        worker.join()
        ours.close()
    if isinstance(outcome, QueryError):
        raise outcome
    return Result(*outcome)


START_SECONDS = 2.0
"""Allowed on top of a query's time for the process to start."""


def _work(pipe: Connection, path: Path, query: str, media_type: str, limits: Limits) -> None:
    """In the worker: one query under a memory limit; sends (body, media type) or an error."""
    _limit_memory(limits.memory_bytes)
    try:
        pipe.send(_limited(evaluate(Store.read_only(str(path)), query, media_type), limits))
    except MemoryError:
        pipe.send(_too_much())
    except QueryError as error:
        pipe.send(error)
    except Exception:  # noqa: BLE001 - the asker gets a sentence, never an internal message
        pipe.send(_failed())


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: the time limit still holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limited(result: Result, limits: Limits) -> tuple[bytes, str]:
    if len(result.body) > limits.result_bytes:
        raise TooMuch(
            f"Kết quả lớn hơn {limits.result_bytes // 1024**2} MB; hãy thêm LIMIT hoặc điều kiện.",
            f"The answer is larger than {limits.result_bytes // 1024**2} MB; add LIMIT or conditions.",
        )
    return result.body, result.media_type


def evaluate(store: Store, query: str, media_type: str) -> Result:
    """The answer of a store to a query, as bytes.

    Raises:
        BadQuery: not SPARQL.
    """
    try:
        found = store.query(query)
    except SyntaxError as error:
        raise _bad_query(str(error)) from error
    if isinstance(found, QueryTriples):
        graph_type = media_type if media_type in GRAPH_FORMATS else "text/turtle"
        return Result(found.serialize(format=GRAPH_FORMATS[graph_type]) or b"", graph_type)
    result_type = media_type if media_type in RESULT_FORMATS else JSON
    if isinstance(found, QueryBoolean) and result_type.startswith("text/"):
        result_type = JSON
    return Result(found.serialize(format=RESULT_FORMATS[result_type]) or b"", result_type)


def _bad_query(message: str) -> BadQuery:
    match = _PLACE.search(message)
    line, column = (int(match[1]), int(match[2])) if match else (None, None)
    prefix = re.search(r"[Pp]refix not found|prefix .* (?:is )?not", message)
    where_vi, where_en = (
        (f" ở dòng {line}, cột {column}", f" at line {line}, column {column}")
        if match
        else ("", "")
    )
    if prefix:
        return BadQuery(
            f"Câu truy vấn dùng một tiền tố chưa khai báo{where_vi}; hãy thêm dòng PREFIX.",
            f"The query uses a prefix that is not declared{where_en}; add a PREFIX line.",
            line,
            column,
        )
    return BadQuery(
        f"Câu truy vấn SPARQL sai cú pháp{where_vi}.",
        f"The SPARQL query has a syntax error{where_en}.",
        line,
        column,
    )


def _too_long(limits: Limits) -> TookTooLong:
    return TookTooLong(
        f"Câu truy vấn chạy quá {limits.seconds:g} giây nên đã dừng; hãy thêm điều kiện hoặc LIMIT.",
        f"The query ran longer than {limits.seconds:g} seconds and was stopped; add conditions or LIMIT.",
    )


def _too_much() -> TooMuch:
    return TooMuch(
        "Câu truy vấn cần quá nhiều bộ nhớ nên đã dừng; hãy thêm điều kiện hoặc LIMIT.",
        "The query needs too much memory and was stopped; add conditions or LIMIT.",
    )


def _failed() -> QueryError:
    return QueryError("Không chạy được câu truy vấn này.", "This query could not be run.")
