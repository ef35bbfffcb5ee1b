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


def matches(query: str) -> Iterator[re.Match[str]]:
    """Each token that means something, in order; its kind is `lastgroup`."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "comment" and not match.group().isspace():
            yield match


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token that means something, in order."""
    for match in matches(query):
        yield match.lastgroup or "other", match.group()
