"""An article as the learned reader sees it: its scene, what its rules tell, and the vectors of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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

    def mean(self, tokens: Sequence[Token]) -> Floats:
        """The mean vector of the tokens that have one."""
        rows = self.vectors[[token.i for token in tokens]]
        rows = rows[rows.any(axis=1)]
        mean: Floats = rows.mean(axis=0) if len(rows) else self.vectors[-1]
        return mean

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
