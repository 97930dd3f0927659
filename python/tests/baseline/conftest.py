"""Fixtures that the tests of the baseline share."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from baseline.gate_project import EXAMPLE, LOAD, GateProject
from postgres_server import PostgresServer, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["duckdb", "postgres"])
def gate(request: pytest.FixtureRequest, tmp_path: Path) -> GateProject:
    """The example project without hooks, on each warehouse that can be run here."""
    copy = GateProject.copy_of(EXAMPLE, tmp_path / "gate")
    assert isinstance(copy, GateProject)
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        copy.server = server
        copy.schema = f"shop_{uuid.uuid4().hex[:12]}"
        copy.use(server.output(copy.schema))
    else:
        copy.use({"type": "duckdb", "path": "target/shop.duckdb", "schema": copy.schema})
    copy.write("macros/load.sql", LOAD)
    copy.hooks()
    return copy
