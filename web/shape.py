"""How values look: dates as people here write them, ranges of days, moments."""

import re
from datetime import datetime

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def day(value: object) -> str:
    """An ISO day as dd/mm/yyyy; anything else as it is, nothing as nothing."""
    text = "" if value is None else str(value)
    match = _DAY.fullmatch(text)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else text


def days(start: object, end: object) -> str:
    """Two days as a range; an open end is left open."""
    if not end:
        return f"{day(start)} – …" if start else ""
    return day(start) if start == end else f"{day(start)} – {day(end)}"


def moment(value: str) -> str:
    """An ISO time as hh:mm dd/mm/yyyy."""
    try:
        return datetime.fromisoformat(value).strftime("%H:%M %d/%m/%Y")
    except ValueError:
        return value
