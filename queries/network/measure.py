"""Measures of the network as they are asked for: by code, in a view, of two bodies where a measure is about two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cancu.graph.dataset import Dataset
from cancu.graph.measured import Definition, Measured, definitions
from cancu.graph.measures import MEASURES, overlap
from cancu.graph.network import View
from cancu.graph.network_facts import Facts
from cancu.graph.network_parts import left_out, too_wide, works_in
from cancu.graph.structure import paths
from cancu.queries.errors import BadValue, MissingValue, UnknownQuestion
from cancu.queries.network.read import facts_of, kept
from cancu.queries.network.view import check_pair, find_body, settings

MAX_ROWS = 10_000
"""Rows of a measure that are given; more are cut off and said to be."""
OF_TWO = ("paths", "overlap")
"""The measures that are about two bodies."""
OF_PAIRS = ("overview", "partners", "between", "articulation", "communities", "paths")
"""The measures that look at pairs of bodies."""
MOST_PATHS = 50


@dataclass(frozen=True)
class Outcome:
    """A measure of a network.

    Attributes:
        definition: what was measured.
        view: where.
        pair: the fields about two bodies, as understood: field -> addresses.
        every: all rows.
        facts: what names the things in them.
        left_out: what the view leaves out, see `network_parts.left_out`.
        groups_kept: whether groups were too large to be taken apart.
        most: how many rows are given.
    """

    definition: Definition
    view: View
    pair: Mapping[str, tuple[str, ...]]
    every: Measured
    facts: Facts
    left_out: Mapping[str, int]
    groups_kept: bool = False
    most: int = MAX_ROWS

    @property
    def rows(self) -> Measured:
        """The rows that are given."""
        return self.every[: self.most]

    @property
    def truncated(self) -> bool:
        """Whether rows were cut off."""
        return len(self.every) > self.most


def definition_of(code: str) -> Definition:
    """The measure with this code, or this part of an address.

    Raises:
        UnknownQuestion: there is none.
    """
    asked = code.strip().lower()
    for found in definitions().values():
        if asked in (found.code, found.address):
            return found
    listed = ", ".join(definitions())
    raise UnknownQuestion(
        f"Không có phép đo “{code}”. Có: {listed}.",
        f"There is no measure “{code}”. There are: {listed}.",
    )


def measure(code: str, view: View, pair: Mapping[str, str], dataset: Dataset) -> Outcome:
    """A measure of the network of a dataset.

    Args:
        code: of the measure.
        view: which part of the network is measured; from where one looks at it, and of what it shows tiers, do not matter.
        pair: for a measure of two bodies the fields of fields.toml under [pair], as typed; else nothing.
        dataset: what is measured.

    Raises:
        UnknownQuestion, UnknownParameter, UnknownValue, AmbiguousValue, BadValue, MissingValue: see `errors`.
    """
    found, facts = definition_of(code), facts_of(dataset)
    view = replace(view, projection=View.projection, focus="", steps=1, tiers=frozenset())
    said = {field: value.strip() for field, value in pair.items() if value.strip()}
    kept_groups = found.code in OF_PAIRS and too_wide(
        facts, works_in(facts, view), view, together=found.code == "paths"
    )
    view = replace(view, groups=view.groups and not kept_groups)
    bodies: dict[str, tuple[str, ...]] = {}
    if found.code in OF_TWO:
        check_pair(said)
        bodies = _bodies(said, dataset, view)
        rows = _of_two(found.code, facts, view, bodies, _count(said.get("so", "5")))
    else:
        _nothing_of(found, said)
        rows = kept(dataset, (found.code, view), lambda facts: MEASURES[found.code](facts, view))
    return Outcome(found, view, bodies, rows, facts, left_out(facts, view), kept_groups)


def _of_two(
    code: str, facts: Facts, view: View, bodies: Mapping[str, tuple[str, ...]], most: int
) -> Measured:
    (one,), (other,) = bodies["tu"], bodies["den"]
    if code == "overlap":
        return overlap(facts, view, one, other)
    return paths(facts, view, one, other, frozenset(bodies.get("bo", ())), most)


def _bodies(said: Mapping[str, str], dataset: Dataset, view: View) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {
        field: (_body(field, said, dataset, view),) for field in ("tu", "den")
    }
    without = [name.strip() for name in said.get("bo", "").split(";") if name.strip()]
    if without:
        found["bo"] = tuple(find_body(name, dataset, view.plan) for name in without)
    return found


def _nothing_of(found: Definition, said: Mapping[str, str]) -> None:
    if said:
        listed = ", ".join(said)
        raise BadValue(
            f"Phép đo “{found.code}” không hỏi về hai cơ quan: bỏ {listed}.",
            f"The measure “{found.code}” is not about two bodies: leave out {listed}.",
        )


def _body(field: str, said: Mapping[str, str], dataset: Dataset, view: View) -> str:
    if field not in said:
        meaning = settings()["pair"][field]
        raise MissingValue(
            f"Hãy nêu {meaning['vi'].lower().rstrip('.')} ({field}=…).",
            f"Name the {meaning['en'].lower().rstrip('.')} ({field}=…).",
        )
    return find_body(said[field], dataset, view.plan)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PATHS:
        raise BadValue(
            f"Số đường phải từ 1 đến {MOST_PATHS}, không phải “{text}”.",
            f"The number of paths is 1 to {MOST_PATHS}, not “{text}”.",
        )
    return int(text)
