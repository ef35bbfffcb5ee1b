"""Tasks by words of what they are about: "số hóa hồ sơ", "đề án kiện toàn bộ phận tiếp nhận hồ sơ"."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cancu.queries.names.patterns import load
from cancu.queries.names.things import Thing
from cancu.queries.names.typed import Token, plain, read_typed

_ENOUGH = 5.0
"""What the shared pairs of words must say at least: about two pairs that only one task has."""
_GAP = 1.0
"""What a pair of words that the task has not costs."""
_AHEAD = 0.9
"""How much more than of any other task must be shared for one to be meant alone."""
_HEAD, _BEHIND = 20, 0.6
"""Words at the head of a title, and what those behind count."""
_MOST = 3
"""Tasks that are worth asking about."""

Pair = tuple[str, str]


class Stretch(NamedTuple):
    """The tasks that words from one token to another (excluded) are about, one or a few that are as near."""

    tasks: tuple[Thing, ...]
    start: int
    end: int


class Contents:
    """The words of a dataset's tasks, two by two."""

    def __init__(self, tasks: Sequence[Thing]) -> None:
        by_words: dict[tuple[str, ...], list[Thing]] = defaultdict(list)
        for task in tasks:
            for name in _titles(task):
                by_words[_words(read_typed(name).tokens)].append(task)
        self._tasks = {words: tuple(found) for words, found in by_words.items()}
        self._weights = _weights(by_words)
        self._pairs = {words: self._of(words) for words in by_words}

    def stretch(self, tokens: Sequence[Token]) -> Stretch | None:
        """The words among these that tell a task; None where there are none, or they may be any task's."""
        words, places = _spread(tokens)
        pairs = list(pairwise(words))
        if not any(pair in self._weights for pair in pairs):
            return None
        found = sorted(self._shared(pairs), key=lambda shared: -shared[0])
        near = [hit for hit in found if found[0][0] - hit[0] < _AHEAD]
        if not found or found[0][0] < _ENOUGH or len(near) > _MOST:
            return None
        _, first, last, _ = found[0]
        tasks = tuple(task for *_, title in near for task in self._tasks[title])
        return Stretch(tasks, places[first], places[last + 1] + 1)

    def find(self, tokens: Sequence[Token]) -> tuple[Thing, ...]:
        """The tasks that words are about, if they are about nothing else."""
        found = self.stretch(tokens)
        opens = {word for text in load("rows")["contents"]["opens"] for word in text.split()}
        if found is None or found.end < len(tokens):
            return ()
        return found.tasks if all(t.text in opens for t in tokens[: found.start]) else ()

    def _of(self, words: tuple[str, ...]) -> Mapping[Pair, float]:
        """The pairs of a title with what each says of it: what a task is about stands at the head."""
        found: dict[Pair, float] = {}
        for place, pair in enumerate(pairwise(words)):
            found.setdefault(pair, self._weights[pair] * (1 if place < _HEAD else _BEHIND))
        return found

    def _shared(self, pairs: Sequence[Pair]) -> Iterator[tuple[float, int, int, tuple[str, ...]]]:
        """For each title that shares pairs: how much, from which pair to which."""
        for title, known in self._pairs.items():
            best, run, first = (0.0, 0, 0), 0.0, 0
            for place, pair in enumerate(pairs):
                if run <= 0:
                    run, first = 0.0, place
                run += known.get(pair, -_GAP)
                best = max(best, (run, first, place), key=lambda found: found[0])
            if best[0]:
                yield (*best, title)


def _titles(task: Thing) -> Iterator[str]:
    """What a task of the table is about; the lines of an appendix and the duties of an article are known by number."""
    if "/nhiem-vu/" in task.iri:
        yield from (name for name in task.names if len(name.split()) > _MOST)


def _weights(titles: Collection[tuple[str, ...]]) -> Mapping[Pair, float]:
    """Pair of words -> what it says: the fewer titles have it, the more."""
    often = Counter(pair for words in titles for pair in set(pairwise(words)))
    return {pair: math.log(1 + len(titles) / number) for pair, number in often.items()}


def _words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(_spread(tokens)[0])


def _spread(tokens: Sequence[Token]) -> tuple[list[str], list[int]]:
    """Words without marks, abbreviations written out, and the place of the token that each comes from."""
    words, places = list[str](), list[int]()
    for place, token in enumerate(tokens):
        for word in _written_out().get(token.plain, (token.plain,)):
            words.append(word)
            places.append(place)
    return words, places


@cache
def _written_out() -> Mapping[str, tuple[str, ...]]:
    shorts: dict[str, str] = load("rows")["contents"]["short"]
    return {
        plain(short.lower()): tuple(plain(t.text) for t in read_typed(whole).tokens)
        for short, whole in shorts.items()
    }
