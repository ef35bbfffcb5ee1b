"""What people type, as terms: nothing is an operator, whatever is typed."""

import unicodedata

import pytest

from cancu.queries.search_terms import LONGEST, MOST_WORDS, read_typed


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("thủ tục", ["thủ", "tục"]),
        ("  thủ \t tục\n", ["thủ", "tục"]),
        ('"thủ tục" hành', ["thủ tục", "hành"]),
        ("“thủ tục” «hành chính»", ["thủ tục", "hành chính"]),
        ('"thủ tục', ["thủ", "tục"]),
        ('thủ" tục', ["thủ", "tục"]),
        ('""', []),
        ('"" a', ["a"]),
        ("61/2018/NĐ-CP", ["61 2018 NĐ CP"]),
        ("61 / 2018 / NĐ-CP", ["61 2018 NĐ CP"]),
        ("61-2018-NĐ−CP", ["61 2018 NĐ CP"]),
        ("Tài chính - Kế hoạch", ["Tài", "chính", "Kế", "hoạch"]),
        ("Tài chính-Kế hoạch", ["Tài", "chính Kế", "hoạch"]),
        ("hành chính,thủ tục;(một cửa)", ["hành", "chính", "thủ", "tục", "một", "cửa"]),
        ("a AND b OR NOT c NEAR(d, 5)", ["a", "AND", "b", "OR", "NOT", "c", "NEAR", "d", "5"]),
        ("thu* name:x ^y", ["thu", "name", "x", "y"]),
        ("--", []),
        ("/", []),
        ("\x00\x01", []),
        ("a\x00b", ["a", "b"]),
        ("hà\u200bnh", ["hành"]),
        ("\ud800 a", ["a"]),
        ("\ue000a", ["a"]),
    ],
)
def test_terms(typed: str, terms: list[str]) -> None:
    assert [term.shown for term in read_typed(typed).terms] == terms


def test_nfd_is_nfc() -> None:
    typed = "Phòng Nội vụ đường bộ"
    assert read_typed(unicodedata.normalize("NFD", typed)) == read_typed(typed)


@pytest.mark.parametrize(
    ("typed", "open_", "prefix"),
    [("phòng nộ", True, True), ("phong no", False, True), ("phòng nộ ", False, False), ("phòng nộ,", False, False)],
)  # fmt: skip
def test_the_word_that_is_being_typed(typed: str, open_: bool, prefix: bool) -> None:
    *before, last = read_typed(typed, typing=True).tokens
    assert not any(token.prefix for token in before)
    assert (last.open, last.prefix) == (open_, prefix)
    assert not read_typed(typed).tokens[-1].prefix


@pytest.mark.parametrize(
    ("word", "marked", "half"),
    [("đường", True, False), ("đương", True, False), ("đuong", True, True), ("duong", False, False), ("nđ", True, True)],
)  # fmt: skip
def test_half_typed_words(word: str, marked: bool, half: bool) -> None:
    (token,) = read_typed(word).tokens
    assert (token.marked, token.open) == (marked, half)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("a " * 40_000, MOST_WORDS), ("ơ" * 65_536, 1), (".".join("a" * 200), 0), ("a b " * 30, 60)],
)
def test_what_is_too_long_is_cut_and_said(typed: str, words: int) -> None:
    found = read_typed(typed)
    assert len(found.text) <= LONGEST
    assert len(found.tokens) == words
    assert found.cut is (len(typed) != 120)
