"""The words of a SPARQL text that parses: which form a query has, and the few places where an update is rewritten.

Nothing is judged here: what comes out of a rewriting is parsed again, and what it would change is looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError

_LEXEME = re.compile(
    r"""
      (?P<aside> \s+ | \#[^\n]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<text> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<tag> @[A-Za-z][A-Za-z0-9-]* )
    | (?P<name> (?:[^\W\d_][\w.-]*|_)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)* )
    | (?P<word> \w+ )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)

FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word or mark: its kind, what it says (words in capitals), its place in the text, how many braces are open."""

    kind: str
    says: str
    start: int
    end: int
    depth: int


def lexemes(text: str) -> Iterator[Lexeme]:
    """The words and marks of a text in their order, without blanks and comments."""
    depth = 0
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup or ""
        if kind == "aside":
            continue
        says = match[0].upper() if kind == "word" else match[0]
        depth -= says == "}" and kind == "mark"
        yield Lexeme(kind, says, match.start(), match.end(), depth)
        depth += says == "{" and kind == "mark"


def form(text: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> form("PREFIX select: <urn:ASK> # CONSTRUCT\\n ask {}")
    'ASK'
    """
    return next((one.says for one in lexemes(text) if one.kind == "word" and one.says in FORMS), "")


def without_silent_loads(text: str) -> str:
    """An update in which each LOAD SILENT does nothing: it would fail here, and it may not say so.

    >>> without_silent_loads("LOAD SILENT <urn:a> INTO GRAPH <urn:b> ; CLEAR ALL")
    'INSERT DATA {} ; CLEAR ALL'
    """
    found = [one for one in lexemes(text) if one.depth == 0]
    for at in range(len(found) - 2, -1, -1):
        if _words(found[at : at + 2]) == ["LOAD", "SILENT"]:
            rest = found[at:]
            last = next(
                (one for one, after in zip(rest, [*rest[1:], None], strict=True) if not after or after.says == ";")
            )
            text = f"{text[: rest[0].start]}INSERT DATA {{}}{text[last.end :]}"
    return text


def using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update whose patterns are matched in the dataset of the protocol (using-graph-uri, using-named-graph-uri).

    Raises:
        QueryError: the update has USING or WITH itself.

    >>> using("DELETE WHERE { ?s ?p 1 }", ["urn:a"], [])
    'DELETE { ?s ?p 1 } USING <urn:a> WHERE { ?s ?p 1 }'
    """
    if not default and not named:
        return text
    found = [one for one in lexemes(text) if one.depth == 0]
    if any(one.kind == "word" and one.says in {"USING", "WITH"} for one in found):
        raise QueryError("SPARQL update: the parameters using-graph-uri do not go with USING or WITH; send one of them")
    clause = " ".join([*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)])
    for at in range(len(found) - 1, -1, -1):
        if _words([found[at]]) != ["WHERE"]:
            continue
        start = found[at].start
        short = _words(found[at - 1 : at]) == ["DELETE"]
        pattern = text[found[at + 1].start : found[at + 2].end] + " " if short else ""
        text = f"{text[:start]}{pattern}{clause} {text[start:]}"
    return text


def _words(some: Sequence[Lexeme]) -> list[str]:
    return [one.says for one in some if one.kind == "word"]
