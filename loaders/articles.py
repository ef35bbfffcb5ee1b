"""Articles ("Điều 2.") and the duties they give to bodies."""

import re
from collections.abc import Iterator
from functools import cache

from cancu.loaders.agencies import begins_like_agency, read_agencies
from cancu.loaders.citations import find_references
from cancu.loaders.patterns import load, one_of
from cancu.loaders.plan import Article, Assignment
from cancu.loaders.words import Words

_ARTICLE = re.compile(r"^Điều\s+(?P<no>\d+[a-zđ]?)\s*[.:]\s*")
_CLAUSE = re.compile(r"^(?P<no>\d+)\s*[.)]\s+")
_ENDS = re.compile(r"^(?:Nơi nhận|KẾ HOẠCH$|(?:KT|TM|TL)\.)")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = load("articles")
    verbs = rf"(?:{one_of(data['verbs'])})(?!\w)"
    return {
        "lead": re.compile(rf"^(?:Giao\s+)?(?P<who>[A-ZĐỦ][^:]*?){data['lead']}"),
        "execute": re.compile(rf"^(?P<who>[A-ZĐỦ].*?)(?={data['execute']})"),
        "colon": re.compile(r"^(?:Giao\s+)?(?P<who>[A-ZĐỦ][^:.]{3,300}?)\s*:\s*"),
        "verb": re.compile(rf"^(?:Giao\s+)?(?P<who>[A-ZĐỦ][^:.;]{{3,160}}?)\s+(?={verbs})"),
        "until_verb": re.compile(rf"^(?P<who>.*?)(?:\s*:\s*|\s+(?={verbs})|[.;]|$)"),
        "advise": re.compile(data["advise"]),
    }


def read_articles(lines: list[Words]) -> tuple[Article, ...]:
    """The articles in the cleaned lines of a document's body, up to the recipients."""
    articles: list[Article] = []
    open_article: tuple[str, list[Words]] | None = None
    for line in lines:
        match = _ARTICLE.match(line.text)
        if match:
            articles.extend(_closed(open_article))
            open_article = (match["no"], [line[match.end() :].strip()])
        elif open_article and _ENDS.match(line.text):
            break
        elif open_article:
            open_article[1].append(line)
    return (*articles, *_closed(open_article))


def _closed(opened: tuple[str, list[Words]] | None) -> Iterator[Article]:
    if opened:
        no, lines = opened
        units = list(_units([line for line in lines if line]))
        duties = [duty for clause, words in units for duty in read_duty(no, clause, words)]
        content = [words for clause, words in units if clause is None] or [
            words for _, words in units
        ]
        if content:
            yield Article(no, content[0].value(), tuple(duties))


def _units(lines: list[Words]) -> Iterator[tuple[str | None, Words]]:
    """The lead-in and the numbered clauses, each joined over its lines."""
    clause: str | None = None
    open_lines: list[Words] = []
    for line in lines:
        match = _CLAUSE.match(line.text)
        if match:
            if open_lines:
                yield clause, Words.join(open_lines, " ")
            clause, open_lines = match["no"], [line[match.end() :]]
        else:
            open_lines.append(line)
    if open_lines:
        yield clause, Words.join(open_lines, " ")


def read_duty(article: str | None, clause: str | None, words: Words) -> Iterator[Assignment]:
    """The duty that a sentence gives to the bodies it begins with; none where it begins otherwise."""
    patterns, text = _patterns(), words.text
    if not begins_like_agency(re.sub(r"^Giao\s+", "", text)):
        return
    coordinate: Words | None = None
    if match := patterns["lead"].match(text):
        role, rest = "chu-tri", words[match.end() :]
        if "phối" in match.group()[match.end("who") :]:
            until = patterns["until_verb"].match(rest.text)
            if until:
                coordinate, rest = rest[: until.end("who")], rest[until.end() :]
    elif match := patterns["execute"].match(text):
        role, rest = "chiu-trach-nhiem-thi-hanh", words[match.end() :]
    elif (match := patterns["colon"].match(text)) or (match := patterns["verb"].match(text)):
        role, rest = "thuc-hien", words[match.end() :]
    else:
        return
    yield Assignment(
        article=article,
        clause=clause,
        role=role,
        agencies=read_agencies(words[match.start("who") : match.end("who")]),
        coordinate=read_agencies(coordinate) if coordinate else (),
        advised=tuple(
            rest[m.start("body") : m.end("body")].value()
            for m in patterns["advise"].finditer(rest.text)
        ),
        content=rest.strip().value(),
        whole=words.value(),
        references=tuple(find_references(rest)),
    )
