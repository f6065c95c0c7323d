"""Names that the reference tables and the grammar are sure of, over those of the recogniser.

The recogniser knows names by their look and their company. What a table knows needs no guess: a state, capital or place
is a LOC, an organisation an ORG. And who "said" or "warned" is a person, whatever a lone unknown name looks like.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg import lexicon
from kg.lexicon.tables import words
from kg.mentions import companies, gazetteer, ships
from kg.mentions.gazetteer import Kind, Mention

NAME = "defcoop_names"
"""The component's name in a pipeline."""

_LABELS = {Kind.STATE: "LOC", Kind.CAPITAL: "LOC", Kind.PLACE: "LOC", Kind.ORGANIZATION: "ORG"}
"""The label of each kind of known name; demonyms are no names, and "the Kremlin" may be house or government."""

_INSIDE_A_NAME = frozenset({"compound", "flat", "amod", "det"})


class Names:
    """Corrects the names of a Doc that has its trees."""

    def __init__(self) -> None:
        self._speech = frozenset(words(lexicon.load("titles"), "speech"))

    def __call__(self, doc: Doc) -> Doc:
        mentions = gazetteer.find(doc)
        known = {i for mention in mentions for i in range(mention.start, mention.end)}
        names = filter_spans([*_certain(doc, mentions), *doc.ents])
        taken = {i for name in names for i in range(name.start, name.end)}
        speakers = [token for token in doc if token.i not in known and self._speaks(token)]
        lone = {name.start for name in names if len(name) == 1}
        persons = [doc[t.i : t.i + 1] for t in speakers if t.i in lone or (t.i not in taken and _stands_alone(t))]
        found = [Span(doc, span.start, span.end, label="PER") for span in persons]
        doc.ents = filter_spans([*found, *names])
        return doc

    def _speaks(self, token: Token) -> bool:
        """Whether `token` is the subject of a verb of speech and looks like the name of a person."""
        return (
            token.dep_ == "nsubj"
            and token.is_title
            and token.is_alpha
            and token.pos_ == "PROPN"
            and token.head.text in self._speech
        )


def _certain(doc: Doc, mentions: tuple[Mention, ...]) -> Iterator[Span]:
    """The names of ships and companies, and the known ones unless a longer is around them ("Bank of Georgia")."""
    longer = [name for name in doc.ents if len(name) > 1]
    for mention in mentions:
        start, end = mention.start, mention.end
        inside = any(n.start <= start and end <= n.end and len(n) > end - start for n in longer)
        if mention.kind in _LABELS and not inside:
            yield Span(doc, start, end, label=_LABELS[mention.kind])
    yield from (Span(doc, ship.start, ship.end, label="ORG") for ship in ships.find_ships(doc, mentions, {}))
    yield from (Span(doc, start, end, label="ORG") for start, end in companies.sure_companies(doc, mentions))


def _stands_alone(token: Token) -> bool:
    return not any(child.dep_ in _INSIDE_A_NAME for child in token.children)


@Language.factory(NAME, assigns=["doc.ents"], requires=["doc.ents", "token.dep", "token.pos"])
def make_names(nlp: Language, name: str) -> Names:
    """The component for `nlp`."""
    return Names()
