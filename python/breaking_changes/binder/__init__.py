"""From one SQL statement and the columns of the relations it reads to facts, as a pure function."""

from __future__ import annotations

from breaking_changes.binder.model import (
    Analysis,
    Column,
    Lookup,
    OutputColumn,
    Read,
    Relation,
    Star,
    Unbound,
    Untyped,
)
from breaking_changes.binder.naming import fold
from breaking_changes.binder.statement import analyse, statements
from breaking_changes.binder.text_queries import TEXT_FUNCTIONS

__all__ = [
    "TEXT_FUNCTIONS",
    "Analysis",
    "Column",
    "Lookup",
    "OutputColumn",
    "Read",
    "Relation",
    "Star",
    "Unbound",
    "Untyped",
    "analyse",
    "fold",
    "statements",
]
