"""The archive for offices without a network: how it is made, and its installer on an archive with a tiny product.

The real product is installed from the real archive in `test_offline.py`.
"""

import ensurepip
import hashlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from deploy.bundle import cai_dat
from tests.deploy.network import told, without_network
from tools.bundle_papers import Package, bill_of_materials, write_licences
from tools.bundle_wheels import BUNDLE, LOCKS, ROOT, CannotBundle, requirements, targets
from tools.make_bundle import as_page, assemble, make, pack
from tools.plain_text import as_text

NOON = 1_767_225_600
PRODUCT = """import os, pathlib, sys
def main():
    home = pathlib.Path(os.environ["CANCU_HOME"])
    if "build" in sys.argv:
        store = home / "snapshots" / "1" / "store"
        store.mkdir(parents=True)
        (store / "CURRENT").touch()
        (store.parent / "manifest.json").touch()
    print({version!r}, home.name, *sys.argv[1:])
"""
METADATA = "Metadata-Version: 2.4\nName: cancu\nVersion: {version}\nLicense-Expression: Apache-2.0\n{more}\n"


def wheel(folder: Path, version: str, more: str = "") -> None:
    """A product that says what it was asked."""
    info = f"cancu-{version}.dist-info"
    with zipfile.ZipFile(folder / f"cancu-{version}-py3-none-any.whl", "w") as made:
        made.writestr("cancu/cli/main.py", PRODUCT.format(version=version))
        made.writestr(f"{info}/METADATA", METADATA.format(version=version, more=more))
        made.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        made.writestr(f"{info}/licenses/LICENSE", "the licence")
        made.writestr(f"{info}/RECORD", "")


def archive(folder: Path, version: str = "1.0", more: str = "") -> Path:
    """An archive with that product, unpacked."""
    packed = list((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if not packed:
        pytest.skip("this Python keeps pip apart")
    inside = folder / "made" / version
    (inside / "goi").mkdir(parents=True)
    (inside / "goi" / packed[0].name).write_bytes(packed[0].read_bytes())
    wheel(inside / "goi", version, more)
    assemble(inside, version)
    zipped = pack(inside, folder / f"{version}.zip", f"cancu-{version}", NOON)
    with zipfile.ZipFile(zipped) as opened:
        opened.extractall(folder)
    return folder / f"cancu-{version}"


def installed(unpacked: Path, into: Path, *more: str) -> tuple[int, str]:
    """What the installer of an archive says where there is no network."""
    script = str(unpacked / "cai-dat.sh")
    env = {**os.environ, "PYTHON": sys.executable, "PIP_INDEX_URL": "http://127.0.0.1:9/"}
    return told(without_network("sh", script, "--vao", str(into), *more), env)


def test_it_installs_and_upgrades_and_keeps_the_data(tmp_path: Path) -> None:
    into = tmp_path / "Căn Cứ của tôi"
    code, said = installed(archive(tmp_path), into)
    assert code == 0, said
    assert "http://127.0.0.1:8000" in said
    assert "xóa thư mục" in said
    assert told([str(into / "cancu"), "ask", "A b"]) == (0, "1.0 du-lieu ask A b\n")
    assert told(["sh", str(into / "chay.sh"), "--port", "9"]) == (0, "1.0 du-lieu serve --port 9\n")
    for name, words in (("cancu", ""), ("chay.sh", " serve")):
        (tmp_path / name).symlink_to(into / name)
        assert told([str(tmp_path / name)]) == (0, f"1.0 du-lieu{words}\n")
    pages = {one.name for one in (into / "may-chu").iterdir()}
    assert {"van-hanh.html", "operations.html", "cancu.service", "nginx.conf"} <= pages
    (into / "du-lieu" / "of-the-office").write_text("kept", "utf-8")

    code, said = installed(archive(tmp_path, "1.1"), into)
    assert code == 0, said
    assert "Đã nâng cấp lên 1.1" in said
    assert told([str(into / "cancu"), "ask"]) == (0, "1.1 du-lieu ask\n")
    assert (into / "du-lieu" / "of-the-office").read_text("utf-8") == "kept"

    code, said = installed(archive(tmp_path, "1.2"), into)
    assert [one.name[:3] for one in sorted((into / "phien-ban").iterdir())] == ["1.1", "1.2"]


def test_what_runs_is_not_removed(tmp_path: Path) -> None:
    """Neither the version before, nor an older one that a process runs from however often it is installed again."""
    into, unpacked = tmp_path / "can-cu", archive(tmp_path)
    names, said = [], ""
    server = None
    try:
        for number in range(3):
            code, said = installed(unpacked, into, "--khong-dung")
            assert code == 0, said
            names.append(cai_dat.current(into))
            if number == 0:
                first = cai_dat.python_of(into / "phien-ban" / names[0])
                server = subprocess.Popen([first, "-c", "input()"], stdin=subprocess.PIPE)
    finally:
        if server:
            server.communicate(b"\n", timeout=20)
    assert {one.name for one in (into / "phien-ban").iterdir()} == set(names)
    assert f"Giữ lại {into}/phien-ban/{names[0]} vì đang chạy" in said
    assert "Đã cài lại Căn Cứ 1.0." in said
    assert "dừng máy chủ trước, rồi chạy lại" in said
    assert cai_dat.runs_from(into / "phien-ban" / names[0]) is False


def test_what_may_run_is_kept_where_processes_are_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("0.9-20260101000000", "1.0-20260102000000", "1.1-20260103000000"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(cai_dat, "runs_from", lambda one: None)
    cai_dat._remove_older(tmp_path, "1.0-20260102000000")
    assert len(list(tmp_path.iterdir())) == 3
    assert "0.9-20260101000000 vì có thể đang chạy" in capsys.readouterr().out
    monkeypatch.setattr(cai_dat, "runs_from", lambda one: False)
    cai_dat._remove_older(tmp_path, "")
    assert len(list(tmp_path.iterdir())) == 3
    cai_dat._remove_older(tmp_path, "1.0-20260102000000")
    assert sorted(one.name[:3] for one in tmp_path.iterdir()) == ["1.0", "1.1"]


def interrupted(unpacked: Path, into: Path, seconds: float) -> tuple[int, str]:
    """What the installer says when Ctrl+C is pressed twice while it installs."""
    script = str(unpacked / "cai-dat.sh")
    running = subprocess.Popen(
        without_network("sh", script, "--vao", str(into)),
        env={**os.environ, "PYTHON": sys.executable},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert running.stdout
    while "Installing" not in running.stdout.readline():
        assert running.poll() is None
    for _ in range(2):
        time.sleep(seconds)
        os.killpg(running.pid, signal.SIGINT)
    return running.wait(60), running.communicate()[1]


def test_stopped_by_ctrl_c_it_leaves_nothing_behind(tmp_path: Path) -> None:
    unpacked, into = archive(tmp_path), tmp_path / "can-cu"
    said = "\nĐã dừng theo yêu cầu, không để lại gì dở dang; khi cần, hãy chạy lại trình cài đặt.\n"
    code, words = interrupted(unpacked, into, 0.2)
    assert (code, words.rpartition("Stopped")[0]) == (130, said)
    assert not into.exists()
    assert installed(unpacked, into)[0] == 0
    before = sorted(into.rglob("*"))
    code, words = interrupted(unpacked, into, 0.5)
    assert (code, words.rpartition("Stopped")[0]) == (130, said)
    assert [one for one in sorted(into.rglob("*")) if "__pycache__" not in one.parts] == [
        one for one in before if "__pycache__" not in one.parts
    ]
    assert told([str(into / "cancu"), "ask"]) == (0, "1.0 du-lieu ask\n")


def test_the_user_of_a_service_can_read_the_program(tmp_path: Path) -> None:
    """Also where whoever installs shuts others out by default; the data stay as he has it."""
    into, before = tmp_path / "can-cu", os.umask(0o077)
    try:
        code, said = installed(archive(tmp_path), into)
    finally:
        os.umask(before)
    assert code == 0, said
    data = into / "du-lieu"
    shut = [p for p in (into, *into.rglob("*")) if not p.is_symlink() and not p.stat().st_mode & 4]
    assert [p for p in shut if data not in p.parents] == [data]


@pytest.mark.parametrize(
    ("there", "built", "words"),
    [
        ([], True, "Dựng kế hoạch kèm sẵn"),
        (["snapshots"], True, "Dựng kế hoạch kèm sẵn"),
        (["building-1/store"], True, "Dựng kế hoạch kèm sẵn"),
        (["snapshots/1"], False, "bị hỏng và được để nguyên"),
        (["snapshots/1/manifest.json"], False, "bị hỏng và được để nguyên"),
        (["snapshots/1/manifest.json", "snapshots/1/store/CURRENT"], False, "được giữ nguyên"),
    ],
)
def test_a_folder_is_data_only_with_a_whole_build(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    there: list[str],
    built: bool,
    words: str,
) -> None:
    """As a build that was stopped leaves it, or a copy that was only half put back; what is damaged is not built over."""
    asked: list[Path] = []
    monkeypatch.setattr(cai_dat, "_build", lambda folder, program: asked.append(folder))
    (tmp_path / "du-lieu").mkdir()
    for name in there:
        path = tmp_path / "du-lieu" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch() if path.suffix or path.name == "CURRENT" else path.mkdir()
    cai_dat._first_build(tmp_path, tmp_path / "phien-ban" / "1")
    assert bool(asked) == built
    assert words in capsys.readouterr().out


def test_what_was_installed_still_works_when_an_upgrade_fails(tmp_path: Path) -> None:
    into = tmp_path / "can-cu"
    assert installed(archive(tmp_path), into, "--khong-dung")[0] == 0
    code, said = installed(archive(tmp_path, "1.1", "Requires-Dist: khong-co-goi-nay"), into)
    assert code == 1
    assert "khong-co-goi-nay" in said
    assert "CHƯA CÀI ĐƯỢC" in said
    assert told([str(into / "cancu"), "ask"])[1] == "1.0 du-lieu ask\n"
    assert len(list((into / "phien-ban").iterdir())) == 1
    assert not (into / "du-lieu").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("goi/cancu-1.0-py3-none-any.whl", b"changed"),
        ("goi/cancu-1.0-py3-none-any.whl", None),
        ("HUONG-DAN.html", None),
        ("SHA256SUMS", None),
        ("SHA256SUMS", b""),
        ("SHA256SUMS", b"words\n"),
        ("SHA256SUMS", b"\xff\xfe"),
        ("cai_dat.py", None),
        ("cai_dat.py", b""),
    ],
)
def test_a_damaged_archive_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    unpacked = archive(tmp_path)
    if content is None:
        (unpacked / name).unlink()
    else:
        (unpacked / name).write_bytes(content)
    code, said = installed(unpacked, tmp_path / "can-cu")
    assert code == 1
    assert f"Gói bị hỏng hoặc thiếu tệp: {name}." in said
    assert "Traceback" not in said
    assert not (tmp_path / "can-cu").exists()


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tai-lieu").mkdir()
    (tmp_path / "tai-lieu" / "thư.txt").touch()
    code, said = installed(archive(tmp_path), tmp_path / "tai-lieu")
    assert code == 1
    assert "đã có thứ khác" in said
    assert [one.name for one in (tmp_path / "tai-lieu").iterdir()] == ["thư.txt"]


def test_a_machine_without_a_python_that_suits(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.8.10\nexit 1\n', "utf-8")
    old.chmod(0o755)
    code, said = told(
        ["/bin/sh", str(BUNDLE / "cai-dat.sh")],
        {"PATH": f"{tmp_path}:/usr/bin:/bin", "PYTHON": "python3"},
    )
    assert code == 1
    assert "Cần Python 3.11, 3.12 hoặc 3.13" in said
    assert "Python 3.8.10" in said


@pytest.mark.parametrize("wrong", ["python9", "/no/such/python", "{here}", "a b"])
def test_a_python_that_is_not_there(tmp_path: Path, wrong: str) -> None:
    path = wrong.format(here=tmp_path)
    code, said = told(["/bin/sh", str(BUNDLE / "cai-dat.sh")], {**os.environ, "PYTHON": path})
    assert code == 1
    assert f"Không tìm thấy Python ở “{path}” (biến PYTHON)" in said
    assert "Cần Python" not in said


def test_a_python_in_a_folder_with_a_blank_and_an_installer_behind_a_link(tmp_path: Path) -> None:
    python, link = tmp_path / "của tôi" / "python3", tmp_path / "cài"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    link.symlink_to(BUNDLE / "cai-dat.sh")
    code, said = told(["sh", str(link), "--help"], {**os.environ, "PYTHON": str(python)})
    assert code == 0
    assert "--vao" in said


def test_the_help_says_where_and_how_to_remove(tmp_path: Path) -> None:
    code, said = told(["sh", str(BUNDLE / "cai-dat.sh"), "--help"])
    assert code == 0
    assert "--vao" in said
    assert "Gỡ bỏ" in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": (3, 10)}, "Cần Python 3.11, 3.12 hoặc 3.13"),
        ({"version": (3, 14)}, "Cần Python 3.11, 3.12 hoặc 3.13"),
        ({"implementation": "PyPy"}, "CPython"),
        ({"system": "Darwin"}, "Linux x86-64 và Windows"),
        ({"machine": "aarch64"}, "Linux x86-64 và Windows"),
        ({"maxsize": 2**31 - 1}, "Python 32 bit"),
        ({"libc": ("glibc", "2.17")}, "glibc 2.28"),
        ({"libc": ("", "")}, "glibc 2.28"),
        ({}, ""),
        ({"system": "Windows", "machine": "AMD64", "libc": ("", "")}, ""),
    ],
)
def test_machines(monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], words: str) -> None:
    seen: dict[str, object] = {
        "version": (3, 12), "implementation": "CPython", "system": "Linux", "machine": "x86_64",
        "maxsize": 2**63 - 1, "libc": ("glibc", "2.28"),
    } | changes  # fmt: skip
    version = seen["version"]
    assert isinstance(version, tuple)
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    monkeypatch.setattr(sys, "maxsize", seen["maxsize"])
    for name, key in (
        ("python_implementation", "implementation"),
        ("system", "system"),
        ("machine", "machine"),
        ("libc_ver", "libc"),
    ):
        monkeypatch.setattr(f"platform.{name}", lambda key=key: seen[key])
    if not words:
        cai_dat.check_machine()
        return
    with pytest.raises(cai_dat.Stop, match=words):
        cai_dat.check_machine()


def test_every_locked_package_is_asked_for_where_it_is_needed() -> None:
    """Real locks: what differs between the systems is what the markers say, and everything has its checksum."""
    asked = {
        target.name: [line for lock in LOCKS for line in requirements(lock.read_text(), target)]
        for target in targets()
    }
    assert list(asked) == [f"{s}-3.{v}" for s in ("linux", "windows") for v in (11, 12, 13)]
    for lines in asked.values():
        assert all(re.match(r"[\w.-]+==\S+ --hash=sha256:", line) for line in lines)
    linux, windows = (
        {line.split("==")[0] for line in asked[name]} for name in ("linux-3.12", "windows-3.12")
    )
    assert linux - windows == {"uvloop", "pexpect", "ptyprocess"}
    assert windows - linux == {"colorama"}
    assert {"pip", "fastapi", "pyoxigraph", "tzdata"} <= linux & windows


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    made = []
    for number in (1, 2):
        inside = tmp_path / str(number) / "b"
        for name in sorted(("b.sh", "a/c.txt", "a.txt"), reverse=number == 2):
            (inside / name).parent.mkdir(parents=True, exist_ok=True)
            (inside / name).write_text(name, "utf-8")
            (inside / name).chmod(0o600 if number == 2 else 0o666)
            os.utime(inside / name, (number, number * 10**6))
        made.append(pack(inside, tmp_path / f"{number}.zip", "cancu-1", NOON).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "1.zip") as opened:
        modes = {one.filename: stat.filemode(one.external_attr >> 16) for one in opened.infolist()}
    assert modes == {
        "cancu-1/a.txt": "-rw-r--r--",
        "cancu-1/a/c.txt": "-rw-r--r--",
        "cancu-1/b.sh": "-rwxr-xr-x",
    }


def test_every_file_of_an_archive_has_its_sum(tmp_path: Path) -> None:
    unpacked = archive(tmp_path)
    lines = (unpacked / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    on_disk = {p.relative_to(unpacked).as_posix(): p for p in unpacked.rglob("*") if p.is_file()}
    assert set(on_disk) - set(sums) == {"SHA256SUMS"}
    assert all(hashlib.sha256(on_disk[n].read_bytes()).hexdigest() == s for n, s in sums.items())
    assert {"HUONG-DAN.html", "HUONG-DAN.txt", "cai-dat.sh", "cai-dat.bat", "sbom.cdx.json"} <= set(
        sums
    )
    assert {"may-chu/cancu.service", "may-chu/nginx.conf", "may-chu/van-hanh.html"} <= set(sums)
    assert "giay-phep/cancu-1.0/LICENSE" in sums


def test_the_pages_of_an_archive_name_only_what_is_in_it(tmp_path: Path) -> None:
    """Links to files, and the examples that are copied from the installed folder."""
    unpacked = archive(tmp_path)
    pages = [unpacked / "HUONG-DAN.html", *(unpacked / "may-chu").glob("*.html")]
    assert len(pages) == 6
    found = 0
    for page in pages:
        text = page.read_text("utf-8")
        links = re.findall(r'href="(?!https?:|#)([^"#]+)', text)
        assert [one for one in links if not (page.parent / one).is_file()] == []
        named = re.findall(r"/opt/can-cu/(may-chu/\S+)", text)
        assert [one for one in named if not (unpacked / one).is_file()] == []
        found += len(links) + len(named)
    assert found >= 12
    assert '<html lang="en">' in (unpacked / "may-chu" / "operations.html").read_text("utf-8")


def test_a_package_without_the_text_of_its_licence_is_refused(tmp_path: Path) -> None:
    package = Package("x-1-py3-none-any.whl", "x", "1", "MIT", "0" * 64)
    with pytest.raises(CannotBundle, match="x carries no text"):
        write_licences([package], tmp_path, {}, ROOT)
    write_licences([package], tmp_path, {"x": "LICENSE"}, ROOT)
    assert "Apache License" in (tmp_path / "x-1" / "LICENSE.txt").read_text("utf-8")


def test_the_list_of_parts_names_what_browsers_get_too() -> None:
    text = f"{'=' * 78}\n@codemirror/view 6.1: MIT\n\nwords\n\n{'=' * 78}\n@fontsource/noto-sans 5.3.0: OFL-1.1\n"
    texts = {"cancu/web/static/dist/THIRD-PARTY-LICENSES.txt": text}
    package = Package("Jinja2-3-py3-none-any.whl", "Jinja2", "3", "BSD", "0" * 64, texts)
    found = bill_of_materials([package], "1.0")
    assert [part["purl"] for part in found["components"]] == [
        "pkg:pypi/jinja2@3?file_name=Jinja2-3-py3-none-any.whl",
        "pkg:npm/%40codemirror/view@6.1",
        "pkg:npm/%40fontsource/noto-sans@5.3.0",
    ]
    json.dumps(found)


def test_a_target_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(CannotBundle, match=r"linux-3\.11"):
        make(tmp_path, ["solaris-2"])


def test_the_instructions_name_no_address_but_the_office_s_own() -> None:
    text = (BUNDLE / "HUONG-DAN.md").read_text("utf-8")
    addresses = set(re.findall(r"https?://[^\s>]+", text + as_page(text)))
    assert {re.sub(r"[:/\"&].*", "", one.split("//")[1]) for one in addresses} == {"127.0.0.1"}


def test_the_instructions_as_a_page_and_as_plain_text() -> None:
    text = (BUNDLE / "HUONG-DAN.md").read_text("utf-8")
    page, plain = as_page(text), as_text(text)
    assert "<table>" in page
    assert '<a href="#english">English below</a>' in page
    assert '<div id="english" lang="en">' in page
    assert max(map(len, plain.splitlines())) <= 100
    assert not re.search(r"\*|`|\||^#|</?\w|\]\(", plain, re.MULTILINE)
    marks = {"div", "id", "lang", "english"}
    heads = {"Gặp", "Làm", "You", "see", "Do"}  # of tables, which are lists there
    assert set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", plain)) == marks | heads


def test_the_instructions_give_commands_that_work_where_they_are_typed() -> None:
    """In the installed folder, which is on nobody's path."""
    plain = as_text((BUNDLE / "HUONG-DAN.md").read_text("utf-8"))
    verbs = r"\b(?:ask|build|doctor|lint|network|search)\b"
    assert re.findall(rf"(\S*cancu(?:\.bat)?) {verbs}", plain)
    assert not re.findall(rf"(?<!\./)\bcancu {verbs}", plain)


def test_the_instructions_speak_of_what_the_installer_says() -> None:
    """Whoever looks a message up in the table finds it."""
    guide = (BUNDLE / "HUONG-DAN.md").read_text("utf-8")
    installer = (BUNDLE / "cai_dat.py").read_text("utf-8")
    for words in (
        "Cần Python 3.11, 3.12 hoặc 3.13",
        "Cần Linux với glibc 2.28 trở lên",
        "Gói bị hỏng hoặc thiếu tệp",
        "The archive is damaged or files are missing",
        "Không ghi được",
        "Cannot write",
        "--vao",
    ):
        assert words in guide
        assert words in installer
    script = (BUNDLE / "cai-dat.sh").read_text("utf-8")
    for words in ("Không tìm thấy Python", "There is no Python", "PYTHON="):
        assert words in guide
        assert words in script


def test_the_batch_file_goes_only_where_there_is_a_label(tmp_path: Path) -> None:
    """No Windows is here to run it: its lines end as cmd.exe wants, its labels are there, its brackets are even."""
    unpacked = archive(tmp_path)
    data = (unpacked / "cai-dat.bat").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    text = data.decode()
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    used = set(re.findall(r"(?:goto|call) :?(\w+)", text))
    assert used == labels == {"try", "missing", "unpack"}
    assert text.count("%HERE%") == 2
    for made in (cai_dat._BATCH, cai_dat._BATCH_SERVE):
        assert made.startswith("@echo off\n")
