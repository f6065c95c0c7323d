"""Articles that are copies of one text: the same agency report in five papers is one source told five times.

MinHash and locality-sensitive hashing after A. Broder, "On the resemblance and containment of documents" (1997), and
Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3. Both count runs of words of the body: papers
write their own headlines. Papers also cut from the end, so the likeness is of the shorter text to what the longer
holds, and most keys come from the lead.
"""

import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, shake_128
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kg.errors import StoreError
from kg.rdf.slugs import APOSTROPHES, UNDECOMPOSED

COPY = 0.4
"""The likeness from which on two articles are copies: heavily edited copies have 0.5, other articles less than 0.2, and
two statements of which a third is the same boilerplate 0.33."""

RUN = 3
"""Words of a run that the likeness counts."""
LONG_RUN = 4
"""Words of a run that a key stands for; 5 or 6 make fewer false candidates and miss more of the edited copies."""
LEAD = 100
"""Words of the body that make the lead, which a shortened copy keeps."""
SAMPLES = 256
"""Minima in a signature: the standard error of the estimated Jaccard index is at most 0.03."""
LEAD_KEYS, BODY_KEYS, ROWS = 6, 4, 2
"""Keys of one minimum over the lead's long runs; keys of `ROWS` minima over all long runs of the body."""

_FACTORS, _TERMS = np.frombuffer(shake_128(b"kg.identity.copies").digest(2 * 8 * SAMPLES), "<u8").reshape(2, SAMPLES, 1)
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text to find and compare its copies; equal bodies have equal signatures.

    `runs` counts the different runs of words, 0 for a text without a word; `minima` are `SAMPLES` numbers of 16 bits.
    """

    runs: int
    minima: bytes
    keys: tuple[str, ...]

    def written(self) -> str:
        """The signature as one line of some 800 ASCII characters without a space; equal signatures give the same."""
        return ":".join((str(self.runs), b64encode(self.minima).decode(), *self.keys))

    @classmethod
    def read(cls, text: str) -> Self:
        """The signature that was written so; raises `StoreError` for any other text."""
        try:
            runs, minima, *marks = text.split(":")
            found = cls(int(runs), b64decode(minima, validate=True), tuple(marks))
        except ValueError:
            found = None
        if found is None or len(found.minima) != 2 * SAMPLES or found.written() != text:
            raise StoreError(f"{text[:40]!r}: not the signature of an article; build the store again")
        return found


def signature(text: str) -> Signature:
    """The signature of an article's text: title, blank line, body, or the body alone.

    Case, accents, punctuation and a headline make no difference. The same on every machine and in every process.
    """
    words = _words(text)
    runs = _runs(words, RUN)
    lead = _minima(_runs(words[:LEAD], LONG_RUN))[:LEAD_KEYS]
    body = _minima(_runs(words, LONG_RUN))[: BODY_KEYS * ROWS].reshape(BODY_KEYS, ROWS)
    marks = [_key(f"lead {place}", row) for place, row in enumerate(lead[:, None])]
    marks += [_key(f"body {place}", row) for place, row in enumerate(body)]
    return Signature(len(runs), _minima(runs).astype("<u2").tobytes(), tuple(marks) if runs else ())


def keys(signature: Signature) -> frozenset[str]:
    """The keys to index the text by: 10 of 12 hexadecimal digits, none for a text without a word.

    Bodies with a Jaccard index of 0.8 share one or more with a probability above 0.97, as do bodies with the same lead;
    of other articles 1 pair in 1,500 does. A shared key makes a candidate, which `likeness` is to confirm.
    """
    return frozenset(signature.keys)


def likeness(one: Signature, other: Signature) -> float:
    """How much of the shorter text is in the other, 0 to 1: its share of common runs, estimated; `COPY` is a copy's.

    With the Jaccard index J and the sizes m <= n it is J (m + n) / ((1 + J) m), which equals J only at 0 and 1: for a
    text cut to 60 %, J is 0.6 and this 1.
    """
    shorter, longer = sorted((one.runs, other.runs))
    if not shorter:
        return 0.0
    jaccard = float(np.mean(np.frombuffer(one.minima, "<u2") == np.frombuffer(other.minima, "<u2")))
    return min(1.0, jaccard * (shorter + longer) / ((1 + jaccard) * shorter))


def _words(text: str) -> list[str]:
    """The words of the body in small letters; a first paragraph that ends like a sentence is no headline."""
    head, _, rest = text.strip().partition("\n\n")
    body = text if _SENTENCE_END.search(head) or not rest.strip() else rest
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", body).translate(UNDECOMPOSED))
    return _WORD.findall(_ACCENTS.sub("", plain).casefold())


def _runs(words: Sequence[str], width: int) -> list[int]:
    """The different runs of so many words, each as a number of 64 bits; a shorter text is one run."""
    starts = range(max(1, len(words) - width + 1)) if words else ()
    return sorted({_digest(" ".join(words[start : start + width])) for start in starts})


def _minima(runs: Sequence[int]) -> NDArray[np.uint64]:
    """The least value of each of `SAMPLES` hash functions over the runs; shape (SAMPLES,), zeros without a run."""
    if not runs:
        return np.zeros(SAMPLES, np.uint64)
    values = (np.array(runs, np.uint64) ^ _TERMS) * (_FACTORS | np.uint64(1))
    least: NDArray[np.uint64] = values.min(axis=1)
    return least


def _key(place: str, row: NDArray[np.uint64]) -> str:
    return blake2b(place.encode() + row.astype("<u8").tobytes(), digest_size=6).hexdigest()


def _digest(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "little")
