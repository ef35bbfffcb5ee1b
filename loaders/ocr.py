"""Pictures of pages into text, by the program Tesseract where it is installed with Vietnamese."""

import io
import os
import re
import shutil
import subprocess
import warnings
from functools import cache

from PIL import Image, ImageSequence, UnidentifiedImageError

from cancu.loaders.errors import NeedsOcr, NotText, TooLarge
from cancu.loaders.limits import MAX_PAGES, MAX_PIXELS

DOTS_PER_INCH = 300
_SECONDS_A_PAGE = 180
_PAGE_NUMBER = re.compile(r"^\W{0,3}\d{1,4}\W{0,3}$")


@cache
def tesseract() -> str | None:
    """The path of a Tesseract that reads Vietnamese, or None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if "vie" in listed.stdout.split() else None


def need_ocr(name: str) -> str:
    """The path of Tesseract.

    Raises:
        NeedsOcr: it is not installed.
    """
    program = tesseract()
    if program is None:
        raise NeedsOcr(
            f"{name} là ảnh chụp trang giấy; hãy cài tesseract-ocr và tesseract-ocr-vie, hoặc dùng bản có chữ.",
            f"{name} is pictures of pages; install tesseract-ocr and tesseract-ocr-vie, or use a copy with text.",
        )
    return program


def read_picture(data: bytes, name: str) -> tuple[str, ...]:
    """The paragraphs on a picture, or on all the pages of a TIFF.

    Raises:
        NeedsOcr: Tesseract is not installed.
        NotText: broken.
        TooLarge: too many pixels or pages.
    """
    need_ocr(name)
    paragraphs: list[str] = []
    try:
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture,
        ):
            for number, page in enumerate(ImageSequence.Iterator(picture)):
                width, height = page.size
                if number >= MAX_PAGES or width * height > MAX_PIXELS:
                    raise _too_large(name)
                paragraphs.extend(recognise(page, name))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(name) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotText(
            f"{name} là ảnh bị hỏng; hãy quét hoặc tải lại.",
            f"{name} is a broken picture; scan it or download it again.",
        ) from error
    return tuple(paragraphs)


def _too_large(name: str) -> TooLarge:
    return TooLarge(
        f"{name} có ảnh quá lớn hoặc quá nhiều trang; hãy quét lại ở 300 điểm một inch.",
        f"{name} has too large a picture or too many pages; scan it again at 300 dots an inch.",
    )


def recognise(page: Image.Image, name: str) -> list[str]:
    """The paragraphs on one picture, without the page's number.

    Raises:
        NotText: Tesseract failed or took too long.
    """
    stream = io.BytesIO()
    page.convert("RGB").save(stream, "PNG", compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603
            [need_ocr(name), "stdin", "stdout", "-l", "vie", "--dpi", str(DOTS_PER_INCH)],
            input=stream.getvalue(),
            capture_output=True,
            timeout=_SECONDS_A_PAGE,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotText(
            f"Không nhận dạng được chữ trên ảnh của {name}; hãy dùng bản có chữ.",
            f"The words on the pictures of {name} could not be recognised; use a copy with text.",
        ) from error
    text = done.stdout.decode("utf-8", "replace").replace("\f", "")
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()]
    for end in (0, -1):
        if paragraphs and _PAGE_NUMBER.match(paragraphs[end]):
            del paragraphs[end]
    return paragraphs
