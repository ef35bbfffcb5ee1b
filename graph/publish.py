"""Documents into a new snapshot: read, parse, build and check each; the bad ones are left out with their reason."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat
from pyoxigraph import parse as parse_quads

from cancu.graph.build import PlanGraph, build_plan, finish
from cancu.graph.check import Violation
from cancu.graph.reviews import read_reviews, verdicts
from cancu.graph.save import write_snapshot
from cancu.graph.snapshot import Entry, LeftOut, Snapshot, current
from cancu.loaders.errors import DocumentError
from cancu.loaders.parse import parse
from cancu.loaders.read import BUILT_IN, built_in, read
from cancu.ontology.terms import CLAIMED, READ, plan_graph


def publish(
    home: Path, files: Sequence[Path] = (), done: Callable[[str], None] = lambda name: None
) -> Snapshot:
    """A new snapshot of the documents (none named: the plan that ships with the product).

    `done` is told the name of each document that was worked on.

    Raises:
        NothingBuilt, BuildRunning, StorageFailed: see `write_snapshot`.
    """
    reviews = read_reviews(home)
    graphs: dict[str, tuple[PlanGraph, Entry]] = {}
    left_out: list[LeftOut] = []
    for file in files or (None,):
        name = str(file) if file else BUILT_IN
        result = _one(file, name, verdicts(reviews))
        if isinstance(result, LeftOut):
            left_out.append(result)
        elif result[0].iri in graphs:
            left_out.append(_twice(name, graphs[result[0].iri][1].source))
        else:
            graphs[result[0].iri] = result
        done(name)
    return write_snapshot(home, list(graphs.values()), left_out, reviews)


def republish(home: Path) -> Snapshot:
    """A new snapshot of the same documents with today's verdicts: what the rules derive from them is derived anew.

    Raises:
        NoSnapshot: there is none to begin with.
        NothingBuilt, BuildRunning, StorageFailed, DamagedReviews: see `write_snapshot` and `read_reviews`.
    """
    snapshot, reviews = current(home), read_reviews(home)
    by_graph: dict[str, list[Quad]] = defaultdict(list)
    for quad in parse_quads(snapshot.dump.read_bytes(), format=RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, NamedNode):
            by_graph[quad.graph_name.value].append(quad)
    graphs, left_out = [], list(snapshot.manifest.left_out)
    for entry in snapshot.manifest.plans:
        own = [q for stage in (READ, CLAIMED) for q in by_graph[plan_graph(stage, entry.plan)]]
        graph = finish(entry.plan, own, verdicts(reviews))
        if graph.violations:
            left_out.append(_refused(entry.source, graph.violations))
        else:
            graphs.append((graph, entry))
    return write_snapshot(home, graphs, left_out, reviews)


def _one(
    file: Path | None, name: str, reviews: Sequence[Quad]
) -> tuple[PlanGraph, Entry] | LeftOut:
    try:
        plan = parse(read(file) if file else built_in())
    except DocumentError as error:
        return LeftOut(name, error.vi, error.en)
    graph = build_plan(plan, reviews)
    if graph.violations:
        return _refused(name, graph.violations)
    entry = Entry(
        plan=graph.iri,
        source=plan.source.name,
        sha256=plan.source.sha256,
        tasks=len(plan.tasks),
        findings=len(plan.findings),
        warnings=len(graph.warnings),
    )
    return graph, entry


def _refused(name: str, violations: Sequence[Violation]) -> LeftOut:
    first, more = violations[0], len(violations) - 1
    return LeftOut(
        name,
        f"{first.message_vi} ({first.focus})" + (f" và {more} lỗi khác" if more else ""),
        f"{first.message_en} ({first.focus})" + (f" and {more} more" if more else ""),
    )


def _twice(name: str, earlier: str) -> LeftOut:
    return LeftOut(name, f"cùng một kế hoạch với {earlier}", f"the same plan as {earlier}")
