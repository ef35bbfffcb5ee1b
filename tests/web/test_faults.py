"""Power cuts, full disks and damaged files: a real server answers from sound data or says clearly why not."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cancu.graph.publish import publish
from cancu.graph.snapshot import current, damage
from cancu.graph.updates import read_updates
from tests.web.serving import COMMAND, INTO, Server, serving

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?t a <https://w3id.org/cancu/ns#PlanTask> }"
ADDED = INTO % "<a> <b> 1"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "home"
    publish(folder)
    return folder


@pytest.fixture
def own(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "home"))


def is_whole(server: Server) -> None:
    """Pages, answers and the health of a server that serves sound data."""
    assert server.ask("/healthz").status == 200
    assert server.ask("/cau-hoi/A5").status == 200
    answer = server.query(COUNT)
    assert json.loads(answer.body)["results"]["bindings"][0]["n"]["value"] == "21"


def is_out(server: Server) -> None:
    """A server that has nothing sound to serve: every door says so, in both languages, and no door says more."""
    for answer in (
        server.ask("/healthz"),
        server.ask("/api/cau-hoi/A5"),
        server.query(COUNT),
        server.update(ADDED),
    ):
        assert answer.status == 503, answer.body
        assert "cancu doctor" in answer.problem["vi"]
        assert "cancu doctor" in answer.problem["en"]
    page = server.ask("/", Accept="text/html")
    assert page.status == 503
    assert "cancu doctor" in page.body.decode()
    assert "Traceback" not in page.body.decode()


def doctor(home: Path, *options: str) -> tuple[int, str]:
    """Exit code and words of `cancu doctor`."""
    ran = subprocess.run(
        [str(COMMAND), "--home", str(home), "doctor", *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


# ---- the server is killed

MOMENTS: dict[str, Callable[[Path, str], bool]] = {
    # what is there when it is killed
    "a copy is made": lambda home, old: any(home.glob("building-*/copy")),
    "the update is recorded": lambda home, old: any(home.glob("updates/0*.json")),
    "the dump is written": lambda home, old: any(home.glob("building-*/graph.nq")),
    "the store is begun": lambda home, old: any(home.glob("building-*/store/CURRENT")),
    "the index is begun": lambda home, old: any(home.glob("building-*/search.sqlite")),
    "the manifest is written": lambda home, old: any(home.glob("building-*/manifest.json")),
    "the folder is there": lambda home, old: len(list(home.glob("snapshots/*/manifest.json"))) > 1,
    "the pointer is new": lambda home, old: (home / "current").read_text().strip() != old,
}


SOME = ("the update is recorded", "the store is begun", "the folder is there")
"""Looked at in every run; the others take their time."""


@pytest.mark.parametrize(
    "moment",
    [name if name in SOME else pytest.param(name, marks=pytest.mark.long) for name in MOMENTS],
)
def test_killed_while_it_publishes(own: Path, moment: str) -> None:
    old = current(own).version
    with serving(own) as server:
        asked = threading.Thread(target=lambda: _tried(server))
        asked.start()
        until = time.monotonic() + 60
        while not MOMENTS[moment](own, old):
            assert time.monotonic() < until
        server.kill()
        asked.join()
    recorded = len(read_updates(own))
    with serving(own) as again:
        is_whole(again)
        assert again.held() == ["1"] * recorded
        assert damage(current(own)) == ""
        assert again.update(INTO % "<a> <b> 2").status == 204
        assert again.held() == [*["1"] * recorded, "2"]
    assert {path.name for path in own.iterdir()} - {"cache", "reviews.lock"} == {
        "build.lock", "current", "snapshots", "updates",
    }  # fmt: skip


def _tried(server: Server) -> None:
    with suppress(OSError):
        server.update(ADDED)


# ---- the disk is full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of few megabytes, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """A file that leaves so many bytes of a disk."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    filler = folder / "day"
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(1, free - left))
    return filler


@pytest.mark.parametrize(
    "left",
    [0, *(pytest.param(n, marks=pytest.mark.long) for n in (65_536, 2 * 1024**2, 5 * 1024**2))],
)
def test_a_full_disk(published: Path, small_disk: Path, left: int) -> None:
    home = Path(shutil.copytree(published, small_disk / "home"))
    old = current(home)
    with serving(home) as server:
        is_whole(server)
        filler = fill(small_disk, left)
        answer = server.update(ADDED)
        assert answer.status == 503, answer.body
        assert "đĩa đầy" in answer.problem["vi"]
        assert "no space left" in answer.problem["en"]
        is_whole(server)
        built = subprocess.run(
            [str(COMMAND), "--home", str(home), "build"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (built.returncode, "đĩa đầy" in built.stderr) == (2, True), built.stderr
        assert current(home) == old
        assert read_updates(home) == []
        assert not list(home.glob("building-*"))
        assert server.held() == []
        filler.unlink()
        assert server.update(ADDED).status == 204
        assert server.held() == ["1"]


def test_a_limit_on_files(own: Path) -> None:
    old = current(own)
    blocks = old.dump.stat().st_size // 2 // 512
    with serving(own, ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh"]) as server:
        answer = server.update(ADDED)
        assert answer.status == 503, answer.body
        assert "tệp lớn hơn mức cho phép" in answer.problem["vi"]
        is_whole(server)
    assert current(own) == old
    assert read_updates(own) == []


# ---- files are damaged


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _scratched(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 3)
        stream.write(b"\xff" * 40)


def largest(home: Path) -> Path:
    """The largest file of the store."""
    return max(home.glob("snapshots/*/store/*.sst"), key=lambda path: path.stat().st_size)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a file of the store is cut": lambda home: _cut(largest(home)),
    "a file of the store is scratched": lambda home: _scratched(largest(home)),
    "a file of the store is gone": lambda home: largest(home).unlink(),
    "a list of the store is gone": lambda home: next(
        home.glob("snapshots/*/store/MANIFEST*")
    ).unlink(),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_store_is_said_and_mended(own: Path, name: str) -> None:
    DAMAGES[name](own)
    with serving(own) as server:
        is_out(server)
        code, said = doctor(own)
        assert (code, "cancu doctor --repair" in said) == (1, True), said
        code, said = doctor(own, "--repair")
        assert (code, "Ổn." in said) == (0, True), said
        is_whole(server)
        assert server.update(ADDED).status == 204


@pytest.mark.parametrize("file", ["manifest.json", "store/CURRENT"])
def test_a_snapshot_that_is_none(own: Path, file: str) -> None:
    (own / "snapshots" / current(own).version / file).write_bytes(b"")
    if file != "manifest.json":
        (own / "snapshots" / current(own).version / file).unlink()
    with serving(own) as server:
        is_out(server)
        code, said = doctor(own)
        assert (code, "cancu build" in said) == (1, True)
        publish(own)
        is_whole(server)


def test_a_damaged_dump_is_not_built_upon(own: Path) -> None:
    _cut(current(own).dump)
    with serving(own) as server:
        is_whole(server)
        answer = server.update(ADDED)
        assert (answer.status, "cancu doctor" in answer.problem["vi"]) == (503, True)
        is_whole(server)
    code, said = doctor(own)
    assert (code, "cancu build" in said) == (1, True)
    assert read_updates(own) == []


@pytest.mark.parametrize("pointer", [b"", b"khong-co\n", b"\xff\x00"])
def test_a_damaged_pointer(own: Path, pointer: bytes) -> None:
    with serving(own) as server:
        (own / "current").write_bytes(pointer)
        is_whole(server)
        assert server.update(ADDED).status == 204
        assert server.held() == ["1"]
