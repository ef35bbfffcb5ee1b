"""The list "Nơi nhận" and the signature."""

import re

from cancu.loaders.plan import Recipient
from cancu.loaders.words import Value, Words

_OPENS = re.compile(r"^Nơi nhận\s*:?")
_PURPOSE = re.compile(r"\s*\(\s*(?P<purpose>(?:để\s+)?[^)]*)\)\s*$")
_CAPACITY = re.compile(
    r"^(?:(?:KT|TM|TL|TUQ|Q)\.\s*)?(?:PHÓ\s+|Q\.\s*)?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH|TRƯỞNG|UBND|[ỦU][ỶY] BAN)"
)
_NAME = re.compile(r"^[A-ZĐÀ-Ỹ][a-zđà-ỹ]+(?:\s[A-ZĐÀ-Ỹ][a-zđà-ỹ]+){1,4}$")


def read_recipients(lines: list[Words]) -> tuple[Recipient, ...]:
    """The addressees after "Nơi nhận:", one entry a body ("Công an thành phố; BHXH thành phố" are two)."""
    start = next((i for i, line in enumerate(lines) if _OPENS.match(line.text)), None)
    if start is None:
        return ()
    found = []
    for line in lines[start + 1 :]:
        opened = re.match(r"^[-–+•]\s*", line.text)
        if not opened:
            break
        body = line[opened.end() :].strip(" ;.")
        archive = re.match(r"Lưu\s*:\s*", body.text)
        for part in body[archive.end() if archive else 0 :].split(re.compile(r"\s*;\s*")):
            purpose = _PURPOSE.search(part.text)
            name = part[: purpose.start()] if purpose else part
            found.append(
                Recipient(
                    name.value(), purpose["purpose"] if purpose else "Lưu" if archive else None
                )
            )
    return tuple(found)


def read_signer(lines: list[Words]) -> Value | None:
    """The name under the signing capacity ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Nguyễn Văn Thương")."""
    for i, line in enumerate(lines):
        if _CAPACITY.match(line.text):
            name = next((n for n in lines[i + 1 : i + 4] if _NAME.match(n.text)), None)
            if name:
                return name.value()
    return None
