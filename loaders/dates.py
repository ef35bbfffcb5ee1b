"""Days as Vietnamese documents write them."""

import re
from datetime import date

DAY = r"(?:ngày\s*)?\d{1,2}\s*(?:(?:tháng|ngày)\s*|[/.-]\s*)\d{1,2}\s*(?:năm\s*|[/.-]\s*)\d{4}"
"""A whole day: ngày 19 tháng 6 năm 2015, 06/01/2023, 16-6-2025, 19.6.2015. No groups, for use inside other patterns."""

WHEN = rf"(?:{DAY}|(?:ngày[\s.…_]*)?tháng[\s.…_]*(?:\d{{1,2}})?[\s.…_]*năm\s*\d{{4}}|năm\s*\d{{4}})"
"""A day, or what is left of one: "ngày … tháng … năm 2015", "tháng 6 năm 2015", "năm 2015"."""

_PARTS = re.compile(r"(\d{1,2})\D+?(\d{1,2})\D+?(\d{4})")


def day_of(text: str | None) -> str | None:
    """The ISO date of a day as written, or None if there is none or it does not exist."""
    match = _PARTS.search(text) if text else None
    if not match:
        return None
    day, month, year = (int(g) for g in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
