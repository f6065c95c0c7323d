"""Who takes part in an act, and in which role: the arguments of its clause carried to actors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.clauses import INDIRECT, OBJECT, SUBJECT, Argument, children, is_told, is_verb, phrase, support
from kg.entities import Side, is_party, side
from kg.goods.items import ItemMention
from kg.goods.kind_words import designer
from kg.lexicon import words
from kg.model import Actor, Event, EventType, Organization, Person, Role, State
from kg.rules import Rule
from kg.scenes import Scene

SETTING = words("grammar", "setting")
"""A phrase with one of these inside an actor's noun phrase names no further actor."""

SHARED = {
    EventType.AGREEMENT: Role.PARTY,
    EventType.MEETING: Role.PARTICIPANT,
    EventType.EXERCISE: Role.PARTICIPANT,
    EventType.INDUSTRIAL_PROJECT: Role.PARTICIPANT,
}
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

    def heads(self, *slots: str) -> list[Token]:
        """The heads of what fills these slots."""
        return [argument.head for argument in self.arguments if argument.slot in slots]


Roles = dict[tuple[Role, Actor], None]
"""Actors in their roles, in the order in which they were found."""


def sides(actors: Iterable[Actor]) -> set[Side]:
    """The states and international organisations among and behind the actors."""
    return {found for actor in actors if (found := side(actor)) is not None and is_party(found)}


def participants(clause: Clause, scene: Scene) -> Roles:
    """The actors in the slots of a clause, each in one role."""
    found: Roles = {}
    for role, actor in _filled(clause, scene):
        if not any(other is not role and known == actor for other, known in found):
            found[role, actor] = None
    shared = SHARED.get(clause.rule.type)
    if shared is not None:  # the host of an exercise or meeting takes part in it
        found |= {(shared, actor): None for role, actor in found if role is Role.HOST and isinstance(actor, State)}
    return found


def _filled(clause: Clause, scene: Scene) -> Iterator[tuple[Role, Actor]]:
    rule = clause.rule
    flipped = clause.trigger.lemma_.lower() in rule.flip
    for argument in clause.arguments:
        role = rule.role(_slot(argument, clause))
        if role is None or (rule.item and argument.slot == OBJECT and argument.head.i in scene.item_at):
            continue
        if flipped and argument.slot == SUBJECT:
            role = Role.RECIPIENT
        tokens = phrase(argument.head, without=SETTING | _of_others(argument, role, clause))
        yield from ((role, actor) for actor in scene.cast.of(tokens))
        if role is Role.HOST or (role is Role.PROVIDER and rule.type is EventType.TRAINING):
            yield from ((role, state) for state in scene.cast.located(tokens))
    indirect = rule.role(INDIRECT)
    if indirect is not None and is_verb(clause.trigger):
        yield from ((indirect, actor) for actor in _given_to(clause, scene))
    if not is_verb(clause.trigger):
        role = Role.RECIPIENT if flipped else rule.role(SUBJECT)
        if role is not None:
            yield from ((role, actor) for actor in scene.cast.of(modifiers(clause.trigger)))


def _slot(argument: Argument, clause: Clause) -> str:
    """The slot of an argument in the rule's terms.

    The noun of a participle that can have no object does the act ("warships docked in"); the object of a verb of
    telling is who is told that something is so.
    """
    if argument.slot == OBJECT and clause.rule.persons_in == INDIRECT and is_told(argument.head):
        return INDIRECT
    if argument.slot == OBJECT and clause.trigger.dep_ == "acl" and clause.rule.role(OBJECT) is None:
        return SUBJECT
    return argument.slot


def _given_to(clause: Clause, scene: Scene) -> Iterator[Actor]:
    """The actor right behind a verb and before goods, which small parsers hang on the goods: "sold Iraq 36 jets"."""
    doc, start = scene.doc, clause.trigger.i + 1
    start += start < len(doc) and doc[start].lower_ == "the"
    actors = scene.cast.named.get(start, ())
    end = start
    while actors and end < len(doc) and scene.cast.named.get(end) == actors:
        end += 1
    if actors and end < len(doc) and (end in scene.item_at or doc[end].pos_ == "NUM" or doc[end].lower_ in {"a", "an"}):
        yield from scene.cast.of([doc[start]])


def _of_others(argument: Argument, role: Role, clause: Clause) -> frozenset[str]:
    """Prepositions behind the trigger that introduce who has another role: "bought by Algeria from Germany"."""
    if argument.head.i < clause.trigger.i:
        return frozenset()
    others = {slot for slot, other in clause.rule.roles if other is not role}
    return frozenset(others | ({"by"} if SUBJECT in others else set())) - {"of", "between"}


def modifiers(noun: Token) -> list[Token]:
    """The words before a noun that say whose it is: "Russia-Pakistan talks", "a Chinese visit"."""
    return [
        token
        for child in noun.children
        if child.i < noun.i and child.dep_.partition(":")[0] in {"amod", "compound", "nmod"}
        for token in child.subtree
    ]


def completed(
    roles: Roles, clause: Clause, goods: Sequence[ItemMention], sentence: Span, scene: Scene
) -> tuple[Roles, str]:
    """The roles with a side that the clause leaves out, and where it was found: "sentence", "article" or "".

    Whoever designed the goods gives them rather than takes them, and who does something else in the sentence ("Spain
    sent rifles, and Italy trucks") does not take part.
    """
    rule = clause.rule
    if rule.item and not sides(actor for _, actor in roles):
        roles = roles | {(Role.RECIPIENT, one): None for one in _receiver(rule, sentence, scene)}
    have = sides(actor for _, actor in roles)
    near = scene.cast.within(sentence.start, sentence.end)
    if rule.type is EventType.MEETING and any(not isinstance(one, State) for one in have):
        return roles, ""
    if rule.type in SHARED:
        if not have and len(near) == 2:
            return roles | {(SHARED[rule.type], one): None for one in near}, "sentence"
        missing = [SHARED[rule.type]] if len(have) == 1 else []
    else:
        missing = [role for role in OPPOSITE[rule.type] if not sides(actor for one, actor in roles if one is role)]
    if len(missing) != 1 or not have or (rule.type is EventType.DEPLOYMENT and missing == [Role.HOST]):
        return roles, ""
    makers = _designers(goods, scene)
    if missing == [Role.PROVIDER] and len(have) > 1 and have & set(makers):
        return _turned(roles, makers), ""
    others = _busy(clause, sentence, scene) if rule.item and rule.type in OPPOSITE else set()
    near = tuple(one for one in near if one not in others)
    for place, candidates in (("sentence", near), ("article", scene.cast.pair[:2])):
        if missing == [Role.PROVIDER]:
            candidates = (*makers, *candidates)
        fitting = (one for one in candidates if one not in have and (missing != [Role.RECIPIENT] or one not in makers))
        other = next(fitting, None)
        if other is not None:
            return roles | {(missing[0], other): None}, place
    return roles, ""


def _turned(roles: Roles, makers: Sequence[Side]) -> Roles:
    """The roles with the designers of the goods as providers: "France and Brazil signed a contract for Scorpenes"."""
    return {(Role.PROVIDER if side(actor) in makers else role, actor): None for role, actor in roles}


def _busy(clause: Clause, sentence: Span, scene: Scene) -> set[Side]:
    """The sides that are subjects of clauses beside this one."""
    verbs = [verb for verb in sentence if is_verb(verb) and _are_beside(verb, clause.verb)]
    subjects = [noun for verb in verbs for noun in children(verb, "nsubj")]
    return sides(actor for noun in subjects for actor in scene.cast.of(phrase(noun)))


def _are_beside(one: Token, other: Token) -> bool:
    """Whether two verbs are coordinated, or both are with a third."""
    joined = {one.dep_, other.dep_} & {"conj", "parataxis"}
    return bool(joined) and one != other and other in (one.head, one.head.head, *one.children)


def _designers(goods: Sequence[ItemMention], scene: Scene) -> tuple[Side, ...]:
    """The states that the article speaks of in which the goods were designed."""
    known = {one for _, one in scene.cast.sides}
    states = (State(designer(mention.item.equipment) or "") for mention in goods if mention.designation)
    return tuple(state for state in states if state in known)


def recalled(roles: Roles, clause: Clause, before: Sequence[Event], scene: Scene) -> Roles:
    """The roles of a deployment without a host with that of the one told of last `before` ("Ghana sent a battalion"),
    else with the side that "the country" or "there" stands for."""
    rule = clause.rule
    goers = sides(actor for role, actor in roles if role is Role.SENDER)
    if rule.type is not EventType.DEPLOYMENT or rule.sides < len(OPPOSITE[rule.type]):
        return roles
    if not goers or any(role is Role.HOST for role, _ in roles):
        return roles
    told = (event for event in reversed(before) if event.type is rule.type)
    known = (sides(part.actor for part in event.participations if part.role is Role.HOST) for event in told)
    hosts = next((some for some in known if some), set()) - goers
    if not hosts and _points_back(clause):
        hosts |= {one for one in scene.cast.pair[:2] if isinstance(one, State) and one not in goers}
        hosts = hosts if len(hosts) == 1 else set()
    return roles | {(Role.HOST, one): None for one in sorted(hosts, key=str)}


def _points_back(clause: Clause) -> bool:
    """Whether the words stand for a country named before: "there", "in the country"."""
    below = (token.lower_ for token in clause.trigger.subtree if token.dep_ == "advmod")
    named = (head.lemma_.lower() for head in clause.heads("in", "at", "to", "from", "on", "into", OBJECT))
    return not NEAR.isdisjoint(below) or not LANDS.isdisjoint(named)


NEAR = frozenset({"here", "there"})
"""Adverbs that stand for a country that the article has named."""

LANDS = words("grammar", "lands")


def _receiver(rule: Rule, sentence: Span, scene: Scene) -> tuple[Side, ...]:
    """The side behind "to" in a sentence about goods, when its tree does not tie it to the verb."""
    if Role.RECIPIENT not in OPPOSITE.get(rule.type, ()):
        return ()
    for token in sentence[:-1]:
        if token.lower_ == "to" and token.pos_ == "ADP":
            near = scene.cast.within(token.i + 1, min(token.i + 4, sentence.end))
            if near:
                return near[:1]
    return ()


def supplied(roles: Roles, rule: Rule, goods: Sequence[ItemMention], scene: Scene) -> Roles:
    """The roles with the maker of the goods as provider where nobody else is: "Russian-made S-400 systems"."""
    if Role.PROVIDER not in OPPOSITE.get(rule.type, ()) or sides(a for role, a in roles if role is Role.PROVIDER):
        return roles
    for mention in goods:
        makers = sides(scene.cast.of(_origin(mention, scene))) - sides(actor for _, actor in roles)
        if len(makers) == 1:
            return roles | {(Role.PROVIDER, maker): None for maker in makers}
    return roles


def _origin(mention: ItemMention, scene: Scene) -> list[Token]:
    """The words that say where goods are: adjectives before them, a state before "-made" or "-built", and an owner."""
    start = mention.start
    while start and (scene.doc[start - 1].pos_ == "ADJ" or scene.doc[start - 1].lower_ in MADE):
        start -= 2 if start > 1 and scene.doc[start - 1].lower_ in OWNING else 1
    return [token for token in scene.doc[start : mention.end] if token.i not in range(mention.head, mention.head + 1)]


OWNING = frozenset({"'s", "’s"})
MADE = frozenset({"-", "made", "built", "designed", "origin"}) | OWNING


IMPERSONAL = frozenset(OPPOSITE) - {EventType.VISIT} | {EventType.INDUSTRIAL_PROJECT}
"""Acts of states and bodies: who announces or orders one is no party to it."""


def settled(roles: Roles, rule: Rule) -> Roles:
    """The roles with persons in the role that the rule names for them, and without persons in acts of states."""
    turned = dict(rule.persons)
    found: Roles = {}
    for role, actor in roles:
        if not isinstance(actor, Person):
            found[role, actor] = None
        elif rule.type not in IMPERSONAL and (rule.type is not EventType.AGREEMENT or role in turned):
            found[turned.get(role, role), actor] = None
    return found


def movers(clause: Clause, roles: Roles, words: frozenset[str]) -> bool:
    """Whether whoever goes is a person, a named body, or a group such as a delegation or a ship."""
    if any(isinstance(actor, Person | Organization) for role, actor in roles if role is Role.VISITOR):
        return True
    slots = (SUBJECT, OBJECT, "by", "of") if clause.trigger.dep_ == "acl" else (SUBJECT, "by", "of")
    return any(head.lemma_.lower() in words for head in clause.heads(*slots))
