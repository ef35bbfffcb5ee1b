"""Documents that somebody handed in and nobody has accepted yet: each is read beside the data, and looked at there.

A staged document lies in a folder of its own under the home, with a snapshot that holds it alone. Accepting adds it to the data; leaving it
removes the folder; what nobody decides on is removed after a day.
"""

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from cancu.graph.collect import Given
from cancu.graph.errors import GraphError, NothingBuilt, Refused, StorageFailed
from cancu.graph.publish import Options, publish_given
from cancu.graph.snapshot import Entry, LeftOut, Snapshot, current
from cancu.graph.workers import Limits

LIMITS = Limits(seconds=60.0, memory_bytes=1024**3)
"""What the reading of one handed-in document may use."""

KEPT_SECONDS = 24 * 3600
_FOLDER = "staged"
_DOCUMENT = "document"
_NAME = "name"


@dataclass(frozen=True)
class Staged:
    """A document that waits for a decision.

    Attributes:
        key: the first eight hex digits of its hash, as in addresses.
        name: the file's name as it was handed in.
        snapshot: a snapshot that holds it alone.
    """

    key: str
    name: str
    folder: Path
    snapshot: Snapshot

    @property
    def entry(self) -> Entry:
        """What was read."""
        return self.snapshot.manifest.plans[0]


def stage(home: Path, name: str, data: bytes) -> Staged:
    """Read a document beside the data, in a process that is stopped at its limits.

    Raises:
        Refused: it cannot be used; nothing of it is kept.
        StorageFailed: the folder cannot be written.
    """
    tidy(home)
    name = Path(name.replace("\\", "/")).name[:200] or "van-ban"
    waiting = home / _FOLDER
    folder = waiting / f"new-{time.time_ns()}"
    try:
        folder.mkdir(parents=True)
        (folder / _DOCUMENT).write_bytes(data)
        (folder / _NAME).write_text(name, "utf-8")
        snapshot = publish_given(folder, [Given(name, None, data)], options=_options(add=False))
        key = snapshot.manifest.plans[0].key
        shutil.rmtree(waiting / key, ignore_errors=True)
        folder.rename(waiting / key)
    except NothingBuilt as error:
        raise _refused(error.left_out) from error
    except OSError as error:
        raise StorageFailed.at(folder, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Staged(key, name, waiting / key, current(waiting / key))


def staged(home: Path, key: str) -> Staged | None:
    """The staged document with this key, or None."""
    folder = home / _FOLDER / key
    if not re.fullmatch(r"[0-9a-f]{8}", key) or not (folder / _DOCUMENT).is_file():
        return None
    try:
        return Staged(key, (folder / _NAME).read_text("utf-8"), folder, current(folder))
    except (OSError, GraphError):
        return None


def accept(home: Path, found: Staged) -> Entry:
    """Add a staged document to the data; its entry there.

    Raises:
        Refused: it stands in the way of another document; nothing has changed.
        BuildRunning, StorageFailed: as for `publish`.
    """
    data = (found.folder / _DOCUMENT).read_bytes()
    try:
        snapshot = publish_given(home, [Given(found.name, None, data)], options=_options(add=True))
    except NothingBuilt as error:
        raise _refused(error.left_out) from error
    entry = next(
        (e for e in snapshot.manifest.plans if found.entry.sha256 == e.sha256), None
    ) or next(
        (e for e in snapshot.manifest.plans if e.plan == found.entry.plan and e.current), None
    )
    if entry is None:
        raise _refused(snapshot.manifest.left_out)
    leave(found)
    return entry


def leave(found: Staged) -> None:
    """Remove a staged document."""
    shutil.rmtree(found.folder, ignore_errors=True)


def tidy(home: Path) -> None:
    """Remove what nobody decided on for a day."""
    for folder in (home / _FOLDER).glob("*"):
        try:
            if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _options(add: bool) -> Options:
    return Options(jobs=1, add=add, limits=LIMITS)


def _refused(left_out: tuple[object, ...]) -> Refused:
    left = next((x for x in left_out if isinstance(x, LeftOut)), None)
    vi, en = (left.vi, left.en) if left else ("không rõ vì sao", "for a reason unknown")
    return Refused(
        f"Không dùng được văn bản này: {vi.rstrip('.')}. Chưa có gì được lưu.",
        f"This document cannot be used: {en.rstrip('.')}. Nothing was stored.",
    )
