"""Companies that no table knows: by what the text calls them, by what they make, and by whom they stand beside."""

from collections.abc import Container, Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.lexicon import words
from kg.mentions.gazetteer import Kind, Mention
from ontology import reference

_LONGEST = 6
_TAIL = frozenset({"&", "-"})


@cache
def _list(name: str) -> frozenset[str]:
    """A list of `kg/lexicon/companies.toml`, made a set only once."""
    return words("companies", name)


def find_companies(doc: Doc, names: Sequence[Mention]) -> tuple[tuple[int, int], ...]:
    """The spans of companies, in order: once shown to be one, a name is a company's all over the article."""
    free = _Free(doc, names)
    shown = {(start, end) for start, end in (*_called(doc, free), *_acting(doc, free), *_listed_with(doc, free, names))}
    texts = {doc[start:end].text for start, end in shown}
    again = {(name.start, name.end) for name in free.names() if name.text in texts}
    return tuple(sorted(shown | again))


def sure_companies(doc: Doc, names: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Names behind a word that is no person's, "the shipbuilder X", however much they look like a person's."""
    free = _Free(doc, names)
    for token in doc[1:-1]:
        sure = token.text in _list("no_persons") and _is_kind(doc, token)
        if sure and not doc[token.i + 1].is_sent_start:
            span = free.run(token.i + 1, called=True)
            if span and span[1] - span[0] < _LONGEST:
                yield span


class _Free:
    """The names of a document that no table knows."""

    def __init__(self, doc: Doc, names: Sequence[Mention]) -> None:
        self.doc = doc
        self.taken = {i for one in names if one.kind is not Kind.PLACE for i in range(one.start, one.end)}

    def run(self, start: int, called: bool = False) -> tuple[int, int] | None:
        """The capitalised words from `start`, if they can name a company; one `called` so may look like a person."""
        end = start
        while end < len(self.doc) and end - start < _LONGEST and self._fits(end, start):
            end += 1
        while end > start and self.doc[end - 1].text in _TAIL:
            end -= 1
        return (start, end) if end > start and self._is_name(start, end, called) else None

    def _fits(self, i: int, start: int) -> bool:
        token = self.doc[i]
        if i in self.taken or (token.is_sent_start and i > start):
            return False
        return token.text[:1].isupper() or (i > start and token.text in _TAIL)

    def _is_name(self, start: int, end: int, called: bool) -> bool:
        first = self.doc[start]
        persons = (name for name in self.doc.ents if name.label_ == "PER")
        person = not called and any(name.start < end and start < name.end for name in persons)
        known = _list("no_names")
        return not person and first.text not in known and any(character.isalpha() for character in first.text)

    def names(self) -> Iterator[Span]:
        """The names that the recogniser has for organisations, without a state before them."""
        for name in self.doc.ents:
            if name.label_ == "ORG":
                owned = [i + 1 for i in range(name.start, name.end) if self.doc[i].text in {"'s", "’s"}]
                span = self.run(max(owned, default=name.start))
                if span and self.taken.isdisjoint(range(*span)):
                    yield self.doc[span[0] : span[1]]


def _called(doc: Doc, free: _Free) -> Iterator[tuple[int, int]]:
    """Names beside a word for a company: "the shipbuilder X", "X, the manufacturer"."""
    for token in doc[1:-1]:
        if _is_kind(doc, token) and not doc[token.i + 1].is_sent_start:
            span = free.run(token.i + 1)
            if span:
                yield span
    sure = _list("kinds") - _list("vague")
    for name in free.names():
        behind = doc[name.end : name.end + 6]
        explained = len(behind) > 2 and behind[0].text == "," and behind[1].lower_ in {"the", "a", "an"}
        if explained and any(word.text in sure for word in _phrase(behind[2:])):
            yield name.start, name.end


def _is_kind(doc: Doc, token: Token) -> bool:
    """Whether the token is a word for a company that has to do with arms."""
    before = doc[token.i - 1].lower_
    if token.text not in _list("kinds") or before in _list("no_fields"):
        return False
    return token.text not in _list("vague") or before in _list("fields")


def _phrase(span: Span) -> Iterator[Token]:
    for token in span:
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            return
        yield token


def _acting(doc: Doc, free: _Free) -> Iterator[tuple[int, int]]:
    """Names of those who make, or with whom one has a contract: "built by X", "a contract with X", "ordered from X"."""
    for name in free.names():
        root = name.root
        case = {child.lower_ for child in root.children if child.dep_ == "case"}
        verb = root.head.lemma_.lower()
        made = "by" in case and root.dep_.startswith("obl") and verb in _list("makes")
        bought = "from" in case and verb in _list("buys")
        bound = "with" in case and verb in _list("contracts")
        if made or bought or bound:
            yield name.start, name.end


def _listed_with(doc: Doc, free: _Free, names: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Names in a list with a company: "with Embraer, X and Y"."""
    companies = {one.id for one in reference.organizations() if one.kind == "company"}
    known = {i for one in names if one.key in companies for i in range(one.start, one.end)}
    for name in free.names():
        if _stands_with(name.root, known):
            yield name.start, name.end


def _stands_with(token: Token, known: Container[int]) -> bool:
    """Whether the token is coordinated with one of `known`."""
    first = token.head if token.dep_ == "conj" else token
    return any(one.i in known for one in (first, *(child for child in first.children if child.dep_ == "conj")))
