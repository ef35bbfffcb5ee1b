"""The verb `network`: measures of the coordination network on the terminal, and the network as a file."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from cancu.cli.main import language, say
from cancu.cli.show import show_table, write_file
from cancu.graph.dataset import Published
from cancu.queries.network.export import exporter
from cancu.queries.network.measure import OF_TWO, Outcome, definition_of, measure
from cancu.queries.network.read import network_of
from cancu.queries.network.record import outcome_as_csv, outcome_as_json
from cancu.queries.network.say import KEPT, in_text, left_out_words, notes, part_words
from cancu.queries.network.view import read_view

OVERVIEW = "overview"


def show_measure(
    dataset: Published,
    asked: str,
    names: Sequence[str],
    fields: Mapping[str, str],
    pair: Mapping[str, str],
    form: str,
    output: Path | None,
) -> None:
    """A measure in the form asked for, printed or written whole.

    Raises:
        QueryError: it cannot be understood.
        StorageFailed: the file cannot be written.
    """
    found = definition_of(asked)
    most = 2 if found.code in OF_TWO else 0
    if len(names) > most:
        raise click.UsageError(_too_many(names[most:]))
    bodies = dict(zip(("tu", "den"), names, strict=False))
    outcome = measure(found.code, read_view(fields, dataset), {**pair, **bodies}, dataset)
    if form == "text" and output is None:
        return _print(outcome, dataset.version)
    return _give(_bytes(outcome, form), output)


def export_network(
    dataset: Published, name: str, fields: Mapping[str, str], output: Path | None
) -> None:
    """The network of a view as a file of a form, whole or not at all; without a file on stdout.

    Raises:
        QueryError: it cannot be understood.
        StorageFailed: the file cannot be written.
    """
    form, view = exporter(name), read_view(fields, dataset)
    network = network_of(dataset, view)
    _give(form.write(network, language()), output)
    for line in left_out_words(network.graph["left_out"], language()):
        say(line)
    if network.graph["groups_kept"]:
        say(KEPT.say(language()))
    nodes, edges = network.number_of_nodes(), network.number_of_edges()
    say(f"{nodes} nodes, {edges} edges" if language() == "en" else f"{nodes} nút, {edges} liên kết")


def _print(outcome: Outcome, version: str) -> None:
    found, facts = outcome.definition, outcome.facts
    part = part_words(facts, outcome.view, language())
    click.echo(found.title.say(language()) + (f" ({part})" if part else ""))
    click.echo(found.meaning.say(language()))
    if outcome.rows:
        show_table(
            [c.name for c in found.columns],
            [c.label.say(language()) for c in found.columns],
            [
                {c.name: in_text(facts, c, row, language()) for c in found.columns}
                for row in outcome.rows
            ],
        )
    for line in notes(outcome, language()):
        click.echo(line, err=True)
    total = len(outcome.every)
    words = f"{total} rows" if language() == "en" else f"{total} dòng"
    click.echo(f"{words}; snapshot {version}", err=True)


def _bytes(outcome: Outcome, form: str) -> bytes:
    if form == "csv":
        return outcome_as_csv(outcome, language())
    if form == "text":
        raise click.UsageError(
            "A table is for the terminal: --format json or csv for a file."
            if language() == "en"
            else "Bảng chữ chỉ để xem trên màn hình: ghi ra tệp thì dùng --format json hoặc csv."
        )
    return json.dumps(outcome_as_json(outcome), ensure_ascii=False).encode() + b"\n"


def _give(data: bytes, output: Path | None) -> None:
    if output:
        write_file(output, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _too_many(names: Sequence[str]) -> str:
    listed = ", ".join(names)
    return f"not asked for: {listed}." if language() == "en" else f"thừa: {listed}."
