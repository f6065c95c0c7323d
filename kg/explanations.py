"""Why an event is in the graph: its articles read again, and all that spoke for it shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.acts.confidence import signals, weights
from kg.acts.events import Report
from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups
from kg.answers.store import Store
from kg.answers.views import Happening, Sentence
from kg.errors import UnknownEntity
from kg.extraction import Extractor, reports, told
from kg.identity.reading import reading
from kg.model import Article, Extraction
from kg.paths import path
from kg.reading import articles
from kg.reading.records import Record
from kg.rules import rules
from kg.scenes import Scene
from ontology import terms


@dataclass(frozen=True, slots=True)
class Reason:
    """A signal and what it adds to the logit of the event's confidence."""

    signal: str
    weight: float


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of the event: the word that does, the rule that knew it, and how the actors hang from it.

    `extractor` is the rule's id, `why` what the rule is for. An actor that the sentence does not name has no path.
    """

    sentence: str
    trigger: str
    extractor: str
    why: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Why one article gives the event: its tellings, and the reasons of its confidence, the weightiest first."""

    article: str
    report: str
    confidence: float
    tellings: tuple[Telling, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event is there: what each of its articles says, the newest first.

    `lost` are articles that tell of it in the store, but not when this version reads them again; `intercept` is where
    the logit of each account's confidence begins.
    """

    event: str
    label: str
    confidence: float
    intercept: float
    accounts: tuple[Account, ...]
    lost: tuple[str, ...]


LEARNED = "a word that the models learned from annotated articles take for such an act (kg/learned/CARD.md)"


def explain(store: Store, id: str, extractor: Extractor) -> Explanation:
    """Why the event that has, or had, this id is in the store.

    Raises:
        UnknownEntity: there is no such event, an article's text was not stored, or no text read again gives it.
    """
    read = Descriptions(store)
    event = Lookups(store).event(id)
    firsts = {sentence.article: sentence for sentence in reversed(event.sentences)}
    found = {article: _account(read, event, firsts[article], extractor) for article in reversed(firsts)}
    accounts = tuple(account for account in found.values() if account)
    if not accounts:
        articles = ", ".join(found)
        raise UnknownEntity(f"{id}: this version reads {articles} otherwise; build the store again")
    lost = tuple(article for article, account in found.items() if account is None)
    return Explanation(event.id, event.label, event.confidence, weights().intercept, accounts, lost)


def _account(read: Descriptions, event: Happening, sentence: Sentence, extractor: Extractor) -> Account | None:
    """What the article of a sentence says of the event, or `None` where it does not when it is read again."""
    article, store = _article(read, event, sentence), read.store
    (scene,) = extractor.scenes([article])
    found = reports(scene)
    extraction = Extraction(article, tuple(report.event for report in found))
    iris = reading(extraction, store.base, store.decisions).iris.events[: len(found)]
    members = set(store.register.members(read.iri(event.id)))
    own = ((report, iri) for report, iri in zip(found, iris, strict=True) if iri in members)
    report, iri = next(own, (None, None))
    if report is None or iri is None:
        return None
    known = weights().signals
    reasons = sorted((Reason(one, known[one]) for one in signals(report, found) if one in known), key=_weightiest)
    tellings = tuple(_tellings(report, scene))
    return Account(sentence.article, read.id(iri), sentence.confidence, tellings, tuple(reasons))


def _weightiest(reason: Reason) -> tuple[float, str]:
    return -abs(reason.weight), reason.signal


def _article(read: Descriptions, event: Happening, sentence: Sentence) -> Article:
    """The article of a sentence, as it was read."""
    graph, title = read.iri(sentence.article), sentence.headline
    text = read.text(graph, terms.TEXT)
    if text is None:
        raise UnknownEntity(f"{event.id}: the text of {sentence.article} is not in the store: it cannot be read again")
    body = text.removeprefix(f"{title}\n\n") if title else text
    name = read.text(graph, terms.DCTERMS_IDENTIFIER) or sentence.article
    return articles.article(Record(name, name, body, title, sentence.published, sentence.publisher, sentence.url))


def _tellings(report: Report, scene: Scene) -> Iterator[Telling]:
    """The tellings that were made one event, in the order of the text."""
    spans = {(one.start, one.end, one.extractor) for one in report.event.evidence}
    why = {rule.id: rule.why for rule in rules()}
    for one in told(scene):
        (evidence,) = one.event.evidence
        if one.event.type is report.event.type and (evidence.start, evidence.end, evidence.extractor) in spans:
            trigger = scene.doc[one.trigger]
            yield Telling(
                evidence.exact,
                trigger.text,
                evidence.extractor,
                why.get(evidence.extractor, LEARNED),
                tuple(_paths(one, trigger, scene)),
            )


def _paths(report: Report, trigger: Token, scene: Scene) -> Iterator[str]:
    """For each participant where it stands in the tree of the sentence."""
    for part in report.event.participations:
        named = [token for token in trigger.sent if part.actor in scene.cast.of([token])]
        heads = [token for token in named if token.head not in named or token.head == token]
        who = getattr(part.actor, "name", None) or getattr(part.actor, "code", "")
        ways = [(token, path(trigger, token)) for token in heads]
        best = min(((token, way) for token, way in ways if way is not None), key=_length, default=None)
        yield f"{part.role} {who}: {_shown(trigger, *best) if best else 'not in this sentence'}"


Way = tuple[Sequence[str], Sequence[str]]


def _length(found: tuple[Token, Way]) -> tuple[int, int]:
    token, (up, down) = found
    return len(up) + len(down), token.i


def _shown(trigger: Token, token: Token, way: Way) -> str:
    up, down = way
    return " ".join([trigger.text, *(f"< {label}" for label in up), *(f"> {label}" for label in down), token.text])
