"""The names of instruments and sessions: runs of capitalised words, and what they are about where there are none."""

from datetime import date

from spacy.tokens import Doc, Span, Token

from kg import dates
from kg.lexicon import words
from kg.mentions.gazetteer import Kind
from kg.scenes import Scene

LINKS = frozenset({"of", "and", "on", "for", "-", "the", "&", "concerning", "regarding", "–", "to"})
"""Words that stand between the capitalised words of one name."""


def full_name(noun: Token, sentence: Span) -> str | None:
    """The run of capitalised words around `noun`, without article and bracketed acronym, when it is longer than it."""
    if not noun.text[:1].isupper() or _is_headline(sentence):
        return None
    doc, start, end = noun.doc, noun.i, noun.i + 1
    while start > sentence.start and (_capital(doc[start - 1]) or _links(doc, start - 1, sentence)):
        start -= 1
    while end < sentence.end and (_capital(doc[end]) or _links(doc, end, sentence) or _lists(doc, end, sentence)):
        end += 1
    while start < end and doc[start].lower_ in words("captions", "opening") | LINKS:
        start += 1
    while end > start and (doc[end - 1].lower_ in LINKS or not any(c.isalnum() for c in doc[end - 1].text)):
        end -= 1
    return doc[start:end].text if 1 < end - start <= LONGEST else None


LONGEST = 22
"""Tokens of the longest name of an instrument."""


def _is_headline(sentence: Span) -> bool:
    """Whether most words of the sentence are in capitals, so that these show no names."""
    all_words = [token for token in sentence if token.is_alpha]
    return sum(token.text[:1].isupper() for token in all_words) > HEADLINE * len(all_words)


HEADLINE = 0.7
"""The share of words in capitals from which on a sentence is a headline."""


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() or token.text in {"2+2", "'s", "’s", "'", "’"}


def _links(doc: Doc, position: int, sentence: Span) -> bool:
    """Whether one or two linking words join two capitalised words of the sentence."""
    if not sentence.start < position < sentence.end - 1 or doc[position].lower_ not in LINKS:
        return False
    low, high = position - 1, position + 1
    if doc[low].lower_ in LINKS and low > sentence.start:
        low -= 1
    if doc[high].lower_ in LINKS and high < sentence.end - 1:
        high += 1
    return _capital(doc[low]) and _capital(doc[high]) and not _is_time(doc[high])


def _lists(doc: Doc, position: int, sentence: Span) -> bool:
    """Whether a comma stands in a list that "and" ends: "Political, Security and Defense Dialogue"."""
    if doc[position].text != "," or not sentence.start < position < sentence.end - 3 or not _capital(doc[position + 1]):
        return False
    following = range(position + 2, min(position + 4, sentence.end - 1))
    return any(doc[i].lower_ == "and" and _capital(doc[i + 1]) for i in following)


def _is_time(token: Token) -> bool:
    """Whether a capitalised word is of a date: "the Agreement on Monday"."""
    return bool(dates.find(token.text, date.min.replace(year=2000)))


def epithet(noun: Token, scene: Scene) -> str | None:
    """The name of an instrument with one capitalised word before it: "the Lombok treaty"."""
    before = noun.doc[noun.i - 1] if noun.i > noun.sent.start else None
    if before is None or not before.text[:1].isupper() or before.i == noun.sent.start or noun.text.endswith("s"):
        return None
    if before.i in scene.cast.named and before.i not in scene.cast.places:
        return None
    if any(one.kind is Kind.STATE and one.start <= before.i < one.end for one in scene.cast.places.values()):
        return None
    start = before.i
    while start - 1 > noun.sent.start and noun.doc[start - 1].text[:1].isupper() and start - 1 not in scene.cast.named:
        start -= 1
    return noun.doc[start : noun.i + 1].text if not _is_time(before) else None


def described(noun: Token, heads: frozenset[str], more: frozenset[str] = frozenset()) -> str | None:
    """The name of an instrument by what it is about, without capitals: "defence cooperation agreement"."""
    doc, sentence = noun.doc, noun.sent
    more = more | words("captions", "beside")
    subject = words("captions", "subject") | more
    start, end = noun.i, noun.i + 1
    if end + 1 < sentence.end and doc[end].lower_ == "of" and doc[end + 1].lower_ in words("captions", "of"):
        end += 2
        if end + 1 < sentence.end and doc[end].lower_ == "and" and doc[end + 1].lower_ == "acceptance":
            end += 2
        while start > sentence.start and doc[start - 1].lower_ in subject:
            start -= 1
        if end + 1 < sentence.end and doc[end].lower_ == "on" and doc[end + 1].lower_ in subject:
            end = _rest(doc, end + 2, sentence, subject)
        return doc[start:end].text
    if noun.lower_ not in heads:
        return None
    while start > sentence.start and (doc[start - 1].lower_ in subject or _joins(doc, start - 1, subject)):
        start -= 1
    while start < noun.i and doc[start].lower_ in {"and", "-", "of"}:
        start += 1
    if end + 1 < sentence.end and doc[end].lower_ == "on" and doc[end + 1].lower_ in subject:
        end = _rest(doc, end + 2, sentence, subject)
    telling = {token.lower_ for token in doc[start:end]} - {noun.lower_, "and", "-", "of", "on"}
    return doc[start:end].text if telling - more and len(telling) > 1 else None


def _rest(doc: Doc, end: int, sentence: Span, subject: frozenset[str]) -> int:
    """Where the words of a description that has come as far as `end` come to their end."""
    while end < sentence.end and (doc[end].lower_ in subject or _joins(doc, end, subject)):
        end += 1
    return end


def _joins(doc: Doc, position: int, subject: frozenset[str]) -> bool:
    """Whether "and", "of" or a hyphen stands between two words of a description."""
    low = high = position
    while low > 0 and doc[low].lower_ in JOINTS and position - low < 3:
        low -= 1
    while high < len(doc) - 1 and doc[high].lower_ in JOINTS and high - position < 3:
        high += 1
    inside = low < position < high and doc[low].lower_ in subject
    return inside and doc[high].lower_ in subject | words("captions", "described")


JOINTS = frozenset({"and", "-", "of", "to"})
"""What joins the words of a description."""
