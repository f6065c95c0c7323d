"""Typed access to word lists that TOML gives as plain tables."""

from collections.abc import Mapping

from kg.errors import RuleError

Table = Mapping[str, object]


def table(outer: Table, name: str) -> Table:
    """The table of that name."""
    inner = outer.get(name)
    if not isinstance(inner, dict):
        raise RuleError(f"word list {name!r} is missing or no table; add [{name}] to the file under kg/lexicon")
    return inner


def tables(outer: Table, name: str) -> tuple[Table, ...]:
    """The tables of an array of tables."""
    inner = outer.get(name)
    if not isinstance(inner, list) or not all(isinstance(one, dict) for one in inner):
        raise RuleError(f"word list {name!r} is no array of tables; add [[{name}]] to the file under kg/lexicon")
    return tuple(inner)


def words(outer: Table, name: str) -> tuple[str, ...]:
    """The strings of a list."""
    inner = outer.get(name)
    if not isinstance(inner, list) or not all(isinstance(one, str) for one in inner):
        raise RuleError(f"word list {name!r} is missing or no list of strings; correct it in the file under kg/lexicon")
    return tuple(inner)


def text(outer: Table, name: str) -> str:
    """The string of that name."""
    inner = outer.get(name)
    if not isinstance(inner, str):
        raise RuleError(f"word list {name!r} is missing or no string; correct it in the file under kg/lexicon")
    return inner


def strings(outer: Table, name: str) -> dict[str, str]:
    """A table of strings by string."""
    inner = table(outer, name)
    return {key: text(inner, key) for key in inner}
