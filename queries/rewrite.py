"""The text of a typed query as an engine elsewhere is sent it: its dataset apart, its addresses whole, its rows limited."""

import re

from cancu.graph.tokens import matches

_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


def without_from(query: str) -> str:
    """The query without FROM and FROM NAMED, which go with the request instead; every other character keeps its place."""
    found = list(matches(query))
    for place, token in enumerate(found):
        if token.lastgroup != "word" or token.group().upper() != "FROM":
            continue
        named = found[place + 1].group().upper() == "NAMED"
        end = found[place + (2 if named else 1)].end()
        blank = re.sub(r"[^\n\r]", " ", query[token.start() : end])
        query = query[: token.start()] + blank + query[end:]
    return query


def without_relative(query: str, base: str) -> str:
    """The query with a base of its own if there are relative addresses in it: an engine would read them against its own."""
    relative = any(t.lastgroup == "iri" and not _SCHEME.match(t.group()) for t in matches(query))
    return f"BASE <{base}> {query}" if relative else query


def at_most(query: str, rows: int) -> str:
    """A SELECT with a LIMIT of so many rows, or of fewer if it has one; every other query as it is."""
    depth, form, limit, before = 0, "", None, len(query)
    found = list(matches(query))
    for place, token in enumerate(found):
        depth += {"open": 1, "close": -1}.get(token.lastgroup or "", 0)
        word = token.group().upper() if token.lastgroup == "word" else ""
        if depth or not word:
            continue
        form = form or (word if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE") else "")
        if word == "LIMIT":
            limit = found[place + 1 :]
        if word == "VALUES":
            before = token.start()
    if form != "SELECT":
        return query
    if limit is None:
        return f"{query[:before]}\nLIMIT {rows}\n{query[before:]}"
    return _with_limit(query, limit, rows)


def _with_limit(query: str, after: list[re.Match[str]], rows: int) -> str:
    """The query with the number after LIMIT made no larger than that; it may be several tokens."""
    number = re.compile(r"\s*(\d+)").match(query, after[0].start() if after else len(query))
    if not number or int(number[1]) <= rows:
        return query
    return f"{query[: number.start(1)]}{rows}{query[number.end(1) :]}"
