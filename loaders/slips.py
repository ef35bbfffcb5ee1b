"""Slips of the pen, found and kept: each is a finding, and nothing is corrected."""

from collections.abc import Sequence

from cancu.loaders.plan import Finding, Plan
from cancu.loaders.tables import Content


def find_slips(plan: Plan, contents: Sequence[Content], earlier: Sequence[Finding]) -> Plan:
    return plan
