"""English nouns in one form: lower case, British spelling, singular."""

_KEPT = frozenset(
    ("arms", "awacs", "binoculars", "boots", "communications", "countermeasures", "forces", "glass", "goggles", "gps",
     "headquarters", "hypersonics", "logistics", "manpads", "mlrs", "series", "signals", "uas")
)  # fmt: skip
_SPELLINGS = (("defense", "defence"), ("armor", "armour"), ("center", "centre"), ("caliber", "calibre"),
              ("maneuver", "manoeuvre"), ("refueling", "refuelling"), ("theater", "theatre"))  # fmt: skip


def british(word: str) -> str:
    """The word in lower case and British spelling."""
    word = word.lower()
    for american, spelling in _SPELLINGS:
        word = word.replace(american, spelling) if american in word and spelling not in word else word
    return word


def singular(word: str) -> str:
    """The singular of a lower-case noun, by ending.

    >>> singular("ferries"), singular("torpedoes"), singular("arms"), singular("chassis")
    ('ferry', 'torpedo', 'arms', 'chassis')
    """
    if word in _KEPT or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "oes", "sses")) else word[:-1]
