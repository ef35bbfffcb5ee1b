"""Answers on the terminal: tables for people, JSON and CSV for programs."""

import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cancu.graph.dataset import Published
from cancu.graph.errors import StorageFailed
from cancu.queries.answer import Answer
from cancu.queries.catalogue import questions
from cancu.queries.codes import in_words
from cancu.queries.say import say

if TYPE_CHECKING:
    from cancu.queries.errors import NotUnderstood
    from cancu.queries.sparql import Result

JSON = "application/sparql-results+json"

SPARQL_TYPES = {
    "table": JSON,
    "json": JSON,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
}
"""Format of the command -> media type of the answer."""


def show_questions(form: str, language: str) -> None:
    """The catalogue: code, title, parameters with their defaults."""
    rows = [
        {
            "code": q.code,
            "title": q.title.say(language),
            "parameters": " ".join(f"{p.name}={p.default or ''}" for p in q.parameters),
        }
        for q in questions().values()
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif form == "csv":
        _csv(["code", "title", "parameters"], rows)
    else:
        show_table(["code", "title", "parameters"], ["", "", ""], rows)


def show_answer(answer: Answer, form: str, dataset: Published, language: str) -> None:
    """An answer in the format asked for: a table on the terminal, else the bytes of that format."""
    if form == "table":
        return _show_table(answer, dataset, language)
    data = answer_bytes(answer, form, dataset, language)
    sys.stdout.buffer.write(data if form != "json" else data + b"\n")
    sys.stdout.buffer.flush()
    return None


def answer_bytes(answer: Answer, form: str, dataset: Published, language: str) -> bytes:
    """An answer as the bytes of a format.

    Raises:
        BadValue: the question has no such format.
    """
    from cancu.queries.formats.edition import Edition
    from cancu.queries.formats.formats import format_of

    edition = Edition(dataset, language, date.today())
    return format_of(answer.question, form).write(answer, edition)


def _show_table(answer: Answer, dataset: Published, language: str) -> None:
    """The sentence, what is the same in all rows, and the table; on stderr how many rows of how many, and where there are none what comes nearest."""
    columns = [c for c in answer.question.columns if c.name in answer.columns]
    given = ", ".join(f"{name}: {value}" for name, value in answer.parameters.items())
    click.echo(
        f"{answer.question.code}. {answer.question.title.say(language)}"
        + (f" ({given})" if given else "")
    )
    for sentence in say(answer, language):
        click.echo(sentence.whole)
    rows = [
        {c.name: in_words(c.type, row[c.name], language) for c in columns} for row in answer.rows
    ]
    if rows:
        alike = [c for c in columns if len(rows) > 1 and len({row[c.name] for row in rows}) == 1]
        apart = [c for c in columns if c not in alike] or columns
        for column in alike:
            click.echo(f"{column.label.say(language)}: {rows[0][column.name] or '—'}")
        show_table([c.name for c in apart], [c.label.say(language) for c in apart], rows)
    for line in _near(answer, dataset, language):
        click.echo(line, err=True)
    click.echo(f"{_extent(answer, language)}; snapshot {answer.snapshot}", err=True)


def _near(answer: Answer, dataset: Published, language: str) -> list[str]:
    """What to ask with instead, as it is typed."""
    from cancu.queries.nearest import nearest

    changes = nearest(answer, answer.parameters, dataset)
    words = "nearest with an answer" if language == "en" else "gần nhất có câu trả lời"
    return [f"{words}: {c.parameter.name}={c.value or ''}" for c in changes]


def _extent(answer: Answer, language: str) -> str:
    shown, total = len(answer.rows), answer.total
    if answer.truncated:
        if language == "en":
            return f"an extract: {shown} of {total} rows"
        return f"trích {shown} trên {total} dòng"
    return f"{total} rows" if language == "en" else f"{total} dòng"


def show_understood(answer: Answer, language: str) -> None:
    """What a sentence was understood to ask, as code and values that can be typed again."""
    values = " ".join(f'{name}="{value}"' for name, value in answer.parameters.items())
    meant = "Understood as" if language == "en" else "Hiểu là"
    asked = answer.question
    click.echo(f"{meant}: {asked.code} {values} — {asked.title.say(language)}", err=True)


def show_candidates(error: "NotUnderstood", form: str, language: str) -> None:
    """That a sentence was not understood, with the nearest questions: JSON on stdout, words on stderr."""
    from cancu.queries.sentence.offer import as_json

    if form == "json":
        click.echo(json.dumps(as_json(error), ensure_ascii=False))
        return
    click.echo(error.say(language), err=True)
    for code in error.candidates:
        asked = questions()[code]
        # A question asked without its values would answer for the example that it comes with.
        values = "".join(f" {p.name}=…" for p in asked.parameters if p.name != "plan")
        click.echo(f"  cancu ask {code}{values}  {asked.title.say(language)}", err=True)


def show_result(result: "Result", form: str) -> None:
    """The answer to a SPARQL query in the format asked for."""
    if form != "table" or result.media_type != JSON:
        sys.stdout.buffer.write(result.body)
        sys.stdout.buffer.flush()
        return
    data = json.loads(result.body)
    if "boolean" in data:
        click.echo(str(data["boolean"]).lower())
        return
    names = data["head"]["vars"]
    rows = [{n: b[n]["value"] for n in names if n in b} for b in data["results"]["bindings"]]
    show_table(names, names, rows)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageFailed: it cannot be written; nothing half-written stays behind.
    """
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as stream:
            temporary = Path(stream.name)
            stream.write(data)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise StorageFailed.at(path, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _csv(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name) for name in columns] for row in rows)


def show_table(
    names: Sequence[str],
    labels: Sequence[str],
    rows: Iterable[Mapping[str, object]],
) -> None:
    """A table on the terminal, wide enough to be read by a person."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=False)
    for name, label in zip(names, labels, strict=True):
        table.add_column(label or name, overflow="fold")
    for row in rows:
        table.add_row(
            *(Text("" if row.get(name) is None else str(row.get(name))) for name in names)
        )
    width = None if sys.stdout.isatty() else 160
    Console(file=sys.stdout, width=width, highlight=False).print(table)
