"""The steps of docs/endpoint.md, as they stand there, on a Virtuoso that they start themselves."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.virtuoso import free_port

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("endpoint.md", "endpoint.vi.md")


def blocks(page: str, kind: str) -> list[str]:
    text = (DOCS / page).read_text("utf-8")
    found = re.findall(rf"^   ```{kind}\n(.*?)^   ```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in found]


@pytest.mark.parametrize("kind", ["ini", "sh"])
def test_both_pages_show_the_same(kind: str) -> None:
    english, vietnamese = (blocks(page, kind) for page in PAGES)
    assert english == vietnamese
    assert len(english) == {"ini": 1, "sh": 5}[kind]


@pytest.mark.virtuoso
def test_every_step_works(tmp_path: Path) -> None:
    ports = {":1111": f":{free_port()}", ":8890": f":{free_port()}"}
    (settings,) = blocks(PAGES[0], "ini")
    (tmp_path / "virtuoso.ini").write_text(ported(settings, ports), "utf-8")
    *steps, stop = (ported(step, ports) for step in blocks(PAGES[0], "sh"))
    try:
        done = run("\n".join(["set -e", *steps]), tmp_path)
    finally:
        run(stop, tmp_path)
        end(tmp_path / "virtuoso.lck")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "III.6" in done.stdout
    assert "password" not in done.stderr.replace("isql", "")


def end(lock: Path) -> None:
    """A server that the last step did not stop is not left behind."""
    found = re.search(r"VIRT_PID=(\d+)", lock.read_text("utf-8")) if lock.exists() else None
    if found:
        os.kill(int(found[1]), signal.SIGKILL)


def ported(text: str, ports: dict[str, str]) -> str:
    for documented, free in ports.items():
        text = text.replace(documented, free)
    return text


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CANCU_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**inherited, "PATH": path, "CANCU_HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
