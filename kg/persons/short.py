"""Later short forms of persons that the document names in full: "Sorokin", "al-Rubaie"."""

from collections.abc import Iterable, Sequence

from kg.persons import names
from kg.persons.mentions import PersonMention
from kg.persons.titles import Titles
from kg.persons.words import Words

FAMILY_FIRST = frozenset({"CN", "TW", "HK", "KP", "KR", "VN", "KH", "HU", "SG", "MM", "MO"})
"""States where the family name usually comes first, so that "Li" is short for the whole."""


def _forms(mention: PersonMention) -> Iterable[tuple[str, ...]]:
    """Yield the word sequences that can stand for the person later."""
    parts = tuple(mention.name.split())
    yield parts
    suffix = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
    core = tuple(part for part in parts if part not in suffix)
    for i in range(1, len(core)):
        if not names.is_initial(core[i]) or i < len(core) - 1:
            yield core[i:]
    last = core[-1]
    for particle in ("al-", "Al-", "el-", "El-"):
        if last.startswith(particle):
            yield (last.removeprefix(particle),)
    family_first = mention.state in FAMILY_FIRST or ("-" in last and mention.state is None)
    if len(core) > 1 and len(core[0]) > 1 and family_first:
        yield (core[0],)


class ShortForms:
    """The short forms of the named persons of one document."""

    def __init__(self, mentions: Sequence[PersonMention]) -> None:
        self._forms = {form for mention in mentions for form in _forms(mention) if form[-1][0].isalpha()}
        self._shouted = {tuple(part.upper() for part in form) for form in self._forms}
        self._longest = max((len(form) for form in self._forms), default=0)

    def find(self, words: Words, titles: Titles, taken: Sequence[PersonMention]) -> list[PersonMention]:
        """The mentions by short form outside the constructions that are already taken."""
        busy = {i for mention in taken for i in range(mention.span_start, mention.span_end)}
        found, i = [], 0
        while i < len(words):
            end = self._match(words, i) if i not in busy else None
            if end is None or end - 1 in busy or self._part_of_more(words, titles, i, end):
                i += 1
                continue
            found.append(PersonMention(i, end, i, end, names.text(words, i, end), short=True))
            i = end
        return found

    def _match(self, words: Words, i: int) -> int | None:
        """The end of the longest known form that begins at `i`."""
        if not words.texts[i][:1].isalpha() or (i and words.joined[i - 1] and words.texts[i - 1] in {"-", "@"}):
            return None
        found = None
        for end in range(i + 1, min(i + 2 * self._longest + 2, len(words)) + 1):
            if not words.together(i, end - 1):
                break
            parts = names.parts(words, i, end)
            if len(parts) > self._longest:
                break
            joined = end < len(words) and words.joined[end - 1] and words.texts[end] == "-" and words.joined[end]
            if not joined or words.key(end + 1) in {"led", "backed", "era"}:
                cleaned = (*parts[:-1], parts[-1].rstrip(".,;:!?’'\"”)"))
                lettered = any(letter.isalpha() for letter in words.texts[end - 1])
                if lettered and (cleaned in self._forms or cleaned in self._shouted):
                    found = end
        return found

    def _part_of_more(self, words: Words, titles: Titles, start: int, end: int) -> bool:
        """Whether the words belong to a longer name: "Webb Center", "USS Webb", "Mary Webb"."""
        mention = words.mentions[start]
        if mention is not None and mention.end - mention.start > end - start:
            return True
        if words.together(start - 1, start):
            before = words.texts[start - 1]
            if words.key(start - 1) in titles.before_things and before[0].isupper():
                return True
            named = names.is_word(words, titles, start - 1, first=True) and words.together(start - 2, start - 1)
            if named and words.sentences[start] not in words.titled | words.shouted:
                return True
        follows = words.together(start, end) and words.is_capital(end) and words.key(end) in titles.after_things
        return bool(follows) and words.sentences[start] not in words.titled
