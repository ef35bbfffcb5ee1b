"""Bytes, or characters of an old Vietnamese font, into Unicode text.

UTF-8 and UTF-16 say by themselves what they are. The encodings from before Unicode do not: each is tried, and one
is believed only when nearly every marked word it gives is spelled as a Vietnamese syllable. A wrong guess would be
quoted as the document's words, so a doubt is a refusal.
"""

import re
import unicodedata
from functools import cache

from cancu.loaders.errors import NotText
from cancu.loaders.patterns import load
from cancu.loaders.syllables import likeness, marked_words

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MARKS_SEEN = 31
"""Marks on one letter that are too many: such a pile covers one of each so many characters."""
_FAILED = "\ufffd"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
"""What a PDF puts before the name of a font of which it holds a part."""


def decode_text(data: bytes, name: str) -> str:
    """The text of the bytes, in NFC.

    Raises:
        NotText: binary, or in no encoding that can be told for sure.
    """
    if data.startswith(_MARKS):
        text = _strictly(data, "utf-16")
    elif b"\x00" in data:
        text = _strictly(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    else:
        text = _strictly(data, "utf-8-sig")
        # Where the words are in an old encoding, they may have been saved as UTF-8 since.
        text = _guessed(data) if text is None else modern(text)
    if text is None or len(_CONTROLS.findall(text)) > len(text) / 1000:
        raise NotText(
            f"{name} không phải văn bản ở một bảng mã nhận ra được chắc chắn; hãy lưu lại ở UTF-8.",
            f"{name} is not text in an encoding that can be told for sure; save it as UTF-8.",
        )
    return normal(text)


def normal(text: str) -> str:
    """The text in NFC, which takes the square of the number of marks over one letter.

    Raises:
        NotText: more marks on a letter than any script has.
    """
    if any(map(unicodedata.combining, text[::_MARKS_SEEN])) and _many_marks().search(text):
        raise NotText(
            "Văn bản có chữ mang quá nhiều dấu chồng lên nhau; tệp có thể đã hỏng, hãy lưu lại rồi thử lại.",
            "The text has a letter with too many marks on it; the file may be damaged, save it again and retry.",
        )
    return unicodedata.normalize("NFC", text)


@cache
def _many_marks() -> re.Pattern[str]:
    """Unicode Standard Annex 15, Stream-Safe Text Format: at most 30 marks follow a letter."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{marks}]{{{_MARKS_SEEN}}}")


def modern(text: str) -> str:
    """The text as Unicode where its words are surely in an old Vietnamese encoding; otherwise as it is."""
    words = marked_words(text)
    if len(words) < load("encodings")["least_words"] or likeness(text) > 0.5:
        return text
    return _best([convert(text, "tcvn3"), convert(text, "vni")]) or text


def convert(text: str, encoding: str, capitals: bool = False) -> str:
    """Text in the characters of windows-1252 that "tcvn3" or "vni" mean something else by."""
    letters = _letters(encoding)
    plain = "".join(chr(ord(c) - 0xF000) if 0xF020 <= ord(c) <= 0xF0FF else c for c in text)
    converted = letters[0].sub(lambda match: letters[1][match[0]], plain)
    return converted.upper() if capitals else converted


def is_old(font: str) -> bool:
    """Whether a font's name says that text in it is in an old encoding."""
    return _font_encoding(_SUBSET.sub("", font)) is not None


def by_font(text: str, font: str | None) -> str:
    """The text of a run in a font: converted where the font's name says that it is in an old encoding."""
    found = _font_encoding(_SUBSET.sub("", font)) if font else None
    return convert(text, *found) if found else text


@cache
def _font_encoding(font: str) -> tuple[str, bool] | None:
    for row in load("encodings")["fonts"]:
        if re.search(row["pattern"], font):
            return row["encoding"], bool(re.search(row["capitals"], font))
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text.removeprefix("\ufeff")


def _guessed(data: bytes) -> str | None:
    windows = data.decode("cp1252", "replace")
    bytes_as_letters = data.decode("latin-1")
    tried = [
        normal(data.decode("cp1258", "replace")),
        convert(bytes_as_letters, "tcvn3"),
        convert(windows, "vni"),
    ]
    return _best([text for text in tried if _FAILED not in text])


def _best(texts: list[str]) -> str | None:
    """The one text that surely reads as Vietnamese."""
    data = load("encodings")
    likely = sorted(
        (
            (likeness(text), text)
            for text in texts
            if len(marked_words(text)) >= data["least_words"]
        ),
        reverse=True,
    )
    return likely[0][1] if likely and likely[0][0] >= data["least_likeness"] else None


@cache
def _letters(encoding: str) -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = [pair.split("=") for pair in load("encodings")[encoding]["codes"].split()]
    if encoding == "tcvn3":
        letters = {chr(int(code, 16)): letter for code, letter in pairs}
    else:
        capitals = {
            spelled: letter.upper()
            for code, letter in pairs
            for spelled in (code.upper(), code.capitalize())
        }
        letters = capitals | dict(pairs)
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), letters
