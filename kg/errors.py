"""Every error that the project raises for its user.

    KgError                  something failed: exit status 1
    +-- ArticleError         one article could not be read, extracted or stored
    |   +-- ArticleConflict  another file's article has its identifier
    +-- PipelineError        the language pipeline is missing or does not fit
    +-- RuleError            a rule file is wrong
    +-- StoreError           the store cannot be opened, read or written
    |   +-- StoreHeld        another process has it open
    |   +-- EngineError      the engine that keeps it answers, but not with what was asked for
    |   +-- UnknownEntity    no such entity; `nearest` names those that come close
    |       +-- SeveralEntities   what had this id is several entities now; `nearest` holds their ids
    +-- LimitReached         a query would take more than it may
    +-- UsageError           the call itself is wrong: exit status 2
        +-- QueryError       a SPARQL text that does not parse
            +-- FormatError  its answer has none of the formats that are asked for

A message is one line: the place, what is wrong, and the remedy.
"""


class KgError(Exception):
    """Something failed for a reason that the user can act on."""

    exit_status = 1


class ArticleError(KgError):
    """One article could not be read, extracted or stored; the others go on."""


class ArticleConflict(ArticleError):  # noqa: N818 - the name says it
    """The store has another article with this identifier, from another file."""


class PipelineError(KgError):
    """The language pipeline is missing, or is no Universal Dependencies pipeline."""


class RuleError(KgError):
    """A rule file is wrong; the message names the file and the rule."""


class StoreError(KgError):
    """The store cannot be opened, read or written."""


class StoreHeld(StoreError):  # noqa: N818 - the name says it
    """Another process has the store open."""


class EngineError(StoreError):
    """The engine that keeps the store answers, but not with what was asked for."""


class UnknownEntity(StoreError):  # noqa: N818 - the name says it
    """No entity has this id or name; `nearest` holds the names that come closest."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class SeveralEntities(UnknownEntity):
    """What an id stood for is several entities now; `nearest` holds their ids."""


class LimitReached(KgError):  # noqa: N818 - the name says it
    """A query would take more than it may: `limit` is seconds, megabytes, rows, bytes, queue or client, of `value`.

    >>> print(LimitReached("rows", 1000))
    the query reached its limit of 1000 rows; ask for less, or in parts
    """

    def __init__(self, limit: str, value: float) -> None:
        busy = {
            "queue": f"all workers are busy with other queries; none came free in {value:g} s, ask again later",
            "client": f"one client may have {value:g} queries here, running or waiting; wait for their answers",
        }
        reached = f"the query reached its limit of {value} {limit}; ask for less, or in parts"
        super().__init__(busy.get(limit, reached))
        self.limit = limit
        self.value = value


class UsageError(KgError):
    """The call itself is wrong."""

    exit_status = 2


class QueryError(UsageError):
    """A SPARQL text that does not parse; the message has the parser's place."""


class FormatError(QueryError):
    """The answer to a query has none of the formats that are asked for; `offered` holds the media types that it has."""

    def __init__(self, message: str, offered: tuple[str, ...]) -> None:
        super().__init__(message)
        self.offered = offered
