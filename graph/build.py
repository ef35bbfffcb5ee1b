"""One plan becomes a checked graph: its facts and claims, then what the rules derive, then the constraints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from pyoxigraph import NamedNode, Quad, Store

from cancu.graph.check import Violation, check
from cancu.graph.derive import derive
from cancu.graph.documents import plan_iri
from cancu.graph.facts import Facts
from cancu.graph.parties import Parties
from cancu.graph.registry import registry_quads
from cancu.graph.suggest import suggest
from cancu.graph.writer import Writer, text, vietnamese
from cancu.loaders.plan import Plan
from cancu.ontology.iri import digest12, mint, slug
from cancu.ontology.load import ontology_quads
from cancu.ontology.terms import CANCU, CLAIMED, DCTERMS, DERIVED, PROV, RDF, RDFS, READ, plan_graph


@dataclass(frozen=True)
class PlanGraph:
    """The graph of one plan.

    Attributes:
        iri: the plan's address.
        quads: facts, claims and derived edges, in its three named graphs.
        violations: why it must not be published; empty for a sound graph.
        warnings: what the document does not say.
    """

    iri: str
    quads: tuple[Quad, ...]
    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]


def software() -> str:
    """Name and version of what builds the graph."""
    return f"cancu {version('cancu')}"


def build_plan(plan: Plan, reviews: Sequence[Quad] = ()) -> PlanGraph:
    """The graph of a plan with its derived edges, and what the constraints say of it.

    `reviews` are people's verdicts on claims; the derived edges follow them.
    """
    iri, quads = write_plan(plan)
    return finish(iri, quads, reviews)


def write_plan(plan: Plan) -> tuple[str, list[Quad]]:
    """The plan's address, and its facts and claims as quads."""
    iri = plan_iri(plan)
    writer = Writer(plan.source, plan_graph(READ, iri), plan_graph(CLAIMED, iri), _run(plan))
    facts = Facts(plan, writer, Parties(plan, iri, writer), iri)
    facts.write()
    suggest(plan, facts, writer)
    if plan.header.place:
        writer.say(iri, DCTERMS.coverage, vietnamese(plan.header.place))
    _write_run(plan, writer)
    return iri, list(writer.quads)


def finish(iri: str, quads: Sequence[Quad], reviews: Sequence[Quad] = ()) -> PlanGraph:
    """Derive the edges of a plan's facts and claims, and check the whole.

    Verdicts on claims that are not here are left aside: they belong to other plans.
    """
    store = Store()
    store.bulk_extend((*ontology_quads(), *registry_quads()))
    store.extend(quads)
    store.extend(_about(reviews, store))
    derive(store, plan_graph(DERIVED, iri))
    shipped = {quad.subject for quad in (*ontology_quads(), *registry_quads())}
    found = check(store)
    return PlanGraph(
        iri,
        tuple(
            quad
            for stage in (READ, CLAIMED, DERIVED)
            for quad in _graph(store, plan_graph(stage, iri))
        ),
        tuple(v for v in found if v.severity == "violation"),
        tuple(v for v in found if v.severity == "warning" and NamedNode(v.focus) not in shipped),
    )


def _about(reviews: Sequence[Quad], store: Store) -> list[Quad]:
    """The reviews of claims that the store holds, with their people."""
    claims, kind = NamedNode(CANCU.reviewOf), NamedNode(CANCU.claimPredicate)
    kept = {
        q.subject
        for q in reviews
        if q.predicate == claims
        and isinstance(q.object, NamedNode)
        and next(iter(store.quads_for_pattern(q.object, kind, None, None)), None)
    }
    people = {
        q.object
        for q in reviews
        if q.subject in kept and q.predicate.value == PROV.wasAssociatedWith
    }
    return [q for q in reviews if q.subject in kept or q.subject in people]


def _graph(store: Store, name: str) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, NamedNode(name))


def _run(plan: Plan) -> str:
    return mint("run", digest=digest12(plan.source.sha256, software()))


def _write_run(plan: Plan, writer: Writer) -> None:
    name, number = software().split(" ", 1)
    agent = mint("software", name=slug(name), version=slug(number))
    writer.say(writer.run, RDF.type, PROV.Activity)
    writer.say(writer.run, PROV.used, writer.source_iri)
    writer.say(writer.run, PROV.wasAssociatedWith, agent)
    writer.say(writer.run, RDFS.label, text(f"{software()} đọc {plan.source.name}"))
    writer.say(agent, RDF.type, PROV.SoftwareAgent)
    writer.say(agent, RDFS.label, text(software()))
