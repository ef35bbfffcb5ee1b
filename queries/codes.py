"""The machine values of answers, in words for people."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _codes() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("cancu.queries").joinpath("codes.toml").read_text("utf-8"))


def all_codes(kind: str) -> tuple[str, ...]:
    """The codes that a column of type `kind` may have, in their order; none for what has no codes."""
    return tuple(_codes().get(kind, {}))


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def grouped(number: int, language: str) -> str:
    """A number as people write it: 8.100 in Vietnamese, 8,100 in English."""
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")


def in_words(kind: str, value: object, language: str) -> str:
    """A value of a column of type `kind` ("tier", "via", …) as people read it; several codes stand between blanks.

    A day is written dd/mm/yyyy, a number with its thousands apart. What is no code is given back as text, nothing as "".
    """
    if value is None:
        return ""
    if kind == "integer" and isinstance(value, int):
        return grouped(value, language)
    text, known = str(value), _codes().get(kind, {})
    if kind == "date":
        return _DAY.sub(r"\3/\2/\1", text) if _DAY.fullmatch(text) else text
    words = [text] if text in known else text.split(" ")
    if not all(word in known for word in words):
        return text
    return ", ".join(known[word][1 if language == "en" else 0] for word in words)
