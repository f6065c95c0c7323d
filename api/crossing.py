"""Answers to pages of other origins (CORS), to HEAD and to OPTIONS, for the routes of the SPARQL protocols."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api import problems
from api.service import service_of
from kg.errors import KgError

HEADERS = "Accept, Authorization, Content-Type"
"""What a page of another origin may send."""

DAY = 24 * 60 * 60
"""How long, in seconds, a browser may remember what OPTIONS said."""


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Crossing(APIRoute):
    """A route whose answers, errors too, may be read by pages of the service's origin; to HEAD it sends no body."""

    def get_route_handler(self) -> Handler:
        """The route's handler with that around it."""
        handle = self.handler()

        async def crossing(request: Request) -> Response:
            try:
                response = await handle(request)
            except KgError as error:
                response = problems.known(request, error)
            except RequestValidationError as error:
                response = problems.invalid(request, error)
            except HTTPException as error:
                response = problems.refused(request, error)
            origin = service_of(request).origin
            response.headers["access-control-allow-origin"] = origin
            response.headers["access-control-expose-headers"] = "Location, Retry-After"
            response.headers["vary"] = "Accept" if origin == "*" else "Accept, Origin"
            if request.method == "HEAD":
                response = Response(status_code=response.status_code, headers=dict(response.headers))
            return response

        return crossing

    def handler(self) -> Handler:
        """What answers, or raises."""
        return super().get_route_handler()


class Bare(Crossing):
    """A route whose function reads the request and makes the answer by itself, which is quicker."""

    def handler(self) -> Handler:
        """The function."""
        return self.endpoint


def options(methods: str) -> Response:
    """The answer to OPTIONS: which methods and headers there are."""
    headers = {
        "allow": methods,
        "access-control-allow-methods": methods,
        "access-control-allow-headers": HEADERS,
        "access-control-max-age": str(DAY),
    }
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
