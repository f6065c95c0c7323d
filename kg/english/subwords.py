"""The embedding layer: a word by its norm, ends, shape, blank behind, part of speech and vector.

spaCy's own layer sees one letter of a word's beginning and three of its end. The corpora here are small, so most words
of a new article are new; longer ends tell more about them ("-tion", "-stan", "-evsk").
"""

from collections.abc import Callable
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.types import Floats2d, Ints2d, Ragged

Keys = NDArray[np.uint64]
ENDS: tuple[tuple[bool, int], ...] = ((True, 3), (False, 2), (False, 3), (False, 4))
"""The ends that are read: the first three letters, and the last two, three and four."""

COLUMNS = 4 + len(ENDS)
"""Norm, shape, blank behind, the ends, and last the part of speech."""

_CACHE_WORDS = 100_000


def _number(text: str) -> int:
    """Return a number for `text`, the same in every run (FNV-1a, 64 bits)."""
    number = 0xCBF29CE484222325
    for byte in text.encode():
        number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return number


def _ends(text: str) -> tuple[int, ...]:
    """Return a number for each of the word's ends in lower case, the kind of end included."""
    low = text.lower()
    return tuple(_number(f"{size}{low[:size]}" if first else f"-{size}{low[-size:]}") for first, size in ENDS)


def _reader() -> Callable[[Doc], Keys]:
    """Return a function from a Doc to its keys (words by columns), which remembers the words that it has met."""
    known: dict[int, tuple[int, ...]] = {}

    def read(doc: Doc) -> Keys:
        base = doc.to_array(["NORM", "SHAPE", "SPACY", "IS_SPACE", "POS", "ORTH"])
        if len(known) > _CACHE_WORDS:
            known.clear()
        rows: list[tuple[int, ...]] = []
        for orth in base[:, 5].tolist():
            row = known.get(orth)
            if row is None:
                row = known[orth] = _ends(doc.vocab.strings[orth])
            rows.append(row)
        keys = np.empty((len(doc), COLUMNS), dtype="uint64")
        keys[:, :2] = base[:, :2]
        keys[:, 2] = base[:, 2] + 2 * base[:, 3] + 1
        keys[:, -1] = base[:, 4] + 1
        keys[:, 3:-1] = np.asarray(rows, dtype="uint64").reshape(len(doc), len(ENDS))
        return keys

    return read


def _extract() -> Model[list[Doc], list[Ints2d]]:
    """Return the layer that turns Docs into keys."""
    read = _reader()

    def forward(model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool) -> object:
        return [model.ops.asarray(cast(Ints2d, read(doc))) for doc in docs], lambda gradient: []

    return Model("subwords", forward)


@registry.architectures("defcoop.SubwordEmbed.v2")  # type: ignore[untyped-decorator]
def subword_embed(width: int, rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """Return the embedding layer: `rows` hash rows for each column and the word's vector, mixed to `width` numbers.

    The last of COLUMNS, the part of speech, is only for components after the tagger: seven `rows` leave it out.
    """
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, count, column=column, seed=column + 1, dropout=0.0) for column, count in enumerate(rows)
    ]
    hashed: Model[list[Doc], Ragged] = chain(_extract(), list2ragged(), with_array(concatenate(*tables)))
    mixed = Maxout(width, width * (len(rows) + 1), nP=3, dropout=0.0, normalize=True)
    return chain(concatenate(hashed, StaticVectors(width)), with_array(mixed), ragged2list())
