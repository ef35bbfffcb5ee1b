"""What people type, row by row: the one thing it means, the several it may be, or what comes close to what it is not."""

from datetime import date

import pytest

from cancu.graph.dataset import Embedded
from cancu.ontology.iri import BASE
from cancu.queries.errors import AmbiguousValue, BadValue, UnknownValue
from cancu.queries.names.lookup import lookup_of
from cancu.queries.names.typed import nfc
from cancu.queries.parameters import choices, find, resolve
from tests.queries.names.tables import rows

TODAY = date(2023, 8, 10)
ONE = [
    (kind, *row)
    for kind, table in (
        ("document", "documents"),
        ("agency", "bodies"),
        ("group", "groups"),
        ("task", "tasks"),
    )
    for row in rows(table)
]
MANY = [*(["plan", *row] for row in rows("plans")), *rows("many")]
TIMES = rows("times")


def meaning(kind: str, typed: str, dataset: Embedded, plan: str | None = None) -> str:
    """What something means, as the tables write it."""
    try:
        return find(kind, typed, dataset, plan and f"{BASE}id/ke-hoach/{plan}")[0]
    except AmbiguousValue as several:
        told = [candidate.rsplit(" <", 1)[0] for candidate in several.candidates]
        # a document is told by its number alone
        return "?" + "|".join(t.rsplit(" (", 1)[0] if kind == "document" else t for t in told)
    except UnknownValue as none:
        assert len(none.nearest) <= 5
        return "!" + "|".join(none.nearest)


def check(found: str, meant: str) -> None:
    if meant.startswith("!"):
        assert found.startswith("!")
        assert not meant[1:] or meant[1:] in found[1:].split("|")
    elif meant.startswith("?"):
        assert found == meant
    else:
        assert found.endswith(f"/{meant}")


@pytest.mark.parametrize(("kind", "typed", "meant"), ONE, ids=[f"{r[0]} {r[1]!a}" for r in ONE])
def test_in_the_plan_that_ships(kind: str, typed: str, meant: str, dataset: Embedded) -> None:
    check(meaning(kind, typed, dataset), meant)


@pytest.mark.parametrize("row", MANY, ids=[" ".join(map(ascii, r)) for r in MANY])
def test_in_four_plans(row: list[str], many: Embedded) -> None:
    kind, typed, meant, *plan = row
    check(meaning(kind, typed, many, *plan), meant)


@pytest.mark.parametrize("row", TIMES, ids=[f"{r[0]} {r[1]!a}" for r in TIMES])
def test_times(row: list[str], dataset: Embedded) -> None:
    kind, typed, first, *more = row
    if first in ("!", "~"):
        with pytest.raises(BadValue) as bad:
            resolve(kind, "x", typed, dataset, today=TODAY)
        assert ("nói rõ" in bad.value.vi) == (first == "~")
        return
    found = resolve(kind, "x", typed, dataset, today=TODAY)
    bound = {name: term.value for name, term in found.bindings.items()}
    last, said = more[0], (more[1] if len(more) > 1 else first)
    expected = (
        {"x_asked": first} if kind == "date" else {"x_start_asked": first, "x_end_asked": last}
    )
    assert bound == expected
    assert found.shown == said
    # what is said back can be typed again, and means the same whatever day it is
    again = resolve(kind, "x", found.shown, dataset, today=date(1999, 1, 1))
    assert again == found


def test_a_table_is_long_and_says_each_thing_once() -> None:
    assert len(ONE) + len(MANY) + len(TIMES) >= 400
    for table in (ONE, MANY, TIMES):
        typed = [tuple(row[:2]) + tuple(row[3:]) for row in table]
        assert len(typed) == len(set(typed))
    refused = [row for row in [*ONE, *MANY, *TIMES] if row[2][:1] in ("!", "?", "~")]
    assert len(refused) >= 150


@pytest.mark.parametrize("kind", ["document", "agency", "group", "task", "plan"])
def test_tables_hold_text_as_people_type_it(kind: str) -> None:
    """Some of it in decomposed marks, so that NFC at the entrance is tested."""
    typed = [row[1] for row in [*ONE, *MANY] if row[0] == kind]
    assert typed
    if kind in ("document", "agency"):
        assert any(nfc(text) != text for text in typed)


@pytest.mark.parametrize("kind", ["document", "agency", "group", "task", "plan"])
def test_what_is_offered_means_one_thing(kind: str, dataset: Embedded, many: Embedded) -> None:
    """Also what comes close and the candidates, which are offered the same way."""
    for data in (dataset, many):
        lookup = lookup_of(data)
        offered = choices(kind, data)
        assert len(offered) == len(lookup.index.things(kind))
        for choice in offered:
            (thing,) = lookup.find(kind, choice)
            assert choice in (thing.label, thing.told)
            assert lookup.find(kind, thing.iri) == [thing]


@pytest.mark.parametrize("kind", ["year", "quarter", "period"])
def test_times_that_are_offered(kind: str, many: Embedded) -> None:
    offered = choices(kind, many)
    assert offered
    assert all(resolve(kind, "x", choice, many).shown == choice for choice in offered)


def test_a_time_without_a_year_in_plans_of_two_years(many: Embedded) -> None:
    with pytest.raises(AmbiguousValue) as several:
        resolve("quarter", "x", "quý 2", many)
    assert several.value.candidates == ("quý II/2023", "quý II/2024")
    plan = f"{BASE}id/ke-hoach/sam-son/2024/27-qd-ubnd"
    assert resolve("quarter", "x", "quý 2", many, plan).shown == "quý II/2024"
    with pytest.raises(AmbiguousValue) as several:
        resolve("period", "x", "trước 30/6", many)
    assert several.value.candidates == ("trước 30/06/2023", "trước 30/06/2024")


def test_many_candidates_are_cut_off_in_a_sentence(dataset: Embedded) -> None:
    with pytest.raises(AmbiguousValue) as several:
        find("group", "cơ quan", dataset)
    assert len(several.value.candidates) > 10
    assert f"và {len(several.value.candidates) - 10} mục khác" in several.value.vi
    assert several.value.en.count("<https://") == 10
