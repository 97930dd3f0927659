"""How each engine folds and compares identifiers."""

from __future__ import annotations

UPPER = frozenset({"snowflake", "oracle"})
"""Engines that store an unquoted name in upper case."""

SENSITIVE = frozenset({"snowflake", "postgres", "oracle", "materialize", "clickhouse"})
"""Engines where two column names that differ in case alone are two columns."""

PRESERVING = frozenset(
    {"duckdb", "bigquery", "databricks", "spark", "spark2", "hive", "tsql", "fabric", "clickhouse"}
)
"""Engines that keep an unquoted name's case as written in a result's column names."""


def fold(name: str, dialect: str, quoted: bool = False) -> str:
    """The column name that the engine stores for a name as written in SQL."""
    if dialect in UPPER:
        return name if quoted else name.upper()
    if dialect in PRESERVING or (quoted and dialect in SENSITIVE):
        return name
    return name.lower()


def key(name: str, dialect: str) -> str:
    """What a stored column name is compared by."""
    return name if dialect in SENSITIVE else name.lower()
