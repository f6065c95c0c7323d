"""The tokens of a document as the name rules read them: keys, sentences, reference names, what is in capitals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span

from kg.english import boundaries
from kg.mentions.gazetteer import STATE_LIKE, Kind, Mention

_CAPITALISED = re.compile(r"^[^\W\d_]")
POSSESSIVES = frozenset({"'s", "'", "’s", "’", "s'"})
HYPHENS = frozenset({"-", "‐", "‑", "–"})


def key(text: str) -> str:
    """The form that lists hold: lower case, straight apostrophes, no dot at the end.

    >>> key("Gen.")
    'gen'
    """
    return text.lower().replace("’", "'").rstrip(".") or text


def compact(text: str) -> str:
    """The form in which spellings of one title agree: letters and digits alone.

    >>> compact("Lt.-Gen."), compact("Lt Gen")
    ('ltgen', 'ltgen')
    """
    return re.sub(r"[\W_]", "", text.lower())


@dataclass(frozen=True, eq=False)
class Words:
    """A document with the reference names in it; indices are those of its tokens."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    compacts: tuple[str, ...]
    joined: tuple[bool, ...]
    sentences: tuple[int, ...]
    tags: tuple[str, ...]
    entities: tuple[str, ...]
    mentions: tuple[Mention | None, ...]
    persons: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.texts)

    def together(self, i: int, j: int) -> bool:
        """Whether both indices exist and lie in one sentence."""
        return 0 <= i < len(self) and 0 <= j < len(self) and self.sentences[i] == self.sentences[j]

    def key(self, i: int) -> str:
        """The key at `i`, empty outside the document."""
        return self.keys[i] if 0 <= i < len(self) else ""

    def is_capital(self, i: int) -> bool:
        """Whether the word at `i` begins with a capital letter."""
        return 0 <= i < len(self) and bool(_CAPITALISED.match(self.texts[i])) and self.texts[i][0].isupper()

    def is_acronym(self, i: int) -> bool:
        """Whether the word at `i` is in capitals inside a sentence that is not."""
        text = self.texts[i] if 0 <= i < len(self) else ""
        return len(text) > 1 and text.isupper() and text.isalpha() and self.sentences[i] not in self.shouted

    def state(self, i: int) -> Mention | None:
        """The name of a state, or of what stands for one, that covers `i`."""
        mention = self.mentions[i] if 0 <= i < len(self) else None
        return mention if mention is not None and mention.kind in STATE_LIKE else None

    def organization(self, i: int) -> Mention | None:
        """The name of an organisation that covers `i`."""
        mention = self.mentions[i] if 0 <= i < len(self) else None
        return mention if mention is not None and mention.kind is Kind.ORGANIZATION else None

    def between(self, start: int, end: int) -> str:
        """The text of tokens `start` to `end`, with the blanks of the article made single."""
        parts = [self.texts[i] + ("" if self.joined[i] else " ") for i in range(start, end)]
        return " ".join("".join(parts).split())

    @cached_property
    def shouted(self) -> frozenset[int]:
        """The sentences in capitals: headlines."""
        letters: dict[int, list[int]] = {}
        for text, sentence in zip(self.texts, self.sentences, strict=True):
            counts = letters.setdefault(sentence, [0, 0])
            counts[0] += sum(c.isupper() for c in text)
            counts[1] += sum(c.isalpha() for c in text)
        return frozenset(s for s, (upper, alpha) in letters.items() if alpha > 8 and upper > 0.8 * alpha)

    @cached_property
    def titled(self) -> frozenset[int]:
        """The sentences that look like headlines in title case: nearly every longer word has a capital."""
        counts: dict[int, list[int]] = {}
        for i, text in enumerate(self.texts):
            if len(text) > 3 and text.isalpha():
                row = counts.setdefault(self.sentences[i], [0, 0])
                row[0] += text[0].isupper()
                row[1] += 1
        return frozenset(s for s, (upper, all_) in counts.items() if all_ > 3 and upper > 0.8 * all_)


def _sentences(doc: Doc) -> tuple[int, ...]:
    """The number of the sentence that each token lies in; a paragraph break ends one as well."""
    flags = [bool(token.is_sent_start) for token in doc] if doc.has_annotation("SENT_START") else boundaries.starts(doc)
    number, found = 0, []
    for token, flag in zip(doc, flags, strict=True):
        number += flag or (token.is_space and "\n" in token.text)
        found.append(number)
    return tuple(found)


def read(doc: Doc, names: Sequence[Mention]) -> Words:
    """The words of `doc`, with the reference names `names` that were found in it."""
    mentions: list[Mention | None] = [None] * len(doc)
    for mention in names:
        for i in range(mention.start, mention.end):
            mentions[i] = mention
    texts = tuple(token.text.strip() for token in doc)
    return Words(
        texts=texts,
        keys=tuple(key(text) for text in texts),
        compacts=tuple(compact(text) for text in texts),
        joined=tuple(not token.whitespace_ and not token.is_space for token in doc),
        sentences=_sentences(doc),
        tags=tuple(token.pos_ for token in doc),
        entities=tuple(token.ent_type_ for token in doc),
        mentions=tuple(mentions),
        persons=tuple(_trimmed(ent) for ent in doc.ents if ent.label_ == "PER"),
    )


def _trimmed(name: Span) -> tuple[int, int]:
    """The tokens of a name without the punctuation at its ends."""
    start, end = name.start, name.end
    while end > start + 1 and not any(letter.isalpha() for letter in name.doc[end - 1].text):
        end -= 1
    while start < end - 1 and not any(letter.isalpha() for letter in name.doc[start].text):
        start += 1
    return start, end
