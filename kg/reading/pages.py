"""The main text and the metadata of a web page, by trafilatura and its date finder."""

import logging
from dataclasses import dataclass

from trafilatura import bare_extraction
from trafilatura.settings import Document

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is told of as an ArticleError

DATES = {"extensive_search": False, "original_date": True}
"""The date finder keeps to metadata, markup and address: a date out of the prose is no publication date, and that of an
update is not wanted."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; `date` is an ISO date."""

    body: str = ""
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None


def _body(text: str, title: str | None) -> str:
    """Return the paragraphs with a blank line between them, without a heading that repeats the title."""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n\n".join(paragraphs[1:] if paragraphs[:1] == [title] else paragraphs)


def page(source: str) -> Page:
    """Return the main text of an HTML page, with its title, date, publisher and address where it states them.

    A page without a main text has an empty body.
    """
    found = bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        date_extraction_params=DATES,
    )
    if not isinstance(found, Document):
        return Page()
    title = found.title or None
    return Page(_body(found.text or "", title), title, found.date, found.sitename or found.hostname, found.url)
