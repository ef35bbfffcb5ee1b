"""Labels in prose and in cells: "Cơ quan chủ trì: Bộ Công an; thời gian: Quý II/2024"."""

import re
from functools import cache

from cancu.loaders.patterns import load
from cancu.loaders.words import Words

INLINE = ("lead", "coordinate", "implement", "deadline", "product")
"""Roles whose label is also looked for in the middle of a text that none opens."""


@cache
def _pattern(inline: bool, roles: tuple[str, ...] = ()) -> re.Pattern[str]:
    labels = [x for x in load("labels")["label"] if not roles or x["role"] in roles]
    one = "|".join(f"(?P<{x['role']}>{x['pattern']})" for x in labels)
    before = r"(?:[.;,(\[–\n]|\s[-+*])\s*" if inline else r"^\W{0,3}"
    return re.compile(rf"(?i){before}(?:{one})\s*(?:\([^()]{{1,40}}\)\s*)?:\s*")


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"[;,]\s*(?P<deadline>(?={load('labels')['bare']['pattern']}))")


def _labels(text: str) -> list[re.Match[str]]:
    """The labels of a text: one that opens it or one of the usual roles, then any."""
    first = _pattern(False).match(text) or _pattern(True, INLINE).search(text)
    if not first:
        return []
    more = list(_pattern(True).finditer(text, first.end()))
    if not any(m.lastgroup == "deadline" for m in [first, *more]):
        more += list(_bare().finditer(text, first.end()))[:1]
    return [first, *sorted(more, key=lambda match: match.start())]


def has_label(text: str) -> bool:
    """Whether a text opens with a label."""
    return bool(_pattern(False).match(text))


@cache
def _giving() -> re.Pattern[str]:
    return re.compile(load("labels")["giving"]["pattern"])


def gives_out(text: str) -> bool:
    """Whether a text only opens a list of bodies with what each has to do: "Giao:", "Giao: - Sở Y tế: …"."""
    return bool(_giving().match(text))


def split_labels(words: Words) -> tuple[Words, list[tuple[str, Words]]]:
    """What stands before the first label, and each label's role with the words after it."""
    text = words.text
    found = _labels(text)
    ends = [*(m.start() for m in found[1:]), len(text)][: len(found)]
    values = []
    for match, end in zip(found, ends, strict=True):
        value = words[match.end() : end].strip()
        value = value.strip(" ;,.")
        for opening, closing in ("()", "[]"):
            if value.text.endswith(closing) and value.text.count(closing) > value.text.count(
                opening
            ):
                value = value[:-1]
        values.append((match.lastgroup or "", value.strip(" ;,.")))
    before = words[: found[0].start()] if found else words
    return before.strip(" ([").strip(), values
