"""Which sqlglot dialect reads the SQL that an adapter runs."""

from __future__ import annotations

from breaking_changes.errors import UserError

#: dbt's adapter_type -> sqlglot's dialect. An adapter that is not here is said, never guessed.
DIALECTS = {
    "athena": "athena",
    "bigquery": "bigquery",
    "clickhouse": "clickhouse",
    "databricks": "databricks",
    "duckdb": "duckdb",
    "fabric": "fabric",
    "postgres": "postgres",
    "redshift": "redshift",
    "snowflake": "snowflake",
    "spark": "spark",
    "sqlserver": "tsql",
    "trino": "trino",
}


def dialect_of(adapter_type: str) -> str:
    """The dialect of an adapter.

    Raises:
        UserError: The adapter's SQL is not known here; the message lists those that are.
    """
    if adapter_type in DIALECTS:
        return DIALECTS[adapter_type]
    named = f"adapter {adapter_type!r}" if adapter_type else "a manifest without an adapter_type"
    raise UserError(
        f"column lineage is not available for {named}; it reads the SQL of "
        f"{', '.join(sorted(DIALECTS))}. Checking without lineage works with every adapter."
    )
