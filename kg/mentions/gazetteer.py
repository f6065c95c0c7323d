"""Names that the reference tables know: states and what stands for them, organisations, places.

Matching is by whole tokens and case-sensitive ("US" is a state, "us" is none); a name longer than three letters is also
known in capitals, as headlines and datelines have it. Where names overlap the longest is taken, so "Pakistan Army" is
an organisation and no state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from ontology import reference


class Kind(StrEnum):
    """What a name stands for; the first of two kinds of one name wins."""

    STATE = "state"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    METONYM = "metonym"
    ORGANIZATION = "organization"
    PLACE = "place"


STATE_LIKE = frozenset({Kind.STATE, Kind.DEMONYM, Kind.CAPITAL, Kind.METONYM})
"""The kinds whose key is a state's code."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The tokens `start` to `end` (exclusive) of an article, and the reference entry that they name.

    `key` is the ISO 3166-1 alpha-2 code for state-like kinds, else the id in the table of organisations or places.
    """

    start: int
    end: int
    kind: Kind
    key: str

    @property
    def state(self) -> str | None:
        """The state that the name stands for, if it stands for one."""
        return self.key if self.kind in STATE_LIKE else None


def _entries() -> Iterator[tuple[str, Kind, str]]:
    """Yield every name with its kind and key, the more important kind of a name first."""
    for state in reference.states():
        yield from ((name, Kind.STATE, state.iso2) for name in (state.label, *state.alt))
        yield from ((name, Kind.DEMONYM, state.iso2) for name in state.demonyms)
        yield from ((name, Kind.METONYM, state.iso2) for name in state.metonyms)
        yield from ((name, Kind.CAPITAL, state.iso2) for name in state.capitals)
    for organization in reference.organizations():
        yield from ((name, Kind.ORGANIZATION, organization.id) for name in (organization.label, *organization.alt))
    for place in reference.places():
        yield from ((name, Kind.PLACE, place.id) for name in (place.label, *place.alt))


@cache
def _index() -> dict[str, tuple[Kind, str]]:
    """Return name -> (kind, key), with the forms in capitals."""
    index: dict[str, tuple[Kind, str]] = {}
    for name, kind, key in _entries():
        index.setdefault(name, (kind, key))
    for name in [name for name in index if "'" in name]:
        index.setdefault(name.replace("'", "’"), index[name])
    for name in [name for name in index if len(name) > 3]:
        index.setdefault(name.upper(), index[name])
    return index


_PREFIX = 2


@cache
def _prefixes() -> frozenset[str]:
    """How the names begin: a cheap test that passes over most words."""
    return frozenset(name[:_PREFIX] for name in _index())


@cache
def _longest() -> int:
    """The characters of the longest name."""
    return max(map(len, _index()))


def find(doc: Doc) -> tuple[Mention, ...]:
    """The names of the reference tables in `doc`, in order and without overlaps."""
    found = [_mention(span) for span in filter_spans(list(_spans(doc)))]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _spans(doc: Doc) -> Iterator[Span]:
    """All runs of tokens whose text is a name."""
    text, starts = doc.text, [token.idx for token in doc]
    ends = [start + len(token) for start, token in zip(starts, doc, strict=True)]
    names, prefixes, longest = _index(), _prefixes(), _longest()
    for first, start in enumerate(starts):
        if text[start : start + _PREFIX] not in prefixes:
            continue
        for last in range(first, len(starts)):
            if ends[last] - start > longest:
                break
            if text[start : ends[last]] in names:
                yield doc[first : last + 1]


def _mention(span: Span) -> Mention:
    kind, key = _index()[span.text]
    return Mention(span.start, span.end, kind, key)
