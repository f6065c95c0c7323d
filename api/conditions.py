"""ETags and conditional requests (RFC 9110, section 13): who has the answer already is told so before it is made; gzip.

The tag is made of the state of the store and of what is asked. Where the index lags behind the store there is none.
"""

from hashlib import blake2b
from http import HTTPStatus
from secrets import token_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import APART
from kg.answers.lookups import Lookups

VARY = "Accept"


class Conditions:
    """Tags the answers to GET that have no tag of their own, and answers 304 to who has the tag."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._process = token_bytes(16)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(APART):
            await self.app(scope, receive, send)
            return
        tag, headers = self._tag(scope), Headers(scope=scope)
        if tag is not None and tag in _tags(headers.get("if-none-match", "")):
            kept = {"etag": tag, "vary": VARY, "cache-control": "no-cache"}
            await Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = MutableHeaders(scope=message)
                added.add_vary_header(VARY)
                if tag is not None and message["status"] == HTTPStatus.OK and "etag" not in added:
                    added["etag"] = tag
                    added["cache-control"] = "no-cache"
            await send(message)

        await self.app(scope, receive, tagged)

    def _tag(self, scope: Scope) -> str | None:
        lookups = getattr(scope["app"].state, "lookups", None)
        if scope["method"] != "GET" or not isinstance(lookups, Lookups) or lookups.version is None:
            return None
        accept = Headers(scope=scope).get("accept", "")
        asked = (scope.get("raw_path") or scope["path"].encode(), scope["query_string"], accept.encode())
        digest = blake2b(repr((lookups.version, asked)).encode(), key=self._process, digest_size=12)
        return f'W/"{digest.hexdigest()}"'


class Compression(GZipMiddleware):
    """Gzip, but for SPARQL, which streams."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(APART):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _tags(header: str) -> set[str]:
    """The tags that a client has, as weak ones.

    >>> sorted(_tags('"a", W/"b"'))
    ['W/"a"', 'W/"b"']
    """
    return {f"W/{tag.strip().removeprefix('W/')}" for tag in header.split(",")}
