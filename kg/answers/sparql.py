"""SPARQL texts, looked at before a store runs them: do they parse, and may they run here?

The parser is the store's own, so what is judged here is what would run. It offers no parse-only call: for a query, a
substitution for a variable that no query projects makes it stop, with an error of its own, between parsing and
evaluation; an update stops there behind an operation that fails.
"""

import re
from collections.abc import Callable, Mapping

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
_LOCAL_FILE = re.compile(r"\b(?:(?:FROM|USING)(?:\s+NAMED)?|BASE|PREFIX\s+[^\s:<]*:)\s*<file:", re.IGNORECASE)
_OUTWARD = re.compile("service|file:", re.IGNORECASE | re.ASCII)
_PROLOGUE = re.compile(r"(?:\s|#[^\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:<]*:\s*<[^>]*>)*", re.IGNORECASE)
_FAILING = "DROP GRAPH <urn:defcoop:none> ;\n"
_PROBE: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
    ox.Variable("parsedAndNotRun"): ox.Literal("")
}


def check(text: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Raise `QueryError` unless `text` is a SPARQL query that may run: it parses and calls out to nobody.

    `prefixes` are known without being declared; relative IRIs are taken from `base`, and refused without one.
    """
    _check("query", text, lambda one: _syntax_error(one, prefixes, base), prefixes)


def may_call_out(text: str) -> bool:
    """Whether `check` has more to look for than what the store itself refuses when it reads the query.

    >>> may_call_out("ASK {}"), may_call_out("ASK { ?s ?p 'at your service' }")
    (False, True)
    """
    return _OUTWARD.search(text) is not None


def check_update(text: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Raise `QueryError` unless `text` is a SPARQL update that parses and calls out to nobody; as for `check`."""

    def problem(one: str) -> str | None:
        return _update_error(one, prefixes, base)

    _check("update", text, problem, prefixes)
    if _has_keyword(text, "LOAD", problem):
        raise QueryError("SPARQL update: LOAD is refused, as nothing is fetched from here; send the data themselves")


def uses_keyword(text: str, keyword: str, prefixes: Mapping[str, str], base: str | None = None) -> bool:
    """Whether `text`, a query that parses, has `keyword` as a keyword: not in a name, a string or a comment."""
    return _has_keyword(text, keyword, lambda one: _syntax_error(one, prefixes, base))


def declared(text: str, prefixes: Mapping[str, str], base: str | None = None) -> str:
    """The query with the declarations that it lacks, for a store that does not know them.

    >>> declared("SELECT * { ?a coop:when ?b }", {"coop": "urn:x#", "state": "urn:y"})
    'PREFIX coop: <urn:x#>\\nSELECT * { ?a coop:when ?b }'
    """
    prologue = _PROLOGUE.match(text)
    first = prologue.end() if prologue else 0
    lacking = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in _undeclared(text, {}) if name in prefixes)
    return f"{f'BASE <{base}> ' if base else ''}{text[:first]}{lacking}{text[first:]}"


def _check(kind: str, text: str, problem: Callable[[str], str | None], prefixes: Mapping[str, str]) -> None:
    found = problem(text)
    if found is not None:
        raise QueryError(_explained(kind, text, found, prefixes))
    if _has_keyword(text, "SERVICE", problem):
        raise QueryError(f"SPARQL {kind}: SERVICE is refused, as a {kind} here never calls another server; take it out")
    files = _LOCAL_FILE.search(_NOT_NAMES.sub(lambda match: match[0] if match[0].startswith("<") else " ", text))
    if files and any(_has_keyword(text, word, problem) for word in ("FROM", "USING")):
        raise QueryError(f"SPARQL {kind}: a graph <file:...> is refused, as no file is read from here; take it out")


def _has_keyword(text: str, keyword: str, problem: Callable[[str], str | None]) -> bool:
    """Whether `text`, which parses, has `keyword` as a keyword.

    The word is masked wherever it stands, in its own case. What still parses had it nowhere as a keyword, whatever a
    tokeniser of our own would have thought of the text.
    """
    word = re.compile(keyword, re.IGNORECASE | re.ASCII)
    if not word.search(text):
        return False
    lower, letters = text.lower(), len(keyword)
    while "q" * letters in lower:
        letters += 1
    return problem(word.sub(lambda match: _mask(match[0], letters), text)) is not None


def _mask(word: str, letters: int) -> str:
    """A word of `letters` letters q in the case of `word`, so that ?Service and ?service stay two variables."""
    return "".join("Q" if letter.isupper() else "q" for letter in word).ljust(letters, "q")


def _syntax_error(text: str, prefixes: Mapping[str, str], base: str | None) -> str | None:
    try:
        ox.Store().query(text, base_iri=base, prefixes=dict(prefixes), substitutions=_PROBE)
    except SyntaxError as error:
        return str(error)
    except RuntimeError:
        return None
    return None


def _update_error(text: str, prefixes: Mapping[str, str], base: str | None) -> str | None:
    prologue = _PROLOGUE.match(text)
    first = prologue.end() if prologue else 0
    try:
        ox.Store().update(text[:first] + _FAILING + text[first:], base_iri=base, prefixes=dict(prefixes))
    except SyntaxError as error:
        return _PLACE.sub(lambda match: _without_failing(match, text[:first]), str(error))
    except RuntimeError:
        return None
    return None


def _without_failing(match: re.Match[str], before: str) -> str:
    """The parser's place in the text itself, which has no operation that fails, and a line less, behind `before`."""
    line, column = int(match[1]), int(match[2])
    lines = before.split("\n")
    if line == len(lines) + 1:
        column += len(lines[-1])
    return f"error at {line - 1 if line > len(lines) else line}:{column}: {match[3]}"


def _explained(kind: str, text: str, problem: str, prefixes: Mapping[str, str]) -> str:
    """One line: the parser's place, and what it wanted there, or the undeclared prefix that it stumbled over."""
    match = _PLACE.match(problem)
    place, reason = (f", line {match[1]}, column {match[2]}", match[3]) if match else ("", problem)
    unknown = _undeclared(text, prefixes)
    if unknown:
        reason = f"the prefix {unknown[0]}: is not declared; add PREFIX {unknown[0]}: <...>"
    reason = " ".join(reason.split()).replace("[_]", "a keyword")  # how the parser's grammar writes any word of SPARQL
    return f"SPARQL {kind}{place}: {reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON] + ' ...'}"


def _undeclared(text: str, prefixes: Mapping[str, str]) -> list[str]:
    bare = _NOT_NAMES.sub(" ", text)
    declared = {*prefixes, "_", *re.findall(r"(?i)\bprefix\s+([\w.-]*):", bare)}
    return sorted({name for name in re.findall(r"(?<![\w?$:@-])([A-Za-z][\w.-]*):", bare) if name not in declared})
