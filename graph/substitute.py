"""Values in the place of variables, in the text of a query: what an engine elsewhere is asked with.

Oxigraph's `substitutions` reach every place of a query, sub-selects and branches of UNION included. The text given here
does the same in any engine: a term stands wherever its variable stood, and the variable is no column any more.
"""

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from cancu.graph.tokens import pieces

_PLACES = {"SELECT": "columns", "GROUP": "keys", "ORDER": "keys", "VALUES": "given", "AS": "given"} | dict.fromkeys(("WHERE", "FROM", "HAVING", "LIMIT", "OFFSET"), "")  # fmt: skip
"""A keyword -> where a variable after it stands: "" is a pattern or an expression."""


def substituted(query: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """The query with terms in the place of these variables.

    Among the selected variables they are left out; in GROUP BY and ORDER BY they are constants; BOUND of one is true.

    Raises:
        ValueError: the query itself gives a value to one of these variables (AS, VALUES).
    """
    writer = _Writer({name: str(term) for name, term in bindings.items()})
    for kind, text in pieces(query) if bindings else ():
        writer.write(kind, text)
    return "".join(writer.out) if bindings else query


class _Writer:
    """Goes through a query once and knows at each piece where it stands: `places` has one for each open bracket."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self.terms = terms
        self.out: list[str] = []
        self.places = [""]
        self.columns = 0
        self.before = (-1, -1)

    def write(self, kind: str, text: str) -> None:
        """Write one piece of the query."""
        self._enter(kind, text)
        if kind == "variable" and text[1:] in self.terms:
            self.out.append(self._term(text[1:]))
        else:
            self.out.append(text)
            if text == "*" or kind in ("variable", "open"):
                self.columns += 1
        if kind not in ("space", "comment"):
            self.before = self.before[1], len(self.out) - 1
        if kind == "open":
            self.places.append("given" if text == "(" and self.places[-1] == "given" else "")
        elif kind == "close" and len(self.places) > 1:
            self.places.pop()

    def _enter(self, kind: str, text: str) -> None:
        """Note the clause that a word or a brace begins; a SELECT that has lost all its columns gets one of no meaning."""
        clause = "" if text == "{" else _PLACES.get(text.upper()) if kind == "word" else None
        if clause is None:
            return
        if self.places[-1] == "columns" and not self.columns:
            self.out.append("(1 AS ?nothing) ")
        if clause == "columns":
            self.columns = 0
        self.places[-1] = clause

    def _term(self, name: str) -> str:
        place, term = self.places[-1], self.terms[name]
        if place == "given":
            raise ValueError(f"the query gives ?{name} a value itself")
        if place == "columns":
            return ""
        word, bracket = self.before
        if bracket >= 0 and self.out[bracket] == "(" and self.out[word].upper() == "BOUND":
            self.out[word] = ""
            return "true"
        return f"({term})" if place == "keys" else term
