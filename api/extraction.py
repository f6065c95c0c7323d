"""`POST /extract`: what a text says, without storing it; and the articles that clients send."""

import datetime
from hashlib import sha256
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.limits import LONGEST_NAME
from api.models import EVENT, Event, example
from api.opened import OpenStore
from api.reader import reader_of
from kg.answers.lookups import Lookups
from kg.answers.opening import in_memory
from kg.model import Article, Extraction
from kg.reading import articles
from kg.reading.records import Record

router = APIRouter(tags=["extraction"])

LONGEST_READ = 50_000
"""Characters of a text that is read while the client waits."""
DIGITS = 12

Line = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
    ),
]
"""A line of text: no control characters, and not blanks alone."""
Identifier = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=r"^[A-Za-z0-9][A-Za-z0-9._: -]*$")
]
TEXT = "Russia and Pakistan signed a pact in Rawalpindi on 7 August that opens Russian academies to Pakistanis."


def _day(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("give a day as 2018-08-07")
    return datetime.date.fromisoformat(value)


def identifier(id: str) -> str:
    """The identifier of an article that is called by it or by its short id.

    >>> identifier("article:a%20b"), identifier("a b")
    ('a b', 'a b')
    """
    return unquote(id.removeprefix("article:")) if id.startswith("article:") else id


class Draft(BaseModel):
    """An article in English; its text is without the title."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"title": "A pact for cadets", "date": "2018-08-08", "text": TEXT}]},
    )

    id: Identifier | None = Field(None, description="Its identifier; one is made of the text where there is none.")
    title: Line | None = None
    date: Annotated[datetime.date, BeforeValidator(_day)] | None = Field(
        None, description="The day of publication; where there is none, that which the text's header names."
    )
    publisher: Line | None = None
    url: Line | None = None
    text: str = Field(max_length=LONGEST_READ, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", description="Not blanks alone.")

    def article(self) -> Article:
        """The article.

        Raises:
            ArticleError: it is not in English.
        """
        body = self.text.replace("\r\n", "\n").replace("\r", "\n")
        id = identifier(self.id) if self.id else f"text-{sha256(body.encode()).hexdigest()[:DIGITS]}"
        return articles.article(Record("text", id, body, self.title, self.date, self.publisher, self.url))


class Extracted(BaseModel):
    """What a text says."""

    model_config = example({"id": "text-8f2a0c5d1e77", "date": "2018-08-08", "events": [EVENT]})

    id: str = Field(description="The identifier of the article.")
    date: datetime.date | None = Field(description="The day of publication that dates are reckoned from.")
    events: list[Event] = Field(description="In the order of their days, the latest first.")


@router.post("/extract")
async def extract(request: Request, store: OpenStore, text: Draft) -> Extracted:
    """Say which events a text tells of. Nothing is stored: the events are as if the text stood alone."""
    return await reader_of(request).read(text.article, lambda found: _told(found, store.base))


def _told(extraction: Extraction, base: str) -> Extracted:
    with in_memory(base) as aside:
        aside.put(extraction, "text")
        events = [Event.model_validate(event) for event in Lookups(aside).all_events()]
    return Extracted(id=extraction.article.id, date=extraction.article.date, events=events)
