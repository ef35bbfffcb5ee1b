"""A question with its values as one SPARQL text that runs as it stands, in any engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cancu.graph.dataset import ASKED, Dataset
from cancu.graph.tokens import matches
from cancu.queries.answer import understand
from cancu.queries.catalogue import question
from cancu.queries.header import Question
from cancu.queries.parameters import Bindings


def written(code: str, values: Mapping[str, str], dataset: Dataset) -> str:
    """The SPARQL text of a question asked with these values, as typed; defaults fill what is missing.

    Raises:
        UnknownQuestion, UnknownParameter, UnknownValue, AmbiguousValue, BadValue, MissingValue: see `errors`.
    """
    asked = question(code)
    return as_sparql(asked, understand(asked, values, dataset)[1])


def as_sparql(asked: Question, bindings: Bindings) -> str:
    """The SPARQL text of a question with these variables bound.

    The values stand as VALUES where the query first speaks of them, and again in a group that could not see them from
    there; what a question was asked with is no column of the answer.
    """
    text = asked.sparql
    top, columns = _read(text, set(bindings))
    places = [(group.start, name) for group, name in _wanting(top, frozenset())]
    edits = [*((end - len(name) - 2, end, "") for name, end in columns)]
    for start, name in places:
        blank = text[start : len(text) - len(text[start:].lstrip())]
        edits.append((start, start, f"{blank or ' '}VALUES ?{name} {{ {bindings[name]} }}"))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    title = " ".join(asked.title.vi.split())
    return f"# {asked.code}. {title}\n{text}"


@dataclass
class _Group:
    """A pair of braces.

    Attributes:
        start: where its content begins.
        opener: the word before it, such as OPTIONAL or EXISTS.
        patterns: whether patterns may stand in it, not only a SELECT or a template.
        parts: the groups in it.
        uses: what values it speaks of, and where: "" for a triple, else the word before the bracket, FILTER or BIND.
        brackets: how many are open in it.
    """

    start: int
    opener: str = ""
    patterns: bool = True
    parts: list["_Group"] = field(default_factory=list)
    uses: dict[str, set[str]] = field(default_factory=dict)
    brackets: int = 0


def _read(text: str, names: set[str]) -> tuple[_Group, list[tuple[str, int]]]:
    """The groups of a query, and name and end of each column that says what it was asked with."""
    groups = [_Group(0, patterns=False)]
    columns = []
    word, calling, selecting = "", "", False
    for token in matches(text):
        kind, said, group = token.lastgroup, token.group(), groups[-1]
        if said == "{":
            part = _Group(token.end(), word, patterns=word != "CONSTRUCT")
            group.parts.append(part)
            groups.append(part)
            selecting = False
        elif said == "}":
            groups.pop()
        elif kind == "open":
            calling = calling if group.brackets else word
            group.brackets += 1
        elif kind == "close":
            group.brackets -= 1
        elif kind == "variable" and selecting and not group.brackets and said.endswith(ASKED):
            columns.append((said[1:], token.end()))
        elif kind == "variable" and said[1:] in names:
            group.uses.setdefault(said[1:], set()).add(calling if group.brackets else "")
        word = said.upper() if kind == "word" else ""
        if word == "SELECT":
            group.patterns = False
            selecting = len(groups) == 1
    return groups[0], columns


def _wanting(group: _Group, seen: frozenset[str]) -> Iterator[tuple[_Group, str]]:
    """The groups that need the values, given those that a group around them has."""
    needed = {
        name
        for name, uses in group.uses.items()
        if group.patterns and (name not in seen or not _sees(group, uses))
    }
    for name in sorted(needed, reverse=True):
        yield group, name
    for part in group.parts:
        yield from _wanting(part, seen | needed)


def _sees(group: _Group, uses: set[str]) -> bool:
    """Whether a group sees a value from around it: in a triple it is joined, and the condition of an OPTIONAL or EXISTS
    may speak of what is around.
    """
    return "" in uses or (group.opener in ("OPTIONAL", "EXISTS") and uses == {"FILTER"})
