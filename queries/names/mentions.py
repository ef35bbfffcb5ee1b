"""The things and times that a sentence speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from cancu.graph.dataset import Dataset
from cancu.loaders.syllables import is_syllable
from cancu.queries.names.bodies import BARE, DROPPED, words_of
from cancu.queries.names.lookup import Lookup, forms_of, lookup_of
from cancu.queries.names.numbers import kind_at, numbers_in
from cancu.queries.names.patterns import load, one_of
from cancu.queries.names.places import Place
from cancu.queries.names.rows import rows_in
from cancu.queries.names.things import HEAD, Thing, bag_of, dropped_of
from cancu.queries.names.times import times_in
from cancu.queries.names.typed import Token, Typed, agrees, plain, read_typed

LONGEST = 600
"""Characters of a sentence that are read."""

_SHORTEST_ALONE = 3
"""Letters of a single word that may be the name of a body: "PNV", not "VP"."""

_FEWEST_OF_TITLE = 3
_MOST_WORDS = 25
_KINDS = {"day": "date", "quarter": "quarter", "year": "year"}
_STOPS = re.compile(r"[;?!:]")


@dataclass(frozen=True)
class Mention:
    """A stretch of a sentence that names a thing or a time.

    Attributes:
        start, end: offsets in the NFC form of the sentence, `end` excluded.
        text: what stands there. What `find`, or `resolve` with the type `kind`, makes of it is what is meant, so a mention
            needs no other reading.
        kind: "document", "agency", "group", "task", "plan", or for times "date", "quarter", "year" or "period" (every
            time may also be resolved as a "period").
        candidates: the things it may mean; several where they must be asked about or the plan tells. None for a time,
            and for a number of a document or task that nothing has ("Nghị định 99/2020"): a thing is meant, but it is unknown.
        weak: whether it may as well be no name at all: "nội vụ" or "Cộng Hòa" by itself, "2023" without "năm", the place of
            a plan. To be used only where the sentence has a place for such a thing.
    """

    start: int
    end: int
    text: str
    kind: str
    candidates: tuple[Thing, ...] = ()
    weak: bool = False


@dataclass(frozen=True)
class _Hit:
    """A mention by its place in the shape; `kind` is empty for words that name nothing though a name is in them."""

    start: int
    end: int
    kind: str
    weak: bool = False


def mentions(text: str, dataset: Dataset) -> list[Mention]:
    """The documents, bodies, groups, tasks, plans and times that a sentence mentions, in order.

    Mentions do not overlap: the longest is taken ("Văn phòng HĐND và UBND thành phố", not "văn phòng"; "trước ngày 30/6",
    not "30/6"), a sure one before a weak one. Only where the very same words name things of different kinds ("27/QĐ-UBND",
    the decision and the plan that it issued) are there several mentions of one stretch, one of each kind.

    The marks that were typed are honoured as everywhere: "phòng nội vụ" and "phong noi vu" are mentions, "phòng nổi vụ" is
    none. What a mention may mean is not narrowed by the rest of the sentence; a plan that it mentions tells, given to
    `resolve`, which of several bodies or tasks is meant. Nothing is read beyond the first LONGEST characters.
    """
    typed, lookup = read_typed(text[:LONGEST]), lookup_of(dataset)
    found: list[Mention] = []
    for hit in _chosen(list(_hits(typed, lookup)), typed, lookup):
        start, end = typed.at[hit.start], typed.at[hit.end - 1] + 1
        said = typed.text[start:end]
        things = tuple(lookup.find(hit.kind, said)) if hit.kind in _THINGS else ()
        found.append(Mention(start, end, said, hit.kind, things, hit.weak))
    return sorted(found, key=lambda mention: (mention.start, mention.kind))


_THINGS = ("document", "agency", "group", "task", "plan")


def _chosen(hits: Sequence[_Hit], typed: Typed, lookup: Lookup) -> list[_Hit]:
    """The longest hits that do not overlap, sure ones first; of a stretch, one of each kind."""
    taken: list[_Hit] = []
    known = {hit: _is_known(hit, typed, lookup) for hit in set(hits)}
    # What nothing has may just be some number after some word, so it yields to whatever is known.
    ordered = sorted(known, key=lambda h: (h.weak, not known[h], h.start - h.end, h.start, h.kind))
    for hit in ordered:
        over = [t for t in taken if t.start < hit.end and hit.start < t.end]
        alike = all(
            (t.start, t.end, t.weak) == (hit.start, hit.end, hit.weak) and t.kind for t in over
        )
        if alike and (known[hit] or not over):
            taken.append(hit)
    return [hit for hit in taken if hit.kind]


def _is_known(hit: _Hit, typed: Typed, lookup: Lookup) -> bool:
    said = _slice(typed, hit.start, hit.end)
    return hit.kind not in _THINGS or bool(lookup.find(hit.kind, said))


def _hits(typed: Typed, lookup: Lookup) -> Iterator[_Hit]:
    yield from _times(typed)
    yield from _numbers(typed, lookup)
    yield from _titles(typed, lookup)
    yield from _tasks(typed, lookup)
    yield from _plans(typed, lookup)
    for kind in ("agency", "group"):
        for start in range(len(typed.tokens)):
            yield from _named(typed, lookup, kind, start)
    for pattern in _no_names():
        yield from (_Hit(m.start(), m.end(), "") for m in pattern.finditer(typed.shape))


def _times(typed: Typed) -> Iterator[_Hit]:
    for found in times_in(typed, date.today()):
        said = typed.shape[found.start : found.end]
        weak = bool(re.fullmatch(r"\d{4}|t\.?\d+", said))
        yield _Hit(found.start, found.end, _KINDS.get(found.when.kind, "period"), weak)


def _numbers(typed: Typed, lookup: Lookup) -> Iterator[_Hit]:
    """Numbers of documents, and of the plans that they issued."""
    for asked in numbers_in(typed, lookup.numbers):
        documents = lookup.numbers.find(asked)
        if documents or not asked.loose:
            yield _Hit(asked.start, asked.end, "document")
        if lookup.find("plan", _slice(typed, asked.start, asked.end)):
            yield _Hit(asked.start, asked.end, "plan")


def _titles(typed: Typed, lookup: Lookup) -> Iterator[_Hit]:
    """A kind and words of a title: "nghị định về dịch vụ công trực tuyến", "Luật Tổ chức Chính phủ năm 2015"."""
    for place, token in enumerate(typed.tokens):
        kind = kind_at(typed, token.start)
        if not kind:
            continue
        after = place + sum(t.start < kind[1] for t in typed.tokens[place:])
        about = _length_of_about(typed.tokens[after:])
        words = typed.tokens[after + about : after + about + _MOST_WORDS]
        size = lookup.titles.stretch(_texts(words), kind[0])
        size += sum(w.text in DROPPED for w in words[:size])
        if size < _FEWEST_OF_TITLE - bool(about):
            continue
        for end in _ends_of_title(words, size):
            if lookup.find("document", _slice(typed, token.start, end)):
                yield _Hit(token.start, end, "document")
                break


def _ends_of_title(words: Sequence[Token], size: int) -> Iterator[int]:
    """Where a title may end in the shape: after a year that follows it, or just after it."""
    years = [t for t in words[size : size + 2] if re.fullmatch(r"\d{4}", t.text)]
    yield from (year.end for year in years)
    yield words[size - 1].end


def _length_of_about(tokens: Sequence[Token]) -> int:
    """How many words say that words of a title follow: "về", "quy định về"."""
    for about in load("titles")["documents"]["about"]:
        words = words_of(about)
        if _begins(tokens, words):
            return len(words)
    return 0


def _tasks(typed: Typed, lookup: Lookup) -> Iterator[_Hit]:
    """Numbers of tasks; articles only those that give duties, and none of another document."""
    for row in rows_in(typed):
        tasks = lookup.rows.find(row)
        place = typed.ends[row.end]
        follows = typed.tokens[place + _is_of(typed.tokens, place) :][:1]
        of_document = bool(follows) and kind_at(typed, follows[0].start) is not None
        if any(key[0] == "article" for key in row.keys) and (not tasks or of_document):
            continue
        written = _slice(typed, row.start, row.end)
        if tasks or row.worded or re.match(r"[IVX]+\.", written):
            plans = [plan for plan in (lookup.index.plan_of(task.iri) for task in tasks) if plan]
            places = [lookup.index.place_of(plan.iri) for plan in plans]
            yield _Hit(row.start, _with_place(typed, place, places), "task", written[0].isdigit())


def _is_of(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].text in ("của", "cua", "of")


def _plans(typed: Typed, lookup: Lookup) -> Iterator[_Hit]:
    """Plans by words of the title, place and year: "kế hoạch Sầm Sơn 2024", "kế hoạch cải cách hành chính", "Sầm Sơn"."""
    for start in range(len(typed.tokens)):
        worded = _length_of_plan(typed.tokens[start:])
        words = typed.tokens[start + worded : start + worded + _MOST_WORDS]
        size = lookup.plan_titles.stretch(_texts(words), frozenset()) if worded else 0
        size = size if size >= _FEWEST_OF_TITLE else 0
        for last in range(size + _length_of_where(words[size:], lookup), 0, -1):
            said = words[:last]
            named = any(_holds(_texts(said), place) for place in lookup.plan_places)
            enough = named or (worded and (last == size or re.fullmatch(r"\d{4}", said[-1].text)))
            if enough and lookup.find(
                "plan", _slice(typed, typed.tokens[start].start, said[-1].end)
            ):
                sure = worded or said[-1].text.isdigit()
                yield _Hit(typed.tokens[start].start, said[-1].end, "plan", weak=not sure)
                break


def _length_of_plan(tokens: Sequence[Token]) -> int:
    """How many words say that a plan follows."""
    for words in map(words_of, load("titles")["plans"]["kinds"]):
        if _begins(tokens, words):
            return len(words)
    return 0


def _length_of_where(tokens: Sequence[Token], lookup: Lookup) -> int:
    """How many words may be the place and year of a plan, with what stands between them."""
    for place, token in enumerate(tokens):
        year = re.fullmatch(r"\d{4}", token.text)
        if not (year or lookup.plan_words.has(token.text)):
            return place
    return len(tokens)


def _named(typed: Typed, lookup: Lookup, kind: str, start: int) -> Iterator[_Hit]:
    """The longest name of a body or group that begins with a word."""
    tokens, index = typed.tokens, lookup.index
    if tokens[start].text in DROPPED:
        return
    for end in range(_may_end(typed, lookup, kind, start), start, -1):
        last = tokens[end - 1].text
        forms = [] if last in dropped_of(kind) else forms_of(lookup, kind, tokens[start:end])
        if not forms:
            continue
        bare = all(form.rank == BARE for form in forms)
        if _may_stand(typed, start, end, bare):
            places = [index.place_of(form.thing.iri) for form in forms]
            yield _Hit(tokens[start].start, _with_place(typed, end, places), kind, bare)
        return


def _may_end(typed: Typed, lookup: Lookup, kind: str, start: int) -> int:
    """The last word with which a name that begins with another may end; that one itself where none begins so."""
    letters, end = "", start
    for end in range(start, len(typed.tokens)):
        token = typed.tokens[end]
        letters += token.plain if token.text not in dropped_of(kind) else ""
        if len(letters) >= HEAD and letters[:HEAD] not in lookup.index.heads(kind):
            return end
        stops = end > start and _STOPS.search(typed.shape, typed.tokens[end - 1].end, token.start)
        if len(letters) > lookup.index.longest or stops:
            return end
    return end + 1


def _may_stand(typed: Typed, start: int, end: int, bare: bool) -> bool:
    """Whether words may be a name in a sentence: a single short one hardly, nor one that belongs to the word before it."""
    token = typed.tokens[start]
    written = _slice(typed, token.start, token.end)
    if end == start + 1 and (
        len(written) < _SHORTEST_ALONE or (is_syllable(written.lower()) and not written.isupper())
    ):
        return False
    return not (bare and start and plain(typed.tokens[start - 1].text) in _openers())


@cache
def _openers() -> frozenset[str]:
    """The words, without marks, after which a bare word is part of another name: "Sở", "phường", "đường"."""
    data = load("bodies")
    openers = [*data["kinds"]["heads"], *data["kinds"]["levels"], *data["not"]["after"]]
    shorts = [short for opener in openers for short in data["short"].get(opener, ())]
    return frozenset(plain(words_of(opener)[-1]) for opener in [*openers, *shorts])


def _with_place(typed: Typed, end: int, places: Sequence[Place]) -> int:
    """Where a name that ends before a token ends in the shape with the place that follows it: "… thành phố Chí Linh"."""
    found, said = typed.tokens[end - 1].end, list[str]()
    for before, token in zip(typed.tokens[end - 1 :], typed.tokens[end:], strict=False):
        if _STOPS.search(typed.shape, before.end, token.start):
            break
        if token.text in _near():
            continue
        said.append(token.text)
        if not any(all(map(bag_of(*place.words).has, said)) for place in places):
            break
        if any(_says_place(said, place) for place in places):
            found = token.end
    return found


def _says_place(said: Sequence[str], place: Place) -> bool:
    """Whether words are what a place is, or its whole name."""
    return all(map(bag_of(*place.levels).has, said)) or _holds(said, words_of(place.name))


@cache
def _near() -> frozenset[str]:
    words = {word for text in load("bodies")["between"]["near"] for word in words_of(text)}
    return frozenset(words | {plain(word) for word in words})


@cache
def _no_names() -> tuple[re.Pattern[str], ...]:
    """Phrases with a name in them that is not meant."""
    return tuple(re.compile(one_of([phrase])) for phrase in load("bodies")["not"]["phrases"])


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name stands among words."""
    return any(
        all(map(agrees, words[at : at + len(name)], name))
        for at in range(len(words) - len(name) + 1)
    )


def _begins(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    return len(tokens) >= len(words) and all(
        agrees(token.text, word) for token, word in zip(tokens, words, strict=False)
    )


def _texts(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens)


def _slice(typed: Typed, start: int, end: int) -> str:
    """What was typed from one place of the shape to another."""
    return typed.text[typed.at[start] : typed.at[end - 1] + 1]
