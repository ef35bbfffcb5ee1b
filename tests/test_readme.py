"""Every command that the READMEs and docs show works, and the two READMEs show the same ones."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.vi.md")


def commands(name: str) -> list[str]:
    """The lines of the shell blocks of a page that call `cancu`."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("cancu ")]


def test_the_readmes_show_the_same_commands() -> None:
    english, vietnamese = (commands(name) for name in READMES)
    assert english == vietnamese
    assert len(english) == 11 + 3


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_make_targets(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"^make (\w+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert named == ["serve", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)


def test_every_command_works(tmp_path: Path) -> None:
    """One after the other in one home, as a reader would."""
    folder = Path(sys.executable).parent
    env = dict(
        os.environ,
        CANCU_HOME=str(tmp_path / "home"),
        PATH=f"{folder}{os.pathsep}{os.environ['PATH']}",
    )
    for line in commands("README.md"):
        words = shlex.split(re.sub(r"(plan\.trig|report\.csv)", rf"{tmp_path}/\1", line))
        run = subprocess.run(
            words, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False
        )
        # `lint` exits with 1 where the plan has errors, and the shipped one has.
        assert run.returncode == (1 if words[1] == "lint" else 0), (line, run.stderr)
        assert run.stdout or words[1] in {"build", "export"}, line


@pytest.mark.parametrize(
    "page", sorted(str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
)
def test_links_of_the_docs_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
