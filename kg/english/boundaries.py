"""Sentence boundaries by rule, set before the parser so that it never has to guess them.

A sentence ends at a paragraph break, and at a full stop, question or exclamation mark (with the quotes and brackets
that close after it) when what follows can begin a sentence. Ranks, months and the like ("Gen.", "Jan.") end none.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.english.tokens import ENDINGS, MONTHS, REFERENCES, TITLES
from kg.english.words import words

NAME = "defcoop_boundaries"
"""The component's name in a pipeline."""

_STOPS = frozenset({".", "!", "?", "...", "…", "?!", "!!", "??", "!?", "...."})
_STRONG = frozenset({"!", "?", "?!", "!!", "??", "!?"})
_CLOSERS = frozenset("\"”’')]»") | {"''"}
_OPENERS = frozenset("\"“‘'([«") | {"``"}
_INSIDE = frozenset((*TITLES, *MONTHS, *REFERENCES)) | {word.upper() for word in (*TITLES, *MONTHS)}
_ENDINGS = frozenset(ENDINGS)
_STARTERS = frozenset(words("starters"))
_INITIAL = re.compile(r"(?:[A-Z]\.)+$")


def _can_begin(token: Token) -> bool:
    """Return whether a sentence can begin with `token`: it is capitalised, a number or a bullet."""
    first = token.text[0]
    return first.isupper() or first.isdigit() or first in "•*-–—#@$£€" or (not first.isascii() and first.isalpha())


def _closes(token: Token) -> bool:
    """Return whether `token`, set against the word before it, closes a quotation or bracket, even if curled wrongly."""
    return token.text in _CLOSERS or (token.text in "“‘" and bool(token.whitespace_))


def _after_closers(doc: Doc, i: int) -> int:
    """Return the index after the quotes and brackets that close directly after token `i`."""
    j = i + 1
    while j < len(doc) and not doc[j - 1].whitespace_ and _closes(doc[j]):
        j += 1
    return j


def _opened(doc: Doc, j: int) -> int:
    """Return the index of the first word at or after `j`, past quotes and brackets that open there."""
    while j < len(doc) - 1 and doc[j].text in _OPENERS:
        j += 1
    return j


def _is_list_number(doc: Doc, i: int) -> bool:
    """Return whether the stop at `i` follows a number or "No" that does not end a sentence ("No. 5", "1. The")."""
    before = doc[i - 1]
    if i + 1 < len(doc) and before.text in {"No", "no", "NO"}:
        return doc[i + 1].text[0].isdigit()
    return before.is_digit and (i == 1 or bool(doc[i - 2].is_space))


def _ends(doc: Doc, i: int) -> bool:
    """Return whether a sentence can end at token `i`, judged by that token alone and the word that follows."""
    text = doc[i].text
    if text in _STOPS:
        return i > 0 and not (text == "." and _is_list_number(doc, i))
    if len(text) < 2 or text[-1] != "." or text in _INSIDE:
        return False
    j = _opened(doc, _after_closers(doc, i))
    if text in _ENDINGS or _INITIAL.match(text):
        return j < len(doc) and (doc[j].text in _STARTERS or j > i + 1)
    return True


def _start_after(doc: Doc, i: int) -> int | None:
    """Return the index of the sentence start that the stop at `i` makes, or None."""
    if not _ends(doc, i):
        return None
    j = _after_closers(doc, i)
    if j >= len(doc) or doc[j].text in _STOPS:
        return None
    quoted = j > i + 1 and doc[j - 1].text not in {")", "]"}
    word = doc[_opened(doc, j)]
    if not _can_begin(word) or (quoted and doc[i].text in _STRONG and _is_speech_tag(doc, j)):
        return None
    return j


def _is_speech_tag(doc: Doc, j: int) -> bool:
    """Return whether "X said" follows at `j`, so that the quotation before it goes on into its own sentence."""
    return any(token.lower_ in {"said", "asked", "says", "told", "asks"} for token in doc[j : j + 3])


def starts(doc: Doc) -> list[bool]:
    """Return for each token of `doc` whether a sentence begins with it."""
    flags = [False] * len(doc)
    if not flags:
        return flags
    flags[0] = True
    broken = False
    for i, token in enumerate(doc):
        if token.is_space:
            broken = broken or "\n" in token.text
            continue
        if broken and i:
            flags[i] = True
        broken = False
        if token.text[-1] in ".!?…" and (begin := _start_after(doc, i)) is not None and not doc[begin].is_space:
            flags[begin] = True
    return flags


@Language.component(NAME)
def mark(doc: Doc) -> Doc:
    """Return `doc` with every token marked as beginning a sentence or not, which leaves the parser no choice."""
    for token, flag in zip(doc, starts(doc), strict=True):
        token.is_sent_start = flag
    return doc
