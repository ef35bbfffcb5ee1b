"""What browsers get: the files under static/ as they are, and what is built from packages (web/frontend) beside them."""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

STATIC = Path(str(files("cancu.web"))) / "static"
BUILT = STATIC / "dist"
MISSING = (
    "Chưa dựng phần giao diện đóng gói: ô SPARQL là ô nhập thường và chữ lấy từ máy; trong thư mục mã nguồn, `make install` dựng phần ấy.",
    "The packaged part of the interface is not built: the SPARQL field is a plain one and fonts are the machine's; in the checkout `make install` builds it.",
)
"""What is said, in Vietnamese and English, where `is_built` does not hold."""

_HASHED = re.compile(r"/static/dist/[\w.-]+-[0-9A-Z]{8}\.(?:css|js|woff2)")


@cache
def asset(name: str) -> str:
    """The address of a file under static/, which changes when the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@cache
def built(name: str) -> str | None:
    """The address of what was built from an entry of web/frontend (`sparql.js`); None where nothing is built."""
    if not is_built():
        return None
    made: dict[str, str] = json.loads((BUILT / "assets.json").read_text("utf-8"))["entries"]
    return f"/static/dist/{made[name]}" if name in made else None


def is_built() -> bool:
    """Whether what comes from packages is there."""
    return (BUILT / "assets.json").is_file()


def is_lasting(path: str, query_string: bytes) -> bool:
    """Whether what an address leads to never changes, because the address would."""
    if not path.startswith("/static/"):
        return False
    return query_string.startswith(b"v=") or _HASHED.fullmatch(path) is not None
