"""Many documents: folders, processes, killed builds, bad files, the same file twice, newer versions."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cancu.graph import cache, workers
from cancu.graph.check import check
from cancu.graph.collect import collect, natural
from cancu.graph.dataset import Embedded
from cancu.graph.errors import BuildRunning, NothingBuilt
from cancu.graph.export import export_turtle
from cancu.graph.merge import merged
from cancu.graph.parts import Part
from cancu.graph.publish import Options, Progress, publish, republish
from cancu.graph.read_one import Job, read_one, text_hash
from cancu.graph.save import only_build
from cancu.graph.snapshot import SKIPPED, LeftOut, Snapshot
from cancu.graph.workers import Limits, Stopped, work_all
from cancu.ontology.iri import BASE
from cancu.queries.answer import ask
from tests.documents import decision
from tests.many import CITY, CITY_AGAIN, COMMUNE, FOLDER, PROVINCE

ADD = Options(add=True)
PLAN = f"{BASE}id/ke-hoach/sam-son/2024/27-qd-ubnd"


def read(home: Path, *paths: Path, options: Options = Options()) -> tuple[Snapshot, list[str]]:  # noqa: B008
    """A build, and the documents that were really read for it."""
    told: list[Progress] = []
    made = publish(home, paths, told.append, options)
    return made, sorted(Path(one.name).name for one in told if not one.kept)


def triples(snapshot: Snapshot) -> set[bytes]:
    """The lines of a snapshot in Turtle, without the marks between them."""
    return {line.strip(b" \t;.,") for line in export_turtle(snapshot).splitlines()}


# ---- folders


def test_a_folder_is_read_with_all_below_it(tmp_path: Path) -> None:
    top = tmp_path / "van-ban"
    shutil.copytree(FOLDER, top)
    (top / ".an").mkdir()
    (top / ".an" / "x.txt").write_text("x")
    (top / ".tep-an.txt").write_text("x")
    (top / "~$tam.docx").write_text("x")
    (top / "anh.png").write_bytes(b"\x89PNG")
    (top / "xa" / "vong").symlink_to(top)
    os.mkfifo(top / "ong.txt")
    given, passed = collect([top, CITY])
    assert [one.name for one in given] == [
        "thanh-pho-sam-son.txt",
        "thanh-pho-sam-son-thay-the.txt",
        "tinh-hoa-lu.txt",
        "xa/xa-dong-ngac.txt",
        str(CITY),
    ]
    assert {left.source for left in passed} == {
        ".an",
        ".tep-an.txt",
        "~$tam.docx",
        "anh.png",
        "ong.txt",
    }
    assert all(left.why == SKIPPED and left.vi and left.en for left in passed)


def test_names_sort_as_people_count() -> None:
    names = ["Số 10.txt", "số 2.txt", "kế hoạch (bản 2).txt", "kế hoạch.txt"]
    assert sorted(names, key=natural) == [
        "kế hoạch.txt",
        "kế hoạch (bản 2).txt",
        "số 2.txt",
        "Số 10.txt",
    ]


# ---- processes and the cache


def test_any_number_of_processes_gives_the_same_data(tmp_path: Path) -> None:
    serial = publish(tmp_path / "1", [FOLDER], options=Options(jobs=1))
    parallel = publish(tmp_path / "3", [FOLDER], options=Options(jobs=3))
    assert serial.version == parallel.version
    assert serial.dump.read_bytes() == parallel.dump.read_bytes()
    assert [e.name for e in serial.manifest.plans] == [e.name for e in parallel.manifest.plans]


def test_nothing_is_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    first, told = read(home, FOLDER)
    assert len(told) == 4
    again, told = read(home, FOLDER)
    assert (told, again.version) == ([], first.version)
    assert [e.read for e in again.manifest.plans] == [e.read for e in first.manifest.plans]
    changed = tmp_path / CITY.name
    changed.write_text(CITY.read_text("utf-8").replace("30/6/2024", "15/7/2024"), "utf-8")
    assert read(home, FOLDER, changed)[1] == [CITY.name]
    # another program, or another registry, reads everything anew, and the old entries go
    (old,) = (home / "cache").iterdir()
    monkeypatch.setattr(cache, "engine", lambda: "000000000000")
    assert len(read(home, FOLDER)[1]) == 4
    assert not old.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"half", None])
def test_a_damaged_entry_is_read_again(tmp_path: Path, damage: bytes | None) -> None:
    home = tmp_path / "home"
    first, _ = read(home, COMMUNE)
    (entry,) = (home / "cache").glob("*/*")
    whole = entry.read_bytes()
    entry.write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage or whole + b"!")
    again, told = read(home, COMMUNE)
    assert (told, again.version) == ([COMMUNE.name], first.version)
    assert entry.read_bytes()[:32] != entry.read_bytes()[32:64]
    assert read(home, COMMUNE)[1] == []


BUILD = "import sys; from pathlib import Path; from cancu.graph.publish import Options, publish; publish(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]], options=Options(jobs=1))"


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, home = tmp_path / "van-ban", tmp_path / "home"
    folder.mkdir()
    for number in range(1, 13):
        text = decision().replace("12/QĐ-UBND", f"{number}/QĐ-UBND")
        (folder / f"{number}.txt").write_text(text, "utf-8")
    with subprocess.Popen([sys.executable, "-c", BUILD, str(home), str(folder)]) as process:
        while process.poll() is None and len(list(home.glob("cache/*/[0-9a-f]*"))) < 2:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not (home / "current").exists()
    made, told = read(home, folder)
    assert 0 < len(told) <= 10
    assert len(made.manifest.plans) == 12
    assert made.version == publish(tmp_path / "other", [folder]).version


def test_one_build_at_a_time_from_the_start(tmp_path: Path) -> None:
    with only_build(tmp_path):
        code = (
            BUILD.replace("publish(Path", "\ntry: publish(Path")
            + "\nexcept Exception as e: print(type(e).__name__)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), str(CITY)],
            capture_output=True,
            text=True,
            check=True,
        )
    assert ran.stdout.strip() == BuildRunning.__name__


# ---- bad files


def test_bad_files_among_good_ones_stop_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "van-ban"
    shutil.copytree(FOLDER, folder)
    (folder / "rong.txt").write_bytes(b"")
    (folder / "anh.txt").write_bytes(b"\x89PNG\r\n")
    (folder / "thu.txt").write_text("Kính gửi ông An", "utf-8")
    (folder / "khong-doc-duoc.txt").symlink_to(tmp_path / "khong-co")
    made = publish(tmp_path / "home", [folder, tmp_path / "thieu.txt"])
    assert len(made.manifest.current_plans) == 3
    assert {Path(left.source).name for left in made.manifest.left_out} == {
        "rong.txt",
        "anh.txt",
        "thu.txt",
        "khong-doc-duoc.txt",
        "thieu.txt",
    }
    assert publish(tmp_path / "2", [FOLDER]).version == made.version
    with pytest.raises(NothingBuilt) as caught:
        publish(tmp_path / "home", [folder / "thu.txt", folder / "rong.txt"])
    assert len(caught.value.left_out) == 2


def misbehave(job: Job) -> Part | LeftOut:
    """A reader that does ill on some files."""
    name = job.given.path.name if job.given.path else ""
    if name == CITY.name:
        time.sleep(60)
    if name == PROVINCE.name:
        bytearray(3 * 1024**3)
    if name == COMMUNE.name:
        os.kill(os.getpid(), signal.SIGSEGV)
    return read_one(job)


def test_a_process_that_hangs_or_dies_costs_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "START_SECONDS", 6.0)
    options = Options(jobs=2, limits=Limits(seconds=1.5), work=misbehave)
    made = publish(tmp_path / "home", [FOLDER], options=options)
    assert [e.name for e in made.manifest.plans] == [CITY_AGAIN.name]
    reasons = {Path(left.source).name: left.en for left in made.manifest.left_out}
    assert "took longer than 1.5 seconds" in reasons[CITY.name]
    assert "2048 MB" in reasons[PROVINCE.name]
    assert "broke off" in reasons[COMMUNE.name]
    # stopped ones were not kept: a build with more time reads them
    assert len(read(tmp_path / "home", FOLDER)[0].manifest.plans) == 4


def fail(task: int) -> int:
    """A fault of ours in one of four."""
    return 1 // (task - 2)


def test_a_fault_of_ours_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    found = dict(work_all(fail, range(4), 2))
    assert found[2] == Stopped("fault")
    assert sorted(found) == [0, 1, 2, 3]


# ---- the same document twice, and newer versions


def test_the_same_words_in_another_format_are_one_document(tmp_path: Path) -> None:
    spaced = tmp_path / "khoang-trang.md"
    spaced.write_text(CITY.read_text("utf-8").replace("\n\n", "\n\n\n"), "utf-8")
    copy = tmp_path / "ban-sao.txt"
    shutil.copy(CITY, copy)
    made = publish(tmp_path / "home", [CITY, copy, spaced, PROVINCE])
    assert [(e.name, e.also) for e in made.manifest.plans] == [
        (str(CITY), (str(copy), str(spaced))),
        (str(PROVINCE), ()),
    ]
    assert text_hash("1.5 tỷ") != text_hash("15 tỷ")
    assert text_hash("<p>Số&nbsp;1</p> | a |") == text_hash("Số 1 a")


def test_the_latest_given_counts(tmp_path: Path) -> None:
    made = publish(tmp_path / "home", [CITY, CITY_AGAIN])
    old, new = made.manifest.plans
    assert (old.current, new.current, old.replaced_by) == (False, True, new.sha256)
    dataset = Embedded(made)
    rows = ask("C4", {}, dataset).rows
    assert len(rows) == 4
    assert "Trước ngày 31/8/2024" in {row["deadline"] for row in rows}
    assert "Trước ngày 30/6/2024" not in {row["deadline"] for row in rows}
    # the older one is there, marked, in graphs of its own
    links = dataset.select(
        "SELECT ?p ?s ?o WHERE { ?s ?p ?o VALUES ?p { <http://purl.org/dc/terms/isReplacedBy> "
        "<http://purl.org/dc/terms/replaces> <http://www.w3.org/ns/prov#wasRevisionOf> } "
        f"FILTER(STRSTARTS(STR(?s), '{BASE}id/nguon/')) }}"
    ).rows
    assert {
        (str(r["p"]).rsplit("/", 1)[-1], str(r["s"])[-8:], str(r["o"])[-8:]) for r in links
    } == {
        ("isReplacedBy", old.key, new.key),
        ("replaces", new.key, old.key),
        ("prov#wasRevisionOf", new.key, old.key),
    }
    graphs = dataset.select(
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?limit <https://w3id.org/cancu/ns#statedText> 'Trước ngày 30/6/2024' } }"
    ).rows
    assert graphs == ({"g": f"{BASE}graph/nguon/sam-son/2024/27-qd-ubnd-ban-{old.key}"},)
    assert [v for v in check(dataset.store, merged=True) if v.severity == "violation"] == []
    alone = publish(tmp_path / "2", [CITY_AGAIN])
    assert triples(alone) <= triples(made)
    assert 'statedText "Trước ngày 30/6/2024"'.encode() not in export_turtle(made)
    assert 'statedText "Trước ngày 31/8/2024"'.encode() in export_turtle(made)


def test_the_other_way_round(tmp_path: Path) -> None:
    made = publish(tmp_path / "home", [CITY_AGAIN, CITY])
    assert [e.name for e in made.manifest.current_plans] == [str(CITY)]
    assert len(ask("C4", {}, Embedded(made)).rows) == 3


def test_adding_keeps_what_is_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    publish(home, [CITY, PROVINCE])
    assert [e.name for e in publish(home, [CITY], options=ADD).manifest.plans] == [
        str(CITY),
        str(PROVINCE),
    ]
    added = publish(home, [CITY_AGAIN, COMMUNE], options=ADD)
    assert len(added.manifest.plans) == 4
    assert added.version == publish(tmp_path / "2", [CITY, PROVINCE, CITY_AGAIN, COMMUNE]).version
    # an older version that is given again is the latest again
    back = publish(home, [CITY], options=ADD)
    assert {e.name for e in back.manifest.current_plans} == {str(CITY), str(PROVINCE), str(COMMUNE)}
    assert republish(home).version == back.version
    shutil.rmtree(home / "cache")
    assert republish(home).version == back.version


def test_an_address_of_two_documents_is_given_to_the_first(tmp_path: Path) -> None:
    """Two bodies sign at one place under one number; their facts must not be taken for each other's."""
    other = tmp_path / "hoi-dong.txt"
    text = CITY.read_text("utf-8")
    other.write_text(
        text.replace("CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ", "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ"), "utf-8"
    )
    made = publish(tmp_path / "home", [CITY, other])
    assert [e.name for e in made.manifest.plans] == [str(CITY)]
    (left,) = made.manifest.left_out
    assert left.source == str(other)
    assert "another issuer" in left.en


def test_a_manifest_is_read_back_whole(tmp_path: Path) -> None:
    made = publish(tmp_path / "home", [CITY, CITY_AGAIN])
    written = json.loads((made.path / "manifest.json").read_text("utf-8"))
    assert [entry["number"] for entry in written["plans"]] == ["27/QĐ-UBND", "27/QĐ-UBND"]
    assert written["engine"] == cache.engine()


# ---- one name for each thing


def test_two_spellings_of_one_name_do_not_double_answers() -> None:
    label, alt = (
        "<http://www.w3.org/2000/01/rdf-schema#label>",
        "<http://www.w3.org/2004/02/skos/core#altLabel>",
    )
    pref = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    lines = sorted(
        f"<x:a> {p} {v} <g:{g}> .\n".encode()
        for p, v, g in [
            (label, '"Phòng Nội vụ"', 1),
            (label, '"Phòng nội vụ"', 2),
            (pref, '"Phòng Nội vụ"@vi', 1),
            (pref, '"Phòng nội vụ"@vi', 2),
            (pref, '"Interior Office"@en', 1),
            (alt, '"Nội vụ"@vi', 3),
        ]
    )
    found = set(merged(lines, {"g:3"}))
    assert found == {
        f'<x:a> {label} "Phòng Nội vụ" .\n'.encode(),
        f'<x:a> {pref} "Phòng Nội vụ"@vi .\n'.encode(),
        f'<x:a> {alt} "Phòng nội vụ"@vi .\n'.encode(),
        f'<x:a> {pref} "Interior Office"@en .\n'.encode(),
    }
