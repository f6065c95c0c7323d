"""Measure a pipeline's speed: `python -m kg.english.benchmark TEXT...`.

Machines differ and are shared, so every figure comes with its ratio to spaCy's blank English tokenizer, run on the same
text in the same process just before.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.english import load, paragraphs
from kg.errors import KgError, PipelineError

BATCH = 64
"""Texts that go through a stage together."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage's words per second, and that figure as a share of the blank tokenizer's."""

    name: str
    words_per_second: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Speed:
    """What one run measured: words in the text, each stage alone, the whole, and the blank tokenizer."""

    words: int
    blank: float
    stages: tuple[Stage, ...]
    whole: Stage


def _clock(nlp: Language, texts: Sequence[str]) -> list[tuple[str, float, list[Doc]]]:
    """Return the name, the seconds and the output of each stage of `nlp`, the tokenizer first."""
    start = perf_counter()
    docs = [nlp.make_doc(text) for text in texts]
    rows = [("tokenizer", perf_counter() - start, docs)]
    for name, component in nlp.pipeline:
        start = perf_counter()
        if hasattr(component, "pipe"):
            docs = list(component.pipe(docs, batch_size=BATCH))
        else:
            docs = [component(doc) for doc in docs]
        rows.append((name, perf_counter() - start, docs))
    return rows


def measure(nlp: Language, texts: Sequence[str], repeats: int = 3) -> Speed:
    """Return the speed of `nlp` on `texts`: the best of `repeats` runs for each figure.

    The best and not the mean, because on a shared machine noise only ever slows a run down.
    """
    blank = spacy.blank("en")
    words = sum(len(blank.make_doc(text)) for text in texts)
    base = words / min(_clock(blank, texts)[0][1] for _ in range(repeats))
    runs = [_clock(nlp, texts) for _ in range(repeats)]
    best = [(rows[0][0], min(row[1] for row in rows)) for rows in zip(*runs, strict=True)]

    def stage(name: str, seconds: float) -> Stage:
        return Stage(name, words / seconds, words / seconds / base)

    stages = tuple(stage(name, seconds) for name, seconds in best)
    return Speed(words, base, stages, stage("whole", min(sum(row[1] for row in rows) for rows in runs)))


def memory() -> float | None:
    """Return the most memory that this process has held, in MB, or None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def size(folder: Path) -> float:
    """Return the size of all files below `folder`, in MB of a million bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def read_texts(paths: Sequence[Path]) -> list[str]:
    """Return the texts of `.txt` files and of `.spacy` or `.conllu` corpora, folders searched for `.txt`."""
    texts: list[str] = []
    for path in paths:
        if path.is_dir():
            texts += [file.read_text("utf-8") for file in sorted(path.glob("*.txt"))]
        elif path.suffix in {".spacy", ".conllu"}:
            texts += ["".join(word.text + " " * word.space for word in part) for part in paragraphs.read(path)]
        elif path.is_file():
            texts.append(path.read_text("utf-8"))
        else:
            raise PipelineError(f"{path}: no such file; name .txt, .spacy or .conllu files")
    if not texts:
        raise PipelineError("no text to measure on; name .txt, .spacy or .conllu files")
    return texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print load time, memory and words per second for each stage; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.english.benchmark", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("text", type=Path, nargs="+", help=".txt files or folders of them, .spacy or .conllu corpora")
    parser.add_argument("--pipeline", help="name or path of a pipeline (default: the one that ships)")
    options = parser.parse_args(arguments)
    try:
        texts = read_texts(options.text)
        start = perf_counter()
        nlp = load(options.pipeline)
        seconds = perf_counter() - start
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    speed = measure(nlp, texts)
    out = sys.stdout.write
    out(f"{speed.words} words in {len(texts)} texts; loaded in {seconds:.2f} s\n")
    out(f"{'blank tokenizer':20} {speed.blank:10.0f} words/s   1\n")
    for stage in (*speed.stages, speed.whole):
        out(f"{stage.name:20} {stage.words_per_second:10.0f} words/s {stage.ratio:7.4f}\n")
    peak = memory()
    out("peak memory unknown on this system\n" if peak is None else f"peak memory {peak:.0f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
