"""The triples that a property path leads over from one term to another: one way, a shortest one where it repeats."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Variable

from cancu.queries.why.pattern import Group, Path, Term, Triple, Values
from cancu.queries.why.probe import Probe

Ground = tuple[Term, NamedNode, Term]
_KEY = 0
_MIDDLE, _FROM, _VERB = Variable("middle"), Variable("from"), Variable("verb")
_LONGEST = 25


def along(probe: Probe, start: Term, path: Path, end: Term) -> list[Ground]:
    """The triples of one way from `start` to `end`; none if there is no way, or if both are the same place."""
    return _way(probe, start, path, end) or []


def _way(probe: Probe, start: Term, path: Path, end: Term) -> list[Ground] | None:
    """The triples of a way; None if there is none."""
    match path.kind:
        case "step":
            return _step(probe, start, path, end)
        case "inverse":
            return _way(probe, end, path.parts[0], start)
        case "sequence":
            return _sequence(probe, start, path, end)
        case "choice":
            ways = (_way(probe, start, part, end) for part in path.parts)
            return next((way for way in ways if way is not None), None)
        case "repeat":
            return _repeat(probe, start, path, end)
        case _:
            return _other(probe, start, path, end)


def _step(probe: Probe, start: Term, path: Path, end: Term) -> list[Ground] | None:
    if path.iri is None or not probe.holds(Group((Triple(_KEY, start, path.iri, end),))):
        return None
    return [(start, path.iri, end)]


def _sequence(probe: Probe, start: Term, path: Path, end: Term) -> list[Ground] | None:
    first, rest = path.parts[0], path.parts[1:]
    if not rest:
        return _way(probe, start, first, end)
    later = Path("sequence", parts=rest)
    group = Group((Triple(_KEY, start, first, _MIDDLE), Triple(_KEY, _MIDDLE, later, end)))
    for found in probe.solutions(group, limit=1):
        head = _way(probe, start, first, found[_MIDDLE])
        tail = _way(probe, found[_MIDDLE], later, end)
        return None if head is None or tail is None else head + tail
    return None


def _repeat(probe: Probe, start: Term, path: Path, end: Term) -> list[Ground] | None:
    """Breadth first, a layer a query."""
    if start == end and path.mark in ("*", "?"):
        return []
    came: dict[Term, Term] = {}
    layer: list[Term] = [start]
    for _ in range(1 if path.mark == "?" else _LONGEST):
        found = list(_next(probe, layer, path.parts[0]))
        new = [pair for pair in dict(found).items() if pair[0] not in came]
        came |= dict(new)
        if end in came:
            return _back(probe, came, start, path.parts[0], end)
        layer = [middle for middle, _ in new]
        if not layer:
            return None
    return None


def _next(probe: Probe, layer: list[Term], path: Path) -> Iterator[tuple[Term, Term]]:
    """What one repetition reaches from a layer, with where from."""
    rows = tuple((term,) for term in layer)
    group = Group((Values(_KEY, (_FROM,), rows), Triple(_KEY, _FROM, path, _MIDDLE)))
    for found in probe.solutions(group, limit=1000):
        yield found[_MIDDLE], found[_FROM]


def _back(
    probe: Probe, came: dict[Term, Term], start: Term, path: Path, end: Term
) -> list[Ground] | None:
    steps: list[list[Ground]] = []
    here = end
    while True:
        before = came[here]
        way = _way(probe, before, path, here)
        if way is None:
            return None
        steps.insert(0, way)
        here = before
        if here == start:
            return [triple for step in steps for triple in step]


def _other(probe: Probe, start: Term, path: Path, end: Term) -> list[Ground] | None:
    """A step that is none of those named, forwards or backwards."""
    for backwards in (False, True):
        named = [p for p in path.parts if (p.kind == "inverse") is backwards]
        if backwards and not named:
            continue
        steps = {p.parts[0].iri if backwards else p.iri for p in named}
        one, two = (end, start) if backwards else (start, end)
        for found in probe.solutions(Group((Triple(_KEY, one, _VERB, two),)), limit=1000):
            verb = found[_VERB]
            if isinstance(verb, NamedNode) and verb not in steps:
                return [(one, verb, two)]
    return None
