"""Score a pipeline on annotated corpora: `python -m kg.english.evaluate DATA_DIR`.

Everything is scored from raw text, with the pipeline's own tokens and sentences: an arc counts when both its words have
the gold character spans and head and label agree, as in the CoNLL 2018 shared task. Arcs are counted twice, with
punctuation and, as spaCy's scorer does, without.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.english import load, paragraphs
from kg.english.paragraphs import Paragraph
from kg.errors import KgError

TREE_CORPORA = ("pud-news", "gum-news-held")
NAME_CORPORA = ("ner-uner-pud-news", "ner-re3d-test", "gum-news-held")
NAMES = frozenset({"PER", "ORG", "LOC"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TreeScores:
    """F1 from 0 to 100 of tokens, sentences, universal tags, lemmas, and arcs (unlabelled, labelled) on one corpus.

    `uas` and `las` leave punctuation out, `las_all` counts it.
    """

    tokens: float
    sentences: float
    pos: float
    lemmas: float
    uas: float
    las: float
    las_all: float


@dataclass(frozen=True, slots=True)
class NameScores:
    """Precision, recall and F1, 0 to 100, of names whose span and label both agree, and F1 of each label."""

    precision: float
    recall: float
    f1: float
    by_label: tuple[tuple[str, float], ...]


def _f1(gold: set[object], found: set[object]) -> float:
    """Return F1 from 0 to 100 of the set `found` against the set `gold`."""
    both = len(gold & found)
    return round(200 * both / (len(gold) + len(found)), 2) if both else 0.0


def _span(token: Token) -> Span:
    """Return the character span of `token`."""
    return token.idx, token.idx + len(token)


def _words(doc: Doc) -> list[Token]:
    """Return the tokens of `doc` that are more than white space."""
    return [token for token in doc if not token.is_space]


def _arc(token: Token) -> tuple[Span, Span]:
    """Return the spans of `token` and of its head, which for a root is the token itself."""
    return _span(token), _span(token.head)


def _label(token: Token) -> str:
    """Return the label of the arc to `token`, the same in upper and lower case."""
    return token.dep_.lower()


READERS: dict[str, Callable[[Token], object]] = {
    "span": _span,
    "arc": _arc,
    "label": _label,
    "pos": lambda token: token.pos_,
    "lemma": lambda token: token.lemma_,
}
"""What can be compared of two tokens."""


def _sentences(doc: Doc) -> set[Span]:
    """Return the spans of the sentences of `doc`, without the white space around them."""
    spans = set()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            spans.add((words[0].idx, words[-1].idx + len(words[-1])))
    return spans


def _pairs(nlp: Language, corpus: Sequence[Paragraph]) -> list[tuple[Doc, Doc]]:
    """Return the gold Doc and the pipeline's Doc of each paragraph's text."""
    golds = [paragraphs.gold(paragraph, nlp.vocab) for paragraph in corpus]
    return list(zip(golds, nlp.pipe([gold.text for gold in golds]), strict=True))


def _numbered(sets: Iterable[Iterable[object]]) -> set[object]:
    """Return the union of `sets`, each member with its set's number, so that paragraphs stay apart."""
    return {(number, member) for number, members in enumerate(sets) for member in members}


def score_trees(nlp: Language, corpus: Sequence[Paragraph]) -> TreeScores:
    """Return how well `nlp` cuts, tags and parses the text of `corpus`, whose paragraphs have trees."""
    sides = list(zip(*_pairs(nlp, corpus), strict=True))
    golds, founds = [[_words(doc) for doc in side] for side in sides]
    gold_real, found_real = [[[t for t in d if _label(t) != "punct"] for d in side] for side in (golds, founds)]

    def compare(gold: list[list[Token]], found: list[list[Token]], *parts: str) -> float:
        return _f1(
            *(_numbered([[tuple(READERS[p](t) for p in parts) for t in d] for d in side]) for side in (gold, found))
        )

    return TreeScores(
        tokens=compare(golds, founds, "span"),
        sentences=_f1(*(_numbered([_sentences(doc) for doc in side]) for side in sides)),
        pos=compare(golds, founds, "span", "pos"),
        lemmas=compare(golds, founds, "span", "lemma"),
        uas=compare(gold_real, found_real, "arc"),
        las=compare(gold_real, found_real, "arc", "label"),
        las_all=compare(golds, founds, "arc", "label"),
    )


def _names(doc: Doc, labels: frozenset[str]) -> set[object]:
    """Return the character span and label of each name in `doc` whose label is one of `labels`."""
    return {(name.start_char, name.end_char, name.label_) for name in doc.ents if name.label_ in labels}


def score_names(nlp: Language, corpus: Sequence[Paragraph]) -> NameScores:
    """Return how well `nlp` finds the names in the text of `corpus`, whose paragraphs have names."""
    pairs = _pairs(nlp, corpus)

    def sets(labels: frozenset[str]) -> tuple[set[object], set[object]]:
        return (
            _numbered(_names(gold, labels) for gold, _ in pairs),
            _numbered(_names(found, labels) for _, found in pairs),
        )

    gold, found = sets(NAMES)
    both = len(gold & found)
    return NameScores(
        precision=round(100 * both / max(1, len(found)), 2),
        recall=round(100 * both / max(1, len(gold)), 2),
        f1=_f1(gold, found),
        by_label=tuple((label, _f1(*sets(frozenset({label})))) for label in sorted(NAMES)),
    )


def label_table(nlp: Language, corpus: Sequence[Paragraph]) -> list[tuple[str, int, float]]:
    """Return each dependency label of `corpus` with its number of gold arcs and the F1 of its arcs, commonest first."""
    pairs = _pairs(nlp, corpus)
    sides = [
        _numbered([(_arc(token), _label(token)) for token in _words(doc)] for doc in side)
        for side in zip(*pairs, strict=True)
    ]
    by_label: dict[str, tuple[set[object], set[object]]] = {}
    for side, members in enumerate(sides):
        for member in members:
            label = member[1][1]  # type: ignore[index]
            by_label.setdefault(label, (set(), set()))[side].add(member)
    rows = [(label, len(gold), _f1(gold, found)) for label, (gold, found) in by_label.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of a pipeline on the corpora of a folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.english.evaluate", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with the .spacy or .conllu corpora")
    parser.add_argument("--pipeline", help="name or path of a pipeline (default: the one that ships)")
    parser.add_argument("--labels", action="store_true", help="also the F1 of each dependency label")
    options = parser.parse_args(arguments)
    out = sys.stdout.write
    try:
        nlp = load(options.pipeline)
        for name in TREE_CORPORA:
            corpus = paragraphs.find(options.data, name)
            t = score_trees(nlp, corpus)
            out(
                f"{name}: tokens {t.tokens} sentences {t.sentences} UPOS {t.pos} lemmas {t.lemmas} "
                f"UAS {t.uas} LAS {t.las} (with punctuation {t.las_all})\n"
            )
            for label, count, f1 in label_table(nlp, corpus) if options.labels else []:
                out(f"  {label:20} {count:5} {f1:6.2f}\n")
        for name in NAME_CORPORA:
            n = score_names(nlp, paragraphs.find(options.data, name))
            labels = " ".join(f"{label} {f1}" for label, f1 in n.by_label)
            out(f"{name}: names P {n.precision} R {n.recall} F1 {n.f1} ({labels})\n")
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
