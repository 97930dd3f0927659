"""Functions in FROM that run SQL, or read a relation, that is given to them as text.

Sources: the reference manuals of DuckDB (query and query_table), PostgreSQL (dblink), Snowflake
(RESULT_SCAN, IDENTIFIER, TABLE), BigQuery (EXTERNAL_QUERY), SQL Server (OPENQUERY, OPENROWSET),
Databricks (remote_query, IDENTIFIER), Trino (the table function `query` of its connectors) and
ClickHouse (remote, cluster, merge).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from breaking_changes.binder.budget import TooLargeError
from breaking_changes.binder.words import tokens_of

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context

_QUERIES = {
    "bigquery": ("external_query",),
    "clickhouse": ("cluster", "clusterallreplicas", "merge", "remote", "remotesecure"),
    "databricks": ("identifier", "remote_query"),
    "duckdb": ("mysql_query", "postgres_query", "query", "query_table", "sqlite_query"),
    "fabric": ("openquery", "openrowset"),
    "postgres": ("dblink",),
    "snowflake": ("identifier", "result_scan", "table"),
    "spark": ("identifier",),
    "trino": ("query",),
    "tsql": ("openquery", "openrowset"),
}

TEXT_FUNCTIONS = frozenset(name for names in _QUERIES.values() for name in names)
"""The names of all of them, in lower case."""

_BY_NAME = frozenset({"identifier", "query_table", "table"})
"""Those that take the name of a relation."""


def query_of(ctx: Context, function: exp.Expr) -> exp.Expr:
    """The query that such a function runs, when its text is a literal; else the function itself.

    What a text that is computed reads is not known, and that is noted.
    """
    name = _name_of(function)
    if name is None or name not in _QUERIES.get(ctx.traits.name, ()):
        return function
    arguments = function.expressions if isinstance(function, exp.Anonymous) else [function]
    query = _query(ctx, name, arguments)
    if query is None:
        ctx.findings.cannot_know(f"Cannot determine from the SQL what the function {name} reads.")
        return function
    start = ctx.findings.offset_of(_texts(arguments)[0])
    for part in query.walk():
        part.meta["start"] = start
    return query


def _query(ctx: Context, name: str, arguments: list[exp.Expr]) -> exp.Query | None:
    """The SQL in the arguments, where they are literals and the query runs here."""
    texts = _texts(arguments)
    if name in _BY_NAME and texts:
        both = " union all by name " if len(arguments) > 1 else " union all "
        return _parsed(ctx, both.join(f"select * from {text}" for text in texts))
    runs_here = name == "query" and ctx.traits.name == "duckdb"
    return _parsed(ctx, texts[0]) if runs_here and texts else None


def _parsed(ctx: Context, sql: str) -> exp.Query | None:
    try:
        parser = ctx.traits.parser.parser(error_level=ErrorLevel.IMMEDIATE)
        tokens = tokens_of(ctx.traits, sql)
        parsed = parser.parse(tokens, sql)
    except (SqlglotError, TooLargeError):
        return None
    (statement,) = parsed if len(parsed) == 1 else (None,)
    return statement if isinstance(statement, exp.Query) else None


def _texts(arguments: list[exp.Expr]) -> list[str]:
    """The texts in the first argument; none when a part of it is computed."""
    if not arguments:
        return []
    first = arguments[0].this if isinstance(arguments[0], exp.DynamicIdentifier) else arguments[0]
    parts = first.expressions if isinstance(first, exp.Array) else [first]
    if not all(isinstance(part, (exp.Literal, exp.Column)) for part in parts):
        return []
    return [part.name if isinstance(part, exp.Literal) else part.sql() for part in parts]


def _name_of(function: exp.Expr) -> str | None:
    if isinstance(function, exp.DynamicIdentifier):
        return "identifier"
    if isinstance(function, (exp.Literal, exp.Parameter, exp.Placeholder)):
        return "table"
    if isinstance(function, exp.Anonymous):
        called = function.find(exp.Dot)
        inner = called.expression if called is not None else function
        return str(inner.this).lower() if isinstance(inner, exp.Anonymous) else None
    return None
