"""Which documents are the same, and which is a newer version of which.

- The same bytes, or the same words in another format, are one document under several names.
- A document with the address, issuer, kind and number of another and other words is another version of it; where the
  number or the issuer is not known, its title must be the same too. The one given last counts; the older ones stay, marked, and out of every count.
- An address that two different documents would have (bodies that sign at one place under one number) is given to the
  first; the other is refused with that reason, because their facts would be taken for each other's.
"""

from collections.abc import Sequence
from dataclasses import replace

from cancu.graph.parts import Part
from cancu.graph.snapshot import Entry, LeftOut
from cancu.ontology.iri import slug

Identity = tuple[str, str, str, str]


def identity(entry: Entry) -> Identity:
    """What two versions of one document have in common."""
    issuer, title = slug(entry.issuer or ""), slug(entry.title or entry.source)
    # Only an issuer makes a number one document's: several bodies sign at one place.
    name = slug(entry.number) if entry.number and issuer else f"{slug(entry.number or '')} {title}"
    return entry.plan, issuer, slug(entry.kind or ""), name


def arrange(parts: Sequence[Part], before: int = 0) -> tuple[list[Part], list[LeftOut]]:
    """The documents with their other names and versions, and those refused.

    The first `before` parts were there already: a version among them that is given again is the latest again.
    """
    left_out: list[LeftOut] = []
    latest: dict[str, Part] = {}
    named: dict[str, Entry] = {}
    fine: list[Part] = []
    for part in _once(parts, before):
        first = named.setdefault(part.entry.plan, part.entry)
        if identity(first) != identity(part.entry):
            left_out.append(_clash(part.entry, first))
            continue
        fine.append(part)
        latest[part.entry.plan] = part
    return [_marked(part, latest[part.entry.plan]) for part in fine], left_out


def _once(parts: Sequence[Part], before: int) -> list[Part]:
    """Each document once, where it was first given; but where an older version is given again, at the end."""
    found: dict[str, Part] = {}
    same: dict[str, str] = {}
    for position, part in enumerate(parts):
        entry = part.entry
        key = same.get(entry.sha256) or same.get(entry.text) or entry.sha256
        same.setdefault(entry.sha256, key)
        if entry.text:
            same.setdefault(entry.text, key)
        if key not in found:
            found[key] = part
            continue
        old = found[key].entry
        names = dict.fromkeys((*old.also, entry.name or entry.source, *entry.also))
        names.pop(old.name or old.source, None)
        again = replace(found[key], entry=replace(old, also=tuple(names)))
        if position >= before and old.replaced_by:
            del found[key]
        found[key] = again
    return list(found.values())


def _marked(part: Part, latest: Part) -> Part:
    by = "" if part is latest else latest.entry.sha256
    return (
        part
        if part.entry.replaced_by == by
        else replace(part, entry=replace(part.entry, replaced_by=by))
    )


def _clash(entry: Entry, other: Entry) -> LeftOut:
    name, first = entry.name or entry.source, other.name or other.source
    return LeftOut(
        name,
        f"trùng địa chỉ với {first} nhưng khác cơ quan ban hành, loại hoặc tên; chưa phân biệt được hai văn bản này",
        f"has the address of {first} but another issuer, kind or title; the two cannot be told apart yet",
    )
