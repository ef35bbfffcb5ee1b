"""Answers as lines of text for programs: CSV and TSV, a column under its name, values as in JSON.

UTF-8 without a byte-order mark; whoever opens an answer in a spreadsheet takes the workbook. A value that a spreadsheet
would take for a formula all the same gets an apostrophe in front (CWE-1236).
"""

import csv
import io
import re
from collections.abc import Iterable

from cancu.graph.dataset import Value
from cancu.queries.answer import Answer
from cancu.queries.formats.edition import Edition

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def as_csv(answer: Answer, edition: Edition) -> bytes:
    """Lines with commas (RFC 4180)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(safe(row[name] for name in answer.columns))
    return stream.getvalue().encode()


def as_tsv(answer: Answer, edition: Edition) -> bytes:
    """Lines with tabs, nothing quoted: a tab or line break in a value becomes a blank."""
    lines = ["\t".join(answer.columns)]
    for row in answer.rows:
        values = safe(row[name] for name in answer.columns)
        lines.append("\t".join(re.sub(r"\s*[\t\r\n]\s*", " ", _text(v)) for v in values))
    return "".join(f"{line}\n" for line in lines).encode()


def safe(values: Iterable[Value]) -> list[Value]:
    """The values, none of which is a formula."""
    return [f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for v in values]


def _text(value: Value) -> str:
    return "" if value is None else str(value)
