"""A process that answers queries on one snapshot, one after another, until its pipe closes.

Oxigraph cannot be interrupted from Python, and some texts end its process: so the process is not ours (see `pool`).
"""

import os
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import Store

from cancu.queries.confine import confine
from cancu.queries.errors import QueryError, TooMuch
from cancu.queries.limits import Limits
from cancu.queries.sparql import Asked, Result, evaluate

Outcome = Result | QueryError | str
"""An answer, what is wrong with the query, or a trace for the log; sent with whether the process should be replaced."""


def work(pipe: Connection, store_path: Path, limits: Limits) -> None:
    """In the worker: give up what it must not have, then answer until nobody asks."""
    confine(limits.memory_bytes)
    store: Store | None = None
    while True:
        try:
            asked: Asked = pipe.recv()
        except EOFError:
            return
        try:
            store = store or Store.read_only(str(store_path))
            outcome: Outcome = evaluate(store, asked, limits)
        except QueryError as error:
            outcome = error
        except MemoryError:
            outcome = too_much()
        except Exception as error:  # noqa: BLE001 - the asker gets a sentence, the log the trace
            outcome = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
        pipe.send((outcome, _swollen(limits)))


def too_much() -> TooMuch:
    """What is said of a query that ran out of memory."""
    return TooMuch(
        "Câu truy vấn cần quá nhiều bộ nhớ nên đã dừng; hãy thêm điều kiện hoặc LIMIT.",
        "The query needs too much memory and was stopped; add conditions or LIMIT.",
    )


def _swollen(limits: Limits) -> bool:
    """Whether this process holds so much memory that a fresh one is better: what a query freed may not go back."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:  # only Linux says
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > limits.memory_bytes // 8
