"""The formats of articles: .txt, .json, .jsonl and .html files into records.

A record is an article as its file has it, with `place` (file, and line or item) for what is said of it to the user.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import ArticleError
from kg.reading.days import day
from kg.reading.decoding import UnreadableTextError, decoded

FIELDS = ("id", "title", "date", "publisher", "url", "text")


@dataclass(frozen=True, slots=True)
class Record:
    """One article as written: its fields, and its body without the title."""

    place: str
    id: str
    body: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file; `name` is said to the user, `stem` gives the id."""

    name: str
    stem: str
    text: str


def _from_text(source: Source) -> Iterator[Record | ArticleError]:
    """Yield the text as one record; without a title of its own, a headline in it is part of the body."""
    yield Record(source.name, source.stem, source.text)


def _field(value: object, name: str, place: str) -> str | None:
    """Return a field as text, with None for an empty one.

    Raises:
        ArticleError: it is no text.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if name == "id" and isinstance(value, int):
        return str(value)
    raise ArticleError(f"{place}: {name!r} is no text but {json.dumps(value)[:40]}; put it between quotes")


def _from_object(value: object, place: str, default_id: str) -> Record:
    """Return the record that a JSON object holds.

    Raises:
        ArticleError: it is no object, or a field cannot be read.
    """
    if not isinstance(value, dict):
        raise ArticleError(f"{place}: no JSON object; an article is one, with the fields {', '.join(FIELDS)}")
    fields = {name: _field(value.get(name), name, place) for name in FIELDS}
    written = fields["date"]
    published = day(written) if written else None
    if written and not published:
        raise ArticleError(f"{place}: the date {written!r} is not clear; write it as in 2018-08-31")
    return Record(
        place=place,
        id=(fields["id"] or default_id).strip(),
        body=fields["text"] or "",
        title=fields["title"].strip() if fields["title"] else None,
        published=published,
        publisher=fields["publisher"],
        url=fields["url"],
    )


def _loaded(text: str, name: str, line: int | None = None) -> object:
    """Return the JSON value.

    Raises:
        ArticleError: it is not valid JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{name}, line {line or error.lineno}, column {error.colno}"
        raise ArticleError(f"{place}: no valid JSON ({error.msg}); mend it there") from error
    except (ValueError, RecursionError) as error:
        place = name if line is None else f"{name}, line {line}"
        raise ArticleError(f"{place}: this JSON cannot be read ({error}); an article is a flat object") from error


def _from_json(source: Source) -> Iterator[Record | ArticleError]:
    """Yield the record of one object, or those of a list of them."""
    try:
        value = _loaded(source.text, source.name)
        if not isinstance(value, list):
            yield _from_object(value, source.name, source.stem)
            return
    except ArticleError as error:
        yield error
        return
    if not value:
        yield ArticleError(f"{source.name}: the list holds no article; put objects with a text into it")
    for number, item in enumerate(value, 1):
        try:
            yield _from_object(item, f"{source.name}, item {number}", f"{source.stem}-{number}")
        except ArticleError as error:
            yield error


def _from_lines(source: Source) -> Iterator[Record | ArticleError]:
    """Yield a record for each line that is not blank; without an id it is the stem and the number of the line."""
    if not source.text.strip():
        yield ArticleError(f"{source.name}: the file holds no article; write a JSON object on each line")
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = _loaded(line, source.name, number)
            yield _from_object(value, f"{source.name}, line {number}", f"{source.stem}-{number}")
        except ArticleError as error:
            yield error


def _from_html(source: Source) -> Iterator[Record | ArticleError]:
    """Yield the page's main text as one record."""
    from kg.reading.pages import page  # loads trafilatura, which takes as long as the rest of the package

    found = page(source.text)
    published = day(found.date) if found.date else None
    yield Record(source.name, source.stem, found.body, found.title, published, found.publisher, found.url)


FORMATS: dict[str, Callable[[Source], Iterator[Record | ArticleError]]] = {
    ".txt": _from_text,
    ".json": _from_json,
    ".jsonl": _from_lines,
    ".ndjson": _from_lines,
    ".html": _from_html,
    ".htm": _from_html,
    ".xhtml": _from_html,
}
"""The reader for each ending of a file's name."""


def records(file: Path) -> Iterator[Record | ArticleError]:
    """Yield the records of a file, by its ending."""
    try:
        text = decoded(file.read_bytes())
    except OSError as error:
        yield ArticleError(f"{file}: the file cannot be read ({error.strerror}); check its permissions")
    except UnreadableTextError as error:
        yield ArticleError(f"{file}: {error}; save it as UTF-8")
    else:
        yield from FORMATS[file.suffix.lower()](Source(str(file), file.stem, text))


def _is_json(text: str) -> bool:
    """Return whether the whole text is one JSON value."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _ending(text: str) -> str:
    """Return the ending of the format that a text seems to be in.

    What opens with a brace, or with a bracket and a brace, is meant as JSON even where it is faulty; a bracket alone
    may open a dateline.
    """
    start = text.lstrip()
    if start.startswith("<"):
        return ".html"
    if start.startswith("{"):
        return ".json" if _is_json(text) or not _is_json(start.partition("\n")[0]) else ".jsonl"
    listed = start.startswith("[") and (start[1:].lstrip().startswith("{") or _is_json(text))
    return ".json" if listed else ".txt"


def sniffed(raw: bytes) -> Iterator[Record | ArticleError]:
    """Yield the records of standard input, whose format is recognised; an article without an id is "stdin"."""
    try:
        text = decoded(raw)
    except UnreadableTextError as error:
        yield ArticleError(f"standard input: {error}; send it as UTF-8")
    else:
        yield from FORMATS[_ending(text)](Source("standard input", "stdin", text))
