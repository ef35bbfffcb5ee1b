"""Duties given to bodies in prose: "IV. TỔ CHỨC THỰC HIỆN / 1. Sở Tài chính / - Chủ trì xây dựng …".

They are no tasks: nothing labels them with a body that leads, a time limit, a product. A heading that is a body's name gives what stands
under it to that body; a sentence that begins with one gives it the rest, under a heading that shares out the work.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from cancu.loaders.agencies import read_agencies
from cancu.loaders.articles import read_duty
from cancu.loaders.blocks import items
from cancu.loaders.bodies import names_body
from cancu.loaders.citations import find_references
from cancu.loaders.labels import gives_out, split_labels
from cancu.loaders.patterns import load, one_of
from cancu.loaders.plan import Assignment
from cancu.loaders.prose import walk
from cancu.loaders.units import Unit
from cancu.loaders.words import Words

_LONGEST = 240
_INNER = ("dash", "plus", "point", "plain", "arabic", "decimal")
_OUTER = ("annex", "part", "letter", "roman")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    verbs = one_of(load("articles")["verbs"])
    return {
        "asked": re.compile(load("labels")["asked"]["pattern"]),
        "shared": re.compile(load("labels")["duties"]["pattern"]),
        "verb": re.compile(rf"(?i)\s(?:{verbs}|chủ trì)(?!\w)"),
        "with": re.compile(
            rf"(?i)^(?:chủ trì\s*[,;]?\s*(?:và\s+)?)?phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)?\s*(?P<who>.+?)(?=\s*[:,;]?\s+(?:{verbs}|chủ trì|trong việc|để|giải quyết|lập|đảm bảo|chuẩn bị)(?!\w)|[.;:]|$)"
        ),
    }


def read_duties(units: Sequence[Unit]) -> list[Assignment]:
    """The duties given in prose, in order; those of articles are read by `articles`."""
    return list(_duties(units))


def _duties(units: Sequence[Unit]) -> Iterator[Assignment]:
    open_duty: tuple[Unit, tuple[Unit, ...], list[Words]] | None = None
    giving = False
    for unit, path in walk(units):
        if unit.kind not in ("dash", "plus") and gives_out(unit.words.text):
            yield from _closed(open_duty)
            open_duty, giving = None, not _in_article(path)
            for entry in items(unit.words)[1:] if giving else ():
                yield from _told_duties(entry, (*path, unit))
            continue
        giving = giving and unit.kind in ("dash", "plus", "point")
        if unit.kind in (*_OUTER, "article") or split_labels(unit.words)[1]:
            yield from _closed(open_duty)
            open_duty = None
            continue
        if open_duty and unit.level > open_duty[0].level and unit.kind != "plain":
            open_duty[2].append(unit.words)
            continue
        yield from _closed(open_duty)
        open_duty = None
        if _in_article(path) or unit.kind not in _INNER or _is_actor(unit):
            continue
        if path and _is_actor(path[-1]):
            open_duty = (unit, path, [unit.words])
        elif (giving or _shares_out(path)) and unit.kind != "plain":
            yield from _told_duties(unit.words, (*path, unit))
    yield from _closed(open_duty)


def _told_duties(words: Words, path: tuple[Unit, ...]) -> Iterator[Assignment]:
    """The duty that a sentence gives to the body it begins with."""
    words = _told(words)
    if not names_body(words.text):
        return
    for duty in read_duty(None, None, words):
        leads = duty.role == "thuc-hien" and re.match(r"(?i)chủ\s+trì", duty.content.text)
        yield replace(duty, section=_place(path), role="chu-tri" if leads else duty.role)


def _closed(opened: tuple[Unit, tuple[Unit, ...], list[Words]] | None) -> Iterator[Assignment]:
    if opened is None:
        return
    unit, path, parts = opened
    content = Words.join(parts, "\n")
    match = _patterns()["with"].match(unit.words.text)
    leads = bool(re.match(r"(?i)chủ\s+trì", content.text))
    actor = _name(path[-1])
    yield Assignment(
        article=None,
        clause=None,
        section=_place(path),
        role="chu-tri" if leads else "phoi-hop" if match else "thuc-hien",
        agencies=read_agencies(actor),
        coordinate=read_agencies(unit.words[match.start("who") : match.end("who")])
        if match and match["who"] and leads
        else (),
        advised=(),
        content=content.value(),
        whole=Words.join([actor, content], "\n").value(),
        references=tuple(find_references(content)),
    )


def _place(path: tuple[Unit, ...]) -> str:
    return ".".join(u.label for u in path if u.kind in ("letter", "roman", "arabic", "decimal"))


def _told(words: Words) -> Words:
    """A sentence without "Đề nghị", "Giao"."""
    match = _patterns()["asked"].match(words.text)
    return words[match.end() if match else 0 :]


def _name(unit: Unit) -> Words:
    words = _told(unit.words)
    return words[: len(words.text.rstrip(" .:;"))]


def _is_actor(unit: Unit) -> bool:
    """Whether a unit is the name of one or more bodies and nothing else."""
    if unit.kind not in ("roman", "arabic", "decimal", "point", "dash", "letter"):
        return False
    name = _BRACKET.sub("", _name(unit).text)
    if unit.kind == "dash" and not unit.words.text.rstrip().endswith(":"):
        return False
    return (
        0 < len(name) <= _LONGEST
        and names_body(name)
        and not _patterns()["verb"].search(name)
        and not re.search(r"[.:]\s", name.replace("phường: ", "").replace("xã: ", ""))
    )


def _in_article(path: tuple[Unit, ...]) -> bool:
    kinds = [u.kind for u in path if u.kind in (*_OUTER, "article")]
    return bool(kinds) and kinds[-1] == "article"


def _shares_out(path: tuple[Unit, ...]) -> bool:
    return any(_patterns()["shared"].search(u.words.text) for u in path if u.kind != "article")
