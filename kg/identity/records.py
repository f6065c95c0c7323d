"""What was read out of an article, as JSON: the store makes the article's graph from it."""

from dataclasses import replace

from pydantic import TypeAdapter

from kg.model import Extraction

_CODEC: TypeAdapter[Extraction] = TypeAdapter(Extraction)


def written(extraction: Extraction) -> str:
    """The extraction as JSON, without the article's text, which its graph holds."""
    return _CODEC.dump_json(replace(extraction, article=replace(extraction.article, text=""))).decode()


def read(text: str, article_text: str) -> Extraction:
    """The extraction that was written so, of the article with this text."""
    extraction = _CODEC.validate_json(text)
    return replace(extraction, article=replace(extraction.article, text=article_text))
