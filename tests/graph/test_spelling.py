"""Words in their two forms: what is one word, and what is not."""

import unicodedata

import pytest

from cancu.graph.spelling import forms, keeps, words


@pytest.mark.parametrize(
    "same",
    [
        ("Hòa", "hoà", "HÒA", unicodedata.normalize("NFD", "hòa"), unicodedata.normalize("NFD", "hoà")),
        ("ủy", "uỷ", "Uỷ", "ỦY"),
        ("thúy", "thuý"),
        ("đường", "Đường", "ĐƯỜNG", "Ðường", unicodedata.normalize("NFD", "đường")),
        ("61", "061", "0061"),
        ("0", "00", "000"),
        ("hành", "hà\u00adnh", "hà\u200bnh"),
        ("QH14", "qh14"),
    ],
)  # fmt: skip
def test_one_word(same: tuple[str, ...]) -> None:
    assert len({forms(word) for word in same}) == 1


@pytest.mark.parametrize(
    "different",
    [
        ("duong", "dương", "dường", "đương", "đường", "duông"),
        ("hoa", "hòa", "hóa", "hỏa", "hõa", "họa"),
        ("tan", "tân", "tấn", "tăn"),
        ("o", "ô", "ơ", "ò"),
        ("nd", "nđ"),
    ],
)
def test_different_words_of_the_same_letters(different: tuple[str, ...]) -> None:
    assert len({forms(word)[0] for word in different}) == len(different)
    assert len({forms(word)[1] for word in different}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("61/2018/NĐ-CP", ["61", "2018", "nd", "cp"]),
        ("61-2018-NĐ−CP", ["61", "2018", "nd", "cp"]),
        ("66.7/2025/NQ-CP", ["66", "7", "2025", "nq", "cp"]),
        ("Phòng TN&MT", ["phong", "tn", "mt"]),
        ("II.5", ["ii", "5"]),
        ("một_cửa", ["mot", "cua"]),
        ("…  – ( ) \t\n", []),
        ("", []),
    ],
)
def test_what_parts_words(text: str, expected: list[str]) -> None:
    assert [word.folded for word in words(text)] == expected


def test_words_stand_at_their_places() -> None:
    text = unicodedata.normalize("NFD", "Thủ tục") + " hành-chính"
    assert [unicodedata.normalize("NFC", text[w.start : w.end]) for w in words(text)] == [
        "Thủ",
        "tục",
        "hành",
        "chính",
    ]


@pytest.mark.parametrize(
    ("typed", "other", "prefix", "expected"),
    [
        ("đuong", "đường", False, True),
        ("đuong", "dương", False, False),
        ("duơng", "đường", False, True),
        ("dương", "đường", False, True),
        ("đường", "dương", False, False),
        ("đường", "đương", False, False),
        ("đượng", "đường", False, False),
        ("đươ", "đường", True, True),
        ("đươ", "đường", False, False),
        ("đườngx", "đường", True, False),
        ("tô", "tơ", False, False),
        ("hòa", "hoà", False, True),
    ],
)
def test_whether_marks_are_kept(typed: str, other: str, prefix: bool, expected: bool) -> None:
    assert keeps(forms(typed)[0], forms(other)[0], prefix) is expected
