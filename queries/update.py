"""SPARQL 1.1 updates: which are let in, and how the dataset of a request enters their text.

Only admins may update at all (see `web`); what an update may change is for the store to hold.
"""

from cancu.graph.tokens import matches
from cancu.queries.errors import BadQuery, Refused
from cancu.queries.guard import bounded

_DATASET = {"USING", "WITH"}


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
