"""Acts of defence cooperation in one article: the rules of `kg.rules` applied to its clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.clauses import (
    OBJECT,
    SUBJECT,
    Argument,
    conjuncts,
    first_conjunct,
    is_verb,
    noun_arguments,
    phrase,
    preposition,
    support,
    verb_arguments,
)
from kg.entities import side
from kg.model import (
    Actor,
    Evidence,
    Event,
    EventType,
    Item,
    Organization,
    Participation,
    Person,
    Place,
    Role,
    Stage,
    State,
    Status,
)
from kg.organizations import is_body
from kg.rules import Rule, rules
from kg.scenes import Scene
from kg.settings import date_of, name_of, place_of
from kg.status import status_of

PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "on", "off", "over", "around", "within", "during", "after", "before", "since", "about", "against", "despite", "under", "through"})
"""Phrases with these inside an actor's noun phrase name no further actor."""

SYMMETRIC = {EventType.AGREEMENT: Role.PARTY, EventType.MEETING: Role.PARTICIPANT, EventType.EXERCISE: Role.PARTICIPANT,
             EventType.INDUSTRIAL_PROJECT: Role.PARTICIPANT}
"""The role that all sides of these acts share."""

OPPOSITE = {
    EventType.VISIT: (Role.VISITOR, Role.HOST),
    EventType.ARMS_TRANSFER: (Role.PROVIDER, Role.RECIPIENT),
    EventType.MILITARY_AID: (Role.PROVIDER, Role.RECIPIENT),
    EventType.TRAINING: (Role.PROVIDER, Role.RECIPIENT),
    EventType.DEPLOYMENT: (Role.SENDER, Role.HOST),
}
"""The two roles of acts that go from one side to the other."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A trigger of a rule with the arguments around it."""

    rule: Rule
    trigger: Token
    arguments: tuple[Argument, ...]

    @property
    def verb(self) -> Token:
        """The verb that carries tense and modality: the trigger, or the verb that supports it."""
        return self.trigger if is_verb(self.trigger) else support(self.trigger) or self.trigger


def find_events(scene: Scene) -> tuple[Event, ...]:
    """The events that rules find in the article, in the order of the text, before those of one act are merged."""
    found: list[Event] = []
    for sentence in scene.sentences:
        for token in sentence:
            for rule in rules():
                if _triggers(rule, token, scene):
                    event = _event(Clause(rule, token, tuple(_arguments(token))), sentence, scene)
                    if event is not None:
                        found.append(event)
    return tuple(found)


def _triggers(rule: Rule, token: Token, scene: Scene) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"}:
        return lemma in rule.verbs
    if token.pos_ in {"NOUN", "PROPN"}:
        return lemma in rule.nouns or token.lower_ in rule.nouns or (rule.bodies and _body_head(token, scene))
    return False


def _body_head(token: Token, scene: Scene) -> bool:
    return any(body.end - 1 == token.i and is_body(body.name) for body in scene.organizations)


def _arguments(trigger: Token) -> Iterator[Argument]:
    if is_verb(trigger):
        yield from verb_arguments(trigger)
        for argument in verb_arguments(trigger):
            if argument.slot == OBJECT:
                for nested in noun_arguments_alone(argument.head):
                    yield nested
    else:
        yield from noun_arguments(trigger)


def noun_arguments_alone(noun: Token) -> Iterator[Argument]:
    """The prepositional phrases of a noun, without those of the verb above it."""
    for child in noun.children:
        if child.dep_.partition(":")[0] == "nmod" and child.dep_ != "nmod:poss":
            case = preposition(child)
            if case:
                yield Argument(case, child)


def _event(clause: Clause, sentence: Span, scene: Scene) -> Event | None:
    rule = clause.rule
    if not _object_fits(clause) or not _topic_fits(clause, sentence, scene):
        return None
    items = _items(clause, scene) if rule.item else ()
    if rule.item and not items:
        return None
    roles = _roles(clause, scene)
    if rule.subject_sides and len(_sides([a for r, a in roles])) < rule.subject_sides:
        return None
    confidence = 0.8
    roles, filled = _complete(roles, clause, sentence, scene)
    if filled:
        confidence -= 0.2
    if len(_sides([actor for _, actor in roles])) < rule.sides or not _both_ends(rule, roles):
        return None
    if rule.together and not _together(clause, sentence, roles):
        return None
    status = rule.status or status_of(clause.trigger)
    future = status in {Status.PLANNED, Status.PROPOSED}
    place = place_of(scene, clause.trigger, sentence)
    start, end = _evidence_span(sentence)
    return Event(
        type=rule.type,
        evidence=(Evidence(start, end, scene.article.text[start:end], rule.id, confidence),),
        participations=tuple(Participation(role, actor) for role, actor in _persons(rule, roles)),
        status=status,
        when=date_of(scene, clause.trigger, sentence, future),
        place=place,
        name=name_of(scene, clause.trigger, rule, sentence),
        items=items,
        stage=_stage(clause),
        confidence=confidence,
    )


def _object_fits(clause: Clause) -> bool:
    rule = clause.rule
    if not rule.needs_object:
        return True
    heads = [
        member for argument in clause.arguments if argument.slot in rule.slots for member in conjuncts(argument.head)
    ]
    return any(head.lemma_.lower() in rule.needs_object or head.lower_ in rule.needs_object for head in heads)


def _topic_fits(clause: Clause, sentence: Span, scene: Scene) -> bool:
    rule = clause.rule
    if rule.military and not scene.deals_with_defence(sentence):
        return False
    return not rule.topic or scene.deals_with_defence(sentence, reach=1) or scene.density > 3


def _items(clause: Clause, scene: Scene) -> tuple[Item, ...]:
    wanted = {"arms": {"arms"}, "aid": {"aid", "money"}, "any": {"arms", "aid"}}[clause.rule.item]
    tokens = {
        token.i for argument in clause.arguments for token in phrase(argument.head) if argument.slot != SUBJECT or True
    }
    if not is_verb(clause.trigger):
        tokens |= {token.i for token in clause.trigger.subtree}
    found = [mention for mention in scene.items if mention.head in tokens and mention.domain in wanted]
    return tuple(dict.fromkeys(mention.item for mention in found))


Roles = list[tuple[Role, Actor]]


def _roles(clause: Clause, scene: Scene) -> Roles:
    found: Roles = []
    for argument in clause.arguments:
        role = clause.rule.role(argument.slot)
        if role is None:
            continue
        if argument.head.i in scene.item_at:
            continue
        for actor in scene.cast.of(phrase(argument.head, without=PLACE_PREPOSITIONS)):
            if (role, actor) not in found:
                found.append((role, actor))
    if not is_verb(clause.trigger):
        found += _modifiers(clause, scene, found)
    if clause.trigger.lemma_.lower() in clause.rule.flip:
        turn = {Role.PROVIDER: Role.RECIPIENT, Role.RECIPIENT: Role.PROVIDER}
        found = [(turn.get(role, role) if (slot_from(clause, actor)) else role, actor) for role, actor in found]
    return _clean(found)


def slot_from(clause: Clause, actor: Actor) -> bool:
    """Whether an actor's role is to be turned round: always, but for what "from" introduces."""
    return not any(argument.slot == "from" for argument in clause.arguments)


def _modifiers(clause: Clause, scene: Scene, found: Roles) -> Roles:
    """Sides that stand before the noun: "Russia-Pakistan talks", "a Chinese visit"."""
    role = clause.rule.role(SUBJECT)
    if role is None:
        return []
    before = [
        token
        for child in clause.trigger.children
        if child.i < clause.trigger.i and child.dep_.partition(":")[0] in {"amod", "compound", "nmod"}
        for token in child.subtree
    ]
    return [(role, actor) for actor in scene.cast.of(before) if (role, actor) not in found]


def _clean(roles: Roles) -> Roles:
    """Each actor in one role of two opposite ones: the first."""
    seen: dict[Actor, Role] = {}
    return [(role, actor) for role, actor in roles if seen.setdefault(actor, role) == role]


def _sides(actors: Sequence[Actor]) -> set[State | Organization]:
    return {found for actor in actors if (found := side(actor)) is not None}


def _both_ends(rule: Rule, roles: Roles) -> bool:
    if rule.type not in OPPOSITE or rule.type is EventType.DEPLOYMENT:
        return True
    return set(OPPOSITE[rule.type]) <= {role for role, _ in roles}


def _complete(roles: Roles, clause: Clause, sentence: Span, scene: Scene) -> tuple[Roles, bool]:
    """The roles with sides that the clause leaves out, taken from the sentence and then from the article."""
    rule = clause.rule
    have = _sides([actor for _, actor in roles])
    others = [one for one in scene.cast.within(sentence.start, sentence.end) if one not in have]
    others = others or [one for one in scene.cast.pair[:2] if one not in have]
    if rule.type in SYMMETRIC:
        if len(have) >= 2 or not have or not others:
            return roles, False
        return [*roles, (SYMMETRIC[rule.type], others[0])], True
    first, second = OPPOSITE[rule.type]
    present = {role for role, _ in roles}
    missing = [role for role in (first, second) if role not in present]
    if len(missing) != 1 or not others:
        return roles, False
    if rule.type is EventType.DEPLOYMENT and missing == [Role.HOST]:
        return roles, False
    return [*roles, (missing[0], others[0])], True


def _persons(rule: Rule, roles: Roles) -> Roles:
    """Persons of a role that goes to states alone move to the role that the rule names for them, or are left out."""
    turned = dict(rule.persons)
    return [(turned.get(role, role) if isinstance(actor, Person) else role, actor) for role, actor in roles]


def _together(clause: Clause, sentence: Span, roles: Roles) -> bool:
    words = {"joint", "jointly", "together", "bilateral", "co-production", "co-development", "trilateral", "alongside"}
    return any(token.lower_ in words for token in sentence) or any(a.slot == "with" for a in clause.arguments)


def _stage(clause: Clause) -> Stage | None:
    stages = dict(clause.rule.stages)
    return stages.get(clause.trigger.lemma_.lower()) or stages.get(clause.verb.lemma_.lower())


def _evidence_span(sentence: Span) -> tuple[int, int]:
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, sentence.start_char + len(text.rstrip())
