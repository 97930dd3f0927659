"""Asks DuckDB what it makes of a statement over empty tables."""

from __future__ import annotations

import duckdb

from breaking_changes.binder import Relation

VALUES = {
    "INTEGER": "1",
    "VARCHAR": "'1'",
    "DATE": "date '2020-01-01'",
    "TIMESTAMP": "timestamp '2020-01-01 00:00:00'",
}
"""One value of each type, in SQL; the text reads as a number, so that only types are refused."""


class Oracle:
    """A DuckDB in memory that holds one empty table for each relation."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._tables: dict[str, Relation] = {}

    def describe(self, sql: str, relations: tuple[Relation, ...]) -> list[tuple[str, str]] | None:
        """The (name, type) of the columns of a view of the statement, None when it is refused."""
        for relation in relations:
            self._provide(relation)
        try:
            self._connection.execute(f"create or replace temp view answer as {sql}")
        except duckdb.Error:
            return None
        rows = self._connection.execute("describe answer").fetchall()
        return [(row[0], row[1]) for row in rows]

    def runs(self, sql: str, relations: tuple[Relation, ...]) -> bool:
        """Whether the statement runs over a row in each table; some casts fail only then."""
        for relation in relations:
            self._provide(relation)
            values = ", ".join(VALUES[column.type or ""] for column in relation.columns)
            self._connection.execute(f"insert into {relation.id} values ({values})")
        try:
            self._connection.execute(sql).fetchall()
        except duckdb.Error:
            return False
        finally:
            for relation in relations:
                self._connection.execute(f"truncate {relation.id}")
        return True

    def _provide(self, relation: Relation) -> None:
        if self._tables.get(relation.id) == relation:
            return
        columns = ", ".join(f'"{column.name}" {column.type}' for column in relation.columns)
        self._connection.execute(f"create or replace table {relation.id} ({columns})")
        self._tables[relation.id] = relation
