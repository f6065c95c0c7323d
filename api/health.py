"""`/health`: whether the server answers."""

from fastapi import APIRouter, Request

from api.models import Health
from api.opened import OpenStore

router = APIRouter(tags=["service"])


@router.get("/health")
def get_health(request: Request, store: OpenStore) -> Health:
    """Say that the server answers, its version, and the base of its ids."""
    return Health(status="ok", version=request.app.version, base=store.base)
