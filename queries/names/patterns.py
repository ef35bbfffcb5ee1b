"""The words and patterns that names, numbers and times are read by: the .toml files beside this one.

Patterns are regular expressions over the `shape` of a text, written in Vietnamese with its marks in small letters. Each
word matches with all of its marks or with none; a blank matches any blanks, or none.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from cancu.queries.names.typed import canonical, plain, read_typed

_PARTS = re.compile(r"\\.|\(\?P[<=]\w+[>)]|\(\?[:=!<]+|\[[^\]]*\]|[^\W\d_]+| ")
_WORD = r"(?<![^\W\d_])"


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `name`.toml."""
    return tomllib.loads(files("cancu.queries.names").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def compiled(source: str) -> re.Pattern[str]:
    """A pattern that matches each of its words with all of its marks or with none."""
    return re.compile(written(source))


def written(source: str) -> str:
    """The regular expression that a pattern written in Vietnamese stands for."""
    return _PARTS.sub(_part, source)


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words or phrases, the longest first, and nothing that only begins so."""
    shapes = sorted({read_typed(word).shape for word in words}, key=len, reverse=True)
    return f"{_WORD}(?:{'|'.join(written(re.escape(s).replace(chr(92) + ' ', ' ')) for s in shapes)})(?![^\\W\\d_])"


def _part(match: re.Match[str]) -> str:
    part = match[0]
    if part == " ":
        return r"\s*"
    if not part[0].isalpha():
        return part
    word = canonical(part)
    return word if word.isascii() else f"(?:{word}|{plain(word)})"
