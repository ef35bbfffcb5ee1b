"""Many plans, quickly: the built-in plan again and again under other addresses.

Five plans share a place, with its bodies and groups, as plans of five years would; what the registries say of the place is
there for each. Words, and so the shape of every answer, are those of the built-in plan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cancu.ontology.iri import BASE

PER_PLACE = 5
_HASHED = re.compile(rb"id/(khang-dinh|lan-chay)/([0-9a-f]{12})")
"""A claim, or the run that made it."""
_OWN_GRAPH = re.compile(rb"<[^>]*/graph/(?:nguon|khang-dinh|suy-dien)/[^>]*> \.\n$")
_PLACE, _KEY, _SOURCE = b"chi-linh", b"kstthc-mot-cua", b"2b5fa963"
_OF_PLACE = re.compile(rb"<" + re.escape(f"{BASE}id/".encode()) + rb"[a-z-]+/chi-linh/")


@dataclass(frozen=True)
class Pattern:
    """The triples of the built-in plan, by what is done with them for each further plan.

    Attributes:
        shared: once for all.
        place: once for each place.
        own: once for each plan.
        hashed: the claims that the plan itself makes and the run that made them; those of the registries keep their address.
    """

    shared: tuple[bytes, ...]
    place: tuple[bytes, ...]
    own: tuple[bytes, ...]
    hashed: frozenset[bytes]


def read_pattern(dump: Path) -> Pattern:
    """The pattern in the dump of a snapshot that holds the built-in plan alone."""
    shared: set[bytes] = set()
    place: set[bytes] = set()
    own: set[bytes] = set()
    hashed: set[bytes] = set()
    with dump.open("rb") as lines:
        for line in lines:
            triple = line.rsplit(b" ", 2)[0] + b" .\n"
            if _OWN_GRAPH.search(line):
                own.add(triple)
                hashed |= {found[2] for found in _HASHED.finditer(triple.split(b" ", 1)[0])}
            elif _OF_PLACE.search(triple):
                place.add(triple)
            else:
                shared.add(triple)
    return Pattern(
        tuple(sorted(shared)), tuple(sorted(place)), tuple(sorted(own)), frozenset(hashed)
    )


def triples(pattern: Pattern, plans: int) -> Iterator[bytes]:
    """What so many plans say, merged, as N-Triples; a triple that two plans of a place share comes twice."""
    yield from pattern.shared
    for number in range(plans):
        if number % PER_PLACE == 0:
            yield from (_placed(line, number) for line in pattern.place)
        for line in pattern.own:
            yield _own(line, number, pattern.hashed)


def _placed(line: bytes, number: int) -> bytes:
    return line.replace(_PLACE, b"noi-%d" % (number // PER_PLACE)) if number else line


def _own(line: bytes, number: int, hashed: frozenset[bytes]) -> bytes:
    if not number:
        return line
    # Addresses only: the words of the plan stay what they are.
    subject, predicate, value = line.split(b" ", 2)
    if value.startswith(b'"'):
        return b" ".join((_renamed(subject, number, hashed), predicate, value))
    return _renamed(line, number, hashed)


def _renamed(part: bytes, number: int, hashed: frozenset[bytes]) -> bytes:
    key, source = b"%s-%d" % (_KEY, number), b"%08x" % number
    placed = _placed(part.replace(_KEY, key).replace(_SOURCE, source), number)

    def address(found: re.Match[bytes]) -> bytes:
        own = found[2] in hashed
        return b"id/%s/%012x" % (found[1], int(found[2], 16) ^ number << 24) if own else found[0]

    return _HASHED.sub(address, placed)
