"""The annotations of a folder, each with its article."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from kg import annotations
from kg.errors import ArticleError, UsageError
from kg.model import Article, Extraction


def annotation_files(folder: Path) -> tuple[Path, ...]:
    """The annotation files of the folder, in the order of their names.

    Raises:
        UsageError: it is no folder, or it holds none.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the folder that holds the annotation files")
    if found := tuple(sorted(folder.glob("*.json"))):
        return found
    raise UsageError(f"{folder}: the folder holds no annotation; annotations are files that end in .json")


def read(files: Iterable[Path], articles: Iterable[Article]) -> tuple[Extraction, ...]:
    """What the annotation files say of these articles, in the order of the files; other articles are passed over.

    Raises:
        ArticleError: a file is no annotation, its article is missing, or another file has that article.
    """
    return tuple(_read(files, {article.id: article for article in articles}))


def _read(files: Iterable[Path], articles: dict[str, Article]) -> Iterator[Extraction]:
    seen: dict[str, Path] = {}
    for path in files:
        id = article_id(path)
        if id not in articles:
            raise ArticleError(f"{path}: there is no article {id!r} to compare with; add it, or leave this file out")
        if id in seen:
            raise ArticleError(f"{path}: {seen[id]} has article {id!r} too; leave one of them out")
        seen[id] = path
        yield annotations.read(path, articles[id])


def article_id(path: Path) -> str:
    """The id of the article that the file annotates; where the file does not say, it is named after it."""
    try:
        annotation = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArticleError(f"{path}: cannot be read as JSON ({error}); give an annotation file in UTF-8") from error
    id = annotation.get("id") if isinstance(annotation, dict) else None
    return id if isinstance(id, str) else unquote(path.stem)
