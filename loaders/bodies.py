"""Whether words open with the name of a body, where the layout does not say so.

"Hội thảo" and "Bộ chỉ số" begin like "Hội Nông dân" and "Bộ Tài chính", "các thiết bị" like "các sở".
"""

import re
from functools import cache

from cancu.loaders.agencies import begins_like_agency
from cancu.loaders.patterns import load


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("bodies")
    return re.compile(data["things"]["pattern"]), re.compile(data["classes"]["pattern"])


def names_body(text: str) -> bool:
    """Whether a text opens with the name of a body or of a class of bodies."""
    things, classes = _patterns()
    if not begins_like_agency(text) or things.match(text):
        return False
    return not re.match(r"(?i)(?:các|những)\s", text) or bool(classes.match(text))
