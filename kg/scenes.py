"""All that one article's text shows before rules are applied: its parse, cast, goods, times and topics."""

from dataclasses import dataclass
from functools import cache, cached_property

from spacy.tokens import Doc, Span

from kg import dates
from kg.entities import Cast
from kg.goods.items import ItemMention
from kg.lexicon import load
from kg.mentions.organizations import OrganizationMention, is_body
from kg.model import Article


def prose(article: Article) -> str:
    """The article's text without the header or dateline before its prose."""
    return article.text[: _body(article)] + article.text[article.lead :]


def _body(article: Article) -> int:
    """Where the body starts in the article's text, behind the title and the blank line."""
    return len(article.title) + 2 if article.title else 0


@dataclass(frozen=True)
class Scene:
    """An article with everything found in it; `doc` is the parse of its `prose`."""

    article: Article
    doc: Doc
    cast: Cast
    items: tuple[ItemMention, ...]
    organizations: tuple[OrganizationMention, ...]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences that have words, in order."""
        return tuple(sentence for sentence in self.doc.sents if any(token.is_alpha for token in sentence))

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {sentence.start: number for number, sentence in enumerate(self.sentences)}

    def number(self, sentence: Span) -> int:
        """The number of a sentence in the article, counted from 0; 0 as well for one without words."""
        return self._numbers.get(sentence.start, 0)

    @cached_property
    def text(self) -> str:
        """The text of `doc`, which spaCy would put together anew each time."""
        return self.doc.text

    @cached_property
    def body_heads(self) -> frozenset[int]:
        """The last words of the names of joint bodies."""
        return frozenset(one.end - 1 for one in self.organizations if is_body(one.name))

    @cached_property
    def item_at(self) -> dict[int, ItemMention]:
        """Token -> the goods that it is part of."""
        return {i: item for item in self.items for i in range(item.start, item.end)}

    def offset(self, character: int) -> int:
        """The offset in the article's text of a character of `doc`."""
        body = _body(self.article)
        return character if character < body else character + self.article.lead - body

    def character(self, offset: int) -> int:
        """The character of `doc` at an offset in the article's text; one in the header is the first of the prose."""
        body = _body(self.article)
        return offset if offset < body else max(body, offset - self.article.lead + body)

    @cached_property
    def _defence(self) -> tuple[bool, ...]:
        words = topic_words("defence")
        return tuple(token.lower_ in words for token in self.doc)

    def deals_with_defence(self, span: Span, reach: int = 0) -> bool:
        """Whether a word of defence stands in the sentence or within `reach` sentences of it."""
        index = self.number(span)
        near = self.sentences[max(0, index - reach) : index + reach + 1]
        return any(any(self._defence[sentence.start : sentence.end]) for sentence in near)

    @cached_property
    def density(self) -> float:
        """Words of defence for each hundred words of the article."""
        words = sum(token.is_alpha for token in self.doc)
        return 100 * sum(self._defence) / words if words else 0.0

    @cached_property
    def _times(self) -> dict[tuple[int, bool], tuple[dates.TimeMention, ...]]:
        """The times of the sentences asked for so far, since every trigger of a sentence asks for them."""
        return {}

    def times(self, span: Span, future: bool) -> tuple[dates.TimeMention, ...]:
        """The times that a sentence names."""
        known = self._times.get((span.start, future))
        if known is None:
            known = self._times[span.start, future] = dates.find(span.text, self.article.date, future=future)
        return known


@cache
def topic_words(name: str) -> frozenset[str]:
    """The words of one topic of `kg/lexicon/topics.toml`."""
    table = load("topics")[name]
    assert isinstance(table, dict)
    return frozenset(table["words"])
