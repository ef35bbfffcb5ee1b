"""Lists of bodies into the names they hold, as written.

"Phòng Nội vụ; Phòng Văn hóa Thông tin; các cơ quan, đơn vị có liên quan." is three names, and the inner commas of
"Sở Văn hóa, Thể thao và Du lịch" and of "UBND các xã, phường" cut nothing. Which body or group a name means is
decided in `graph`, from the registry.
"""

import re
from bisect import bisect_left
from functools import cache

from cancu.loaders.blocks import items
from cancu.loaders.patterns import load, one_of
from cancu.loaders.words import Value, Words

_HARD = re.compile(r"\s*;\s*|(?<=[^.\s])\.\s+(?=[A-ZĐ])")
_SOFT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+(?:với\s+)?")
_ENDS = " .;,:…\n"
_LONGEST_CLASS = 400
"""Characters of a list of class nouns ("các sở, ban, ngành, …") at most."""


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    data = load("agencies")
    return {
        "inner_dash": re.compile("|".join(data["inner_dash"])),
        "heads": re.compile(
            rf"(?!(?:{one_of(data['not_heads'])})(?!\w))(?:{one_of(data['heads'])})(?!\w)"
        ),
        "class_heads": re.compile(rf"(?:{one_of(data['class_heads'])})(?!\w)"),
        "fixed": re.compile(one_of(data["fixed"])),
        "class_start": re.compile(data["class_start"]),
        "bare_class": re.compile(
            rf"{data['class_start']}(?:{data['class_noun']}(?:\s*,\s*|\s+và\s+)?)+$"
        ),
        "whole_list": re.compile(data["whole_list"]),
    }


def read_agencies(cell: Words) -> tuple[Value, ...]:
    """The names in a cell or phrase, in order, outer punctuation dropped."""
    names: list[Words] = []
    for item in items(cell, _compiled()["inner_dash"]):
        for part in item.split(_HARD):
            names.extend(_split(part))
    return tuple(name.value() for name in names if name)


def _split(part: Words) -> list[Words]:
    """Cut at "," and "và" where a new name begins."""
    patterns, text = _compiled(), part.text
    protected = [m.span() for m in patterns["fixed"].finditer(text)]
    limited = max((m.start() for m in patterns["whole_list"].finditer(text)), default=-1)
    names, start = [], 0
    for match in _SOFT.finditer(text):
        before = bisect_left(protected, (match.end(),)) - 1
        inside = before >= 0 and match.start() < protected[before][1]
        bare = match.start() - start <= _LONGEST_CLASS and bool(
            patterns["bare_class"].match(text, start, match.start())
        )
        if inside or not _begins_name(text, match.end(), bare, limited >= match.end()):
            continue
        names.append(part[start : match.start()].strip(_ENDS))
        start = match.end()
    return [*names, part[start:].strip(_ENDS)]


def _begins_name(text: str, at: int, bare: bool, limited: bool) -> bool:
    """Whether a new name begins at a place after a "," or "và". `bare`: what stands before is a bare class; `limited`: a
    qualifier of the whole list follows.
    """
    patterns = _compiled()
    if patterns["heads"].match(text, at):
        return not (bare and limited)
    return not bare and bool(patterns["class_heads"].match(text, at))


def begins_like_agency(text: str) -> bool:
    """Whether a text opens with a word that opens names of bodies ("Phòng …", not "Ban hành …")."""
    return bool(_compiled()["heads"].match(text))
