"""The engines that something is known about, by sqlglot's names of their dialects."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from breaking_changes.binder.type_errors.documented import DOCUMENTED
from breaking_changes.binder.type_errors.table import FOLDER, Table, load

NAMES = {
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "bigquery": "BigQuery",
    "trino": "Trino",
    "athena": "Athena",
    "snowflake": "Snowflake",
    "redshift": "Redshift",
    "databricks": "Databricks",
    "spark": "Spark",
    "clickhouse": "ClickHouse",
}

READS_TEXT = frozenset({"duckdb", "postgres", "bigquery", "snowflake", "redshift", "clickhouse"})
"""Engines that fail on a text literal which is no value of the type that it is compared with."""

BINDS_TEXT = frozenset({"postgres", "bigquery", "clickhouse"})
"""Those of them that convert the literal while they bind, whether a row reaches it or not."""


COUNTS_AS_TRUE = {"clickhouse": frozenset({"integer", "bigint", "hugeint", "unsigned", "float"})}
"""The classes that an engine takes for a condition of WHERE, JOIN or HAVING beside booleans."""


@cache
def table_of(engine: str) -> Table | None:
    """What an engine answered, and what its documentation says of the rest; None without either."""
    documented = DOCUMENTED[engine].table() if engine in DOCUMENTED else None
    if not (FOLDER / f"{engine}.txt").is_file():
        return documented
    answered = load(engine)
    if documented is None:
        return answered
    single, double = dict(documented.single), dict(documented.double)
    for question, cells in answered.single.items():
        single[question] = {**single.get(question, {}), **cells}
    for question, pairs in answered.double.items():
        double[question] = {**double.get(question, {}), **pairs}
    classes = tuple(dict.fromkeys((*answered.classes, *documented.classes)))
    return replace(answered, classes=classes, single=single, double=double)


@cache
def classes_of(engine: str) -> frozenset[str]:
    """The classes of operands that something is known about; none for an unknown engine."""
    table = table_of(engine)
    return frozenset(table.classes) if table else frozenset()
