"""Who takes part in an event, as codebooks want it: the side that somebody acts for, and its code and sector."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.answers.descriptions import Descriptions
from kg.answers.store import Store
from kg.answers.views import Happening, Node
from kg.model import Role
from kg.tables.knowledge import read
from ontology import reference, terms

MOST_KEPT = 50_000
"""The actors whose codes are kept in memory."""


@dataclass(frozen=True, slots=True)
class Side:
    """Whom somebody acts for: a state, or an organisation or person of none, by id and name.

    `code` is PLOVER's: ISO 3166-1 alpha-3, or one such as "IGO", or `None` for one that no code is for, such as a
    joint committee. `iso3` and `cow` (Correlates of War) are the codes of a state.
    """

    id: str
    label: str
    code: str | None
    iso3: str | None = None
    cow: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor, whom it acts for, and its sector, such as "MIL"."""

    node: Node
    side: Side
    sector: str | None


@dataclass(frozen=True, slots=True)
class Cast:
    """An event and its actors in their roles."""

    event: Happening
    parts: tuple[tuple[Role, Actor], ...]

    def members(self, roles: Collection[Role] = tuple(Role)) -> tuple[Actor, ...]:
        """The actors in one of these roles, each once."""
        return tuple(dict.fromkeys(actor for role, actor in self.parts if role in roles))

    def sides(self, roles: Collection[Role] = tuple(Role)) -> dict[Side, list[Actor]]:
        """The sides in one of these roles, each with its actors."""
        found: dict[Side, list[Actor]] = {}
        for actor in self.members(roles):
            found.setdefault(actor.side, []).append(actor)
        return found

    def coded(self, roles: Collection[Role] = tuple(Role)) -> list[Side]:
        """The sides in one of these roles that have a code."""
        return [side for side in self.sides(roles) if side.code]

    def pairs(self) -> list[tuple[Side, Side]]:
        """The sides that the event brings together: who gives and who takes, else each and each other."""
        givers, takers = self.sides(_codes().givers), self.sides(_codes().takers)
        if givers and takers:
            return [(giver, taker) for giver in givers for taker in takers if giver != taker]
        everybody = list(self.sides())
        return [(one, other) for place, one in enumerate(everybody) for other in everybody[place + 1 :]]


class Actors:
    """Reads what codebooks want to know of a store's actors."""

    def __init__(self, store: Store) -> None:
        self._read = Descriptions(store)
        self._actor = lru_cache(MOST_KEPT)(self._coded)

    def cast(self, event: Happening) -> Cast:
        """The event with its actors."""
        return Cast(event, tuple((part.role, self._actor(part.actor)) for part in event.parts))

    def side(self, node: Node) -> Side:
        """Whom a node acts for, or where it lies."""
        store, iri = self._read, self._read.iri(node.id)
        masters = [iri, *store.nodes(iri, terms.HAS_STATE), *store.nodes(iri, terms.REPRESENTS)]
        code = next((code for code in (store.text(master, terms.ISO2) for master in masters) if code), None)
        if code is not None:
            return state_side(code)
        master = store.node(masters[-1])
        return Side(master.id, master.label, _codes().stateless.get(self.kind(master) or ""))

    def kind(self, node: Node) -> str | None:
        """The kind of a known organisation, "ministry"."""
        return self._read.text(self._read.iri(node.id), terms.KIND)

    def _coded(self, node: Node) -> Actor:
        side = self.side(node)
        return Actor(node, side, self._sector(node) if side.iso3 else None)

    def _sector(self, node: Node) -> str | None:
        """The sector of one who acts for a state, as far as known; of several posts, what all of them say."""
        store, codes = self._read, _codes()
        if node.type == "Organization":
            kind = self.kind(node)
            listed = codes.kinds.get(kind) if kind else codes.sector("Unlisted", node.label)
            return codes.sector("Organization", node.label) or listed
        posts = store.nodes(store.iri(node.id), terms.HOLDS)
        found = {codes.sector("Post", store.node(post).label) for post in posts}
        return found.pop() if len(found) == 1 else None


@cache
def state_side(iso2: str) -> Side:
    """The side of a state by its ISO 3166-1 alpha-2 code."""
    known = next(state for state in reference.states() if state.iso2 == iso2)
    return Side(f"state:{iso2}", known.label, known.iso3, known.iso3, known.cow)


@dataclass(frozen=True, slots=True)
class _Words:
    sector: str
    of: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Codes:
    """What `ontology/codings/sectors.toml` says."""

    givers: frozenset[Role]
    takers: frozenset[Role]
    kinds: dict[str, str]
    stateless: dict[str, str]
    words: tuple[_Words, ...]

    def sector(self, of: str, text: str) -> str | None:
        """The sector that words of a name tell."""
        return next((row.sector for row in self.words if row.of == of and row.pattern.search(text)), None)


@cache
def _codes() -> _Codes:
    told = read("sectors")
    return _Codes(
        givers=frozenset(map(Role, told["sides"]["givers"])),
        takers=frozenset(map(Role, told["sides"]["takers"])),
        kinds=told["kinds"],
        stateless=told["stateless"],
        words=tuple(_Words(row["sector"], row["of"], _pattern(row["words"])) for row in told["words"]),
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
