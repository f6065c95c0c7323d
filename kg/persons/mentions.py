"""What the person stage makes: named persons and posts without a name, by tokens."""

from dataclasses import dataclass

from kg.model import Post


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A named person on tokens `start` to `end`; `span_start` to `span_end` adds titles and apposition.

    `name` is without rank, honorific, post and possessive. `state` and `organization` are what the construction
    itself says. `owner` is a possessive that stands for a state ("his", "country"), `beside` the state of a titled
    person right before ("US Secretary A and Defence Secretary B"). `short` marks a later form without title,
    `official` a person with a post or rank, or somebody's counterpart, `international` one of an organisation that
    belongs to no state, `counterpart` one who has the post of the person on the other side.
    """

    start: int
    end: int
    span_start: int
    span_end: int
    name: str
    rank: str | None = None
    posts: tuple[Post, ...] = ()
    state: str | None = None
    organization: str | None = None
    honorific: bool = False
    owner: str | None = None
    beside: str | None = None
    short: bool = False
    official: bool = False
    international: bool = False
    counterpart: bool = False


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """A post without a name: "the Russian deputy defence minister", "his Turkish counterpart", "Pentagon chief"."""

    start: int
    end: int
    post: str
    state: str | None
    definite: bool
    counterpart: bool
