"""Asks PostgreSQL what it makes of a statement over empty tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg2
from judges.judge import Answer

if TYPE_CHECKING:
    from breaking_changes.binder import Relation

COLUMNS = """
select attname, format_type(atttypid, atttypmod) from pg_attribute
where attrelid = 'answer'::regclass and attnum > 0 order by attnum
"""


class PostgresOracle:
    """A schema that holds one empty table for each relation."""

    def __init__(self, cursor: Any, schema: str) -> None:
        self._cursor = cursor
        self._tables: dict[str, Relation] = {}
        cursor.execute(f"create schema {schema}; set search_path to {schema}")
        # Nothing here has to outlive the server, so that no statement waits for the disk.
        cursor.execute("set synchronous_commit to off; set client_min_messages to error")

    def describe(
        self, sql: str, relations: tuple[Relation, ...], base: tuple[Relation, ...] = ()
    ) -> list[tuple[str, str]] | None:
        """The (name, type) of the columns of a view of the statement, None when it is refused."""
        columns = self.ask(sql, relations, base).columns
        return None if columns is None else list(columns)

    def ask(
        self, sql: str, relations: tuple[Relation, ...], base: tuple[Relation, ...] = ()
    ) -> Answer:
        """What PostgreSQL says of a view of the statement.

        `base` are the relations before one of them was altered: to alter a table and take that
        back costs a twentieth of making another.
        """
        for relation in base or relations:
            self._provide(relation)
        self._cursor.execute("begin")
        try:
            for before, after in zip(base, relations, strict=False):
                if before != after:
                    self._cursor.execute(_altered(before, after))
            self._cursor.execute(f"create view answer as {sql}")
            self._cursor.execute(COLUMNS)
            return Answer(tuple((str(name), str(type_)) for name, type_ in self._cursor.fetchall()))
        except psycopg2.Error as error:
            return Answer(None, str(error).splitlines()[0])
        finally:
            self._cursor.execute("rollback")

    def _provide(self, relation: Relation) -> None:
        if self._tables.get(relation.id) == relation:
            return
        columns = ", ".join(f'"{column.name}" {column.type}' for column in relation.columns)
        self._cursor.execute(f"drop table if exists {relation.id} cascade")
        self._cursor.execute(f"create table {relation.id} ({columns})")
        self._tables[relation.id] = relation


def _altered(before: Relation, after: Relation) -> str:
    """The statement that makes one relation into another with one column changed."""
    old = {column.name for column in before.columns}
    new = {column.name: column.type for column in after.columns}
    gone = [column.name for column in before.columns if column.name not in new]
    added = [column.name for column in after.columns if column.name not in old]
    table = f"alter table {before.id}"
    if gone and added:
        return f'{table} rename column "{gone[0]}" to "{added[0]}"'
    if gone:
        return f'{table} drop column "{gone[0]}"'
    if added:
        return f'{table} add column "{added[0]}" {new[added[0]]}'
    (name,) = [one.name for one in before.columns if new[one.name] != one.type]
    return f'{table} alter column "{name}" type {new[name]} using null'
