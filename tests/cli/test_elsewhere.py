"""The command with an engine elsewhere: loading, asking, and what is said when it is not there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_command import cancu
from tests.engine import Engine


@pytest.fixture(scope="module")
def engine(home: Path) -> Iterator[Engine]:
    """An engine that the command has loaded."""
    with Engine() as running:
        done = cancu("load", "--endpoint", running.url, home=home)
        assert (done.code, done.out) == (0, "")
        assert "20441 bộ ba" in done.err
        yield running


def test_the_same_answers(engine: Engine, home: Path, tmp_path: Path) -> None:
    here = cancu("ask", "A5", "--format", "json", home=home)
    there = cancu("ask", "A5", "--format", "json", "--endpoint", engine.url, home=tmp_path)
    assert json.loads(there.out) == json.loads(here.out)
    by_variable = cancu("ask", "A5", "--format", "json", home=tmp_path, CANCU_ENDPOINT=engine.url)
    assert by_variable.out == there.out


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("ASK { ?a ?b ?c }", "json"),
        ("SELECT ?a WHERE { ?a a <http://www.w3.org/ns/prov#Plan> }", "csv"),
        ("SELECT ?a WHERE { ?a a <http://www.w3.org/ns/prov#Plan> }", "turtle"),
        ("CONSTRUCT WHERE { ?a a <http://www.w3.org/ns/prov#Plan> }", "json"),
        ("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?a a <http://www.w3.org/ns/prov#Plan> } }", "tsv"),
    ],
)
def test_typed_queries(query: str, form: str, engine: Engine, home: Path, tmp_path: Path) -> None:
    here = cancu("sparql", query, "--format", form, home=home)
    there = cancu("sparql", query, "--format", form, "--endpoint", engine.url, home=tmp_path)
    assert (there.code, there.out.strip()) == (0, here.out.strip())


@pytest.mark.parametrize("query", ["SELECT * {", "SELECT * { SERVICE <urn:x> { } }", "DROP ALL"])
def test_what_is_not_let_in(query: str, engine: Engine, home: Path) -> None:
    done = cancu("sparql", query, "--endpoint", engine.url, home=home)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_again_sends_nothing(engine: Engine, home: Path) -> None:
    done = cancu("load", home=home, CANCU_ENDPOINT=engine.url, CANCU_LANG="en")
    assert done.code == 0
    assert "0 graphs sent, 8 unchanged, 0 deleted" in done.err


def test_is_it_all_there(engine: Engine, home: Path) -> None:
    sound = cancu("check", "--endpoint", engine.url, home=home)
    assert (sound.code, sound.out) == (0, ""), sound.err
    graph = "https://w3id.org/cancu/graph/so-bo"
    engine.store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    try:
        touched = cancu("check", "--endpoint", engine.url, "--format", "json", home=home)
        assert touched.code == 1
        assert json.loads(touched.out) == [{"graph": graph, "sent": 6523, "there": 6524}]
    finally:
        engine.store.update(f"DELETE DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> <urn:c> }} }}")


WRONG: dict[str, tuple[str, str]] = {
    "nobody there": ("http://127.0.0.1:9/sparql", "không trả lời"),
    "no address": ("nonsense", "http://"),
    "a password in it": ("http://u:geheim@h/sparql", "CANCU_ENDPOINT_PASSWORD"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("verb", [("ask", "A4"), ("sparql", "ASK {}"), ("load",), ("check",)])
def test_one_clear_sentence(name: str, verb: tuple[str, ...], home: Path) -> None:
    url, words = WRONG[name]
    done = cancu(*verb, "--endpoint", url, home=home)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert words in done.err
    assert "geheim" not in done.err


def test_a_page_in_its_place(engine: Engine, home: Path) -> None:
    engine.odd = [lambda handler: handler.give(200, "text/html", b"<html>")]
    done = cancu("ask", "A4", "--endpoint", engine.url, home=home)
    assert done.code == 2
    assert "không phải một điểm truy vấn SPARQL" in done.err


def test_nothing_loaded(home: Path) -> None:
    with Engine() as empty:
        done = cancu("ask", "A4", "--endpoint", empty.url, home=home)
    assert done.code == 2
    assert "cancu load" in done.err


def test_load_needs_to_know_where(home: Path) -> None:
    done = cancu("load", home=home)
    assert done.code == 2
    assert "--endpoint" in done.err
    unusual = cancu("load", "--endpoint", "http://127.0.0.1:9/repositories/x", home=home)
    assert unusual.code == 2
    assert "--graph-store" in unusual.err


def test_a_file_for_bulk_loaders(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.nq"
    done = cancu("load", "--output", path, home=home)
    assert done.code == 0
    assert path.read_bytes().count(b"\n") > 40_000
