"""The search index of a snapshot: made with it, the same every time, and its damage is noticed."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cancu.graph import search_index
from cancu.graph.dataset import Embedded
from cancu.graph.errors import DamagedIndex, NoIndex, StorageFailed
from cancu.graph.publish import publish
from cancu.graph.search_entries import KINDS
from cancu.graph.search_index import FILE, check_index, open_index, write_index
from cancu.graph.snapshot import Snapshot, current, read_snapshot
from cancu.queries.search import Asked, search


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Snapshot:
    """A snapshot that may be damaged."""
    found = current(home)
    shutil.copytree(found.path, tmp_path / found.version)
    copied = read_snapshot(tmp_path / found.version)
    assert copied
    return copied


def test_it_is_in_the_manifest_and_sound(home: Path) -> None:
    found = current(home)
    assert len(found.manifest.search) == 64
    check_index(found)


def test_it_holds_every_kind(home: Path) -> None:
    with closing(open_index(current(home))) as base:
        kinds = dict(base.execute("SELECT kind, COUNT(*) FROM entry GROUP BY kind").fetchall())
    assert set(kinds) == set(KINDS)
    assert (kinds["task"], kinds["review"], kinds["target"]) == (21, 9, 24)
    assert (kinds["agency"], kinds["group"]) == (45, 24)
    assert (kinds["document"], kinds["article"]) == (64, 169)
    assert kinds["passage"] == 95


def test_it_is_the_same_every_time(copy: Snapshot) -> None:
    assert write_index(copy.path) == copy.manifest.search
    check_index(copy)


def test_it_cannot_be_written_to(home: Path) -> None:
    with closing(open_index(current(home))) as base, pytest.raises(sqlite3.OperationalError):
        base.execute("DELETE FROM entry")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _remove(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_cut, _flip, _empty, _remove, _folder])
def test_damage_is_said(copy: Snapshot, damage: object) -> None:
    assert callable(damage)
    damage(copy.path / FILE)
    for ask in (check_index, lambda s: search(Embedded(s), Asked("phòng"))):
        with pytest.raises(DamagedIndex) as caught:
            ask(copy)
        assert "cancu build" in caught.value.vi
        assert "cancu build" in caught.value.en


def test_damage_that_the_manifest_does_not_know_is_said(copy: Snapshot) -> None:
    """The file was damaged before its hash was taken."""
    path = copy.path / FILE
    data = path.read_bytes()
    path.write_bytes(data[:100] + bytes(len(data) - 100))
    known = replace(copy, manifest=replace(copy.manifest, search=search_index._sha256(path)))
    with pytest.raises(DamagedIndex):
        search(Embedded(known), Asked("phòng"))


def test_an_older_snapshot_opens_and_says_that_it_has_none(copy: Snapshot) -> None:
    path = copy.path / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    del manifest["search"]
    path.write_text(json.dumps(manifest), "utf-8")
    (copy.path / FILE).unlink()
    old = read_snapshot(copy.path)
    assert old
    assert len(old.open()) > 0
    with pytest.raises(NoIndex) as caught:
        search(Embedded(old), Asked("phòng"))
    assert caught.value.vi == "Bản dữ liệu này chưa có chỉ mục tìm kiếm: hãy chạy `cancu build`."


def test_without_fts5_a_build_goes_on_and_a_search_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "fts5_is_there", lambda: False)
    made = publish(tmp_path / "home")
    assert made.manifest.search == ""
    assert not (made.path / FILE).exists()
    with pytest.raises(NoIndex) as caught:
        search(Embedded(made), Asked("phòng"))
    assert "FTS5" in caught.value.vi
    assert "FTS5" in caught.value.en
    # with it, the same build has an index, though its version is the same
    monkeypatch.undo()
    again = publish(tmp_path / "home")
    assert again.version == made.version
    assert search(Embedded(again), Asked("phòng nội vụ")).best


def test_a_build_mends_a_damaged_index(tmp_path: Path) -> None:
    made = publish(tmp_path / "home")
    _flip(made.path / FILE)
    with pytest.raises(DamagedIndex):
        check_index(made)
    again = publish(tmp_path / "home")
    assert again.path == made.path
    check_index(again)


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def small(path: Path | str) -> sqlite3.Connection:
        base = sqlite3.Connection(path)
        base.execute("PRAGMA max_page_count = 20")
        return base

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(StorageFailed) as caught:
        publish(tmp_path / "home")
    assert "đĩa đầy" in caught.value.vi
    assert not list((tmp_path / "home" / "snapshots").iterdir())
