"""What curators decided on identity: these two are one, these two are not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.identity.profiles import Profile


@dataclass(frozen=True, slots=True)
class Rulings:
    """The decisions in force between reports, by their IRIs: `True` for one, `False` for two."""

    pairs: Mapping[frozenset[str], bool] = field(default_factory=dict)

    def between(self, one: Profile, other: Profile) -> bool | None:
        """What was decided between two profiles, or `None`."""
        if one.own is None or other.own is None:
            return None
        return self.pairs.get(frozenset((one.own, other.own)))

    def partners(self, profile: Profile) -> set[str]:
        """The reports that were said to be the same as the profile's."""
        own = profile.own
        if own is None:
            return set()
        return {report for pair, one in self.pairs.items() if one and own in pair for report in pair - {own}}

    @property
    def reports(self) -> frozenset[str]:
        """The IRIs of all reports that a decision speaks of."""
        return frozenset().union(*self.pairs)
