"""The places of bodies and plans: their names, and what they are ("thành phố Chí Linh")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from cancu.ontology.iri import slug
from cancu.queries.names.bodies import Words, words_of
from cancu.queries.names.patterns import load
from cancu.queries.names.typed import plain


@dataclass(frozen=True)
class Place:
    """A place: its name, and what names of its bodies say it is ("thành phố", "tỉnh"), short forms included."""

    name: str
    levels: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The texts in whose words it may be typed."""
        return (self.name, *self.levels)


def read_places(named: Iterable[str], said: Iterable[tuple[str, str]]) -> Mapping[str, Place]:
    """Part of an address -> the place that it stands for.

    Args:
        named: names of places as written.
        said: parts of addresses with texts that name the place with what it is, such as names of bodies and plans.
    """
    names = {**load("bodies")["places"], **{slug(name): name for name in named}}
    levels: dict[str, dict[str, None]] = {place: {} for place in names}
    for place, text in set(said):
        for level, name in _mentions(words_of(text), place):
            names.setdefault(place, _as_written(text, name))
            levels.setdefault(place, {})[level] = None
    return {place: Place(name, _with_short(levels[place])) for place, name in names.items()}


def _mentions(words: Words, place: str) -> Iterable[tuple[str, Words]]:
    """What a place is by a text, and its name there, wherever the text says both."""
    wanted = tuple(place.split("-"))
    size = len(wanted)
    letters = tuple(map(plain, words))
    for at in range(1, len(words) - size + 1):
        if letters[at : at + size] == wanted:
            for level, level_words in _levels():
                if words[max(0, at - len(level_words)) : at] == level_words:
                    yield level, words[at : at + size]


def _as_written(text: str, name: Words) -> str:
    """The words of a name as they stand in a text."""
    written = text.split()
    for at in range(len(written)):
        if words_of(" ".join(written[at : at + len(name)])) == name:
            return " ".join(written[at : at + len(name)]).strip(" .,;()")
    return " ".join(name)


def _with_short(levels: Iterable[str]) -> tuple[str, ...]:
    shorts = load("bodies")["short"]
    return tuple(form for level in levels for form in (level, *shorts.get(level, ())))


@cache
def _levels() -> tuple[tuple[str, Words], ...]:
    return tuple((level, words_of(level)) for level in load("bodies")["kinds"]["levels"])
