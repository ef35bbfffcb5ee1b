"""Verdicts: a history that is only added to, and what follows from the latest of them."""

from pathlib import Path

import pytest

from cancu.graph.dataset import Embedded
from cancu.graph.errors import DamagedReviews, UnknownClaim
from cancu.graph.publish import publish, republish
from cancu.graph.reviews import FILE, Review, add_review, find_claim, read_reviews
from cancu.ontology.iri import claim_iri
from cancu.ontology.terms import CANCU, HOW, RDFS
from cancu.queries.answer import ask

PLAN = "https://w3id.org/cancu/id/ke-hoach/chi-linh/2023/kstthc-mot-cua"
DECREE = "https://w3id.org/cancu/id/vb/chinh-phu/nghi-dinh/2018/61-2018-nd-cp"


def verdict(kind: str, at: str, task: str = "ii-5", document: str = DECREE) -> Review:
    """A made verdict on a suggested basis."""
    subject = f"{PLAN}/nhiem-vu/{task}"
    return Review(
        subject,
        CANCU.legalBasis,
        document,
        HOW.khop_noi_dung,
        kind,
        "Cán bộ (ví dụ)",
        at,
        "ví dụ minh họa",
    )


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """A home with the built-in plan and no verdict."""
    publish(tmp_path)
    return tmp_path


def tiers(home: Path, task: str = "II.5", document: str = "61/2018/NĐ-CP") -> list[str]:
    """The tiers of a task under a document, in the order of the answer."""
    rows = ask("A5", {"document": document}, Embedded.at(home)).rows
    return [str(row["tier"]) for row in rows if row["task"] == task]


def test_the_product_ships_with_no_verdict(dataset: Embedded) -> None:
    assert dataset.snapshot.manifest.reviews == 0
    assert not dataset.select("SELECT ?r WHERE { ?r a <https://w3id.org/cancu/ns#Review> }").rows


STORIES = [
    # (verdicts in order, tier afterwards)
    ((), ["suggested"]),
    (("confirm",), ["confirmed"]),
    (("reject",), ["general"]),
    (("defer",), ["suggested"]),
    (("confirm", "reject"), ["general"]),
    (("reject", "confirm"), ["confirmed"]),
]


@pytest.mark.parametrize(("verdicts", "expected"), STORIES)
def test_the_latest_verdict_decides(
    reviewed: Path, verdicts: tuple[str, ...], expected: list[str]
) -> None:
    for day, kind in enumerate(verdicts, 1):
        add_review(reviewed, verdict(kind, f"2026-01-0{day}T09:00:00+07:00"))
    republish(reviewed)
    assert tiers(reviewed) == expected
    assert [r.verdict for r in read_reviews(reviewed)] == list(verdicts)


# (verdict on the candidate of II.4, what the reference denotes, the candidates still shown)
@pytest.mark.parametrize(
    ("kind", "denoted", "shown"),
    [
        ("confirm", ["1085/QĐ-TTg"], [("1085/QĐ-TTg", "confirmed")]),
        ("reject", [], [(None, None)]),
        ("defer", [], [("1085/QĐ-TTg", "deferred")]),
    ],
)
def test_a_verdict_on_a_candidate_says_what_the_reference_denotes(
    reviewed: Path, kind: str, denoted: list[str], shown: list[tuple[str | None, str | None]]
) -> None:
    dataset = Embedded.at(reviewed)
    [row] = [r for r in ask("A7", {}, dataset).rows if r["candidate"]]
    claim = find_claim(dataset.store, str(row["claim_iri"]))
    add_review(
        reviewed, Review(*claim, kind, "Cán bộ (ví dụ)", "2026-01-01T09:00:00+07:00", "ví dụ")
    )
    republish(reviewed)
    after = Embedded.at(reviewed)
    query = f"SELECT ?label {{ ?r <{CANCU.denotes}> ?d . ?d <{RDFS.label}> ?label }}"
    assert [row["label"] for row in after.select(query).rows] == denoted
    rows = [r for r in ask("A7", {}, after).rows if r["task"] == "II.4"]
    assert [(r["candidate"], r["review"]) for r in rows] == shown


def test_a_verdict_survives_a_rebuild_from_the_documents(reviewed: Path) -> None:
    add_review(reviewed, verdict("confirm", "2026-01-01T09:00:00+07:00"))
    assert publish(reviewed).manifest.reviews == 1
    assert tiers(reviewed) == ["confirmed"]
    assert tiers(reviewed, "II.3") == ["suggested"]


def test_a_rebuild_and_a_republication_agree(reviewed: Path) -> None:
    add_review(reviewed, verdict("confirm", "2026-01-01T09:00:00+07:00"))
    assert publish(reviewed).version == republish(reviewed).version


def test_a_verdict_whose_claim_is_gone_is_kept_and_reported(reviewed: Path) -> None:
    lost = verdict("confirm", "2026-01-01T09:00:00+07:00", task="i-1")
    add_review(reviewed, lost)
    manifest = republish(reviewed).manifest
    assert manifest.lost_reviews == (lost.claim,) and manifest.reviews == 0
    assert read_reviews(reviewed) == [lost]
    assert tiers(reviewed, "I.1") == ["general"]


def test_history_is_only_added_to(reviewed: Path) -> None:
    add_review(reviewed, verdict("confirm", "2026-01-01T09:00:00+07:00"))
    first = (reviewed / FILE).read_bytes()
    add_review(reviewed, verdict("reject", "2026-01-02T09:00:00+07:00"))
    assert (reviewed / FILE).read_bytes().startswith(first)


@pytest.mark.parametrize("line", ["{", "[]", '{"verdict": "confirm"}', '{"a": 1}'])
def test_a_damaged_line_is_said_and_nothing_is_built_on_it(reviewed: Path, line: str) -> None:
    before = Embedded.at(reviewed).version
    (reviewed / FILE).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DamagedReviews, match="Dòng 1"):
        republish(reviewed)
    assert Embedded.at(reviewed).version == before


def test_claims_are_found_by_address_and_by_their_last_digits(dataset: Embedded) -> None:
    review = verdict("confirm", "2026-01-01T09:00:00+07:00")
    parts = (review.subject, review.predicate, review.object, review.how)
    assert review.claim == claim_iri(*parts)
    assert find_claim(dataset.store, review.claim) == parts
    assert find_claim(dataset.store, review.claim.rsplit("/", 1)[1]) == parts


@pytest.mark.parametrize(
    "name",
    [
        "",
        "zzz",
        "000000000000",
        "https://w3id.org/cancu/id/khang-dinh/000000000000",
        f"{PLAN}/nhiem-vu/ii-5",
    ],
)
def test_what_is_no_claim_is_refused(dataset: Embedded, name: str) -> None:
    with pytest.raises(UnknownClaim):
        find_claim(dataset.store, name)
