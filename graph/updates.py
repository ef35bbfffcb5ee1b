"""What admins changed by SPARQL Update: a graph of its own, `bo-sung`, and its history that is only ever added to.

The folder `updates` in the home folder has one file an update, numbered from 1 without a gap: who, when, the text, and the
statements that it added and removed. A file is written aside and renamed, so it is there whole or not at all. The graph
after any update is what all of them up to there leave; nothing is run again, so that a text which asks for the time or for
other data does not give another graph later.
"""

import hashlib
import json
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cancu.graph.errors import DamagedUpdates, StorageFailed, UnknownVersion
from cancu.graph.reviews import now
from cancu.ontology.terms import GRAPHS

FOLDER = "updates"

Lines = frozenset[str]
"""A graph as N-Triples, a line each without its end."""


@dataclass(frozen=True)
class Update:
    """One update.

    Attributes:
        number: from 1; also the version of the graph after it.
        at: ISO time with zone.
        by: who made it.
        text: SPARQL 1.1 Update; empty where the graph was taken back to an earlier version.
        back_to: that version, or None.
        added, removed: statements as N-Triples, sorted.
        sha256: of the graph after it.
    """

    number: int
    at: str
    by: str
    text: str
    back_to: int | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    sha256: str


def make_update(
    before: Sequence[Update], after: Lines, by: str, text: str, back_to: int | None = None
) -> Update:
    """The update that follows these and leaves this graph."""
    was = state(before)
    return Update(
        len(before) + 1,
        now(),
        by,
        text,
        back_to,
        tuple(sorted(after - was)),
        tuple(sorted(was - after)),
        _sha256(after),
    )


def read_updates(home: Path) -> list[Update]:
    """Every update, oldest first; none if there was none.

    Raises:
        DamagedUpdates: one is missing or is no update; nothing is skipped in silence.
    """
    return [_read(home, number) for number in range(1, last_update(home) + 1)]


def last_update(home: Path) -> int:
    """The number of the last update; 0 if there is none."""
    return max((int(path.stem) for path in (home / FOLDER).glob("[0-9]*.json")), default=0)


def state(updates: Sequence[Update], version: int | None = None) -> Lines:
    """The graph after so many updates; after all of them if no version is named, empty for version 0.

    Raises:
        UnknownVersion: there were not so many.
        DamagedUpdates: the history does not give the graph that was recorded.
    """
    version = len(updates) if version is None else version
    if not 0 <= version <= len(updates):
        raise UnknownVersion(
            f"Không có phiên bản {version}: phiên bản mới nhất là {len(updates)}.",
            f"There is no version {version}: the latest is {len(updates)}.",
        )
    found: set[str] = set()
    for update in updates[:version]:
        found = (found - set(update.removed)) | set(update.added)
    graph = frozenset(found)
    if version and _sha256(graph) != updates[version - 1].sha256:
        raise _damaged(Path(FOLDER) / _name(version))
    return graph


def in_graph(lines: Collection[str]) -> list[bytes]:
    """The statements as sorted N-Quads of the graph `bo-sung`."""
    graph = f"<{GRAPHS.bo_sung}> .\n"
    return sorted((line.removesuffix(".") + graph).encode() for line in lines)


def record(home: Path, update: Update) -> None:
    """Add an update to the history.

    Raises:
        StorageFailed: it cannot be written; the history is as it was.
    """
    folder = home / FOLDER
    aside = folder / "new"
    try:
        folder.mkdir(exist_ok=True)
        with aside.open("w", encoding="utf-8") as stream:
            json.dump(asdict(update), stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        aside.rename(folder / _name(update.number))
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StorageFailed.at(folder, error) from error


def forget(home: Path, update: Update) -> None:
    """Take the last update out of the history: it could not be published."""
    (home / FOLDER / _name(update.number)).unlink(missing_ok=True)


def _name(number: int) -> str:
    return f"{number:06}.json"


def _read(home: Path, number: int) -> Update:
    path = home / FOLDER / _name(number)
    try:
        data = json.loads(path.read_text("utf-8"))
        data |= {name: tuple(data[name]) for name in ("added", "removed")}
        update = Update(**data)
        if update.number != number:
            raise ValueError(update.number)
    except (OSError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise _damaged(path) from error
    return update


def _damaged(path: Path) -> DamagedUpdates:
    return DamagedUpdates(
        f"Lịch sử cập nhật bị hỏng ở {path}; hãy lấy lại tệp ấy từ bản sao.",
        f"The history of updates is damaged at {path}; restore that file from a copy.",
    )


def _sha256(lines: Lines) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
