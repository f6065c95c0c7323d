"""The stages composed: an article in, all that it says out."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from kg import english, learned
from kg.acts.completion import completed
from kg.acts.confidence import judged
from kg.acts.events import Report, find_events
from kg.acts.merging import merge
from kg.acts.nesting import during
from kg.acts.receptions import without_hosts
from kg.acts.subjects import of_defence
from kg.entities import cast
from kg.goods.items import find_items
from kg.learned.linear import Models
from kg.mentions import gazetteer
from kg.mentions.organizations import find_organizations
from kg.model import Article, Extraction, Person
from kg.persons import find_people
from kg.persons.homes import home
from kg.persons.people import people
from kg.scenes import Scene, prose

BATCH = 32
"""Articles that go through the language pipeline together."""


class Extractor:
    """Finds events with one language pipeline (a name or path; the shipped one without)."""

    def __init__(self, pipeline: str | None = None) -> None:
        self.pipeline = pipeline
        self._nlp = english.load(pipeline)

    def extract(self, article: Article) -> Extraction:
        """All that one article says."""
        return self._read(article, self._nlp(prose(article)))

    def extract_all(self, articles: Iterable[Article], jobs: int = 1) -> Iterator[Extraction]:
        """What each article says, in their order; with `jobs` processes."""
        pairs = ((prose(article), article) for article in articles)
        for doc, article in self._nlp.pipe(pairs, as_tuples=True, batch_size=BATCH, n_process=jobs):
            yield self._read(article, doc)

    def scenes(self, articles: Sequence[Article]) -> Iterator[Scene]:
        """Each article with everything found in it before its acts are."""
        for article, doc in zip(articles, self._nlp.pipe(map(prose, articles), batch_size=BATCH), strict=True):
            yield self.scene(article, doc)[0]

    def _read(self, article: Article, doc: Doc) -> Extraction:
        scene, officials = self.scene(article, doc)
        events = judged(reports(scene))
        return Extraction(article, events, officials if events else (), during(events))

    def scene(self, article: Article, doc: Doc) -> tuple[Scene, tuple[Person, ...]]:
        """Everything found in the article before rules are applied, and the officials that it names."""
        names = gazetteer.find(doc)
        year = article.date.year if article.date else None
        persons, offices = find_people(doc, names, year)
        known = people(doc, names, persons, offices, home(article.publisher, article.dateline), year)
        taken = {i for mention in persons for i in range(mention.span_start, mention.span_end)}
        organizations = find_organizations(doc, names, taken)
        players = cast(
            doc,
            names,
            [(mention, known.at(mention.start, mention.end)) for mention in persons],
            [(mention, known.at(mention.start, mention.end)) for mention in offices],
            organizations,
        )
        return Scene(article, doc, players, find_items(doc), organizations), known.named_officials()


def told(scene: Scene, models: Models | None = None) -> tuple[Report, ...]:
    """Every telling of an act in the article, by rules and by the learned models (the shipped ones without)."""
    return learned.read(scene, find_events(scene), models)


def reports(scene: Scene, models: Models | None = None) -> tuple[Report, ...]:
    """The acts that the article tells of, each with the signals from which its confidence is made."""
    found = [without_hosts(report) for report in told(scene, models)]
    return completed(of_defence(merge(found), scene), scene)
