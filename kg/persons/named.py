"""Persons by construction: titles before a name, posts after it; names that the recogniser or the table knows."""

from dataclasses import replace

from kg.model import Post
from kg.persons import appositions, bodies, chains, leaders, names
from kg.persons.appositions import Following
from kg.persons.chains import Chain, Posts
from kg.persons.mentions import PersonMention
from kg.persons.phrases import PostPhrase
from kg.persons.titles import Titles
from kg.persons.words import POSSESSIVES, Words

_ENDS = frozenset({",", ".", "and", "said", "(", "was", "is", "has", "to", "who", "'s"})
"""What may follow the name in "the Y of Z, NAME" when no second comma closes it."""

_COMMANDED = frozenset({"commanded", "captained", "skippered"})
"""Participles that give whoever they are "by" a post."""

_THE = frozenset({"the", "a", "an", "its", "his", "her", "their"})


class Finder:
    """Finds the persons of one document."""

    def __init__(self, words: Words, titles: Titles, posts: Posts, year: int | None = None) -> None:
        self.words, self.titles, self.posts, self.year = words, titles, posts, year

    def find(self) -> list[PersonMention]:
        """All persons with titles or appositions and all that the recogniser found, in order, without overlaps."""
        found: list[PersonMention] = []
        i = 0
        while i < len(self.words):
            here = self._titled(i) or self._untitled(i) or self._particled(i)
            found += here
            i = max(i + 1, max((m.span_end for m in here), default=0))
        return self._with_counterparts(_with_neighbours(self.words, found))

    def _with_counterparts(self, found: list[PersonMention]) -> list[PersonMention]:
        """The mentions, counterparts with the post of whom the sentence told of before."""
        out: list[PersonMention] = []
        for mention in found:
            if mention.counterpart and not mention.posts:
                name = self._post_before(mention, out)
                mention = replace(mention, posts=(Post(name, mention.state),) if name else ())
            out.append(mention)
        return out

    def _post_before(self, mention: PersonMention, told: list[PersonMention]) -> str | None:
        """The post that the sentence named last before the mention, of a person or of nobody named."""
        sentence = self.words.sentences[mention.start]
        held = [(one.start, post.name) for one in told for post in one.posts[:1] if not post.former]
        held += [(one.start, one.name) for one in self.posts.all if not (one.counterpart or one.plural or one.former)]
        near = [pair for pair in held if pair[0] < mention.span_start and self.words.sentences[pair[0]] == sentence]
        return max(near)[1] if near else None

    def _titled(self, i: int) -> list[PersonMention]:
        """The persons whose titles begin at `i`."""
        words = self.words
        covering = self.posts.over(i)
        if covering and covering.start < i and self.posts.at(words, i) is None:
            return []
        chain = chains.read(words, self.titles, self.posts, i)
        if chain is None or not words.together(i, chain.end) or self._is_no_title(i, chain):
            return []
        return self._people(chain)

    def _is_no_title(self, i: int, chain: Chain) -> bool:
        """Whether the title is part of a name ("Jeffrey Dean Hall"), or a ship's or the like ("frigate Admiral X")."""
        words, together = self.words, self.words.together(i - 1, i)
        if not chain.posts and together and words.key(i - 1) in self.titles.before_things - {"ex"}:
            return True
        if chain.honorific and not chain.posts and not chain.rank:
            return chain.honorific.lower() in self.titles.also_names
        loose = len(chain.posts) == 1 and chain.end == i + 1 and chain.posts[0].head_name in self.titles.loose_heads
        return (
            loose
            and words.is_capital(i)
            and words.together(i - 2, i)
            and names.is_word(words, self.titles, i - 1, first=True)
        )

    def _people(self, chain: Chain) -> list[PersonMention]:
        """The persons named after the titles of `chain`: one, or several after a plural."""
        words, at = self.words, chain.end
        found: list[PersonMention] = []
        while (end := names.read(words, self.titles, at, titled=True)) and self._fits(chain, at, end):
            after = appositions.read(words, self.titles, self.posts, chain.start, end)
            found.append(self._mention(chain, at, end, after, len(found)))
            at = after.end
            if words.key(at) == "," and words.key(at + 1) == "and":
                at += 1
            more = words.key(at) in {",", "and", "&"} and words.together(at, at + 1)
            if not chain.plural or not more or chains.read(words, self.titles, self.posts, at + 1):
                break
            at += 1
        return found

    def _fits(self, chain: Chain, start: int, end: int) -> bool:
        """Whether the name on these tokens can be that of the person with these titles."""
        words = self.words
        if chain.comma and not self._fits_behind_comma(chain, start, end):
            return False
        bare = all(phrase.end - phrase.start == 1 and not phrase.states for phrase in chain.posts)
        thing = words.is_capital(end) and words.key(end) in self.titles.after_things
        return not (bare and thing and words.sentences[end] not in words.titled)

    def _fits_behind_comma(self, chain: Chain, start: int, end: int) -> bool:
        """Whether "the Y of Z, NAME" is one person: the name is full and closed, the post says enough."""
        words = self.words
        closed = words.key(end) in _ENDS or not words.together(end - 1, end)
        if len(names.parts(words, start, end)) < 2 or not closed:
            return False
        last = chain.posts[-1] if chain.posts else None
        if last is None or last.head_name not in self.titles.loose_heads:
            return True
        return bool(last.states or last.organization or last.owner) or words.key(last.start - 1) in _THE

    def _mention(self, chain: Chain, start: int, end: int, after: Following, number: int) -> PersonMention:
        """The person named on tokens `start` to `end` with titles before and after; `number` counts after a plural."""
        phrases = (*chain.posts, *after.posts)
        posts = tuple(phrase.post(number) for phrase in phrases if not phrase.counterpart)
        state = self._state(chain, after, phrases, posts, number)
        organizations = (*(post.organization for post in posts), after.organization)
        owners = (phrase.owner for phrase in phrases if phrase.owner)
        return PersonMention(
            start=start,
            end=end,
            span_start=chain.start,
            span_end=after.end,
            name=names.text(self.words, start, end),
            rank=chain.rank,
            posts=tuple(dict.fromkeys(replace(post, state=post.state or state) for post in posts)),
            state=state,
            organization=next((name for name in organizations if name), None),
            honorific=chain.honorific is not None,
            owner=None if state else next(owners, None),
            official=bool(phrases or chain.rank),
            international=not state and any(phrase.international for phrase in phrases),
            counterpart=any(phrase.counterpart for phrase in phrases),
        )

    def _state(
        self, chain: Chain, after: Following, phrases: tuple[PostPhrase, ...], posts: tuple[Post, ...], number: int
    ) -> str | None:
        """The state that is said: of the present post, behind the name, of a former post, before a rank."""
        if after.state and chain.posts and not any(phrase.states for phrase in chain.posts):
            return after.state
        now = [post.state for post in posts if post.state and not post.former]
        counterparts = [phrase.post(number).state for phrase in phrases if phrase.counterpart]
        past = [post.state for post in posts]
        return next((code for code in (*now, after.state, *counterparts, *past, self._before(chain)) if code), None)

    def _before(self, chain: Chain) -> str | None:
        """The state right before a rank: "Saudi Arabia's Brigadier General X", "Indian Army Gen X"."""
        words, i = self.words, chain.start - 1
        if not chain.rank or chain.posts or not words.together(i, chain.start):
            return None
        i -= words.texts[i] in POSSESSIVES
        return bodies.state_of(words, i) if words.together(i, chain.start) else None

    def _untitled(self, i: int) -> list[PersonMention]:
        """The person without a title whose name begins at `i`, shown by an apposition or by the recogniser."""
        words = self.words
        if not (words.is_capital(i) or any(start == i for start, _ in words.persons)) or self.posts.over(i):
            return []
        if words.together(i - 1, i) and words.key(i - 1) in self.titles.before_things:
            return []
        end = names.read(words, self.titles, i, titled=False)
        if end is None or (end == i + 1 and words.mentions[i]) or self._is_thing(end):
            return []
        after = appositions.read(words, self.titles, self.posts, i, end)
        several = len(names.parts(words, i, end)) > 1
        found = self._mention(Chain(i, i), i, end, after, 0)
        if several and words.key(i - 1) == "by" and words.key(i - 2) in _COMMANDED:
            return [replace(found, posts=(*found.posts, Post("commander", found.state)), official=True)]
        shown = (several or words.key(i - 1) in self.titles.speech) and self._says_enough(after)
        return [found] if shown or self._recognised(i, several) or self._leads(i, end) else []

    def _particled(self, i: int) -> list[PersonMention]:
        """The leader whose surname begins with a particle at `i`: "al-Sisi", "de Klerk"."""
        words = self.words
        if words.key(i) not in self.titles.particles or words.is_capital(i):
            return []
        end = names.read(words, self.titles, i, titled=True)
        if end is None or not self._leads(i, end):
            return []
        return [self._mention(Chain(i, i), i, end, appositions.read(words, self.titles, self.posts, i, end), 0)]

    def _leads(self, i: int, end: int) -> bool:
        """Whether the name from `i` to `end` is a leader's by itself."""
        name = names.text(self.words, i, end)
        return leaders.shows(self.words, i, end, name, self.year, self.titles.after_things)

    def _is_thing(self, end: int) -> bool:
        """Whether the name goes on at `end` into that of something else: "Clark Air Base"."""
        words = self.words
        if not words.is_capital(end) or not words.together(end - 1, end):
            return False
        noun = self.titles.organization_nouns.at(words, end, capital=True)
        return noun is not None or words.key(end) in self.titles.after_things

    def _recognised(self, i: int, several: bool) -> bool:
        """Whether the recogniser has a person at `i`; one word alone must come twice, or speak, to be believed."""
        words = self.words
        if not any(start <= i < stop for start, stop in words.persons):
            return False
        speaks = {words.key(i - 1), words.key(i + 1)} & self.titles.speech
        return several or bool(speaks) or sum(words.texts[start] == words.texts[i] for start, _ in words.persons) > 1

    def _says_enough(self, after: Following) -> bool:
        """Whether the posts behind a name are enough to make it a person's."""
        return any(
            phrase.states
            or phrase.organization
            or phrase.end - phrase.start > 1
            or self.words.key(phrase.start - 1) in _THE
            for phrase in after.posts
        )


def _with_neighbours(words: Words, found: list[PersonMention]) -> list[PersonMention]:
    """The mentions, each with the state of the titled person right before it: "US Secretary A and Secretary B"."""
    out: list[PersonMention] = []
    for mention in found:
        before = out[-1] if out else None
        beside = before is not None and before.posts and words.key(before.span_end) == "and"
        if before and beside and mention.posts and not mention.state and mention.span_start == before.span_end + 1:
            mention = replace(mention, beside=before.state or before.beside)
        out.append(mention)
    return out
