"""`/articles` and `/records`: articles into the store and out of it."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from api.limits import LONGEST_NAME
from api.opened import OpenStore
from api.tokens import Allowed
from kg.answers.store import Change
from kg.errors import ArticleError
from kg.identity import records

router = APIRouter(tags=["articles"])

LONGEST_TEXT = 1_000_000
"""Characters of an article, and of what was read out of one."""

ArticleId = Annotated[
    str, Path(max_length=LONGEST_NAME, description="The article's identifier.", examples=["rafale-2016"])
]
RECORD = '{"article":{"id":"pact-1","text":"","title":null},"events":[],"people":[],"during":[]}'


class Record(BaseModel):
    """What was read out of an article elsewhere, as `kg build` sends it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"source": "pact.txt", "text": "A pact was signed.", "record": RECORD}]}
    )

    source: str = Field(min_length=1, max_length=LONGEST_NAME, description="The file that the article was read from.")
    text: str = Field(min_length=1, max_length=LONGEST_TEXT, description="The article's text.")
    record: str = Field(max_length=LONGEST_TEXT, description="The extraction in JSON, as this version writes it.")
    replace: StrictBool = Field(default=False, description="Let it replace another file's article with its identifier.")


class Stored(BaseModel):
    """What storing an article did."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": "pact-1", "change": "added"}]})

    id: str
    change: Change


class Removed(BaseModel):
    """The article that is gone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"removed": "pact-1"}]})

    removed: str


@router.post("/records", dependencies=[Allowed])
def store_record(store: OpenStore, record: Record) -> Stored:
    """Store what was read out of an article elsewhere, in place of what the store had of it."""
    try:
        extraction = records.read(record.record, record.text)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise ArticleError(f"record: {place}: {fault['msg']}; send it with the version of kg that serves") from None
    return Stored(id=extraction.article.id, change=store.put(extraction, record.source, record.replace))


@router.delete("/articles/{id}", dependencies=[Allowed])
def remove(store: OpenStore, id: ArticleId) -> Removed:
    """Take an article, and what it alone states, out of the store."""
    store.remove(id)
    return Removed(removed=id)
