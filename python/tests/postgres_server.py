"""A real PostgreSQL server for the tests, from a wheel that carries the binaries.

A missing server is an error, never a skip: what is claimed for PostgreSQL has been run on it.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

with warnings.catch_warnings():
    # pgserver says where it keeps its lock file when the desktop's runtime folder is not set.
    warnings.simplefilter("ignore")
    from pgserver.postgres_server import get_server


@dataclass(frozen=True)
class PostgresServer:
    """Where the running server listens: a socket in ``host``, and no TCP port of this machine."""

    host: str
    port: int = 5432
    user: str = "postgres"
    database: str = "postgres"

    @property
    def dsn(self) -> str:
        """Connection string for psycopg2."""
        return f"host={self.host} port={self.port} user={self.user} dbname={self.database}"

    def output(self, schema: str, user: str | None = None) -> dict[str, Any]:
        """One output of a dbt profile."""
        return {
            "type": "postgres",
            "host": self.host,
            "port": self.port,
            "user": user or self.user,
            "password": "not used: the socket trusts its users",
            "dbname": self.database,
            "schema": schema,
            "threads": 1,
        }


@contextmanager
def running() -> Iterator[PostgresServer]:
    """Starts a new, empty server and stops and deletes it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        info = server.get_postmaster_info()
        yield PostgresServer(host=str(info.socket_dir), port=info.port or 5432)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of a worker; use a schema of your own in it."""
    with running() as server:
        yield server
