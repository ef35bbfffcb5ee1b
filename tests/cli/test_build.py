"""`cancu build` on folders: what it says, its report, its exit codes, the same from any folder."""

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.many import CHI_LINH, CITY, CITY_AGAIN, FOLDER, HOA_LU, PROVINCE, SAM_SON

COMMAND = Path(sys.executable).parent / "cancu"


def cancu(*arguments: object, home: Path, language: str = "vi") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "CANCU_HOME": str(home), "CANCU_LANG": language}
    words = [str(COMMAND), *map(str, arguments)]
    return subprocess.run(
        words, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with good, bad, hidden and foreign files, and a copy."""
    folder = tmp_path / "van-ban"
    folder.mkdir()
    for path in (CITY, CITY_AGAIN, PROVINCE):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "ban-sao.txt").write_bytes(PROVINCE.read_bytes())
    (folder / "thu.txt").write_text("Kính gửi ông An", "utf-8")
    (folder / ".an.txt").write_text("x")
    (folder / "anh.png").write_bytes(b"\x89PNG")
    return folder


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_folder_is_built_and_summed_up(mixed: Path, tmp_path: Path, language: str) -> None:
    ran = cancu("build", mixed, "--jobs", 2, home=tmp_path / "home", language=language)
    assert (ran.returncode, ran.stdout) == (0, "")
    words = {
        "vi": ("bản cũ", "nay dùng: thanh-pho-sam-son-thay-the.txt", "trùng với: tinh-hoa-lu.txt", "2 kế hoạch, 8 nhiệm vụ, 1 bản cũ, 1 tệp không dựng, 2 tệp bỏ qua"),
        "en": ("replaced", "now: thanh-pho-sam-son-thay-the.txt", "also: tinh-hoa-lu.txt", "2 plans, 8 tasks, 1 replaced versions, 1 left out, 2 passed over"),
    }[language]  # fmt: skip
    for word in words:
        assert word in ran.stderr


def test_the_report_says_what_became_of_each_file(mixed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("r.json", "r.csv"):
        assert cancu("build", mixed, "--report", tmp_path / name, home=home).returncode == 0
    rows = json.loads((tmp_path / "r.json").read_text("utf-8"))
    states = {row["file"]: row["state"] for row in rows}
    assert states == {
        "ban-sao.txt": "current",
        "thanh-pho-sam-son.txt": "replaced",
        "thanh-pho-sam-son-thay-the.txt": "current",
        "thu.txt": "refused",
        ".an.txt": "skipped",
        "anh.png": "skipped",
    }
    by_file = {row["file"]: row for row in rows}
    assert by_file["ban-sao.txt"]["also"] == ["tinh-hoa-lu.txt"]
    assert by_file["ban-sao.txt"]["plan"] == HOA_LU
    assert by_file["thu.txt"]["reason_en"].startswith("No line names a kind of document")
    old, new = by_file["thanh-pho-sam-son.txt"], by_file["thanh-pho-sam-son-thay-the.txt"]
    assert old["replaced_by"] == new["sha256"]
    table = list(csv.DictReader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert {row["file"]: row["state"] for row in table} == states


def test_nothing_built_is_2_and_still_reported(mixed: Path, tmp_path: Path) -> None:
    for path in mixed.glob("t*-*.txt"):
        path.unlink()
    (mixed / "ban-sao.txt").unlink()
    ran = cancu("build", mixed, "--report", tmp_path / "r.json", home=tmp_path / "home")
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "Không dựng được tài liệu nào" in ran.stderr.splitlines()[-1]
    rows = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [row["state"] for row in rows] == ["refused", "skipped", "skipped"]
    empty = tmp_path / "rong"
    empty.mkdir()
    assert cancu("build", empty, home=tmp_path / "home").returncode == 2


def test_add_keeps_the_plan_that_ships(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert cancu("build", home=home).returncode == 0
    assert cancu("build", "--add", FOLDER, home=home).returncode == 0
    ran = cancu("ask", "C4", "--format", "json", home=home)
    plans = {row["plan_iri"].split("ke-hoach/")[1] for row in json.loads(ran.stdout)["rows"]}
    assert {CHI_LINH, SAM_SON, HOA_LU} < plans
    one = cancu("ask", "C4", f"plan={SAM_SON}", "--format", "csv", home=home)
    assert len(one.stdout.splitlines()) == 5
    assert cancu("check", home=home).returncode == 0


@pytest.mark.parametrize(
    "arguments", [["--jobs", "0"], ["--time-limit", "0"], ["--jobs", "x"], ["--report", "."]]
)
def test_wrong_use(arguments: list[str], tmp_path: Path) -> None:
    ran = cancu("build", FOLDER, *arguments, home=tmp_path / "home")
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1


def test_a_bar_on_a_terminal_and_none_in_a_pipe(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "CANCU_HOME": str(tmp_path / "home"), "TERM": "xterm", "COLUMNS": "120"}
    words = [str(COMMAND), "build", str(FOLDER)]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
            if process.poll() is not None and not seen:
                break
    os.close(ours)
    assert process.returncode == 0
    assert b"4/4" in seen
    piped = cancu("build", FOLDER, home=tmp_path / "home")
    assert "\x1b" not in piped.stderr
    assert "4/4" not in piped.stderr
