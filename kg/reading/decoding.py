"""Bytes of a file into text, whatever its encoding."""

import codecs
import re

from charset_normalizer import from_bytes, is_binary

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOSTLY_ASCII = 0.9

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9_.:-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""")


class UnreadableTextError(ValueError):
    """These bytes are no text; the message says why."""


def _read_as(raw: bytes, encoding: str) -> str | None:
    """Return the text in that encoding, or `None` where the bytes do not fit it or Python does not know it."""
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _marked(raw: bytes) -> str | None:
    """Return the text by its byte order mark, if it has one."""
    return next((_read_as(raw, encoding) for mark, encoding in MARKS if raw.startswith(mark)), None)


def _declared(raw: bytes) -> str | None:
    """Return the text by the encoding that an HTML page names in its first lines."""
    found = _DECLARED.search(raw[:4096])
    return _read_as(raw, (found[1] or found[2]).decode("ascii")) if found else None


def _windows(raw: bytes) -> str | None:
    """Return the text as Windows-1252 where nearly all of it is ASCII.

    A few curly quotes and accents are too little to measure by: detectors then answer with Big5 or Mac Latin 2. What
    browsers assume for an English page is right far more often.
    """
    plain = sum(byte < 128 for byte in raw)
    return _read_as(raw, "cp1252") if b"\0" not in raw and plain >= MOSTLY_ASCII * len(raw) else None


def _detected(raw: bytes) -> str | None:
    """Return the text in the encoding that charset-normalizer finds, if any."""
    best = None if is_binary(raw) and b"\0" not in raw[:64] else from_bytes(raw).best()
    return str(best) if best else None


def decoded(raw: bytes) -> str:
    r"""Return the text of these bytes, with line ends as "\n" and without a byte order mark.

    Tried in this order: byte order mark, UTF-8, the encoding that an HTML page declares, Windows-1252 for text that is
    nearly all ASCII, detection.

    Raises:
        UnreadableTextError: no encoding fits.

    >>> decoded("The pact\r\n– signed".encode("cp1252"))
    'The pact\n– signed'
    """
    for attempt in (_marked, lambda raw: _read_as(raw, "utf-8"), _declared, _windows, _detected):
        text = attempt(raw)
        if text is not None and "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableTextError("it is no text in any known encoding")
