"""What to read: files named one by one, and the documents of folders, with what was passed over and why."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cancu.graph.snapshot import SKIPPED, LeftOut
from cancu.loaders.limits import MAX_BYTES
from cancu.loaders.read import BUILT_IN

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".pdf"})
"""How the names of documents end. In a folder nothing else is tried; a format that cannot be read says so itself."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Given:
    """A document to read.

    Attributes:
        name: for people: as it was named, or its path below the folder that was.
        path: the file, or None for standard input and the plan that ships with the product.
        data: the bytes of what has no file to come back to.
    """

    name: str
    path: Path | None
    data: bytes | None = None


def collect(paths: Sequence[Path]) -> tuple[list[Given], list[LeftOut]]:
    """The documents of files and folders in the order given (in a folder by name, 2 before 10), and what was passed over."""
    found: list[Given] = []
    passed: list[LeftOut] = []
    for path in paths:
        if path.is_dir():
            _walk(path, found, passed)
        elif str(path) == "-" or (path.exists() and not path.is_file()):
            found.append(_stream(path))
        else:
            found.append(Given(str(path), path))
    return found, passed


def built_in_given() -> Given:
    """The plan that ships with the product."""
    return Given(BUILT_IN, None)


def _walk(top: Path, found: list[Given], passed: list[LeftOut]) -> None:
    """The documents below a folder; links to folders are not followed, so that nothing is read without end."""
    for folder, names, files in os.walk(top, onerror=lambda e: passed.append(_unreadable(e))):
        here = Path(folder)
        for hidden in _hidden(names):
            passed.append(_passed(here / hidden, top, "thư mục ẩn", "a hidden folder"))
        names[:] = sorted((n for n in names if not n.startswith(".")), key=natural)
        for name in sorted(files, key=natural):
            path = here / name
            reason = _why_not(path)
            if reason:
                passed.append(_passed(path, top, *reason))
            else:
                found.append(Given(str(path.relative_to(top)), path))


def _hidden(names: Sequence[str]) -> Iterator[str]:
    return (name for name in sorted(names) if name.startswith("."))


def _why_not(path: Path) -> tuple[str, str] | None:
    if path.name.startswith((".", "~$")):
        return "tệp ẩn hoặc tệp tạm", "a hidden or temporary file"
    if not path.is_file():
        return "không phải tệp thường", "not a regular file"
    if path.suffix.lower() not in SUFFIXES:
        return (
            f"đuôi tệp “{path.suffix}” không phải của văn bản",
            f"“{path.suffix}” is not the ending of a document",
        )
    return None


def _passed(path: Path, top: Path, vi: str, en: str) -> LeftOut:
    return LeftOut(str(path.relative_to(top)), vi, en, SKIPPED)


def _unreadable(error: OSError) -> LeftOut:
    return LeftOut(
        str(error.filename),
        "không mở được thư mục này: hãy kiểm tra quyền đọc",
        "this folder cannot be opened: check that you may read it",
        SKIPPED,
    )


def _stream(path: Path) -> Given:
    """What can be read only once: standard input, or a pipe of the shell."""
    import sys

    name = "stdin" if str(path) == "-" else path.name
    try:
        if str(path) == "-":
            return Given(name, None, sys.stdin.buffer.read(MAX_BYTES + 1))
        with path.open("rb") as stream:
            return Given(name, None, stream.read(MAX_BYTES + 1))
    except OSError:
        return Given(name, path)


def natural(name: str) -> tuple[list[tuple[int, str]], str]:
    """A key that sorts names as people do: "Số 2" before "Số 10", "kế hoạch" before "kế hoạch (bản 2)"."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    parts = (p for p in _DIGITS.split(stem.casefold()))
    return [(int(p), "") if p.isdecimal() else (0, p) for p in parts], suffix
