"""What many tests start from."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring material beside the project; its absence is a failure under CI and a skip elsewhere."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        message = f"{folder.name}/ does not lie beside the project: this measure cannot be taken"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder
