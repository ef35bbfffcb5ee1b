"""Installs Căn Cứ from the archive that this file lies in: no network, nothing but Python, for one user or for a server.

`cai-dat.sh` and `cai-dat.bat` find a Python that suits and run this file with it. Run again, it upgrades: the new version
is installed beside the old one, the launchers are switched to it, and what is older than the one that they named before is
removed, unless something runs from it still.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
OLDEST_GLIBC = (2, 28)
NEEDED_BYTES = 600 * 1024 * 1024
PROGRAM, DATA, SERVER, SUMS = "phien-ban", "du-lieu", "may-chu", "SHA256SUMS"
LAUNCHER = "cancu.bat" if WINDOWS else "cancu"
START = "from cancu.cli.main import main; main()"

_UNIX = """#!/bin/sh
# Lệnh cancu với dữ liệu ở thư mục {data} bên cạnh. / The command, with the data beside it.
self=$(readlink -f "$0" 2>/dev/null) || self=$0
here=$(cd "$(dirname "$self")" && pwd)
CANCU_HOME=${{CANCU_HOME:-$here/{data}}}
export CANCU_HOME
exec "$here/{program}/bin/python" -I -X utf8 -c "{start}" "$@"
"""
_UNIX_SERVE = """#!/bin/sh
# Mở trang web. / Serves the web application.
self=$(readlink -f "$0" 2>/dev/null) || self=$0
exec "$(dirname "$self")/cancu" serve "$@"
"""
_BATCH = """@echo off
rem Lenh cancu, du lieu o thu muc {data} ben canh. / The command, with the data beside it.
chcp 65001 >nul
if not defined CANCU_HOME set "CANCU_HOME=%~dp0{data}"
"%~dp0{program}\\Scripts\\python.exe" -I -X utf8 -c "{start}" %*
"""
_BATCH_SERVE = """@echo off
rem Mo trang web. / Serves the web application.
call "%~dp0cancu.bat" serve %*
pause
"""


class Stop(Exception):
    """The installation cannot go on; the message says why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")


def main() -> int:
    """Install; 0 if it worked, 1 if not, 130 if it was stopped by Ctrl+C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    asked = _arguments()
    try:
        check_machine()
        check_sums()
        install(asked.vao.expanduser().absolute(), build=not asked.khong_dung)
    except Stop as stopped:
        print(f"\nCHƯA CÀI ĐƯỢC / NOT INSTALLED\n{stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "\nĐã dừng theo yêu cầu, không để lại gì dở dang; khi cần, hãy chạy lại trình cài đặt.\n"
            "Stopped as asked, and nothing is left half done; run the installer again when you like.",
            file=sys.stderr,
        )
        return 130
    except OSError as error:
        print(
            f"\nCHƯA CÀI ĐƯỢC / NOT INSTALLED\nKhông ghi được: {error}\nCannot write: {error}",
            file=sys.stderr,
        )
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="cai-dat.bat" if WINDOWS else "sh cai-dat.sh",
        description="Cài đặt hoặc nâng cấp Căn Cứ, không cần mạng. / Installs or upgrades Căn Cứ without a network.",
        epilog="Gỡ bỏ: xóa thư mục đã cài (trong đó có dữ liệu). / To remove it: delete the folder (the data is in it).",
        add_help=False,
    )
    parser.add_argument(
        "--vao",
        type=Path,
        default=default_folder(),
        metavar="THƯ-MỤC",
        help="nơi cài (mặc định: %(default)s) / folder to install into",
    )
    parser.add_argument(
        "--khong-dung",
        action="store_true",
        help="không dựng kế hoạch kèm sẵn / do not build the plan that ships with the product",
    )
    parser.add_argument("-h", "--help", action="help", help="in trang này / show this")
    return parser.parse_args()


def default_folder() -> Path:
    """Where it is installed if nobody says: in the user's own folder, so that no administrator is needed."""
    if WINDOWS:
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "CanCu"
    return Path.home() / "can-cu"


def check_machine() -> None:
    """Is this a Python and a machine that the packages are for?

    Raises:
        Stop: no.
    """
    version = platform.python_version()
    if (
        not (3, 11) <= sys.version_info[:2] <= (3, 13)
        or platform.python_implementation() != "CPython"
    ):
        raise Stop(
            f"Cần Python 3.11, 3.12 hoặc 3.13 (CPython); ở đây là {platform.python_implementation()} {version}.",
            f"Python 3.11, 3.12 or 3.13 (CPython) is needed; this is {platform.python_implementation()} {version}.",
        )
    system, machine = platform.system(), platform.machine().lower()
    if (
        system not in ("Linux", "Windows")
        or machine not in ("x86_64", "amd64")
        or sys.maxsize < 2**32
    ):
        bits = 64 if sys.maxsize > 2**32 else 32
        raise Stop(
            f"Gói này dành cho Linux x86-64 và Windows 64 bit, với Python 64 bit; ở đây là {system} {machine}, Python {bits} bit.",
            f"This archive is for Linux x86-64 and 64-bit Windows with a 64-bit Python; this is {system} {machine}, {bits}-bit Python.",
        )
    if system == "Linux":
        _check_glibc(*platform.libc_ver())


def _check_glibc(name: str, version: str) -> None:
    found = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
    if name != "glibc" or found < OLDEST_GLIBC:
        raise Stop(
            "Cần Linux với glibc 2.28 trở lên (Debian 10, Ubuntu 20.04, RHEL 8 hoặc mới hơn); "
            f"ở đây là {name or 'thư viện C khác'} {version}.",
            f"Linux with glibc 2.28 or later is needed (Debian 10, Ubuntu 20.04, RHEL 8 or newer); this is {name or 'another C library'} {version}.",
        )


def check_sums() -> None:
    """Is every file of the archive here and as it was packed?

    Raises:
        Stop: no.
    """
    print("Kiểm tra các tệp của gói… / Checking the files…")
    try:
        lines = (HERE / SUMS).read_text("utf-8").splitlines()
        wanted = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError):
        wanted = {}
    wrong = [name for name, digest in wanted.items() if _digest(HERE / name) != digest]
    if wrong or not wanted:
        listed = ", ".join(wrong[:5] or [SUMS]) + (f" … ({len(wrong)})" if len(wrong) > 5 else "")
        raise Stop(
            f"Gói bị hỏng hoặc thiếu tệp: {listed}. Hãy chép lại tệp zip và giải nén lại toàn bộ.",
            f"The archive is damaged or files are missing: {listed}. Copy the zip file again and unpack all of it.",
        )


def _digest(path: Path) -> str:
    """The SHA-256 of a file; blank if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def install(folder: Path, build: bool) -> None:
    """Install into a folder, or upgrade what is there.

    Raises:
        Stop: it does not work; what was there before still does.
        OSError: the folder cannot be written.
    """
    version = next((HERE / "goi").glob("cancu-*.whl")).name.split("-")[1]
    programs = folder / PROGRAM
    if folder.exists() and any(folder.iterdir()) and not programs.is_dir():
        raise Stop(
            f"Thư mục {folder} đã có thứ khác; hãy chọn thư mục trống bằng --vao.",
            f"The folder {folder} holds something else; choose an empty one with --vao.",
        )
    fresh, before = not folder.exists(), current(folder)
    new = programs / f"{version}-{time.strftime('%Y%m%d%H%M%S')}"
    mask = os.umask(0o022)  # the user of a service reads the program, whoever installs it
    try:
        programs.mkdir(parents=True, exist_ok=True)
        _check_space(folder)
        print(f"Cài phiên bản {version} vào {folder}… / Installing {version}…")
        _put(folder, new, version)
    except BaseException:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C twice leaves nothing behind either
        if current(folder) != new.name:
            shutil.rmtree(folder if fresh else new, ignore_errors=True)
        raise
    finally:
        os.umask(mask)
    _remove_older(programs, before)
    if build:
        _first_build(folder, new)
    _say_done(folder, version, before)


def current(folder: Path) -> str:
    """The name of the version that the launcher starts, such as 0.1.0-20260101120000; blank if there is none."""
    try:
        text = (folder / LAUNCHER).read_text("utf-8")
    except OSError:
        return ""
    found = re.search(rf"{PROGRAM}[/\\]([^/\\]+)", text)
    return found[1] if found else ""


def _remove_older(programs: Path, before: str) -> None:
    """Remove what is older than the version before this one; what may be running is kept, and that is said."""
    for one in sorted(programs.iterdir()):
        if not _made(one.name) < _made(before):
            continue
        running = runs_from(one)
        if running is False:
            shutil.rmtree(one, ignore_errors=True)
            continue
        why = ("đang chạy", "it runs") if running else ("có thể đang chạy", "it may be running")
        print(
            f"Giữ lại {one} vì {why[0]}; dừng máy chủ rồi thì xóa được.\n"
            f"{one} is kept because {why[1]}; it can be deleted once the server is stopped."
        )


def _made(name: str) -> str:
    """When a version was installed, from its name."""
    return name.rpartition("-")[2]


def runs_from(program: Path) -> bool | None:
    """Does a process run from this version? None where that cannot be told."""
    if not os.access("/proc/1/cmdline", os.R_OK):  # no Linux, or others' processes are hidden
        return None
    return any(_starts_in(process, program) for process in Path("/proc").glob("[0-9]*"))


def _starts_in(process: Path, program: Path) -> bool:
    """Is a file of this version the first word of a process's command line? Its executable is the system's."""
    try:
        word = os.fsdecode((process / "cmdline").read_bytes().split(b"\0")[0])
    except OSError:
        return False  # it has ended
    return bool(word) and Path(os.path.realpath(Path(word).parent)).is_relative_to(
        program.resolve()
    )


def _put(folder: Path, new: Path, version: str) -> None:
    """Put a version in place."""
    _make(new, version)
    for paper in (HERE / "HUONG-DAN.html", *(HERE / SERVER).iterdir()):
        copy = folder / paper.relative_to(HERE)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(paper, copy)
    _launchers(folder, f"{PROGRAM}/{new.name}")


def _check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise Stop(
            f"Ổ đĩa còn {free // 2**20} MB; cần ít nhất {NEEDED_BYTES // 2**20} MB.",
            f"{free // 2**20} MB are free on the disk; at least {NEEDED_BYTES // 2**20} MB are needed.",
        )


def _make(new: Path, version: str) -> None:
    """An environment with the packages of the archive, and nothing from anywhere else."""
    try:
        import venv
    except ImportError:
        raise Stop(
            "Bản Python này thiếu mô-đun venv; trên Debian hoặc Ubuntu hãy cài gói python3-venv.",
            "This Python lacks the module venv; on Debian or Ubuntu install the package python3-venv.",
        ) from None
    # Without pip, which some systems keep apart: the archive has its own, run from its wheel.
    venv.EnvBuilder(symlinks=not WINDOWS, with_pip=False).create(new)
    pip = next((HERE / "goi").glob("pip-*.whl"))
    command = [
        *(str(python_of(new)), "-I", str(pip / "pip")),
        *("install", "--isolated", "--no-index", "--find-links", str(HERE / "goi")),
        *("--only-binary", ":all:", "--disable-pip-version-check", "--no-cache-dir", "--quiet"),
        f"cancu=={version}",
    ]
    # no settings of pip's that the machine may have; Ctrl+C is for this program to hear, which then ends pip
    env = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
    if subprocess.run(command, check=False, env=env, start_new_session=True).returncode:
        raise Stop(
            "Cài các gói không thành công, xem thông báo ở trên. Bản cũ, nếu có, vẫn dùng được.",
            "The packages could not be installed, see above. What was installed before still works.",
        )


def python_of(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if WINDOWS else "bin/python")


def _launchers(folder: Path, program: str) -> None:
    """The files that people start; each is put in place at once, the one that names the version at the very end."""
    texts = (
        {"chay.bat": _BATCH_SERVE, "cancu.bat": _BATCH}
        if WINDOWS
        else {"chay.sh": _UNIX_SERVE, "cancu": _UNIX}
    )
    for name, text in texts.items():
        made = text.format(program=program.replace("/", os.sep), data=DATA, start=START)
        aside = folder / f"{name}.moi"
        aside.write_bytes((made.replace("\n", "\r\n") if WINDOWS else made).encode())
        aside.chmod(0o755)
        aside.replace(folder / name)


def _first_build(folder: Path, program: Path) -> None:
    """Build the plan that ships with the product, where there is no data yet."""
    snapshots = list((folder / DATA / "snapshots").glob("*"))
    if any(map(_is_snapshot, snapshots)):
        print("Dữ liệu đang có được giữ nguyên. / The data that is there is kept as it is.")
        return
    if snapshots:  # never built over: the office's own documents may still be saved
        doctor = f'"{folder / LAUNCHER}" doctor'
        print(
            f"Dữ liệu trong {folder / DATA} bị hỏng và được để nguyên; hãy chạy: {doctor}\n"
            f"The data in {folder / DATA} is damaged and left as it is; run: {doctor}"
        )
        return
    print("Dựng kế hoạch kèm sẵn… / Building the plan that ships with the product…")
    _build(folder, program)


def _build(folder: Path, program: Path) -> None:
    command = [str(python_of(program)), "-I", "-X", "utf8", "-c", START, "build"]
    env = {**os.environ, "CANCU_HOME": str(folder / DATA)}
    child = subprocess.Popen(command, env=env)
    try:
        failed = child.wait()
    except KeyboardInterrupt:
        child.wait()  # it heard it too, and ends in good order
        raise
    if failed:
        raise Stop(
            "Đã cài nhưng chưa dựng được dữ liệu, xem thông báo ở trên.",
            "Installed, but the data could not be built, see above.",
        )


def _is_snapshot(path: Path) -> bool:
    """Is this a whole build of the data, as `cancu.graph.snapshot` looks for it?"""
    return (path / "manifest.json").is_file() and (path / "store" / "CURRENT").is_file()


def _say_done(folder: Path, version: str, before: str) -> None:
    start = f'"{folder / "chay.bat"}"' if WINDOWS else f'sh "{folder / "chay.sh"}"'
    if not before:
        did = (f"Đã cài Căn Cứ {version}.", f"Căn Cứ {version} is installed.")
    elif before.rpartition("-")[0] == version:
        did = (f"Đã cài lại Căn Cứ {version}.", f"Căn Cứ {version} is installed again.")
    else:
        did = (f"Đã nâng cấp lên {version}.", f"Upgraded to {version}.")
    again = (
        " Nếu trang web đang chạy: dừng máy chủ trước, rồi chạy lại." if before else "",
        " If the server is running: stop it first, then start it again." if before else "",
    )
    print(
        f"\n{did[0]}{again[0]}\n"
        f"  Mở trang web:  {start}  rồi vào địa chỉ  http://127.0.0.1:8000\n"
        f"  Dữ liệu:       {folder / DATA}  (hãy sao lưu thư mục này)\n"
        f"  Hướng dẫn:     {folder / 'HUONG-DAN.html'}\n"
        f"  Gỡ bỏ:         xóa thư mục {folder}\n"
        f"\n{did[1]}{again[1]}\n"
        f"  Start {start} and open http://127.0.0.1:8000; the data is in {folder / DATA}.\n"
        f"  To remove it, delete {folder}."
    )


if __name__ == "__main__":
    sys.exit(main())
