"""The derived edges of a graph: the rules of ontology/rules, run in the order of their names."""

from pyoxigraph import BlankNode, NamedNode, Quad, QueryTriples, Store

from cancu.ontology.load import rules


class RuleError(ValueError):
    """A rule is not a CONSTRUCT query, or makes a blank node."""


def derive(store: Store, graph_iri: str) -> int:
    """Rebuild the derived graph of a store and say how many triples it holds.

    The rules read the union of all named graphs, each also what the earlier ones added, and what
    they construct goes into ``graph_iri``. What that graph held before is dropped first: a status
    left over from before a review would otherwise stand beside the new one. Raises RuleError.
    """
    graph = NamedNode(graph_iri)
    store.clear_graph(graph)
    for name, text in rules():
        store.extend(_construct(store, graph, name, text))
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))


def _construct(store: Store, graph: NamedNode, name: str, text: str) -> list[Quad]:
    found = store.query(text, use_default_graph_as_union=True)
    if not isinstance(found, QueryTriples):
        raise RuleError(f"{name}: not a CONSTRUCT query")
    quads = []
    for triple in found:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise RuleError(f"{name}: makes a blank node")
        quads.append(Quad(triple.subject, triple.predicate, triple.object, graph))
    return quads
