"""Names that the reference tables know: states and what stands for them, organisations, places.

Matching is by whole tokens and case-sensitive ("US" is a state, "us" is none); a name longer than three letters is also
known in capitals, as headlines and datelines have it. Where names overlap the longest is taken, so "Pakistan Army" is
an organisation and no state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
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


class Gazetteer:
    """The reference names, compiled for the tokenizer of one pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._matcher = PhraseMatcher(nlp.vocab)
        for name in _index():
            self._matcher.add(name, [nlp.make_doc(name)])

    def find(self, doc: Doc) -> tuple[Mention, ...]:
        """The names in `doc`, in order and without overlaps."""
        spans = filter_spans(self._matcher(doc, as_spans=True))
        found = []
        for span in spans:
            kind, key = _index()[span.label_]
            found.append(Mention(span.start, span.end, kind, key))
        return tuple(sorted(found, key=lambda mention: mention.start))
