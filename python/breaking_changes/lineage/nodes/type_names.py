"""Spells the types that users write in YAML as the engine itself would."""

from __future__ import annotations

import functools

from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder.engines.duckdb import types as types_duckdb


@functools.lru_cache(maxsize=4096)
def engine_spelling(type_: str | None, dialect: str) -> str | None:
    """The type as the engine describes it; as written when it cannot be read."""
    if not type_:
        return None
    try:
        parsed = exp.DataType.build(type_, dialect=dialect)
    except SqlglotError:
        return type_
    if dialect == "duckdb":
        return types_duckdb.describe(parsed) or type_
    return parsed.sql(dialect)
