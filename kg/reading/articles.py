"""Articles from files, folders and standard input.

Every format gives the same `Article`: its text is the title, a blank line and the body, unchanged but for line ends,
which become "\\n". What cannot be read is yielded as an `ArticleError`, so that the rest goes on.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from kg.errors import ArticleError, UsageError
from kg.model import Article
from kg.reading.datelines import header
from kg.reading.languages import foreign
from kg.reading.records import FORMATS, Record, records, sniffed

STANDARD_INPUT = "-"
ENDINGS = ", ".join(sorted(FORMATS))

_SURROGATE = re.compile("[\ud800-\udfff]")


def _members(folder: Path) -> Iterator[Path]:
    """Yield the files of known ending in a folder and below it, but for hidden ones."""

    def refuse(error: OSError) -> None:
        raise UsageError(f"{error.filename}: this folder cannot be read ({error.strerror}); change its permissions")

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (
            Path(parent, name) for name in names if Path(name).suffix.lower() in FORMATS and not name.startswith(".")
        )


def _files(path: Path) -> list[Path]:
    """Return the file itself, or the articles of a folder in the order of their paths.

    Raises:
        UsageError: there is no such file, the folder holds no article, or the format is unknown.
    """
    if path.is_dir():
        if found := sorted(_members(path), key=lambda file: file.parts):
            return found
        raise UsageError(f"{path}: the folder holds no article; articles are files that end in {ENDINGS}")
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; check the spelling")
    if path.suffix.lower() not in FORMATS:
        raise UsageError(
            f"{path}: unknown format {path.suffix or '(no ending)'}; articles are files that end in {ENDINGS}"
        )
    return [path]


def article(record: Record, default: date | None = None) -> Article:
    """The article that a record holds, published on the day `default` where neither record nor text says when.

    Raises:
        ArticleError: it is empty or not in English, or its text cannot be stored.
    """
    if not record.body.strip():
        raise ArticleError(f"{record.place}: the article has no text; give it one, or leave it out")
    text = f"{record.title}\n\n{record.body}" if record.title else record.body
    if _SURROGATE.search("".join(filter(None, (text, record.id, record.publisher, record.url)))):
        raise ArticleError(f"{record.place}: it holds half a surrogate pair (\\ud800 to \\udfff); mend the escapes")
    if language := foreign(text):
        raise ArticleError(
            f"{record.place}: the article is not in English (looks like {language!r}); translate it first"
        )
    found = header(record.body, titled=record.title is not None)
    return Article(
        id=record.id,
        text=text,
        title=record.title,
        date=record.published or found.published or default,
        dateline=found.place,
        lead=len(text) - len(record.body) + found.lead,
        publisher=record.publisher,
        url=record.url,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where an article came from, and the hash of its text."""

    place: str
    digest: bytes


def _checked(found: Iterable[Record | ArticleError], default: date | None) -> Iterator[Article | ArticleError]:
    """Yield the articles, each id once: a copy is left out, another text under that id is an error."""
    seen: dict[str, _Seen] = {}
    for record in found:
        if isinstance(record, ArticleError):
            yield record
            continue
        try:
            one = article(record, default)
        except ArticleError as error:
            yield error
            continue
        this = _Seen(record.place, sha256(one.text.rstrip().encode()).digest())
        first = seen.setdefault(one.id, this)
        if first is this:
            yield one
        elif first.digest != this.digest:
            reason = f"the id {one.id!r} belongs to another text, in {first.place}; give one of them another id"
            yield ArticleError(f"{record.place}: {reason}")


def _records(files: Sequence[Path | None]) -> Iterator[Record | ArticleError]:
    """Yield the records of these files; `None` stands for standard input."""
    for file in files:
        if file is None:
            yield from sniffed(sys.stdin.buffer.read())
        else:
            yield from records(file)


def read(paths: Sequence[Path | str], date: date | None = None) -> Iterator[Article | ArticleError]:
    """Return the articles in these files and folders, in order, with an error in the place of each that cannot be read.

    "-" is standard input, whose format is recognised. `date` is for articles that carry none, in a field or a header.
    The calls that are wrong as a whole fail here, before the first article is read.

    Raises:
        UsageError: a path does not exist, has an unknown format, or is a folder without articles.
    """
    if not paths:
        raise UsageError(
            f"no article is named; name files that end in {ENDINGS}, folders of them, or - for standard input"
        )
    files: list[Path | None] = []
    for path in paths:
        files.extend([None] if str(path) == STANDARD_INPUT else _files(Path(path)))
    return _checked(_records(files), date)
