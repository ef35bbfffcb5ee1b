"""Bytes into a `Source`."""

import hashlib
import re
import sys
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

from cancu.loaders.errors import NotFound, NotText, TooLarge
from cancu.loaders.source import Source

MAX_BYTES = 20 * 1024 * 1024
"""Largest document read: some 200 times the longest plan of the collections seen."""

MAX_TEXT = 5_000_000
"""Characters of the longest text read, some 6.5 MB in UTF-8: about a minute of work and 300 MB of memory."""

BUILT_IN = "chi-linh-2023.txt"
"""The plan that ships with the product, byte for byte as received."""

_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "DOCX/ZIP",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x7fELF": "ELF",
    b"GIF8": "GIF",
}


def read(path: Path | str) -> Source:
    """The document at `path`; "-" is standard input.

    Raises:
        NotFound: no such file, or a directory.
        TooLarge: more than `MAX_BYTES` or `MAX_TEXT`.
        NotText: empty, binary, or in no known encoding.
    """
    if str(path) == "-":
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    path = Path(path)
    try:
        if path.is_dir():
            raise NotFound(
                f"{path} là một thư mục; hãy chỉ một tệp văn bản.",
                f"{path} is a directory; name a document file.",
            )
        with path.open("rb") as stream:
            return decode(stream.read(MAX_BYTES + 1), path.name)
    except (OSError, ValueError) as error:
        raise NotFound(
            f"Không đọc được tệp {path}: hãy kiểm tra đường dẫn và quyền đọc.",
            f"Cannot read the file {path}: check the path and that you may read it.",
        ) from error


def built_in() -> Source:
    """The plan that ships with the product."""
    return decode(files("cancu.loaders").joinpath("plans", BUILT_IN).read_bytes(), BUILT_IN)


def decode(data: bytes, name: str) -> Source:
    """The source made of a file's bytes.

    Raises:
        TooLarge, NotText: as for `read`.
    """
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise TooLarge(
            f"{name} lớn hơn {limit} MB; hãy tách bớt phụ lục rồi thử lại.",
            f"{name} is larger than {limit} MB; take out annexes and try again.",
        )
    decoded = _decoded(data, name)
    if len(decoded) > MAX_TEXT:
        raise TooLarge(
            f"{name} có hơn {MAX_TEXT // 1_000_000} triệu ký tự; hãy tách bớt phụ lục rồi thử lại.",
            f"{name} has more than {MAX_TEXT // 1_000_000} million characters; take out annexes and try again.",
        )
    text = _normal(decoded, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NotText(f"{name} không có chữ nào.", f"{name} has no text.")
    return Source(name, _format(name, text), hashlib.sha256(data).hexdigest(), text)


def _decoded(data: bytes, name: str) -> str:
    signature = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if signature or (b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise NotText(
            f"{name} không phải văn bản thuần ({signature or 'dữ liệu nhị phân'}); hãy lưu thành văn bản UTF-8.",
            f"{name} is not plain text ({signature or 'binary data'}); save it as UTF-8 text.",
        )
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"{name} không ở bảng mã UTF-8 (lỗi tại byte {error.start}); hãy lưu lại ở UTF-8.",
            f"{name} is not in UTF-8 (bad byte at {error.start}); save it as UTF-8.",
        ) from error


def _normal(text: str, name: str) -> str:
    """The text in NFC, which takes the square of the number of marks over one letter."""
    if _many_marks().search(text):
        raise NotText(
            f"{name} có chữ mang quá nhiều dấu chồng lên nhau; tệp có thể đã hỏng, hãy lưu lại ở UTF-8.",
            f"{name} has a letter with too many marks on it; the file may be damaged, save it as UTF-8 again.",
        )
    return unicodedata.normalize("NFC", text)


@cache
def _many_marks() -> re.Pattern[str]:
    """More marks on a letter than any script has (Unicode Standard Annex 15, Stream-Safe Text Format: 30)."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{marks}]{{31}}")


def _format(name: str, text: str) -> str:
    suffix = Path(name).suffix.lower().lstrip(".")
    if suffix in {"md", "html", "htm"}:
        return "md" if suffix == "md" else "html"
    return "html" if text.lstrip()[:200].lower().startswith(("<html", "<!doctype html")) else "txt"
