"""Content negotiation: which of the offered media types an Accept header prefers (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type with the highest quality, the earlier on a tie; None if none is acceptable.

    An empty header accepts everything. A malformed part of the header is passed over.
    """
    wanted = [part for part in map(_part, accept.split(",")) if part]
    if not accept.strip():
        return offered[0] if offered else None
    ranked = [(_quality(media_type, wanted), -place) for place, media_type in enumerate(offered)]
    quality, place = max(ranked, default=(0.0, 0))
    return offered[-place] if quality > 0 else None


def _part(text: str) -> tuple[str, float] | None:
    media_range, *parameters = (piece.strip().lower() for piece in text.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                return None
    return (media_range, quality) if media_range.count("/") == 1 else None


def _quality(media_type: str, wanted: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that matches."""
    kind = media_type.split("/")[0]
    for pattern in (media_type, f"{kind}/*", "*/*"):
        qualities = [quality for media_range, quality in wanted if media_range == pattern]
        if qualities:
            return max(qualities)
    return 0.0
