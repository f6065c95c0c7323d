"""Named persons with rank, post, state and organisation, and posts without a name, on the tokens of a document.

The rules read tokens, the reference names and the title lexicon; tags and the recogniser's persons are used where the
document has them.
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.mentions.gazetteer import Mention
from kg.persons import offices, posts, words
from kg.persons.chains import Posts
from kg.persons.mentions import OfficeMention, PersonMention
from kg.persons.named import Finder
from kg.persons.short import ShortForms
from kg.persons.titles import titles

__all__ = ["OfficeMention", "PersonMention", "find_offices", "find_persons"]


def find_persons(doc: Doc, names: Sequence[Mention], year: int | None = None) -> tuple[PersonMention, ...]:
    """The persons that `doc` names, later short forms included, in order and without overlaps.

    `names` are the reference names in `doc`. Give a whole article: short forms are those of persons named in full
    anywhere in it. `year` is that of the article: surnames alone are leaders' only near their terms.
    """
    lexicon = titles()
    read = words.read(doc, names)
    found = Finder(read, lexicon, Posts(posts.find(read, lexicon)), year).find()
    short = ShortForms(found).find(read, lexicon, found)
    return tuple(sorted([*found, *short], key=lambda mention: mention.start))


def find_offices(doc: Doc, names: Sequence[Mention], persons: Sequence[PersonMention]) -> tuple[OfficeMention, ...]:
    """The posts that `doc` speaks of without a name, outside the constructions of `persons`, in order."""
    read = words.read(doc, names)
    return offices.find(read, Posts(posts.find(read, titles())), persons)
