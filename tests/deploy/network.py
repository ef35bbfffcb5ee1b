"""Running something where there is no network at all: a namespace of its own that has only its loopback."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence

import pytest

LOOPBACK_UP = (
    "import fcntl, os, socket, struct, sys; s = socket.socket(); "
    "f = struct.unpack('16sh', fcntl.ioctl(s, 0x8913, struct.pack('16sh', b'lo', 0)))[1]; "
    "fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', f | 1)); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""Switches the loopback on (SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP), then becomes the command."""


def without_network(*command: str) -> list[str]:
    """The command that runs another one without a network; skips the test where that is not allowed."""
    unshare = shutil.which("unshare")
    if not unshare:
        pytest.skip("no unshare here: it takes Linux with util-linux")
    alone = [unshare, "--user", "--map-root-user", "--net", sys.executable, "-c", LOOPBACK_UP]
    tried = subprocess.run([*alone, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no network namespace may be made here: {tried.stderr.strip()[-200:]}")
    return [*alone, *command]


def run(*command: str, env: dict[str, str] | None = None, cwd: str | None = None) -> str:
    """What a command says; it must succeed."""
    ended = subprocess.run(
        command, env=env, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def told(command: Sequence[str], env: dict[str, str] | None = None) -> tuple[int, str]:
    """The exit code of a command, and all that it says."""
    ended = subprocess.run(
        command, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return ended.returncode, ended.stdout + ended.stderr
