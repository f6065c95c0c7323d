"""`/health`: whether the server answers; `/` leads to the documentation."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from api.models import Health
from api.opened import OpenStore

router = APIRouter(tags=["service"])


@router.get("/health")
def get_health(request: Request, store: OpenStore) -> Health:
    """Say that the server answers, its version, and the base of its ids."""
    return Health(status="ok", version=request.app.version, base=store.base)


@router.get("/", include_in_schema=False)
def start() -> RedirectResponse:
    """Lead whoever opens the server's bare address in a browser to the documentation."""
    return RedirectResponse("/docs")
