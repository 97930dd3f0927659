"""PostgreSQL's judge: a PostgreSQL server (pgserver on PyPI)."""

from __future__ import annotations

from contextlib import ExitStack

import psycopg2
from postgres_server import running

from breaking_changes.binder import Relation
from judges.judge import Answer

_COLUMNS = """
select attname, format_type(atttypid, atttypmod) from pg_attribute
where attrelid = 'answer'::regclass and attnum > 0 order by attnum
"""


class Postgres:
    """A server of its own with empty tables of the relations."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        server = self._stack.enter_context(running())
        self._connection = psycopg2.connect(server.dsn)
        self._connection.autocommit = True
        self._cursor = self._connection.cursor()
        self._cursor.execute("show server_version")
        (found,) = self._cursor.fetchone() or ("",)
        self.name = f"PostgreSQL {found.split()[0]}"
        self._tables: dict[str, Relation] = {}

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The engine's answer to a view of the query."""
        for relation in relations:
            self._provide(relation)
        self._cursor.execute("drop view if exists answer")
        try:
            self._cursor.execute(f"create temporary view answer as {sql}")
        except psycopg2.Error as error:
            return Answer(None, str(error).splitlines()[0])
        self._cursor.execute(_COLUMNS)
        return Answer(tuple((str(name), str(type_)) for name, type_ in self._cursor.fetchall()))

    def _provide(self, relation: Relation) -> None:
        if self._tables.get(relation.id) == relation:
            return
        columns = ", ".join(f'"{column.name}" {column.type}' for column in relation.columns)
        self._cursor.execute(f"drop table if exists {relation.id} cascade")
        self._cursor.execute(f"create table {relation.id} ({columns})")
        self._tables[relation.id] = relation

    def __del__(self) -> None:
        """Stops the server."""
        self._stack.close()
