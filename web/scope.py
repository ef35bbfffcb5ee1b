"""The plan that a page speaks of, or all of them: `?ke-hoach=sam-son/2024/27-qd-ubnd` in its address."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from cancu.graph.dataset import Row
from cancu.queries.parameters import find
from cancu.queries.plans import PlanName
from cancu.web.reading import Reading
from cancu.web.site import Data

FIELD = "ke-hoach"
"""The name of the plan in an address."""

_NARROWED = (
    "/tim-kiem",
    "/hieu-luc",
    "/cho-trong",
    "/cau-hoi",
    "/van-ban/",
    "/co-quan",
    "/kiem-tra",
    "/lich",
    "/mang-luoi",
    "/nhom/",
)
"""How the addresses begin of pages that can speak of one plan; the first page can too."""


@dataclass(frozen=True)
class Scope:
    """Which plans a page speaks of.

    Attributes:
        plans: all there are.
        chosen: the one that was asked for; None for all.
    """

    plans: tuple[PlanName, ...]
    chosen: PlanName | None = None

    @property
    def several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.plans) > 1

    @property
    def mixed(self) -> bool:
        """Whether the page speaks of several plans, so that each thing must say whose it is."""
        return self.several and self.chosen is None

    @property
    def iri(self) -> str:
        """Address of the chosen plan, empty for all."""
        return self.chosen.iri if self.chosen else ""

    @property
    def values(self) -> dict[str, str]:
        """The parameters that a question is asked with."""
        return {"plan": self.iri} if self.iri else {}

    def has(self, plan: object) -> bool:
        """Whether the page speaks of the plan with this address."""
        return not self.iri or plan == self.iri

    def named(self, plan: object) -> str:
        """What a plan is called where several are shown; nothing where one is."""
        return self.short(plan) if self.mixed else ""

    def short(self, plan: object) -> str:
        """The short name of a plan."""
        return next((name.short for name in self.plans if name.iri == plan), "")

    def slug_of(self, plan: object) -> str:
        """What stands for a plan in an address."""
        return next((name.slug for name in self.plans if name.iri == plan), "")

    def keep(self, page: str | None) -> str | None:
        """A page of ours with the choice kept in its address, if the page can speak of one plan."""
        if not page or self.chosen is None or not self.several:
            return page
        path = page.split("#")[0].split("?")[0]
        if (path != "/" and not path.startswith(_NARROWED)) or f"{FIELD}=" in page:
            return page
        address, mark, place = page.partition("#")
        join = "&" if "?" in address else "?"
        return f"{address}{join}{FIELD}={self.chosen.slug}{mark}{place}"

    def rows(self, reading: Reading) -> tuple[Row, ...]:
        """The plans that the page speaks of, with their decisions."""
        return tuple(row for row in reading.plans if self.has(row["plan_iri"]))


def every(reading: Reading) -> Scope:
    """All plans."""
    return Scope(tuple(reading.plan_names.values()))


def scope_of(request: Request, reading: Data) -> Scope:
    """The plan that an address asks for.

    Raises:
        UnknownValue, AmbiguousValue: there is none of this name, or several.
    """
    asked = request.query_params.get(FIELD, "").strip()
    scope = every(reading)
    if asked:
        iri, _ = find("plan", asked, reading.dataset)
        scope = Scope(scope.plans, reading.plan_names[iri])
    request.state.scope = scope
    return scope


Scoped = Annotated[Scope, Depends(scope_of)]
