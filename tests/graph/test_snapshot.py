"""Snapshots: the same documents give the same version, and whatever happens, a sound one goes on answering."""

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from pyoxigraph import NamedNode, Quad

from cancu.graph import save
from cancu.graph.dataset import Embedded
from cancu.graph.errors import (
    BuildRunning,
    DamagedSnapshot,
    NoSnapshot,
    NothingBuilt,
    NotPermitted,
    StorageFailed,
)
from cancu.graph.parts import Part
from cancu.graph.publish import Progress, publish
from cancu.graph.save import KEEP, write_snapshot
from cancu.graph.snapshot import Entry, Snapshot, current
from tests.documents import ROW, decision


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Plans of three cities."""
    folder = tmp_path / "van-ban"
    folder.mkdir()
    paths = []
    for city in ("Sầm Sơn", "Bỉm Sơn", "Kinh Môn"):
        paths.append(folder / f"{city}.txt")
        text = decision().replace("Sầm Sơn", city).replace("SẦM SƠN", city.upper())
        paths[-1].write_text(text, "utf-8")
    return paths


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without vocabulary and registries: for what does not depend on what is in a snapshot."""
    monkeypatch.setattr(save, "ontology_quads", tuple)
    monkeypatch.setattr(save, "registry_quads", tuple)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "home"


def small(number: int) -> Part:
    """A made-up document of one triple: for what does not depend on what is in a snapshot."""
    iri = f"https://w3id.org/cancu/id/ke-hoach/mau/2023/{number}"
    node = NamedNode(iri)
    quad = Quad(node, node, node, NamedNode("https://w3id.org/cancu/graph/mau"))
    return Part.of(Entry(iri, f"{number}.txt", "0" * 64, 0, 0, 0), [quad])


def answers(snapshot: Snapshot) -> bool:
    return len(snapshot.open()) > snapshot.manifest.quads


def names(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()}


# ---- a build


def test_the_same_documents_give_the_same_version(home: Path, tmp_path: Path) -> None:
    first, second = publish(home), publish(home)
    elsewhere = publish(tmp_path / "other")
    assert first.version == second.version == elsewhere.version
    assert first.dump.read_bytes() == elsewhere.dump.read_bytes()
    assert [path.name for path in (home / "snapshots").iterdir()] == [first.version]
    assert answers(current(home))


def test_the_manifest_says_what_is_in_it(home: Path) -> None:
    made = publish(home)
    manifest = made.manifest
    (entry,) = manifest.plans
    assert (entry.source, entry.tasks) == ("chi-linh-2023.txt", 21)
    assert entry.plan == "https://w3id.org/cancu/id/ke-hoach/chi-linh/2023/kstthc-mot-cua"
    assert entry.findings > 80
    assert manifest.left_out == ()
    assert manifest.quads == len(made.dump.read_bytes().splitlines())
    assert current(home) == made


def test_a_new_build_takes_the_place_of_the_old_one(home: Path, files: list[Path]) -> None:
    old = publish(home, files[:1])
    reader = Embedded(old)
    assert reader.select("SELECT ?x WHERE { ?x ?p ?o } LIMIT 1").rows
    new = publish(home, files)
    assert new.version != old.version
    assert current(home).version == new.version
    assert len(new.manifest.plans) == 3
    # a reader that began with the old one goes on with it
    assert reader.select("SELECT ?x WHERE { ?x ?p ?o } LIMIT 1").rows
    assert reader.version == old.version


@pytest.mark.usefixtures("bare")
def test_only_the_last_few_are_kept(home: Path) -> None:
    made = [write_snapshot(home, [small(number)]).version for number in range(KEEP + 2)]
    kept = {path.name for path in (home / "snapshots").iterdir()}
    assert len(kept) == KEEP
    assert made[-1] in kept
    assert current(home).version == made[-1]


def test_what_is_done_is_told(home: Path, files: list[Path]) -> None:
    told: list[Progress] = []
    publish(home, files[:2], told.append)
    assert {one.name for one in told} == {str(path) for path in files[:2]}
    assert [(one.done, one.total) for one in told] == [(1, 2), (2, 2)]


# ---- bad documents


def test_a_bad_document_is_left_out_with_its_reason(home: Path, files: list[Path]) -> None:
    bad = files[0].with_name("anh.txt")
    bad.write_bytes(b"\x7fELF\x02\x01")
    made = publish(home, [files[0], bad, files[1], files[0].with_name("khong-co.txt")])
    assert [entry.source for entry in made.manifest.plans] == [files[0].name, files[1].name]
    assert [Path(left.source).name for left in made.manifest.left_out] == [
        "anh.txt",
        "khong-co.txt",
    ]
    assert "ELF" in made.manifest.left_out[0].vi
    assert made.manifest.left_out[0].en.startswith("anh.txt is a ELF file")
    assert current(home).manifest.left_out == made.manifest.left_out


def test_the_same_plan_twice_is_taken_once(home: Path, files: list[Path]) -> None:
    copy = files[0].with_name("ban-sao.txt")
    shutil.copy(files[0], copy)
    made = publish(home, [files[0], copy])
    (entry,) = made.manifest.plans
    assert (entry.name, entry.also) == (str(files[0]), (str(copy),))
    assert not made.manifest.left_out


def test_if_all_are_bad_nothing_changes(home: Path, files: list[Path]) -> None:
    old = publish(home, files[:1])
    bad = files[0].with_name("thu.txt")
    bad.write_text("Kính gửi ông An", "utf-8")
    with pytest.raises(NothingBuilt) as caught:
        publish(home, [bad])
    assert "thu.txt" in caught.value.vi
    assert "No line names a kind of document" in caught.value.en
    assert current(home).version == old.version


# ---- damage


@pytest.fixture
def two(home: Path, bare: None) -> tuple[Snapshot, Snapshot]:
    """An older and a newer snapshot, told apart by their time of making."""
    older, newer = (write_snapshot(home, [small(number)]) for number in (1, 2))
    path = older.path / "manifest.json"
    path.write_text(path.read_text("utf-8").replace(older.manifest.created[:4], "2001"), "utf-8")
    return older, newer


@pytest.mark.parametrize("pointer", [None, b"", b"khong-co\n", b"../../etc", b"\x00", b"\xff"])
def test_a_lost_pointer_means_the_newest(
    home: Path, two: tuple[Snapshot, Snapshot], pointer: bytes | None
) -> None:
    if pointer is None:
        (home / "current").unlink()
    else:
        (home / "current").write_bytes(pointer)
    assert current(home).version == two[1].version


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", "null", '{"version": "x"}', '{"plans": [1], "left_out": []}']
)
def test_a_damaged_manifest_means_the_newest_sound_one(
    home: Path, two: tuple[Snapshot, Snapshot], manifest: str
) -> None:
    (two[1].path / "manifest.json").write_text(manifest)
    assert current(home).version == two[0].version


def test_a_lost_store_means_the_newest_sound_one(
    home: Path, two: tuple[Snapshot, Snapshot]
) -> None:
    shutil.rmtree(two[1].path / "store")
    assert current(home).version == two[0].version


@pytest.mark.usefixtures("bare")
def test_a_damaged_snapshot_is_built_anew(home: Path) -> None:
    made = write_snapshot(home, [small(1)])
    (made.path / "manifest.json").write_text("{")
    with pytest.raises(DamagedSnapshot):
        current(home)
    again = write_snapshot(home, [small(1)])
    assert again.version == made.version
    assert answers(current(home))


@pytest.mark.parametrize("made", [False, True])
def test_no_data_yet(home: Path, made: bool) -> None:
    if made:
        home.mkdir()
    with pytest.raises(NoSnapshot) as caught:
        current(home)
    assert "cancu build" in caught.value.vi
    assert "cancu build" in caught.value.en


# ---- the lock and the disk


@pytest.mark.usefixtures("bare")
def test_one_build_at_a_time(home: Path) -> None:
    old = write_snapshot(home, [small(1)])
    with FileLock(home / "build.lock"), pytest.raises(BuildRunning):
        write_snapshot(home, [small(2)])
    assert current(home).version == old.version
    assert write_snapshot(home, [small(2)]).version != old.version


@pytest.fixture
def not_root() -> Iterator[None]:
    """As a user for whom permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.usefixtures("bare")
def test_a_folder_that_cannot_be_written(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    locked = tmp_path / "khoa"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    request.getfixturevalue("not_root")
    with pytest.raises(StorageFailed) as caught:
        write_snapshot(locked / "home", [small(1)])
    assert "không có quyền ghi" in caught.value.vi
    assert "permission denied" in caught.value.en


@pytest.mark.usefixtures("bare")
def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(StorageFailed):
        write_snapshot(tmp_path / "home", [small(1)])


@pytest.mark.usefixtures("bare")
def test_a_full_disk_leaves_the_old_snapshot(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = write_snapshot(home, [small(1)])

    def full(path: Path, content: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(save, "_write", full)
    with pytest.raises(StorageFailed) as caught:
        write_snapshot(home, [small(2)])
    assert "đĩa đầy" in caught.value.vi
    assert current(home).version == old.version
    assert names(home) == {"build.lock", "current", "snapshots"}


# ---- killed builds


BUILD = "import sys; from pathlib import Path; from cancu.graph.publish import publish; publish(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]])"
MOMENTS = (
    "building-*",
    "building-*/graph.nq",
    "building-*/store/CURRENT",
    "building-*/manifest.json",
)
"""What a build makes, in this order."""


@pytest.mark.parametrize("moment", [*MOMENTS, "soon", "later", "late", "at the end"])
def test_a_killed_build_hurts_nobody(home: Path, files: list[Path], moment: str) -> None:
    old = publish(home, files[:1])
    with subprocess.Popen([sys.executable, "-c", BUILD, str(home), *map(str, files)]) as process:
        if moment in MOMENTS:
            while process.poll() is None and not list(home.glob(moment)):
                time.sleep(0.0005)
        else:
            longest = {"soon": 0.3, "later": 0.8, "late": 1.2, "at the end": 1.6}[moment]
            time.sleep(longest * random.random())
        process.kill()
    served = current(home)
    assert answers(served)
    if moment in MOMENTS[:2]:
        assert process.returncode == -signal.SIGKILL
        assert served.version == old.version
    # the lock has gone with the process; the next build works and tidies up
    new = publish(home, files)
    assert current(home).version == new.version
    assert len(new.manifest.plans) == len(files)
    assert answers(new)
    assert names(home) == {"build.lock", "cache", "current", "snapshots"}


def test_rows_that_a_document_gains_change_the_version(home: Path, files: list[Path]) -> None:
    old = publish(home, files[:1])
    files[0].write_text(files[0].read_text("utf-8") + "\t".join(("2.", *ROW[1:])) + "\n", "utf-8")
    new = publish(home, files[:1])
    assert old.version != new.version
    assert [entry.tasks for entry in new.manifest.plans] == [2]
    assert json.loads((new.path / "manifest.json").read_text("utf-8"))["version"] == new.version


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can be somebody else")
def test_data_that_may_not_be_read_are_not_called_damaged() -> None:
    """Built by one user, read by another."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        home = Path(name) / "home"
        publish(home)
        (home / "snapshots").chmod(0o700)
        os.seteuid(65534)
        try:
            with pytest.raises(NotPermitted, match="không hỏng"):
                current(home)
        finally:
            os.seteuid(0)
        assert current(home)


def test_a_snapshot_may_be_read_by_others(tmp_path: Path) -> None:
    """As far as the umask of whoever built it lets them."""
    (tmp_path / "like").mkdir()
    publish(tmp_path / "home")
    mode = current(tmp_path / "home").path.stat().st_mode
    assert mode == (tmp_path / "like").stat().st_mode
