"""Every rule against the sentences beside it in its file: what it must find, with all roles, and what it must not.

An example names every filler of every role; its status is Actual unless it says otherwise; time, place and name are
compared where it gives them. Examples of one rule with the same text are the several events of that text.
A near miss names the guard of its rule that rejects it: without that guard the rule must match.
"""

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

import kg.acts.events
from kg.acts.completion import completed
from kg.acts.events import find_events
from kg.acts.merging import merge
from kg.extraction import Extractor
from kg.model import Actor, Article, Event, State
from kg.rules import FILES, Rule, rules
from kg.scenes import Scene, prose

NO_GUARDS = {"id", "type", "why", "roles", "verbs", "nouns", "bodies", "status", "stages", "persons", "flip"}
GUARDS = tuple(field.name for field in fields(Rule) if field.name not in NO_GUARDS)
KEYS = {"text", "date", "roles", "status", "when", "place", "name"}
COMPARED = ("status", "when", "place", "name")

Scenes = dict[tuple[str, datetime.date | None], Scene]


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as an example gives it: sorted (role, filler) pairs, and the fields that it states."""

    roles: tuple[tuple[str, str], ...]
    stated: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text published on `date`, and all events that the rule must find in it."""

    rule: str
    text: str
    date: datetime.date | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A text in which the rule must find nothing, because of `guard`."""

    rule: str
    text: str
    date: datetime.date | None
    guard: str


def _tables() -> Iterable[dict[str, Any]]:
    for name in FILES:
        yield from tomllib.loads(files("kg.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8"))["rule"]


def _date(table: dict[str, Any]) -> datetime.date | None:
    return datetime.date.fromisoformat(table["date"]) if "date" in table else None


def _telling(table: dict[str, Any]) -> Telling:
    assert set(table) <= KEYS, table
    roles = sorted({(role, filler) for role, fillers in table["roles"].items() for filler in fillers})
    stated = {"status": "Actual"} | {key: table[key] for key in COMPARED if key in table}
    return Telling(tuple(roles), tuple(stated.items()))


@cache
def examples() -> tuple[Example, ...]:
    """The examples of all rules; those of one rule with the same text are the several events of that text."""
    found: dict[tuple[str, str], Example] = {}
    for rule in _tables():
        for table in rule.get("example", []):
            key = rule["id"], table["text"]
            one = found.get(key, Example(*key, _date(table), ()))
            found[key] = replace(one, tellings=(*one.tellings, _telling(table)))
    return tuple(found.values())


@cache
def nears() -> tuple[Near, ...]:
    """The near misses of all rules."""
    return tuple(
        Near(rule["id"], table["text"], _date(table), table["guard"])
        for rule in _tables()
        for table in rule.get("near", [])
    )


@pytest.fixture(scope="session")
def scenes() -> Scenes:
    """Every text, read and parsed once."""
    extractor = Extractor()
    texts = {(one.text, one.date) for one in examples()} | {(one.text, one.date) for one in nears()}
    keys = sorted(texts, key=str)
    articles = [Article(f"sentence-{i}", text, date=date) for i, (text, date) in enumerate(keys)]
    parses = extractor._nlp.pipe(prose(article) for article in articles)
    read = (extractor.scene(article, doc)[0] for article, doc in zip(articles, parses, strict=True))
    return dict(zip(keys, read, strict=True))


def _filler(actor: Actor) -> str:
    return actor.code if isinstance(actor, State) else actor.name


def _written(event: Event, fields_stated: Iterable[str]) -> Telling:
    """The event as an example would give it, with these of its fields."""
    roles = {(part.role.value, _filler(part.actor)) for part in event.participations}
    roles |= {("item", item.equipment) for item in event.items}
    place = event.place.name if event.place else ""
    values = {"status": event.status.value, "when": event.when or "", "place": place, "name": event.name or ""}
    return Telling(tuple(sorted(roles)), tuple((key, values[key]) for key in fields_stated))


def _rule(name: str) -> Rule:
    return next(rule for rule in rules() if rule.id == name)


def _found(scene: Scene, rule: str) -> list[Event]:
    """The events that the rule has a part in, after the article's tellings are merged and completed."""
    reports = completed(merge(find_events(scene)), scene)
    return [report.event for report in reports if rule in {one.extractor for one in report.event.evidence}]


def _without(rule: Rule, guard: str) -> Rule:
    """The rule with a guard switched off; `sides` then asks for nobody."""
    if guard == "sides":
        return replace(rule, sides=0)
    default = next(field.default for field in fields(Rule) if field.name == guard)
    assert default is not MISSING
    return replace(rule, **{guard: default})


@pytest.mark.parametrize("one", examples(), ids=lambda one: f"{one.rule}: {one.text}")
def test_example(scenes: Scenes, one: Example) -> None:
    """The rule finds these events with these roles, and no others."""
    events = _found(scenes[one.text, one.date], one.rule)
    stated = [key for key, _ in one.tellings[0].stated]
    assert all([key for key, _ in telling.stated] == stated for telling in one.tellings), "tellings state other fields"
    assert Counter(_written(event, stated) for event in events) == Counter(one.tellings)


@pytest.mark.parametrize("one", nears(), ids=lambda one: f"{one.rule}, {one.guard}: {one.text}")
def test_near_miss(scenes: Scenes, one: Near, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule finds nothing, and would without the guard."""
    scene = scenes[one.text, one.date]
    assert one.guard in GUARDS
    assert _found(scene, one.rule) == []
    loose = _without(_rule(one.rule), one.guard)
    assert loose != _rule(one.rule), f"{one.rule} has no guard {one.guard}"
    monkeypatch.setattr(kg.acts.events, "rules", lambda: (loose,))
    assert _found(scene, one.rule) != []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_each_rule_has_its_sentences(rule: Rule) -> None:
    """At least three examples and a near miss."""
    assert sum(one.rule == rule.id for one in examples()) >= 3
    assert sum(one.rule == rule.id for one in nears()) >= 1


def test_there_are_enough_sentences() -> None:
    """At least 300 example sentences, at least 35 for each class of event, each rule with a name of its own."""
    kinds = {rule.id: rule.type for rule in rules()}
    assert len(kinds) == len(rules())
    counts = Counter(kinds[one.rule] for one in examples())
    assert len(counts) == len(FILES)
    assert min(counts.values()) >= 35, counts
    assert sum(counts.values()) >= 300
