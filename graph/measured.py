"""What a measure of the network gives: rows of plain values, and the data file that says what they mean (measures.toml)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cancu.graph.network_facts import Facts
from cancu.ontology.bilingual import Words

Cell = str | int | float | tuple[str, ...] | tuple[tuple[str, ...], ...]
"""An address, a code, a number; several addresses; several pairs or lists of addresses."""
Measured = list[dict[str, Cell]]


@dataclass(frozen=True)
class Column:
    """A column of a measure.

    `type` is what its cells hold: "body", "bodies", "task", "tasks" (addresses); "via", "role", "selection", "conflict", "side",
    "share" (codes); "integer", "number", "text"; "quarter" ("2023-Q2"); "pairs" (pairs of bodies); "sentence" (a path in words).
    """

    name: str
    type: str
    label: Words


@dataclass(frozen=True)
class Definition:
    """What a measure is: `code` is its name in the command, `address` in addresses."""

    code: str
    address: str
    title: Words
    meaning: Words
    columns: tuple[Column, ...]


@cache
def definitions() -> Mapping[str, Definition]:
    """The measures by code, in their order."""
    text = files("cancu.graph").joinpath("measures.toml").read_text("utf-8")
    return {
        code: Definition(
            code=code,
            address=said["address"],
            title=Words(**said["title"]),
            meaning=Words(**said["definition"]),
            columns=tuple(
                Column(name, kind, Words(vi, en))
                for name, (kind, vi, en) in said["columns"].items()
            ),
        )
        for code, said in tomllib.loads(text).items()
    }


def in_reading_order(facts: Facts, tasks: Iterable[str]) -> tuple[str, ...]:
    """Tasks in the order of their plans."""
    return tuple(
        sorted({iri for iri in tasks if iri in facts.places}, key=facts.places.__getitem__)
    )


def by_name(facts: Facts, bodies: Iterable[str]) -> tuple[str, ...]:
    """Bodies by their names."""
    return tuple(sorted(set(bodies), key=lambda iri: (facts.names.get(iri, ""), iri)))
