"""Documents into a new snapshot: read, parse, build and check each; the bad ones are left out with their reason."""

from collections.abc import Callable, Sequence
from pathlib import Path

from cancu.graph.build import PlanGraph, build_plan
from cancu.graph.check import Violation
from cancu.graph.snapshot import Entry, LeftOut, Snapshot, write_snapshot
from cancu.loaders.errors import DocumentError
from cancu.loaders.parse import parse
from cancu.loaders.read import built_in, read
from cancu.loaders.source import Source


def publish(
    home: Path, files: Sequence[Path] = (), done: Callable[[str], None] = lambda name: None
) -> Snapshot:
    """A new snapshot of the documents (none named: the plan that ships with the product).

    `done` is told the name of each document that was worked on.

    Raises:
        NothingBuilt, BuildRunning, StorageFailed: see `write_snapshot`.
    """
    graphs: dict[str, tuple[PlanGraph, Entry]] = {}
    left_out: list[LeftOut] = []
    for load, name in [(lambda f=f: read(f), str(f)) for f in files] or [
        (built_in, built_in().name)
    ]:
        result = _one(load, name)
        if isinstance(result, LeftOut):
            left_out.append(result)
        elif result[0].iri in graphs:
            left_out.append(_twice(name, graphs[result[0].iri][1].source))
        else:
            graphs[result[0].iri] = result
        done(name)
    return write_snapshot(home, list(graphs.values()), left_out)


def _one(load: Callable[[], Source], name: str) -> tuple[PlanGraph, Entry] | LeftOut:
    try:
        plan = parse(load())
    except DocumentError as error:
        return LeftOut(name, error.vi, error.en)
    graph = build_plan(plan)
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
