"""Updates of admins on a home folder: let in, tried on a copy, written into the history, published as a new snapshot."""

import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore

from cancu.graph.publish import publish_updates
from cancu.graph.save import building_folder, only_build
from cancu.graph.snapshot import current
from cancu.graph.updates import (
    Lines,
    Update,
    forget,
    make_update,
    read_updates,
    record,
    state,
)
from cancu.loaders.errors import CancuError
from cancu.ontology.terms import GRAPHS
from cancu.queries.change import Asked, change
from cancu.queries.errors import Busy
from cancu.queries.limits import Limits, limits_of
from cancu.queries.update import admit_only, admit_update

WAIT_SECONDS = 60.0
"""How long an update waits for another, or for a build, to end."""

WAITING = 8
"""Updates that one process holds at a time, the one at work included."""

_LOG = logging.getLogger("cancu.sparql")


@dataclass(frozen=True)
class Updates:
    """What makes the updates of one home folder. Safe to use from many threads: one comes after the other."""

    home: Path
    limits: Limits = field(default_factory=limits_of)
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(WAITING))

    def update(self, text: str, by: str) -> None:
        """Run a SPARQL 1.1 update on the graph `bo-sung` and publish what comes of it.

        Raises:
            Busy: too many wait already.
            CancuError: see `run_update`.
        """
        if not self._places.acquire(blocking=False):
            raise Busy(
                "Đang có quá nhiều cập nhật chờ; xin thử lại sau ít giây.",
                "Too many updates are waiting; please try again in a few seconds.",
            )
        try:
            run_update(self.home, text, by, self.limits)
        finally:
            self._places.release()


def run_update(home: Path, text: str, by: str, limits: Limits | None = None) -> Update | None:
    """Run a SPARQL 1.1 update on the graph `bo-sung` and publish what comes of it; None if it changes nothing.

    Raises:
        Refused: it writes to another graph, calls a server or reads a file.
        BadQuery, TooLarge, TookTooLong, TooMuch, Failed: see `admit_update` and `change`.
        NoSnapshot, DamagedSnapshot, BuildRunning, StorageFailed, DamagedUpdates, DamagedReviews: see `publish_updates`.
    """
    limits = limits or limits_of()
    began, outcome, made = time.monotonic(), "ok", None
    try:
        admit_update(text)
        admit_only(text, GRAPHS.bo_sung)
        with only_build(home, WAIT_SECONDS), building_folder(home) as folder:

            def after(before: Lines) -> Lines:
                return change(current(home), Asked(text, before), folder, limits)

            made = _publish(home, by, text, after)
    except CancuError as error:
        outcome = type(error).__name__
        raise
    finally:
        _note(text, made, began, outcome)
    return made


def go_back(home: Path, by: str, version: int | None = None) -> Update | None:
    """Make the graph `bo-sung` what it was after an update, by default the one before the last; None if it is that already.

    Raises:
        UnknownVersion: there is no such version.
        NoSnapshot, DamagedSnapshot, BuildRunning, StorageFailed, DamagedUpdates, DamagedReviews: see `publish_updates`.
    """
    with only_build(home, WAIT_SECONDS):
        updates = read_updates(home)
        chosen = max(0, len(updates) - 1) if version is None else version
        graph = state(updates, chosen)
        return _publish(home, by, "", lambda _: graph, chosen)


def _publish(
    home: Path, by: str, text: str, after: Callable[[Lines], Lines], back_to: int | None = None
) -> Update | None:
    """Write the update that leaves this graph into the history, then publish; the history is as it was if that fails.

    If the process ends in between, the update counts: whoever publishes next publishes it.
    """
    before = read_updates(home)
    was = state(before)
    graph = after(was)
    if graph == was:
        return None
    update = make_update(before, graph, by, text, back_to)
    record(home, update)
    try:
        publish_updates(home)
    except BaseException:
        with suppress(OSError):
            forget(home, update)
        raise
    return update


def _note(text: str, made: Update | None, began: float, outcome: str) -> None:
    """One line for the log: no words of the asker's."""
    _LOG.info(
        json.dumps(
            {
                "update": sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
                "characters": len(text),
                "version": made.number if made else None,
                "ms": round(1000 * (time.monotonic() - began), 1),
                "outcome": outcome,
            }
        )
    )
