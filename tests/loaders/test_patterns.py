"""The wordings in loaders/patterns: every file parses, every pattern fires on its own examples."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from cancu.loaders.patterns import load, one_of

FOLDER = files("cancu.loaders.patterns")
NAMES = sorted(f.name.removesuffix(".toml") for f in FOLDER.iterdir() if f.name.endswith(".toml"))


def _entries(node: Any) -> Iterator[dict[str, Any]]:
    """Every table that has a pattern."""
    if isinstance(node, dict):
        if "pattern" in node:
            yield node
        for item in node.values():
            yield from _entries(item)
    elif isinstance(node, list):
        for item in node:
            yield from _entries(item)


EXAMPLES = [
    pytest.param(entry["pattern"], example, id=f"{name}: {example}")
    for name in NAMES
    for entry in _entries(load(name))
    for example in entry.get("examples", [])
]


def test_the_files_that_the_steps_read_are_there() -> None:
    assert set(NAMES) >= {
        "agencies",
        "appendices",
        "articles",
        "deadlines",
        "documents",
        "headings",
        "issuers",
        "slips",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_file_parses_and_says_where_its_words_come_from(name: str) -> None:
    assert load(name)
    assert FOLDER.joinpath(f"{name}.toml").read_text("utf-8").startswith("#")


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_compiles(name: str) -> None:
    for entry in _entries(load(name)):
        re.compile(entry["pattern"])


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES)
def test_a_pattern_fires_on_its_example(pattern: str, example: str) -> None:
    assert re.search(pattern, example)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 30


@pytest.mark.parametrize("kind", load("deadlines")["kind"], ids=lambda kind: kind["code"])
def test_every_kind_of_deadline_has_examples(kind: dict[str, Any]) -> None:
    assert kind["examples"]


def test_headings_are_told_apart() -> None:
    """The first pattern that matches wins: an example must not be taken by an earlier role."""
    columns = load("headings")["column"]
    for column in columns:
        for example in column["examples"]:
            first = next(c["role"] for c in columns if re.search(c["pattern"], example))
            assert first == column["role"], example


def test_every_slip_has_words_in_both_languages() -> None:
    slips = load("slips")
    for code in {entry["code"] for entry in slips["word"]}:
        assert code in slips["messages"]
    for message in slips["messages"].values():
        assert message["severity"] in {"error", "check", "hint"}
        assert message["vi"] != message["en"]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["Kế hoạch", "Kế hoạch hành động"], "Kế hoạch hành động số 1", "Kế hoạch hành động"),
        (["Nghị định"], "Nghị \n định", "Nghị \n định"),
        (["a.b"], "axb", None),
    ],
)
def test_one_of_takes_the_longest_and_any_blanks(
    names: list[str], text: str, found: str | None
) -> None:
    match = re.match(one_of(names), text)
    assert (match.group() if match else None) == found
