"""Who stands in which task in which role, and in what way: named, through a group, or possibly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cancu.graph.network_facts import Facts, Part, Work
from cancu.graph.network_view import WAYS, View

MOST_PAIRS = 1_000_000
"""So many pairs of bodies, task by task, are made at most."""

DUTY = "duty"
"""The role of whoever the decision gives something to do; `part` says which."""


@dataclass(frozen=True, order=True)
class Standing:
    """A body or group in a task.

    Attributes:
        body: its address.
        task: address of the task.
        role: as edges show it: the role in the plan's table, "review" in a review item, "duty" in the decision.
        part: the role as the document gives it.
        way: one of WAYS; a group that is kept as a group stands there by way "group".
        through: addresses of the groups by which it stands there.
        words: what the document says.
    """

    body: str
    task: str
    role: str
    part: str
    way: str
    through: tuple[str, ...] = field(compare=False, default=())
    words: tuple[str, ...] = field(compare=False, default=())


def works_in(facts: Facts, view: View) -> list[Work]:
    """The tasks, review items and duties of a view, in reading order."""
    return [
        work for work in _in_place(facts, view) if not view.period or _within(work, view.period)
    ]


def left_out(facts: Facts, view: View) -> dict[str, int]:
    """How many tasks a view's period leaves out though they may fall into it.

    "unscheduled": no words give them a day; "proposed": only a proposed reading puts them into the period.
    """
    if not view.period:
        return {}
    works = [work for work in _in_place(facts, view) if not _within(work, view.period)]
    return {
        "unscheduled": sum(not work.spans for work in works),
        "proposed": sum(any(s.touches(view.period) for s in work.spans) for work in works),
    }


def _in_place(facts: Facts, view: View) -> Iterator[Work]:
    for work in facts.works.values():
        if view.plan in ("", work.plan) and view.section in ("", work.section):
            yield work


def _within(work: Work, period: tuple[str, str]) -> bool:
    return any(span.touches(period) for span in work.spans if not span.proposed)


def standings(facts: Facts, works: Iterable[Work], view: View) -> list[Standing]:
    """Who stands in these tasks in the roles and ways of a view, each body once a role and way."""
    through: dict[Standing, set[str]] = defaultdict(set)
    words: dict[Standing, set[str]] = defaultdict(set)
    for work in works:
        for part in facts.parts_of.get(work.iri, ()):
            role = _role(work, part)
            for body, way, group in _bodies(facts, part, view.groups):
                if view.has_role(role) and view.has_way(way):
                    standing = Standing(body, work.iri, role, part.role, way)
                    through[standing] |= {group} if group else set()
                    words[standing].add(part.words)
    return [
        Standing(
            s.body, s.task, s.role, s.part, s.way, tuple(sorted(groups)), tuple(sorted(words[s]))
        )
        for s, groups in through.items()
    ]


def too_wide(facts: Facts, works: Iterable[Work], view: View, together: bool = False) -> bool:
    """Whether groups taken apart would make more pairs than are made: groups stay as they are written then.

    Args:
        facts: whose groups.
        works: the tasks that bodies meet in.
        view: whether groups are to be taken apart at all.
        together: pairs of all that stand in a task, not of leads and coordinators.
    """
    if not view.groups:
        return False
    pairs = 0
    for work in works:
        many: Counter[str] = Counter()
        for part in facts.parts_of.get(work.iri, ()) if work.kind == "task" else ():
            many[part.role] += len(facts.members.get(part.party, ())) or 1
        pairs += many.total() ** 2 // 2 if together else many["lead"] * many["coordinate"]
    return pairs > MOST_PAIRS


def _role(work: Work, part: Part) -> str:
    return {"review": "review", "article": DUTY}.get(work.kind, part.role)


def _bodies(facts: Facts, part: Part, apart: bool) -> Iterator[tuple[str, str, str]]:
    """Whom a part is given to: body, way, and the group if it is a member; an empty group stands for itself."""
    if facts.kinds.get(part.party) != "group":
        yield part.party, "named", ""
        return
    members = facts.members.get(part.party, ()) if apart else ()
    if not members:
        yield part.party, "group", ""
    for way, body in members:
        yield body, way, part.party


def best_ways(found: Iterable[Standing]) -> Mapping[str, Mapping[str, str]]:
    """Task -> body -> the surest way in which it stands there."""
    ways: dict[str, dict[str, str]] = defaultdict(dict)
    for standing in found:
        known = ways[standing.task].get(standing.body)
        ways[standing.task][standing.body] = surest(known, standing.way) if known else standing.way
    return ways


def surest(one: str, other: str) -> str:
    """The surer of two ways."""
    return min(one, other, key=WAYS.index)


def weakest(one: str, other: str) -> str:
    """The less sure of two ways: a link is as sure as its weaker end."""
    return max(one, other, key=WAYS.index)
