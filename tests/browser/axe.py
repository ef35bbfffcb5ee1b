"""The checks of axe-core (WCAG 2.2 A and AA, and its best practices) on a page that is open."""

from collections.abc import Collection
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[2] / "web/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults_by_axe(page: Page, *, but: Collection[str] = ()) -> list[tuple[str, list[str]]]:
    """The rules that are broken, `but` some, each with where; an error if hardly any was held."""
    page.evaluate(SCRIPT.read_text("utf-8"))
    found = page.evaluate("(rules) => axe.run({ runOnly: rules })", RULES)
    assert len(found["passes"]) > 20
    return [
        (v["id"], [n["html"][:120] for n in v["nodes"]])
        for v in found["violations"]
        if v["id"] not in but
    ]
