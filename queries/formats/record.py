"""An answer as plain values: what the command and the API print as JSON."""

import json
from typing import Any

from cancu.queries.answer import Answer
from cancu.queries.formats.edition import Edition
from cancu.queries.say import say


def as_record(answer: Answer) -> dict[str, Any]:
    """The question, the parameters as understood, the sentences (one a plan), the rows, and how many there are."""
    asked = answer.question
    return {
        "question": {
            "code": asked.code,
            "title_vi": asked.title.vi,
            "title_en": asked.title.en,
            "explanation_vi": asked.explanation.vi,
            "explanation_en": asked.explanation.en,
        },
        "parameters": dict(answer.parameters),
        "sentence_vi": [sentence.whole for sentence in say(answer, "vi")],
        "sentence_en": [sentence.whole for sentence in say(answer, "en")],
        "columns": list(answer.columns),
        "rows": list(answer.rows),
        "total": answer.total,
        "truncated": answer.truncated,
        "snapshot": answer.snapshot,
    }


def as_json(answer: Answer, edition: Edition) -> bytes:
    """An answer as JSON."""
    return json.dumps(as_record(answer), ensure_ascii=False).encode()
