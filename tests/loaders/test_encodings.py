"""Old Vietnamese encodings are told by what they decode to; a doubt is a refusal."""

import codecs
import unicodedata

import pytest

from cancu.loaders.encodings import by_font, convert, is_old
from cancu.loaders.errors import NotText
from cancu.loaders.parse import parse
from cancu.loaders.patterns import load
from cancu.loaders.read import decode
from cancu.loaders.syllables import is_syllable, likeness
from tests.documents import decision


def in_cp1258(text: str) -> bytes:
    """As windows-1258 keeps it: the letter with its hat, then the tone."""
    data = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        data += (bare + tones).encode("cp1258", "replace")
    return data


def in_old(text: str, encoding: str) -> bytes:
    pairs = [pair.split("=") for pair in load("encodings")[encoding]["codes"].split()]
    if encoding == "tcvn3":
        codes = {letter: bytes.fromhex(code) for code, letter in pairs}
    else:
        codes = {letter: code.encode("cp1252") for code, letter in pairs}
        codes |= {letter.upper(): code.upper().encode("cp1252") for code, letter in pairs}
    return b"".join(codes.get(c) or c.encode("cp1252", "replace") for c in text)


LOWER = decision().lower()  # TCVN3 has no capitals with a tone


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (in_cp1258(decision()), decision()),
        (in_old(LOWER, "tcvn3"), LOWER),
        (in_old(decision(), "vni"), decision()),
        (in_old(LOWER, "tcvn3").decode("latin-1").encode(), LOWER),
        (in_old(decision(), "vni").decode("cp1252").encode(), decision()),
        (decision().encode("utf-16-le"), decision()),
        (decision().encode("utf-16-be"), decision()),
        (codecs.BOM_UTF8 + unicodedata.normalize("NFD", decision()).encode(), decision()),
    ],
    ids=[
        *("windows-1258", "TCVN3", "VNI", "TCVN3 saved as UTF-8", "VNI saved as UTF-8"),
        *("UTF-16 LE without a mark", "UTF-16 BE without a mark", "NFD with a mark"),
    ],
)
def test_each_encoding_gives_the_same_text(data: bytes, text: str) -> None:
    source = decode(data, "van-ban.txt")
    assert source.text == text
    assert source.text == unicodedata.normalize("NFC", source.text)


def test_a_plan_in_an_old_encoding_is_a_plan() -> None:
    plan = parse(decode(in_old(decision(), "vni"), "van-ban.txt"))
    assert [task.code for task in plan.tasks] == ["1"]
    assert plan.legal_bases[0].number == "77/2015/QH13"


@pytest.mark.parametrize(
    "data",
    [
        "Vietnamese in koi8: \u0447\u0442\u043e ".encode("koi8-r") * 20,
        "Le décret du président à la santé ".encode("latin-1") * 20,
        in_cp1258("Căn cứ Nghị định"),  # too short to be sure
        in_old(decision(), "vni").replace(b"a", b"\xe5"),  # damaged
    ],
    ids=["another alphabet", "French", "too short", "damaged"],
)
def test_a_doubt_is_a_refusal(data: bytes) -> None:
    with pytest.raises(NotText, match="bảng mã"):
        decode(data, "van-ban.txt")


def test_other_languages_in_utf_8_are_left_alone() -> None:
    french = (
        "Le décret a été signé à l’hôtel de la préfecture, près du château où siège l’État. " * 5
    )
    assert decode(french.encode(), "v.txt").text == french


@pytest.mark.parametrize(
    ("old", "encoding", "new"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§iÒu 1. ñy ban nh©n d©n", "tcvn3", "Điều 1. ủy ban nhân dân"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑIEÀU 1. Ñöôøng, Ôû, Aên, yù kieán, kyø, myõ, kyû, thò xaõ", "vni",
         "ĐIỀU 1. Đường, Ở, Ăn, ý kiến, kỳ, mỹ, kỷ, thị xã"),
    ],
)  # fmt: skip
def test_words_typed_in_old_fonts(old: str, encoding: str, new: str) -> None:
    assert convert(old, encoding) == new


@pytest.mark.parametrize(
    ("font", "old"),
    [
        *((".VnTime", True), ("ABCDEF+.VnTimeH", True), ("VNI-Times", True), (".VnArialH", True)),
        *(("Times New Roman", False), ("Vnitimes Pro", False), ("Verdana", False)),
    ],
)
def test_old_fonts_are_told_by_their_names(font: str, old: bool) -> None:
    assert is_old(font) is old


def test_a_font_that_draws_capitals() -> None:
    assert by_font("quyÕt ®Þnh", ".VnTimeH") == "QUYẾT ĐỊNH"
    assert by_font("Căn cứ", None) == "Căn cứ"


@pytest.mark.parametrize("word", load("syllables")["examples"])
def test_syllables(word: str) -> None:
    assert is_syllable(word) or word.isascii()


@pytest.mark.parametrize("word", load("syllables")["not_examples"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_likeness() -> None:
    assert likeness("Căn cứ Nghị định số 63/2010/NĐ-CP") == pytest.approx(5 / 6)
    assert likeness("abc") == 0
