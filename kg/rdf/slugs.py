"""Names as the last part of an IRI."""

import re
import unicodedata
from hashlib import sha256

UNDECOMPOSED = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
    "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h",
})  # fmt: skip
APOSTROPHES = re.compile("['’‘ʼʻ`]")


def slug(name: str) -> str:
    """The name in lower-case ASCII letters, digits and hyphens; the same name gives the same slug everywhere.

    Letters without a Latin form would vanish and make different names one: such a name ends in a digest of itself.

    >>> slug("Mi-35M"), slug("Recep Tayyip Erdoğan"), slug("Xi'an Y-20"), slug("F-16 C/D")
    ('mi-35m', 'recep-tayyip-erdogan', 'xian-y-20', 'f-16-c-d')
    >>> slug("Михаил")
    'x-6d774649'
    """
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name).translate(UNDECOMPOSED)).casefold()
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    ascii_only = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if ascii_only and all(character.isascii() or not character.isalnum() for character in letters):
        return ascii_only
    return f"{ascii_only or 'x'}-{sha256(name.encode()).hexdigest()[:8]}"
