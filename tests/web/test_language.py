"""Vietnamese is the source; English must say everything that it says, and names sort as in a dictionary."""

import random
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from cancu.web.collation import sort_key
from cancu.web.language import translations
from cancu.web.shape import day, days, moment

WEB = Path(__file__).resolve().parents[2] / "web"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}


def messages() -> set[str]:
    """Every message of the templates and pages; of a plural its first form."""
    found = set()
    for _, _, message, _, _ in extract_from_dir(str(WEB), METHODS, keywords=KEYWORDS):
        found.add(message if isinstance(message, str) else message[0])
    return found


def test_english_has_every_message_and_no_other() -> None:
    """A new sentence without English fails here, and so does English of a sentence that is gone."""
    assert messages() == set(translations("en").messages)


def test_placeholders_are_the_same() -> None:
    for source, forms in translations("en").messages.items():
        for form in forms:
            assert re.findall(r"%\(\w+\)\w", form) == re.findall(r"%\(\w+\)\w", source)


def test_plurals() -> None:
    words = translations("en")
    one, many = "%(num)d nhiệm vụ", "%(num)d nhiệm vụ"
    assert words.ngettext(one, many, 1) == "1 task"
    assert words.ngettext(one, many, 2) == "2 tasks"
    assert words.ngettext(one, many, 8100) == "8,100 tasks"
    assert translations("vi").ngettext(one, many, 8100) == "8.100 nhiệm vụ"


@pytest.mark.parametrize(
    "names",
    [
        ["an", "ăn", "ân", "ba", "ca", "da", "đa", "em", "êm"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["o", "ô", "ơ", "u", "ư", "y"],
        ["Bến Tắm", "Cổ Thành", "Cộng Hòa", "Đồng Lạc", "Hoàng Tân", "Hoàng Tiến", "Văn An"],
        ["bà ba", "bà bà", "bá ba"],
        ["phòng", "Phòng Kinh tế", "Phòng Nội vụ", "Phòng Tư pháp"],
        ["Điều 1", "Điều 2"],
    ],
)
def test_vietnamese_order(names: list[str]) -> None:
    shuffled = random.Random(7).sample(names, len(names))
    assert sorted(shuffled, key=sort_key) == names


def test_how_days_look() -> None:
    assert day("2023-06-30") == "30/06/2023"
    assert day(None) == ""
    assert day("2023") == "2023"
    assert days("2023-04-01", "2023-06-30") == "01/04/2023 – 30/06/2023"
    assert days("2023-04-01", None) == "01/04/2023 – …"
    assert moment("2026-11-22T14:05:00+07:00") == "14:05 22/11/2026"
