"""Bytes into a `Source`: the format is told by what the file holds, not by what it is called."""

import hashlib
import sys
from importlib.resources import files
from pathlib import Path

from cancu.loaders.compose import Piece, compose
from cancu.loaders.docx import read_docx
from cancu.loaders.encodings import decode_text
from cancu.loaders.errors import Encrypted, NotFound, NotText, TooLarge
from cancu.loaders.html import looks_like_html, read_html
from cancu.loaders.limits import MAX_BYTES, MAX_TEXT, refuse_text
from cancu.loaders.source import Source

BUILT_IN = "chi-linh-2023.txt"
"""The plan that ships with the product, byte for byte as received."""

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OTHERS = {
    b"\x7fELF": "ELF",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"MIME-Version:": "MHTML",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}


def read(path: Path | str) -> Source:
    """The document at `path`; "-" is standard input.

    Raises:
        NotFound: no such file, or a directory.
        TooLarge: more than the limits.
        NotText: empty, binary, broken, or in no known encoding.
        Encrypted: a password is asked for.
        NeedsOcr: pictures of pages, and no OCR is installed.
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
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise NotFound(
            f"Không đọc được tệp {path}: hãy kiểm tra đường dẫn và quyền đọc.",
            f"Cannot read the file {path}: check the path and that you may read it.",
        ) from error
    return decode(data, path.name)


def built_in() -> Source:
    """The plan that ships with the product."""
    return decode(files("cancu.loaders").joinpath("plans", BUILT_IN).read_bytes(), BUILT_IN)


def decode(data: bytes, name: str) -> Source:
    """The source made of a file's bytes.

    Raises:
        TooLarge, NotText, Encrypted, NeedsOcr: as for `read`.
    """
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise TooLarge(
            f"{name} lớn hơn {limit} MB; hãy tách bớt phụ lục rồi thử lại.",
            f"{name} is larger than {limit} MB; take out annexes and try again.",
        )
    sha256 = hashlib.sha256(data).hexdigest()
    ocr = False
    pieces: tuple[Piece, ...]
    if data.startswith(_ZIP):
        form, pieces = "docx", read_docx(data, name)
    elif _PDF in data[:1024]:
        from cancu.loaders.pdf import read_pdf  # its libraries take long to load

        form, (pieces, ocr) = "pdf", read_pdf(data, name)
    elif data.startswith(_PICTURES):
        from cancu.loaders.ocr import read_picture

        form, pieces, ocr = "image", read_picture(data, name), True
    elif looks_like_html(data):
        form, pieces = "html", read_html(data, name)
    else:
        _refuse_others(data, name)
        text = decode_text(data, name).replace("\r\n", "\n").replace("\r", "\n")
        _refuse_empty_or_long(text, name)
        return Source(name, "md" if name.lower().endswith(".md") else "txt", sha256, text)
    text, grids = compose(pieces, name)
    _refuse_empty_or_long(text, name)
    return Source(name, form, sha256, text, grids, ocr)


def _refuse_empty_or_long(text: str, name: str) -> None:
    if not text.strip():
        raise NotText(f"{name} không có chữ nào.", f"{name} has no text.")
    if len(text) > MAX_TEXT:
        raise refuse_text(name)


def _refuse_others(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted(
                f"{name} được đặt mật khẩu; hãy bỏ mật khẩu trong Word rồi thử lại.",
                f"{name} has a password; take it off in Word and try again.",
            )
        raise NotText(
            f"{name} là tệp .doc đời cũ; hãy mở bằng Word và lưu thành .docx hoặc PDF.",
            f"{name} is an old .doc file; open it in Word and save it as .docx or PDF.",
        )
    kind = next((kind for start, kind in _OTHERS.items() if data.startswith(start)), None)
    if kind:
        raise NotText(
            f"{name} là tệp {kind}, chưa được hỗ trợ; hãy lưu thành .docx hoặc PDF.",
            f"{name} is a {kind} file, which is not read; save it as .docx or PDF.",
        )
