"""A sentence taken apart: what it names, and its other words as concepts, in the ways in which it may be meant."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from cancu.graph.dataset import Dataset
from cancu.queries.names.lookup import lookup_of
from cancu.queries.names.mentions import LONGEST, Mention, mentions
from cancu.queries.names.times import times_in
from cancu.queries.names.typed import Token, nfc, plain, read_typed
from cancu.queries.sentence.concepts import (
    LITERAL,
    OR,
    concepts_of,
    excluded,
    is_beyond,
    senses_of,
    without_particle,
    words_of,
)
from cancu.queries.sentence.keys import as_meant
from cancu.queries.sentence.order import THING, not_so_asked
from cancu.queries.sentence.patterns import pattern_words

_ENOUGH_ALONE = 5
"""Words that may ask something though they are one concept; a name or a word alone asks nothing."""
_TOLD_AT_LENGTH = 7
"""Words of a title that surely tell a task."""
_MOST_DOUBTFUL = 3
"""Stretches that may be names or not, which are tried one by one."""
_PARTICLE = re.compile(
    r"(?:\bhay\s+|\bhoac\s+|\bphai\s+|\bdung\s+)?\b(?:khong|chua|hong|hok|ko|kg|k)\b"
    r"(?=\s*(?:[,.;:?!]|$|\b(?:hay|a|nhi|vay|nhe|va)\b|\bthe(?=\s*(?:a|nhi)?\s*(?:[,.;:?!]|$))))"
)
_SOME = re.compile(
    r"\b(?:mấy|may)\b(?=(?: [^\W\d]+){1,4} (?:nào|nao)\b)|(?<=ngoài )mấy\b|(?<=ngoai )may\b",
    re.IGNORECASE,
)
"""The word that asks how many where it only says that there are several: "mấy việc nào"."""
_PURPOSE = re.compile(
    r",?\s*\b(?:để|de|nhằm) (?:em |tôi |mình |còn |con )?"
    r"(?:làm|lam|phục vụ|phuc vu|viết|viet|tổng hợp|tong hop|chuẩn bị|chuan bi|trình|nộp|biết|tham khảo|đối chiếu)\b[^,.;?!]*",
    re.IGNORECASE,
)
"""What the answer is wanted for: "để làm báo cáo"."""
_EDGE = re.compile(
    r"(?:cuối|cuoi|hết|het)\s+(?=(?:quý|quí|quy|tháng|thang|năm|nam)\b)", re.IGNORECASE
)
_YEAR_SAID = re.compile(
    r"\b(?:(năm|nam) (?:nay|này)|this year)\b[\s(,:–-]*(?:(?:tức|tuc|là|la|i\.?e\.?)\s+)*(?:(?:năm|nam|year)\s+)?((?:19|20)\d\d)\b\)?",
    re.IGNORECASE,
)
"""The year of whoever asks with that which is meant: "năm nay (2023)"."""
_COUNTED = re.compile(r"\b(?:nam (?:ngoai|kia|truoc|qua|sau|toi)|(?:last|next) year)\b")
"""A year that is counted from today; alone and without marks it may be other words ("nam ngoai": "nằm ngoài")."""
_SAO = re.compile(r"^\W*sao\b(?!\s+(?:đỏ|do)\b)", re.IGNORECASE)
"""At the head it asks why."""
_ASKS = re.compile(r"\b(?:co|da|con|duoc|bi|phai|dung|la)\b")


@dataclass(frozen=True)
class Named:
    """A stretch of a sentence that names something.

    Attributes:
        text: what stands there.
        kinds: what it may be.
        day: the day in it, where it is a time up to a day: "30/6" of "trước 30/6".
    """

    text: str
    kinds: frozenset[str]
    day: str = ""

    def said(self, kind: str) -> str:
        """The words for a parameter of this type."""
        return self.day if kind == "date" and self.day else self.text


@dataclass(frozen=True)
class Sentence:
    """A sentence as concepts and names in their order.

    Attributes:
        items: in their order.
        beyond: whether it asks for what nobody wrote down here.
        excluded: codes of questions that it does not ask.
    """

    items: tuple[str | Named, ...]
    beyond: bool = False
    excluded: frozenset[str] = frozenset()

    @property
    def named(self) -> tuple[Named, ...]:
        """What it names."""
        return tuple(item for item in self.items if isinstance(item, Named))


@dataclass(frozen=True)
class _Stretch:
    start: int
    end: int
    kinds: frozenset[str] = field(default_factory=frozenset)
    doubtful: bool = False
    """Whether its words may also ask for what nobody wrote down: a task told by a few words of its title."""


def asks_of_another_year(text: str, years: frozenset[str], dataset: Dataset) -> bool:
    """Whether a sentence names a year, or a period in it, that no plan is of; a day may be any."""
    for mention in mentions(_year_said(nfc(text)), dataset):
        said = _years_in(mention.text)
        spans = mention.kind in ("period", "quarter", "year") and not _day_in(mention.text)
        if spans and said and not said & years:
            return True
    return False


def _years_in(text: str) -> set[str]:
    """The years that a time names; the year of whoever asks may be that of the plan ("năm nay") and is none."""
    said = set(re.findall(r"(?:19|20)\d\d", text))
    counted = _COUNTED.search(plain(text.lower()))
    if said or not counted or (text.isascii() and counted[0] == text.lower()):
        return said
    units = [
        u
        for found in times_in(read_typed(text), date.today())
        for u in (found.when.start, found.when.end)
        if u
    ]
    return {str(unit.year) for unit in units if unit.year}


def _year_said(text: str) -> str:
    return _YEAR_SAID.sub(r"\1 \2", text)


def sentences(text: str, dataset: Dataset, *, wide: bool = False) -> Iterator[Sentence]:
    """The ways in which a sentence may be meant: with the names it surely has, and with those that may be names.

    Args:
        text: what was typed.
        dataset: what its names are looked up in.
        wide: whether its words may have all their senses, or only the likeliest.
    """
    text = _named_once(_SOME.sub("những", _told(text)), dataset)
    for stretches in _named_in(text, dataset):
        yield _sentence(text, stretches, wide)


def _told(text: str) -> str:
    return _SAO.sub("vì sao", _year_said(_PURPOSE.sub("", as_meant(nfc(text[:LONGEST])))))


def _named_once(text: str, dataset: Dataset) -> str:
    """A sentence without a name that another of its kind explains: "the Justice Office (Phòng Tư pháp)"."""
    if "(" not in text:
        return text
    found = mentions(text, dataset)
    for named, after in reversed(list(pairwise(found))):
        between = text[named.end : after.start]
        if named.kind == after.kind and between.strip() == "(" and text[after.end :][:1] == ")":
            text = text[: named.start] + after.text + text[after.end + 1 :]
    return text


def _named_in(text: str, dataset: Dataset) -> Iterator[Sequence[_Stretch]]:
    """What a sentence may name."""
    found = [_without_edge(m) for m in mentions(text, dataset) if not _is_vague(m)]
    sure = _stretches(m for m in found if not m.weak)
    doubtful = _stretches(m for m in found if m.weak)
    yield sure
    if len(doubtful) > 1:
        yield [*sure, *doubtful]
    for stretch in doubtful[:_MOST_DOUBTFUL]:
        yield [*sure, stretch]
    named = [s for s in sure if not _are_words(text, s) and not _is_this_year(text, s)]
    if len(named) < len(sure):
        yield named
    told = _of_task(text, dataset)
    if told and not any("task" in stretch.kinds for stretch in sure):
        apart = [s for s in sure if s.end <= told.start or told.end <= s.start]
        yield [*apart, told]


def _stretches(found: Iterator[Mention]) -> list[_Stretch]:
    kinds: dict[tuple[int, int], set[str]] = {}
    for mention in found:
        kinds.setdefault((mention.start, mention.end), set()).add(mention.kind)
    return [_Stretch(start, end, frozenset(meant)) for (start, end), meant in kinds.items()]


def _without_edge(mention: Mention) -> Mention:
    """A time without the word that says its end is meant, as what is due then is due within it: "cuối quý II"."""
    edge = _EDGE.match(mention.text)
    if mention.kind != "period" or not edge:
        return mention
    rest = mention.text[edge.end() :]
    kind = "quarter" if plain(rest[:3].lower()) in ("quy", "q.i") else mention.kind
    return replace(mention, start=mention.start + edge.end(), text=rest, kind=kind)


def _is_vague(mention: Mention) -> bool:
    """Whether a time tells no days: "sắp tới", "trong năm" (of the plan)."""
    return mention.kind == "period" and plain(mention.text.lower()) in _NO_DAYS


def _are_words(text: str, stretch: _Stretch) -> bool:
    """Whether a name is made of words that people ask with: "các xã, phường", "quyết định ban hành kế hoạch"."""
    if not stretch.kinds <= {"document", "group", "task"}:
        return False
    concepts = concepts_of(words_of(text[stretch.start : stretch.end]))
    return bool(concepts) and not any(concept.startswith(LITERAL) for concept in concepts)


def _is_this_year(text: str, stretch: _Stretch) -> bool:
    """Whether a time is the year of whoever asks, who may mean that of the plan."""
    return plain(text[stretch.start : stretch.end].lower()) in ("nam nay", "this year")


def _of_task(text: str, dataset: Dataset) -> _Stretch | None:
    """The words that tell a task by what it is about."""
    typed = read_typed(text)
    found = lookup_of(dataset).contents.stretch(typed.tokens)
    if found is None:
        return None
    title = {plain(t.text) for task in found.tasks for name in task.names for t in _tokens(name)}
    start, end = found.start, found.end
    while start and _continues(typed.tokens[start - 1], title):
        start -= 1
    while end < len(typed.tokens) and _continues(typed.tokens[end], title):
        end += 1
    first, last = typed.at[typed.tokens[start].start], typed.at[typed.tokens[end - 1].end - 1] + 1
    return _Stretch(first, last, frozenset({"task"}), end - start < _TOLD_AT_LENGTH)


def _tokens(name: str) -> Sequence[Token]:
    return read_typed(name).tokens


def _continues(token: Token, title: Collection[str]) -> bool:
    """Whether a word beside those that tell a task belongs to its title and is no word of a question."""
    asks = concepts_of((token.text,))
    return token.plain in title and (not asks or asks[0].startswith(LITERAL) or asks == ["dossier"])


def _sentence(text: str, stretches: Sequence[_Stretch], wide: bool) -> Sentence:
    items: list[str | Named] = []
    rest: list[str] = []
    done, known = 0, pattern_words()
    for stretch in [*sorted(stretches, key=lambda s: s.start), _Stretch(len(text), len(text))]:
        words = words_of(_without_particles(text[done : stretch.start], text))
        items += senses_of(words, known) if wide else concepts_of(words, known)
        rest += words
        if stretch.kinds:
            items.append(_named(text[stretch.start : stretch.end], stretch.kinds))
            rest += words_of(text[stretch.start : stretch.end]) if stretch.doubtful else (".",)
        done = stretch.end
    if any("agency" in item.kinds for item in items if isinstance(item, Named)):
        # "the ward" is the one named
        items = [i for i in items if isinstance(i, Named) or i.split(OR)[0] != "commune"]
    asks = len(items) > 1 or len(rest) >= _ENOUGH_ALONE
    said = tuple(without_particle(items)) if asks else ()
    return Sentence(said, is_beyond(rest), excluded(rest) | not_so_asked(_outline(text, stretches)))


def _outline(text: str, stretches: Sequence[_Stretch]) -> str:
    """A sentence with THING for each document that it names."""
    for stretch in sorted(stretches, key=lambda s: -s.start):
        if "document" in stretch.kinds:
            text = text[: stretch.start] + THING + text[stretch.end :]
    return text


def _without_particles(part: str, whole: str) -> str:
    """Words without the "không" or "chưa" at the end of a clause that asks: "có … không, hay …"."""
    bare = plain(part.lower())
    if len(bare) != len(part) or not _ASKS.search(plain(whole.lower())):
        return part
    for found in reversed(list(_PARTICLE.finditer(bare))):
        part = part[: found.start()] + part[found.end() :]
    return part


def _named(text: str, kinds: frozenset[str]) -> Named:
    day = _day_in(text) if kinds == {"period"} else ""
    return Named(text, kinds | {"date"} if day else kinds, day)


def _day_in(text: str) -> str:
    """The one day of a time that only ends with it: "30/6" of "trước 30/6"."""
    for word in re.finditer(r"\S+", text):
        before = plain(text[: word.start()].lower()).split()
        if before and set(before) <= _UP_TO:
            typed = read_typed(text[word.start() :])
            found = list(times_in(typed, date.today()))
            whole = [t for t in found if (t.start, t.end) == (0, len(typed.shape))]
            if len(found) == 1 and whole and whole[0].when.kind == "day":
                return typed.text
    return ""


_NO_DAYS = frozenset({"sap toi", "trong nam", "ca nam", "in the year", "all year", "trong ca nam"})
_UP_TO = frozenset(
    [
        "truoc",
        "ngay",
        "tinh",
        "den",
        "toi",
        "cho",
        "han",
        "het",
        "muon",
        "nhat",
        "by",
        "as",
        "of",
        "until",
        "before",
        "up",
        "to",
        "the",
        "no",
        "later",
        "than",
        "due",
    ]
)


def context_of(sentence: Sentence, years: frozenset[str]) -> frozenset[Named]:
    """The names that only say of which plan one speaks: a plan, or the year of all plans."""
    return frozenset(
        named
        for named in sentence.named
        if "plan" in named.kinds
        or ("year" in named.kinds and years == {w for w in words_of(named.text) if w.isdigit()})
    )
