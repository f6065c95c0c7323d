"""Numbers for ids, and bits for roles: what the index's tables are joined by."""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

from kg.model import Role

PLACE, ITEM = "place", "item"
ROLES: tuple[str, ...] = (*Role, PLACE, ITEM)
"""Roles by their bit: those of actors, then those of an event's place and of its equipment."""

BITS = {role: 1 << place for place, role in enumerate(ROLES)}
ACTORS = sum(BITS[role] for role in Role)
"""The bits of actors' roles."""


def number(id: str) -> int:
    """The number of an id: a digest of 63 bits, the same in every index.

    >>> number("state:PK")
    5288205269551292747
    """
    return int.from_bytes(blake2b(id.encode(errors="surrogatepass"), digest_size=8).digest()) >> 1


def bits(roles: Iterable[str]) -> int:
    """The bits of some roles."""
    return sum(BITS[role] for role in set(roles))


@cache
def roles(bits: int) -> tuple[str, ...]:
    """The roles of some bits, in their order.

    >>> roles(bits(["signatory", "party"]))
    ('party', 'signatory')
    """
    return tuple(str(role) for role in ROLES if bits & BITS[role])
