"""Names without what spellings differ in."""

import unicodedata

from kg.rdf.slugs import UNDECOMPOSED


def folded(text: str) -> str:
    """The text without case, accents and doubled blanks.

    >>> folded("  Recep Tayyip  ERDOĞAN "), folded("Błaszczak")
    ('recep tayyip erdogan', 'blaszczak')
    """
    letters = unicodedata.normalize("NFKD", text.translate(UNDECOMPOSED).casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def triples(text: str) -> set[str]:
    """All three letters that follow each other in a text.

    >>> sorted(triples("fomin"))
    ['fom', 'min', 'omi']
    """
    return {text[place : place + 3] for place in range(len(text) - 2)}
