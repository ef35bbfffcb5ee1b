"""The wording of Vietnamese administrative documents, as data.

Each TOML file holds the words one step looks for, with examples from real documents; a test runs every pattern
over its examples. `load` reads a file once.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `name`.toml."""
    return tomllib.loads(
        files("cancu.loaders.patterns").joinpath(f"{name}.toml").read_text("utf-8")
    )


def one_of(words: list[str]) -> str:
    """A regular expression for any of the words, the longest first, blanks matching any run of blanks."""
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)
    )
