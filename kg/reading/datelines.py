"""The header of a news article: publication date, dateline and agency, and where the prose starts behind them.

Known forms, each with or without date and agency: "date 2018-08-08 ISLAMABAD: ...", "BRUSSELS (Reuters) - ...",
"NEW DELHI, Aug 8 (PTI) -- ...", "MOSCOW, August 21. /TASS/. ...", "Islamabad, 8 August 2018 – ...", "BRUSSELS The ...".
What might as well be prose is left to be prose: a header word in a sentence does less harm than a sentence lost.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from kg.reading.days import MONTH, day
from ontology import reference

MOST_CREDITS = 3
"""The most lines of credits that are looked for before the prose."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the prose: `lead` is the offset at which the prose starts, 0 without a header."""

    lead: int = 0
    place: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `datelines.toml` in capitals; `places` gives the usual spelling of a place in capitals."""

    labels: str
    agencies: frozenset[str]
    notices: frozenset[str]
    acronyms: frozenset[str]
    places: dict[str, str]


@cache
def _vocabulary() -> Vocabulary:
    """Return the known words, with the capitals of the reference tables among the places."""
    text = files("kg.reading").joinpath("datelines.toml").read_text(encoding="utf-8")
    words: dict[str, list[str]] = tomllib.loads(text)
    capitals = [name for state in reference.states() for name in state.capitals]
    return Vocabulary(
        labels="|".join(sorted(words["labels"], key=len, reverse=True)),
        agencies=frozenset(words["agencies"]),
        notices=frozenset(words["notices"]),
        acronyms=frozenset(words["acronyms"]),
        places={name.upper(): name for name in (*words["cities"], *capitals)},
    )


_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_FULL_DATE = (
    rf"\d{{4}}-\d\d-\d\d|{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}|{MONTH}\s+\d{{1,2}},?\s+\d{{4}})"
)
_SHORT_DATE = rf"{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+\d{{1,2}}(?!\d))"
_DASH = r"\s*(?:--+|[–—])\s*|\s+-\s+"
_AGENCY = r"\([A-Z][^()\n]{1,40}\)|/[A-Z][\w/ -]{1,30}/"
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITALS = rf"(?:{_UPPER}[^\W\d_a-z]*\.?(?:['’-]{_UPPER}+)*)"
_TITLE = r"(?:[^\W\d_a-z][\w'’.-]*)"
_NAME = rf"(?P<name>{_CAPITALS}(?:[ ]{_CAPITALS}){{0,4}}|{_TITLE}(?:[ ](?:{_TITLE}|de|al|el|es|of)){{0,3}})"
_REGION = rf"(?:\s*[,/]\s*(?!{MONTH}\s+\d)(?P<region>{_TITLE}(?:[ ]{_TITLE}){{0,3}}))?"

_HEADER_DATE = re.compile(rf"\s*(?P<date>{_FULL_DATE})(?P<end>[ \t]*(?:[|:–—\n-]+\s*|$)|\s+)")
_DATED = re.compile(
    rf"{_NAME}{_REGION}\s*[,.]?\s*(?P<date>{_FULL_DATE}|{_SHORT_DATE})[.,]?\s*(?:{_AGENCY})?\.?(?:{_DASH}|:\s+|\.?\s+(?<=[/).]\s))"
)
_BRACKETED = re.compile(rf"{_NAME}{_REGION}[,.]?\s*(?P<agency>{_AGENCY})\.?(?P<end>{_DASH}|:\s+|\s+)")
_PLAIN = re.compile(rf"{_NAME}{_REGION}(?:{_DASH}|:\s+|\.\s*\n)")
_RUN_IN = re.compile(
    rf"(?P<name>{_CAPITALS}(?:[ ]{_CAPITALS}){{0,3}}?)\s+(?=[“\"‘']?[A-Z](?:[a-z]|\.[A-Z]\.|\s+[a-z]))"
)
_AGENCY_ALONE = re.compile(
    rf"(?:\((?P<bracketed>[A-Z][\w /.-]{{1,30}})\)(?:{_DASH}|:?\s+)|(?P<bare>{_CAPITALS})(?:{_DASH}|:\s+))"
)
_BYLINE = re.compile(r"\s*[Bb][Yy]:?\s+[A-Z][^\n.]{2,80}\n+")
_SIGNED = re.compile(rf"\s*{_TITLE}(?:,?[ ](?:and[ ])?{_TITLE}){{1,6}}[ ]*\n\s*\n")
_CAPTION = re.compile(r"\s*(?:Image|Media) (?:copyright|source)[^\n]{1,60}? (?:Image|Media) caption\s+")


def _spelt(name: str) -> str:
    """Return a place's name as it is usually written."""
    bare = name.rstrip(".")
    known = _vocabulary().places.get(bare.upper())
    if known or not bare.isupper():
        return known or bare
    return re.sub(r"(?<=[ -])(?:De|Es|Of|Al|El|Au)(?=[ -])", lambda found: found[0].lower(), bare.title())


def _is_place(name: str, prose: str) -> bool:
    """Return whether the name in a header is a place: a known one, or one in capitals that nothing speaks against.

    A name that comes again in capitals in the prose is an acronym.
    """
    words = _vocabulary()
    if name.upper() in words.places:
        return True
    known = name in words.acronyms | words.agencies | words.notices
    return name.isupper() and len(name) > 2 and not known and not re.search(rf"\b{re.escape(name)}\b", prose)


def _dated(body: str, at: int) -> Header | None:
    """Read "NEW DELHI, Aug 8 (PTI) -- " and "Islamabad, 8 August 2018 – "."""
    found = _DATED.match(body, at)
    if not found or found["name"] in {"On", "In", "At", "By", "Since", "From"}:
        return None
    place = None if found["name"].upper() in _vocabulary().agencies else _spelt(found["name"])
    return Header(found.end(), place, day(found["date"]))


def _bracketed(body: str, at: int) -> Header | None:
    """Read "BRUSSELS (Reuters) - "; without a dash only where the agency is known."""
    found = _BRACKETED.match(body, at)
    if not found:
        return None
    agency = found["agency"].strip("()/").upper()
    agencies = {agency, *re.split(r"[/ ]", agency)}
    loose = not found["end"].strip(" \n:")
    if loose and not agencies & _vocabulary().agencies:
        return None
    return Header(found.end(), _spelt(found["name"])) if _is_place(found["name"], body[found.end() :]) else None


def _plain(body: str, at: int) -> Header | None:
    """Read "ISLAMABAD: " and "Kyiv – "."""
    found = _PLAIN.match(body, at)
    if not found or not _is_place(found["name"], body[found.end() :]):
        return None
    return Header(found.end(), _spelt(found["name"]))


def _run_in(body: str, at: int) -> Header | None:
    """Read "BRUSSELS The United States ...": a known place, or one that the prose names again in small letters."""
    found = _RUN_IN.match(body, at)
    if not found:
        return None
    name, prose = found["name"], body[found.end() :]
    again = len(name) > 3 and name not in _vocabulary().acronyms and re.search(rf"\b{re.escape(name.title())}\b", prose)
    return Header(found.end(), _spelt(name)) if name in _vocabulary().places or again else None


def _agency(body: str, at: int) -> Header | None:
    """Read "(MENAFN) " and "EXCLUSIVE: ", which name no place."""
    found = _AGENCY_ALONE.match(body, at)
    if not found:
        return None
    words = _vocabulary()
    known = (found["bracketed"] or found["bare"]).upper() in words.agencies | words.notices
    return Header(found.end()) if known else None


def _dateline(body: str, at: int) -> Header | None:
    """Return the dateline that starts at this offset, by the surest form that fits."""
    forms = (_agency, _dated, _bracketed, _plain, _run_in)
    return next((header for form in forms if (header := form(body, at))), None)


def _header_date(body: str, at: int) -> tuple[int, date | None, bool]:
    """Return the offset behind a date that opens the body, the date, and whether it surely is a header."""
    label = re.compile(rf"\s*(?:{_vocabulary().labels})\b\s*:?\s*", re.IGNORECASE).match(body, at)
    found = _HEADER_DATE.match(body, label.end() if label else at)
    if not found:
        return at, None, False
    return found.end(), day(found["date"]), bool(label or found["end"].strip(" ") or found["date"][0:4].isdecimal())


def _credits(body: str, titled: bool) -> int:
    """Return the offset behind the author's and the photographer's names.

    Names alone in a paragraph look like a headline, so they are taken for an author's only where the title is known.
    """
    end = len(body) - len(body.lstrip())
    forms = (_BYLINE, _SIGNED, _CAPTION) if titled else (_BYLINE, _CAPTION)
    for _ in range(MOST_CREDITS):
        found = next((found for form in forms if (found := form.match(body, end))), None)
        if found is None:
            break
        end = found.end()
    return end


def header(body: str, titled: bool = False) -> Header:
    """Return what stands before the prose of this body, with offsets in it; `titled` where a title is known besides.

    >>> header(" date 2018-08-08 ISLAMABAD: Pakistan signed.")
    Header(lead=28, place='Islamabad', published=datetime.date(2018, 8, 8))
    >>> header("NATO and Ukraine signed.")
    Header(lead=0, place=None, published=None)
    """
    start = _credits(body, titled)
    after, published, sure = _header_date(body, start)
    line = _dateline(body, after)
    if line:
        return Header(line.lead, line.place, published or line.published)
    return Header(after, None, published) if sure else Header(start)
