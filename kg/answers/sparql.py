"""SPARQL texts, looked at before a store runs them: do they parse, and may they run here?

The parser is the store's own, so what is judged here is what would run. It offers no parse-only call: a substitution
for a variable that no query projects makes it stop, with an error of its own, between parsing and evaluation.
"""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError

VOCABULARIES = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
}
"""What queries may name besides the prefixes that files are written with."""

_LONGEST_REASON = 160
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NOT_NAMES = re.compile(r"""<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""")
_PROBE: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
    ox.Variable("parsedAndNotRun"): ox.Literal("")
}


def check(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise `QueryError` unless `text` is a SPARQL query that may run: it parses and calls out to nobody.

    `prefixes` are known without being declared.
    """
    problem = _syntax_error(text, prefixes)
    if problem is not None:
        raise QueryError(_explained(text, problem, prefixes))
    if uses_keyword(text, "SERVICE", prefixes):
        raise QueryError("SPARQL query: SERVICE is refused, as a query here never calls another server; take it out")


def uses_keyword(text: str, keyword: str, prefixes: Mapping[str, str]) -> bool:
    """Whether `text`, a query that parses, has `keyword` as a keyword: not in a name, a string or a comment.

    The word is masked wherever it stands, in its own case. What still parses had it nowhere as a keyword, whatever a
    tokeniser of our own would have thought of the text.
    """
    word = re.compile(keyword, re.IGNORECASE | re.ASCII)
    if not word.search(text):
        return False
    lower, letters = text.lower(), len(keyword)
    while "q" * letters in lower:
        letters += 1
    return _syntax_error(word.sub(lambda match: _mask(match[0], letters), text), prefixes) is not None


def _mask(word: str, letters: int) -> str:
    """A word of `letters` letters q in the case of `word`, so that ?Service and ?service stay two variables."""
    return "".join("Q" if letter.isupper() else "q" for letter in word).ljust(letters, "q")


def _syntax_error(text: str, prefixes: Mapping[str, str]) -> str | None:
    try:
        ox.Store().query(text, prefixes=dict(prefixes), substitutions=_PROBE)
    except SyntaxError as error:
        return str(error)
    except RuntimeError:
        return None
    return None


def _explained(text: str, problem: str, prefixes: Mapping[str, str]) -> str:
    """One line: the parser's place, and what it wanted there, or the undeclared prefix that it stumbled over."""
    match = _PLACE.match(problem)
    place, reason = (f", line {match[1]}, column {match[2]}", match[3]) if match else ("", problem)
    unknown = _undeclared(text, prefixes)
    if unknown:
        reason = f"the prefix {unknown[0]}: is not declared; add PREFIX {unknown[0]}: <...>"
    reason = " ".join(reason.split()).replace("[_]", "a keyword")  # how the parser's grammar writes any word of SPARQL
    return f"SPARQL query{place}: {reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON] + ' ...'}"


def _undeclared(text: str, prefixes: Mapping[str, str]) -> list[str]:
    bare = _NOT_NAMES.sub(" ", text)
    declared = {*prefixes, "_", *re.findall(r"(?i)\bprefix\s+([\w.-]*):", bare)}
    return sorted({name for name in re.findall(r"(?<![\w?$:@-])([A-Za-z][\w.-]*):", bare) if name not in declared})
