"""What curators decided on identity, between reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.identity.profiles import Profile


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions in force, by the IRIs of reports: `pairs` that are one (`True`) or two, and reports `alone`."""

    pairs: Mapping[frozenset[str], bool] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()

    def between(self, one: Profile, other: Profile) -> bool | None:
        """What was decided between two profiles, or `None`."""
        if one.own is None and other.own is None:
            return None
        said = self.pairs.get(frozenset((one.own or "", other.own or "")))
        return False if said is None and self.alone & {one.own, other.own} else said

    def partners(self, profile: Profile) -> set[str]:
        """The reports that were said to be the same as the profile's."""
        own = profile.own
        if own is None:
            return set()
        return {report for pair, one in self.pairs.items() if one and own in pair for report in pair - {own}}
