"""Force on a day: from verified facts only, and "không rõ" where they end."""

import pytest

from cancu.graph.dataset import Embedded
from cancu.queries.answer import ask

IN, OUT, NOT_YET, UNKNOWN = "còn hiệu lực", "hết hiệu lực", "chưa có hiệu lực", "không rõ"

STATUS = {
    # document: (on 2023-02-15, on 2026-11-22)
    "77/2015/QH13": (IN, OUT),
    "47/2019/QH14": (IN, OUT),
    "63/2010/NĐ-CP": (IN, UNKNOWN),
    "48/2013/NĐ-CP": (IN, UNKNOWN),
    "92/2017/NĐ-CP": (IN, UNKNOWN),
    "61/2018/NĐ-CP": (IN, OUT),
    "107/2021/NĐ-CP": (IN, OUT),
    "45/2020/NĐ-CP": (IN, UNKNOWN),
    "02/2017/TT-VPCP": (IN, UNKNOWN),
    "01/2018/TT-VPCP": (IN, UNKNOWN),
    # its start is recalled only, and it was last seen in force on 1 February
    "01/NQ-CP": (UNKNOWN, UNKNOWN),
}


def status(dataset: Embedded, day: str) -> dict[str, tuple[object, ...]]:
    """Document -> status, end and replacement on a day."""
    rows = ask("A15", {"date": day}, dataset).rows
    return {str(r["document"]): (r["status"], r["ended"], r["replaced_by"]) for r in rows}


@pytest.mark.parametrize("position", [0, 1])
def test_the_documents_of_the_plan(dataset: Embedded, position: int) -> None:
    found = status(dataset, ("2023-02-15", "2026-11-22")[position])
    assert {document: s[0] for document, s in found.items()} == {
        d: s[position] for d, s in STATUS.items()
    }


BORDERS = [
    # (document, day, status): the day before, and the day of, each border
    ("61/2018/NĐ-CP", "2018-06-20", NOT_YET),
    ("61/2018/NĐ-CP", "2018-06-21", IN),
    ("61/2018/NĐ-CP", "2025-06-30", IN),
    ("61/2018/NĐ-CP", "2025-07-01", OUT),
    ("63/2010/NĐ-CP", "2010-10-13", NOT_YET),
    ("63/2010/NĐ-CP", "2025-11-01", IN),
    ("63/2010/NĐ-CP", "2025-11-02", UNKNOWN),
]


@pytest.mark.parametrize(("document", "day", "expected"), BORDERS)
def test_borders(dataset: Embedded, document: str, day: str, expected: str) -> None:
    assert status(dataset, day)[document][0] == expected


def test_an_ended_document_says_when_and_by_what(dataset: Embedded) -> None:
    assert status(dataset, "2026-11-22")["61/2018/NĐ-CP"] == (OUT, "2025-07-01", "118/2025/NĐ-CP")
    assert status(dataset, "2023-02-15")["61/2018/NĐ-CP"][2] is None


def test_the_candidate_of_a_reference_is_no_document_of_the_plan(dataset: Embedded) -> None:
    assert "1085/QĐ-TTg" not in status(dataset, "2023-02-15")
    [row] = [r for r in ask("A7", {}, dataset).rows if r["candidate"]]
    assert (row["task"], row["candidate"], row["review"]) == ("II.4", "1085/QĐ-TTg", "unreviewed")


def test_the_wording_in_force(dataset: Embedded) -> None:
    rows = ask("A16", {"document": "63/2010/NĐ-CP", "date": "2023-02-15"}, dataset).rows
    assert [r["amender"] for r in rows] == ["48/2013/NĐ-CP", "150/2016/NĐ-CP", "92/2017/NĐ-CP"]
    assert {r["how"] for r in rows} == {"curated-registry"}
    earlier = ask("A16", {"document": "63/2010/NĐ-CP", "date": "2013-06-30"}, dataset).rows
    assert not earlier


def test_amendments_say_how_they_are_known(dataset: Embedded) -> None:
    """107/2021 -> 61/2018 is in the plan's words; 48/2013 and 92/2017 -> 63/2010 are the registry's."""
    known = {
        (r["target"], r["how"]) for r in ask("A3", {"document": "107/2021/NĐ-CP"}, dataset).rows
    }
    assert known == {("61/2018/NĐ-CP", "explicit-citation"), ("61/2018/NĐ-CP", "curated-registry")}
    for document in ("48/2013/NĐ-CP", "92/2017/NĐ-CP"):
        rows = ask("A3", {"document": document}, dataset).rows
        assert {r["how"] for r in rows if r["target"] == "63/2010/NĐ-CP"} == {"curated-registry"}


def test_no_decree_is_cited_by_a_task(dataset: Embedded) -> None:
    for document in ("61/2018/NĐ-CP", "63/2010/NĐ-CP", "45/2020/NĐ-CP"):
        rows = ask("A5", {"document": document}, dataset).rows
        assert {r["tier"] for r in rows} == {"suggested", "general"}
        assert len(rows) == 21


def test_what_falls_with_a_document_keeps_the_tiers_apart(dataset: Embedded) -> None:
    rows = ask("A13", {"document": "61/2018/NĐ-CP"}, dataset).rows
    assert {r["through"] for r in rows} == {"61/2018/NĐ-CP", "107/2021/NĐ-CP", "01/2018/TT-VPCP"}
    itself = {r["task"]: r["tier"] for r in rows if r["through"] == "61/2018/NĐ-CP"}
    assert len(itself) == 21 and list(itself.values()).count("suggested") == 8
