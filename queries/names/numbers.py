"""Documents by their number, however it is typed: "NĐ 61", "61-2018-ND-CP", "Thông tư 01/2018 của VPCP"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from cancu.ontology.iri import parse, slug
from cancu.ontology.load import settings
from cancu.queries.names.bodies import words_of
from cancu.queries.names.patterns import compiled, load, one_of, written
from cancu.queries.names.things import Thing, agree
from cancu.queries.names.typed import Token, Typed, plain, read_typed

_NUMBER = re.compile(r"(?P<n>\d+(?:\.\d+)?)[a-z]?(?:/(?P<y>\d{4}))?[/-](?P<series>[^\W\d_].*)")
_CUT = re.compile(r"[/-]\w")
"""What a number never ends before: of "61/18" nobody knows the year."""

_LONGEST_ISSUER = 8


@dataclass(frozen=True)
class Numbered:
    """A document of the graph by the parts of its number and address."""

    thing: Thing
    number: str
    year: int | None
    kind: str
    series: tuple[str, ...]
    issuer: str


@dataclass(frozen=True)
class Asked:
    """What a typed number says; what it does not say is empty.

    Attributes:
        number: without leading noughts.
        kinds: kinds of documents, as in addresses, that the word before it may mean.
        holder, series: the letters before and after it, as typed.
        sure: whether it can be nothing but the number of a document: a bare "61" is any number.
        loose: whether it is a bare number after a word that is not only a kind of document: "báo cáo 6 tháng".
        start, end: where it stands in the shape.
    """

    number: str
    year: int | None
    kinds: frozenset[str]
    holder: tuple[str, ...]
    series: tuple[str, ...]
    issuers: frozenset[str]
    sure: bool
    loose: bool
    start: int
    end: int


class Numbers:
    """The numbers of a dataset's documents."""

    def __init__(self, documents: Sequence[Thing], bodies: Sequence[Thing]) -> None:
        """`bodies`: among them those that issue documents."""
        self._by_number: dict[str, list[Numbered]] = defaultdict(list)
        for thing in documents:
            numbered = _numbered(thing)
            if numbered:
                self._by_number[numbered.number].append(numbered)
        self._bodies = bodies

    def find(self, asked: Asked) -> list[Thing]:
        """The documents that a typed number may mean."""
        return [d.thing for d in self._by_number.get(asked.number, ()) if _fits(asked, d)]

    def of_number(self, typed: Typed) -> list[Thing]:
        """The documents with the first number in a text, of whatever kind and year."""
        first = next((t.text for t in typed.tokens if t.text.isdigit()), "")
        return [d.thing for d in self._by_number.get(first.lstrip("0"), ())]

    def read(self, typed: Typed, start: int = 0) -> Asked | None:
        """The number that begins at a place of the shape, as far as it goes."""
        match = _start().match(typed.shape, start)
        if not match or match.end("n") not in typed.ends:
            return None
        number, _, part = match["n"].partition(".")
        kinds = _kinds_of(match["kind"])
        asked = Asked(
            number=f"{int(number)}.{part}" if part else str(int(number)),
            year=None,
            kinds=kinds,
            holder=words_of(match["holder"] or ""),
            series=(),
            issuers=frozenset(),
            sure=bool(match["kind"]),
            loose=bool(kinds) and kinds <= _loose_kinds() and not match["no"],
            start=match.start(),
            end=match.end(),
        )
        dated = _with_year(typed, asked)
        lettered = _with_year(typed, self._with_series(typed, dated))
        # Of "QĐ 263 UBND tỉnh Hải Dương" the end is an issuer, of "QĐ 263 UBND" a part of the number.
        found = max((self._with_issuer(typed, a) for a in (dated, lettered)), key=lambda a: a.end)
        if _CUT.match(typed.shape, found.end):
            return None
        return replace(found, loose=found.loose and found.year is None and not found.series)

    def _with_series(self, typed: Typed, asked: Asked) -> Asked:
        """The letters after a number: any that are joined to it, after blanks only those that some number has."""
        words: list[str] = []
        at, end = typed.ends.get(asked.end, len(typed.tokens)), asked.end
        while at < len(typed.tokens):
            token = typed.tokens[at]
            gap = typed.shape[end : token.start]
            if not self._goes_on(typed, at, gap, bool(words)):
                break
            words.append(token.text)
            at, end = at + 1, token.end
        return replace(asked, series=tuple(words), sure=asked.sure or bool(words), end=end)

    def _goes_on(self, typed: Typed, at: int, gap: str, begun: bool) -> bool:
        token = typed.tokens[at]
        if token.text.isdigit():
            return begun and not gap
        if gap in ("-", "/", ".") or (begun and gap in ("&", "")):
            return True
        if gap.strip() not in ("-", "/", "&", "") or token.plain not in self._known:
            return False
        follows = typed.tokens[at + 1] if at + 1 < len(typed.tokens) else None
        opens_next = bool(gap) and not gap.strip() and follows and follows.text.isdigit()
        return not opens_next

    @cached_property
    def _known(self) -> frozenset[str]:
        """The words in which numbers end, without marks."""
        own = {
            plain(word)
            for documents in self._by_number.values()
            for document in documents
            for word in document.series
            if word.isalpha()
        }
        return frozenset(
            own | {plain(read_typed(key).shape) for key in settings("series")["central"]}
        )

    def _with_issuer(self, typed: Typed, asked: Asked) -> Asked:
        tokens = typed.tokens[typed.ends.get(asked.end, len(typed.tokens)) :]
        for skipped in (_length_of_by(tokens), 0):
            for size in range(min(_LONGEST_ISSUER, len(tokens) - skipped), 0, -1):
                said = tokens[skipped : skipped + size]
                known = self._issuers.get("".join(token.plain for token in said))
                if known:
                    return replace(asked, issuers=frozenset(known), end=said[-1].end)
        return asked

    @cached_property
    def _issuers(self) -> Mapping[str, set[str]]:
        """Names of issuers, run together, -> how they stand in addresses."""
        present = {d.issuer for documents in self._by_number.values() for d in documents}
        named = [
            (name, key)
            for body in self._bodies
            for key in present & set(map(slug, body.names))
            for name in body.names
        ]
        named += [(short, key) for short, key in settings("series")["central"].items()]
        for name, others in load("numbers")["issuers"].items():
            named += [(other, slug(name)) for other in (name, *others)]
        named += [(issuer.replace("-", " "), issuer) for issuer in present]
        found: dict[str, set[str]] = defaultdict(set)
        for name, key in named:
            if key in present:
                found["".join(map(plain, words_of(name)))].add(key)
        return found


def kind_at(typed: Typed, start: int) -> tuple[frozenset[str], int] | None:
    """The kinds of documents that a word at a place may mean, and where it ends: "nghị định", "NĐ"."""
    match = compiled_kinds().match(typed.shape, start)
    return (_kinds_of(match[0]), match.end()) if match else None


@cache
def compiled_kinds() -> re.Pattern[str]:
    """A kind of document, by its name or its abbreviation."""
    return re.compile(one_of(_kind_words()))


def _numbered(thing: Thing) -> Numbered | None:
    address = parse(thing.iri)
    number = next((m for m in map(_NUMBER.fullmatch, thing.names) if m), None)
    if address is None or number is None:
        return None
    year = number["y"] or address.fields.get("year", "")
    whole, _, part = number["n"].partition(".")
    return Numbered(
        thing,
        f"{int(whole)}.{part}" if part else str(int(whole)),
        int(year) if year.isdigit() else None,
        address.fields.get("kind", ""),
        words_of(number["series"]),
        address.fields.get("issuer", ""),
    )


def _fits(asked: Asked, document: Numbered) -> bool:
    return (
        (asked.year is None or asked.year == document.year)
        and (not asked.kinds or document.kind in asked.kinds)
        and (not asked.issuers or document.issuer in asked.issuers)
        and _is_part(asked.series, document.series)
        and _is_part(asked.holder, document.series)
    )


def _is_part(typed: tuple[str, ...], series: tuple[str, ...]) -> bool:
    """Whether typed letters are a series, its beginning or its end: "NĐ-CP", "NĐ", "CP"."""
    letters = "".join(map(plain, typed))
    parts = [series[:end] for end in range(1, len(series) + 1)]
    parts += [series[start:] for start in range(1, len(series))]
    for part in map("".join, parts):
        if plain(part) == letters and agree(typed, part):
            return True
    return not typed


def _with_year(typed: Typed, asked: Asked) -> Asked:
    match = compiled(load("numbers")["words"]["year"]).match(typed.shape, asked.end)
    if not match or asked.year not in (None, int(match["y"])):
        return asked
    slashed = typed.shape[asked.end : match.start("y")].strip() in ("/", "-")
    return replace(asked, year=int(match["y"]), sure=asked.sure or slashed, end=match.end())


def _length_of_by(tokens: Sequence[Token]) -> int:
    """How many words say that the issuer follows."""
    by = {words_of(word) for word in load("numbers")["words"]["by"]}
    words = tuple(token.text for token in tokens[:2])
    marked = {tuple(map(plain, word)) for word in by} | by
    return next((size for size in (2, 1) if words[:size] in marked), 0)


@cache
def _start() -> re.Pattern[str]:
    """From the kind to the digits."""
    kind = f"(?P<kind>{one_of(_kind_words())})"
    holder = r"(?:\s*[-/]\s*(?P<holder>[^\W\d_]{1,10}\d{0,2})(?=\W))?"
    number = written(load("numbers")["words"]["number"])
    return re.compile(
        rf"(?:{kind}{holder}\s*[-.]?\s*)?{number}\s*(?P<n>\d{{1,5}}(?:\.\d{{1,2}})?)(?!\d)"
    )


@cache
def _kind_words() -> tuple[str, ...]:
    kinds = load("numbers")["kinds"]
    return tuple(word for kind, others in kinds.items() for word in (kind, *others))


@cache
def _kinds_by_word() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, others in load("numbers")["kinds"].items():
        for word in (kind, *others):
            found["".join(map(plain, words_of(word)))].add(slug(kind))
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _kinds_of(word: str | None) -> frozenset[str]:
    return _kinds_by_word().get("".join(map(plain, words_of(word or ""))), frozenset())


@cache
def _loose_kinds() -> frozenset[str]:
    return frozenset(map(slug, load("numbers")["words"]["loose"]))


def numbers_in(typed: Typed, numbers: Numbers) -> Iterator[Asked]:
    """The numbers in a text that can be nothing but numbers of documents, in order."""
    end = 0
    for token in typed.tokens:
        asked = numbers.read(typed, token.start) if token.start >= end else None
        if asked and asked.sure:
            end = asked.end
            yield asked
