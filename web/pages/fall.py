"""What falls with a document: tasks, leads, time limits and guiding documents, by tier and chain (question A13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from cancu.graph.dataset import Row
from cancu.web.days import as_of
from cancu.web.errors import NoPage
from cancu.web.law import NOTHING_KNOWN, Step, into, replacers
from cancu.web.paging import piece_of
from cancu.web.proofs import TIERS
from cancu.web.reading import Reading
from cancu.web.scope import Scope
from cancu.web.site import render
from cancu.web.words import Link, grouped

PER_PAGE = 80
"""Tasks of a tier on one page."""

LEADS_SHOWN = 30
"""Those who lead that are named over a tier; the question has all."""


@dataclass(frozen=True)
class Lead:
    """Who leads a task: named, or through a group."""

    via: str
    agency: Link


@dataclass(frozen=True)
class Fallen:
    """A task that leans on the document, or on one that amends or guides it."""

    task: Link
    plan: str
    through: Link
    leads: tuple[Lead, ...]
    deadlines: tuple[str, ...]


def show_fall(request: Request, reading: Reading, scope: Scope, iri: str | None) -> HTMLResponse:
    """The page of what falls with the document with this IRI.

    Raises:
        NoPage: there is none.
        BadValue: the day asked is none.
    """
    label = reading.labels.get(iri or "")
    if iri is None or label is None:
        raise NoPage(request.url.path)
    rows = reading.ask("A13", {"document": iri, **scope.values})
    tiers = {tier: _fallen([row for row in rows if row["tier"] == tier]) for tier in TIERS}
    at = as_of(request, reading)
    force = reading.force(at.day)
    return render(
        request,
        "fall.html",
        document=Link(label, iri),
        at=at,
        force=force.get(iri, NOTHING_KNOWN),
        replaced=replacers(reading.steps, iri, force),
        tiers=TIERS,
        fallen={
            tier: piece_of(request, listed, f"trang-{tier}", PER_PAGE)
            for tier, listed in tiers.items()
        },
        numbers={tier: len({one.task.iri for one in listed}) for tier, listed in tiers.items()},
        leads_shown=LEADS_SHOWN,
        leads={tier: _leads(listed) for tier, listed in tiers.items()},
        paths=_paths(reading.steps, iri),
        chain=into(reading.steps, iri, force),
    )


def _fallen(rows: Sequence[Row]) -> list[Fallen]:
    """The tasks of one tier in the order of the answer; each once for every document it leans on."""
    return [
        Fallen(
            task=Link(str(same[0]["task"]), str(same[0]["task_iri"])),
            plan=str(same[0]["plan_iri"]),
            through=Link(str(same[0]["through"]), str(same[0]["through_iri"])),
            leads=tuple(
                dict.fromkeys(
                    Lead(str(r["via"]), Link(str(r["agency"]), str(r["agency_iri"]))) for r in same
                )
            ),
            deadlines=tuple(dict.fromkeys(str(r["deadline"]) for r in same if r["deadline"])),
        )
        for same in grouped(rows, "task_iri", "through_iri")
    ]


def _leads(fallen: Sequence[Fallen]) -> list[tuple[Lead, int]]:
    """Who leads, named first, with the number of different tasks."""
    tasks: dict[Lead, set[str]] = {}
    for one in fallen:
        for lead in one.leads:
            tasks.setdefault(lead, set()).add(one.task.iri)
    counted = [(lead, len(found)) for lead, found in tasks.items()]
    return sorted(counted, key=lambda pair: (pair[0].via != "named", -pair[1]))


def _paths(steps: Sequence[Step], document: str) -> Mapping[str, tuple[Step, ...]]:
    """Document -> the shortest way from it to the one that falls, by amending and guiding."""
    found: dict[str, tuple[Step, ...]] = {document: ()}
    waiting = [document]
    while waiting:
        reached = waiting.pop(0)
        for step in steps:
            leads_on = step.relation in ("amends", "guides") and step.verified and not step.partial
            if leads_on and step.object.iri == reached and step.subject.iri not in found:
                found[step.subject.iri] = (step, *found[reached])
                waiting.append(step.subject.iri)
    return found
