"""One article: what was extracted from it, beside what people annotated."""

from dataclasses import dataclass

from kg.evaluation.aliases import Aliases
from kg.evaluation.arguments import claim
from kg.evaluation.officials import Recognition, annotated, extracted, recognize
from kg.evaluation.pairing import Match, pair
from kg.model import Extraction


@dataclass(frozen=True, slots=True)
class Comparison:
    """All events and officials of one article, annotated and found, paired where they are the same."""

    article: str
    matches: tuple[Match, ...]
    recognitions: tuple[Recognition, ...]

    @property
    def is_off_topic(self) -> bool:
        """Whether there is nothing to find: the annotation has no event."""
        return all(match.gold is None for match in self.matches)

    @property
    def is_noisy(self) -> bool:
        """Whether something was found where there is nothing to find."""
        return self.is_off_topic and bool(self.matches)


def compare(gold: Extraction, found: Extraction) -> Comparison:
    """The annotation `gold` of an article beside what was `found` in it.

    What was found counts under every name that its graph has, reference data included; what people annotated counts as
    they wrote it.
    """
    written, aliases = Aliases(), Aliases(found)
    matches = pair(
        [claim(event, written) for event in gold.events],
        [claim(event, aliases) for event in found.events],
    )
    return Comparison(gold.article.id, matches, recognize(annotated(gold), extracted(found, aliases)))
