"""How English names things: word lists as TOML, read once."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> dict[str, object]:
    """The table `kg/lexicon/<name>.toml`."""
    return tomllib.loads(files("kg.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def words(table: str, name: str) -> frozenset[str]:
    """The list `name` of a table, as a set."""
    found = load(table)[name]
    assert isinstance(found, list)
    return frozenset(found)
