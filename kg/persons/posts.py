"""Post phrases: "Russian Deputy Defence Minister", "vice chairman of the Central Military Commission"."""

import re
from dataclasses import dataclass, field, replace

from kg import model
from kg.persons import bodies
from kg.persons.titles import PLURALS, Match, Titles
from kg.persons.words import HYPHENS, POSSESSIVES, Words

COUNTRY_WORDS = frozenset({"country", "nation", "kingdom", "republic", "island", "state", "sultanate", "emirate"})
OWNERS = frozenset({"his", "her", "its", "their", "our"})


@dataclass(frozen=True, slots=True)
class PostPhrase:
    """A post on tokens `start` to `end`, the country before it included and articles left out.

    `head` is where its noun begins, `head_name` its usual form. `states` holds what the phrase says of the state acted
    for, more than one in "Russian and Turkish presidents"; `owner` is a possessive without a name ("his", "country's").
    """

    start: int
    head: int
    end: int
    head_name: str
    name: str = ""
    states: tuple[str, ...] = ()
    organization: str | None = None
    organization_state: str | None = None
    former: bool = False
    international: bool = False
    plural: bool = False
    owner: str | None = None
    skipped: frozenset[int] = field(default=frozenset())

    def post(self, state: str | None = None) -> model.Post:
        """The post as the model has it; `state` stands in where the phrase says several or none."""
        own = state or (self.states[0] if self.states else self.organization_state)
        name = singular(self.name, self.head_name) if self.plural else self.name
        return model.Post(name, own, self.organization, self.former)


def singular(name: str, head: str) -> str:
    """The post as one person holds it: "Foreign Ministers" is "Foreign Minister"."""
    words = name.split()
    for i, word in enumerate(words):
        for one, many in (*PLURALS, ("", "s")):
            if word.lower().endswith(many) and word.lower().removesuffix(many) + one in head.split():
                words[i] = word[: len(word) - len(many)] + one
                return " ".join(words)
    return name


@dataclass(slots=True)
class _Left:
    """What is read to the left of a head so far."""

    start: int
    states: tuple[str, ...] = ()
    organization: tuple[int, int] | None = None
    organization_state: str | None = None
    former: bool = False
    international: bool = False
    owner: str | None = None
    skipped: set[int] = field(default_factory=set)
    own_words: int = 0
    closed: bool = False


def _ending_at(words: Words, phrases: object, i: int) -> int | None:
    """The start of the phrase of up to three words that ends with token `i`."""
    from kg.persons.titles import Phrases

    assert isinstance(phrases, Phrases)
    for start in range(max(0, i - 4), i + 1):
        match = phrases.at(words, start)
        if words.together(start, i) and match and match.end == i + 1:
            return start
    return None


def _step(words: Words, titles: Titles, left: _Left) -> bool:
    """Take the next word to the left into `left`; return False when it does not belong to the post."""
    t = left.start - 1
    if not words.together(t, left.start):
        return False
    if words.texts[t] in HYPHENS and words.joined[t] and words.together(t - 1, t):
        t -= 1
    if words.texts[t] in POSSESSIVES:
        return _owner(words, left, t)
    state, organization = words.state(t), words.organization(t)
    if state and not left.states and not left.closed:
        left.states, left.start = (*left.states, state.key), state.start
        left.skipped |= set(range(state.start, state.end)) if state.kind != "metonym" else set()
        _more_states(words, left)
        return True
    part = _part(words, titles, t) if not left.states and not left.closed else None
    if part:
        left.states, left.start = (part,), t
        left.skipped.add(t)
        return True
    if left.closed or left.states:
        return _qualifier(words, titles, left, t)
    if organization and not left.organization:
        left.organization, left.start = (organization.start, organization.end), organization.start
        left.skipped |= set(range(organization.start, organization.start + bodies.country_length(words, organization)))
        left.organization_state = bodies.state_of(words, t)
        left.international = left.organization_state is None
        return True
    return _qualifier(words, titles, left, t) or _portfolio(words, titles, left, t)


def _part(words: Words, titles: Titles, t: int) -> str | None:
    """The state whose part the adjective at `t` names: "Kurdish Prime Minister"."""
    return next((code for name, code in titles.parts if words.key(t) == name and words.is_capital(t)), None)


def _owner(words: Words, left: _Left, t: int) -> bool:
    """Take a possessive that ends at `t`: a state's, an organisation's, or "the country's"."""
    state, organization = words.state(t - 1), words.organization(t - 1)
    if left.states or left.closed:
        return False
    if state:
        left.states, left.start, left.closed = (state.key,), state.start, True
        left.skipped |= set(range(state.start, t + 1))
        _more_states(words, left)
    elif organization:
        left.organization, left.start, left.closed = (organization.start, organization.end), organization.start, True
        left.organization_state = bodies.state_of(words, t - 1)
        left.international = left.organization_state is None
        left.skipped.add(t)
    elif words.key(t - 1) in COUNTRY_WORDS:
        left.owner, left.start, left.closed = "country", t - 1, True
        left.skipped |= {t - 1, t}
    else:
        return False
    return True


def _more_states(words: Words, left: _Left) -> None:
    """Take further states before "and": "Russian and Turkish presidents"."""
    while words.key(left.start - 1) in {"and", ","} and words.together(left.start - 2, left.start):
        before = words.state(left.start - 2)
        if not before or before.kind != words.mentions[left.start].kind:  # type: ignore[union-attr]
            return
        left.skipped |= set(range(before.start, left.start))
        left.states, left.start = (before.key, *left.states), before.start


def _qualifier(words: Words, titles: Titles, left: _Left, t: int) -> bool:
    """Take "then", "new", "deputy" and the like that end at `t`."""
    for phrases, former in ((titles.former, True), (titles.dropped, False)):
        start = _ending_at(words, phrases, t)
        if start is not None:
            left.skipped |= set(range(start, left.start if not left.states else t + 1))
            left.former, left.start = left.former or former, start
            return True
    start = _ending_at(words, titles.kept, t)
    if start is None or (titles.ranks.at(words, start, capital=True) and words.key(start) == "general"):
        return False
    left.start = start
    return True


def _portfolio(words: Words, titles: Titles, left: _Left, t: int) -> bool:
    """Take the department, or the words of an organisation's name, that end at `t`."""
    department = _ending_at(words, titles.departments, t)
    noun = _ending_at(words, titles.organization_nouns, t)
    if noun is not None and (department is None or noun <= department):
        left.own_words = 4 if words.is_capital(noun) else 1
        left.organization = (noun, left.organization[1] if left.organization else t + 1)
        left.start = noun
        return True
    if department is not None:
        left.start = department
        return True
    if words.key(t) in {"and", "&", ","} and words.together(t - 1, t):
        before = _ending_at(words, titles.departments, t - 1)
        joins = before is not None and _ending_at(words, titles.departments, left.start) is not None
        if joins and before is not None and words.key(before - 1) not in {"of", "for"}:
            left.start = before
            return True
        return False
    acronym = words.is_acronym(t) and words.mentions[t] is None and not is_ship(words, titles, t)
    if words.key(t) in titles.never or not words.is_capital(t) or bodies.is_title(words, titles, t):
        return False
    if acronym or left.own_words > 0:
        left.own_words -= 1
        left.organization = (t, left.organization[1] if left.organization else t + 1)
        left.start = t
        return True
    return False


def is_ship(words: Words, titles: Titles, t: int) -> bool:
    """Whether the acronym at `t` is a ship's prefix."""
    return words.texts[t].isupper() and words.key(t) in titles.before_things and words.is_capital(t + 1)


def _right(words: Words, titles: Titles, phrase: PostPhrase) -> PostPhrase:
    """`phrase` with the complements that follow its head: "of Defence", "to Sri Lanka", "commanding 2 Division"."""
    end = phrase.end
    if phrase.head_name in titles.direct and (body := bodies.read(words, titles, end)):
        phrase, end = _with_body(words, titles, phrase, body), body.end
    elif not phrase.plural and words.is_capital(end) and (body := _direct(words, titles, end)):
        phrase, end = _with_body(words, titles, phrase, body), body.end
    if words.key(end) == "," and not phrase.plural:
        body = bodies.read(words, titles, end + 1)
        arm = titles.arms.at(words, end + 1)
        more = phrase.end > phrase.head + 1 and phrase.head_name not in titles.direct
        closes = body and (words.key(body.end) == "," or bodies.is_title(words, titles, body.end)
                           or words.organization(end + 1))
        if body and closes and body.organization and words.key(end + 1) not in bodies.ARTICLES and arm is None:
            phrase, end = _with_body(words, titles, phrase, body), body.end
            aside = frozenset(range(phrase.end, end)) if more else frozenset()
            phrase = replace(phrase, skipped=phrase.skipped | aside)
    while words.together(end, end + 1) and words.key(end) in {"of", "for", "to", "in", "at", "with", "on", "from"}:
        duty = words.key(end) in {"to", "in", "at", "with", "on"}
        if duty and words.key(end) != "in" and phrase.head_name not in titles.posted:
            break
        body = bodies.read(words, titles, end + 1) or _closed_name(words, titles, end + 1)
        if body is None or (words.key(end) in {"from", "in"} and body.state is None):
            break
        if words.key(end) == "in" and phrase.head_name not in titles.posted and not phrase.organization:
            break
        phrase = phrase if duty else _with_body(words, titles, phrase, body)
        end = body.end
    return replace(phrase, end=end)


def _direct(words: Words, titles: Titles, i: int) -> bodies.Body | None:
    """A body without "of" right behind the head when another title follows: "Chairman Joint Chiefs of Staff Committee"."""
    body = bodies.read(words, titles, i)
    if body is None or bodies.is_title(words, titles, i):
        return None
    closed = words.key(body.end) == "," and body.organization is not None
    return body if closed or bodies.is_title(words, titles, body.end) else None


def _closed_name(words: Words, titles: Titles, i: int) -> bodies.Body | None:
    """An unknown name in capitals from `i` that a comma or the sentence ends, so that no person's name can be in it."""
    i += words.key(i) == "the"
    j = i
    while words.together(i, j) and j < i + 4 and words.is_capital(j) and words.key(j) not in titles.never:
        j += 1
    closed = words.key(j) in {",", ".", ";", '"', "”", ")"} or not words.together(i, j)
    return bodies.Body(j, None, (i, j)) if j > i and closed and not bodies.is_title(words, titles, i) else None


def _with_body(words: Words, titles: Titles, phrase: PostPhrase, body: bodies.Body) -> PostPhrase:
    """`phrase` with the state and organisation that its complement says."""
    organization = _organization(words, titles, body.organization)
    return replace(
        phrase,
        states=phrase.states or ((body.state,) if body.state else ()),
        organization=phrase.organization or organization,
        international=(phrase.international or body.international) and not (phrase.states or body.state),
    )


def _organization(words: Words, titles: Titles, span: tuple[int, int] | None) -> str | None:
    """The organisation's name on these tokens; one plain noun ("ministry", "Army") names none."""
    if span is None:
        return None
    plain = titles.organization_nouns.at(words, span[0]) or titles.departments.at(words, span[0])
    named = span[1] - span[0] > 1 or words.organization(span[0]) or (words.is_capital(span[0]) and plain is None)
    return words.between(*span) if named else None


def _name(words: Words, titles: Titles, phrase: PostPhrase) -> str:
    """The post as written, without state, acronym in brackets, and words that only qualify it."""
    kept: list[str] = []
    duty = False
    for i in range(phrase.start, phrase.end):
        duty = (duty or words.key(i) in {"to", "in", "at"}) and words.key(i) not in {"of", "for"}
        state = words.state(i)
        country = state is not None and state.kind != "metonym" and not duty and i != phrase.head
        inside = words.organization(i)
        owned = inside and i - inside.start < bodies.country_length(words, inside, possessive=True)
        if i in phrase.skipped or country or owned or (words.texts[i] in POSSESSIVES and not words.texts[i - 1].endswith("s")):
            continue
        text = words.texts[i]
        if text == "(" or words.key(i - 1) == "(" or (text == ")" and words.key(i - 2) == "("):
            continue
        kept.append(text if words.joined[i] and i + 1 < phrase.end else f"{text} ")
    name = " ".join("".join(kept).replace(" ,", ",").split())
    name = name.removeprefix("-").strip()
    for tail in (" of the", " of", " for the", " for", " and", ",", " of the Republic of", " to"):
        name = name.removesuffix(tail)
    if words.sentences[phrase.head] in words.shouted:
        name = name.title()
    name = re.sub("^ex[- ]", "", name, flags=re.IGNORECASE)
    return name.replace(" of the of ", " of ").strip()


def _at(words: Words, titles: Titles, head: int, match: Match) -> PostPhrase:
    """The phrase around the head at `head`."""
    end, name = match.end, match.phrase.name
    if name == "secretary general" and words.key(head - 1) in {"defence", "defense", "home", "interior", "foreign"}:
        end, name = head + 1, "secretary"
    left = _Left(head)
    left.former = match.phrase.former
    while _step(words, titles, left):
        pass
    if left.owner is None and words.key(left.start - 1) in OWNERS and words.together(left.start - 1, head):
        left.owner = words.key(left.start - 1)
    phrase = PostPhrase(
        start=left.start, head=head, end=end, head_name=name, states=left.states,
        organization=_organization(words, titles, left.organization),
        organization_state=left.organization_state, former=left.former, international=left.international,
        plural=match.phrase.plural, owner=left.owner, skipped=frozenset(left.skipped),
    )
    phrase = _right(words, titles, phrase)
    return replace(phrase, name=_name(words, titles, phrase))


def find(words: Words, titles: Titles) -> tuple[PostPhrase, ...]:
    """All post phrases, in order; where two overlap the earlier one ends before the later one's head."""
    found: list[PostPhrase] = []
    i = 0
    while i < len(words):
        match = titles.heads.at(words, i)
        honoured = titles.honorifics.at(words, i)
        if honoured and match and honoured.end > match.end:
            match = None
        if words.key(i - 1) == "(" and words.texts[i].isupper() and words.key(i + 1) == ")":
            match = None
        if match is None or words.organization(i) or (words.state(i) and not words.is_capital(i)):
            i += 1
            continue
        phrase = _at(words, titles, i, match)
        following = phrase.end
        while found and phrase.start <= found[-1].head and found[-1].end <= phrase.head:
            found.pop()
        if found and phrase.start < found[-1].end:
            phrase = replace(phrase, start=max(phrase.start, min(found[-1].end, phrase.head)))
        found.append(phrase)
        i = max(i + 1, following)
    return tuple(found)
