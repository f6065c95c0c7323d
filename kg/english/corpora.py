"""The corpora that a half is trained on: read, kept apart from what is held out, drawn and cut into batches."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from kg.english import paragraphs, swaps
from kg.english.paragraphs import Paragraph
from kg.errors import PipelineError


def read(folder: Path, name: str, layer: str, held: frozenset[str] = frozenset()) -> list[Paragraph]:
    """Return the paragraphs of a corpus that have the layer ("tree" or "names") and no sentence of those in `held`."""
    wanted = paragraphs.has_tree if layer == "tree" else paragraphs.has_names
    found = [
        swaps.trimmed(paragraph)
        for paragraph in paragraphs.find(folder, name)
        if wanted(paragraph) and held.isdisjoint(paragraphs.sentences(paragraph))
    ]
    if not found:
        raise PipelineError(f"{folder}: no paragraph of {name} has the layer {layer!r}")
    return found


def held(folder: Path, names: list[str]) -> frozenset[str]:
    """Return the sentences of the corpora that are held out; corpora overlap, so names alone keep nothing apart."""
    return frozenset(
        sentence
        for name in names
        for paragraph in paragraphs.find(folder, name)
        for sentence in paragraphs.sentences(paragraph)
    )


def draw(corpora: list[tuple[list[Paragraph], float]], random: Random) -> list[Paragraph]:
    """Return the paragraphs of one epoch: each corpus whole as often as its share says, and a sample for the rest."""
    drawn: list[Paragraph] = []
    for corpus, share in corpora:
        whole, rest = divmod(share, 1)
        drawn += corpus * int(whole) + random.sample(corpus, int(rest * len(corpus)))
    return drawn


def batches(corpus: list[Paragraph], random: Random, words: int) -> Iterator[list[Paragraph]]:
    """Yield the corpus in a random order, in batches of about `words` words."""
    batch: list[Paragraph] = []
    count = 0
    for paragraph in random.sample(corpus, len(corpus)):
        batch.append(paragraph)
        count += len(paragraph)
        if count >= words:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch
