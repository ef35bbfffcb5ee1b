"""Who does it to whom, where only the order of the words tells: "A sửa đổi văn bản nào", "văn bản nào sửa đổi A"."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from cancu.queries.names.typed import plain

THING = "§"
"""Stands for the one document that a sentence names."""


def not_so_asked(words: str) -> frozenset[str]:
    """The codes of the questions that a sentence in this order does not ask.

    Args:
        words: the sentence with THING for the document that it names.
    """
    if words.count(THING) != 1:
        return frozenset()
    said = " ".join(plain(words.lower()).split())
    for code, patterns in _asks().items():
        if any(pattern.search(said) for pattern in patterns):
            return frozenset(_data()["among"]) - {code, *_data()["beside"].get(code, ())}
    return frozenset()


@cache
def _data() -> dict[str, Any]:
    text = files("cancu.queries.sentence").joinpath("words.toml").read_text("utf-8")
    found: dict[str, Any] = loads(text)["order"]
    return found


@cache
def _asks() -> Mapping[str, Sequence[re.Pattern[str]]]:
    data = _data()
    return {
        code: [
            re.compile(pattern.replace("VERB", data["verb"]).replace("DONE", data["done"]))
            for pattern in patterns
        ]
        for code, patterns in data["asks"].items()
    }
