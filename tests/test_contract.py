"""The OpenAPI document holds: schemathesis makes requests from it, right and wrong ones, and checks every answer."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.live import TOKEN, served

HERE = Path(__file__).parent / "contract"
SECONDS = 35


def test_schemathesis_finds_no_fault(tmp_path: Path) -> None:
    """All operations, all checks, all phases; the same requests each time, as far as they come in that time."""
    with served(tmp_path / "store") as address:
        options = {
            "--header": f"Authorization: Bearer {TOKEN}",
            "--max-time": str(SECONDS),
            "--max-examples": "10",
        }
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run"]
        run = subprocess.run(
            [*command, f"{address}/openapi.json", "--generation-deterministic", *sum(options.items(), ())],
            env={**os.environ, "SCHEMATHESIS_HOOKS": "serializers", "PYTHONPATH": str(HERE)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 0, run.stdout + run.stderr
    tested = re.search(r"Selected: (\d+)/\1\n +Tested: \1\n", run.stdout)
    assert tested is not None, run.stdout
    assert int(tested[1]) >= 19
