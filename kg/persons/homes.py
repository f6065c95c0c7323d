"""The state that an article is written from, by its publisher or dateline: its bare "the president" is that state's."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import RuleError
from ontology import reference

_GOVERNMENT = frozenset(
    {
        "government",
        "house",
        "ministry",
        "department",
        "army",
        "navy",
        "force",
        "embassy",
        "pentagon",
        "pib",
        "ispr",
    }
)
"""Words in the name of a publisher that is a government's."""


@dataclass(frozen=True, slots=True)
class Home:
    """The state that an article comes from, as its `publisher` tells, maybe its `government`, or else its dateline."""

    state: str
    publisher: bool = True
    government: bool = False


def home(publisher: str | None, dateline: str | None = None) -> Home | None:
    """The state of an article's publisher, else that of the place in its dateline.

    >>> home("Daily News (Sri Lanka)")
    Home(state='LK', publisher=True, government=False)
    """
    if publisher and (code := _named(publisher, _states())):
        return Home(code, government=bool(_GOVERNMENT & set(publisher.lower().split())))
    if publisher and (code := _named(publisher, _publishers())):
        return Home(code)
    code = _named(dateline, _states()) if dateline else None
    return Home(code, publisher=False) if code else None


@cache
def _states() -> tuple[tuple[str, str], ...]:
    """All names of states, demonyms, capitals and metonyms with their codes, the longest first."""
    names = {
        (name, state.iso2)
        for state in reference.states()
        for name in (state.label, *state.alt, *state.demonyms, *state.capitals, *state.metonyms)
        if len(name) > 1
    }
    return tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _publishers() -> tuple[tuple[str, str], ...]:
    """The names of newspapers and agencies with the state that they report from, the longest first."""
    try:
        table = tomllib.loads(files("kg").joinpath("lexicon/publishers.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"kg/lexicon/publishers.toml: {error}; restore the file") from error
    names = ((name, code) for code in table for name in table[code])
    return tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair)))


def _named(text: str, names: Sequence[tuple[str, str]]) -> str | None:
    """The code of the longest of the names that stands in `text` as words of its own."""
    padded = " " + "".join(c if c.isalnum() or c in ".-'" else " " for c in text) + " "
    for name, code in names:
        if f" {name} " in padded or (len(name) > 3 and f" {name.upper()} " in padded):
            return code
    return None
