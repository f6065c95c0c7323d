"""Who is meant: the actors behind the words of one article, names and what stands for them alike.

A `Cast` knows for every token which actors it names. Definite descriptions ("the two countries", "both sides") and
pronouns are resolved from what was named before; a state is meant by its name, its capital or its people's name, an
office ("the Russian defence minister") stands for its holder where the article names one, else for the state.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.lexicon import words
from kg.mentions.gazetteer import Kind, Mention
from kg.mentions.organizations import OrganizationMention
from kg.model import Actor, Organization, Person, State
from kg.persons import OfficeMention, PersonMention
from ontology import reference

PAIR_NOUNS = words("grammar", "pair_nouns")
"""Nouns that "the two ..." makes stand for sides."""

PAIR_WORDS = frozenset({"two", "both", "three", "trio", "four", "duo"})
HE = frozenset({"he", "she", "him", "her", "his"})
THEY = frozenset({"they", "them", "their", "both"})
FIRST = frozenset({"i", "we", "us", "our", "my"})


Side = State | Organization
"""What can be a party to an act: a state, or an international organisation."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one article by token; `pair` are the sides that it is mostly about, the foremost first."""

    doc: Doc
    named: dict[int, tuple[Actor, ...]]
    sides: tuple[tuple[int, Side], ...]
    people: tuple[tuple[int, Person], ...]
    pair: tuple[Side, ...]
    places: dict[int, Mention] = field(default_factory=dict)

    def of(self, tokens: Iterable[Token]) -> tuple[Actor, ...]:
        """The actors that the tokens name or stand for, each once, with the states that persons and bodies act for."""
        found: dict[Actor, None] = {}
        for token in tokens:
            for actor in self.named.get(token.i, ()) or self.meant(token):
                found[actor] = None
                state = side(actor)
                if state is not None:
                    found[state] = None
        return tuple(found)

    def meant(self, token: Token) -> tuple[Actor, ...]:
        """The actors that a description or pronoun stands for; none for any other word."""
        word = token.lower_
        if token.lemma_.lower() in PAIR_NOUNS and any(child.lower_ in PAIR_WORDS for child in token.children):
            three = any(child.lower_ in {"three", "trio"} for child in token.children)
            return self.group(token, 3 if three else 2)
        if word in {"both", "two"} and token.dep_ in {"nsubj", "nsubj:pass", "nmod", "obl"}:
            return self.group(token, 2)
        if word in HE:
            person = self.protagonist(token)
            return (person,) if person else ()
        if word in FIRST:
            speaker = self.speaker(token)
            return (speaker,) if speaker else ()
        if word in THEY and token.dep_ != "nmod:poss":
            return self.group(token, 2)
        return ()

    def located(self, tokens: Iterable[Token]) -> tuple[State, ...]:
        """The states in which the places that the tokens name lie."""
        found = (_place_states().get(self.places[token.i].key) for token in tokens if token.i in self.places)
        return tuple(dict.fromkeys(State(code) for code in found if code))

    def group(self, token: Token, number: int) -> tuple[Side, ...]:
        """The `number` sides that "the two countries" means: of its sentence, of the one before, or of the article.

        The sentence before counts only when it speaks of a side that the article is mostly about.
        """
        start = token.sent.start
        before = start - 1
        earlier = self.doc[before].sent.start if before >= 0 else start
        for low, high in ((start, token.i), (earlier, start)):
            near = self.within(low, high)
            if len(near) == number and (low == start or set(near) & set(self.pair[:2])):
                return near
        return self.pair[:number]

    def within(self, start: int, end: int) -> tuple[Side, ...]:
        """The sides that the tokens `start` to `end` name, each once."""
        return tuple(dict.fromkeys(one for i, one in self.sides if start <= i < end))

    def speaker(self, token: Token) -> Person | None:
        """Who says "I" or "we": the person named in its sentence, last before it, or first of all."""
        around = [person for i, person in self.people if token.sent.start <= i < token.sent.end]
        if around:
            return around[-1]
        return self.last_person(token.i) or (self.people[0][1] if self.people else None)

    def protagonist(self, token: Token) -> Person | None:
        """Who "he" or "she" is: the subject of its sentence, of the one before, or the person named last.

        A pronoun in a phrase before the subject ("During his visit, the minister ...") points forward to it.
        """
        sentence = token.sent
        opening = token.i - sentence.start < 4 and sentence[0].pos_ in {"ADP", "SCONJ"}
        within = self._subjects(sentence, sentence.end if opening else token.i)
        if within:
            return within[0]
        if sentence.start:
            before = self._subjects(self.doc[sentence.start - 1].sent, sentence.start)
            if before:
                return before[0]
        return self.last_person(token.i)

    def _subjects(self, sentence: Span, end: int) -> list[Person]:
        """The persons named as subjects in a sentence before the token `end`."""
        subjects = (token for token in sentence if token.i < end and token.dep_.startswith("nsubj"))
        return [actor for token in subjects for actor in self.named.get(token.i, ()) if isinstance(actor, Person)]

    def last_person(self, position: int) -> Person | None:
        """The person named last before `position`, within three sentences or so."""
        before = [person for i, person in self.people if i < position and position - i < 80]
        return before[-1] if before else None


def side(actor: Actor) -> Side | None:
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


@cache
def _international() -> frozenset[str]:
    kinds = {"alliance", "international"}
    return frozenset(one.id for one in reference.organizations() if one.kind in kinds)


def is_party(one: Side) -> bool:
    """Whether a side can be party to an act between states: bodies that the article alone knows are none."""
    return isinstance(one, State) or one.key in _international()


@cache
def _place_states() -> dict[str, str | None]:
    return {place.id: place.state for place in reference.places()}


def cast(
    doc: Doc,
    names: Sequence[Mention],
    persons: Sequence[tuple[PersonMention, Person | None]],
    offices: Sequence[tuple[OfficeMention, Person | None]],
    organizations: Sequence[OrganizationMention],
) -> Cast:
    """The cast of an article from its mentions."""
    named: dict[int, tuple[Actor, ...]] = {}
    people: list[tuple[int, Person]] = []
    for mention in names:
        if mention.state:
            _put(named, mention.start, mention.end, (State(mention.state),))
    for body in organizations:
        if body.end < len(doc) and doc[body.end].lower_ in LENT:
            continue
        organization = Organization(body.name, body.state, (body.acronym,) if body.acronym else (), body.key)
        _put(named, body.start, body.end, (organization,))
    for office, holder in offices:
        actors: tuple[Actor, ...] = (holder,) if holder else (State(office.state),) if office.state else ()
        if actors:
            _put(named, office.start, office.end, actors)
    for one, person in persons:
        if person is not None:
            _put(named, one.span_start, one.span_end, (person,))
            people.append((one.start, person))
    people.sort(key=lambda pair: pair[0])
    sides = tuple(_sides(named))
    places = {mention.start: mention for mention in (*names, *_unlisted(doc, names)) if mention.kind in PLACES}
    return Cast(doc, named, sides, tuple(people), _foremost(doc, sides), places)


LENT = words("grammar", "lent")
"""Words that an organisation's name tells more of, without the organisation: "UN mandate", "NATO member"."""

PLACES = frozenset({Kind.PLACE, Kind.CAPITAL, Kind.STATE})


def _unlisted(doc: Doc, names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the places that the recogniser finds and no table knows, with an empty key."""
    known = {i for mention in names for i in range(mention.start, mention.end)}
    for name in doc.ents:
        if name.label_ == "LOC" and known.isdisjoint(range(name.start, name.end)):
            yield Mention(name.start, name.end, Kind.PLACE, "")


def _sides(named: dict[int, tuple[Actor, ...]]) -> Iterator[tuple[int, Side]]:
    """Yield each side at the first token of every mention; bodies known to one article alone are no sides."""
    previous: tuple[Actor, ...] = ()
    for i in sorted(named):
        if named[i] != previous or i - 1 not in named:
            for actor in named[i]:
                one = side(actor)
                if one is not None and is_party(one):
                    yield i, one
        previous = named[i]


LEAD = 80
"""Tokens at the start of an article whose actors count three times."""


def _foremost(doc: Doc, sides: Iterable[tuple[int, Side]]) -> tuple[Side, ...]:
    """The three sides that the article names most, those of its start counting more."""
    counts: Counter[Side] = Counter()
    for i, one in sides:
        counts[one] += 3 if i < LEAD else 1
    return tuple(one for one, _ in counts.most_common(3))


def _put(named: dict[int, tuple[Actor, ...]], start: int, end: int, actors: tuple[Actor, ...]) -> None:
    named.update(dict.fromkeys(range(start, end), actors))


def place_label(mention: Mention, doc: Doc) -> tuple[str, str | None]:
    """The name of the place as written, and the state that it lies in."""
    text = doc[mention.start : mention.end].text
    if mention.state:
        return text, mention.state
    return text, _place_states().get(mention.key)
