"""Acts of defence cooperation in one article: the rules of `kg.rules` applied to its clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Span, Token

from kg.acts.deals import Deal, antecedent, left_out, shared, shares
from kg.acts.participants import (
    NEAR,
    OPPOSITE,
    SETTING,
    Clause,
    Roles,
    completed,
    modifiers,
    movers,
    participants,
    recalled,
    settled,
    sides,
    supplied,
)
from kg.acts.signals import signals_of
from kg.acts.status import status_of
from kg.circumstances.occasions import date_of
from kg.circumstances.settings import name_of, place_of
from kg.clauses import (
    INDIRECT,
    OBJECT,
    SUBJECT,
    Argument,
    children,
    conjuncts,
    is_one_of,
    is_past,
    is_predicate,
    is_told,
    is_verb,
    lemmas,
    nested,
    noun_arguments,
    phrase,
    predicate_arguments,
    preposition,
    verb_arguments,
)
from kg.goods.items import ItemMention
from kg.lexicon import words as listed
from kg.model import Event, EventType, Evidence, Participation, Person, Role, Stage, State, Status
from kg.rules import Rule, classes, rules
from kg.scenes import Scene, topic_words

WANTED = {"arms": {"arms"}, "aid": {"aid", "money"}, "any": {"arms", "aid", "industrial"}}
"""The kinds of goods that a rule asks for."""

PLACED = frozenset(EventType) - {EventType.ARMS_TRANSFER}
"""Acts of a place; a transfer names the recipient's country rather than a place."""

GOODS = ("of", "over", "with", "for", "in", "on", "worth", "including", "like")
"""Prepositions before the goods that change hands: "supply with", "a deal for", "$70m in aid"."""

TOGETHER = listed("grammar", "together")


@dataclass(frozen=True, slots=True)
class Report:
    """One telling of an act at the word `trigger` (its position), with the signals from which its confidence is made.

    `stated` tells whether the words say that it happened, will or might; else the event's status is a default. A
    telling `beside` others adds to what they tell, and is no event of its own.
    """

    event: Event
    signals: frozenset[str]
    trigger: int
    stated: bool = True
    beside: bool = False


def find_events(scene: Scene) -> tuple[Report, ...]:
    """What rules find in the article, in the order of the text, before the tellings of one act are merged."""
    drafts = tuple(_drafts(scene))
    told = [draft for draft in drafts if draft.goods and _both(draft.clause.rule.type, draft.roles)]
    deals = [_deal(draft, draft.roles) for draft in told]
    found: list[tuple[_Draft, Report]] = []
    for draft in drafts:
        if not draft.clause.rule.again:
            found += [(draft, one) for one in _reports(draft, deals, [told.event for _, told in found], scene)]
    deals += [_deal(draft, _roles(report)) for draft, report in found if draft.goods]
    found += [(draft, one) for draft in drafts if draft.clause.rule.again for one in _reports(draft, deals, (), scene)]
    return tuple(sorted((report for _, report in found), key=lambda report: report.trigger))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A clause that a rule fits, with what it alone says."""

    clause: Clause
    sentence: Span
    roles: Roles
    goods: tuple[ItemMention, ...]


def _drafts(scene: Scene) -> Iterator[_Draft]:
    for sentence in scene.sentences:
        for token in sentence:
            for rule in triggered(token, scene):
                said = () if is_verb(token) else predicate_arguments(token)
                draft = _draft(Clause(rule, token, (*arguments(token), *said)), sentence, scene)
                if draft is not None:
                    yield draft


def _deal(draft: _Draft, roles: Roles) -> Deal:
    return Deal(draft.clause.rule.type, draft.clause.trigger.i, roles, draft.goods)


def _roles(report: Report) -> Roles:
    return {(part.role, part.actor): None for part in report.event.participations}


def _both(type: EventType, roles: Roles) -> bool:
    """Whether goods go from a side to another."""
    found = [sides(actor for one, actor in roles if one is role) for role in OPPOSITE.get(type, ())]
    return bool(found) and all(found)


@cache
def _by_word() -> dict[str, frozenset[str]]:
    """The ids of the rules that know each word."""
    found: dict[str, set[str]] = {}
    for rule in rules():
        for word in rule.verbs | rule.nouns:
            found.setdefault(word, set()).add(rule.id)
    return {word: frozenset(ids) for word, ids in found.items()}


@lru_cache(maxsize=50_000)
def _known(word: str, lemma: str) -> frozenset[str]:
    """The ids of the rules that have the word among their triggers."""
    return frozenset(id for one in lemmas(word, lemma) for id in _by_word().get(one, ()))


def triggered(token: Token, scene: Scene) -> list[Rule]:
    """The rules that know the word as a trigger."""
    known = _known(token.lower_, token.lemma_.lower())
    if not known and not heads_body(token, scene):
        return []
    return [rule for rule in rules() if (rule.bodies or rule.id in known) and _triggers(rule, token, scene)]


def _triggers(rule: Rule, token: Token, scene: Scene) -> bool:
    if is_verb(token) or is_predicate(token):
        return is_one_of(token, rule.verbs)
    if token.pos_ in {"NOUN", "PROPN"}:
        return is_one_of(token, rule.nouns) or (rule.bodies and heads_body(token, scene))
    return False


def heads_body(token: Token, scene: Scene) -> bool:
    """Whether the word is the last of the name of a joint body."""
    return token.i in scene.body_heads


@lru_cache(maxsize=1024)  # rules and models ask for those of a word ten times over
def arguments(trigger: Token) -> tuple[Argument, ...]:
    """The arguments of a trigger, with those inside its object."""
    if not is_verb(trigger):
        return tuple(noun_arguments(trigger))
    found = list[Argument]()
    for argument in verb_arguments(trigger):
        found.append(argument)
        if _tells_where(argument, trigger):
            found += nested(argument.head)
        elif argument.slot == "at":  # "at a base in Qatar"
            found += (one for one in nested(argument.head) if one.slot == "in")
    return tuple(found)


def _tells_where(argument: Argument, trigger: Token) -> bool:
    """Whether what hangs on an argument says of the act itself where or for whom it is."""
    match argument.slot:
        case "object":
            return True
        case "subject":
            return bool(children(trigger, "expl"))  # "there are soldiers in Mali"
        case "to" | "with" | "into":
            return is_one_of(argument.head, classes()["body_of_troops"])
    return False


def _draft(clause: Clause, sentence: Span, scene: Scene) -> _Draft | None:
    rule = clause.rule
    if not _object_fits(clause, scene) or not _topic_fits(rule, sentence, scene):
        return None
    goods = _goods(clause, scene) if rule.item else ()
    if rule.item and not goods and not rule.again:
        return None
    return _Draft(clause, sentence, supplied(participants(clause, scene), rule, goods, scene), goods)


def _reports(draft: _Draft, deals: Sequence[Deal], before: Sequence[Event], scene: Scene) -> Iterator[Report]:
    """The acts that a clause tells of, `before` which others were: one, or one for each side that gives goods of its
    own."""
    clause, sentence, roles, goods = draft.clause, draft.sentence, draft.roles, draft.goods
    rule = clause.rule
    if rule.again or (rule.item and not _both(rule.type, roles)):
        deal = antecedent(rule.type, clause.trigger, roles, goods, deals)
        if deal is None and rule.again:
            return
        if deal is not None:
            goods = goods or left_out(clause.trigger, clause.heads(SUBJECT, OBJECT), deal)
            roles = shared(roles, deal)
    if rule.item and not goods:
        return
    explicit = len(sides(actor for _, actor in roles))
    roles = recalled(roles, clause, before, scene)
    if len(sides(actor for _, actor in roles)) < rule.subject_sides:
        return
    roles, source = completed(roles, clause, goods, sentence, scene)
    if not _roles_fit(clause, roles) or (rule.together and not _together(clause, sentence)):
        return
    for given, some in shares(roles, goods, scene) if rule.item else ((roles, goods),):
        report = _report(clause, sentence, settled(given, rule), some, (explicit, source), scene)
        if report is not None:
            yield report


def _report(
    clause: Clause,
    sentence: Span,
    roles: Roles,
    goods: Sequence[ItemMention],
    found: tuple[int, str],
    scene: Scene,
) -> Report | None:
    """The telling of an act with these roles and goods; `found` says how many sides the clause names, and where
    another was found."""
    rule = clause.rule
    stated = rule.status or status_of(clause.trigger)
    status = stated or Status.ACTUAL
    place = place_of(scene, clause.trigger, rule.type, sentence) if rule.type in PLACED else None
    when = date_of(scene, clause.trigger, sentence, status is not Status.ACTUAL and not is_past(clause.verb))
    name = name_of(scene, clause.trigger, rule.type, sentence)
    if rule.named and not (when or name):
        return None
    event = Event(
        type=rule.type,
        evidence=(evidence(scene, sentence, rule.id),),
        participations=tuple(Participation(role, actor) for role, actor in roles),
        status=status,
        when=when,
        place=place,
        name=name,
        items=tuple(dict.fromkeys(mention.item for mention in goods)),
        stage=_stage(clause),
    )
    signals = frozenset(signals_of(clause.trigger, clause.verb, event, *found, sentence, scene))
    return Report(event, signals | {f"rule {rule.id}"}, clause.trigger.i, stated is not None, rule.beside)


def evidence(scene: Scene, sentence: Span, extractor: str) -> Evidence:
    """The sentence as evidence, found by `extractor`, not yet judged."""
    text = sentence.text
    start = scene.offset(sentence.start_char + len(text) - len(text.lstrip()))
    end = start + len(text.strip())
    return Evidence(start, end, scene.article.text[start:end], extractor, 0.5)


def _object_fits(clause: Clause, scene: Scene) -> bool:
    """Whether the slots that the rule names hold what it asks for: one of its nouns, else an actor."""
    rule = clause.rule
    if rule.alone and clause.heads(SUBJECT) and clause.heads(OBJECT):
        return False
    heads = [part for head in clause.heads(*rule.slots) for member in conjuncts(head) for part in _parts(member)]
    if rule.needs_verb:
        below = children(clause.trigger, "xcomp", "ccomp", "advcl")
        verbs = [verb for verb in below if is_one_of(verb, rule.needs_verb)]
        heads = [argument.head for verb in verbs for argument in verb_arguments(verb) if argument.slot in rule.slots]
        return any(is_one_of(head, rule.needs_object) for head in heads)
    if rule.needs_object:
        forces = rule.type is EventType.DEPLOYMENT and any(_is_force(head, scene) for head in heads)
        return forces or any(is_one_of(head, rule.needs_object) for head in (*heads, *_following(clause.trigger)))
    if rule.persons_in:
        told = [head for head in clause.heads(OBJECT) if rule.persons_in == INDIRECT and is_told(head)]
        heads = [*clause.heads(rule.persons_in), *told]
        persons = any(isinstance(actor, Person) for head in heads for actor in scene.cast.of(phrase(head)))
        return persons or any(head.lemma_.lower() in classes()["mover"] for head in heads)
    phrases = [phrase(head, without=SETTING) for head in heads]
    adverbs = {child.lower_ for child in children(clause.trigger, "advmod")}
    if rule.type is EventType.VISIT and adverbs & NEAR:
        return True
    return not rule.slots or any(scene.cast.of(one) or scene.cast.located(one) for one in phrases)


def _parts(noun: Token) -> Iterator[Token]:
    """The noun, and what it is a part or number of: "most of the troops", "the last of 3,000 soldiers"."""
    yield noun
    if noun.pos_ in {"NUM", "ADJ"} or noun.lemma_.lower() in PARTS:
        yield from (child for child in children(noun, "nmod", "obl") if preposition(child) == "of")


PARTS = listed("grammar", "parts")


def _is_force(noun: Token, scene: Scene) -> bool:
    """Whether the noun means a state's people: "the Americans"."""
    people = noun.lower_.endswith("s") and any(child.dep_ in {"det", "nummod"} for child in noun.children)
    return people and any(isinstance(actor, State) for actor in scene.cast.named.get(noun.i, ()))


REACH = 8
"""Tokens behind a trigger within which its object is looked for when the tree does not show it."""


def _following(trigger: Token) -> Iterator[Token]:
    """The nouns right behind a verb, up to the next verb or stop."""
    if not is_verb(trigger):
        return
    for token in trigger.doc[trigger.i + 1 : min(trigger.i + 1 + REACH, trigger.sent.end)]:
        if is_verb(token) or (token.pos_ == "ADP" and token.lower_ != "of") or token.text in {".", ";", ":", ","}:
            return
        if token.pos_ in {"NOUN", "PROPN"}:
            yield token


def _topic_fits(rule: Rule, sentence: Span, scene: Scene) -> bool:
    if rule.military and not scene.deals_with_defence(sentence, reach=1 if rule.item else 0):
        return False
    elsewhere = rule.item != "arms" and not topic_words("elsewhere").isdisjoint(token.lower_ for token in sentence)
    if elsewhere and not scene.deals_with_defence(sentence):
        return False
    return not rule.topic or scene.deals_with_defence(sentence, reach=4) or scene.density > 1


def _roles_fit(clause: Clause, roles: Roles) -> bool:
    rule = clause.rule
    taking_part = sides(actor for _, actor in roles)
    many = rule.type is EventType.MEETING and any(not isinstance(one, State) for one in taking_part)
    if len(taking_part) < rule.sides and not many:  # an alliance has several sides of its own
        return False
    if rule.type not in OPPOSITE:
        return True
    first, second = OPPOSITE[rule.type]
    present = {role for role, _ in roles}
    goers, hosts = (sides(actor for one, actor in roles if one is role) for role in (first, second))
    if rule.abroad and second in present and hosts <= goers:
        return False
    if first not in present or (second not in present and rule.sides > 1):
        return False
    return first is not Role.VISITOR or movers(clause, roles, classes()["mover"])


def _goods(clause: Clause, scene: Scene) -> tuple[ItemMention, ...]:
    """What changes hands in the clause."""
    rule = clause.rule
    goes = bool(rule.verbs) and rule.role(SUBJECT) is None  # nobody acts: what the verb is said of changes hands
    slots = (SUBJECT, OBJECT) if goes else (OBJECT, *GOODS, *rule.slots)
    heads = [*clause.heads(*slots), *(() if goes else _following(clause.trigger))]
    tokens = {token.i for head in heads for token in phrase(head)}
    if not is_verb(clause.trigger):
        tokens |= {token.i for token in (*modifiers(clause.trigger), *phrase(clause.trigger))}
    found = (item for item in scene.items if item.head in tokens and item.domain in WANTED[clause.rule.item])
    return tuple(item for item in found if item.item.value_text or not clause.rule.money)


def _together(clause: Clause, sentence: Span) -> bool:
    return bool(clause.heads("with")) or any(token.lower_ in TOGETHER for token in sentence)


def _stage(clause: Clause) -> Stage | None:
    stages = dict(clause.rule.stages)
    return stages.get(clause.trigger.lemma_.lower()) or stages.get(clause.verb.lemma_.lower())
