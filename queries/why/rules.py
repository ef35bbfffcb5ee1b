"""The rule that derives a triple: the triples it rests on are those of the rule's own query."""

from collections.abc import Iterator
from functools import cache

from pyoxigraph import NamedNode, Variable

from cancu.ontology.load import rules
from cancu.queries.why.known import settled, with_known
from cancu.queries.why.paths import Ground
from cancu.queries.why.pattern import Group, Term, Triple
from cancu.queries.why.read import read_rule


@cache
def derived() -> frozenset[NamedNode]:
    """The properties that rules derive, and nothing else states."""
    return frozenset(
        made.predicate for _, made, _ in _rules() if isinstance(made.predicate, NamedNode)
    )


def deriving(
    predicate: NamedNode, subject: Term | None, end: Term | None
) -> Iterator[tuple[str, Group]]:
    """The rules that may derive a triple, each with its conditions; None stands for any term."""
    for name, made, group in _rules():
        if made.predicate != predicate:
            continue
        pairs = ((made.subject, subject), (made.object, end))
        if any(term is not None and node not in (term, *_free(node)) for node, term in pairs):
            continue
        known = {node: t for node, t in pairs if isinstance(node, Variable) and t is not None}
        found = settled(group, known)
        if isinstance(found, dict):
            yield name, with_known(group, found)


def conditions(fact: Ground) -> Iterator[tuple[str, Group]]:
    """The rules that may derive this triple, each with its conditions."""
    subject, predicate, end = fact
    return deriving(predicate, subject, end)


def _free(node: object) -> tuple[Variable, ...]:
    return (node,) if isinstance(node, Variable) else ()


@cache
def _rules() -> tuple[tuple[str, Triple, Group], ...]:
    found = []
    for name, text in rules():
        made, group = read_rule(text)
        found += [(name, triple, group) for triple in made]
    return tuple(found)
