"""PostgreSQL's judge: a PostgreSQL server (pgserver on PyPI)."""

from __future__ import annotations

from contextlib import ExitStack

import psycopg2
from binder.postgres_oracle import PostgresOracle
from postgres_server import running

from breaking_changes.binder import Relation
from judges.judge import Answer


class Postgres:
    """A server of its own, asked as the binder's tests ask theirs."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        server = self._stack.enter_context(running())
        connection = psycopg2.connect(server.dsn)
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("show server_version")
        (found,) = cursor.fetchone() or ("",)
        self.name = f"PostgreSQL {found.split()[0]}"
        self._oracle = PostgresOracle(cursor, "judged")

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The engine's answer to a view of the query."""
        return self._oracle.ask(sql, relations)

    def __del__(self) -> None:
        """Stops the server."""
        self._stack.close()
