"""`/articles` and `/records`: the articles, into the store and out of it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from api.extraction import Draft, identifier
from api.filters import Text
from api.forms import CSV, JSON_LD, described, form_of, offered, tabled
from api.limits import LONGEST_NAME, MOST
from api.listing import following
from api.models import EVENT, SENTENCE, Event, Sentence, example
from api.opened import OpenLookups, OpenStore
from api.reader import reader_of
from api.tokens import Allowed
from kg.answers.descriptions import Descriptions
from kg.answers.lookups import Lookups
from kg.answers.store import Change
from kg.answers.views import EventFilter
from kg.errors import ArticleError
from kg.identity import records
from kg.model import Extraction

router = APIRouter(tags=["articles"])

LONGEST_TEXT = 1_000_000
"""Characters of an article, and of what was read out of one."""
POSTED = "POST /articles"
"""The file of articles that clients send."""

ArticleId = Annotated[
    str,
    Path(max_length=LONGEST_NAME, description="The article's identifier, or its short id.", examples=["rafale-2016"]),
]
RECORD = '{"article":{"id":"pact-1","text":"","title":null},"events":[],"people":[],"during":[]}'
ARTICLE = {
    "id": "article:sample-1",
    "published": "2018-08-08",
    "publisher": "Sample Gazette",
    "headline": "A pact for cadets",
    "url": "https://example.org/pact",
    "events": 1,
}


class Record(BaseModel):
    """What was read out of an article elsewhere, as `kg build` sends it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"source": "pact.txt", "text": "A pact was signed.", "record": RECORD}]}
    )

    source: str = Field(min_length=1, max_length=LONGEST_NAME, description="The file that the article was read from.")
    text: str = Field(min_length=1, max_length=LONGEST_TEXT, description="The article's text.")
    record: str = Field(max_length=LONGEST_TEXT, description="The extraction in JSON, as this version writes it.")
    replace: StrictBool = Field(default=False, description="Let it replace another file's article with its identifier.")


class Posted(Draft):
    """An article to be read and stored."""

    replace: StrictBool = Field(default=False, description="Let it replace a file's article with its identifier.")


class Stored(BaseModel):
    """What storing an article did."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": "pact-1", "change": "added"}]})

    id: str
    change: Change


class Removed(BaseModel):
    """The article that is gone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"removed": "pact-1"}]})

    removed: str


class Article(BaseModel):
    """An article of the store."""

    model_config = example(ARTICLE)

    id: str
    published: date | None
    publisher: str | None
    headline: str | None
    url: str | None
    events: int = Field(ge=0, description="How many events it tells of.")


class Articles(BaseModel):
    """Articles, the newest first, those without a date last."""

    model_config = example({"items": [ARTICLE], "next": None})

    items: list[Article]
    next: str | None = Field(description="The address of the next page, on this server; null on the last one.")


class Telling(BaseModel):
    """An event that an article tells of, and where it does."""

    model_config = example({"event": EVENT, "sentences": [SENTENCE]})

    event: Event
    sentences: list[Sentence] = Field(description="Those of this article; the offsets count in its `text`.")


class FullArticle(Article):
    """An article with its text, and what was read out of it."""

    model_config = example({**ARTICLE, "text": SENTENCE["exact"], "told": [{"event": EVENT, "sentences": [SENTENCE]}]})

    text: str
    told: list[Telling] = Field(description="In the order of the text.")


class Listing(BaseModel):
    """A page of articles."""

    model_config = ConfigDict(extra="forbid")

    publisher: Text | None = Field(None, description="Only what it published.", examples=["Sample Gazette"])
    limit: int = Field(100, ge=1, le=MOST, description="How many to answer with at most.", examples=[20])
    after: Text | None = Field(None, description="The mark of the page before, as in its `next`.")


@offered(router, "/articles", Articles, (CSV, JSON_LD))
def list_articles(request: Request, lookups: OpenLookups, asked: Annotated[Listing, Query()]) -> Articles | Response:
    """List the articles, the newest first."""
    form = form_of(request, CSV, JSON_LD)
    page = lookups.articles(asked.limit, asked.after, asked.publisher)
    further = following(request, page.after)
    items = [Article.model_validate(one) for one in page.items]
    if form == CSV:
        return tabled([one.model_dump() for one in items], [*Article.model_fields], further)
    if form == JSON_LD:
        read = Descriptions(lookups.store)
        return described(lookups.store, (read.iri(one.id) for one in items), form, further)
    return Articles(items=items, next=further)


@router.get("/articles/{id}")
def get_article(lookups: OpenLookups, id: ArticleId) -> FullArticle:
    """Give an article's text, and what was read out of it, where."""
    return full(lookups, id)


def full(lookups: Lookups, id: str) -> FullArticle:
    """The article with this id, or identifier.

    Raises:
        UnknownEntity: there is none.
    """
    article = Article.model_validate(lookups.article(id))
    told = [
        Telling(event=event, sentences=[one for one in event.sentences if one.article == article.id])
        for event in map(Event.model_validate, lookups.all_events(EventFilter(article=article.id)))
    ]
    told.sort(key=lambda one: [sentence.start for sentence in one.sentences])
    return FullArticle(**article.model_dump(), text=lookups.text(article.id), told=told)


@router.post("/articles", dependencies=[Allowed])
async def add_article(request: Request, store: OpenStore, posted: Posted) -> Stored:
    """Read an article and store what it says, in place of what the store had of it."""

    def put(extraction: Extraction) -> Stored:
        return Stored(id=extraction.article.id, change=store.put(extraction, POSTED, posted.replace))

    return await reader_of(request).read(posted.article, put)


@router.post("/records", dependencies=[Allowed])
def add_record(store: OpenStore, record: Record) -> Stored:
    """Store what was read out of an article elsewhere, in place of what the store had of it."""
    try:
        extraction = records.read(record.record, record.text)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise ArticleError(f"record: {place}: {fault['msg']}; send it with the version of kg that serves") from None
    return Stored(id=extraction.article.id, change=store.put(extraction, record.source, record.replace))


@router.delete("/articles/{id}", dependencies=[Allowed])
def remove_article(store: OpenStore, id: ArticleId) -> Removed:
    """Take an article, and what it alone states, out of the store."""
    store.remove(identifier(id))
    return Removed(removed=identifier(id))
