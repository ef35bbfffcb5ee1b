"""How well typed sentences are understood: `python tests/queries/score_phrasings.py FILE.tsv…`.

A file has the columns text, code ("-": must be refused), parameters ("document=61/2018/NĐ-CP; …"), note. A sentence is right
with the right question and the right things as its values, or, where a sentence has no value for a question that must be told
one, if it is asked for with the form of the right question. It is confidently wrong if it is given another answer.
"""

import csv
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cancu.graph.dataset import Dataset, Embedded
from cancu.graph.publish import publish
from cancu.queries.answer import understand
from cancu.queries.catalogue import questions
from cancu.queries.errors import QueryError, ValueUnsaid
from cancu.queries.sentence.read import read_sentence

RIGHT, OFFERED, REFUSED, WRONG = "right", "offered", "refused", "WRONG"
"""OFFERED: refused, with the right question among those offered."""


_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Phrasing:
    """A sentence, the codes that are right for it (none: it must be refused), and its values."""

    text: str
    codes: tuple[str, ...]
    values: dict[str, str]


def read_phrasings(path: Path) -> list[Phrasing]:
    """The phrasings of a file."""
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Phrasing(
            row["text"],
            () if row["code"] == "-" else tuple(row["code"].split("|")),
            dict(pair.split("=", 1) for pair in (row["parameters"] or "").split("; ") if pair),
        )
        for row in rows
    ]


def refused(phrasing: Phrasing, error: QueryError) -> str:
    """What a refusal is worth."""
    if not phrasing.codes:
        return RIGHT
    return OFFERED if set(phrasing.codes) & set(getattr(error, "candidates", ())) else REFUSED


def judge(phrasing: Phrasing, dataset: Dataset) -> tuple[str, str]:
    """RIGHT, OFFERED, REFUSED or WRONG, and what came out."""
    try:
        reading = read_sentence(phrasing.text, dataset)
        shown, bound = understand(reading.question, reading.values, dataset)
    except ValueUnsaid as error:
        asked = error.candidates[0]
        alike = asked in phrasing.codes and not set(error.unsaid) & set(phrasing.values)
        return (RIGHT if alike else refused(phrasing, error)), f"{asked} without a value"
    except QueryError as error:
        nearest = " ".join(getattr(error, "candidates", ()))
        return refused(phrasing, error), f"{type(error).__name__} {nearest}"
    said = f"{reading.question.code} {dict(reading.values)} {reading.score:.2f}"
    if reading.question.code not in phrasing.codes:
        return WRONG, said
    try:
        _, expected = understand(reading.question, _named(phrasing, reading.question.code), dataset)
    except QueryError as error:
        return WRONG, f"{said} (expected values: {error.en})"
    swapped = {
        **expected,
        "agency_asked": expected.get("other_asked"),
        "other_asked": expected.get("agency_asked"),
    }
    alike = bound == expected or ("other_asked" in bound and bound == swapped)
    return (RIGHT, said) if alike else (WRONG, f"{said} {shown}")


def _named(phrasing: Phrasing, code: str) -> dict[str, str]:
    """The values as the question takes them: a period is written start/end in the files."""
    types = {p.name: p.type for p in questions()[code].parameters}
    found = {}
    for name, value in phrasing.values.items():
        key = name if name in types else name.replace(" ", "_")
        if key not in types and len(phrasing.codes) > 1:
            continue  # a value of the other question that is right too
        found[key] = _DAYS.sub(r"\1..\2", value) if types.get(key) == "period" else value
    return found


def main(paths: list[str]) -> None:
    """Print what is not right, then the counts."""
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder))
        dataset = Embedded.at(Path(folder))
        for path in paths:
            found = Counter[str]()
            for phrasing in read_phrasings(Path(path)):
                verdict, said = judge(phrasing, dataset)
                found[verdict] += 1
                if verdict != RIGHT:
                    print(
                        f"{verdict}\t{phrasing.text}\t{'|'.join(phrasing.codes) or '-'} {phrasing.values}\t{said}"
                    )
            print(
                f"{Path(path).name}: {dict(found)} of {found.total()}: {100 * found[RIGHT] / found.total():.1f} % right"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
