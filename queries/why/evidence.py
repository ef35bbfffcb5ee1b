"""The words of the source behind a triple: those of the claim that states it, of the registry, or of what it is said of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Variable

from cancu.queries.why.paths import Ground
from cancu.queries.why.pattern import Group, Optional, Path, Term, Triple, Values
from cancu.queries.why.probe import Probe, Solution
from cancu.queries.why.terms import iri_of

_S, _P, _O, _BY, _WORDS, _SPAN = (Variable(n) for n in ("s", "p", "o", "by", "words", "span"))
_MANY = 2000


@dataclass(frozen=True)
class Evidence:
    """Words that a triple rests on.

    Attributes:
        by: address of what has the words: a claim, an entry of the registry, or the subject or object of the triple.
        kind: "claim", "registry" or "said".
        words: the words.
        spans: addresses of the passages of the source that hold them; the registry's words have none.
    """

    by: str
    kind: str
    words: str
    spans: tuple[str, ...]


def evidence(probe: Probe, facts: Iterable[Ground]) -> Mapping[Ground, tuple[Evidence, ...]]:
    """Triple -> the words it rests on: of claims and registry entries about it, else of its subject, else of its object.

    Raises:
        CannotExplain: the limits of the probe are used up.
    """
    listed = list(facts)
    if not listed:
        return {}
    stated = _about(probe, listed)
    nodes = {t for s, _, o in listed for t in (s, o) if isinstance(t, NamedNode)}
    said = _said(probe, sorted(nodes, key=str))
    return {
        fact: stated.get(fact) or said.get(fact[0]) or said.get(fact[2]) or () for fact in listed
    }


def _about(probe: Probe, facts: list[Ground]) -> dict[Ground, tuple[Evidence, ...]]:
    """What claims and the registry say of triples."""
    rows = {
        kind: probe.solutions(_statements(facts, kind), limit=_MANY)
        for kind in ("claim", "registry")
    }
    found: dict[Ground, tuple[Evidence, ...]] = {}
    for kind, solutions in rows.items():
        by_fact: dict[Ground, list[Solution]] = {}
        for row in solutions:
            predicate = row[_P]
            if isinstance(predicate, NamedNode):
                by_fact.setdefault((row[_S], predicate, row[_O]), []).append(row)
        for fact, listed in by_fact.items():
            found[fact] = (*found.get(fact, ()), *_gathered(listed, kind))
    return found


def _statements(facts: list[Ground], kind: str) -> Group:
    name = "claim" if kind == "claim" else "entry"
    end: NamedNode | Path = _verb(f"cancu:{name}Object")
    if kind == "registry":
        ends = (_verb("cancu:entryObject"), _verb("cancu:entryValue"))
        end = Path("choice", parts=tuple(Path("step", iri) for iri in ends))
    return Group(
        (
            Values(1, (_S, _P, _O), tuple(facts)),
            Triple(2, _BY, _verb(f"cancu:{name}Subject"), _S),
            Triple(3, _BY, _verb(f"cancu:{name}Predicate"), _P),
            Triple(4, _BY, end, _O),
            Triple(5, _BY, _verb("cancu:statedText"), _WORDS),
            Optional(6, Group((Triple(7, _BY, _verb("cancu:evidence"), _SPAN),))),
        )
    )


def _said(probe: Probe, nodes: Sequence[NamedNode]) -> dict[Term, tuple[Evidence, ...]]:
    """The words that things have themselves."""
    group = Group(
        (
            Values(1, (_BY,), tuple((node,) for node in nodes)),
            Triple(2, _BY, _verb("cancu:statedText"), _WORDS),
            Triple(3, _BY, _verb("cancu:evidence"), _SPAN),
        )
    )
    found: dict[Term, list[Solution]] = {}
    for row in probe.solutions(group, limit=_MANY):
        found.setdefault(row[_BY], []).append(row)
    return {node: _gathered(rows, "said") for node, rows in found.items()}


def _gathered(rows: list[Solution], kind: str) -> tuple[Evidence, ...]:
    spans: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        listed = spans.setdefault((row[_BY].value, row[_WORDS].value), {})
        if _SPAN in row:
            listed[row[_SPAN].value] = None
    return tuple(Evidence(by, kind, words, tuple(sorted(s))) for (by, words), s in spans.items())


def _verb(name: str) -> NamedNode:
    return NamedNode(iri_of(name))
