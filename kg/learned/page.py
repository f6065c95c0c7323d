"""An article as the learned reader sees it: its scene, what its rules tell, and the vectors of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from spacy.tokens import Span, Token

from kg.acts.events import Report, triggered
from kg.learned.linear import Floats
from kg.model import EventType, Organization, State
from kg.scenes import Scene

WIDTH = 64
"""Numbers in a word's vector; a pipeline whose vectors have another width is read as one without any."""

CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})


@dataclass(frozen=True)
class Page:
    """A scene with the reports of its rules, by the trigger's position."""

    scene: Scene
    told: Sequence[Report]

    @cached_property
    def vectors(self) -> Floats:
        """The vector of each token, 0 where it has none."""
        doc, table = self.scene.doc, self.scene.doc.vocab.vectors
        found = np.zeros((len(doc) + 1, WIDTH), dtype="float32")
        if table.shape[1] == WIDTH and len(doc):
            rows = table.find(keys=doc.to_array([table.attr]).ravel())
            found[:-1][rows >= 0] = table.data[rows[rows >= 0]]
        return found

    def means(self, groups: Sequence[Sequence[Token]]) -> Floats:
        """For each group of tokens the mean vector of those that have one (groups by `WIDTH`)."""
        none = len(self.vectors) - 1  # a row of zeros for each group, so that none is empty
        rows = [[*(token.i for token in group), none] for group in groups]
        if not rows:
            return self.vectors[:0]
        flat, starts = list(chain.from_iterable(rows)), np.cumsum([0, *map(len, rows[:-1])])
        counts = np.add.reduceat(self._has_vector[flat], starts)
        sums = np.add.reduceat(self.vectors[flat], starts)
        return np.asarray(sums / np.maximum(counts, 1)[:, None], dtype="float32")

    @cached_property
    def _has_vector(self) -> Floats:
        return np.asarray(self.vectors.any(axis=1), dtype="float32")

    @cached_property
    def _reports(self) -> dict[tuple[int, EventType], list[Report]]:
        found: dict[tuple[int, EventType], list[Report]] = {}
        for report in self.told:
            found.setdefault((report.trigger, report.event.type), []).append(report)
        return found

    def reports(self, trigger: Token, type: EventType) -> Sequence[Report]:
        """What rules tell of an act of this class at `trigger`."""
        return self._reports.get((trigger.i, type), ())

    def listed(self, trigger: Token) -> frozenset[EventType]:
        """The classes of which some rule knows the word, whether its guards hold or not."""
        return frozenset(rule.type for rule in triggered(trigger, self.scene))

    def kind(self, token: Token) -> str:
        """What a token names: "state", "org", "person", goods by domain, "place" or "other"."""
        return self._kinds[token.i]

    @cached_property
    def _kinds(self) -> list[str]:
        return [self._kind(token) for token in self.scene.doc]

    def _kind(self, token: Token) -> str:
        actors = self.scene.cast.named.get(token.i) or self.scene.cast.meant(token)
        if actors:
            return KINDS.get(type(actors[0]), "person")
        if token.i in self.scene.item_at:
            return self.scene.item_at[token.i].domain
        return "place" if token.i in self.scene.cast.places else "other"

    def sentence(self, number: int) -> Span | None:
        """The sentence of that number, if there is one."""
        return self.scene.sentences[number] if 0 <= number < len(self.scene.sentences) else None


KINDS = {State: "state", Organization: "org"}
