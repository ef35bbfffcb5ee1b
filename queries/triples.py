"""A graph as rows: a triple a row, things under their names, so that it can be shown and compared as any answer."""

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Triple

from cancu.graph.dataset import Row, Value, plain
from cancu.ontology.iri import BASE
from cancu.ontology.terms import PREFIXES, RDFS

COLUMNS = ("subject", "subject_iri", "predicate", "predicate_iri", "object", "object_iri")
"""The columns of a graph; an object that is no thing has no `object_iri`."""


def in_order(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """The triples by the addresses in them, so that the same graph always looks the same."""
    return tuple(sorted(triples, key=_key))


def _key(triple: Triple) -> tuple[str, str, str]:
    return str(plain(triple.subject)), triple.predicate.value, str(triple.object)


def as_rows(triples: Iterable[Triple]) -> tuple[Row, ...]:
    """A row for each triple; a thing is named by its label in the graph, else by its short name."""
    kept = tuple(triples)
    labels = {
        str(plain(t.subject)): str(plain(t.object)) for t in kept if t.predicate.value == RDFS.label
    }
    return tuple(_row(triple, labels) for triple in kept)


def _row(triple: Triple, labels: Mapping[str, str]) -> Row:
    terms = (triple.subject, triple.predicate, triple.object)
    values: list[Value] = []
    for term in terms:
        value = plain(term)
        thing = isinstance(term, NamedNode)
        iri = str(value)
        values += [labels.get(iri) or short_name(iri), iri] if thing else [value, None]
    return dict(zip(COLUMNS, values, strict=True))


def short_name(iri: str) -> str:
    """An IRI with a prefix where one fits, else without our base."""
    for prefix, namespace in PREFIXES.items():
        rest = iri.removeprefix(namespace)
        if rest != iri and rest and "/" not in rest and "#" not in rest:
            return f"{prefix}:{rest}"
    return iri.removeprefix(BASE)
