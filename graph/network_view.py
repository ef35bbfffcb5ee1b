"""Which part of the coordination network is looked at, and from where."""

from dataclasses import dataclass

OFFICE_TASK, OFFICE_OFFICE, OFFICE_DOCUMENT, INSPECTION = (
    "co-quan-nhiem-vu",
    "co-quan-co-quan",
    "co-quan-van-ban",
    "kiem-tra",
)
PROJECTIONS = (OFFICE_TASK, OFFICE_OFFICE, OFFICE_DOCUMENT, INSPECTION)
WAYS = ("named", "group", "possible")
"""The ways of taking part, from the surest; never added up."""
TIERS = ("cited", "confirmed", "suggested", "general")


@dataclass(frozen=True)
class View:
    """A look at the network. What is empty narrows nothing.

    Attributes:
        projection: one of PROJECTIONS.
        plan: address of a plan.
        period: first and last ISO day; tasks whose words give them time in it. The others are counted as left out.
        section: address of a section of a plan.
        roles: codes of the roles that a body has in its tasks ("lead", "coordinate", "review", "duty", …); they do not
            count between offices, where one always leads and the other coordinates.
        ways: some of WAYS.
        tiers: some of TIERS, for documents.
        groups: whether groups are taken apart into their members; else a group is one node, as the document writes it.
        focus: address of the node to look from, and `steps` how many edges away one sees.
    """

    projection: str = OFFICE_TASK
    plan: str = ""
    period: tuple[str, str] | None = None
    section: str = ""
    roles: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    groups: bool = True
    focus: str = ""
    steps: int = 1

    def has_role(self, role: str) -> bool:
        """Whether a role is looked at."""
        return not self.roles or role in self.roles

    def has_way(self, way: str) -> bool:
        """Whether a way is looked at."""
        return not self.ways or way in self.ways

    def has_tier(self, tier: str) -> bool:
        """Whether a tier is looked at."""
        return not self.tiers or tier in self.tiers
