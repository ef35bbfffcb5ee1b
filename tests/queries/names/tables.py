"""The tables of this folder: what is typed and what it means."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """The rows of a table; \\uXXXX stands for a character, lines that begin with # are comments."""
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return [
        [_spelled(field) for field in line.split("\t")]
        for line in lines
        if line.strip() and not line.startswith("#")
    ]


def _spelled(field: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), field)
