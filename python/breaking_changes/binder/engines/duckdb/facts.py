"""What DuckDB says of itself: functions, aggregates and keywords, kept as data.

`functions.json` is taken from `duckdb_functions()` and `duckdb_keywords()`, and from the
classes that sqlglot parses those functions into; `tests/binder/test_types_duckdb.py` asks again.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

_FACTS: dict[str, Any] = json.loads(
    files("breaking_changes.binder.engines.duckdb").joinpath("functions.json").read_text("utf-8")
)

RETURNS: dict[str, str] = {
    name: type_ for type_, names in _FACTS["returns"].items() for name in names.split()
}
"""Functions whose every overload returns one type."""

AGGREGATES: frozenset[str] = frozenset(_FACTS["aggregates"].split())
"""Aggregate functions."""

CLASSES: dict[str, str] = _FACTS["classes"]
"""The parser's class for a function in `RETURNS`, and that function's name."""

KEYWORDS: frozenset[str] = frozenset(_FACTS["keywords"].split())
"""Words that DuckDB prints in quotes when they are names."""


def is_function(name: str) -> bool:
    """Whether DuckDB has a function of a name; of those over nested values the prefix tells."""
    key = name.lower()
    return key in RETURNS or key in AGGREGATES or key.startswith(("list_", "array_", "map_"))
