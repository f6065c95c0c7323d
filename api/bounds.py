"""The largest body of a request. (SPARQL has limits of its own.)"""

from http import HTTPStatus

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import APART

LARGEST = 1_000_000
"""Bytes of a body."""
LARGEST_RECORD = 8_000_000
"""Bytes of what was read out of an article, with its text."""
OTHERS = {"/records": LARGEST_RECORD}


class Bounds:
    """Lets no larger body through; what is too much is let pass by unkept, so that the client hears of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(APART):
            await self.app(scope, receive, send)
            return
        most, size = OTHERS.get(scope["path"], LARGEST), 0

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            while size > most and message.get("more_body"):
                message = await receive()
                size += len(message.get("body", b""))
            if size > most:
                wanted = f"the body has {size} bytes, the most is {most}; send it in parts"
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wanted)
            return message

        await self.app(scope, bounded, send)
