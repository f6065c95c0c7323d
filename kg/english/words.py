"""The word lists of `words.toml`: abbreviations, titles, and what made-up datelines are made of."""

import tomllib
from importlib.resources import files

_LISTS: dict[str, list[str]] = tomllib.loads(files("kg.english").joinpath("words.toml").read_text("utf-8"))


def words(name: str) -> tuple[str, ...]:
    """Return the list of that name, in the order of the file; KeyError when there is none."""
    return tuple(_LISTS[name])
