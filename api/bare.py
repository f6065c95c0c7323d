"""The endpoint that `kg bench` measures by: a page of relationships that is always the same, with its response model.

    python -m api.bare PAGE.json PORT
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from api.models import Relationships


def create_app(page: Relationships) -> FastAPI:
    """An application with one route, as the documentation of FastAPI has them."""
    app = FastAPI()

    @app.get("/health")
    async def bare() -> Relationships:
        return page

    return app


if __name__ == "__main__":
    fixed = Relationships.model_validate_json(Path(sys.argv[1]).read_bytes())
    uvicorn.run(create_app(fixed), port=int(sys.argv[2]), log_level="warning")
