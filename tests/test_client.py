"""A client that a generator makes of the OpenAPI document gets what the server has."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from kg.answers.lookups import Lookups
from kg.answers.opening import existing_or_new
from tests.extractions import sample_extractions
from tests.servers import serving

NAME = "defcoop_client"


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the client, from which it can be imported."""
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(create_app().openapi()))
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--path", str(document)]
    made = subprocess.run([*command, "--output-path", str(tmp_path / NAME)], capture_output=True, text=True, check=True)
    assert "Unable to" not in made.stdout, made.stdout
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def module(name: str) -> Any:
    return importlib.import_module(f"{NAME}.{name}")


def test_a_generated_client_reads_the_graph(generated: Path, tmp_path: Path) -> None:
    with existing_or_new(tmp_path / "store") as store:
        for sample in sample_extractions():
            store.put(sample, f"{sample.article.id}.txt")
        total = Lookups(store).number_of_relationships("state:PK")
    with serving(tmp_path / "store") as url:
        client = module("client").Client(base_url=url)
        found = module("api.entities.search_entities").sync(client=client, q="Pakstan")
        assert found.items[0].node.id == "state:PK"
        entity = module("api.entities.get_entity").sync(found.items[0].node.id, client=client)
        assert (entity.node.label, entity.iso3) == ("Pakistan", "PAK")
        listing = module("api.entities.list_relationships")
        page = listing.sync("state:PK", client=client, limit=3, count=True)
        assert (len(page.items), page.total) == (3, total)
        after = page.next_.rpartition("after=")[2]
        rest = listing.sync("state:PK", client=client, after=after)
        assert len(rest.items) == total - 3
        event = module("api.events.get_event").sync(page.items[0].event.id, client=client)
        assert event == page.items[0].event
        refusal = module("api.entities.get_entity").sync("state:XX", client=client)
        assert (refusal.status, refusal.detail[:9]) == (404, "no entity")
