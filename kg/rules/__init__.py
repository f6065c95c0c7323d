"""The rules by which events are found, as data: one TOML file for each class of event beside this module.

A rule has triggers (verbs, nouns, or named bodies), the role that each slot of its clause gives, and guards
that must all hold. `words.toml` has classes of words, which a rule names as "@class".
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import RuleError
from kg.model import EventType, Role, Stage, Status


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which English tells of a class of event.

    Triggers are lemmas (`verbs`, `nouns`) or the names of joint bodies (`bodies`). `roles` maps a slot of `kg.clauses`
    to a role. Guards: `needs_object` (one of these nouns heads one of `slots`), `needs_verb` (one of these verbs below
    the trigger), `topic` (defence is dealt with), `sides` (so many states or organisations), `subject_sides` (in the
    subject alone), `item` ("arms", "aid" or "any" goods in the clause), `money` (an amount), `military` (a word of
    defence in the sentence, or right beside it where goods are asked for), `abroad` (a host other than the one who
    goes), `together` (said to be joint), `named` (a proper name or date of its own), `persons_in` (a person or
    delegation in this slot), `alone` (no object beside the subject), `beside` (another rule finds the act elsewhere in
    the article), `again` (another clause names both sides of a deal in these goods).
    """

    id: str
    type: EventType
    why: str
    roles: tuple[tuple[str, Role], ...]
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    bodies: bool = False
    needs_object: frozenset[str] = frozenset()
    needs_verb: frozenset[str] = frozenset()
    slots: tuple[str, ...] = ()
    topic: bool = False
    sides: int = 2
    subject_sides: int = 0
    item: str = ""
    money: bool = False
    military: bool = False
    abroad: bool = False
    together: bool = False
    named: bool = False
    persons_in: str = ""
    alone: bool = False
    beside: bool = False
    again: bool = False
    status: Status | None = None
    stages: tuple[tuple[str, Stage], ...] = ()
    persons: tuple[tuple[Role, Role], ...] = ()
    flip: frozenset[str] = frozenset()

    def role(self, slot: str) -> Role | None:
        """The role of what fills `slot`, if it has one."""
        return next((role for name, role in self.roles if name == slot), None)


FILES = ("agreement", "meeting", "visit", "exercise", "transfer", "aid", "training", "deployment", "industry")


EXAMPLES = frozenset({"example", "near"})
"""Keys of a rule that tests read: sentences that it must match, and near misses."""


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files("kg.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"kg/rules/{name}.toml: {error}; correct the file") from error


@cache
def classes() -> dict[str, frozenset[str]]:
    """The classes of words that rules refer to."""
    return {name: frozenset(words) for name, words in _read("words")["classes"].items()}


def _words(value: str | list[str], place: str) -> frozenset[str]:
    """A list of lemmas, or "@class"."""
    if isinstance(value, str):
        name = value.removeprefix("@")
        if name not in classes():
            raise RuleError(f"{place}: no class of words is called {name!r}; see words.toml")
        return classes()[name]
    return frozenset(value)


def _convert(key: str, value: Any, place: str) -> Any:
    """The value of a rule's key as the field of `Rule` has it."""
    match key:
        case "verbs" | "nouns" | "needs_object" | "needs_verb":
            return _words(value, place)
        case "slots":
            return tuple(value)
        case "roles" | "stages":
            kind = Role if key == "roles" else Stage
            return tuple((word, kind(name)) for word, name in value.items())
        case "persons":
            return tuple((Role(role), Role(other)) for role, other in value.items())
        case "flip":
            return frozenset(value)
        case "status":
            return Status(value)
    return value


def _rule(table: dict[str, Any], kind: EventType, file: str) -> Rule:
    place = f"kg/rules/{file}.toml, rule {table.get('id')}"
    known = {field.name for field in fields(Rule)}
    if unknown := sorted(set(table) - known - EXAMPLES):
        raise RuleError(f"{place}: unknown key {unknown[0]!r}; use one of {', '.join(sorted(known | EXAMPLES))}")
    try:
        values = {key: _convert(key, value, place) for key, value in table.items() if key not in EXAMPLES}
        return Rule(type=kind, **values)
    except (TypeError, ValueError, AttributeError) as error:
        raise RuleError(f"{place}: {error}; correct the rule") from error


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the files.

    Raises RuleError naming file and rule where one is malformed.
    """
    found: list[Rule] = []
    for file in FILES:
        table = _read(file)
        found += [_rule(one, EventType(table["type"]), file) for one in table["rule"]]
    return tuple(found)
