"""`/reviews`, `/decisions` and corrections: what curators decide over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints
from pydantic.config import JsonDict

from api.limits import LONGEST_NAME, Limit
from api.opened import OpenStore
from api.tokens import Allowed
from kg.answers import doubts
from kg.answers.curation import Curation
from kg.answers.doubts import Doubts
from kg.identity import decisions
from kg.model import EventType, Participation, Place, Role, Status

router = APIRouter(tags=["curation"])

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00-\x1f\x7f]+$")
]
"""A name: no control characters, and not blanks alone."""
ReviewId = Annotated[str, Path(max_length=LONGEST_NAME, examples=["0368fe2bf1f63a65-dad3abacd4602c4b"])]
NodeId = Annotated[str, Path(max_length=LONGEST_NAME, examples=["event:agreement-0123456789ab"])]
ArticleId = Annotated[str, Path(max_length=LONGEST_NAME, examples=["rafale-2016"])]
DecisionId = Annotated[str, Path(max_length=LONGEST_NAME, examples=["1a2b3c4d"])]


SIDE: JsonDict = {
    "id": "event:agreement-4b7ae022dc5d",
    "label": "Kenya-United Kingdom agreement, 27 Jul 2021",
    "report": "event:agreement-4b7ae022dc5d",
    "detail": "Kenya-United Kingdom agreement, 27 Jul 2021",
    "articles": ["article:kenya-uk-2021"],
    "sentence": "The two ministers signed the agreement on Tuesday.",
}
OTHER: JsonDict = {
    "id": "event:agreement-9bb30d37af37",
    "label": "Kenya-United Kingdom agreement, 28 Jul 2021",
    "report": "event:agreement-9bb30d37af37",
    "detail": "Kenya-United Kingdom agreement, 28 Jul 2021",
    "articles": ["article:lancaster-2021"],
    "sentence": "A defence agreement was signed at Lancaster House.",
}
REVIEW: JsonDict = {
    "id": "0368fe2bf1f63a65-dad3abacd4602c4b",
    "kind": "event",
    "likelihood": 0.72,
    "one": SIDE,
    "other": OTHER,
}
DECISION: JsonDict = {
    "id": "1a2b3c4d",
    "kind": "merge",
    "by": "A. Curator",
    "at": "2025-03-01T12:00:00Z",
    "undone_by": None,
    "undone_at": None,
    "articles": ["kenya-uk-2021", "lancaster-2021"],
    "summary": "Agreement in kenya-uk-2021, Agreement in lancaster-2021",
}


class Presented(BaseModel):
    """One side of a review."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(description="The node in use.")
    label: str
    report: str = Field(description="The report that is compared.")
    detail: str = Field(description="What that report says.")
    articles: list[str] = Field(description="The articles with such a report.")
    sentence: str | None = Field(description="The sentence of an event's report.")


class Review(BaseModel):
    """Two reports that may be of one actor or act."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: str = Field(description="What they are: event, person or org.")
    likelihood: float = Field(ge=0, description="How far the comparison takes them for one.")
    one: Presented
    other: Presented


class Reviews(BaseModel):
    """Open reviews, the likeliest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [REVIEW], "total": 1}]})

    items: list[Review]
    total: int


class Body(BaseModel):
    """What a client sends: a field that is not described is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Verdict(Body):
    """What a curator says of a review."""

    verdict: Literal["accept", "reject"] = Field(description="accept: the two are one; reject: they are not.")
    by: Name = Field(description="Who decides.")


class Decision(BaseModel):
    """A decision on record."""

    model_config = ConfigDict(json_schema_extra={"examples": [DECISION]})

    id: str
    kind: Literal["merge", "apart", "split", "correction", "addition"]
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None
    articles: list[str] = Field(description="The articles whose reports it speaks of.")
    summary: str = Field(description="What was decided, in a line.")

    @classmethod
    def of(cls, made: decisions.Decision) -> "Decision":
        """The decision as the API shows it."""
        return cls(
            id=made.id,
            kind=made.content.kind,
            by=made.who,
            at=made.at,
            undone_by=made.undone_by,
            undone_at=made.undone_at,
            articles=sorted(made.articles),
            summary=decisions.summary(made.content),
        )


class Decisions(BaseModel):
    """Decisions, the latest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [DECISION], "total": 1}]})

    items: list[Decision]
    total: int


class Joining(Body):
    """Two nodes that are one."""

    one: Name
    other: Name
    by: Name


class Splitting(Body):
    """Articles whose reports are of another actor or act than the node's other reports."""

    articles: list[Name] = Field(default=[], max_length=1000, description="All articles, if none is given.")
    by: Name


class GivenPart(Body):
    """An actor in a role."""

    role: Role
    actor: Name = Field(description="An id such as state:PK; a new person as 'Jane Doe (GB)'.")


class Rightly(Body):
    """What should have been read; what is left out stays as it is."""

    by: Name
    rejected: StrictBool = Field(default=False, description="There was no such act.")
    type: EventType | None = None
    status: Status | None = None
    when: Name | None = Field(default=None, description="An EDTF date.", examples=["2018-08-07"])
    place: Name | None = None
    name: Name | None = None
    unknown: list[Literal["when", "place", "name"]] = Field(default=[], description="What is not known after all.")
    add: list[GivenPart] = Field(default=[], max_length=100)
    remove: list[GivenPart] = Field(default=[], max_length=100)


class Missed(Body):
    """An event that an article tells of and the extractor missed, in the format of annotation files."""

    by: Name
    type: EventType
    status: Literal["actual", "planned", "proposed", "cancelled"] = "actual"
    date: Name | None = Field(default=None, description="An EDTF date.")
    place: Name | None = None
    name: Name | None = None
    roles: dict[Role | Literal["item"], list[Name | dict[str, str | int | None]]] = Field(
        description="Role to fillers: a state's code, or an object with person, org or item.",
        examples=[{"participant": ["IN", {"person": "Jane Doe", "state": "GB"}]}],
        json_schema_extra={"propertyNames": {"enum": [*Role, "item"]}},
    )
    evidence: Annotated[str, Field(min_length=1, max_length=10_000, description="An exact quote of the article.")]


@router.get("/reviews")
def list_reviews(store: OpenStore, limit: Limit = 20) -> Reviews:
    """List the pairs that may be one actor or one act and that nobody decided on, the likeliest first."""
    found: list[doubts.Doubt] = Doubts(store).open()
    return Reviews(items=[Review.model_validate(one) for one in found[:limit]], total=len(found))


@router.post("/reviews/{id}", dependencies=[Allowed])
def decide_review(store: OpenStore, id: ReviewId, verdict: Verdict) -> Decision:
    """Say that the two sides of a review are one, or that they are not."""
    return Decision.of(Curation(store).decide(id, verdict.verdict == "accept", verdict.by))


@router.get("/decisions")
def list_decisions(
    store: OpenStore,
    limit: Limit = 20,
    active: Annotated[bool, Query(description="Only those that nobody undid.")] = False,
) -> Decisions:
    """List what curators decided, the latest first."""
    found = store.decisions.active if active else store.decisions.all
    return Decisions(items=[Decision.of(one) for one in reversed(found)][:limit], total=len(found))


@router.delete("/decisions/{id}", dependencies=[Allowed])
def undo_decision(
    store: OpenStore, id: DecisionId, by: Annotated[str, Query(min_length=1, max_length=LONGEST_NAME)]
) -> Decision:
    """Put a decision out of force; it stays on record."""
    return Decision.of(Curation(store).undo(id, by))


@router.post("/merges", dependencies=[Allowed])
def merge_nodes(store: OpenStore, joining: Joining) -> Decision:
    """Say that two nodes are one."""
    return Decision.of(Curation(store).merge(joining.one, joining.other, joining.by))


@router.post("/splits/{id}", dependencies=[Allowed])
def split_node(store: OpenStore, id: NodeId, splitting: Splitting) -> Decisions:
    """Take a node apart: what the articles say becomes a node of its own."""
    made = Curation(store).split(id, splitting.articles, splitting.by)
    return Decisions(items=[Decision.of(one) for one in made], total=len(made))


@router.post("/events/{id}/corrections", dependencies=[Allowed])
def correct_event(store: OpenStore, id: NodeId, rightly: Rightly) -> Decision:
    """Say what the reports of an event should have said; that wins in every answer."""
    curation = Curation(store)
    changes = decisions.Changes(
        rejected=rightly.rejected,
        type=rightly.type,
        status=rightly.status,
        when=rightly.when,
        place=Place(rightly.place) if rightly.place else None,
        name=rightly.name,
        without=tuple(rightly.unknown),
        added=tuple(Participation(part.role, curation.actor(part.actor)) for part in rightly.add),
    )
    removed = [(part.role, part.actor) for part in rightly.remove]
    return Decision.of(curation.correct(id, changes, removed, rightly.by))


@router.post("/articles/{id}/events", dependencies=[Allowed])
def add_event(store: OpenStore, id: ArticleId, missed: Missed) -> Decision:
    """Add an event that the article tells of and the extractor missed."""
    event: dict[str, Any] = missed.model_dump(mode="json", exclude={"by"})
    return Decision.of(Curation(store).add(id, event, missed.by))
