"""The names that engines give to output columns without an alias."""

from __future__ import annotations

from sqlglot import exp

from breaking_changes.binder.engines.duckdb import labels as duckdb_labels
from breaking_changes.binder.engines.postgres import labels as postgres_labels
from breaking_changes.binder.naming import UPPER, fold


def label(node: exp.Expr, dialect: str, position: int) -> str:
    """The name of an unnamed output expression at a position that counts from 0.

    Engines build such names from the expression, each in its own way. Where the way is not
    modelled the expression's own text serves: it is the same on both sides of a comparison.
    """
    if dialect == "duckdb":
        return duckdb_labels.label(node)
    if dialect in ("postgres", "redshift"):
        return postgres_labels.label(node)
    if dialect == "bigquery":
        return f"f{position}_"
    if dialect in ("trino", "athena"):
        return f"_col{position}"
    text = node.sql(dialect, comments=False)
    return text.upper() if dialect in UPPER else fold(text, dialect)
