"""What the next run of a table that is kept refuses because of types.

dbt compares the new rows with those that are there, by `unique_key` and in a snapshot by its
strategy (dbt/include/global_project/macros/materializations), and then inserts them.
"""

from __future__ import annotations

from collections.abc import Iterator

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, names, strings
from breaking_changes.binder import OutputColumn, Relation, Unbound, analyse
from breaking_changes.lineage.walk.facts import Facts, as_columns

#: The strategies that look rows up by `unique_key`; none is the adapter's default, which does.
KEYED = (None, "default", "delete+insert", "merge")

#: Types that DuckDB casts to each other, by the name of their family.
_FAMILIES = {
    "number": (
        *("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
        *("FLOAT", "DOUBLE", "DECIMAL"),
    ),
    "moment": (
        *("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"),
        "TIMESTAMP WITH TIME ZONE",
    ),
    **{name: (name,) for name in ("TIME", "INTERVAL", "BLOB", "UUID", "STRUCT", "MAP", "LIST")},
}
#: The casts from one family to another.
_ACROSS = {("TIMESTAMP", "TIME"), ("BLOB", "UUID"), ("UUID", "BLOB"), ("STRUCT", "MAP")}
_FAMILY_OF = {name: family for family, members in _FAMILIES.items() for name in members}


def refused_types(before: Facts, after: Facts, dialect: str) -> Iterator[Unbound]:
    """The columns whose new type meets an old one that the engine cannot compare or store it with.

    Args:
        before: The facts that the table was built from.
        after: The facts of the SELECT that now fills it.
        dialect: The SQL dialect.
    """
    made = {column.name.lower(): column for column in after.columns}
    refused = dict(_not_comparable(before, after, dialect))
    for column in before.columns:
        now = made.get(column.name.lower())
        if now and dialect == "duckdb" and not has_cast(now.type, column.type):
            detail = (
                f"its SQL gives {column.name} as {now.type}, the existing table has {column.type}"
            )
            refused.setdefault(column.name.lower(), detail)
    for name, detail in refused.items():
        for parent, source in _sources(made.get(name), after.node):
            yield Unbound("table", parent, source, "SELECT", 1, 1, made[name].name, detail)


def has_cast(type_: str | None, stored: str | None) -> bool:
    """Whether DuckDB can store a value of a type in a column of another; asked of DuckDB 2.0."""
    one, other = _family(type_), _family(stored)
    if one is None or other is None or one == other:
        return True
    return (type_ if one == "moment" else one, other) in _ACROSS


def _family(type_: str | None) -> str | None:
    """The family of a type; none for text and JSON, which are cast from and to anything."""
    name = "LIST" if (type_ or "").endswith("]") else (type_ or "").partition("(")[0]
    return _FAMILY_OF.get(name)


def _not_comparable(before: Facts, after: Facts, dialect: str) -> Iterator[tuple[str, str]]:
    sql = _meeting(after.node)
    if sql is None:
        return
    relations = {
        "old_rows": Relation("old", as_columns(before.columns)),
        "new_rows": Relation("new", as_columns(after.columns)),
    }
    for miss in analyse(sql, lambda name: relations.get(name[-1]), dialect).unbound:
        if miss.kind == "type" and miss.relation == "new" and miss.column:
            reason = miss.detail or f"they are compared by {miss.sql}"
            yield miss.column.lower(), f"{miss.column} no longer fits the existing table: {reason}"


def _meeting(node: Node) -> str | None:
    """A query that compares new rows with old ones as dbt does, none when it does not."""
    keys = [key for key in names(node.config.get("unique_key")) if key.isidentifier()]
    same = [f"old_rows.{key} = new_rows.{key}" for key in keys]
    if node.resource_type == "snapshot":
        tests = same + list(_changed(node))
    elif not keys or node.config.get("incremental_strategy") not in KEYED:
        return None
    elif len(keys) == 1 and node.config.get("incremental_strategy") != "merge":
        key = keys[0]
        return f"select 1 from old_rows where ({key}) in (select ({key}) from new_rows)"
    else:
        tests = same
    return f"select 1 from old_rows, new_rows where {' and '.join(tests)}" if tests else None


def _changed(node: Node) -> Iterator[str]:
    """How a snapshot sees that a row is another one."""
    meta = mapping(node.config.get("snapshot_meta_column_names"))
    updated_at = node.config.get("updated_at")
    if node.config.get("strategy") == "timestamp" and str(updated_at).isidentifier():
        valid_from = meta.get("dbt_valid_from") or "dbt_valid_from"
        yield f"old_rows.{valid_from} < new_rows.{updated_at}"
    for name in strings(node.config.get("check_cols")):
        if name.isidentifier():
            yield f"old_rows.{name} <> new_rows.{name}"


def _sources(column: OutputColumn | None, node: Node) -> tuple[tuple[str, str], ...]:
    if column is None:
        return ()
    return column.sources or ((node.unique_id, column.name),)
