"""How each half of the pipeline is trained, read from its configuration."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.util import load_config_from_str
from thinc.api import Config

from kg.english.augment import Rates
from kg.errors import PipelineError

HALVES = ("parse", "names")
"""The two halves, trees and names, each with a configuration of that name beside this file."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of training; batches are counted in words.

    `train` names the corpora, each with the share of it (above 1, the times) that every epoch draws. The learning rate
    falls to nothing at the end of the phase.
    """

    train: tuple[tuple[str, float], ...]
    epochs: int
    learn_rate: float
    first_batch: int
    last_batch: int
    swap: float
    titled: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How one half is trained, the `[fit]` section of its configuration; `layer` is "tree" or "names"."""

    seed: int
    width: int
    dropout: float
    unseen: float
    layer: str
    check: list[str]
    held: list[str]
    score: str
    rates: Rates
    phases: tuple[Phase, ...]


def read_config(path: Path | None, half: str) -> Config:
    """Return the configuration at `path`, or the one that ships for `half` ("parse" or "names")."""
    if path is not None and not path.is_file():
        raise PipelineError(f"{path}: no such configuration; copy kg/english/{half}.cfg and change it")
    text = (path or files("kg.english").joinpath(f"{half}.cfg")).read_text("utf-8")
    config: Config = load_config_from_str(text, interpolate=True)
    return config


def read_fit(config: Config) -> Fit:
    """Return the `[fit]` section of `config`, its phases in the order of their names."""
    section: dict[str, Any] = dict(config["fit"])
    rates = Rates(**section.pop("rates"))
    written: dict[str, dict[str, Any]] = section.pop("phases")
    phases = tuple(Phase(**{**phase, "train": tuple(phase["train"].items())}) for _, phase in sorted(written.items()))
    return Fit(**section, rates=rates, phases=phases)
