"""What a search found, as pages and programs show it: each thing with the page it leads to."""

from dataclasses import dataclass
from typing import Any

from cancu.queries.codes import in_words
from cancu.queries.search import Hit, Result, Suggestions
from cancu.web.addresses import page_of, passage_page
from cancu.web.scope import Scope


def page_of_hit(hit: Hit, scope: Scope) -> str:
    """Where something found is shown; a passage, in the reader of its source."""
    if hit.kind == "passage":
        return passage_page(hit.iri.rsplit("/", 1)[-1], hit.start)
    return scope.keep(page_of(hit.iri)) or ""


@dataclass(frozen=True)
class Shown:
    """A hit with its page, and its plan where several are shown."""

    hit: Hit
    page: str
    plan: str


def shown(hit: Hit, scope: Scope) -> Shown:
    """A hit as a page shows it."""
    return Shown(hit, page_of_hit(hit, scope), scope.named(hit.plan))


def result_as_json(result: Result, scope: Scope, language: str) -> dict[str, Any]:
    """A result with the pages of what was found."""
    found = result.as_json()
    groups = [
        {
            **group,
            "name": in_words("found", group["kind"], language),
            "hits": [_with_page(hit, scope) for hit in hits.hits],
        }
        for group, hits in zip(found["groups"], result.groups, strict=True)
    ]
    near = found["nearest"]
    if near:
        near["things"] = [_with_page(hit, scope) for hit in result.things]
    exact = _with_page(result.best, scope) if result.best else None
    return {**found, "exact": exact, "groups": groups, "nearest": near}


def suggestions_as_json(found: Suggestions, scope: Scope, language: str) -> dict[str, Any]:
    """Suggestions with their pages and the names of their kinds."""
    return {
        "query": found.text,
        "suggestions": [
            {
                **_with_page(hit, scope),
                "name": in_words("found", hit.kind, language),
                "plan_name": scope.named(hit.plan),
            }
            for hit in found.hits
        ],
        "queries": list(found.queries),
    }


def _with_page(hit: Hit, scope: Scope) -> dict[str, Any]:
    return {**hit.as_json(), "page": page_of_hit(hit, scope)}
