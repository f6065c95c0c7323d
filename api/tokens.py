"""Who may write: a bearer token, compared in constant time."""

import os
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

TOKEN_VARIABLE = "DEFCOOP_TOKEN"
"""The environment variable with the token that lets a client write; without it nobody may."""

bearer = HTTPBearer(auto_error=False, description="The token that the server was started with.")


def allowed(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """Let only clients with the server's token pass, or with that of the store's owner on this machine.

    Raises:
        HTTPException: 403 where the server has no token, 401 where the client's is missing or another.
    """
    token, owner = os.environ.get(TOKEN_VARIABLE, ""), getattr(request.app.state, "owner", None)
    if sent is not None and owner and compare_digest(sent.credentials.encode(), owner.encode()):
        return
    if not token:
        raise HTTPException(HTTPStatus.FORBIDDEN, f"writing is off; start the server with {TOKEN_VARIABLE} set")
    if sent is None or not compare_digest(sent.credentials.encode(), token.encode()):
        raise HTTPException(
            HTTPStatus.UNAUTHORIZED,
            "a bearer token is needed to write; send Authorization: Bearer TOKEN",
            headers={"WWW-Authenticate": "Bearer"},
        )


Allowed = Depends(allowed)
"""The dependency of routes that write."""
