"""The queries behind the pages: plain SPARQL files beside this one, asked through `Dataset.select`.

They are kept apart from `queries/questions`: a question is a promise to the user with a header and a shareable address, a
page query is part of one page. A variable that is bound ends in "_asked" and stands among the selected ones.

Rows that are equal in what a query is ordered by come in any order, in each engine in another: so a query that is ordered,
or asked about one thing, is ordered by all its columns in the end. A page looks the same from every engine.
"""

import re
from functools import cache
from importlib.resources import files

from cancu.graph.dataset import ASKED
from cancu.ontology.terms import PREFIXES

KEYS = 16
"""By how many columns rows are ordered at most: Virtuoso knows 20, and counts some that are not written."""


@cache
def page_query(name: str) -> str:
    """The query of the file `name`.rq with the prefixes it uses, its rows in one order.

    Raises:
        FileNotFoundError: there is no such file.
    """
    text = files("cancu.queries.pages").joinpath(f"{name}.rq").read_text("utf-8")
    used = (f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items() if f"{prefix}:" in text)
    return "\n".join([*used, _in_one_order(text)])


_HEAD = re.compile(r"^SELECT (?:DISTINCT )?(.*?) WHERE", re.MULTILINE)
_EXPRESSION = re.compile(r"\(.*? AS (\?\w+)\)")
_TAIL = re.compile(r"\}(?P<order>[^}]*?)(?P<limit>\s*LIMIT \d+)?\s*$")


def _in_one_order(text: str) -> str:
    """The query, ordered by what it is ordered by and then by every column."""
    head, tail = _HEAD.search(text), _TAIL.search(text)
    if head is None or tail is None:
        raise ValueError(f"not a page query: {text}")
    order, limit = tail["order"], tail["limit"] or ""
    if "ORDER BY" not in order and ASKED not in head[1]:
        return text
    first = order.partition("ORDER BY")[2].split()
    columns = _EXPRESSION.sub(r"\1", head[1]).split()
    left = (c for c in columns if c not in first and not c.endswith(ASKED))
    # Addresses first: mostly they alone tell rows apart.
    last = " ".join(sorted(left, key=lambda c: not c.endswith("_iri"))[: KEYS - len(first)])
    begin = "" if "ORDER BY" in order else " ORDER BY"
    return f"{text[: tail.start()]}}}{order.rstrip()}{begin} {last}{limit}\n"
