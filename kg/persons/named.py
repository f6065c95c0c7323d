"""Persons by construction: titles before a name, posts after it, and names that the recogniser found."""

from dataclasses import dataclass, replace

from kg import model
from kg.persons import bodies, chains, names
from kg.persons.chains import Chain, Posts
from kg.persons.mentions import PersonMention
from kg.persons.posts import PostPhrase
from kg.persons.titles import Titles
from kg.persons.words import POSSESSIVES, Words

CLOSING = frozenset({"and", "or", "but", "who", "as", "in", "at", "on", "during", "for", "with", "to", "from", "here", "while"})
"""Words that may follow an apposition; a verb makes the post behind the comma a subject of its own."""

IS_POST = frozenset({"is", "was", "serves", "served", "became", "remains"})


@dataclass(frozen=True, slots=True)
class _After:
    """What follows a name: posts and state, up to token `end`."""

    end: int
    posts: tuple[PostPhrase, ...] = ()
    state: str | None = None
    organization: str | None = None
    owner: str | None = None


class Finder:
    """Finds the persons of one document."""

    def __init__(self, words: Words, titles: Titles, posts: Posts) -> None:
        self.words, self.titles, self.posts = words, titles, posts

    def find(self) -> list[PersonMention]:
        """All persons with titles or appositions and all that the recogniser found, in order, without overlaps."""
        found: list[PersonMention] = []
        i = 0
        while i < len(self.words):
            here = self._titled(i) or self._untitled(i)
            found += here
            i = max(i + 1, max((m.span_end for m in here), default=0)) if here else i + 1
        return _with_neighbours(self.words, found)

    def _titled(self, i: int) -> list[PersonMention]:
        """The persons whose titles begin at `i`."""
        words = self.words
        covering = self.posts.over(i)
        if covering and covering.start < i and self.posts.at(words, i) is None:
            return []
        chain = chains.read(words, self.titles, self.posts, i)
        if chain is None or not words.together(i, chain.end):
            return []
        if chain.honorific and not chain.posts and not chain.rank and chain.honorific.lower() in self.titles.also_names:
            return []
        if self._is_thing(i, chain) or self._is_name_part(i, chain):
            return []
        return self._people(chain)

    def _is_thing(self, i: int, chain: Chain) -> bool:
        """Whether the words before say that a ship or the like is named after somebody."""
        before = self.words.key(i - 1)
        return not chain.posts and self.words.together(i - 1, i) and before in self.titles.before_things and before != "ex"

    def _is_name_part(self, i: int, chain: Chain) -> bool:
        """Whether the only title is a word like "Dean" inside a name: "Jeffrey Dean Hall"."""
        words = self.words
        loose = len(chain.posts) == 1 and chain.end == i + 1 and chain.posts[0].head_name in self.titles.loose_heads
        before = words.together(i - 1, i) and names.is_word(words, self.titles, i - 1, first=True)
        return loose and words.is_capital(i) and before and words.together(i - 2, i - 1)

    def _people(self, chain: Chain) -> list[PersonMention]:
        """The persons named after the titles of `chain`."""
        words, at = self.words, chain.end
        found: list[PersonMention] = []
        while True:
            end = names.read(words, self.titles, at, titled=True)
            if end is None or not self._good(chain, at, end):
                return found
            after = self._after(end, chain.start)
            found.append(self._mention(chain, at, end, after, len(found)))
            if not chain.plural:
                return found
            following = after.end
            if words.key(following) == "," and words.key(following + 1) == "and":
                following += 1
            if words.key(following) not in {",", "and", "&"} or not words.together(following, following + 1):
                return found
            if chains.read(words, self.titles, self.posts, following + 1):
                return found
            at = following + 1

    def _good(self, chain: Chain, start: int, end: int) -> bool:
        """Whether the name on these tokens can be that of the person with these titles."""
        words = self.words
        length = len(names.parts(words, start, end))
        if chain.comma:
            closed = words.key(end) in {",", ".", "and", "said", "(", "was", "is", "has", "to", "who", "'s", "’s", ""}
            if length < 2 or not (closed or not words.together(end - 1, end)):
                return False
            last = chain.posts[-1] if chain.posts else None
            if last and last.head_name in self.titles.loose_heads and not (last.states or last.organization or last.owner):
                return words.key(last.start - 1) in {"the", "its", "his", "their", "her"}
        bare = all(phrase.end - phrase.start == 1 and not phrase.states for phrase in chain.posts)
        if bare:
            following = words.key(end)
            if words.is_capital(end) and following in self.titles.after_things and words.sentences[end] not in words.titled:
                return False
        return True

    def _mention(self, chain: Chain, start: int, end: int, after: _After, number: int) -> PersonMention:
        """The person named on tokens `start` to `end` with its titles before and after."""
        phrases = [*chain.posts, *after.posts]
        posts: list[model.Post] = []
        for phrase in phrases:
            if phrase.head_name == "counterpart":
                continue
            several = phrase.states[number] if len(phrase.states) > number and len(phrase.states) > 1 else None
            posts.append(phrase.post(several if len(phrase.states) > 1 else None))
        counterpart = next((p for p in phrases if p.head_name == "counterpart"), None)
        state = next((post.state for post in posts if post.state and not post.former), after.state)
        if counterpart and counterpart.states:
            state = state or counterpart.states[0]
        state = state or next((post.state for post in posts if post.state), None) or self._before(chain)
        if chain.posts and after.state and not any(phrase.states for phrase in chain.posts):
            state = after.state
        posts = [post if post.state else replace(post, state=state) for post in posts]
        organization = next((post.organization for post in posts if post.organization), after.organization)
        owner = next((phrase.owner for phrase in phrases if phrase.owner), None) if not state else None
        return PersonMention(
            start, end, chain.start, after.end, names.text(self.words, start, end), chain.rank,
            _distinct(posts), state, organization, bool(chain.honorific), owner, official=bool(phrases or chain.rank),
            international=not state and any(phrase.international for phrase in phrases),
        )

    def _before(self, chain: Chain) -> str | None:
        """The state right before a rank: "Saudi Arabia's Brigadier General X", "Indian Army Gen X"."""
        words, i = self.words, chain.start - 1
        if not chain.rank or chain.posts or not words.together(i, chain.start):
            return None
        if words.texts[i] in POSSESSIVES:
            i -= 1
        return bodies.state_of(words, i) if words.together(i, chain.start) else None

    def _untitled(self, i: int) -> list[PersonMention]:
        """The person without a title whose name begins at `i`, shown by an apposition or by the recogniser."""
        words = self.words
        covered = next((end for start, end in words.persons if start == i), None)
        if not words.is_capital(i) and covered is None:
            return []
        if self.posts.over(i) or (words.together(i - 1, i) and words.key(i - 1) in self.titles.before_things):
            return []
        end = names.read(words, self.titles, i, titled=False)
        if end is None or (words.mentions[i] is not None and end - i == 1):
            return []
        if end < len(words) and words.is_capital(end) and words.together(i, end) and (
            words.key(end) in self.titles.after_things or self.titles.organization_nouns.at(words, end, capital=True)
        ):
            return []
        after = self._after(end, i)
        several = len(names.parts(words, i, end)) > 1
        known = self._recognised(i, several)
        shown = (several or words.key(i - 1) in self.titles.speech) and bool(after.posts) and self._strong(after)
        if not (known or shown):
            return []
        return [self._mention(Chain(i, i), i, end, after, 0)]

    def _recognised(self, i: int, several: bool) -> bool:
        """Whether the recogniser has a person at `i`; one word alone must come twice, or speak, to be believed."""
        words = self.words
        if not any(start <= i < stop for start, stop in words.persons):
            return False
        speaks = {words.key(i - 1), words.key(i + 1)} & self.titles.speech
        return several or bool(speaks) or sum(words.texts[start] == words.texts[i] for start, _ in words.persons) > 1

    def _strong(self, after: _After) -> bool:
        """Whether the posts behind a name are enough to make it a person's."""
        return any(
            phrase.states or phrase.organization or phrase.end - phrase.start > 1
            or self.words.key(phrase.start - 1) in {"the", "a", "an", "its", "his", "their"}
            for phrase in after.posts
        )

    def _after(self, end: int, start: int) -> _After:
        """What follows the name that ends before `end`."""
        words = self.words
        end = chains._retired(words, self.titles, end)
        if words.key(end) == "of" :
            body = bodies.read(words, self.titles, end + 1)
            if body and (body.state or body.organization):
                organization = words.between(*body.organization) if body.organization else None
                further = self._after(body.end, start) if words.key(body.end) == "," else _After(body.end)
                return _After(further.end, further.posts, body.state or further.state, organization)
        if words.key(end) == "(" and (phrase := self.posts.at(words, end + 1)) and words.key(phrase.end) == ")":
            return _After(phrase.end + 1, (phrase,), owner=phrase.owner)
        if words.key(end) != ",":
            return _After(end)
        at, former = end + 1, False
        if words.key(at) == "who" and words.key(at + 1) in IS_POST:
            former = words.key(at + 1) in {"was", "served"}
            at += 3 if words.key(at + 2) in {"as", "then"} else 2
        after = self._apposed(end, at, former)
        return after if self._closed(after.end) or not words.together(start - 1, start) else _After(end)

    def _closed(self, end: int) -> bool:
        """Whether the apposition that ends before `end` is closed, so that it is no subject: "..., the minister said"."""
        words = self.words
        return not words.together(end - 1, end) or words.key(end) in CLOSING or words.texts[end] in {",", ".", ";", ":", ")", "—", "–", "-"}

    def _apposed(self, end: int, at: int, former: bool) -> _After:
        """The posts in apposition from `at` on, behind the comma at `end`."""
        words, found, stop = self.words, [], end
        rank, here = chains._rank(words, self.titles, at), self.posts.at(words, at)
        if rank and words.together(at, rank[0]) and (here is None or here.end < rank[0]):
            return _After(end)
        while phrase := self.posts.at(words, at):
            if phrase.plural or (names.read(words, self.titles, phrase.end, titled=True) and not _is_last(words, phrase.end)):
                break
            ahead = chains.read(words, self.titles, self.posts, at)
            if ahead and ahead.end > phrase.end and not ahead.comma and names.read(words, self.titles, ahead.end, True):
                break
            found.append(replace(phrase, former=phrase.former or former))
            stop = phrase.end
            if words.key(stop) in {"and", "&"} or (words.key(stop) == "," and words.key(stop + 1) == "and"):
                at = stop + (1 if words.key(stop) != "," else 2)
            else:
                break
        return _After(stop, tuple(found)) if found else _After(end)


def _is_last(words: Words, i: int) -> bool:
    """Whether token `i` begins another sentence than the one before it."""
    return not words.together(i - 1, i)


def _distinct(posts: list[model.Post]) -> tuple[model.Post, ...]:
    """The posts without repetition."""
    return tuple(dict.fromkeys(posts))


def _with_neighbours(words: Words, found: list[PersonMention]) -> list[PersonMention]:
    """The mentions, each with the state of the titled person right before it: "US Secretary A and Secretary B"."""
    out: list[PersonMention] = []
    for mention in found:
        before = out[-1] if out else None
        if (
            before and mention.posts and not mention.state and before.posts
            and mention.span_start - before.span_end == 1 and words.key(before.span_end) == "and"
        ):
            mention = replace(mention, beside=before.state or before.beside)
        out.append(mention)
    return out
