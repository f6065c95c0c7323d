"""How strongly an article ties a person to a state: where the state's names stand, and who holds its posts already.

The weights were set by hand on articles with annotated officials; each says what it stands for.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.mentions.gazetteer import Mention
from kg.persons import OfficeMention, PersonMention
from kg.persons.bodies import state_of
from kg.persons.homes import Home
from kg.persons.words import Words
from kg.persons.words import read as read_words

SHARE = 0.8
"""Weight that all names of states in the article have together, wherever they stand."""

REACH = 15.0
"""Tokens over which the weight of a state named near the person halves."""

GAPS = (1.0, 0.4, 0.2)
"""Weight of a state's name in the person's sentence, in the one before, in the one before that."""

LED = 2.0
"""Weight of a state that leads up to its official: "Nepal, led by Prime Minister X"."""

ELSEWHERE, OTHERS, SUBJECT, COUNTERPART, LATER = 0.4, 0.2, 1.5, 0.2, 0.7
"""Factors for a name after a preposition, in somebody else's title, as the subject of the sentence, as the subject of
what is done to or with the person, and behind the person."""

GOVERNMENT, PUBLISHER, DATELINE = 1.5, 1.0, 0.4
"""Weights of the state that the article comes from. A newspaper's or dateline's state counts only when the article
speaks of it, a government's in any case."""

MINOR = 0.3
"""Share of that weight for those who hold no post of the state itself."""

BESIDE = 1.0
"""Weight of the state of a titled person right before: "the Maldivian president A and defence minister B"."""

OFFICE = 0.8
"""Weight of the state of the only post of the same name that the article speaks of: "Iraq's prime minister"."""

HELD = 0.25
"""Share of its weight that a state keeps when somebody else in the article holds its only post of that name."""

ENOUGH, AHEAD = 0.35, 1.2
"""Least weight of a state that is taken, and how many times that of the next one it must have."""

_ELSEWHERE = frozenset({"to", "in", "at", "with", "against", "from", "on", "over", "into", "near", "for", "by"})
_SIDES = frozenset({"pro", "anti"})
_VISITS = frozenset({"visit", "visits", "visited", "visiting", "toured", "touring", "tours"})
_LEADS = frozenset(
    {
        ",",
        "led",
        "by",
        "headed",
        "under",
        "whose",
        "with",
        "its",
        "the",
        "'s",
        "new",
        "where",
        "represented",
    }
)
_LONGEST_LEAD = 5


@dataclass(frozen=True, slots=True)
class Tie:
    """A name on tokens `start` to `end` that speaks of a state; `subject` when it opens its sentence or acts in it."""

    start: int
    end: int
    state: str
    subject: bool


@dataclass(frozen=True, eq=False)
class Article:
    """The evidence: words, names of states, posts without a name, tokens of titles, and where the article is from."""

    words: Words
    states: tuple[Mention, ...]
    offices: tuple[OfficeMention, ...]
    constructions: frozenset[int]
    home: Home | None
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of most weight, `None` when it is not clearly ahead, and its weight."""

    weight: float
    state: str | None


def read(
    doc: Doc,
    names: Sequence[Mention],
    mentions: Sequence[PersonMention],
    offices: Sequence[OfficeMention],
    home: Home | None,
) -> Article:
    """The evidence that an article holds."""
    words = read_words(doc, names)
    spans = [*((m.span_start, m.span_end) for m in mentions), *((o.start, o.end) for o in offices)]
    taken = frozenset(i for start, end in spans for i in range(start, end))
    inside = {i for m in mentions for i in range(m.start, m.end)}
    ties = tuple(
        Tie(name.start, name.end, code, _is_subject(words, doc, name))
        for name in names
        if name.start not in inside and (code := state_of(words, name.start))
    )
    return Article(words, tuple(name for name in names if name.state), tuple(offices), taken, home, ties)


def _is_subject(words: Words, doc: Doc, name: Mention) -> bool:
    """Whether the name opens its sentence, or is a subject where the document has a tree."""
    if not words.together(name.start - 1, name.start):
        return True
    return any(token.dep_.startswith("nsubj") for token in doc[name.start : name.end])


def weigh(
    group: Sequence[PersonMention],
    article: Article,
    possible: frozenset[str],
    taken: frozenset[str],
    office: str | None,
    leads: bool,
) -> Verdict:
    """The state among the `possible` ones that the article ties the person to most.

    In states of `taken` somebody else holds the person's post; `office` is the state of a post of the same name;
    `leads` tells whether the person has a post of the state itself.
    """
    ties = [tie for tie in article.ties if tie.state in possible]
    weights: dict[str, float] = defaultdict(float)
    for tie in ties:
        weights[tie.state] += SHARE / len(ties) + sum(_pull(m, tie, article) for m in group) / len(group)
    home = article.home
    if home and home.state in possible and (home.government or home.state in weights):
        own = GOVERNMENT if home.government else PUBLISHER if home.publisher else DATELINE
        weights[home.state] += own * (1.0 if leads else MINOR)
    if office in weights:
        weights[office] += OFFICE
    for beside in {mention.beside for mention in group} & set(weights):
        weights[str(beside)] += BESIDE
    for code in taken & set(weights):
        weights[code] *= HELD
    ranked = sorted(((weight, code) for code, weight in weights.items()), reverse=True)
    if not ranked or ranked[0][0] < ENOUGH:
        return Verdict(0.0, None)
    clear = len(ranked) == 1 or ranked[0][0] >= AHEAD * ranked[1][0]
    return Verdict(ranked[0][0], ranked[0][1] if clear else None)


def _pull(mention: PersonMention, tie: Tie, article: Article) -> float:
    """How far one name of a state in or before the sentence of the mention ties the person to the state."""
    words = article.words
    gap = words.sentences[mention.start] - words.sentences[tie.start]
    if gap not in range(len(GAPS)):
        return 0.0
    weight = GAPS[gap] * REACH / (REACH + abs(mention.span_start - tie.start))
    between = [words.key(i) for i in range(tie.end, mention.span_start)] if gap == 0 else []
    if between == ["and"]:
        return 0.0
    if 0 < len(between) <= _LONGEST_LEAD and set(between) <= _LEADS and between[0] != "with":
        return LED
    if _is_destination(words, mention, tie):
        return -weight
    return weight * _factor(mention, tie, article, gap)


def _is_destination(words: Words, mention: PersonMention, tie: Tie) -> bool:
    """Whether the name is where somebody goes, or whom somebody is for or against: not the person's own state."""
    i = tie.start - 1 - (words.key(tie.start - 1) == "the")
    if words.key(i) in _VISITS or {words.key(tie.start - 2), words.key(tie.start - 1).split("-")[0]} & _SIDES:
        return True
    return words.key(i) == "to" and tie.start > mention.end and words.together(mention.start, tie.start)


def _factor(mention: PersonMention, tie: Tie, article: Article, gap: int) -> float:
    """What the place of the name in its sentence takes off its weight, or adds to it."""
    words, factor = article.words, 1.0
    if words.key(tie.start - 1) in _ELSEWHERE:
        factor *= ELSEWHERE
    if tie.start in article.constructions:
        factor *= OTHERS
    if tie.subject and tie.start < mention.start:
        factor *= COUNTERPART if _is_counterpart(words, mention) else SUBJECT
    return factor * LATER if gap == 0 and tie.start > mention.end else factor


def _is_counterpart(words: Words, mention: PersonMention) -> bool:
    """Whether the words before make the person the other side of what the subject does: "a rebuke to President X"."""
    i = mention.span_start - 1
    while words.key(i) in {"the", "new", "then"}:
        i -= 1
    if words.key(i) == "with":
        return words.key(i - 1) != ","
    return words.key(i) in {"to", "at", "against", "told", "by"}
