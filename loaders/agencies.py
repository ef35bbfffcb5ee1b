"""Lists of bodies into the names they hold, as written.

"Phòng Nội vụ; Phòng Văn hóa Thông tin; các cơ quan, đơn vị có liên quan." is three names, and the inner commas of
"Sở Văn hóa, Thể thao và Du lịch" and of "UBND các xã, phường" cut nothing. What a body is to do ("Sở Y tế tiến hành
kiểm tra …") and its role ("(chủ trì)") are no part of its name. Which body or group a name means is decided in
`graph`, from the registry.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from cancu.loaders.blocks import clean_lines
from cancu.loaders.patterns import load, one_of
from cancu.loaders.words import Value, Words

_BLANKED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BULLET = re.compile(r"^\s*(?:[-–—+•*●▪◦]|[\uf000-\uf8ff])+\s*(?=\S)")
_NUMBER = r"(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]\)?|\(?[a-zđ]\))\s+"
_HARD = re.compile(
    r"\s*;\s*|(?<=[^\W\d][^\W\d]|\S\))(?<!\bT[Pp])\.{1,3}\s+(?=[A-ZĐỦ])|\s*…\s+(?=[A-ZĐỦ])"
)
_SOFT = re.compile(
    r"\s*,\s*(?:(?:và|cùng)\s+)?|\s+(?:và|cùng)\s+(?:với\s+)?|\s+&\s+|\s*/\s*|\s+[-–+•]\s+"
)
_OPENS = re.compile(
    r"^(?:(?:và|cùng(?: với)?|với|đề nghị:?|giao|phối hợp (?:với|cùng)|do|gồm(?: có)?:?)\s+)+",
    re.IGNORECASE,
)
_ENDS = " .;,:…\n-–+•"
_SHORT = re.compile(r"[A-ZĐ][\w.&-]*[A-ZĐ][\w.&-]*|[A-ZĐ]{2,}\b")
_LONGEST = 400
"""Characters of a name, or of a list of class nouns ("các sở, ban, ngành, …"), at most."""

_LONGEST_LINE = 2000
"""Characters of a line that may go on in the next, and of what may stand before a clause, at most."""

_AND_SO_ON = re.compile(r"[\s,;]*\b(?:v\.\s?v\.*|vv\.*)\s*$")


@dataclass(frozen=True, slots=True)
class Parties:
    """The names in a cell by the part they take there: `lead` also holds those of which nothing is said."""

    lead: tuple[Value, ...]
    coordinate: tuple[Value, ...]


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    data = load("agencies")
    heads = rf"(?!(?:{one_of(data['not_heads'])})(?!\w))"
    fields = "|".join(
        sorted((_field(name) for name in data["fields"]), key=len, reverse=True)
        + data["field_short"]
    )
    labels = "|".join(f"(?P<{role}>{pattern})" for role, pattern in data["label"].items())
    return {
        "inner_dash": re.compile("|".join(data["inner_dash"])),
        "heads": re.compile(rf"{heads}(?:{one_of(data['heads'])})(?!\w)"),
        "list_heads": re.compile(
            rf"{heads}(?:{one_of([*data['heads'], *data['list_heads']])})(?!\w)"
        ),
        "class_heads": re.compile(rf"(?:{one_of(data['class_heads'])})(?!\w)"),
        "fixed": re.compile("|".join(data["fixed"])),
        "field": re.compile(rf"(?i:{fields})(?![\w&])"),
        "complete": re.compile(
            rf"(?:{one_of(data['field_heads'])})\s*:?\s+(?:(?i:{fields})|{_SHORT.pattern})(?![\w&])"
        ),
        "shared_head": re.compile(
            r"(?P<several>[Cc]ác\s+)?(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng|[Bb]an)\s*:?\s+"
        ),
        "class_start": re.compile(data["class_start"]),
        "bare_class": re.compile(
            rf"{data['class_start']}(?:{data['class_noun']}(?:\s*,\s*|\s+và\s+)?)+$"
        ),
        "class_goes_on": re.compile(
            rf"{data['class_noun']}(?=\s*(?:,|$|\bvà\b|có\s|liên quan|tỉnh|thành phố|cấp|thuộc|địa phương|trong|trên))"
        ),
        "post": re.compile(data["post"]),
        "whole_list": re.compile(data["whole_list"]),
        "opener": re.compile(rf"(?<!\w){data['openers']}$"),
        "same_body": re.compile(data["same_body"]),
        "bare_post": re.compile(data["bare_post"]),
        "nobody": re.compile(data["nobody"], re.IGNORECASE),
        "label": re.compile(rf"(?<!\w)(?:{labels})\s*"),
        "verb": re.compile(rf"[\s,]+(?={data['clause']['verbs']}(?!\w))"),
        "subject": re.compile(data["clause"]["subject"]),
        "never": re.compile(rf"(?<!\w){data['clause']['never']}"),
        "with": re.compile(data["clause"]["with"]),
        **{f"bracket_{k}": re.compile(v, re.IGNORECASE) for k, v in data["bracket"].items()},
    }


def _field(name: str) -> str:
    """A field's name with both places of the mark on "oa" and any dash and blanks."""
    pattern = re.escape(name).replace(r"\ \-\ ", r"\s*[-–]\s*").replace(r"\ ", r"\s+")
    return pattern.replace("óa", "(?:óa|oá)")


def read_agencies(cell: Words) -> tuple[Value, ...]:
    """The names in a cell or phrase, in order, outer punctuation dropped.

    Of a cell that names the bodies in charge and those beside them ("Chủ trì: …; phối hợp: …"), the first.
    """
    found = read_parties(cell)
    return found.lead or found.coordinate


def read_parties(cell: Words) -> Parties:
    """The names in a cell that may say who is in charge and who helps: by label, verb or bracket."""
    found: dict[str, list[Value]] = {"lead": [], "coordinate": []}
    role = "lead"
    for line in _lines(cell):
        for entry in _entries(line):
            for label, labelled in _labelled(entry):
                role = label or role
                labelled, role = _without_ending(labelled, role)
                for part, says in _without_clauses(labelled):
                    for name in _split(part):
                        named, bracket = _without_role(name)
                        named = named.drop(_OPENS).drop(_AND_SO_ON).strip(_ENDS).squeeze()
                        if _says_who(named.text):
                            found[bracket or says or role].append(named.value())
    return Parties(*(tuple(_without_fragment(found[role])) for role in ("lead", "coordinate")))


def whole_names(names: list[str]) -> list[str]:
    """The names of one list with the head that they share: "Sở Nội vụ", "Tài chính" are Sở Nội vụ and Sở Tài chính.

    "Các Sở: Nội vụ" before them is Sở Nội vụ too. Names that are whole stay as they are.
    """
    patterns, whole, head = _compiled(), [], ""
    for name in names:
        opened = patterns["shared_head"].match(name)
        field = name[opened.end() :].strip() if opened else name
        if opened and patterns["complete"].match(name):
            head = opened["head"].capitalize()
            whole.append(f"{head} {field}" if opened["several"] else name)
        elif head and patterns["field"].fullmatch(name):
            whole.append(f"{head} {name}")
        else:
            whole.append(name)
    return whole


def begins_like_agency(text: str) -> bool:
    """Whether a text opens with a word that opens names of bodies ("Phòng …", not "Ban hành …")."""
    return bool(_compiled()["heads"].match(text))


def _lines(cell: Words) -> list[Words]:
    """The lines of a cell; one that goes on in mid-name ("Sở Khoa học" / "và Công nghệ") is joined again."""
    lines: list[Words] = []
    dashed = False
    for line in clean_lines(cell):
        if re.fullmatch(r"[-–]?\s*\d{1,3}\s*[-–]?", line.text):
            continue
        open_ended = lines and len(lines[-1].text) < _LONGEST_LINE
        if open_ended and not _BULLET.match(line.text) and _goes_on(lines[-1], line, dashed):
            lines[-1] = Words.join([lines[-1], line], " ")
        else:
            dashed = dashed or bool(_BULLET.match(line.text))
            lines.append(line)
    return lines


def _goes_on(line: Words, following: Words, dashed: bool) -> bool:
    patterns, left, right = _compiled(), line.text, following.text
    between = line.source[line.at[-1] + 1 : following.at[0]]
    if "<" in between or left.endswith((";", ".", ":")):
        return False
    if left.endswith(",") or patterns["opener"].search(left) or patterns["bare_post"].match(left):
        return True
    if re.match(rf"{_NUMBER}|{patterns['label'].pattern}", right):
        return False
    begins = patterns["list_heads"].match(right) or _SHORT.match(right)
    if right[:1].islower() and not re.match(r"(?:các|những)\s", right):
        return True
    return dashed or not begins or _ends_open(left)


def _ends_open(text: str) -> bool:
    """Whether a text breaks off after a single word that only opens a name ("Bộ Tài chính, Bộ")."""
    last = re.split(r"[,;]\s*|\s+và\s+", text)[-1]
    return bool(
        re.fullmatch(
            r"(?:Sở|Bộ|Phòng|Ban|Ủy ban|Uỷ ban|Hội|Cục|Vụ|Đài|Chi nhánh|Chi cục|Tổng cục|Trung tâm|Công ty|Liên đoàn|Trường|Viện)",
            last,
        )
    )


def _entries(line: Words) -> Iterator[Words]:
    """The entries of a line: cut at ";", at full stops, at numbers and at dashes that open a name."""
    listed = bool(_BULLET.match(line.text))
    for part in _cut(line, ((m.start(), m.end()) for m in _HARD.finditer(_blanked(line.text)))):
        bullet = _BULLET.match(part.text)
        part = part[bullet.end() if bullet else 0 :]
        borders = list(_inner_bullets(part.text, listed or bool(bullet)))
        for piece in _cut(part, borders):
            number = re.match(_NUMBER, piece.text)
            yield piece[number.end() if number else 0 :].strip()


def _inner_bullets(text: str, listed: bool) -> Iterator[tuple[int, int]]:
    patterns = _compiled()
    protected = _marked(text, patterns["inner_dash"])
    for match in re.finditer(rf"\s+(?:[-–+•●▪]\s+)?{_NUMBER}(?=\S)|\s+[-–+•●▪]\s+", text):
        right = text[match.end() : match.end() + _LONGEST]
        if protected[match.start()] or not (
            patterns["list_heads"].match(right) or _SHORT.match(right)
        ):
            continue
        level = re.match(r"(Sở|Bộ|Phòng|Ban|UBND)\s", right)
        if (
            listed
            or match.group().strip() not in {"-", "–"}
            or (level and text.startswith(level[1], 0, match.start()))
        ):
            yield match.span()


def _without_ending(entry: Words, role: str) -> tuple[Words, str]:
    """An entry without the role that ends it: "Sở Tài chính, Sở Tư pháp phối hợp"."""
    ending = re.search(
        r"\s+(?:(?P<lead>chủ trì)|(?P<coordinate>phối hợp))\s*[.;,]?\s*$", entry.text
    )
    if not ending or not ending.lastgroup:
        return entry, role
    return entry[: ending.start()], ending.lastgroup


def _labelled(entry: Words) -> Iterator[tuple[str | None, Words]]:
    """The parts of an entry with the role that a label before them gives: "lead", "coordinate" or None."""
    start, role = 0, None
    for match in _compiled()["label"].finditer(entry.text):
        if entry.text[start : match.start()].strip(_ENDS):
            yield role, entry[start : match.start()].strip(_ENDS)
        role = match.lastgroup if match.lastgroup != "other" else role
        start = match.end()
    if role or entry[start:]:
        yield role, entry[start:]


def _without_clauses(part: Words) -> Iterator[tuple[Words, str | None]]:
    """The names without what they are to do; bodies after "phối hợp với" are those beside."""
    patterns = _compiled()
    text = _blanked(part.text)
    for verb in patterns["verb"].finditer(text):
        if verb.start() > _LONGEST_LINE:
            break
        before = text[: verb.start()]
        if not patterns["subject"].match(before) or patterns["never"].search(before):
            continue
        yield part[: verb.start()], None
        beside = patterns["with"].search(text, verb.end())
        if beside and beside.start() - verb.end() < 40:
            rest = part[beside.end() :]
            ends = patterns["verb"].search(rest.text)
            yield rest[: ends.start() if ends else len(rest.text)], "coordinate"
        return
    yield part, None


def _marked(text: str, *patterns: re.Pattern[str]) -> bytearray:
    """For each character whether one of the patterns takes it in."""
    marked = bytearray(len(text) + 1)
    for pattern in patterns:
        for match in pattern.finditer(text):
            marked[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return marked


def _split(part: Words) -> list[Words]:
    """Cut at ",", "và" and their like where a new name begins, and where one name follows a whole one unseparated."""
    patterns, text = _compiled(), _blanked(part.text)
    protected = _marked(text, *(patterns[name] for name in ("fixed", "field", "inner_dash")))
    limited = max((m.start() for m in patterns["whole_list"].finditer(text)), default=-1)
    pieces, start, headed = [], 0, False
    for match in _SOFT.finditer(text):
        if any(protected[match.start() : match.end()]):
            continue
        left = text[start : min(match.start(), start + _LONGEST)]
        right = text[match.end() : match.end() + _LONGEST]
        if not _begins_name(left, right, match.group().strip(), headed, limited >= match.end()):
            continue
        pieces.append(part[start : match.start()])
        headed = headed or bool(patterns["complete"].search(left))
        start = match.end()
    pieces.append(part[start:])
    return [name for piece in pieces for name in _unseparated(piece)]


def _begins_name(left: str, right: str, border: str, headed: bool, limited: bool) -> bool:
    """Whether `right`, after a "," or "và", begins a new name; `headed`: a name before `left` has a head to share;
    `limited`: a qualifier of the whole list follows.
    """
    patterns = _compiled()
    bare = bool(patterns["bare_class"].match(left))
    if border in {"-", "–"}:
        return False
    if border == "/":
        return bool(patterns["heads"].match(right))
    if patterns["bare_post"].match(left.strip()) and patterns["post"].match(right):
        return False
    if bare and patterns["class_goes_on"].match(right):
        return False
    if patterns["class_heads"].match(right):
        return not bare
    if patterns["list_heads"].match(right):
        return not (bare and limited)
    if _SHORT.match(right):
        return border != "&"
    return _goes_on_elliptically(left, right, headed)


def _goes_on_elliptically(left: str, right: str, headed: bool) -> bool:
    """Whether "Sở Nội vụ, Tài chính, Tư pháp" goes on with a name that shares the first one's head."""
    patterns = _compiled()
    field = patterns["field"].match(right)
    ends = field and re.match(r"\s*(?:$|[,;(]|và\s|tỉnh|thành phố|huyện)", right[field.end() :])
    return bool(ends) and bool(
        patterns["complete"].search(left) or (headed and patterns["field"].fullmatch(left.strip()))
    )


def _unseparated(piece: Words) -> Iterator[Words]:
    """A name, or two where the border between them is lost: "Sở Khoa học và Công nghệ Sở Công Thương"."""
    patterns, border = _compiled(), re.compile(r"\s+(?=\S)")
    start = 0
    for match in patterns["complete"].finditer(piece.text):
        follows = border.match(piece.text, match.end())
        at = follows.end() if follows else match.end()
        right = piece.text[at : at + _LONGEST]
        if (
            follows
            and match.start() == start
            and patterns["heads"].match(right)
            and not patterns["same_body"].match(right)
        ):
            yield piece[start : match.end()]
            start = at
    yield piece[start:]


def _without_role(name: Words) -> tuple[Words, str | None]:
    """A name without brackets that say only what it does, and the role they give it."""
    patterns, role = _compiled(), None
    kept, end = [], len(name.text)
    for match in reversed(list(_BLANKED.finditer(name.text))):
        inner = match.group()[1:-1].strip()
        said = next(
            (r for r in ("lead", "coordinate", "purpose") if patterns[f"bracket_{r}"].match(inner)),
            None,
        )
        if said and not (said == "purpose" and patterns["bracket_kept"].match(inner)):
            role = role if said == "purpose" else said
            kept.append(name[match.end() : end].strip())
            end = match.start()
    if end == len(name.text):
        return name, role
    kept.append(name[:end].strip())
    pieces = [piece for piece in reversed(kept) if piece]
    return (Words.join(pieces, " ") if pieces else name[:0]), role


def _says_who(text: str) -> bool:
    return bool(re.search(r"\w", text)) and not _compiled()["nobody"].match(text)


def _without_fragment(names: list[Value]) -> list[Value]:
    """Without a last word that only opens a name, left over where a page break cut the list ("…, Bộ")."""
    return names[:-1] if len(names) > 1 and _ends_open(names[-1].text) else names


def _cut(words: Words, borders: Iterable[tuple[int, int]]) -> list[Words]:
    """The stripped pieces between borders, empty ones left out."""
    pieces, start = [], 0
    for a, b in borders:
        pieces.append(words[start:a])
        start = b
    pieces.append(words[start:])
    return [piece for piece in (p.strip() for p in pieces) if piece]


def _blanked(text: str) -> str:
    """The text with bracketed parts written over, so that nothing in them cuts."""
    return _BLANKED.sub(lambda m: "_" * len(m.group()), text)
