"""The articles that a command names, with the file of each, and what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.cli.output import say
from kg.errors import ArticleError, UsageError
from kg.model import Article
from kg.reading import articles
from kg.reading.records import FORMATS

ONE_EACH = frozenset(FORMATS) - {".jsonl", ".ndjson"}
"""The endings of files that hold one article each, as a rule."""


@dataclass(slots=True)
class Failures:
    """What failed so far: a line each, on standard error as it comes."""

    messages: list[str] = field(default_factory=list)

    def add(self, error: Exception) -> None:
        """Say what failed, and go on."""
        self.messages.append(str(error))
        say(f"kg: {error}")


@dataclass(slots=True)
class Reading:
    """The articles of some paths; `source` tells the file of one that was read."""

    paths: Sequence[str]
    published: date | None
    failures: Failures
    _sources: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        articles.read(self.paths, self.published)

    def articles(self) -> Iterator[Article]:
        """The articles in order, a copy left out; one that cannot be read is a failure and is passed over."""
        for file in files(self.paths):
            for article in articles.read([file], self.published):
                if isinstance(article, ArticleError):
                    self.failures.add(article)
                elif _key(article) not in self._sources:
                    self._sources[_key(article)] = file
                    yield article

    def source(self, article: Article) -> str:
        """The file that an article was read from, in full."""
        file = self._sources[_key(article)]
        return file if file == articles.STANDARD_INPUT else Path(file).resolve().as_posix()


def files(paths: Sequence[str]) -> list[str]:
    """The files among the paths and in their folders, each once, in order."""
    return list(dict.fromkeys(file for path in paths for file in _members(path)))


def expected(paths: Sequence[str]) -> int | None:
    """The number of articles in the paths, as far as their files show it: `None` where a file may hold any number."""
    found = files(paths)
    return len(found) if all(Path(file).suffix.lower() in ONE_EACH for file in found) else None


def day(text: str | None) -> date | None:
    """The day that an option names.

    Raises:
        UsageError: it names none.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--date {text}: no such day; write it as in 2018-08-31") from None


def _key(article: Article) -> tuple[str, int]:
    return article.id, hash(article.text)


def _members(path: str) -> list[str]:
    if path == articles.STANDARD_INPUT or not Path(path).is_dir():
        return [path]
    found = (file for file in Path(path).rglob("*") if file.suffix.lower() in FORMATS)
    shown = (file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts))
    return [str(file) for file in sorted(shown, key=lambda file: file.parts)]
