"""What one answer may cost."""

from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one answer may take, from when its worker begins.

    `seconds` count until the last byte is fetched; `megabytes` are the address space of the worker (RLIMIT_AS), some
    200 of which it has from the start; `rows` are those of SELECT or the triples of CONSTRUCT and DESCRIBE; `bytes` are
    those of the serialised answer.
    """

    seconds: float = 30.0
    megabytes: int = 1024
    rows: int = 1_000_000
    bytes: int = 256_000_000

    def within(self, most: Self) -> Self:
        """These limits, where they are lower than `most`, and those of `most` elsewhere.

        >>> Limits(seconds=5, rows=9_000_000).within(Limits()) == Limits(seconds=5)
        True
        """
        return type(self)(**{name: min(value, getattr(most, name)) for name, value in asdict(self).items()})
