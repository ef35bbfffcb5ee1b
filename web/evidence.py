"""The words behind a row of an answer that does not quote any itself."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from cancu.graph.dataset import Row
from cancu.web.words import Place, place_of

Places = Mapping[str, tuple[Place, ...]]
Between = Mapping[tuple[str, str], Mapping[str, tuple[Place, ...]]]
"""Subject and object of claims -> how they are known -> where their words stand."""

HOW_OF_TIER: Mapping[str, tuple[str, ...]] = {
    "cited": ("explicit-citation",),
    "suggested": ("subject-match",),
}
"""How the claims of a tier are known; a person may have confirmed any."""


@dataclass(frozen=True)
class Evidence:
    """Where the words of facts stand: of each fact, and of the claims between two things."""

    facts: Places
    between: Between


def read_evidence(rows: Collection[Row]) -> Evidence:
    """The evidence in the rows of the page query `evidence`."""
    facts: dict[str, set[Place]] = defaultdict(set)
    between: dict[tuple[str, str], dict[str, set[Place]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        place = place_of(row["span_iri"])
        if place is None:
            continue
        facts[str(row["fact_iri"])].add(place)
        if row["subject_iri"]:
            pair = str(row["subject_iri"]), str(row["object_iri"])
            between[pair][str(row["how"])].add(place)
    return Evidence(
        {fact: tuple(sorted(places)) for fact, places in facts.items()},
        {
            pair: {how: tuple(sorted(places)) for how, places in by_how.items()}
            for pair, by_how in between.items()
        },
    )


def words_behind(evidence: Evidence, row: Row, decision: str) -> tuple[Place, ...]:
    """Where the words of a row stand: its span's, its claim's or reference's, those of a claim between the things it
    names, else those of its task; nothing where a row rests on no words of its own.

    Args:
        evidence: of the snapshot.
        row: of an answer.
        decision: address of the decision of the row's plan, whose preamble the tier `general` rests on.
    """
    own = place_of(row.get("span_iri"))
    if own:
        return (own,)
    return next((places for places in _candidates(evidence, row, decision) if places), ())


def _candidates(evidence: Evidence, row: Row, decision: str) -> Iterator[tuple[Place, ...]]:
    yield evidence.facts.get(str(row.get("claim_iri")), ())
    things = [
        str(value)
        for name, value in row.items()
        if name.endswith("_iri") and value and name not in ("plan_iri", "claim_iri")
    ]
    task = str(row.get("task_iri"))
    for thing in things:
        if thing != task:
            yield evidence.facts.get(thing, ())
    if row.get("tier") == "general":
        things = [decision, *things]
    for pair in permutations(things, 2):
        by_how = evidence.between.get(pair, {})
        wanted = HOW_OF_TIER.get(str(row.get("tier")), tuple(by_how))
        yield tuple(place for how in wanted for place in by_how.get(how, ()))
    yield evidence.facts.get(task, ())
