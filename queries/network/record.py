"""Networks and measures as plain values for JSON, and measures as lines of text."""

import csv
import io
from collections.abc import Callable
from typing import Any

from cancu.graph.measured import Cell, Column
from cancu.graph.network import Network, View
from cancu.graph.network_facts import Facts
from cancu.ontology.network import EDGES, NODES, VIEWS, Kind, kinds
from cancu.ontology.network import WAYS as WAY_KINDS
from cancu.queries.formats.lines import safe
from cancu.queries.network.measure import Outcome
from cancu.queries.network.say import (
    in_text,
    left_out_words,
    name_of,
    notes,
    part_words,
    view_words,
)
from cancu.queries.network.view import view_fields

MAX_EDGES = 20_000
"""Edges that JSON gives; more are cut off and said to be."""

Page = Callable[[str], str | None]
"""From the address of a thing to that of its page."""


def no_page(iri: str) -> str | None:
    """Where there are no pages."""
    return None


def network_as_json(
    network: Network, facts: Facts, view: View, page: Page = no_page
) -> dict[str, Any]:
    """Nodes, edges and what is drawn how; the nodes of the edges that are given, and those without any."""
    edges = [
        {"source": source, "target": target, "key": key, **edge}
        for source, target, key, edge in network.edges(keys=True, data=True)
    ]
    given = edges[:MAX_EDGES]
    ends = {iri for edge in given for iri in (edge["source"], edge["target"])}
    nodes = [
        {"iri": iri, **node, "page": page(iri)}
        for iri, node in network.nodes(data=True)
        if iri in ends or not network.degree[iri]
    ]
    left_out = network.graph["left_out"]
    return {
        "view": view_fields(view),
        "view_vi": view_words(facts, view, "vi"),
        "view_en": view_words(facts, view, "en"),
        "nodes": nodes,
        "edges": given,
        "total_nodes": network.number_of_nodes(),
        "total_edges": len(edges),
        "truncated": len(given) < len(edges),
        "groups_kept": network.graph["groups_kept"],
        "left_out": dict(left_out),
        "left_out_vi": left_out_words(left_out, "vi"),
        "left_out_en": left_out_words(left_out, "en"),
        "kinds": {scheme: _drawn(scheme) for scheme in (VIEWS, NODES, WAY_KINDS, EDGES)},
        "snapshot": network.graph["version"],
    }


def _drawn(scheme: str) -> dict[str, dict[str, Any]]:
    return {code: _kind(kind) for code, kind in kinds(scheme).items()}


def _kind(kind: Kind) -> dict[str, Any]:
    return {name: value for name, value in vars(kind).items() if value and name != "code"}


def outcome_as_json(outcome: Outcome, page: Page = no_page) -> dict[str, Any]:
    """A measure with its definition, its rows, and what is said beside it."""
    found, facts = outcome.definition, outcome.facts
    return {
        "measure": {
            "code": found.code,
            "address": found.address,
            "title_vi": found.title.vi,
            "title_en": found.title.en,
            "definition_vi": found.meaning.vi,
            "definition_en": found.meaning.en,
        },
        "view": view_fields(outcome.view),
        "view_vi": part_words(facts, outcome.view, "vi"),
        "view_en": part_words(facts, outcome.view, "en"),
        "pair": {
            field: [_thing(facts, iri, page) for iri in iris]
            for field, iris in outcome.pair.items()
        },
        "columns": [
            {"name": c.name, "type": c.type, "label_vi": c.label.vi, "label_en": c.label.en}
            for c in found.columns
        ],
        "rows": [
            {c.name: _cell(facts, c, row, page) for c in found.columns} for row in outcome.rows
        ],
        "notes_vi": notes(outcome, "vi"),
        "notes_en": notes(outcome, "en"),
        "total": len(outcome.every),
        "truncated": outcome.truncated,
        "snapshot": facts.version,
    }


def _cell(facts: Facts, column: Column, row: dict[str, Cell], page: Page) -> object:
    cell = row[column.name]
    if column.type == "sentence":
        return {language: in_text(facts, column, row, language) for language in ("vi", "en")}
    if column.type in ("body", "task"):
        return _thing(facts, str(cell), page)
    if isinstance(cell, tuple):
        return [
            [_thing(facts, iri, page) for iri in one]
            if isinstance(one, tuple)
            else _thing(facts, one, page)
            for one in cell
        ]
    return cell


def _thing(facts: Facts, iri: str, page: Page) -> dict[str, str | None]:
    return {"iri": iri, "label": name_of(facts, iri), "page": page(iri)}


def outcome_as_csv(outcome: Outcome, language: str) -> bytes:
    """A measure as lines with commas (RFC 4180): codes as codes, things by name, lists in one cell; a column of addresses beside
    each column of one thing.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    columns = outcome.definition.columns
    writer.writerow(
        name for c in columns for name in (c.name, *([f"{c.name}_iri"] if _is_thing(c) else []))
    )
    for row in outcome.rows:
        values: list[str | int | None] = []
        for c in columns:
            values += _csv_cells(outcome.facts, c, row, language)
        writer.writerow(safe(values))
    return stream.getvalue().encode()


def _csv_cells(
    facts: Facts, column: Column, row: dict[str, Cell], language: str
) -> list[str | int | None]:
    cell = row[column.name]
    if _is_thing(column):
        return [name_of(facts, str(cell)), str(cell)]
    if isinstance(cell, tuple):
        return [in_text(facts, column, row, language)]
    return [cell if isinstance(cell, int) else str(cell)]


def _is_thing(column: Column) -> bool:
    return column.type in ("body", "task")
