"""The rows of the event lists: PLOVER, an event a row, and CAMEO, a directed pair of sides a row."""

from collections.abc import Iterator, Sequence
from itertools import product

from kg.model import Role
from kg.tables.actors import Actor, Cast, Side
from kg.tables.asked import Asked, newest_sentence
from kg.tables.codings import Rule, coding
from kg.tables.schemas import Named, Row

Coded = tuple[str | None, str | None]
"""The code and the name of a side."""


def plover(asked: Asked) -> Iterator[Row]:
    """Each event as PLOVER has it."""
    scheme = coding("plover")
    for cast in asked.casts():
        event, rule = cast.event, scheme.rule(cast)
        sources, targets = cast.members(rule.source), cast.members(rule.source if rule.mutual else rule.target)
        sentence = newest_sentence(event)
        yield (
            event.id,
            event.earliest,
            event.latest if event.latest != event.earliest else None,
            event.when,
            tuple(map(_named, sources)),
            tuple(map(_named, targets)),
            (rule.code,),
            (rule.mode,) if rule.mode else (),
            rule.context,
            scheme.quad(rule.code),
            event.place.label if event.place else None,
            asked.actors.side(event.place).iso3 if event.place else None,
            event.status,
            rule.id,
            rule.judgement,
            event.confidence,
            sentence.exact if sentence else None,
            sentence.url if sentence else None,
            sentence.publisher if sentence else None,
        )


def cameo(asked: Asked) -> Iterator[Row]:
    """Each event as CAMEO has it."""
    scheme = coding("cameo")
    for cast in asked.casts():
        event, rule = cast.event, scheme.rule(cast)
        sentence = newest_sentence(event)
        for number, (source, target, code) in enumerate(_dyads(cast, rule), 1):
            yield (
                f"{event.id}#{number}",
                event.id,
                event.earliest,
                event.when,
                *source,
                *target,
                code,
                code[:2],
                scheme.quad(code),
                event.status,
                rule.id,
                rule.judgement,
                event.confidence,
                sentence.url if sentence else None,
            )


def _named(actor: Actor) -> Named:
    return Named(actor.side.code, actor.sector, actor.node.id, actor.node.label)


def _dyads(cast: Cast, rule: Rule) -> Iterator[tuple[Coded, Coded, str]]:
    """Who does what to whom by the codes of a rule, sides without a code left out where others have one.

    Where one side is unknown, or alone, the other is empty.
    """
    targets = rule.source if rule.mutual else rule.target
    ways = [(*way, rule.code) for way in _ways(_sides(cast, rule.source), _sides(cast, targets))]
    if rule.mirror:
        ways += [(target, source, rule.mirror) for source, target, _ in ways]
    members = cast.sides({*rule.source, *targets})
    for source, target, code in ways:
        yield _coded(source, members), _coded(target, members), code


def _sides(cast: Cast, roles: Sequence[Role]) -> list[Side]:
    return cast.coded(roles) or list(cast.sides(roles))


def _ways(sources: Sequence[Side], targets: Sequence[Side]) -> list[tuple[Side | None, Side | None]]:
    found = [(source, target) for source, target in product(sources, targets) if source != target]
    return (
        [*found] or [(source, None) for source in sources] or [(None, target) for target in targets] or [(None, None)]
    )


def _coded(side: Side | None, members: dict[Side, list[Actor]]) -> Coded:
    """The code of a side, with the sector where all who are named besides the state are of one.

    A company beside its state leaves the state the actor.
    """
    if side is None:
        return None, None
    others = [actor for actor in members[side] if actor.node.id != side.id]
    sectors = {actor.sector for actor in others}
    if len(sectors) == 1 and side.code and (sectors != {"BUS"} or len(others) == len(members[side])):
        return f"{side.code}{sectors.pop() or ''}", side.label
    return side.code, side.label
