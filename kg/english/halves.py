"""The pipeline's two halves: made, copied, read, joined and written."""

import hashlib
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.util import load_model, load_model_from_config
from spacy.vectors import Vectors
from thinc.api import Config

from kg.english import tokens, vectors, weights
from kg.errors import PipelineError

VERSION = "1.0.0"
SOURCES = (
    "UD English EWT (CC BY-SA 4.0)",
    "GUM (CC BY 4.0)",
    "Universal NER EWT (CC BY-SA 4.0)",
    "WikiGold (CC BY 4.0)",
    "re3d (OGL and others, open parts)",
    "CrossNER (MIT)",
    "GloVe 6B word vectors (PDDL 1.0)",
)
"""What the shipped weights are trained on, for their `meta.json`."""


def build(config: Config, table: Vectors | None = None) -> Language:
    """Return the untrained pipeline that `config` describes, with the project's tokenizer and `table` of vectors."""
    nlp = load_model_from_config(Config({"nlp": config["nlp"], "components": config["components"]}), auto_fill=True)
    if table is not None:
        nlp.vocab.vectors = table
    return tokens.tune(nlp)


def copy(nlp: Language) -> Language:
    """Return a pipeline with the weights that `nlp` has now, and only the strings that its components need.

    The components name their labels themselves; only the pieces of the lemmatizer's edit trees must be carried over.
    """
    clean = build(nlp.config)
    for piece in _pieces(nlp):
        clean.vocab.strings.add(piece)
    return _resumable(vectors.by_lower_case(clean.from_bytes(nlp.to_bytes(exclude=["strings"]))))


def _resumable(nlp: Language) -> Language:
    """Return `nlp` with the lemmatizer's index of its trees, which spaCy does not store: without it, it unlearns."""
    if "lemmatizer" in nlp.pipe_names:
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.labels)}
    return nlp


def _pieces(nlp: Language) -> list[str]:
    """Return the strings that the lemmatizer's edit trees take away and put in, sorted."""
    if "lemmatizer" not in nlp.pipe_names:
        return []
    trees = srsly.msgpack_loads(nlp.get_pipe("lemmatizer").trees.to_bytes())["trees"]  # type: ignore[attr-defined]
    hashes = {tree[side] for tree in trees for side in ("orig", "subst") if tree.get(side)}
    return sorted(nlp.vocab.strings[number] for number in hashes)


def join(parse: Language, names: Language) -> Language:
    """Return the whole pipeline: `parse` with the named-entity recogniser of `names` at its end."""
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
            **vectors.MARK,
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


def load_half(folder: Path) -> Language:
    """Return the trained half in `folder`."""
    try:
        return _resumable(vectors.by_lower_case(weights.widen(load_model(folder))))
    except (OSError, ValueError) as error:
        raise PipelineError(f"{folder}: no trained half; make it with --half") from error
