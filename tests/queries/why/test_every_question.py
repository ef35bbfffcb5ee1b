"""Why a row is there and why a thing is not, for every question of the catalogue on the built-in plan.

Nothing here knows a question by name: what is added to the catalogue is tested too.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from pyoxigraph import NamedNode, Variable

from cancu.graph.dataset import Embedded, Row
from cancu.ontology.load import rules
from cancu.ontology.terms import PREFIXES
from cancu.queries.answer import Answer, ask, understand
from cancu.queries.catalogue import Words, questions
from cancu.queries.errors import CannotExplain, MissingValue
from cancu.queries.parameters import NAMES
from cancu.queries.why.explain import Explanation, Why, explain
from cancu.queries.why.known import settled, with_known
from cancu.queries.why.pattern import Path, Select, Triple, loosely_computed, walk
from cancu.queries.why.probe import Probe
from cancu.queries.why.read import read_body
from cancu.queries.why.reasons import Reason
from cancu.queries.why.render import select_text
from cancu.queries.why.rows import Wanted, key_columns
from cancu.queries.why.rules import derived
from cancu.queries.why.terms import Names, phrases
from cancu.queries.why.told import Fact
from tests.queries.why.memory import Memory, copy_of


def _explained(code: str) -> bool:
    try:
        read_body(questions()[code].sparql)
    except CannotExplain:
        return False
    return True


CODES = [code for code in questions() if _explained(code)]
"""The questions whose answers can be explained."""

ROWS = 8
"""Rows of a question that are looked at; `long` tests look at the rest."""


@pytest.fixture(scope="module")
def memory(dataset: Embedded) -> Memory:
    """The built-in plan's graph, to be changed and put back."""
    return copy_of(dataset)


def test_all_but_graphs_are_explained() -> None:
    others = set(questions()) - set(CODES)
    assert all(questions()[code].query.lstrip().startswith("CONSTRUCT") for code in others), others


# ---- the query, taken to pieces and put together


@pytest.mark.parametrize("code", CODES)
def test_the_query_in_pieces_says_the_same(code: str, dataset: Embedded) -> None:
    asked = questions()[code]
    _, bindings = understand(asked, {}, dataset)
    body = read_body(asked.sparql)
    known = settled(body.group, {Variable(name): term for name, term in bindings.items()})
    assert isinstance(known, dict)
    # what is known is not selected any more: put it back where a column shows it
    loose = loosely_computed(body.group)
    columns = tuple(c for c in body.columns if c.variable not in known and c.variable not in loose)
    keys = tuple(k for k in body.keys if k not in known)
    whole = Select(0, columns, with_known(body.group, known), keys, body.having)
    ours = {tuple(row.values()) for row in dataset.select(select_text(whole)).rows}
    names = [c.variable.value for c in columns]
    theirs = {
        tuple(row.get(name) for name in names if name in row)
        for row in dataset.select(asked.sparql, bindings).rows
    }
    assert ours == theirs


# ---- why


def wanted(answer: Answer, row: Row) -> Wanted:
    """A row as its link names it."""
    return Wanted([(n, "" if row[n] is None else str(row[n])) for n in key_columns(answer)])


def why(code: str, row: Row, answer: Answer, dataset: Embedded | Memory) -> Why:
    found = explain(code, {}, wanted(answer, row), dataset)
    assert found.total == len(found.rows) == 1, "a key tells rows apart"
    assert found.rows[0].row == row
    return found.rows[0]


def texts_of(facts: tuple[Fact, ...]) -> Iterator[Words]:
    for fact in facts:
        yield fact.text
        if fact.rule:
            yield fact.rule
        yield from texts_of(fact.because)


def is_prose(words: Words) -> bool:
    """Whether words are words: nothing left out, no address, no variable, nothing of Python."""
    both = f"{words.vi} {words.en}"
    said = re.sub(r"“[^”]*”", "", both)
    return bool(words.vi and words.en) and not re.search(
        r"\{o\}|https?://|None|<class|\[\]|\?\w", said
    )


@pytest.mark.parametrize("code", CODES)
def test_every_row_rests_on_facts_of_the_graph(
    code: str, dataset: Embedded, memory: Memory
) -> None:
    answer = ask(code, {}, dataset)
    for row in answer.rows[:ROWS]:
        found = why(code, row, answer, dataset)
        assert found.facts
        assert all(memory.has(fact.triple) for fact in found.facts)
        said = [*texts_of(found.facts), *found.absent, *found.left_out]
        assert all(map(is_prose, said)), [w for w in said if not is_prose(w)]


def still_there(code: str, row: Row, memory: Memory) -> bool:
    """Whether the answer still has the row, just as it was."""
    try:
        return row in ask(code, {}, memory).rows
    except (MissingValue, LookupError):
        return False


def goes_with_a_fact(code: str, row: Row, found: Why, memory: Memory) -> bool:
    """Whether the row is gone or another when one of its facts is, those that matter first."""
    for fact in sorted(found.facts, key=lambda f: f.naming):
        with memory.without(fact.triple):
            if not still_there(code, row, memory):
                return True
    return False


def spread(rows: tuple[Row, ...], number: int) -> tuple[Row, ...]:
    """Some rows from all over an answer."""
    return rows[:: max(1, len(rows) // number)][:number]


@pytest.mark.parametrize("code", CODES)
def test_a_row_goes_with_its_facts(code: str, dataset: Embedded, memory: Memory) -> None:
    answer = ask(code, {}, dataset)
    for row in spread(answer.rows, 5):
        assert goes_with_a_fact(code, row, why(code, row, answer, dataset), memory), row


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_all_rows_go_with_their_facts(code: str, dataset: Embedded, memory: Memory) -> None:
    answer = ask(code, {}, dataset)
    for row in answer.rows:
        found = why(code, row, answer, dataset)
        assert all(memory.has(fact.triple) for fact in found.facts)
        assert goes_with_a_fact(code, row, found, memory), row


@pytest.mark.parametrize("code", CODES)
def test_every_derived_fact_names_its_rule(code: str, dataset: Embedded, memory: Memory) -> None:
    answer = ask(code, {}, dataset)
    for row in spread(answer.rows, 3):
        for fact in why(code, row, answer, dataset).facts:
            if fact.triple[1] in derived():
                assert fact.rule, fact.text
                assert all(memory.has(f.triple) for f in fact.because)
            else:
                assert fact.rule is None


# ---- why not


@cache
def absent_things(code: str, dataset: Embedded) -> tuple[tuple[str, str], ...]:
    """Some things that could stand in a column and do not, by address, from all over the list of them."""
    answer = ask(code, {}, dataset)
    found = []
    for column in answer.question.columns:
        address = f"{column.name}_iri"
        if column.type in NAMES and column.type != "plan" and address in answer.columns:
            there = {row[address] for row in answer.rows}
            away = sorted(things(column.type, dataset) - there)
            found += [(address, iri) for iri in away[:: max(1, len(away) // 5)][:5]]
    return tuple(found)


@cache
def things(kind: str, dataset: Embedded) -> frozenset[str]:
    """The addresses of all things of a kind."""
    used = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return frozenset(str(row["iri"]) for row in dataset.select(used + NAMES[kind]).rows)


def all_reasons(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        for way in (*reason.ways, reason.because):
            yield from all_reasons(way)


def reasons_of(found: Explanation) -> tuple[Reason, ...]:
    return found.missing.reasons if found.missing else ()


@pytest.mark.parametrize("code", CODES)
def test_every_missing_thing_has_a_reason(code: str, dataset: Embedded, memory: Memory) -> None:
    for column, name in absent_things(code, dataset):
        found = explain(code, {}, Wanted([(column, name)]), dataset)
        assert not found.total
        assert reasons_of(found), (column, name)
        for reason in all_reasons(reasons_of(found)):
            assert is_prose(reason.text), reason.text
            assert reason.condition
            assert all(memory.has(fact.triple) for fact in reason.nearest)
            assert all(is_prose(fact.text) for fact in reason.nearest)
            if reason.missing:
                assert not memory.has(reason.missing)


@pytest.mark.parametrize("code", CODES)
def test_a_missing_fact_that_is_added_changes_what_is_said(
    code: str, dataset: Embedded, memory: Memory
) -> None:
    """Where a reason is one triple, the row is there with it, or other reasons are left."""
    for column, name in absent_things(code, dataset):
        look = Wanted([(column, name)])
        before = reasons_of(explain(code, {}, look, memory))
        for reason in before:
            if reason.missing:
                with memory.with_too(reason.missing):
                    after = explain(code, {}, look, memory)
                left = {r.condition for r in reasons_of(after)}
                assert after.total or reason.condition not in left, reason.text


@pytest.mark.parametrize("code", CODES)
def test_what_is_there_is_not_missing(code: str, dataset: Embedded) -> None:
    """A thing that is asked for by name and stands in the answer is explained, not denied."""
    answer = ask(code, {}, dataset)
    for column in answer.question.columns:
        if column.type in NAMES and f"{column.name}_iri" in answer.columns:
            for row in spread(answer.rows, 2):
                if row[column.name]:
                    iri = str(row[f"{column.name}_iri"])
                    found = explain(code, {}, Wanted([(f"{column.name}_iri", iri)]), dataset)
                    assert found.total
                    assert found.missing is None


# ---- words


@pytest.mark.parametrize("code", CODES)
def test_every_property_has_words(code: str, dataset: Embedded) -> None:
    names = Names(Probe(dataset))
    for part in walk(read_body(questions()[code].sparql).group):
        if isinstance(part, Triple) and not isinstance(part.predicate, Path | Variable):
            said = names.property(part.predicate)
            for words in (said.noun, said.has, said.lacks, said.none):
                assert words.vi != words.en, part.predicate
                assert ":" not in words.vi.replace(": {o}", ""), (
                    "no label: the name of the property itself"
                )


def test_every_rule_has_words() -> None:
    assert set(phrases()["rule"]) == {name for name, _ in rules()}


def test_every_phrase_has_its_object() -> None:
    for name, said in phrases()["property"].items():
        for language in ("vi", "en"):
            noun, has, lacks, none = said[language]
            assert "{o}" in has, name
            assert "{o}" in lacks, name
            assert "{o}" not in noun + none, name


def test_phrases_are_of_terms_that_there_are(dataset: Embedded) -> None:
    from cancu.queries.why.terms import iri_of

    for name in [*phrases()["thing"], *phrases()["kind"]]:
        query = f"SELECT ?x WHERE {{ ?x ?p <{iri_of(name)}> }} LIMIT 1"
        assert dataset.select(query).rows or name == "cancu:Review", name
    assert NamedNode(iri_of("rdf:type")).value.endswith("#type")
