"""Page numbers."""

import pytest

from cancu.loaders.pages import page_numbers
from cancu.loaders.words import Span

PAGE = "Một dòng chữ của văn bản.\n" * 18


def found(text: str) -> list[str]:
    lines, start = [], 0
    for line in text.replace("\f", "\n").split("\n"):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    return [text[lines[at].start : lines[at].end] for at in sorted(page_numbers(text, lines))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Chữ\n- 3 -\nchữ", ["- 3 -"]),
        ("Chữ\nTrang 2/5\nchữ", ["Trang 2/5"]),
        ("Chữ\n7\fchữ", ["7"]),
        (PAGE + "\n2\n\n" + PAGE + "\n3\n\n" + PAGE, ["2", "3"]),
        ("Chữ\n\n2\n\nchữ", []),  # no page of words before it: a cell
        (PAGE + "\n5\n\n" + PAGE, []),  # not in turn
        (PAGE + "2\n" + PAGE, []),  # not alone
        (PAGE + "\n1\n\nchữ\n\n2\n\nchữ", []),  # rows
        (PAGE + "\n1\n\n" + PAGE + "\n2\n\n" + PAGE, ["1", "2"]),
        (PAGE + "\n2\n\nchữ\n\n1\n\n" + PAGE + "\n2\n\nchữ\n\n3\n\n", ["2"]),
        (
            PAGE + "\n2\n\nchữ\n\n1\n\nchữ\n\n2\n\n" + PAGE + "\n3\n\n3\n\nchữ",
            ["2", "3"],
        ),  # page 3, then row 3
        ("Chữ\n\n" + " " * 40 + "3\n1   Việc   Sở Nội vụ", [" " * 40 + "3"]),
        ("Chữ\n\n   3\n\nchữ", []),
    ],
)
def test_page_numbers(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers
