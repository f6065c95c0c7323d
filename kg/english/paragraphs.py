"""Annotated paragraphs, the unit that the pipeline is trained on, read from DocBins or CoNLL-U.

A layer that a corpus does not have (no trees in a corpus of names, no names in a treebank) is missing, never empty: the
components that learn it skip those words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from kg.errors import PipelineError

PARAGRAPH_SENTENCES = 10
"""Sentences that make one paragraph when a CoNLL-U file marks none."""

UNSEEN_NORMS = 4096
"""How many made-up norms stand for words that training never shows."""


@dataclass(frozen=True, slots=True)
class Word:
    """One token with its annotation; `space` tells whether a blank follows, `head` counts from the word itself.

    `dep` is empty without a tree and `name` is empty without a layer of names; a word outside any name has "O".
    """

    text: str
    space: bool
    start: bool = False
    pos: str = ""
    morph: str = ""
    lemma: str = ""
    head: int = 0
    dep: str = ""
    name: str = ""


Paragraph = tuple[Word, ...]


def has_tree(paragraph: Paragraph) -> bool:
    """Return whether every word has its place in a tree."""
    return all(word.dep for word in paragraph)


def has_tags(paragraph: Paragraph) -> bool:
    """Return whether every word has its universal part of speech."""
    return all(word.pos for word in paragraph)


def has_names(paragraph: Paragraph) -> bool:
    """Return whether every word is known to be in a name or outside one."""
    return all(word.name for word in paragraph)


def sentences(paragraph: Paragraph, least: int = 5) -> set[str]:
    """Return the texts, without blanks, of the sentences of at least `least` words, to tell whether corpora overlap."""
    found: list[list[str]] = []
    for word in paragraph:
        if word.start or not found:
            found.append([])
        found[-1] += [word.text] if not word.text.isspace() else []
    return {"".join(words) for words in found if len(words) >= least}


def _from_doc(doc: Doc) -> Paragraph:
    """Return the paragraph that `doc` holds."""
    tree, names = doc.has_annotation("DEP", require_complete=True), doc.has_annotation("ENT_IOB", require_complete=True)
    return tuple(
        Word(
            text=token.text,
            space=bool(token.whitespace_),
            start=bool(token.is_sent_start) if tree else token.i == 0,
            pos=token.pos_,
            morph=str(token.morph),
            lemma=token.lemma_,
            head=token.head.i - token.i if tree else 0,
            dep=token.dep_ if tree else "",
            name=(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O") if names else "",
        )
        for token in doc
    )


def _from_block(lines: list[str], place: str) -> list[Word]:
    """Return the words of one CoNLL-U sentence; multiword tokens keep their parts, without blanks between them."""
    words: list[Word] = []
    inside = 0
    spaces: dict[int, bool] = {}
    for line in lines:
        cells = line.split("\t")
        if len(cells) != 10:
            raise PipelineError(f"{place}: {len(cells)} columns instead of 10; is this CoNLL-U?")
        number, space = cells[0], "SpaceAfter=No" not in cells[9]
        if "." in number:
            continue
        if "-" in number:
            first, last = (int(part) for part in number.split("-"))
            spaces |= dict.fromkeys(range(first, last), False) | {last: space}
            continue
        i, head = int(number), int(cells[6])
        words.append(
            Word(
                text=cells[1],
                space=spaces.get(i, space),
                start=inside == 0,
                pos=cells[3],
                morph="" if cells[5] == "_" else cells[5],
                lemma=cells[2],
                head=head - i if head else 0,
                dep=cells[7] if head else "ROOT",
            )
        )
        inside += 1
    return words


def _from_conllu(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of a CoNLL-U file, at its `# newpar` and `# newdoc` marks and at most ten sentences long."""
    paragraph: list[Word] = []
    sentences = 0
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.splitlines()
        fresh = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
        if paragraph and (fresh or sentences == PARAGRAPH_SENTENCES):
            yield tuple(paragraph)
            paragraph, sentences = [], 0
        paragraph += _from_block([line for line in lines if line and not line.startswith("#")], str(path))
        sentences += 1
    if paragraph:
        yield tuple(paragraph)


def read(path: Path) -> list[Paragraph]:
    """Return the paragraphs of a DocBin (`.spacy`) or a CoNLL-U file (`.conllu`).

    Raises PipelineError when the file is missing, is neither, or is malformed.
    """
    if not path.is_file():
        raise PipelineError(f"{path}: no such corpus; name a folder with the .spacy or .conllu files")
    if path.suffix == ".conllu":
        return list(_from_conllu(path))
    try:
        docs = list(DocBin().from_disk(path).get_docs(Vocab()))
    except (ValueError, KeyError, OSError) as error:
        raise PipelineError(f"{path}: not a spaCy DocBin ({type(error).__name__}); give .spacy or .conllu") from error
    return [_from_doc(doc) for doc in docs if len(doc)]


def find(folder: Path, name: str) -> list[Paragraph]:
    """Return the paragraphs of corpus `name` in `folder`, from `name.spacy` or `name.conllu`."""
    conllu = folder / f"{name}.conllu"
    return read(conllu if conllu.is_file() else folder / f"{name}.spacy")


def gold(paragraph: Paragraph, vocab: Vocab) -> Doc:
    """Return `paragraph` as a Doc that has exactly the layers that the paragraph has."""
    tree, tags = has_tree(paragraph), has_tags(paragraph)
    return Doc(
        vocab,
        words=[word.text for word in paragraph],
        spaces=[word.space for word in paragraph],
        pos=[word.pos for word in paragraph] if tags else None,
        morphs=[word.morph for word in paragraph] if tags else None,
        lemmas=[word.lemma for word in paragraph] if tree else None,
        heads=[i + word.head for i, word in enumerate(paragraph)] if tree else None,
        deps=[word.dep for word in paragraph] if tree else None,
        sent_starts=None if tree else [word.start for word in paragraph],
        ents=[word.name for word in paragraph] if has_names(paragraph) else None,
    )


def example(paragraph: Paragraph, nlp: Language, random: Random | None = None, unseen: float = 0.0) -> Example:
    """Return a training example with the gold tokens and sentence starts, as the rules before the parser give them.

    With `random`, the share `unseen` of the words gets a norm that no word has, so that the components learn to
    read words that they have never met from their shape, ends and neighbours.
    """
    answer = gold(paragraph, nlp.vocab)
    question = Doc(nlp.vocab, words=[word.text for word in paragraph], spaces=[word.space for word in paragraph])
    for token, word in zip(question, paragraph, strict=True):
        token.is_sent_start = word.start
        if random is not None and random.random() < unseen:
            token.norm_ = f"unseen-{random.randrange(UNSEEN_NORMS)}"
    return Example(question, answer)
