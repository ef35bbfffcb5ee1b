"""One definition, many doors: page, API, files and command give the same rows, in the same order."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from lxml import html
from openpyxl import load_workbook

from cancu.cli import verbs
from cancu.cli.main import cancu
from cancu.graph.dataset import Embedded, Row
from cancu.queries.answer import ask
from cancu.queries.catalogue import Question, questions
from cancu.queries.codes import in_words
from cancu.queries.formats.lines import safe
from cancu.web.answers import ROWS_A_PAGE

verbs.register(cancu)


OF_RELEASES = ("D6",)
"""Questions that compare releases: the shipped plan has only one."""


def said(question: Question, rows: tuple[Row, ...]) -> list[list[str]]:
    """The rows as people read them, a value a column of the header."""
    return [[in_words(c.type, row[c.name], "vi") for c in question.columns] for row in rows]


def on_the_page(text: str) -> list[list[str]]:
    """The rows of the table of a page, without the links to words."""
    root: Any = html.fromstring(text)
    (table,) = root.xpath("//table[contains(@class, 'answer')]")
    rows = []
    for line in table.xpath("./tbody/tr"):
        cells = line.xpath("./td[not(contains(@class, 'words-of') or contains(@class, 't-why'))]")
        for cell in cells:
            for link in cell.xpath(".//a[contains(@class, 'to-words')]"):
                link.drop_tree()
        # of the blanks at the ends of words nothing is seen, nor of several in a row
        rows.append([" ".join(cell.text_content().split()) for cell in cells])
    return rows


def seen(rows: list[list[str]]) -> list[list[str]]:
    """Words as a page shows them: blanks are one, nothing is a dash."""
    return [[" ".join(value.split()) or "—" for value in row] for row in rows]


def in_the_workbook(question: Question, data: bytes) -> list[list[str]]:
    """The rows of the first sheet, days and numbers as people write them."""
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [
        [
            value.strftime("%d/%m/%Y")
            if isinstance(value, datetime)
            else in_words(column.type, value, "vi")
            if column.type == "integer"
            else str(value or "")
            for column, value in zip(question.columns, row, strict=True)
        ]
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]


def by_command(home: Path, code: str, form: str) -> bytes:
    """What the command prints."""
    ran = CliRunner().invoke(cancu, ["--home", str(home), "ask", code, "--format", form])
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout_bytes


@pytest.mark.parametrize("code", [code for code in questions() if code not in OF_RELEASES])
def test_every_door_gives_the_same_rows(
    code: str, client: TestClient, home: Path, dataset: Embedded
) -> None:
    answer = ask(code, {}, dataset)
    asked, rows = answer.question, list(answer.rows)
    assert rows
    for address in (f"/api/cau-hoi/{code}", f"/cau-hoi/{code}?format=json"):
        record = client.get(address).json()
        assert record["rows"] == rows
        assert (record["total"], record["truncated"]) == (len(rows), False)
    assert json.loads(by_command(home, code, "json")) == record
    page = on_the_page(client.get(f"/cau-hoi/{code}").text)
    assert page == seen(said(asked, answer.rows))[:ROWS_A_PAGE]
    data = client.get(f"/api/cau-hoi/{code}?format=csv").content
    heading, *lines = csv.reader(io.StringIO(data.decode()))
    assert heading == list(answer.columns)
    plain = [["" if v is None else str(v) for v in safe(row.values())] for row in rows]
    assert lines == plain
    assert by_command(home, code, "csv") == data
    tsv = client.get(f"/cau-hoi/{code}?format=tsv").content
    assert [line.split("\t") for line in tsv.decode().splitlines()][1:] == [
        [" ".join(v.split()) if set(v) & set("\t\n\r") else v for v in line] for line in plain
    ]
    assert by_command(home, code, "tsv") == tsv
    workbook = client.get(f"/api/cau-hoi/{code}?format=xlsx").content
    assert in_the_workbook(asked, workbook) == said(asked, answer.rows)
    assert in_the_workbook(asked, by_command(home, code, "xlsx")) == said(asked, answer.rows)


@pytest.mark.parametrize("code", [code for code, asked in questions().items() if asked.constructs])
@pytest.mark.parametrize("form", ["turtle", "jsonld", "ntriples"])
def test_a_graph_is_the_same_by_every_door(
    code: str, form: str, client: TestClient, home: Path
) -> None:
    data = client.get(f"/api/cau-hoi/{code}?format={form}").content
    assert data == client.get(f"/cau-hoi/{code}?format={form}").content
    assert data == by_command(home, code, form)
