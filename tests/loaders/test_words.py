"""Text that remembers where it stands: whatever is cut away, what is left still points at itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.loaders.words import INSERTED, Span, Words
from tests.documents import words

TAG = re.compile(r"</?[a-z][^<>]*>")
STARS = re.compile(r"\*+")
DASH = re.compile(r"\s+-\s+")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Phòng Nội vụ", [(0, 12)]),
        # blanks at the ends belong to no span, those inside do
        ("  Phòng \n Nội vụ ", [(2, 16)]),
        ("   ", []),
        ("", []),
    ],
)
def test_spans_of_plain_words(text: str, spans: list[tuple[int, int]]) -> None:
    assert list(words(text).spans()) == spans


def test_a_slice_keeps_its_place() -> None:
    piece = words("Giao Phòng Nội vụ chủ trì")[5:17]
    assert piece.text == "Phòng Nội vụ"
    assert piece.spans() == (Span(5, 17),)
    assert piece.value().start == 5


def test_stripping_keeps_the_place() -> None:
    piece = words(" - Phòng Nội vụ;. ").strip(" -;.")
    assert (piece.text, piece.spans()) == ("Phòng Nội vụ", (Span(3, 15),))
    assert words(" ;; ").strip(" ;").text == ""


def test_markup_that_is_dropped_does_not_cut_the_span() -> None:
    piece = words("(<i>Chi tiết</i> có **Phụ lục** I)").drop(TAG).drop(STARS)
    assert piece.text == "(Chi tiết có Phụ lục I)"
    assert piece.spans() == (Span(0, 34),)


def test_words_that_are_dropped_cut_the_span() -> None:
    piece = words("Sở Tài chính (cũ) tỉnh").drop(re.compile(r"\(cũ\) "))
    assert piece.text == "Sở Tài chính tỉnh"
    assert piece.spans() == (Span(0, 12), Span(18, 22))


def test_what_takes_the_place_of_dropped_words_stands_nowhere() -> None:
    piece = words("một<br>hai").drop(re.compile("<br>"), " ")
    assert piece.text == "một hai"
    assert piece.at == (0, 1, 2, INSERTED, 7, 8, 9)
    assert piece.spans() == (Span(0, 3), Span(7, 10))


def test_split_gives_stripped_pieces_and_no_blank_ones() -> None:
    pieces = words(" Sở Y tế ; ; Sở Nội vụ;").split(re.compile(";"))
    assert [(p.text, p.spans()) for p in pieces] == [
        ("Sở Y tế", (Span(1, 8),)),
        ("Sở Nội vụ", (Span(13, 22),)),
    ]


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("  Quý  II\n\tnăm 2023 ", "Quý II năm 2023"),
        ("Quý\u00a0II", "Quý II"),
        (" \n ", ""),
    ],
)
def test_squeeze(text: str, squeezed: str) -> None:
    assert words(text).squeeze().text == squeezed


def test_pieces_over_a_page_break_have_a_span_each() -> None:
    text = "UBND các xã,\nTrang 3\nphường"
    joined = Words.join([words(text)[:12], words(text)[21:]], " ")
    assert joined.text == "UBND các xã, phường"
    assert [text[a:b] for a, b in joined.spans()] == ["UBND các xã,", "phường"]


def test_blank_words_are_false() -> None:
    assert not words(" \n")
    assert words(" a ")


# ---- whatever is done to words

_PIECES = [
    "Phòng",
    "Nội vụ",
    "đ",
    "ễ",
    " ",
    "  ",
    "\n",
    "\u00a0",
    ";",
    " - ",
    "*",
    "**",
    "<i>",
    "</p>",
    "1.",
]
_SOURCES = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("slice"), st.integers(0, 40), st.integers(0, 60)),
        st.tuples(st.sampled_from(["strip", "squeeze", "tags", "stars", "lines", "dashes"])),
    ),
    max_size=6,
)


def _done(given_words: Words, steps: list[tuple[object, ...]]) -> Words:
    for step in steps:
        match step:
            case ("slice", int(start), int(end)):
                given_words = given_words[start:end]
            case ("strip",):
                given_words = given_words.strip()
            case ("squeeze",):
                given_words = given_words.squeeze()
            case ("tags",):
                given_words = given_words.drop(TAG, " ")
            case ("stars",):
                given_words = given_words.drop(STARS)
            case ("lines" | "dashes" as way,):
                pieces = given_words.lines() if way == "lines" else given_words.split(DASH)
                given_words = Words.join(pieces, "\n") if pieces else given_words[:0]
    return given_words


@given(text=_SOURCES, steps=_STEPS)
def test_every_character_still_stands_where_it_says(
    text: str, steps: list[tuple[object, ...]]
) -> None:
    left = _done(words(text), steps)
    assert len(left.at) == len(left.text)
    for character, offset in zip(left.text, left.at, strict=True):
        if offset == INSERTED:
            assert character.isspace()
        else:
            assert character == text[offset] or (character == " " and text[offset].isspace())


@given(text=_SOURCES, steps=_STEPS)
def test_the_spans_quote_the_value(text: str, steps: list[tuple[object, ...]]) -> None:
    """All of the value and, apart from blanks and markup that was dropped, nothing else."""
    left = _done(words(text), steps)
    value = left.value()
    kept = set(left.at)
    quoted = [i for start, end in value.spans for i in range(start, end)]
    assert "".join(text[i] for i in quoted if i in kept and not text[i].isspace()) == "".join(
        value.text.split()
    )
    for start, end in value.spans:
        assert start in kept
        assert end - 1 in kept
        between = "".join(text[i] if i not in kept else " " for i in range(start, end))
        assert not STARS.sub("", TAG.sub("", between)).strip(" \n\u00a0")
    assert list(value.spans) == sorted(value.spans)
