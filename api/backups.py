"""`/backups`: copies of the store while it is served."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.models import example
from api.opened import OpenStore
from api.tokens import Allowed
from kg.care.backups import back_up_beside

router = APIRouter(tags=["service"])


class Backup(BaseModel):
    """A copy of the store, which can be opened as a store."""

    model_config = example({"folder": "defcoop-store.backup-0123456789abcdef0123456789abcdef"})
    folder: str = Field(description="The name of its folder, which lies beside the store's.")


@router.post("/backups", dependencies=[Allowed])
def back_up(store: OpenStore) -> Backup:
    """Copy the store, as it is at this moment, into a new folder beside it; `kg backup` moves it on."""
    return Backup(folder=back_up_beside(store).name)
