"""A store that a server holds, written through that server."""

from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx

from kg.answers.store import Change
from kg.errors import ArticleConflict, ArticleError, StoreError, UnknownEntity
from kg.identity import records
from kg.model import Extraction
from kg.serving.notice import Notice

PATIENCE = 60.0
"""Seconds that a server may take for an article: in a full store an article can touch many others."""

ERRORS = {404: UnknownEntity, 409: ArticleConflict, 422: ArticleError}


class Served:
    """What `kg.answers.store.Store` offers to one who writes articles. As a context manager it is closed at the end."""

    def __init__(self, notice: Notice) -> None:
        headers = {"Authorization": f"Bearer {notice.token}"}
        self._client = httpx.Client(base_url=notice.url, headers=headers, timeout=PATIENCE, trust_env=False)
        self.url = notice.url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def base(self) -> str:
        """The base of the store's ids."""
        return str(self._answer("GET", "/health")["base"])

    def put(self, extraction: Extraction, source: str, replace: bool = False) -> Change:
        """Store what one article says, as `Store.put` does.

        Raises:
            ArticleConflict, ArticleError: as there.
            StoreError: the server is gone or refuses; what it stored before stays.
        """
        record = {"source": source, "replace": replace, "record": records.written(extraction)}
        answer = self._answer("POST", "/records", {**record, "text": extraction.article.text})
        return Change(answer["change"])

    def remove(self, article_id: str) -> None:
        """Take an article out of the store, as `Store.remove` does.

        Raises:
            UnknownEntity: the store has no such article.
            StoreError: the server is gone or refuses.
        """
        self._answer("DELETE", f"/articles/{quote(article_id, safe='')}")

    def back_up(self) -> str:
        """Copy the store into a new folder beside it; the folder's name.

        Raises:
            StoreError: the server is gone or refuses, or the disk does.
        """
        return Path(self._answer("POST", "/backups")["folder"]).name

    def _answer(self, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, str]:
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            reason = f"the server of this store does not answer ({error}); what it stored before stays"
            raise StoreError(f"{self.url}: {reason}; run the same again") from error
        if answer.is_success:
            return dict(answer.json()) if answer.content else {}
        detail = _detail(answer)
        raise ERRORS.get(answer.status_code, StoreError)(detail)


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.url}: answered {answer.status_code}; see the log of the server"
