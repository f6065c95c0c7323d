"""Content negotiation: which of the offered media types a client wants most (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence


def chosen(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that the Accept header likes best; `None` where it likes none.

    Of types that it likes as well as each other, it is one that the header names itself, else the first.

    >>> chosen("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> chosen("text/*, text/csv;q=0", ["text/csv", "text/plain"])
    'text/plain'
    >>> chosen("text/csv, */*", ["application/json", "text/csv"])
    'text/csv'
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return offered[0]
    named = {kind for kind, _ in ranges}
    best = max(offered, key=lambda kind: (_quality(kind, ranges), kind in named))
    return best if _quality(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    given = dict(parameter.partition("=")[::2] for parameter in parameters)
    try:
        return kind, min(max(float(given.get("q", "1")), 0.0), 1.0)
    except ValueError:
        return kind, 0.0


def _quality(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers the media type."""
    for covering in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        found = [quality for name, quality in ranges if name == covering]
        if found:
            return max(found)
    return 0.0
