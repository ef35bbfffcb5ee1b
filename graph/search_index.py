"""The search index of a snapshot: a file `search.sqlite` beside its store, made once and never written to again.

In it:

    entry     what is found, with its words as they are written
    belongs   plan -> the entries that are its own; what belongs to no plan is `shared`
    name      names by which an entry is asked for as a whole, in both forms (see `spelling`)
    word      every word in both forms, as it is first written, and in how many entries it stands
    found     the full-text index (FTS5, without a copy of the text): names, title and words of the entries, in both forms
"""

import errno
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

from pyoxigraph import Store

from cancu.graph.dataset import select
from cancu.graph.errors import DamagedIndex, NoIndex
from cancu.graph.search_entries import Found, entries
from cancu.graph.snapshot import Snapshot
from cancu.graph.spelling import words

FILE = "search.sqlite"
EXACT, FOLDED = ("name_x", "title_x", "words_x"), ("name_f", "title_f", "words_f")
"""The columns of the full-text index that hold the exact and the folded words."""

_GAP = " \ue00f "
"""What stands between two pieces of text, so that no phrase goes from one into the next."""

_SCHEMA = f"""
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, iri TEXT NOT NULL, label TEXT NOT NULL, title TEXT NOT NULL,
  note TEXT NOT NULL, names TEXT NOT NULL, words TEXT NOT NULL, plan TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  shared INTEGER NOT NULL);
CREATE TABLE belongs (plan TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (plan, entry)) WITHOUT ROWID;
CREATE TABLE name (folded TEXT NOT NULL, exact TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (folded, exact, entry)) WITHOUT ROWID;
CREATE TABLE word (folded TEXT NOT NULL, exact TEXT NOT NULL, shown TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (folded, exact)) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5({", ".join((*EXACT, *FOLDED))}, content='', tokenize='ascii', prefix='1 2 3');
"""
# The tokenizer `ascii` takes whatever is not ASCII for part of a word: what parts words is `spelling` alone.


def fts5_is_there() -> bool:
    """Whether this Python's SQLite has full-text search."""
    with closing(sqlite3.connect(":memory:")) as base:
        return bool(base.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def write_index(folder: Path) -> str:
    """Write the index of the store in a folder; its sha256, or "" where this Python's SQLite cannot.

    Raises:
        OSError: the file cannot be written.
    """
    if not fts5_is_there():
        return ""
    path = folder / FILE
    path.unlink(missing_ok=True)
    write_entries(path, entries(partial(select, Store.read_only(str(folder / "store")))))
    return _sha256(path)


def write_entries(path: Path, listed: Iterable[Found]) -> None:
    """Write an index of these entries.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        with closing(sqlite3.connect(path)) as base:
            base.executescript(_SCHEMA)
            with base:
                _Writer(base).write(listed)
            base.execute("INSERT INTO found(found) VALUES ('optimize')")
            base.commit()
            base.execute("VACUUM")
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error


def open_index(snapshot: Snapshot) -> sqlite3.Connection:
    """The index of a snapshot, to be read only; close it after use.

    Raises:
        NoIndex: the snapshot has none, or this Python's SQLite has no full-text search.
        DamagedIndex: the file is not the one that was written.
    """
    check_index(snapshot)
    return connect(snapshot.path / FILE)


def check_index(snapshot: Snapshot) -> None:
    """Look whether the index of a snapshot is there and sound.

    Raises:
        NoIndex, DamagedIndex: see `open_index`.
    """
    need_fts5()
    expected = snapshot.manifest.search
    if not expected:
        raise NoIndex(
            "Bản dữ liệu này chưa có chỉ mục tìm kiếm: hãy chạy `cancu build`.",
            "This snapshot has no search index: run `cancu build`.",
        )
    try:
        sound = _sha256(snapshot.path / FILE) == expected
    except OSError:
        sound = False
    if not sound:
        raise damaged()


def need_fts5() -> None:
    """Look whether this Python's SQLite has full-text search.

    Raises:
        NoIndex: it has not.
    """
    if not fts5_is_there():
        raise NoIndex(
            "Không tìm kiếm được: SQLite của Python này không có FTS5. Hãy cài Python có FTS5 rồi chạy `cancu build`.",
            "Cannot search: this Python's SQLite has no FTS5. Install a Python that has it and run `cancu build`.",
        )


def damaged() -> DamagedIndex:
    """The error that says that the index was changed."""
    return DamagedIndex(
        "Chỉ mục tìm kiếm đã hỏng hoặc bị thay đổi sau khi dựng: hãy chạy `cancu build`.",
        "The search index is damaged or was changed after it was built: run `cancu build`.",
    )


def connect(path: Path) -> sqlite3.Connection:
    """An index file, to be read only."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Writer:
    """Writes entries; counts their words as it goes."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._shown: dict[tuple[str, str], str] = {}
        self._numbers: Counter[tuple[str, str]] = Counter()

    def write(self, listed: Iterable[Found]) -> None:
        for number, found in enumerate(listed, 1):
            self._entry(number, found)
        self._base.executemany(
            "INSERT INTO word VALUES (?, ?, ?, ?)",
            [(*key, self._shown[key], self._numbers[key]) for key in sorted(self._shown)],
        )

    def _entry(self, number: int, found: Found) -> None:
        self._base.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                found.kind,
                found.iri,
                found.label,
                found.title,
                found.note,
                "\n".join(found.names),
                "\n".join(found.words),
                found.plans[0] if found.plans else "",
                found.start,
                found.end,
                int(not found.plans),
            ),
        )
        self._base.executemany(
            "INSERT INTO belongs VALUES (?, ?)", [(plan, number) for plan in found.plans]
        )
        self._names(number, found)
        self._words(number, found)

    def _names(self, number: int, found: Found) -> None:
        """The names by which it is asked for as a whole; a passage has none."""
        if found.kind == "passage":
            return
        listed = (found.label, *found.names, *found.asked_as)
        pairs = {whole(name) for name in listed} - {("", "")}
        self._base.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", [(*pair, number) for pair in sorted(pairs)]
        )

    def _words(self, number: int, found: Found) -> None:
        named = () if found.kind == "passage" else (found.label, *found.names)
        exact, folded, seen = [], [], set()
        for texts in (named, (found.title,), (*found.words, *found.unseen)):
            listed = [list(words(text)) for text in texts]
            exact.append(_GAP.join(" ".join(word.exact for word in piece) for piece in listed))
            folded.append(_GAP.join(" ".join(word.folded for word in piece) for piece in listed))
            for text, piece in zip(texts, listed, strict=True):
                for word in piece:
                    key = word.folded, word.exact
                    seen.add(key)
                    self._shown.setdefault(key, text[word.start : word.end].lower())
        self._numbers.update(seen)
        self._base.execute(
            "INSERT INTO found(rowid, name_x, title_x, words_x, name_f, title_f, words_f) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *exact, *folded),
        )


def whole(name: str) -> tuple[str, str]:
    """A name as a whole, folded and exact."""
    listed = list(words(name))
    return " ".join(w.folded for w in listed), " ".join(w.exact for w in listed)
