"""Who is meant: the actors behind the words of one article, names and what stands for them alike.

A `Cast` knows for every token which actors it names. Definite descriptions ("the two countries", "both sides") and
pronouns are resolved from what was named before; a state is meant by its name, its capital or its people's name, an
office ("the Russian defence minister") stands for its holder where the article names one, else for the state.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.gazetteer import Kind, Mention
from kg.model import Actor, Organization, Person, State
from kg.organizations import OrganizationMention
from kg.persons import OfficeMention, PersonMention
from ontology import reference

PAIR_NOUNS = frozenset(
    "country side nation state neighbour neighbor leader minister party military government ally navy army force "
    "counterpart capital president official team partner delegation power chief official".split()
)
PAIR_WORDS = frozenset({"two", "both", "three", "trio", "four", "duo"})
HE = frozenset({"he", "she", "him", "her", "his"})
THEY = frozenset({"they", "them", "their", "both"})
IT = frozenset({"its", "it"})


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one article by token; `pair` is the two states that it is mostly about."""

    doc: Doc
    named: dict[int, tuple[Actor, ...]]
    states: tuple[tuple[int, str], ...]
    people: tuple[tuple[int, Person], ...]
    pair: tuple[str, ...]
    places: dict[int, Mention] = field(default_factory=dict)

    def of(self, tokens: Iterable[Token]) -> tuple[Actor, ...]:
        """The actors that the tokens name or stand for, each once, with the states that persons and bodies act for."""
        found: dict[Actor, None] = {}
        for token in tokens:
            for actor in self.named.get(token.i, ()) or self.meant(token):
                found[actor] = None
                state = side(actor)
                if isinstance(state, State):
                    found[state] = None
        return tuple(found)

    def meant(self, token: Token) -> tuple[Actor, ...]:
        """The actors that a description or pronoun stands for; none for any other word."""
        word = token.lower_
        if token.lemma_.lower() in PAIR_NOUNS and any(child.lower_ in PAIR_WORDS for child in token.children):
            number = 3 if any(child.lower_ in {"three", "trio"} for child in token.children) else 2
            return tuple(State(code) for code in self.recent(token.i, number))
        if word in {"both", "two"} and token.dep_ in {"nsubj", "nsubj:pass", "nmod", "obl"}:
            return tuple(State(code) for code in self.recent(token.i, 2))
        if word in HE:
            person = self.last_person(token.i)
            return (person,) if person else ()
        if word in THEY and token.dep_ != "nmod:poss":
            return tuple(State(code) for code in self.recent(token.i, 2))
        return ()

    def recent(self, position: int, number: int) -> list[str]:
        """The last `number` different states before `position`, filled up with the pair of the article."""
        found: list[str] = []
        for i, code in reversed(self.states):
            if i < position and code not in found and position - i < 90:
                found.append(code)
            if len(found) == number:
                break
        for code in self.pair:
            if len(found) < number and code not in found:
                found.append(code)
        return sorted(found)

    def last_person(self, position: int) -> Person | None:
        """The person named last before `position`, within three sentences or so."""
        before = [person for i, person in self.people if i < position and position - i < 80]
        return before[-1] if before else None


def side(actor: Actor) -> State | Organization | None:
    """The state that the actor acts for, or the international organisation; `None` where that is unknown."""
    match actor:
        case State():
            return actor
        case Organization(state=None):
            return actor
        case Organization(state=str(code)):
            return State(code)
        case Person(state=str(code)):
            return State(code)
        case Person(organization=Organization() as organization):
            return organization
    return None


INTERNATIONAL = frozenset({"alliance", "international"})


def cast(
    doc: Doc,
    names: Sequence[Mention],
    persons: Sequence[tuple[PersonMention, Person | None]],
    offices: Sequence[tuple[OfficeMention, Person | None]],
    organizations: Sequence[OrganizationMention],
) -> Cast:
    """The cast of an article from its mentions."""
    named: dict[int, tuple[Actor, ...]] = {}
    states: list[tuple[int, str]] = []
    people: list[tuple[int, Person]] = []
    for mention in names:
        if mention.state:
            states.append((mention.start, mention.state))
            _put(named, mention.start, mention.end, (State(mention.state),))
    for body in organizations:
        organization = Organization(body.name, body.state, (body.acronym,) if body.acronym else (), body.key)
        _put(named, body.start, body.end, (organization,))
        if body.state:
            states.append((body.start, body.state))
    for office, holder in offices:
        actors: tuple[Actor, ...] = (holder,) if holder else (State(office.state),) if office.state else ()
        if actors:
            _put(named, office.start, office.end, actors)
        if office.state:
            states.append((office.start, office.state))
    for one, person in persons:
        if person is None:
            continue
        _put(named, one.span_start, one.span_end, (person,))
        people.append((one.start, person))
        if person.state:
            states.append((one.start, person.state))
    states.sort()
    people.sort(key=lambda pair: pair[0])
    counts = Counter(code for _, code in states)
    pair = tuple(code for code, _ in counts.most_common(2))
    places = {mention.start: mention for mention in names if mention.kind in {Kind.PLACE, Kind.CAPITAL, Kind.STATE}}
    return Cast(doc, named, tuple(states), tuple(people), pair, places)


def _put(named: dict[int, tuple[Actor, ...]], start: int, end: int, actors: tuple[Actor, ...]) -> None:
    named.update(dict.fromkeys(range(start, end), actors))


def place_label(mention: Mention, doc: Doc) -> tuple[str, str | None]:
    """The name of the place as written, and the state that it lies in."""
    text = doc[mention.start : mention.end].text
    if mention.state:
        return text, mention.state
    states = {place.id: place.state for place in reference.places()}
    return text, states.get(mention.key)
