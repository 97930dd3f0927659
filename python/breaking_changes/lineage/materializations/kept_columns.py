"""What expects a fixed list of columns of a model's SELECT: its contract, its table.

Contracts: dbt compares the SELECT with the documented columns by name and by the type that the
database reports (dbt/include/global_project/macros/relations/column/columns_spec_ddl.sql,
`assert_columns_equivalent`). DuckDB reports whole types, PostgreSQL and Redshift types without
parameters; what other adapters report is not known here, so their types are not judged.

Incremental tables, measured with dbt-duckdb 1.11 for append, delete+insert and merge: with
`on_schema_change: ignore` dbt inserts the table's columns by name, so that one which is gone from
the SELECT is refused and a new one is left out; with `fail` every difference is refused; the other
two settings alter the table first. A `unique_key` has to be in the SELECT whatever the setting,
unless the strategy is append: a merge without it is refused, and delete+insert takes the key of the
table instead and deletes every row.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.artifacts.reading import names
from breaking_changes.binder import (
    Analysis,
    Column,
    OutputColumn,
    Relation,
    Unbound,
)
from breaking_changes.binder.engines.duckdb import types as types_duckdb
from breaking_changes.lineage.materializations.snapshot_tables import renamed_meta_columns
from breaking_changes.lineage.materializations.stored_types import KEYED
from breaking_changes.lineage.walk.facts import Facts

CLAUSE = "SELECT"

Gone = Callable[[str], "list[tuple[str, str]]"]
RelationOf = Callable[[str], "Relation | None"]


def refused_by_contract(
    node_id: str, contract: tuple[Column, ...], analysis: Analysis, gone: Gone, dialect: str
) -> Iterator[Unbound]:
    """The columns on which an enforced contract and the SELECT disagree.

    Args:
        node_id: The model.
        contract: The documented columns.
        analysis: The facts of the SELECT.
        gone: The parents' columns that a vanished column of the model came from.
        dialect: The SQL dialect.
    """
    if not analysis.complete:
        return
    promised = {column.name.lower(): column for column in contract}
    made = {column.name.lower(): column for column in analysis.columns}
    for name, column in promised.items():
        if name not in made:
            detail = f"its SQL does not give {column.name}, which its contract has"
            yield from _missing("contract", node_id, column.name, gone, detail)
    for name, found in made.items():
        if name not in promised:
            parent, source = _origin(node_id, found)
            detail = f"its SQL gives {found.name}, which its contract does not have"
            yield _unbound("contract", parent, source, found.name, detail)
        elif _another_type(promised[name].type, found.type, dialect):
            detail = (
                f"its SQL gives {found.name} as {found.type}, its contract has "
                f"{promised[name].type}"
            )
            for parent, source in found.sources or ((node_id, found.name),):
                yield _unbound("contract", parent, source, found.name, detail)


def refused_by_table(before: Facts, after: Facts, gone: Gone) -> Iterator[Unbound]:
    """The columns on which an incremental model's table and its SELECT disagree.

    Args:
        before: The facts that the table was built from.
        after: The facts of the SELECT that is now inserted into it. What the former SELECT did not
            insert either, in runs that find the table there, is not this change's fault.
        gone: The parents' columns that a vanished column of the model came from.
    """
    node = after.node
    setting = node.config.get("on_schema_change") or "ignore"
    is_table = before.node.materialized == node.materialized == "incremental"
    if not (is_table and before.complete and after.complete):
        return
    made = {column.name.lower(): column for column in after.inserted}
    given = {column.name.lower() for column in before.inserted}
    if node.config.get("incremental_strategy") in KEYED:
        for key in names(node.config.get("unique_key")):
            if key.lower() not in made and key.isidentifier():
                detail = f"its SQL does not give {key}, which is its unique_key"
                yield from _missing("table", node.unique_id, key, gone, detail)
    if setting not in ("ignore", "fail"):
        return
    types = {column.name.lower(): column.type for column in before.columns}
    for column in before.columns:
        if column.name.lower() in given and column.name.lower() not in made:
            detail = f"its SQL does not give {column.name}, which {_the_table(setting)} has"
            yield from _missing("table", node.unique_id, column.name, gone, detail)
    for name, column in made.items() if setting == "fail" else ():
        if name not in types:
            detail = f"its SQL gives {column.name}, which {_the_table(setting)} does not have"
        elif column.type and types[name] and column.type != types[name]:
            detail = (
                f"its SQL gives {column.name} as {column.type}, {_the_table(setting)} has "
                f"{types[name]}"
            )
        else:
            continue
        parent, source = _origin(node.unique_id, column)
        yield _unbound("table", parent, source, column.name, detail)


def _the_table(setting: str) -> str:
    return f"the existing table (on_schema_change: {setting})"


def with_kept_columns(before: Facts, after: Facts) -> tuple[OutputColumn, ...]:
    """The columns of a table that never loses one, the SELECT's first.

    dbt adds columns to a snapshot and to a table with `append_new_columns`, and drops none: what
    the SELECT no longer gives stays, and is empty in new rows. A snapshot whose meta column is
    called otherwise has to be renamed in the table before the next run.
    """
    node = after.node
    is_snapshot = node.resource_type == before.node.resource_type == "snapshot"
    is_table = before.node.materialized == node.materialized == "incremental"
    appends = is_table and node.config.get("on_schema_change") == "append_new_columns"
    if not (is_snapshot or appends) or not (before.complete and after.complete):
        return after.columns
    made = {column.name.lower() for column in after.columns}
    made |= renamed_meta_columns(before.node, node)
    kept = (column for column in before.columns if column.name.lower() not in made)
    empty = (OutputColumn(column.name, column.type, None, ()) for column in kept)
    return (*after.columns, *empty)


def kept_by_table(before: Facts, after: Facts) -> Relation:
    """What consumers find in a table that a run fills but does not build anew.

    Snapshots and `append_new_columns` keep every column and add the new ones; `ignore` and `fail`
    leave the table as it is; in all of them a column keeps its type. `sync_all_columns` alters it.
    """
    node, now = after.node, after.relation
    setting = node.config.get("on_schema_change") or "ignore"
    is_snapshot = node.resource_type == before.node.resource_type == "snapshot"
    is_table = before.node.materialized == node.materialized == "incremental"
    if not (is_snapshot or is_table) or not (before.relation.complete and now.complete):
        return now
    if not is_snapshot and setting == "sync_all_columns":
        return now
    renamed = renamed_meta_columns(before.node, node)
    kept = [column for column in before.relation.columns if column.name.lower() not in renamed]
    there = {column.name.lower() for column in kept}
    adds = is_snapshot or setting == "append_new_columns"
    new = (column for column in now.columns if adds and column.name.lower() not in there)
    return Relation(now.id, (*kept, *new))


def gone_sources(before: Facts | None, after: Analysis, relation_of: RelationOf) -> Gone:
    """Finds, for a column that a model lost, the parents' columns that were lost with it."""
    sources = {column.name.lower(): column.sources for column in (before.columns if before else ())}

    def gone(name: str) -> list[tuple[str, str]]:
        if name.lower() not in sources:
            # Nothing is known of how it was made: a star over one parent is all that hands on.
            stars = {star.relation for star in after.stars}
            return [(stars.pop(), name)] if len(stars) == 1 else []
        return [
            (parent, column)
            for parent, column in sources[name.lower()]
            if _lacks(relation_of(parent), column)
        ]

    return gone


def _lacks(relation: Relation | None, name: str) -> bool:
    if relation is None or not relation.complete:
        return False
    return name.lower() not in {column.name.lower() for column in relation.columns}


def _missing(kind: str, node_id: str, name: str, gone: Gone, detail: str) -> Iterator[Unbound]:
    for parent, column in gone(name) or [(node_id, name)]:
        yield _unbound(kind, parent, column, name, detail)


def _origin(node_id: str, column: OutputColumn) -> tuple[str, str]:
    return column.sources[0] if len(column.sources) == 1 else (node_id, column.name)


def _unbound(kind: str, parent: str, column: str, sql: str, detail: str) -> Unbound:
    return Unbound(kind, parent, column, CLAUSE, 1, 1, sql, detail)


def _another_type(promised: str | None, made: str | None, dialect: str) -> bool:
    if not promised or not made or dialect not in ("duckdb", "postgres", "redshift"):
        return False
    one, other = _reported(promised, dialect), _reported(made, dialect)
    return one is not None and other is not None and one != other


@functools.cache
def _reported(type_: str, dialect: str) -> str | None:
    """The type as the database reports it to dbt, none when it cannot be read."""
    try:
        parsed = exp.DataType.build(type_, dialect=dialect)
    except SqlglotError:
        return None
    if dialect == "duckdb":
        return types_duckdb.describe(parsed)
    parsed.set("expressions", [])
    return parsed.sql(dialect=dialect)
