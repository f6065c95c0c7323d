"""Clusters from comparisons in pairs."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

Score = float | None
"""How far two are one, 0 to 1, or `RULED` or `BARRED`; `None` where they cannot be."""

MERGE = 0.8
"""The score from which on two are taken for one."""
ASK = 0.5
"""The score from which on a curator is asked."""
RULED = 2.0
"""The score of two that a curator said are one: in the end their clusters join, whatever speaks against it."""
BARRED = -1.0
"""The score of two that a curator said are not one: no other word of a curator joins their clusters."""
CERTAIN = 0.97
"""The score of two who are one even where a curator says that one of them is a third."""
TIE = 0.03
"""Two candidates that exclude one another and differ by less are both left to the curator."""

Pair = frozenset[str]


class Comparison:
    """The scores of all pairs of some ids. Only pairs that are near can join; the others can keep them from it."""

    def __init__(
        self, ids: Iterable[str], score: Callable[[str, str], Score], near: Callable[[str, str], bool]
    ) -> None:
        self.ids = sorted(ids)
        self.scores = {frozenset(pair): score(*pair) for pair in combinations(self.ids, 2)}
        self.near = {pair: found for pair, found in self.scores.items() if found is not None and near(*sorted(pair))}

    def clusters(self) -> list[frozenset[str]]:
        """The ids in clusters. The best pairs join first, and no cluster holds two that cannot be one.

        The same ids and scores give the same clusters, in whatever order they came.
        """
        cluster = {id: frozenset((id,)) for id in self.ids}
        for pair in self._joining():
            one, other = (cluster[id] for id in sorted(pair))
            if one is not other and self._compatible(one, other):
                _join(cluster, one | other)
        for pair in sorted(self._ruled(), key=sorted):
            one, other = (cluster[id] for id in sorted(pair))
            if all(self.scores[frozenset((a, b))] != BARRED for a in one for b in other if a != b):
                _join(cluster, one | other)
        return sorted(set(cluster.values()), key=min)

    def doubts(self, clusters: Sequence[frozenset[str]]) -> dict[Pair, float]:
        """The pairs in different clusters that a curator should look at, with their scores."""
        home = {id: cluster for cluster in clusters for id in cluster}
        return {
            pair: score for pair, score in self.near.items() if score >= ASK and len({home[id] for id in pair}) == 2
        }

    def _joining(self) -> list[Pair]:
        found = [(score, pair) for pair, score in self.near.items() if MERGE <= score < RULED]
        left_out = self._undecided(found) | self._overruled(found)
        return [pair for _, pair in sorted(found, key=lambda one: (-one[0], sorted(one[1]))) if pair not in left_out]

    def _overruled(self, found: Sequence[tuple[float, Pair]]) -> set[Pair]:
        """The pairs that are less than certain, and of which a curator said that one is something else."""
        partners: dict[str, set[str]] = {}
        for pair in self._ruled():
            for id in pair:
                partners.setdefault(id, set()).update(pair - {id})
        return {
            pair
            for score, pair in found
            for id in pair
            for partner in partners.get(id, set()) - pair
            if score < CERTAIN and any(self._excluded(partner, other) for other in pair - {id})
        }

    def _ruled(self) -> list[Pair]:
        return [pair for pair, score in self.near.items() if score >= RULED]

    def _undecided(self, found: Sequence[tuple[float, Pair]]) -> set[Pair]:
        """The pairs of an id that could as well join one as another, where these two cannot be one."""
        joins: dict[str, list[tuple[float, str]]] = {}
        for score, pair in found:
            one, other = pair
            joins.setdefault(one, []).append((score, other))
            joins.setdefault(other, []).append((score, one))
        return {
            frozenset((id, rival))
            for id, rivals in joins.items()
            for (score, one), (second, other) in combinations(sorted(rivals), 2)
            if abs(score - second) < TIE and self._excluded(one, other)
            for rival in (one, other)
        }

    def _compatible(self, one: frozenset[str], other: frozenset[str]) -> bool:
        return not any(self._excluded(a, b) for a in one for b in other)

    def _excluded(self, one: str, other: str) -> bool:
        return self.scores[frozenset((one, other))] in (None, BARRED)


def _join(cluster: dict[str, frozenset[str]], joined: frozenset[str]) -> None:
    cluster.update(dict.fromkeys(joined, joined))
