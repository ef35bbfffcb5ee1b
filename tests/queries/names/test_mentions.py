"""Sentences with the things and times that they mention."""

import re
from datetime import date

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.errors import BadValue
from cancu.queries.names.lookup import lookup_of
from cancu.queries.names.mentions import LONGEST, Mention, mentions
from cancu.queries.names.typed import nfc
from cancu.queries.parameters import NAMES, resolve
from tests.queries.names.tables import rows

SENTENCES = [(row[0], row[1] if len(row) > 1 else "") for row in rows("sentences")]
BRACES = re.compile(r"\{\S+ ([^}]*)\}")


def marked(sentence: str, found: list[Mention]) -> str:
    """A sentence with its mentions in braces, as the table writes them."""
    text, kinds = nfc(sentence), dict[tuple[int, int], list[str]]()
    for mention in found:
        kinds.setdefault((mention.start, mention.end), []).append(mention.kind)
    flags = {(m.start, m.end): flag(m) for m in found}
    for start, end in sorted(kinds, reverse=True):
        label = "+".join(kinds[start, end]) + flags[start, end]
        text = f"{text[:start]}{{{label} {text[start:end]}}}{text[end:]}"
    return text


def flag(mention: Mention) -> str:
    many = "?" if len(mention.candidates) > 1 else ""
    none = "!" if mention.kind in NAMES and not mention.candidates else ""
    return ("~" if mention.weak else "") + many + none


@pytest.mark.parametrize(
    ("where", "sentence"), SENTENCES, ids=[f"{w} {s!a}"[:80] for w, s in SENTENCES]
)
def test_a_sentence(where: str, sentence: str, dataset: Embedded, many: Embedded) -> None:
    plain = BRACES.sub(r"\1", sentence)
    found = mentions(plain, dataset if where == "one" else many)
    assert marked(plain, found) == nfc(sentence)


@pytest.mark.parametrize(
    ("where", "sentence"), SENTENCES, ids=[f"{w} {s!a}"[:80] for w, s in SENTENCES]
)
def test_a_mention_means_what_its_words_mean(
    where: str, sentence: str, dataset: Embedded, many: Embedded
) -> None:
    data = dataset if where == "one" else many
    plain = BRACES.sub(r"\1", sentence)
    last = 0
    for mention in mentions(plain, data):
        assert mention.text == nfc(plain)[mention.start : mention.end]
        assert mention.text.strip() == mention.text != ""
        assert mention.end >= last
        last = mention.end
        if mention.kind in NAMES:
            assert list(mention.candidates) == lookup_of(data).find(mention.kind, mention.text)
            continue
        try:
            plan = next(iter(lookup_of(data).index.plans))
            resolve("period", "x", mention.text, data, plan, today=date(2023, 8, 10))
        except BadValue as vague:
            assert "nói rõ" in vague.vi


def test_there_are_many_sentences() -> None:
    assert len(SENTENCES) >= 100
    assert len(set(SENTENCES)) == len(SENTENCES)


@pytest.mark.parametrize(
    "text",
    ["\x00", "{}", "(" * 500, "a" * 10_000, "nghị định " * 400, "II.5 " * 1000, "\u0301" * 50],
)
def test_rubbish_is_read_in_no_time(text: str, dataset: Embedded) -> None:
    assert all(mention.end <= LONGEST for mention in mentions(text, dataset))
