"""Goods and sums in sentences written for the project, with the parse and without."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import kg.english
from kg.english import boundaries
from kg.english.tokens import tune
from kg.goods.items import ItemMention, find_items, find_money

GROUPS = ("designations", "kinds", "aid", "worth", "near_misses", "repeats", "more")


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    items: tuple[str, ...]
    domains: tuple[str, ...] | None


def cases() -> list[Case]:
    groups = tomllib.loads((Path(__file__).parent / "items.toml").read_text(encoding="utf-8"))
    assert tuple(groups) == GROUPS
    return [
        Case(one["text"], tuple(one["items"]), tuple(one["domains"]) if "domains" in one else None)
        for name in GROUPS
        for one in groups[name]
    ]


@pytest.fixture(scope="module", params=["parsed", "bare"])
def nlp(request: pytest.FixtureRequest) -> Language:
    if request.param == "parsed":
        return kg.english.load()
    bare = tune(spacy.blank("en"))
    bare.add_pipe(boundaries.NAME)
    return bare


def written(mention: ItemMention) -> str:
    item = mention.item
    parts = [item.equipment, "-" if item.quantity is None else str(item.quantity), item.value_text or "-"]
    while parts[-1] == "-":
        parts.pop()
    return "; ".join(parts)


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 165
    assert sum(not case.items for case in cases()) >= 45


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text)
def test_items(nlp: Language, case: Case) -> None:
    mentions = find_items(nlp(case.text))
    assert tuple(map(written, mentions)) == case.items
    if case.domains is not None:
        assert tuple(mention.domain for mention in mentions) == case.domains


def test_a_mention_spans_its_noun_phrase(nlp: Language) -> None:
    doc = nlp("Seoul has given three Mi-171Sh rescue and transport helicopters to Lima.")
    (mention,) = find_items(doc)
    assert doc[mention.start : mention.end].text == "three Mi-171Sh rescue and transport helicopters"
    assert mention.start <= mention.head < mention.end
    assert mention.designation


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("It cost $310 million.", "310000000", "USD"),
        ("It cost US$2.5 bn.", "2500000000", "USD"),
        ("It cost €1.3 billion.", "1300000000", "EUR"),
        ("It cost Rs 7,000 crore in all.", "70000000000", "INR"),
        ("Pakistan spent Rs 900 million.", "900000000", "PKR"),
        ("It cost £400m.", "400000000", "GBP"),
        ("It cost A$1.25 billion.", "1250000000", "AUD"),
        ("It cost S$12,500.50 in fees.", "12500.5", "SGD"),
        ("It cost two billion dollars.", "2000000000", "USD"),
        ("It cost 30 million Canadian dollars.", "30000000", "CAD"),
        ("It cost 5 trillion won.", "5000000000000", "KRW"),
        ("It cost 60 million Danish kroner.", "60000000", "DKK"),
        ("Billions of dollars were spent.", None, "USD"),
        ("The team has won 5 games; two won prizes.", None, None),
    ],
)
def test_money(nlp: Language, text: str, amount: str | None, currency: str | None) -> None:
    sums = find_money(nlp(text))
    if currency is None:
        assert sums == ()
        return
    (money,) = sums
    assert money.currency == currency
    assert money.amount == (Decimal(amount) if amount else None)


def test_a_sum_in_brackets_is_a_conversion(nlp: Language) -> None:
    first, second = find_money(nlp("The contract is worth $930m (£710m) in all."))
    assert (first.text, first.converted) == ("USD 930 million", False)
    assert (second.text, second.converted) == ("GBP 710 million", True)
