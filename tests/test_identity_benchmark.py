"""The measuring of what an article costs a full store, on a small one."""

import re

import pytest

from kg.identity.benchmark import World, main

DEARER = 2.0
"""What the project promises of 100,000 articles; of 2,000 it holds all the more. Load hits both stores alike."""


def test_the_same_number_gives_the_same_world() -> None:
    assert list(World(50).extractions()) == list(World(50).extractions())


def test_an_article_costs_a_full_store_less_than_twice_what_it_costs_an_empty_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--articles", "2000"])
    found = re.search(r"ratio of medians ([\d.]+), of means ([\d.]+)", capsys.readouterr().out)
    assert found is not None
    assert float(found[1]) < DEARER
