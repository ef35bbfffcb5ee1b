"""Addresses: one table of patterns, from which every IRI of the product is minted and read back.

IRIs are ASCII and lower case; a field is a *slug*. The table ``PATTERNS`` is the only place that
knows how an address looks, and the two directions cannot drift apart: ``parse(mint(kind, ...))``
gives back the kind and the fields.

A field may be the IRI of a parent (``task``, ``document`` ...): it is checked to be an address of
one of the kinds listed in ``PARENTS``.

Nothing here needs an RDF library, so that the command line starts quickly.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

#: The one place that says where the product's names live. The name is reserved in our own
#: documents only: it is not yet registered at w3id.org.
BASE = "https://w3id.org/cancu/"

#: kind -> pattern below BASE. A field in braces is a slug unless FIELDS or PARENTS say otherwise.
PATTERNS: Mapping[str, str] = {
    # vocabulary, lists, graphs
    "term": "ns#{term}",
    "shape": "shapes#{term}",
    "ontology_version": "ns/{version}",
    "scheme": "dm/{scheme}",
    "concept": "dm/{scheme}/{name}",
    "graph": "graph/{name}",
    "plan_graph": "graph/{name}/{place}/{year}/{key}",
    # documents and their parts
    "document": "id/vb/{issuer}/{kind}/{year}/{number}",
    "unnumbered": "id/vb/{issuer}/{kind}/chua-so/{month}/{key}",
    "chapter": "{document}/chuong-{label}",
    "article": "{document}/dieu-{label}",
    "clause": "{article}/khoan-{label}",
    "point": "{part}/diem-{letter}",
    "force_period": "{document}/hieu-luc/{name}",
    # a plan, its rows and their parts
    "plan": "id/ke-hoach/{place}/{year}/{key}",
    "plan_period": "{plan}/khoang",
    "section": "{plan}/phan/{section}",
    "task": "{plan}/nhiem-vu/{row}",
    "appendix": "{plan}/phu-luc-{appendix}",
    "review_item": "{plan}/phu-luc-{appendix}/muc-{row}",
    "inspection_target": "{plan}/phu-luc-{appendix}/{target}",
    "task_item": "{task}/muc-{item}",
    "participation": "{owner}/tham-gia/{role}-{n}",
    "time_limit": "{task}/thoi-han",
    "period": "{time_limit}/khoang",
    "further_period": "{time_limit}/khoang-{n}",
    "proposed_period": "{time_limit}/khoang-de-xuat",
    "product": "{task}/san-pham/{n}",
    "reference": "{owner}/vien-dan/{name}",
    # bodies and people
    "agency": "id/to-chuc/{place}/{name}",
    "place": "id/dvhc/{place}/{name}",
    "group": "id/nhom/{place}/{name}",
    "task_group": "id/nhom/{place}/{plan_key}/{row}/{name}",
    "person": "id/nguoi/{name}",
    "event": "id/su-kien/{place}/{name}",
    # the registry of documents
    "entry": "id/so-bo/{entry}",
    "reference_source": "id/nguon-tham-khao/{name}",
    # evidence and provenance
    "source": "id/nguon/{source}",
    "span": "id/chung-cu/{source}/c{start}-{end}",
    "position": "{span}/vi-tri",
    "quote": "{span}/trich",
    "claim": "id/khang-dinh/{digest}",
    "review": "id/xem-xet/{digest}",
    "run": "id/lan-chay/{digest}",
    "software": "id/phan-mem/{name}/{version}",
    "finding": "id/phat-hien/{source}/{code}-{start}",
}

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_INTEGER = r"0|[1-9][0-9]*"

#: Fields that are narrower than a slug (or, for a term, another thing).
FIELDS: Mapping[str, str] = {
    "term": r"[A-Za-z][A-Za-z0-9]*",
    # A document whose year nobody states still has an address.
    "year": r"[0-9]{4}|khong-ro",
    "month": r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|khong-ro",
    # "5", "5a", "35dd" (đ in Telex); see point_slug.
    "label": r"[0-9]+[a-z]{0,2}",
    "letter": r"[a-z]{1,2}[0-9]*",
    # "muc-…" belongs to review items: the two kinds of appendix row share a folder.
    "target": rf"(?!muc-){_SLUG}",
    "n": r"[1-9][0-9]*",
    "start": _INTEGER,
    "end": _INTEGER,
    "source": r"[0-9a-f]{8}",
    "digest": r"[0-9a-f]{12}",
    "version": r"[0-9a-z]+(?:[.-][0-9a-z]+)*",
}

DOCUMENTS = ("document", "unnumbered")
SUBDIVISIONS = ("article", "clause", "point")
#: What may be a task: a row of the plan table, a row of Appendix I, or a duty given in an article.
TASKS = ("task", "review_item", *SUBDIVISIONS)

#: Fields that hold the IRI of a parent, with the kinds of address they accept.
PARENTS: Mapping[str, tuple[str, ...]] = {
    "document": DOCUMENTS,
    "article": ("article",),
    "part": ("clause", "article"),
    "plan": ("plan",),
    "task": (*TASKS, "task_item"),
    "owner": (*TASKS, "task_item", "inspection_target", "plan", *DOCUMENTS),
    "time_limit": ("time_limit",),
    "span": ("span",),
}

_TELEX = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class AddressError(ValueError):
    """An address cannot be minted: see the two kinds below."""


class UnknownKind(AddressError):
    """No pattern has this name."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no address pattern is called {kind!r}; see cancu.ontology.iri.PATTERNS")
        self.kind = kind


class BadField(AddressError):
    """A field is missing, unknown to the pattern, or not of the form the pattern wants."""

    def __init__(self, kind: str, field: str, value: str | None) -> None:
        what = "is missing" if value is None else f"cannot be {value!r}"
        super().__init__(f"address of kind {kind!r}: field {field!r} {what}")
        self.kind = kind
        self.field = field
        self.value = value


@dataclass(frozen=True)
class Address:
    """An IRI taken apart: the name of its pattern and the fields, parents as whole IRIs."""

    kind: str
    fields: Mapping[str, str]


def slug(text: str) -> str:
    """Fold a Vietnamese text to ASCII: NFC, lower case, đ -> d, marks off, the rest to hyphens.

    Gives "" for a text without letters or digits. Tones are lost, so two names may collide
    (Hoàng Tân, Hoàng Tấn): the registry then chooses another name for one of them.
    """
    lowered = unicodedata.normalize("NFC", text).lower().replace("đ", "d")
    letters = (c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-")


def number_slug(number: str) -> str:
    """Fold the number of a document: ``61/2018/NĐ-CP`` -> ``61-2018-nd-cp``."""
    return slug(number)


def point_slug(letter: str) -> str:
    """Write the letter of a point (or "5đ" of an article) in Telex: đ -> dd, ă -> aw, d -> d.

    ``slug`` would fold điểm d and điểm đ to one address. Anything that is not a Vietnamese
    letter or a digit is left in place, for ``mint`` to refuse.
    """
    label = unicodedata.normalize("NFC", letter).strip().lower()
    return "".join(_TELEX.get(character, character) for character in label)


def row_slug(section: str | None, number: str, repeat: int = 1) -> str:
    """Name a row of a table: section "II", number "5." -> ``ii-5``; no section -> ``5``.

    ``repeat`` counts the rows that would have the same name: the second of them is ``ii-5-2``. A row
    without any label is ``khong-so``.
    """
    name = slug(f"{section or ''} {number}") or "khong-so"
    return name if repeat == 1 else f"{name}-{repeat}"


def appendix_slug(label: str) -> str:
    """Name an appendix by its number: "I" and "1" -> ``1``, "02" -> ``2``, "A" -> ``a``."""
    name = slug(label)
    if name.isdigit():
        return str(int(name))
    if not name or set(name) - set(_ROMAN):
        return name
    values = [_ROMAN[letter] for letter in name]
    following = [*values[1:], 0]
    return str(sum(-a if a < b else a for a, b in zip(values, following, strict=True)))


def digest12(*parts: str) -> str:
    """Give the first 12 hex digits of the sha256 of the parts joined by ``|``."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def mint(kind: str, /, **fields: str | int) -> str:
    """Make the IRI of a kind from its fields.

    Raises UnknownKind, or BadField for a field that is missing, not in the pattern, or not a slug
    (or whatever else the pattern wants there).
    """
    pattern = _pattern(kind)
    values = {name: str(value) for name, value in fields.items()}
    for name in sorted(pattern.names | values.keys()):
        value = values.get(name)
        if value is None or name not in pattern.names or not _accepts(name, value):
            raise BadField(kind, name, value)
    return pattern.template.format_map(values)


def parse(iri: str) -> Address | None:
    """Take an IRI apart, or give None if it follows no pattern of ours."""
    if not iri.startswith(BASE):
        return None
    for kind in PATTERNS:
        match = _pattern(kind).regex.fullmatch(iri)
        if match and all(_accepts(name, value) for name, value in match.groupdict().items()):
            return Address(kind, match.groupdict())
    return None


def concept_iri(scheme: str, name: str) -> str:
    """Give the IRI of a concept: ("vai-tro", "chu-tri") -> ``…/dm/vai-tro/chu-tri``."""
    return mint("concept", scheme=scheme, name=name)


def claim_iri(subject: str, predicate: str, obj: str, how: str) -> str:
    """Name a claim by its content, all four being whole IRIs, so that rebuilding keeps the name."""
    return mint("claim", digest=digest12(subject, predicate, obj, how))


def review_iri(claim: str, person: str, moment: str) -> str:
    """Name a review by the claim, the person (both IRIs) and the moment (xsd:dateTime)."""
    return mint("review", digest=digest12(claim, person, moment))


def source_key(sha256: str) -> str:
    """Shorten the sha256 of a file to the eight digits that stand in addresses."""
    return sha256.removeprefix("sha256:")[:8]


def span_iri(sha256: str, start: int, end: int) -> str:
    """Name the stretch of a source from code point ``start`` up to, but without, ``end``."""
    return mint("span", source=source_key(sha256), start=start, end=end)


def part_iri(
    document: str, article: str, clause: str | None = None, point: str | None = None
) -> str:
    """Name a part of a document by its printed labels: điều "5a", khoản "2", điểm "đ"."""
    part = mint("article", document=document, label=point_slug(article))
    if clause is not None:
        part = mint("clause", article=part, label=point_slug(clause))
    if point is not None:
        part = mint("point", part=part, letter=point_slug(point))
    return part


@dataclass(frozen=True)
class _Pattern:
    """A row of the table, compiled."""

    template: str
    names: frozenset[str]
    regex: re.Pattern[str]


@cache
def _pattern(kind: str) -> _Pattern:
    """Compile a row of the table when it is first used."""
    if kind not in PATTERNS:
        raise UnknownKind(kind)
    row = PATTERNS[kind]
    # A parent brings BASE with it.
    template = row if row.startswith("{") else BASE + row
    names: list[str] = []
    expression = ""
    for literal, name, _, _ in Formatter().parse(template):
        expression += re.escape(literal)
        if name is not None:
            names.append(name)
            expression += f"(?P<{name}>{_form(name)})"
    return _Pattern(template, frozenset(names), re.compile(expression))


def _form(name: str) -> str:
    """Give the regular expression of a field; a parent is any text here, checked by _accepts."""
    return ".+" if name in PARENTS else FIELDS.get(name, _SLUG)


def _accepts(name: str, value: str) -> bool:
    """Say whether the value may stand for the field."""
    if name not in PARENTS:
        return re.fullmatch(_form(name), value) is not None
    parent = parse(value)
    return parent is not None and parent.kind in PARENTS[name]
