"""A few of the faults of `python -m baseline.savers`, which does many."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from baseline import savers
from postgres_server import PostgresServer


@pytest.fixture(params=["duckdb", "postgres"])
def server(request: pytest.FixtureRequest) -> PostgresServer | None:
    if request.param == "duckdb":
        return None
    server: PostgresServer = request.getfixturevalue("postgres")
    return server


def test_a_killed_save_leaves_what_was_saved(tmp_path: Path, server: PostgresServer | None) -> None:
    gate = savers.project(tmp_path / "killed", server, large=False)
    counts = savers.killed(gate, 2, random.Random(savers.SEED))
    assert counts.ends.total() == 2


def test_savers_at_once_that_delete_old_saves(
    tmp_path: Path, server: PostgresServer | None
) -> None:
    gate = savers.project(tmp_path / "together", server, large=False)
    counts = savers.together(gate, savers=2, rounds=2, keep=1)
    assert counts.ends["saved"] + counts.ends["turned away"] == 4
    assert server is None or counts.ends["turned away"] == 0


def test_a_lost_connection_leaves_what_was_saved(tmp_path: Path, postgres: PostgresServer) -> None:
    gate = savers.project(tmp_path / "lost", postgres, large=False)
    counts = savers.disconnected(gate, 2, random.Random(savers.SEED))
    assert counts.ends.total() == 2
