"""Whether the words around a time tell of what is past or of what is still to come."""

from spacy.tokens import Token

from kg.clauses import children, is_verb

AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "can"})
BEHIND = frozenset({"has", "have", "had", "'ve", "’ve", "having"})
AWAITED = frozenset({"due", "set", "schedule", "scheduled", "slate", "slated", "expect", "expected", "plan", "planned"})
"""What is said of an act to come: "is due on Friday", "is expected in June"."""

INTENDING = frozenset({"be", "plan", "expect", "intend", "hope", "want"})
"""Verbs in the present whose infinitive is still to come: "is to visit", "plans to visit"."""

OVER = frozenset({"was", "were", "been"})


def carrier(token: Token) -> Token:
    """The verb, or the predicate with a copula, in whose clause the token stands; else the top of its sentence."""
    while not (is_verb(token) or children(token, "cop")) and token.head != token:
        token = token.head
    return token


def ahead(token: Token, assumed: bool) -> bool:
    """Whether a time at `token` lies ahead by the tense of its own clause; `assumed` where that says nothing.

    "They agreed on Friday that troops will leave on Monday" has one time of each kind.
    """
    verb = carrier(token)
    helpers = {child.lower_ for child in children(verb, "aux", "cop")}
    if helpers & BEHIND:
        return False
    if helpers & AHEAD:
        return True
    if helpers and any(word.lower_ in AWAITED for word in (verb, *verb.children)):
        return assumed or not helpers & OVER
    if verb.lower_ in AWAITED and verb.dep_ == "acl":
        return True
    if _is_infinitive(verb):
        return assumed or _is_to_be(verb)
    return assumed and not (_is_past(verb) or helpers & OVER)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children)


def _is_to_be(verb: Token) -> bool:
    """Whether an infinitive hangs on "is", "is due" or "plans", or on nothing, as in a headline."""
    above = verb.head
    if above == verb:
        return True
    present = "Pres" in above.morph.get("Tense", [])
    now = present or any(child.lower_ in {"is", "are"} for child in children(above, "cop", "aux"))
    return now and (above.lower_ in AWAITED or above.lemma_.lower() in INTENDING)


def _is_past(verb: Token) -> bool:
    """Whether the verb alone tells of the past: "signed on Friday", of the act or of the contract."""
    bare = not children(verb, "aux")
    return "Past" in verb.morph.get("Tense", []) and (bare or "Fin" in verb.morph.get("VerbForm", []))
