"""Lines that a page or a copy wrapped are one line again; what was a line of its own stays one."""

import re

from cancu.loaders.bodies import names_body
from cancu.loaders.labels import has_label
from cancu.loaders.words import Words

_OPENS = re.compile(
    r"\s*(?:[-–—•+*]\s*\S|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|\(?[a-zđ]\)|[ivx]+\)|Bước\s+\d)"
)
_ENDED = re.compile(r"[.;:!?…]\s*\**$")
_UNFINISHED = re.compile(
    r"(?:,|\(|/|-|(?<!\w)(?:và|của|với|các|những|thuộc|tại|về|cho|bởi|cùng|trực|gồm|là|trên|theo|qua|từ|đến|do|ở|trong|hoặc|UBND|Sở|Bộ|Phòng|Ban))$"
)


def unwrap(words: Words) -> Words:
    """The words with a blank for each line break that is only a wrap.

    A line stands for itself where it opens with a dash or a number, where a sentence ended before it, or, in a list of bodies, where it
    opens with a new one.
    """
    lines = words.text.split("\n")
    bodies = names_body(lines[0].strip(" *-"))
    text, before = list(words.text), lines[0]
    at = len(lines[0])
    for line in lines[1:]:
        if line.strip() and not _stands_alone(before.strip(), line, bodies):
            text[at] = " "
        at += 1 + len(line)
        before = line if line.strip() else before
    return Words("".join(text), words.at, words.source)


def _stands_alone(before: str, line: str, bodies: bool) -> bool:
    if _OPENS.match(line) or has_label(line):
        return True
    if _ENDED.search(before):
        return line.strip(" *")[:1].isupper()
    name = line.strip(" *")
    return bodies and name[:1].isupper() and names_body(name) and not _UNFINISHED.search(before)
