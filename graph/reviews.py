"""People's verdicts on claims: a history that is only ever added to.

The file `reviews.jsonl` in the home folder holds one verdict a line: what was claimed (subject, predicate, object, how
it is known), who says what of it, when and why. A claim's name is a hash of those four, so a verdict finds its claim
again after every rebuild. A verdict whose claim no longer exists stays in the file and is reported.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from pyoxigraph import Literal, NamedNode, Quad, Store

from cancu.graph.errors import DamagedReviews, StorageFailed, UnknownClaim
from cancu.ontology.iri import claim_iri, concept_iri, mint, review_iri, slug
from cancu.ontology.terms import CANCU, FOAF, GRAPHS, PROV, RDF, RDFS, XSD

FILE = "reviews.jsonl"

VERDICTS = {"confirm": "xac-nhan", "reject": "bac-bo", "defer": "can-bo-sung"}
"""What a person may say of a claim -> concept of the scheme ket-luan."""


@dataclass(frozen=True)
class Review:
    """One verdict.

    Attributes:
        subject, predicate, object, how: of the claim, whole addresses.
        verdict: "confirm", "reject" or "defer".
        by: the person's name.
        at: ISO time with zone.
        reason: why, in the person's words.
    """

    subject: str
    predicate: str
    object: str
    how: str
    verdict: str
    by: str
    at: str
    reason: str

    @property
    def claim(self) -> str:
        """The address of the claim."""
        return claim_iri(self.subject, self.predicate, self.object, self.how)


def read_reviews(home: Path) -> list[Review]:
    """Every verdict, oldest first; none if nobody has given one.

    Raises:
        DamagedReviews: a line is not a verdict; nothing is skipped in silence.
    """
    path = home / FILE
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            review = Review(**json.loads(line))
            if review.verdict not in VERDICTS:
                raise ValueError(review.verdict)
        except (TypeError, ValueError) as error:
            raise DamagedReviews(
                f"Dòng {number} của {path} không đọc được; hãy sửa dòng ấy hoặc lấy lại tệp từ bản sao.",
                f"Line {number} of {path} cannot be read; mend it or restore the file from a copy.",
            ) from error
        found.append(review)
    return found


def add_review(home: Path, review: Review) -> None:
    """Add a verdict to the history.

    Raises:
        StorageFailed: the file cannot be written; the history is as it was.
    """
    path = home / FILE
    try:
        with FileLock(home / "reviews.lock"), path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(review), ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise StorageFailed.at(path, error) from error


def now() -> str:
    """This moment, with the zone of the place."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def orphans(reviews: Iterable[Review], quads: Iterable[Quad]) -> list[Review]:
    """The verdicts whose claim is not among these quads."""
    kind = NamedNode(CANCU.Claim)
    claims = {
        q.subject.value for q in quads if q.object == kind and isinstance(q.subject, NamedNode)
    }
    return [review for review in reviews if review.claim not in claims]


def review_quads(reviews: Sequence[Review], quads: Iterable[Quad]) -> list[Quad]:
    """The verdicts as quads of the graph `xem-xet`, without those whose claim is gone."""
    lost = set(orphans(reviews, quads))
    return verdicts([review for review in reviews if review not in lost])


def verdicts(reviews: Iterable[Review]) -> list[Quad]:
    """All these verdicts as quads of the graph `xem-xet`."""
    return list(dict.fromkeys(quad for review in reviews for quad in _quads(review)))


def _quads(review: Review) -> list[Quad]:
    person = mint("person", name=slug(review.by) or "khong-ten")
    node = review_iri(review.claim, person, review.at)
    graph = NamedNode(GRAPHS.xem_xet)
    facts: list[tuple[str, str, NamedNode | Literal]] = [
        (node, RDF.type, NamedNode(CANCU.Review)),
        (node, CANCU.reviewOf, NamedNode(review.claim)),
        (node, CANCU.verdict, NamedNode(concept_iri("ket-luan", VERDICTS[review.verdict]))),
        (node, PROV.wasAssociatedWith, NamedNode(person)),
        (node, PROV.endedAtTime, Literal(review.at, datatype=NamedNode(XSD.dateTime))),
        (node, RDFS.comment, Literal(review.reason, language="vi")),
        (person, RDF.type, NamedNode(FOAF.Person)),
        (person, FOAF.name, Literal(review.by)),
    ]
    return [Quad(NamedNode(s), NamedNode(p), o, graph) for s, p, o in facts]


def find_claim(store: Store, name: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object and method of the claim with this address, or with these last 12 digits of it.

    Raises:
        UnknownClaim: there is none.
    """
    iri = name if name.startswith("http") else None
    if iri is None and re.fullmatch(r"[0-9a-f]{12}", name.strip()):
        iri = mint("claim", digest=name.strip())
    parts = [
        _value(store, iri, p)
        for p in (CANCU.claimSubject, CANCU.claimPredicate, CANCU.claimObject, CANCU.howKnown)
    ]
    if iri is None or not all(parts):
        raise UnknownClaim(
            f"Không có khẳng định “{name}”. Câu hỏi A2 cho biết khẳng định của từng căn cứ.",
            f"There is no claim “{name}”. Question A2 gives the claim behind each basis.",
        )
    return parts[0], parts[1], parts[2], parts[3]


def _value(store: Store, subject: str | None, predicate: str) -> str:
    if subject is None:
        return ""
    found = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
    return next((quad.object.value for quad in found if isinstance(quad.object, NamedNode)), "")
