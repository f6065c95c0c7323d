"""The acts that the learned models find in an article, as reports like those of the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.acts.events import PLACED, Report, evidence
from kg.acts.participants import OPPOSITE, Roles, sides
from kg.acts.signals import signals_of
from kg.circumstances.occasions import date_of
from kg.circumstances.settings import name_of, place_of
from kg.clauses import is_past, is_verb, support
from kg.entities import is_party
from kg.learned import goods, roles, statuses, triggers
from kg.learned.linear import Models, shipped
from kg.learned.page import Page
from kg.learned.roles import FIRST, SECOND, Asked
from kg.model import Actor, Event, EventType, Item, Organization, Participation, Person, Role, State, Status
from kg.scenes import Scene

EXTRACTOR = "learned"
"""What stands in the place of a rule's id where no rule knew the construction."""

LEAST = 0.12
"""The probability from which a word is taken as a trigger; `kg.acts.confidence` judges what comes of it."""

TAKES_PART = 0.45
"""The probability from which an actor takes part."""

MAY_TAKE_PART = 0.15
"""The probability from which an actor does where an act lacks a side."""

ARE_MEANT = 0.4
"""The probability from which goods are those that an act is about."""

ONE_SIDED = frozenset({EventType.ARMS_TRANSFER, EventType.MILITARY_AID, EventType.TRAINING})
"""Acts that news tells of with the giver or the receiver alone."""

STEPS = (LEAST, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where a probability becomes another signal."""


def read(scene: Scene, told: Sequence[Report], models: Models | None = None) -> tuple[Report, ...]:
    """The reports `told` by rules, with what the models think of them as signals, then those of the models alone."""
    page, models = Page(scene, told), models or shipped()
    chances = dict(_chances(page, models))
    weighed = [
        replace(report, signals=report.signals | _steps("likely", chances.get((report.trigger, report.event.type), 0)))
        for report in told
    ]
    alone = (
        _report(Asked(page, scene.doc[position], type, scene.number(scene.doc[position].sent)), chance, models)
        for (position, type), chance in chances.items()
        if chance >= LEAST and not page.reports(scene.doc[position], type)
    )
    return *weighed, *(report for report in alone if report is not None)


def _chances(page: Page, models: Models) -> Iterator[tuple[tuple[int, EventType], float]]:
    """The probability of each class of act at each word that may tell of one."""
    found = list(triggers.candidates(page))
    features = [triggers.features(page, around, token) for around, token in found]
    chances = models.triggers.probabilities(features, triggers.vectors(page, found))
    for (_, token), row in zip(found, chances, strict=True):
        yield from (((token.i, type), float(chance)) for type, chance in zip(EventType, row, strict=True))


def _steps(word: str, chance: float) -> frozenset[str]:
    return frozenset(f"{word} {step}" for step in STEPS if chance >= step)


def _report(asked: Asked, chance: float, models: Models) -> Report | None:
    """The act at a trigger, or `None` where its sides are not found."""
    taken = _participants(asked, models)
    if not _enough(asked.type, taken):
        return None
    scene, trigger, sentence = asked.page.scene, asked.trigger, asked.sentence
    verb = trigger if is_verb(trigger) else support(trigger) or trigger
    status = _status(asked, date_of(scene, trigger, sentence, False), models)
    event = Event(
        type=asked.type,
        evidence=(evidence(scene, sentence, EXTRACTOR),),
        participations=tuple(Participation(role, actor) for role, actor in taken.roles),
        status=status,
        when=date_of(scene, trigger, sentence, status is not Status.ACTUAL and not is_past(verb)),
        place=place_of(scene, trigger, asked.type, sentence) if asked.type in PLACED else None,
        name=name_of(scene, trigger, asked.type, sentence),
        items=_items(asked, models),
    )
    said = signals_of(trigger, verb, event, len(taken.sides), "", sentence, scene)
    signals = frozenset(said) | _steps("likely", chance) | _steps("weakest side", taken.weakest)
    return Report(event, signals, trigger.i, status is not Status.ACTUAL)


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes part, and the probability of the least probable side."""

    roles: Roles
    weakest: float

    @property
    def sides(self) -> set[State | Organization]:
        """The states and international organisations among those who take part, and behind them."""
        return sides(actor for _, actor in self.roles)


def _enough(type: EventType, taken: Taken) -> bool:
    """Whether the sides that an act of this class needs are there."""
    others = {actor for _, actor in taken.roles if isinstance(actor, Organization)} - taken.sides
    return bool(taken.sides) and (len(taken.sides) + len(others) > 1 or type in ONE_SIDED)


def _participants(asked: Asked, models: Models) -> Taken:
    chances = _role_chances(asked, models)
    first, second = FIRST[asked.type], SECOND.get(asked.type)
    found: dict[tuple[Role, Actor], float] = {}
    for actor, (one, other) in chances.items():
        if asked.type in OPPOSITE and second is not None:
            if max(one, other) >= TAKES_PART:
                found[first if one >= other else second, actor] = max(one, other)
            continue
        hosts = second is not None and other >= TAKES_PART and isinstance(actor, State)
        if one >= TAKES_PART or hosts:
            found[_shared(asked.type, actor), actor] = max(one, other) if hosts else one
        if hosts and second is not None:
            found[second, actor] = other
    _complete(asked.type, found, chances)
    weakest = min((chance for (_, actor), chance in found.items() if isinstance(actor, State)), default=0.0)
    return Taken(dict.fromkeys(found), weakest)


def _role_chances(asked: Asked, models: Models) -> dict[Actor, tuple[float, float]]:
    """For each actor in and around the sentence, the highest probability of the first role and of the second."""
    candidates = list(roles.candidates(asked))
    if not candidates:
        return {}
    rows = models.roles.probabilities([one.features for one in candidates], [one.vector for one in candidates])
    best: dict[Actor, tuple[float, float]] = {}
    for candidate, (one, other) in zip(candidates, rows.tolist(), strict=True):
        known = best.get(candidate.actor, (0.0, 0.0))
        best[candidate.actor] = max(known[0], one), max(known[1], other)
    return best


def _shared(type: EventType, actor: Actor) -> Role:
    signs = type is EventType.AGREEMENT and isinstance(actor, Person)
    return Role.SIGNATORY if signs else FIRST[type]


def _complete(
    type: EventType, found: dict[tuple[Role, Actor], float], chances: dict[Actor, tuple[float, float]]
) -> None:
    """Add to `found` the most probable side for each role that has none, or for a second party."""
    parties = [actor for actor in chances if not isinstance(actor, Person) and is_party(actor)]
    have = {actor for _, actor in found}
    opposite = OPPOSITE.get(type)
    needed = list(enumerate(opposite)) if opposite else [(0, FIRST[type])] * 2
    for number, role in needed:
        if opposite and any(one is role and actor in parties for one, actor in found):
            continue
        if not opposite and len(have & set(parties)) >= len(needed):
            return
        left = [actor for actor in parties if actor not in have]
        best = max(left, key=lambda actor: chances[actor][number], default=None)
        if best is not None and chances[best][number] >= MAY_TAKE_PART:
            found[role, best] = chances[best][number]
            have.add(best)


def _status(asked: Asked, when: str | None, models: Models) -> Status:
    (row,) = models.statuses.probabilities([statuses.features(asked, when)])
    return tuple(Status)[int(np.argmax(row))]


def _items(asked: Asked, models: Models) -> tuple[Item, ...]:
    if asked.type not in goods.OF_GOODS:
        return ()
    candidates = goods.candidates(asked)
    if not candidates:
        return ()
    chances = models.goods.probabilities([features for _, features in candidates])[:, 0]
    meant = (one.item for (one, _), chance in zip(candidates, chances, strict=True) if chance >= ARE_MEANT)
    return tuple(dict.fromkeys(meant))
