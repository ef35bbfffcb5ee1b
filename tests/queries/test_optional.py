"""What one OPTIONAL may leave open must not be all that joins the next one.

`OPTIONAL { ?task :limit ?limit } OPTIONAL { ?limit :latest ?day }` gives a task without a limit the days of all limits: the
second belongs inside of the first.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Variable

from cancu.queries.catalogue import questions
from cancu.queries.pages import page_query

PAGES = sorted(
    f.name[:-3] for f in files("cancu.queries.pages").iterdir() if f.name.endswith(".rq")
)

ASKED = "_asked"
"""How the variables end that the values of a question are bound to."""


def surely_bound(part: Any) -> set[Variable]:
    """The variables that every solution of a part of the algebra binds."""
    match part.name:
        case "BGP":
            return {
                term for triple in part.triples for term in triple if isinstance(term, Variable)
            }
        case "Join":
            return surely_bound(part.p1) | surely_bound(part.p2)
        case "LeftJoin" | "Minus":
            return surely_bound(part.p1)
        case "Union":
            return surely_bound(part.p1) & surely_bound(part.p2)
        case "Extend":
            inner = surely_bound(part.p)
            sure = part.expr in inner if isinstance(part.expr, Identifier) else False
            return inner | ({part.var} if sure or not isinstance(part.expr, Variable | CompValue) else set())  # fmt: skip
        case "Project":
            return surely_bound(part.p) & set(part.PV)
        case "values":
            return set.intersection(*(set(row) for row in part.res)) if part.res else set()
        case "AggregateJoin":
            inner = surely_bound(part.p.p)
            # What it is grouped by comes out as the sample of a group.
            keys = (a for a in part.A if a.name == "Aggregate_Sample")
            return {key.res for key in keys if key.vars in inner}
    return surely_bound(part.p) if isinstance(part.get("p"), CompValue) else set()


def mentioned(part: Any) -> set[Variable]:
    """The variables that a part of the algebra can bind or read; a subquery only gives what it selects."""
    if isinstance(part, Variable):
        return {part}
    if isinstance(part, CompValue):
        if part.name == "Project":
            return set(part.PV)
        return set().union(*(mentioned(v) for k, v in part.items() if k != "_vars"))
    if isinstance(part, dict | list | tuple):
        return set().union(*(mentioned(inner) for inner in part))
    return set()


def open_joins(part: Any) -> Iterator[set[Variable]]:
    """The variables that join an OPTIONAL to what stands before it, where none of them is surely bound there."""
    if isinstance(part, CompValue):
        if part.name == "LeftJoin":
            shared = mentioned(part.p1) & mentioned(part.p2)
            sure = surely_bound(part.p1) | {v for v in shared if v.endswith(ASKED)}
            perhaps = (shared - sure) & surely_bound(part.p2)
            if perhaps and not shared & sure:
                yield perhaps
        part = [value for key, value in part.items() if key != "_vars"]
    if isinstance(part, list | tuple):
        for inner in part:
            yield from open_joins(inner)


@pytest.mark.parametrize("code", list(questions()))
def test_questions(code: str) -> None:
    assert not list(open_joins(prepareQuery(questions()[code].sparql).algebra))


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    assert not list(open_joins(prepareQuery(page_query(name)).algebra))


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("?t a <x:T> OPTIONAL { ?t <x:l> ?l } OPTIONAL { ?l <x:d> ?d }", [{"l"}]),
        ("?t a <x:T> OPTIONAL { ?t <x:l> ?l OPTIONAL { ?l <x:d> ?d } }", []),
        ("?t a <x:T> OPTIONAL { ?t <x:l> ?l } OPTIONAL { ?l <x:d> ?d ; <x:of> ?t }", []),
        ("{ ?t <x:a> ?l } UNION { ?t <x:b> ?m } OPTIONAL { ?l <x:d> ?d }", [{"l"}]),
        ("?t <x:a> ?u BIND(?u AS ?l) OPTIONAL { ?l <x:d> ?d }", []),
    ],
)
def test_what_is_found(where: str, found: list[set[str]]) -> None:
    algebra = prepareQuery(f"SELECT * WHERE {{ {where} }}").algebra
    assert [{str(v) for v in variables} for variables in open_joins(algebra)] == found
