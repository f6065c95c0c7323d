"""Copies of one text are found by their keys and told from other articles by likeness. The articles are invented."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.identity.copies import COPY, SAMPLES, Signature, keys, likeness, signature

CORPUS = Path(__file__).parent / "corpus"

LEAD = """Norway and Kenya agreed on Tuesday to train coast guard crews together, and Oslo will lend Nairobi \
two inshore patrol boats for three years, the two defence ministries said.

The boats, each 18 metres long, are to reach Mombasa before the end of the dry season. Norwegian instructors will stay \
with them until the first Kenyan crews have passed a night exercise off Lamu, where smugglers land charcoal \
and sugar."""
MIDDLE = """"We have long asked for boats that can go where the mangroves begin," Principal Secretary \
Grace Wambui Otieno told reporters beside the old customs shed. She said that forty sailors had been \
chosen out of three hundred who wrote.

Her guest, State Secretary Eirik Solvang, recalled that fishermen from Tromso had taught in Kisumu in the seventies."""
END = """The loan costs Kenya nothing but fuel and paint. A mechanic from Bergen will look after the engines, and \
spare parts come by air each month.

Opposition members in Oslo had asked why the boats were not sold. The ministry answered that nobody had \
offered to buy."""
AGENCY = f"Norway lends Kenya two patrol boats\n\n{LEAD}\n\n{MIDDLE}\n\n{END}"

COPIES = {
    "the very same": AGENCY,
    "without a headline": f"{LEAD}\n\n{MIDDLE}\n\n{END}",
    "another headline": f"Mombasa to get boats from the far north\n\n{LEAD}\n\n{MIDDLE}\n\n{END}",
    "a dateline and a byline": f"On loan\n\nBy a staff writer\n\nNAIROBI, May 4 (Wire) - {LEAD}\n\n{MIDDLE}\n\n{END}",
    "the end cut": f"Boats on loan\n\n{LEAD}\n\n{MIDDLE}",
    "all but the lead cut": f"Boats on loan\n\n{LEAD}",
    "a paragraph inside cut": f"Boats on loan\n\n{LEAD}\n\n{END}",
    "a sentence edited": AGENCY.replace("The loan costs Kenya nothing but fuel and paint.", "Kenya pays the fuel."),
    "words edited": AGENCY.replace("Tuesday", "May 4").replace("sailors", "seamen").replace("Oslo", "Norway"),
    "a local ending": f"{AGENCY}\n\nThe port of Mombasa has berths for six more such boats, its harbour master says.",
    "other quotation marks": AGENCY.replace('"', "''").replace(",", ""),
    "capitals and accents": AGENCY.replace("Tromso", "Tromsø").replace("Eirik Solvang", "EIRIK SOLVÅNG"),
    "other line ends": AGENCY.replace(" said.\n\n", " said.\n").replace("train coast", "train\ncoast"),
}

BOILERPLATE = """The ministry answers questions of accredited journalists between nine and four. Statements \
are in force \
only as published here, and the translation into English is for information."""
STATEMENTS = (
    f"""Minister receives ambassador\n\nDefence Minister Ilze Kalnina received the ambassador of Portugal in Riga on \
Monday. They spoke about the frigate that will call at Liepaja in June and about a seat for a Latvian officer in \
Lisbon. The ambassador thanked the minister for the help given to a yacht in distress.\n\n{BOILERPLATE}""",
    f"""Engineers return from exercise\n\nForty engineers came home on Friday from a bridge-building exercise in the \
north of Poland, where they worked beside sappers of four other armies. State Secretary Janis Ozols met their train \
and gave each a watch. The next such exercise is planned for the spring, at Daugavpils.\n\n{BOILERPLATE}""",
)
SAME_ACT = """Kenya borrows Norwegian boats to fight smuggling\n\nKenya will get a pair of Norwegian patrol \
boats on loan, \
officials in Nairobi announced this week, after months of talks about how to guard the creeks around Lamu.

Eirik Solvang, state secretary in Oslo's defence ministry, signed for his side and Grace Wambui Otieno for hers. The \
boats stay for three years. Crews are to be trained by Norwegians, first in Mombasa and later at sea by night.

Traders in Lamu doubt that two boats will do. "The sea is wide and the sugar is cheap," one of them said."""

OTHERS = {
    "the same act in other words": (AGENCY, SAME_ACT),
    "the same ministry's boilerplate": STATEMENTS,
    "nothing in common": (AGENCY, STATEMENTS[0]),
    "a text without a word": (AGENCY, " \n\n--"),
    "two texts without a word": ("", "..."),
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_a_copy_shares_a_key_and_is_like_its_source(text: str) -> None:
    one, other = signature(AGENCY), signature(text)
    assert keys(one) & keys(other)
    assert likeness(one, other) == likeness(other, one) >= COPY


@pytest.mark.parametrize(("one", "other"), OTHERS.values(), ids=OTHERS)
def test_other_articles_are_not_alike(one: str, other: str) -> None:
    assert likeness(signature(one), signature(other)) < COPY


def test_articles_without_boilerplate_share_no_key() -> None:
    assert not keys(signature(AGENCY)) & keys(signature(SAME_ACT))
    assert not keys(signature(""))


def test_a_shortened_copy_is_wholly_in_its_source() -> None:
    assert likeness(signature(AGENCY), signature(f"Boats on loan\n\n{LEAD}")) > 0.8


def test_the_corpus_has_two_tellings_of_one_statement_no_other_copies_and_few_candidates() -> None:
    signatures, places = {}, defaultdict(set)
    for path in sorted(CORPUS.glob("*/articles/*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        signatures[path] = signature(f"{article['title']}\n\n{article['text']}")
        for key in keys(signatures[path]):
            places[key].add(path)
    assert len(signatures) >= 1453
    candidates = {pair for paths in places.values() for pair in combinations(sorted(paths), 2)}
    assert len(candidates) < len(signatures) ** 2 / 2 / 1000
    alike = sorted((likeness(signatures[one], signatures[other]), one.stem, other.stem) for one, other in candidates)
    assert [names for score, *names in alike if score >= COPY] == [["arms-062", "trade-001"]]
    assert sum(score >= COPY / 2 for score, *_ in alike) <= 4  # notices of arms sales, whose boilerplate they share


@pytest.mark.parametrize("share", [0.9, 0.75, 0.6, 0.45])
def test_copies_of_the_corpus_cut_so_far_are_found(share: float) -> None:
    found, paths = 0, sorted(CORPUS.glob("*/articles/*.json"))[::4]
    for path in paths:
        article = json.loads(path.read_text(encoding="utf-8"))
        words = article["text"].split(" ")
        short = signature(f"Another headline\n\nLAGOS, May 4 (Wire) - {' '.join(words[: int(share * len(words))])}")
        whole = signature(f"{article['title']}\n\n{article['text']}")
        found += bool(keys(short) & keys(whole)) and likeness(short, whole) >= COPY
    assert len(paths) >= 170
    assert found >= 0.97 * len(paths)


def test_a_signature_is_read_as_it_was_written() -> None:
    for text in (AGENCY, "Short.", ""):
        one = signature(text)
        assert Signature.read(one.written()) == one
        assert len(one.written()) < 4 * SAMPLES


@pytest.mark.parametrize("text", ["", "no signature", "3:AAAA", "x" + signature(AGENCY).written(), "3:ä"])
def test_another_text_is_no_signature(text: str) -> None:
    with pytest.raises(StoreError, match="build the store again"):
        Signature.read(text)


def test_every_process_and_machine_makes_the_same_signature() -> None:
    program = "import sys; from kg.identity.copies import signature; print(signature(sys.argv[1]).written())"
    written = {
        subprocess.run(
            [sys.executable, "-c", program, AGENCY],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert written == {signature(AGENCY).written()}
    assert sorted(keys(signature("Ships met at sea.")))[:2] == ["028f44d43d66", "32be013faf58"]
