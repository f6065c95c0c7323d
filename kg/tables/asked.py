"""What a table is made of: a store's lookups, and which events are meant."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.answers.lookups import Lookups
from kg.answers.views import EventFilter, Happening, Sentence
from kg.model import EventType, Status
from kg.tables.actors import Actors, Cast

ACTUAL = EventFilter(statuses=(Status.ACTUAL,))
"""What happened: the events that are meant where nothing else is said."""


@dataclass(frozen=True)
class Asked:
    """A store's lookups, and which events are meant."""

    lookups: Lookups
    wanted: EventFilter = ACTUAL
    actors: Actors = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actors", Actors(self.lookups.store))

    def events(self) -> Iterator[Happening]:
        """The events, the newest first."""
        return self.lookups.all_events(self.wanted)

    def casts(self, type: EventType | None = None) -> Iterator[Cast]:
        """The events, all or those of one type, with their actors."""
        wanted = self.wanted
        if type is not None and wanted.types and type not in wanted.types:
            return iter(())
        chosen = wanted if type is None else replace(wanted, types=(type,))
        return map(self.actors.cast, self.lookups.all_events(chosen))


def newest_sentence(event: Happening) -> Sentence | None:
    """A sentence of the newest article that tells of an event."""
    return next(iter(event.sentences), None)


def articles(event: Happening) -> tuple[str, ...]:
    """The ids of the articles that tell of an event, the newest first."""
    return tuple(dict.fromkeys(sentence.article for sentence in event.sentences))
