"""The proof of a task: on which documents it rests, tier by tier, with the words of both sides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cancu.graph.dataset import Row
from cancu.web.addresses import claim_anchor
from cancu.web.law import NOTHING_KNOWN, Force, Step, Verdict, into, replacers
from cancu.web.reading import Reading
from cancu.web.words import Link, Place, Quote, grouped, place_of, quote_of

TIERS = ("cited", "confirmed", "suggested", "general")


@dataclass(frozen=True)
class Side:
    """Words of a document that match: what stands before and after them, and where in it they are."""

    before: str
    words: str
    after: str
    place: Place | None
    parts: tuple[Link, ...]
    """The articles they are of; none for the title."""


@dataclass(frozen=True)
class Basis:
    """A document the task rests on in one tier, with the claim that says so and all there is to say of it on a day."""

    anchor: str
    tier: str
    item: str
    document: Link
    title: str
    in_plan: bool
    how: str
    review: str
    verdicts: tuple[Verdict, ...]
    strength: str
    topics: tuple[str, ...]
    quote: Quote
    """The task's side."""
    sides: tuple[Side, ...]
    """The document's side."""
    claim: Link
    force: Force
    replaced: tuple[Step, ...]
    chain: dict[str, list[Step]]

    @property
    def digits(self) -> str:
        """The last part of the claim's address: what `cancu review` takes."""
        return self.claim.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Proof:
    """All bases of a task: of its own by tier, of its items, and those that its plan does not cite."""

    tiers: dict[str, list[Basis]]
    """Tier -> bases of the task; suggestions here are of documents that the preamble names."""
    uncited: list[Basis]
    """Suggestions of documents that the plan does not cite."""
    items: list[list[Basis]]
    """Suggestions of the items, an inner list an item."""


def proof_of(reading: Reading, task: str, day: str) -> Proof:
    """The proof of the task with this address, with the force of its documents on an ISO day."""
    rows = _rows(reading, task)
    general = {str(row["document_iri"]) for row in rows if row["tier"] == "general"}
    bases = [
        _basis(reading, same, general, day)
        for same in grouped(rows, "tier", "subject_iri", "document_iri", "claim_iri")
    ]
    own = [basis for basis in bases if not basis.item]
    told = {basis.document.iri for basis in own if basis.tier != "general"}
    tiers: dict[str, list[Basis]] = {tier: [] for tier in TIERS}
    for basis in own:
        hidden = basis.tier == "suggested" and not basis.in_plan
        if not hidden and not (basis.tier == "general" and basis.document.iri in told):
            tiers[basis.tier].append(basis)
    tiers["general"].sort(key=lambda basis: basis.quote.places)
    return Proof(
        tiers,
        [basis for basis in own if basis.tier == "suggested" and not basis.in_plan],
        _by_item([basis for basis in bases if basis.item]),
    )


def _rows(reading: Reading, task: str) -> list[Row]:
    """The bases with what their claims rest on, a row a span, topic and part."""
    claims: dict[object, list[Row]] = defaultdict(list)
    for row in reading.rows("proof_claims", task=task):
        claims[row["claim_iri"]].append(row)
    found = [
        {**row, **details}
        for row in reading.rows("proof_bases", task=task)
        for details in claims[row["claim_iri"]]
    ]
    return sorted(found, key=_place_of)


def _place_of(row: Row) -> tuple[int, tuple[str, ...]]:
    """Where a row stands: by tier, item, document and topic."""
    return int(row["rank"] or 0), tuple(
        str(row[name] or "") for name in ("item", "document", "topic_iri")
    )


def _by_item(bases: Sequence[Basis]) -> list[list[Basis]]:
    numbers = sorted({basis.item for basis in bases}, key=lambda n: (len(n), n))
    return [[basis for basis in bases if basis.item == number] for number in numbers]


def _basis(reading: Reading, rows: list[Row], general: set[str], day: str) -> Basis:
    first = rows[0]
    document = str(first["document_iri"])
    claim = Link("", str(first["claim_iri"]))
    force = reading.force(day)
    told = [row for row in rows if not row["of_document"]] or rows
    return Basis(
        anchor=claim_anchor(claim.iri),
        tier=str(first["tier"]),
        item=str(first["item"] or ""),
        document=Link(str(first["document"]), document),
        title=str(first["title"] or ""),
        in_plan=document in general,
        how=str(first["how"]),
        review=str(first["review"]),
        verdicts=reading.verdicts.get(claim.iri, ()),
        strength=str(first["strength"] or ""),
        topics=tuple(dict.fromkeys(str(row["topic_iri"]) for row in rows if row["topic_iri"])),
        quote=quote_of(told),
        sides=_sides(reading, rows) if first["tier"] == "suggested" else (),
        claim=claim,
        force=force.get(document, NOTHING_KNOWN),
        replaced=tuple(replacers(reading.steps, document, force)),
        chain=into(reading.steps, document, force),
    )


def _sides(reading: Reading, rows: Sequence[Row]) -> tuple[Side, ...]:
    """The document's words, each with its article unless the title has them."""
    title = str(rows[0]["title"] or "").casefold()
    found = []
    for same in grouped([row for row in rows if row["of_document"]], "span_iri"):
        span = str(same[0]["span_iri"])
        before, words, after = reading.sides.get(span, ("", "", ""))
        found.append(
            Side(
                before=before,
                words=words,
                after=after,
                place=place_of(span),
                parts=() if words.casefold() in title else _parts(rows, words),
            )
        )
    return tuple(found)


def _parts(rows: Sequence[Row], words: str) -> tuple[Link, ...]:
    """The articles whose recorded words have these; all that the claim names where none is sure."""
    named = [row for row in rows if row["part_iri"]]
    sure = [row for row in named if words.casefold() in str(row["part_words"] or "").casefold()]
    return tuple(
        dict.fromkeys(Link(str(row["part"]), str(row["part_iri"])) for row in sure or named)
    )
