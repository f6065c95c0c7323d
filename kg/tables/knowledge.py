"""The files in which tables and codes are described."""

import tomllib
from importlib.resources import files
from typing import Any


def read(name: str) -> dict[str, Any]:
    """What `ontology/codings/NAME.toml` says."""
    return tomllib.loads(files("ontology").joinpath("codings", f"{name}.toml").read_text(encoding="utf-8"))
