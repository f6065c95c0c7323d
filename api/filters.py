"""Which events a request means, and which page of them: the same parameters everywhere. Unknown ones are refused."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.limits import LONGEST_NAME, MOST, Day
from kg.answers.views import EventFilter
from kg.index.counting import Facet
from kg.index.listing import Sort, Start
from kg.model import EventType, Role, Status

MOST_VALUES = 20
"""Values of one parameter."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
Code = Annotated[str, StringConstraints(pattern="^[A-Za-z]{2}$")]


class Criteria(BaseModel):
    """The events that meet all that is given; one without a date meets no date."""

    model_config = ConfigDict(extra="forbid")

    type: list[EventType] = Field([], max_length=MOST_VALUES, description="One of these classes.")
    status: list[Status] = Field([], max_length=MOST_VALUES, description="One of these.")
    actor: list[Text] = Field(
        [], max_length=MOST_VALUES, description="Ids of actors who all take part.", examples=[["state:PK"]]
    )
    role: list[Role] = Field([], max_length=MOST_VALUES, description="The first actor, or anybody, has one of these.")
    country: list[Code] = Field(
        [], max_length=MOST_VALUES, description="Somebody of each takes part (ISO 3166-1 alpha-2).", examples=[["PK"]]
    )
    organization: list[Text] = Field(
        [], max_length=MOST_VALUES, description="Ids of organisations; each, or somebody of it, takes part."
    )
    place: Text | None = Field(None, description="The id of a place, or of a state for all places in it.")
    item: Text | None = Field(None, description="The id of equipment.", examples=["equipment:mi-35m"])
    since: Day | None = Field(None, description="Not over before this day.", examples=["2018-01-01"])
    until: Day | None = Field(None, description="Not begun after this day.", examples=["2018-12-31"])
    confidence: float = Field(0.0, ge=0, le=1, description="At least as sure as this.")
    article: Text | None = Field(None, description="An article's id; it tells of them.", examples=["article:sample-1"])
    publisher: Text | None = Field(None, description="One of its articles tells of them.")

    def wanted(self) -> EventFilter:
        """The filter."""
        return EventFilter(
            types=tuple(self.type),
            statuses=tuple(self.status),
            actors=tuple(self.actor),
            roles=tuple(self.role),
            countries=tuple(self.country),
            organizations=tuple(self.organization),
            place=self.place,
            item=self.item,
            since=self.since,
            until=self.until,
            confidence=self.confidence,
            article=self.article,
            publisher=self.publisher,
        )


class Filters(Criteria):
    """The same, with days as `from` and `to`."""

    since: Day | None = Field(None, alias="from", description="Not over before this day.", examples=["2018-01-01"])
    until: Day | None = Field(None, alias="to", description="Not begun after this day.", examples=["2018-12-31"])


class Listed(Filters):
    """A page of the events that meet the filters."""

    sort: Sort = Field(Sort.NEWEST, description="What comes first.")
    limit: int = Field(100, ge=1, le=MOST, description="How many to answer with at most.", examples=[20])
    after: Text | None = Field(None, description="The mark of the page before, as in its `next`.")
    count: bool = Field(False, description="Say how many there are in all, too.")
    facet: list[Facet] = Field([], max_length=len(Facet), description="Count the events by these, too.")

    def start(self) -> Start:
        """The page."""
        return Start(self.limit, self.sort, self.after)
