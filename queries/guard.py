"""Which queries of strangers are let in, decided on the tokens of the text (strings, comments and IRIs set apart).

Nothing here reads or changes data, and nothing goes out: no SERVICE, no LOAD, no update. FROM may name graphs that are here
(whether they are is for the store to say); the names are read here so that no engine ever fetches one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from cancu.graph.tokens import tokens
from cancu.ontology.iri import BASE
from cancu.queries.errors import BadQuery, Refused, TooLarge

MAX_QUERY_BYTES = 64 * 1024
"""Longest query text: 5 MB texts cost seconds or crash every engine measured."""

MAX_NESTING = 100
"""Deepest nesting of brackets: deep nesting ends the process of every engine measured."""

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_CHANGING = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}
"""Functions whose value is another each time (SPARQL 1.1 Query, section 17.4)."""
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


@dataclass(frozen=True)
class Admitted:
    """What the tokens of a query say of it.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE; empty if it is none of them.
        default_graphs, named_graphs: the graphs that FROM and FROM NAMED name.
        constant: whether the same data always gives the same answer.
    """

    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    constant: bool = True


@lru_cache(maxsize=256)
def admit(query: str) -> Admitted:
    """Let a query in, or say why not.

    Raises:
        TooLarge: the text is too long.
        BadQuery: it is too deeply nested.
        Refused: it updates, calls another server, or names a graph in a way that cannot be read.
    """
    found = list(bounded(query))
    words = [text.upper() for kind, text in found if kind == "word"]
    for word in words:
        _admit_word(word)
    default, named = _datasets(found)
    return Admitted(
        next((word for word in words if word in _FORMS), ""),
        default,
        named,
        not _CHANGING.intersection(words),
    )


def bounded(query: str) -> Iterator[tuple[str, str]]:
    """The tokens of a query that is neither too long nor too deep.

    Raises:
        TooLarge, BadQuery: it is.
    """
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > MAX_QUERY_BYTES:
        raise TooLarge(
            f"Câu truy vấn dài {size // 1024} KB; giới hạn là {MAX_QUERY_BYTES // 1024} KB.",
            f"The query is {size // 1024} KB long; the limit is {MAX_QUERY_BYTES // 1024} KB.",
        )
    depth = 0
    for kind, text in tokens(query):
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth > MAX_NESTING:
            raise BadQuery(
                f"Câu truy vấn lồng quá {MAX_NESTING} tầng ngoặc.",
                f"The query nests brackets more than {MAX_NESTING} deep.",
            )
        yield kind, text


def _admit_word(word: str) -> None:
    if word == "SERVICE":
        raise Refused(
            "Không cho phép SERVICE: máy chủ này không gọi máy chủ khác.",
            "SERVICE is not allowed: this server calls no other server.",
        )
    if word in _UPDATES:
        raise Refused(
            f"Không cho phép {word}: dữ liệu ở đây chỉ đọc.",
            f"{word} is not allowed: the data here is read-only.",
        )


def _datasets(found: list[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs of FROM and of FROM NAMED (SPARQL 1.1 Query, section 13.2)."""
    prefixes: dict[str, str] = {}
    base = BASE
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for place, (kind, text) in enumerate(found):
        following = found[place + 1 : place + 3] + [("", "")] * 2
        if kind != "word":
            continue
        if text.upper() == "BASE" and following[0][0] == "iri":
            base = urljoin(base, following[0][1][1:-1])
        if text.upper() == "PREFIX" and following[1][0] == "iri":
            prefixes[following[0][1]] = urljoin(base, following[1][1][1:-1])
        if text.upper() == "FROM":
            named = following[0][1].upper() == "NAMED"
            graphs[named].append(_graph(following[1 if named else 0], prefixes, base))
    return tuple(graphs[False]), tuple(graphs[True])


def _graph(token: tuple[str, str], prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that a token after FROM stands for."""
    kind, text = token
    text = text or "FROM"
    if kind == "iri":
        return urljoin(base, text[1:-1])
    prefix, colon, rest = text.partition(":")
    if kind == "name" and prefix + colon in prefixes and "\\" not in rest:
        return prefixes[prefix + colon] + rest
    raise Refused(
        f"Không đọc được tên đồ thị sau FROM: “{text}”.",
        f"The name of the graph after FROM cannot be read: “{text}”.",
    )
