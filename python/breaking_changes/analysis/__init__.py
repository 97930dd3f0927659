"""From one SQL statement and the columns of the relations it reads to facts, as a pure function."""

from __future__ import annotations

from breaking_changes.analysis.model import (
    Analysis,
    Column,
    Lookup,
    OutputColumn,
    Read,
    Relation,
    Star,
    Unbound,
)
from breaking_changes.analysis.naming import fold

__all__ = [
    "Analysis",
    "Column",
    "Lookup",
    "OutputColumn",
    "Read",
    "Relation",
    "Star",
    "Unbound",
    "analyse",
    "fold",
]


def analyse(sql: str, relations: Lookup, dialect: str) -> Analysis:
    """Bind a query as the engine would, against the columns of what it reads.

    `dialect` is sqlglot's name of one, such as "duckdb". Never raises because of the SQL: what
    cannot be read is `complete=False` with a reason, and everything else is still inferred when
    one reference does not bind.
    """
    return Analysis(complete=False, reason="SQL is not analysed yet.", blind="Not analysed yet.")
