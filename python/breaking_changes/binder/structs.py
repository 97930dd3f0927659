"""Reads the fields out of a struct type as an engine spells it."""

from __future__ import annotations

from functools import lru_cache

from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder.engines.duckdb import types as types_duckdb

_SIGNS = ("struct", "row(", "object(", "tuple(", "record")


def fields(type_: str | None, dialect: str) -> tuple[tuple[str, str | None], ...] | None:
    """The (name, type) pairs of a struct type, None when it is not one or they are not known."""
    if type_ is None or not type_.lower().startswith(_SIGNS):
        return None
    return _parsed(type_, dialect)


def of(pairs: list[tuple[str, str | None]], dialect: str) -> str | None:
    """The struct type of named fields, None when a type is not known or no such type is."""
    if dialect == "duckdb":
        return types_duckdb.struct(pairs)
    if any(type_ is None for _, type_ in pairs):
        return None
    if dialect in ("bigquery", "postgres"):
        # PostgreSQL has no such spelling; it is not shown as the type of a result.
        return f"STRUCT<{', '.join(f'{name} {type_}' for name, type_ in pairs)}>"
    return None


def shown(type_: str | None, dialect: str) -> str | None:
    """A type as it may be shown; PostgreSQL's type of a row has the name of a relation."""
    return None if dialect == "postgres" and (type_ or "").startswith("STRUCT") else type_


@lru_cache(maxsize=4096)
def _parsed(type_: str, dialect: str) -> tuple[tuple[str, str | None], ...] | None:
    try:
        parsed = exp.DataType.build(type_, dialect=dialect)
    except SqlglotError:
        return None
    items = parsed.expressions
    if not items or not all(isinstance(item, exp.ColumnDef) for item in items):
        return None
    return tuple((item.name, spelled(item.args.get("kind"), dialect)) for item in items)


def map_parts(type_: str | None, dialect: str) -> tuple[str | None, str | None] | None:
    """Key and value type of a map, None when it is not one."""
    if type_ is None or not type_.lower().startswith("map"):
        return None
    try:
        parts = exp.DataType.build(type_, dialect=dialect).expressions
    except SqlglotError:
        return None
    return (spelled(parts[0], dialect), spelled(parts[1], dialect)) if len(parts) == 2 else None


def spelled(type_: exp.Expr | None, dialect: str) -> str | None:
    """A parsed type as the engine describes it."""
    if not isinstance(type_, exp.DataType):
        return None
    if dialect == "duckdb":
        return types_duckdb.describe(type_)
    return type_.sql(dialect)
