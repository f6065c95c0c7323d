"""The project's own English pipeline: tags, Universal Dependencies trees, lemmas, names, sentences by rule.

Its weights ship inside the package (`model/`, described in `MODELCARD.md`); another pipeline can take its place as long
as its trees have Universal Dependencies labels and its names are PER, ORG and LOC.
"""

from importlib.resources import as_file, files

import spacy
from spacy.language import Language
from thinc.api import use_ops

from kg.english import boundaries, names, subwords, vectors, weights  # noqa: F401
from kg.errors import PipelineError

UD_LABELS = frozenset({"nsubj", "obj", "obl", "nmod", "case", "conj", "mark"})
"""Labels that every Universal Dependencies parser of English has, and that tell it from spaCy's own scheme."""

NAME_LABELS = frozenset({"PER", "ORG", "LOC"})

NEEDED = (
    ("token.pos", "a tagger or morphologizer"),
    ("token.dep", "a parser"),
    ("token.lemma", "a lemmatizer"),
    ("doc.ents", "a named-entity recogniser"),
)
"""What the stages after this one read, and the component that writes it."""


def _read(name_or_path: str | None) -> Language:
    """Return the pipeline of that name or path, or the shipped one."""
    if name_or_path is None:
        with as_file(files("kg.english").joinpath("model")) as path:
            return _read(str(path))
    with use_ops("numpy", use_blis=False):  # the BLAS of numpy takes a third of the time of the default
        nlp = weights.widen(spacy.load(name_or_path))
    return vectors.by_lower_case(nlp) if nlp.meta.items() >= vectors.MARK.items() else nlp


def _labels(nlp: Language, assigned: str) -> tuple[set[str], str]:
    """Return the labels of the component that writes `assigned`, and its name."""
    names = [name for name in nlp.pipe_names if assigned in nlp.get_pipe_meta(name).assigns]
    return {label for name in names for label in nlp.pipe_labels.get(name, [])}, ", ".join(names)


def _check(nlp: Language, place: str) -> None:
    """Raise PipelineError when `nlp` lacks a component or labels that the later stages read."""
    written = {assigned for name in nlp.pipe_names for assigned in nlp.get_pipe_meta(name).assigns}
    if "attribute_ruler" in nlp.pipe_names:
        written.add("token.pos")
    for assigned, component in NEEDED:
        if assigned not in written:
            raise PipelineError(f"{place}: nothing in this pipeline sets {assigned}; it needs {component}")
    for assigned, wanted, scheme in (
        ("token.dep", UD_LABELS, "Universal Dependencies"),
        ("doc.ents", NAME_LABELS, "PER, ORG, LOC"),
    ):
        labels, name = _labels(nlp, assigned)
        if missing := sorted(wanted - labels):
            raise PipelineError(
                f"{place}: the labels of {name!r} are not {scheme} (no {', '.join(missing)}); "
                f"give a pipeline trained on {scheme}, or none for the one that ships"
            )


def load(name_or_path: str | None = None) -> Language:
    """Return the pipeline at `name_or_path` (a package or a folder), or the shipped one when it is None.

    A pipeline that has no sentence rules of this project gets them in front of its parser, and the names that the
    reference tables are sure of at its end. Raises PipelineError when
    there is no such pipeline, when a component is missing, or when its labels are not Universal Dependencies.
    """
    place = name_or_path or "the shipped English pipeline"
    try:
        nlp = _read(name_or_path)
    except (OSError, ValueError, ImportError) as error:
        reason = " ".join(str(error).split()).split(". ")[0]
        raise PipelineError(
            f"{place}: cannot be loaded as a spaCy pipeline ({reason}); "
            "install it, correct the path, or reinstall defcoop"
        ) from error
    _check(nlp, place)
    if boundaries.NAME not in nlp.pipe_names:
        nlp.add_pipe(boundaries.NAME, first=True)
    if names.NAME not in nlp.pipe_names:
        nlp.add_pipe(names.NAME, last=True)
    return nlp
