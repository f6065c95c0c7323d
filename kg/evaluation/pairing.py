"""Which event that was found stands for which annotated one, and how much of it is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.evaluation.arguments import ACTORS, Argument, Claim
from kg.evaluation.likeness import credit
from kg.model import EventType

ENOUGH_ACTORS = 2
"""The actors that must be shared for an event to count as found, where the annotation has as many."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two events share: the credit of their arguments, paired one to one, and how many of these are actors."""

    credit: float
    actors: int


NOTHING = Overlap(0.0, 0)


@dataclass(frozen=True, slots=True)
class Match:
    """An annotated event and the one that stands for it; a miss has no `found`, a false alarm no `gold`."""

    gold: Claim | None
    found: Claim | None
    overlap: Overlap = NOTHING

    @property
    def type(self) -> EventType:
        """The type of the event."""
        claim = self.gold or self.found
        if claim is None:
            raise ValueError("a match has an event on one side at least")
        return claim.event.type

    @property
    def credit(self) -> float:
        """What the event and its arguments count for: one for the type, and the arguments' credit."""
        return 1.0 + self.overlap.credit if self.gold and self.found else 0.0

    @property
    def is_found(self) -> bool:
        """Whether the annotated event counts as found: enough of its actors are there."""
        if self.gold is None or self.found is None:
            return False
        return self.overlap.actors >= min(ENOUGH_ACTORS, self.gold.actors)


def overlap(gold: Sequence[Argument], found: Sequence[Argument]) -> Overlap:
    """What two events share in the one-to-one pairing of their arguments that shares the most."""
    weights = {(i, j): credit(one, other) for i, one in enumerate(gold) for j, other in enumerate(found)}
    pairs = best_pairs(weights, all_that_go=False)
    return Overlap(sum(weights[pair] for pair in pairs), sum(gold[i].kind in ACTORS for i, _ in pairs))


def pair(gold: Sequence[Claim], found: Sequence[Claim]) -> tuple[Match, ...]:
    """All events of one article, each once: pairs and misses in the order of the annotation, then false alarms.

    Events can be paired when the types agree and they share an actor. Of the ways to pair as many as can be, the one
    that shares the most is taken.
    """
    shared = dict(_overlaps(gold, found))
    pairs = dict(best_pairs({pair: 1.0 + one.credit for pair, one in shared.items()}, all_that_go=True))
    paired = frozenset(pairs.values())
    told = [
        Match(one, found[pairs[i]], shared[i, pairs[i]]) if i in pairs else Match(one, None)
        for i, one in enumerate(gold)
    ]
    return *told, *(Match(None, other) for j, other in enumerate(found) if j not in paired)


def best_pairs(weights: dict[tuple[int, int], float], all_that_go: bool) -> list[tuple[int, int]]:
    """The pairs of the heaviest one-to-one pairing, sorted; `all_that_go` puts their number before their weight.

    `weights` has a weight for each pair of a number on the left and one on the right; none is made of weight 0.
    """
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for (i, j), weight in weights.items():
        if weight:
            graph.add_edge(("gold", i), ("found", j), weight=weight)
    edges = (sorted(edge, reverse=True) for edge in nx.max_weight_matching(graph, maxcardinality=all_that_go))
    return sorted((left, right) for (_, left), (_, right) in edges)


def _overlaps(gold: Sequence[Claim], found: Sequence[Claim]) -> Iterator[tuple[tuple[int, int], Overlap]]:
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if one.event.type is other.event.type:
                shared = overlap(one.arguments, other.arguments)
                if shared.actors:
                    yield (i, j), shared
