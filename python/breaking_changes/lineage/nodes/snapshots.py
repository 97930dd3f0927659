"""The SELECT by which dbt builds a snapshot's table from the snapshot's own SQL.

From dbt's `build_snapshot_table` and the strategies beside it
(dbt/include/global_project/macros/materializations/snapshots). Analysing this SELECT gives the
snapshot's meta columns with their types, and says when a column that its config names is gone.
"""

from __future__ import annotations

from dataclasses import replace

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, names, strings
from breaking_changes.lineage.nodes.relation_names import NormalisedSql

_META = ("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to", "dbt_is_deleted")
_TEXT = {"bigquery": "string", "databricks": "string", "spark": "string"}
_NOW = {"duckdb": "cast(now() as timestamp)", "postgres": "cast(now() as timestamp)"}


def snapshot_select(node: Node, own: NormalisedSql, dialect: str) -> NormalisedSql:
    """The SELECT that fills the snapshot's table; each line of its own SQL keeps its number."""
    config = node.config
    scd_id, updated_at, valid_from, valid_to, is_deleted = meta_columns(node).values()
    text = _TEXT.get(dialect, "varchar")
    time = config.get("updated_at") or _NOW.get(dialect, "current_timestamp")
    keys = [*names(config.get("unique_key")), time]
    hashed = " || ".join(f"coalesce(cast({key} as {text}), '')" for key in keys)
    digest = f"to_hex(md5({hashed}))" if dialect == "bigquery" else f"md5({hashed})"
    current = config.get("dbt_valid_to_current") or "null"
    columns = [
        "*",
        f"{digest} as {scd_id}",
        f"{time} as {updated_at}",
        f"{time} as {valid_from}",
        f"coalesce(nullif({time}, {time}), {current}) as {valid_to}",
    ]
    if config.get("hard_deletes") == "new_record":
        columns.append(f"'False' as {is_deleted}")
    # dbt compares the checked columns with the last snapshot, so each of them has to be there.
    checked = "".join(f" or {name} is null" for name in strings(config.get("check_cols")))
    where = f" where true{checked}" if checked else ""
    before, after = f"select {', '.join(columns)} from ( ", f"\n) sbq{where}"
    sql = f"{before}{own.sql}{after}"
    return replace(own, sql=sql, before=len(before), after=len(after))


def meta_columns(node: Node) -> dict[str, str]:
    """dbt's name of each meta column of a snapshot, and what the snapshot calls it."""
    given = mapping(node.config.get("snapshot_meta_column_names"))
    return {name: str(given.get(name) or name) for name in _META}
