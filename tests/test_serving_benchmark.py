"""The measuring of the service beside its neighbours, on a small store."""

import re

import pytest

from kg.serving.benchmark import QUERIES, main


def test_every_server_answers_every_query(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quads", "20000"])
    table = capsys.readouterr().out
    rows = re.findall(r"^([a-z ]+?)" + r" +([\d.]+) +([\d.]+) +[\d.]+" * 2 + "$", table, re.MULTILINE)
    assert [name for name, *_ in rows] == list(QUERIES)
    assert all(float(value) > 0 for _, *values in rows for value in values)
    assert "geometric mean" in table
