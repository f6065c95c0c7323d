"""Train the pipeline: `python -m kg.english.train DATA_DIR OUT`.

Two halves are trained one after the other, each from its own configuration: trees (`parse.cfg`) and names
(`names.cfg`). They share no weights, so either can be made again alone (`--half`). The seed is in the configuration;
one thread on one machine makes the same bytes from the same data.
"""
import argparse
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config_from_str, load_model, load_model_from_config
from thinc.api import Adam, Config, Optimizer, fix_random_seed

from kg.english import boundaries, paragraphs, swaps, tokens, weights
from kg.english.augment import Rates, vary
from kg.english.paragraphs import Paragraph
from kg.errors import KgError, PipelineError

HALVES = ("parse", "names")
WARM_STEPS = 200
VERSION = "1.0.0"
SOURCES = (
    "UD English EWT (CC BY-SA 4.0)",
    "GUM (CC BY 4.0)",
    "Universal NER EWT (CC BY-SA 4.0)",
    "WikiGold (CC BY 4.0)",
    "re3d (OGL and others, open parts)",
    "CrossNER (MIT)",
)
"""What the shipped weights are trained on, for their `meta.json`."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How one half is trained, the `[fit]` section of its configuration; batches are counted in words."""

    seed: int
    width: int
    epochs: int
    dropout: float
    learn_rate: float
    first_batch: int
    last_batch: int
    unseen: float
    layers: list[str]
    train: list[str]
    check: list[str]
    score: str
    swap: float
    titled: float
    rates: Rates


def read_config(path: Path | None, half: str) -> Config:
    """Return the configuration at `path`, or the one that ships for `half` ("parse" or "names")."""
    if path is not None and not path.is_file():
        raise PipelineError(f"{path}: no such configuration; copy kg/english/{half}.cfg and change it")
    text = (path or files("kg.english").joinpath(f"{half}.cfg")).read_text("utf-8")
    config: Config = load_config_from_str(text, interpolate=True)
    return config


def read_fit(config: Config) -> Fit:
    """Return the `[fit]` section of `config`."""
    section: dict[str, Any] = dict(config["fit"])
    rates = Rates(**section.pop("rates"))
    return Fit(**section, rates=rates)


LAYERS = {"tree": paragraphs.has_tree, "tags": paragraphs.has_tags, "names": paragraphs.has_names}


def _corpus(folder: Path, names: list[str], layers: list[str]) -> list[Paragraph]:
    """Return the paragraphs of the named corpora that have any of the layers ("tree", "tags", "names")."""

    def wanted(paragraph: Paragraph) -> bool:
        return any(LAYERS[layer](paragraph) for layer in layers)

    read = (paragraph for name in names for paragraph in paragraphs.find(folder, name))
    found = [swaps.trimmed(paragraph) for paragraph in read if wanted(paragraph)]
    if not found:
        raise PipelineError(f"{folder}: no paragraph of {', '.join(names)} has a layer of {', '.join(layers)}")
    return found


def _batches(corpus: list[Paragraph], random: Random, words: int) -> Iterator[list[Paragraph]]:
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


def _rate(step: int, steps: int, top: float) -> float:
    """Return the learning rate at `step`: a short rise to `top`, then a straight line down to a fiftieth of it."""
    rise = min(1.0, (step + 1) / WARM_STEPS)
    return top * rise * max(0.02, 1.0 - step / steps)


def _epoch(nlp: Language, corpus: list[Paragraph], fit: Fit, random: Random, words: int) -> Iterator[list[Example]]:
    """Yield one epoch's batches of varied examples; only names are swapped, since trees would no longer fit."""
    names = swaps.pool(corpus) if "names" in fit.layers else {}
    for batch in _batches(corpus, random, words):
        if names:
            batch = [swaps.swap(paragraph, random, names, fit.swap, fit.titled) for paragraph in batch]
        varied = [vary(paragraph, random, fit.rates) for paragraph in batch]
        yield [paragraphs.example(paragraph, nlp, random, fit.unseen) for paragraph in varied]


def _score(nlp: Language, check: list[Paragraph], optimizer: Optimizer, key: str) -> float:
    """Return the score `key`, 0 to 100, of the averaged weights on `check`, with gold tokens and sentences."""
    with nlp.use_params(optimizer.averages or {}), nlp.select_pipes(disable=[boundaries.NAME]):
        scores = nlp.evaluate([paragraphs.example(paragraph, nlp) for paragraph in check])
    return round(100 * float(scores[key]), 2)


def build(config: Config) -> Language:
    """Return the untrained pipeline that `config` describes, with the project's tokenizer."""
    nlp = load_model_from_config(Config({"nlp": config["nlp"], "components": config["components"]}), auto_fill=True)
    return tokens.tune(nlp)


def train(config: Config, folder: Path, report: Callable[[str], object]) -> Language:
    """Return the pipeline trained as `config` says on the corpora in `folder`; `report` is told each epoch's score.

    The weights are the running average of the whole course, which on small corpora beats any single step of it.
    """
    fit = read_fit(config)
    fix_random_seed(fit.seed)
    random = Random(fit.seed)
    corpus, check = _corpus(folder, fit.train, fit.layers), _corpus(folder, fit.check, fit.layers[:1])
    nlp = build(config)
    known = [paragraphs.example(vary(paragraph, random, fit.rates), nlp) for paragraph in corpus]
    nlp.initialize(lambda: known)
    optimizer = Adam(fit.learn_rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    sizes = [min(fit.last_batch, int(fit.first_batch * 1.6**epoch)) for epoch in range(fit.epochs)]
    total = sum(map(len, corpus))
    steps = sum(total // size + 1 for size in sizes)
    step = 0
    for epoch, size in enumerate(sizes, 1):
        for batch in _epoch(nlp, corpus, fit, random, size):
            optimizer.learn_rate = _rate(step, steps, fit.learn_rate)
            nlp.update(batch, drop=fit.dropout, sgd=optimizer)
            step += 1
        score = _score(nlp, check, optimizer, fit.score)
        report(f"{fit.layers[0]}, epoch {epoch} of {fit.epochs}: {fit.score} {score}")
    with nlp.use_params(optimizer.averages or {}):
        return _copy(nlp)


def _copy(nlp: Language) -> Language:
    """Return a pipeline with the weights that `nlp` has now, and only the strings that its components need.

    The components name their labels themselves; only the pieces of the lemmatizer's edit trees must be carried over.
    """
    clean = build(nlp.config)
    for piece in _pieces(nlp):
        clean.vocab.strings.add(piece)
    return clean.from_bytes(nlp.to_bytes(exclude=["strings"]))


def _pieces(nlp: Language) -> list[str]:
    """Return the strings that the lemmatizer's edit trees take away and put in, sorted."""
    if "lemmatizer" not in nlp.pipe_names:
        return []
    trees = srsly.msgpack_loads(nlp.get_pipe("lemmatizer").trees.to_bytes())["trees"]  # type: ignore[attr-defined]
    hashes = {tree[side] for tree in trees for side in ("orig", "subst") if tree.get(side)}
    return sorted(nlp.vocab.strings[number] for number in hashes)


def join(parse: Language, names: Language) -> Language:
    """Return the whole pipeline: `parse` with the named-entity recogniser of `names` and its own tok2vec at its end."""
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    parse.add_pipe("ner", source=names)
    return tokens.tune(parse)


def write(nlp: Language, out: Path) -> None:
    """Write `nlp` to the folder `out` with its name and licence, without what it can do without."""
    nlp.meta.update(
        {
            "name": "defcoop_english",
            "version": VERSION,
            "description": "Universal Dependencies, lemmas and names (PER, ORG, LOC) for English news",
            "license": "CC BY-SA 4.0",
            "sources": list(SOURCES),
            "performance": {},
        }
    )
    weights.halve(nlp).to_disk(out)
    weights.widen(nlp)


def fingerprint(folder: Path) -> str:
    """Return the SHA-256, in hexadecimal, of the names and bytes of all files below `folder`."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.english.train", description="Train the English pipeline.")
    parser.add_argument("data", type=Path, help="folder with the .spacy or .conllu corpora")
    parser.add_argument("out", type=Path, help="folder to write the pipeline to")
    parser.add_argument("--half", choices=HALVES, help="train only this half, for `--join` later")
    parser.add_argument("--config", type=Path, help="configuration of that half instead of the one that ships")
    parser.add_argument("--join", type=Path, nargs=2, metavar=HALVES, help="put two trained halves together instead")
    options = parser.parse_args(arguments)
    if options.config and not options.half:
        parser.error("--config needs --half parse or --half names")
    return options


def _made(options: argparse.Namespace) -> Language:
    """Return the pipeline that the command line asks for."""

    def report(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    if options.join:
        return join(*(load_half(folder) for folder in options.join))
    if options.half:
        return train(read_config(options.config, options.half), options.data, report)
    return join(*(train(read_config(None, half), options.data, report) for half in HALVES))


def load_half(folder: Path) -> Language:
    """Return the trained half in `folder`."""
    try:
        return weights.widen(load_model(folder))
    except (OSError, ValueError) as error:
        raise PipelineError(f"{folder}: no trained half; make it with --half") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write the pipeline and print its fingerprint; return the exit status."""
    options = _options(arguments)
    try:
        write(_made(options), options.out)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    sys.stdout.write(f"{options.out}: sha256 {fingerprint(options.out)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
