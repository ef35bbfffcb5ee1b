"""Quotes on pages: what was said, and where each piece of it stands in its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cancu.graph.dataset import Row
from cancu.ontology.iri import parse
from cancu.web.addresses import page_of


@dataclass(frozen=True, order=True)
class Place:
    """A span of a source."""

    source: str
    start: int
    end: int

    @property
    def page(self) -> str:
        """Where the words are lit in the document."""
        return f"/tai-lieu/{self.source}#c{self.start}-{self.end}"


@dataclass(frozen=True)
class Quote:
    """Words as stated, with the places they were read from."""

    text: str
    places: tuple[Place, ...]


def place_of(span_iri: object) -> Place | None:
    """The place that the address of a span names."""
    return _place(str(span_iri or ""))


@lru_cache(maxsize=1 << 15)
def _place(iri: str) -> Place | None:
    address = parse(iri)
    if address is None or address.kind != "span":
        return None
    fields = address.fields
    return Place(fields["source"], int(fields["start"]), int(fields["end"]))


def quote_of(rows: Iterable[Row]) -> Quote:
    """The words of rows that differ in their span only."""
    kept = list(rows)
    places = {place for place in (place_of(row["span_iri"]) for row in kept) if place}
    return Quote(str(kept[0]["words"] or ""), tuple(sorted(places)))


def grouped(rows: Iterable[Row], *keys: str) -> list[list[Row]]:
    """Rows with the same values of `keys` together, in the order of first appearance."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(found.values())


@dataclass(frozen=True)
class Link:
    """A label that leads to a page (or to none)."""

    label: str
    iri: str

    @property
    def page(self) -> str | None:
        """The page of the thing."""
        return page_of(self.iri)
