"""The tokens of a SPARQL text: strings, comments and IRIs set apart from words and variables."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
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


def pieces(query: str) -> Iterator[tuple[str, str]]:
    """Kind and text of every piece of a query, in order; put together they are the query again."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "other"
        yield "space" if match.group().isspace() else kind, match.group()


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token that means something, in order."""
    return ((kind, text) for kind, text in pieces(query) if kind not in ("comment", "space"))
