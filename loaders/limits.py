"""How much of a file is read. More is refused, with a sentence; nothing is cut off silently."""

from cancu.loaders.errors import TooLarge

MAX_BYTES = 20 * 1024 * 1024
"""Largest document read: some 200 times the longest plan of the collections seen."""

MAX_TEXT = 5_000_000
"""Characters of the longest text read, some 6.5 MB in UTF-8."""

MAX_UNPACKED = 100 * 1024 * 1024
"""Largest part of a packed file, unpacked."""

MAX_PAGES = 1000
MAX_CELLS = 100_000
"""Cells of one document's tables, each counted as often as its merging repeats it."""

MAX_DRAWN = 100_000
"""Letters and shapes of one page of a PDF; a page full of words has some 5000."""

MAX_WORDS = 10_000
"""Words of one page of a PDF."""

MAX_DEPTH = 100
"""Tables, lists and sections inside one another."""

MAX_PIXELS = 40_000_000
"""Of one picture of a page: A4 at 600 dots an inch."""


def refuse_text(name: str) -> TooLarge:
    """The refusal of a file with more text than `MAX_TEXT`."""
    return TooLarge(
        f"{name} có hơn {MAX_TEXT // 1_000_000} triệu ký tự; hãy tách bớt phụ lục rồi thử lại.",
        f"{name} has more than {MAX_TEXT // 1_000_000} million characters; take out annexes and try again.",
    )


def refuse_unpacked(name: str) -> TooLarge:
    """The refusal of a file that unpacks to more than `MAX_UNPACKED`."""
    limit = MAX_UNPACKED // 1024 // 1024
    return TooLarge(
        f"{name} khi giải nén lớn hơn {limit} MB; hãy bỏ bớt phụ lục rồi thử lại.",
        f"{name} unpacks to more than {limit} MB; take out annexes and try again.",
    )


def refuse_depth(name: str) -> TooLarge:
    """The refusal of a file whose parts stand inside one another too deeply."""
    return TooLarge(
        f"{name} có bảng hoặc phần lồng nhau quá {MAX_DEPTH} lớp; hãy lưu lại tệp dưới dạng đơn giản hơn.",
        f"{name} has tables or parts more than {MAX_DEPTH} deep; save it in a simpler form.",
    )


def refuse_cells(name: str) -> TooLarge:
    """The refusal of a file with more table cells than `MAX_CELLS`."""
    return TooLarge(
        f"{name} có hơn {MAX_CELLS} ô bảng; hãy tách bớt phụ lục rồi thử lại.",
        f"{name} has more than {MAX_CELLS} table cells; take out annexes and try again.",
    )


def refuse_drawn(name: str) -> TooLarge:
    """The refusal of a file with a page that holds more words or drawing than any page that people read."""
    return TooLarge(
        f"{name} có trang chứa quá nhiều chữ hoặc nét vẽ; hãy in lại ra PDF từ văn bản gốc.",
        f"{name} has a page with too many words or lines; print it to PDF again from the original.",
    )
