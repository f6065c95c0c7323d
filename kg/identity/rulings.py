"""What curators decided on identity, between reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.identity.profiles import Profile


@dataclass(frozen=True)
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

    @cached_property
    def partners(self) -> Mapping[str, frozenset[str]]:
        """For each report those that were said to be the same."""
        found: dict[str, set[str]] = {}
        for pair, one in self.pairs.items():
            for report in pair if one else ():
                found.setdefault(report, set()).update(pair - {report})
        return {report: frozenset(others) for report, others in found.items()}

    @cached_property
    def reports(self) -> frozenset[str]:
        """All reports that were decided on."""
        return self.alone.union(*self.pairs)
