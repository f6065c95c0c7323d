"""Entities by name: by label, alias, code and id, with typos."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.answers.views import Match, Node
from kg.index.folding import folded, triples
from kg.index.numbers import number

EXACT = 100.0
ALIAS = 98.0
PREFIX = 90.0
INSIDE = 80.0
LIKE = 0.75
"""The scores of a name that is the text, of an alias that is it, of a name that begins with it, of one with a word that
does, and the factor for a name or word that is merely like it."""
IN_A_WORD = 0.95
"""What likeness to a word of a name counts, against likeness to the whole of it."""
CUTOFF = 78.0
"""The likeness, 0 to 100, below which a name is another name."""
CUTOFF_FOR_HINTS = 60.0
"""The same for a hint in an error, where a wrong one does no harm."""
CANDIDATES = 200
"""Names that share the most of a text's rarest triples of letters, which are looked at for typos."""
COMMON = 500
"""Names from which on it does not matter how many have a triple."""
MOST = 2000
"""Names that begin with a text, or have a word that does, which are looked at."""
SHORTEST_TYPO = 4
"""Letters from which on a text may be a misspelt name: shorter ones are like too many."""
LONGEST = 200
"""Letters of a text that are looked at."""

ORDER = ("State", "Organization", "Person", "Post", "Place", "Equipment")
BEGINNING = """
SELECT DISTINCT n.node, n.folded, n.text, n.main FROM word AS w JOIN name AS n ON n.number = w.name
WHERE w.start >= ? AND w.start < ? ORDER BY length(w.start) LIMIT ?
"""
SHARE = "SELECT name FROM triple WHERE letters = ? LIMIT ?"
HOW_MANY = f"SELECT count(*) FROM ({SHARE})"
NAME = "SELECT node, folded, text FROM name WHERE number = ?"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that was found, and how well it fits, 0 to 100."""

    node: int
    text: str
    score: float


def search(connection: sqlite3.Connection, text: str, types: Iterable[str], countries: Iterable[str]) -> list[Match]:
    """The entities of these types and countries (all where none is given) that a text means, the best first."""
    best: dict[int, Hit] = {}
    for hit in _hits(connection, folded(text)[:LONGEST]):
        if hit.node not in best or hit.score > best[hit.node].score:
            best[hit.node] = hit
    kinds, codes = set(types), {code.upper() for code in countries}
    found = []
    for hit in best.values():
        id, type, label, country = connection.execute(
            "SELECT id, type, label, country FROM node WHERE number = ?", (hit.node,)
        ).fetchone()
        if (not kinds or type in kinds) and (not codes or country in codes):
            found.append(Match(Node(id, type, label), hit.text, hit.score, f"state:{country}" if country else None))
    return sorted(found, key=lambda one: (-one.score, ORDER.index(one.node.type), one.name, one.node.id))


def nearest(connection: sqlite3.Connection, text: str, limit: int = 3) -> tuple[str, ...]:
    """The names that come closest to a text that is none of them, the closest first."""
    found = sorted(_alike(connection, folded(text)[:LONGEST], CUTOFF_FOR_HINTS), key=lambda hit: (-hit.score, hit.text))
    return tuple(dict.fromkeys(hit.text for hit in found))[:limit]


def _hits(connection: sqlite3.Connection, text: str) -> Iterator[Hit]:
    if not text:
        return
    if len(text) == 1:
        query = "SELECT node, folded, text, main FROM name WHERE folded = ?"
        rows = connection.execute(query, (text,)).fetchall()
    else:
        rows = connection.execute(BEGINNING, (text, text + chr(0x10FFFF), MOST)).fetchall()
    for node, written, name, main in rows:
        yield Hit(node, name, _score(written, text, main))
    if len(text) >= SHORTEST_TYPO:
        for hit in _alike(connection, text, CUTOFF):
            yield Hit(hit.node, hit.text, round(hit.score * LIKE, 1))


def _score(name: str, text: str, main: bool) -> float:
    if name == text:
        return EXACT if main else ALIAS
    share = len(text) / len(name)
    return round((PREFIX if name.startswith(text) else INSIDE) + 5 * share, 1)


def _alike(connection: sqlite3.Connection, text: str, cutoff: float) -> Iterator[Hit]:
    """The names that the text is like, whole or in a word."""
    for own in _candidates(connection, text):
        node, written, name = connection.execute(NAME, (own,)).fetchone()
        words = written.split()
        like = fuzz.ratio(text, written, score_cutoff=cutoff)
        in_word = max((fuzz.ratio(text, word, score_cutoff=cutoff) for word in words), default=0.0)
        score = max(like, in_word * IN_A_WORD if len(words) > 1 else 0.0)
        if score:
            yield Hit(node, name, score)


def _candidates(connection: sqlite3.Connection, text: str) -> list[int]:
    """The names that share the rarest triples of letters with a text: the most of them first."""
    number_of = {letters: connection.execute(HOW_MANY, (letters, COMMON)).fetchone() for letters in triples(text)}
    shared = Counter[int]()
    for letters in sorted(number_of, key=lambda letters: (number_of[letters], letters)):
        if len(shared) < CANDIDATES:
            shared.update(name for (name,) in connection.execute(SHARE, (letters, COMMON)))
    return [name for name, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES]]


def exists(connection: sqlite3.Connection, id: str) -> bool:
    """Whether an entity has this id."""
    return connection.execute("SELECT 1 FROM node WHERE number = ?", (number(id),)).fetchone() is not None
