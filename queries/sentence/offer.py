"""What is said where a sentence was not understood: that it was not, and which questions come nearest."""

from typing import Any

from cancu.queries.catalogue import questions
from cancu.queries.errors import NotUnderstood


def as_json(error: NotUnderstood) -> dict[str, Any]:
    """As the command and the API print it: no question, and the candidates."""
    known = questions()
    return {
        "question": None,
        "candidates": [
            {"code": code, "title_vi": known[code].title.vi, "title_en": known[code].title.en}
            for code in error.candidates
        ],
        "vi": error.vi,
        "en": error.en,
    }
