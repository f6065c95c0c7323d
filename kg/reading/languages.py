"""Whether a text is English, the only language that the project reads."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SIGNS = frozenset(["the", "and", "that", "with", "from", "which", "will", "their", "would", "been"])
"""Common words of English that are no words of its neighbours; news has one in eleven at the least."""

SURE_SHARE = 0.06
SURE_WORDS = 20
REFUSAL = 0.02
"""The probability of English below which another language is believed; sentences of news have 0.7 and more."""
ENOUGH = 12
"""The letters outside names that a language can be told by."""

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _identifier() -> LanguageIdentifier:
    """Return the identifier, without Nigerian Pidgin, which it sees in short English, and without "no language"."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if code not in {"pcm", "zxx"}])
    return identifier


def foreign(text: str) -> str | None:
    """Return the ISO 639 code of the language that the text is in, or `None` where it is, or may be, English.

    The words decide where they can, which spares most runs the half second that the model takes to load. Names are left
    out, because "Uganda, Tanzania hold Ushirikiano Imara" is no Swahili. A text too short to tell counts as English:
    refusing it would lose it, reading it costs nothing.

    >>> foreign("Kenya and the United Kingdom signed a pact.")
    >>> foreign("Der Verteidigungsminister traf seinen Kollegen in Berlin.")
    'de'
    """
    words = _WORD.findall(text)
    signs = sum(word.lower() in SIGNS for word in words)
    if len(words) >= SURE_WORDS and signs >= SURE_SHARE * len(words):
        return None
    plain = " ".join(word for word in words if not word[0].isupper())
    if not plain and len(words) >= SURE_WORDS:
        plain = text  # all in capitals: names cannot be told
    if sum(map(len, plain.split())) < ENOUGH:
        return None
    ranking = dict(_identifier().rank(plain))
    return str(next(iter(ranking))) if ranking["en"] < REFUSAL else None
