"""Why a row stands in an answer, or a thing does not, on the terminal: indented text for people, JSON for programs."""

import json
from collections.abc import Iterable, Iterator

import click

from cancu.queries.catalogue import Words
from cancu.queries.codes import in_words
from cancu.queries.why.explain import Explanation, Why, WhyNot
from cancu.queries.why.reasons import Reason
from cancu.queries.why.rows import Wanted
from cancu.queries.why.told import Block, Fact, blocks


def wanted_of(typed: Iterable[str]) -> Wanted:
    """What `--why` names: "task=II.5" a column with its value, anything else a name, nothing why an answer is empty."""
    pairs, names = [], []
    for text in typed:
        column, equals, value = text.partition("=")
        if equals and column.strip().isidentifier():
            pairs.append((column.strip(), value.strip()))
        elif text.strip():
            names.append(text.strip())
    return Wanted(pairs, " ".join(names))


def show_explanation(found: Explanation, form: str, language: str) -> None:
    """An explanation in the format asked for."""
    if form == "json":
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        for line in _lines(found, language):
            click.echo(line)


def _lines(found: Explanation, language: str) -> Iterator[str]:
    asked = found.answer.question
    given = ", ".join(f"{name}: {value}" for name, value in found.answer.parameters.items())
    yield f"{asked.code}. {asked.title.say(language)}" + (f" ({given})" if given else "")
    for why in found.rows:
        yield from _why(found, why, language)
    if found.total > len(found.rows) > 0:
        more = found.total - len(found.rows)
        yield Words(f"… và {more} dòng nữa.", f"… and {more} more rows.").say(language)
    if found.missing:
        yield from _why_not(found.missing, language)


def _why(found: Explanation, why: Why, language: str) -> Iterator[str]:
    shown = [
        f"{c.label.say(language)}: {in_words(c.type, why.row[c.name], language)}"
        for c in found.answer.question.columns
        if why.row.get(c.name) is not None
    ]
    yield ""
    yield Words("Vì sao có dòng này — ", "Why this row — ").say(language) + "; ".join(shown)
    for block in blocks(why.facts):
        yield from _block(block, language)
    for title, listed in (
        (Words("Không có:", "Not there:"), why.absent),
        (Words("So sánh:", "Compared:"), why.held),
        (Words("Có xem mà không thấy:", "Looked for in vain:"), why.left_out),
    ):
        if listed:
            yield f"  {title.say(language)}"
            yield from (f"    - {words.say(language)}" for words in listed)
    if why.ways > 1 or why.cut_off:
        cut = Words(" (còn nữa)", " (there are more)").say(language) if why.cut_off else ""
        yield Words(f"  Gộp từ {why.ways} cách.", f"  Out of {why.ways} ways.").say(language) + cut


def _block(block: Block, language: str) -> Iterator[str]:
    if not block.facts:
        return
    yield f"  {block.name.say(language)}"
    for fact in block.facts:
        yield from _fact(fact, "    ", language)
    for words in block.words:
        yield f"      “{words.words}”"


def _fact(fact: Fact, indent: str, language: str) -> Iterator[str]:
    yield f"{indent}- {fact.said.say(language)}"
    if fact.rule:
        yield f"{indent}    ← {fact.rule.say(language)}"
    for words in fact.evidence:
        if words.by != fact.triple[0].value:
            yield f"{indent}    “{words.words}”"


def _why_not(missing: WhyNot, language: str) -> Iterator[str]:
    thing = missing.thing.say(language) if missing.thing else ""
    yield ""
    yield (
        Words(f"Vì sao không có {thing}:", f"Why {thing} is not there:")
        if thing
        else Words("Vì sao không có dòng nào:", "Why there is no row:")
    ).say(language)
    for reason in missing.reasons:
        yield from _reason(reason, "  ", language)
    if missing.linked:
        yield Words("  Mối liên hệ có thật:", "  What does join them:").say(language)
        yield from (f"    - {fact.text.say(language)}" for fact in missing.linked)


def _reason(reason: Reason, indent: str, language: str) -> Iterator[str]:
    yield f"{indent}- {reason.text.say(language)}"
    told = reason.text.say(language)
    nearest = [text for f in reason.nearest if (text := f.text.say(language)) not in told]
    if nearest:
        yield f"{indent}  {Words('Gần nhất:', 'Nearest:').say(language)} {' '.join(nearest)}"
    if reason.rule and reason.because:
        vi, en = (
            f"Quy tắc suy ra ({reason.rule.vi}) không áp dụng được vì:",
            f"The rule that derives it ({reason.rule.en}) does not apply because:",
        )
        yield f"{indent}  {Words(vi, en).say(language)}"
        for inner in reason.because:
            yield from _reason(inner, f"{indent}    ", language)
    for number, way in enumerate(reason.ways, 1):
        yield f"{indent}  ({number})"
        for inner in way:
            yield from _reason(inner, f"{indent}    ", language)
