"""Errors as problem documents (RFC 9457)."""

import sqlite3
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.limits import SECONDS
from kg.errors import (
    ArticleConflict,
    ArticleError,
    EngineError,
    KgError,
    LimitReached,
    SeveralEntities,
    StoreError,
    UnknownEntity,
    UsageError,
)

MEDIA_TYPE = "application/problem+json"
LONGEST_VALUE = 100


class Fault(BaseModel):
    """What is wrong with one field of a request."""

    field: str = Field(description="Where it stands: query, path or body, and its name.")
    value: str | None = Field(description="What was sent, cut to 100 characters.")
    detail: str = Field(description="What is wanted.")


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "no entity 'state:XX' in the store; give an id such as state:PK, a name or a code",
                    "instance": "/entities/state:XX",
                    "nearest": [],
                    "faults": [],
                }
            ]
        }
    )
    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str
    nearest: list[str] = Field(
        default=[], description="Names that come close to one that is unknown, or the ids that an old id may be now."
    )
    faults: list[Fault] = []


RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem document.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REMEDIES = {
    "Not Found": ": nothing has this address; /openapi.json lists those that there are",
    "Method Not Allowed": ": the header Allow names those that this address takes",
}
"""What is added to what the framework says."""


def install(app: FastAPI) -> None:
    """Make the application answer every error with a problem document, and describe these."""
    undescribed = app.openapi

    def described() -> dict[str, Any]:
        whole = undescribed()
        _, schemas = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
        whole["components"]["schemas"].update(schemas["$defs"])
        return whole

    app.openapi = described  # type: ignore[method-assign]
    app.add_exception_handler(KgError, known)
    app.add_exception_handler(sqlite3.OperationalError, interrupted)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, unforeseen)


def document(
    request: Request, status: int, detail: str, nearest: tuple[str, ...] = (), faults: list[Fault] | None = None
) -> JSONResponse:
    """The response that says what went wrong."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        nearest=list(nearest),
        faults=faults or [],
    )
    return JSONResponse(problem.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def known(request: Request, error: Exception) -> JSONResponse:
    """An error of `kg`: its line is the detail."""
    if isinstance(error, SeveralEntities):
        return document(request, HTTPStatus.MULTIPLE_CHOICES, str(error), error.nearest)
    if isinstance(error, UnknownEntity):
        return document(request, HTTPStatus.NOT_FOUND, str(error), error.nearest)
    if isinstance(error, ArticleConflict):
        return document(request, HTTPStatus.CONFLICT, str(error))
    if isinstance(error, ArticleError):
        return document(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    if isinstance(error, UsageError):
        return document(request, HTTPStatus.BAD_REQUEST, str(error))
    if isinstance(error, EngineError):
        return document(request, HTTPStatus.BAD_GATEWAY, str(error))
    if isinstance(error, StoreError | LimitReached):
        return document(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error))
    return document(request, HTTPStatus.INTERNAL_SERVER_ERROR, str(error))


def interrupted(request: Request, error: Exception) -> JSONResponse:
    """The index refuses: in most cases because the question took too long."""
    if str(error) == "interrupted":
        return known(request, LimitReached("seconds", SECONDS))
    return document(request, HTTPStatus.SERVICE_UNAVAILABLE, f"the index cannot be read: {error}; try again")


def invalid(request: Request, error: Exception) -> JSONResponse:
    """A request that does not fit its description: each field at fault."""
    assert isinstance(error, RequestValidationError)
    faults = [
        Fault(field=".".join(str(part) for part in one["loc"]), value=_cut(one.get("input")), detail=one["msg"])
        for one in error.errors()
    ]
    detail = "; ".join(f"{fault.field}: {fault.detail}" for fault in faults)
    return document(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, faults=faults)


def refused(request: Request, error: Exception) -> JSONResponse:
    """A refusal by the framework or a route, such as an unknown address."""
    assert isinstance(error, HTTPException)
    remedy = REMEDIES.get(str(error.detail), "")
    response = document(request, error.status_code, f"{error.detail}{remedy}")
    response.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["allow"] = _methods(request)
    return response


def _methods(request: Request) -> str:
    """The methods that an address takes; the framework names those of one of its routes."""
    routes = request.app.router.routes
    taken = (
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    )
    return ", ".join(taken)


def unforeseen(request: Request, error: Exception) -> JSONResponse:
    """A fault of the program; what it was stays in the log."""
    return document(request, HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of the server; its log says more")


def _cut(value: object) -> str | None:
    return None if value is None else str(value)[:LONGEST_VALUE].encode(errors="replace").decode()
