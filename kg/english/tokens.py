"""The tokenizer: spaCy's English rules, changed where news and the treebanks differ from them.

Hyphens stay inside a word after the prefixes that the treebanks keep whole ("pro-Beijing", "anti-tank") and inside
designations ("F-16", "Mi-35M"); they split elsewhere ("Russia-Pakistan", "US-led", "U.S.-led").
"""

import re
from collections.abc import Iterable
from typing import Any

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, HYPHENS, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex

from kg.english.words import words

WHOLE_PREFIXES = words("whole_prefixes")
TITLES, MONTHS, REFERENCES, ENDINGS = (words(name) for name in ("titles", "months", "references", "endings"))

DESIGNATION = r"[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z0-9]{0,4}$"
"""Equipment by designation ("Mi-35M", "F-16s", "T-90S"), always one token; units ("500m") are no part of it."""

_SUFFIXES = (
    r"(?<=[0-9])(?:bn|mn|tn|trn|m|k|pc)",
    r"(?<=[0-9])\)",
)


def _hyphen() -> str:
    """Return the pattern of a hyphen that splits: between letters, or from digits to a word, not after a prefix."""
    kept = "".join(rf"(?<!\b{re.escape(p)})(?<!\b{re.escape(p.capitalize())})" for p in sorted(set(WHOLE_PREFIXES)))
    return (
        rf"(?:(?<=[{ALPHA}]){kept}|(?<=[{ALPHA_UPPER}]\.)|(?<=[0-9])(?=[^\s][{ALPHA_LOWER}]{{2}}))"
        rf"(?:{HYPHENS})(?=[{ALPHA}])"
    )


def _infixes() -> list[str]:
    """Return the patterns that split inside a word."""
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+\-\*^–](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA_LOWER}0-9])[?!.](?=[“‘\"])",
        rf"(?<=[{ALPHA_LOWER}][.?!])[”“\"](?=[{ALPHA_UPPER}])",
        rf"(?<=[.?!])[“‘\"](?=[{ALPHA_UPPER}])",
        rf"(?<=[{ALPHA_LOWER}0-9]),(?=[{ALPHA}“‘\"])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        r"(?<=[0-9])(?:%)(?=[-–])",
        _hyphen(),
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])—(?=[{ALPHA}0-9“‘\"])",
        rf"(?<=[{ALPHA}\)]),(?=[“‘\"])",
    ]


def _exceptions(tokenizer: Any, wholes: Iterable[str]) -> None:
    """Add `wholes` as single tokens with their lower-case form as norm."""
    for word in sorted(set(wholes)):
        tokenizer.add_special_case(word, [{"ORTH": word, "NORM": word.lower()}])


def tune(nlp: Language) -> Language:
    """Return `nlp` with its tokenizer's rules changed for news; the rules are saved with the pipeline."""
    tokenizer: Any = nlp.tokenizer
    suffixes = nlp.Defaults.suffixes or []
    tokenizer.suffix_search = compile_suffix_regex([*suffixes, *_SUFFIXES]).search
    tokenizer.infix_finditer = compile_infix_regex(_infixes()).finditer
    tokenizer.token_match = re.compile(DESIGNATION).match
    upper = [word.upper() for word in (*TITLES, *MONTHS)]
    _exceptions(tokenizer, (*TITLES, *MONTHS, *REFERENCES, *ENDINGS, *upper))
    return nlp
