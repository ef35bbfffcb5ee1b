"""Which queries of strangers are let in, decided on the tokens of the text (strings, comments and IRIs set apart).

Nothing here reads or changes data, and nothing goes out: no SERVICE, no LOAD, no update, no dataset of their own.
"""

import re
from collections.abc import Iterator

from cancu.queries.errors import Refused, TooMuch

MAX_QUERY_BYTES = 64 * 1024
"""Longest query text: 5 MB texts cost seconds or crash every engine measured."""

MAX_NESTING = 100
"""Deepest nesting of brackets: deep nesting ends the process of every engine measured."""

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[\w][\w.-]*)?:(?:[\w:%.-]|\\.)*|@[a-zA-Z-]+)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token that means something, in order."""
    for match in TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        if kind != "comment" and not match.group().isspace():
            yield kind, match.group()


def admit(query: str) -> None:
    """Let a query in, or say why not.

    Raises:
        TooMuch: the text is too long or too deeply nested.
        Refused: it updates, calls another server, or names a dataset.
    """
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > MAX_QUERY_BYTES:
        raise TooMuch(
            f"Câu truy vấn dài {size // 1024} KB; giới hạn là {MAX_QUERY_BYTES // 1024} KB.",
            f"The query is {size // 1024} KB long; the limit is {MAX_QUERY_BYTES // 1024} KB.",
        )
    depth = 0
    for kind, text in tokens(query):
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth > MAX_NESTING:
            raise TooMuch(
                f"Câu truy vấn lồng quá {MAX_NESTING} tầng ngoặc.",
                f"The query nests brackets more than {MAX_NESTING} deep.",
            )
        if kind == "word":
            _admit_word(text.upper())


def _admit_word(word: str) -> None:
    if word == "SERVICE":
        raise Refused(
            "Không cho phép SERVICE: máy chủ này không gọi máy chủ khác.",
            "SERVICE is not allowed: this server calls no other server.",
        )
    if word == "FROM":
        raise Refused(
            "Không cho phép FROM: hãy dùng GRAPH với các đồ thị có sẵn.",
            "FROM is not allowed: use GRAPH with the graphs that are here.",
        )
    if word in _UPDATES:
        raise Refused(
            f"Không cho phép {word}: dữ liệu ở đây chỉ đọc.",
            f"{word} is not allowed: the data here is read-only.",
        )
