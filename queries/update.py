"""SPARQL 1.1 updates: which are let in, which graphs they write, and how the dataset of a request enters their text.

Only admins may update at all (see `web`); what an update may change is for the store to hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from cancu.graph.tokens import matches, tokens
from cancu.ontology.iri import BASE
from cancu.queries.errors import BadQuery, Refused
from cancu.queries.guard import bounded

_DATASET = {"USING", "WITH"}
_OTHER_WAYS = {"CREATE", "ADD", "MOVE", "COPY"}

Token = tuple[str, str]


def admit_update(update: str) -> None:
    """Let an update in, or say why not.

    Raises:
        TooLarge, BadQuery: it is too long or too deeply nested.
        Refused: it calls another server or reads a file.
    """
    for kind, text in bounded(update):
        if kind == "word" and text.upper() in ("SERVICE", "LOAD"):
            word = text.upper()
            raise Refused(
                f"Không cho phép {word}: máy chủ này không gọi máy chủ khác.",
                f"{word} is not allowed: this server calls no other server.",
            )


def with_using(
    update: str, default_graphs: tuple[str, ...] | None, named_graphs: tuple[str, ...] | None
) -> str:
    """An update with the dataset of its request: USING before the WHERE of each INSERT or DELETE (SPARQL 1.1 Protocol, 2.2.3).

    Raises:
        BadQuery: the update names a dataset itself, or has the form DELETE WHERE, which takes none.
    """
    if default_graphs is None and named_graphs is None:
        return update
    using = " ".join(
        [f"USING <{iri}>" for iri in default_graphs or ()]
        + [f"USING NAMED <{iri}>" for iri in named_graphs or ()]
    )
    parts, done, before = [], 0, ""
    for token in matches(update):
        word = token.group().upper() if token.lastgroup == "word" else ""
        if word in _DATASET or (word == "WHERE" and before == "DELETE"):
            raise BadQuery(
                f"Lệnh {word} không đi cùng using-graph-uri.",
                f"{word} does not go with using-graph-uri.",
            )
        if word == "WHERE" and before == "}":
            parts += [update[done : token.start()], using, " "]
            done = token.start()
        before = word or token.group()
    return "".join([*parts, update[done:]])


def admit_only(update: str, graph: str) -> None:
    """Let an update in that names `graph` wherever it writes: in GRAPH, in WITH, or after CLEAR or DROP.

    What holds the other graphs safe is not this (see `change`): it is so that nobody takes for done what was not.

    Raises:
        Refused: it writes to another graph, or to the default one; the message names it.
    """
    found = list(tokens(update))
    for name in _written(found):
        if name != graph:
            raise Refused(
                f"Không ghi vào {name or 'đồ thị mặc định'}: chỉ được ghi vào đồ thị <{graph}> (GRAPH hoặc WITH).",
                f"Nothing writes to {name or 'the default graph'}: only the graph <{graph}> can be written (GRAPH or WITH).",
            )


def _written(found: Sequence[Token]) -> Iterator[str]:
    """The graphs that an update writes to, "" for the default one; whole addresses where they can be read."""
    prefixes: dict[str, str] = {}
    base, implied, at = BASE, "", 0
    while at < len(found):
        word = found[at][1].upper() if found[at][0] == "word" else found[at][1]
        following = [*found[at + 1 : at + 4], ("", ""), ("", ""), ("", "")]
        if word == "BASE":
            base = urljoin(base, following[0][1].strip("<>"))
        elif word == "PREFIX":
            prefixes[following[0][1]] = urljoin(base, following[1][1].strip("<>"))
        elif word == ";":
            implied = ""
        elif word == "WITH":
            implied = _name(following[0], prefixes, base)
            yield implied
        elif word in ("CLEAR", "DROP"):
            yield _cleared(following, prefixes, base)
        elif word in _OTHER_WAYS:
            raise _other_way(word)
        elif word in ("INSERT", "DELETE"):
            skipped = 2 if following[0][1].upper() in ("DATA", "WHERE") else 1
            end = _end(found, at + skipped)
            for named in _in_block(found[at + skipped + 1 : end], prefixes, base):
                yield named or implied
            at = end
        elif word == "{":
            at = _end(found, at)
        at += 1


def _in_block(inside: Sequence[Token], prefixes: Mapping[str, str], base: str) -> Iterator[str]:
    """The graphs that the statements between two braces stand in, "" where they name none."""
    at = 0
    while at < len(inside):
        kind, text = inside[at]
        if kind == "word" and text.upper() == "GRAPH" and at + 1 < len(inside):
            yield _name(inside[at + 1], prefixes, base)
            at = _end(inside, at + 2)
        elif text != ".":
            yield ""
        at += 1


def _end(found: Sequence[Token], start: int) -> int:
    """Where the bracket closes that opens here; the end of the text if none does."""
    depth = 0
    for at in range(start, len(found)):
        depth += {"open": 1, "close": -1}.get(found[at][0], 0)
        if depth <= 0:
            return at
    return len(found)


def _cleared(following: Sequence[Token], prefixes: Mapping[str, str], base: str) -> str:
    """What CLEAR or DROP empties."""
    words = [text.upper() for _, text in following]
    first = 1 if words[0] == "SILENT" else 0
    if words[first] == "GRAPH":
        return _name(following[first + 1], prefixes, base)
    return "" if words[first] == "DEFAULT" else words[first]


def _name(token: Token, prefixes: Mapping[str, str], base: str) -> str:
    """The address that a token stands for; its own text where it stands for none."""
    kind, text = token
    if kind == "iri":
        return urljoin(base, text[1:-1])
    prefix, colon, rest = text.partition(":")
    known = prefixes.get(prefix + colon) if kind == "name" else None
    return text if known is None else known + rest


def _other_way(word: str) -> Refused:
    return Refused(
        f"Không dùng được {word} ở đây: hãy dùng INSERT, DELETE, CLEAR hoặc DROP.",
        f"{word} is not taken here: use INSERT, DELETE, CLEAR or DROP.",
    )
