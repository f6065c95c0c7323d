"""Train the pipeline: `python -m kg.english.train DATA_DIR VECTORS OUT`.

Two halves are trained one after the other, each from its own configuration: trees (`parse.cfg`) and names
(`names.cfg`), which read the tags of the first. They share no weights, so either can be made again alone (`--half`).
The seed is in the configuration; one thread on one machine makes the same bytes from the same data.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.training import Example
from spacy.vectors import Vectors
from thinc.api import Adam, Config, Optimizer, fix_random_seed

from kg.english import boundaries, corpora, paragraphs, swaps, vectors
from kg.english.augment import vary
from kg.english.fits import HALVES, Phase, read_config, read_fit
from kg.english.halves import build, copy, fingerprint, join, load_half, write
from kg.english.paragraphs import Paragraph
from kg.errors import KgError, PipelineError

WARM_STEPS = 200
"""Steps in which the learning rate rises from nothing at the start of a phase."""


def _rate(step: int, steps: int, top: float) -> float:
    """Return the learning rate at `step`: a short rise to `top`, then a straight line down to a fiftieth of it."""
    rise = min(1.0, (step + 1) / WARM_STEPS)
    return top * rise * max(0.02, 1.0 - step / steps)


def _swapper(corpus: list[Paragraph], layer: str, phase: Phase, random: Random) -> Callable[[Paragraph], Paragraph]:
    """Return the function that puts other names into a paragraph: any where names are learned, else one for one."""
    if layer == "names":
        names = swaps.pool(corpus)
        return lambda paragraph: swaps.swap(paragraph, random, names, phase.swap, phase.titled)
    known = swaps.states()
    return lambda paragraph: swaps.move(paragraph, random, known, phase.swap)


def _tag(tagger: Language | None, examples: list[Example]) -> None:
    """Tag the words of the questions in `examples` with the parsing half, as the whole pipeline will."""
    docs = [example.predicted for example in examples]
    for name in ("tok2vec", "morphologizer") if tagger else ():
        docs = list(tagger.get_pipe(name).pipe(docs, batch_size=len(docs)))  # type: ignore[union-attr]


def _score(nlp: Language, check: list[Paragraph], optimizer: Optimizer, key: str, tagger: Language | None) -> float:
    """Return the score `key`, 0 to 100, of the averaged weights on `check`, with gold tokens and sentences."""
    examples = [paragraphs.example(paragraph, nlp) for paragraph in check]
    _tag(tagger, examples)
    with nlp.use_params(optimizer.averages or {}), nlp.select_pipes(disable=[boundaries.NAME]):
        scores = nlp.evaluate(examples)
    return round(100 * float(scores[key]), 2)


def train(
    config: Config,
    folder: Path,
    table: Vectors,
    report: Callable[[str], object],
    tagger: Language | None = None,
) -> Language:
    """Return the pipeline trained as `config` says on the corpora in `folder`; `report` is told each epoch's score.

    `tagger` is the parsing half, which tags the words before the names are learned.
    """
    fit = read_fit(config)
    fix_random_seed(fit.seed)
    if not fit.phases:
        raise PipelineError("the configuration has no [fit.phases]: nothing to train")
    nlp = _untrained(config, folder, table)
    for phase in fit.phases:
        nlp = _run(nlp, config, phase, folder, report, tagger)
    return nlp


def _untrained(config: Config, folder: Path, table: Vectors) -> Language:
    """Return the pipeline that `config` describes, its layers shaped for the labels of the first phase."""
    fit = read_fit(config)
    random = Random(fit.seed)
    nlp = build(config, table)
    held = corpora.held(folder, fit.held)
    whole = [paragraph for name, _ in fit.phases[0].train for paragraph in corpora.read(folder, name, fit.layer, held)]
    known = [paragraphs.example(vary(paragraph, random, fit.rates), nlp) for paragraph in whole]
    nlp.initialize(lambda: known)
    return nlp


def _run(
    nlp: Language,
    config: Config,
    phase: Phase,
    folder: Path,
    report: Callable[[str], object],
    tagger: Language | None,
) -> Language:
    """Return `nlp` with the running average of this phase's weights.

    The average of the whole course beats any single step of it on small corpora.
    """
    fit = read_fit(config)
    random = Random(fit.seed)
    held = corpora.held(folder, fit.held)
    sources = [(corpora.read(folder, name, fit.layer, held), share) for name, share in phase.train]
    check = [paragraph for name in fit.check for paragraph in corpora.read(folder, name, fit.layer)]
    whole = [paragraph for corpus, _ in sources for paragraph in corpus]
    swapped = _swapper(whole, fit.layer, phase, random)
    optimizer = Adam(phase.learn_rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    sizes = [min(phase.last_batch, int(phase.first_batch * 1.6**epoch)) for epoch in range(phase.epochs)]
    total = sum(int(share * sum(map(len, corpus))) for corpus, share in sources)
    steps, step = sum(total // size + 1 for size in sizes), 0
    for epoch, size in enumerate(sizes, 1):
        for batch in corpora.batches(corpora.draw(sources, random), random, size):
            varied = [vary(swapped(paragraph), random, fit.rates) for paragraph in batch]
            examples = [paragraphs.example(paragraph, nlp, random, fit.unseen) for paragraph in varied]
            optimizer.learn_rate = _rate(step, steps, phase.learn_rate)
            _tag(tagger, examples)
            nlp.update(examples, drop=fit.dropout, sgd=optimizer)
            step += 1
        score = _score(nlp, check, optimizer, fit.score, tagger)
        report(f"{fit.layer}, epoch {epoch} of {phase.epochs}: {fit.score} {score}")
    with nlp.use_params(optimizer.averages or {}):
        return copy(nlp)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.english.train", description="Train the English pipeline.")
    parser.add_argument("data", type=Path, help="folder with the .spacy or .conllu corpora")
    parser.add_argument("vectors", type=Path, help="table of word vectors that kg.english.vectors made")
    parser.add_argument("out", type=Path, help="folder to write the pipeline to")
    parser.add_argument("--half", choices=HALVES, help="train only this half, for `--join` later")
    parser.add_argument("--config", type=Path, help="configuration of that half instead of the one that ships")
    parser.add_argument("--tagger", type=Path, help="the parsing half, which --half names needs")
    parser.add_argument("--join", type=Path, nargs=2, metavar=HALVES, help="put two trained halves together instead")
    options = parser.parse_args(arguments)
    if options.config and not options.half:
        parser.error("--config needs --half parse or --half names")
    if options.half == "names" and not options.tagger:
        parser.error("--half names needs --tagger, the folder of the parsing half")
    return options


def _made(options: argparse.Namespace) -> Language:
    """Return the pipeline that the command line asks for."""

    def report(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    if options.join:
        return join(*(load_half(folder) for folder in options.join))
    table = vectors.read(options.vectors)
    if options.half:
        tagger = load_half(options.tagger) if options.tagger else None
        return train(read_config(options.config, options.half), options.data, table, report, tagger)
    parse = train(read_config(None, "parse"), options.data, table, report)
    return join(parse, train(read_config(None, "names"), options.data, table, report, tagger=parse))


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
