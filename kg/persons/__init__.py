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

__all__ = ["OfficeMention", "PersonMention", "find_people"]


def find_people(
    doc: Doc, names: Sequence[Mention], year: int | None = None
) -> tuple[tuple[PersonMention, ...], tuple[OfficeMention, ...]]:
    """The persons that `doc` names, later short forms included, and the posts that it speaks of without a name.

    Both are in order and without overlaps; a post is outside the constructions of persons. `names` are the reference
    names in `doc`. Give a whole article: short forms are those of persons named in full anywhere in it. `year` is that
    of the article: surnames alone are leaders' only near their terms.
    """
    lexicon = titles()
    read = words.read(doc, names)
    held = Posts(posts.find(read, lexicon))
    found = Finder(read, lexicon, held, year).find()
    short = ShortForms(found).find(read, lexicon, found)
    persons = tuple(sorted([*found, *short], key=lambda mention: mention.start))
    return persons, offices.find(read, held, persons)
