"""Asks DuckDB and sqlglot for the facts in `duckdb/functions.json`, and writes them anew.

`python -m binder.duckdb_facts` in `python/tests` writes the file for a reviewer to read.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

import breaking_changes.binder

TARGET = Path(breaking_changes.binder.__file__).parent / "engines/duckdb/functions.json"
GENERIC = re.compile(
    r"\b(ANY|T|K|V|STRUCT|MAP|UNION|ENUM|LIST|LAMBDA|TABLE|INVALID|POINTER|TUPLE|VARIANT|ARRAY)\b"
)
INTERNAL = ("__", "pg_", "has_", "duckdb_")


def ask() -> dict[str, Any]:
    """The facts as this DuckDB and this sqlglot have them."""
    connection = duckdb.connect()
    returned: dict[str, set[str | None]] = defaultdict(set)
    aggregates = []
    for name, kind, type_ in connection.execute(
        "select function_name, function_type, return_type from duckdb_functions() "
        "where function_type in ('scalar', 'aggregate') and schema_name = 'main' "
        "and function_name ~ '^[a-z][a-z0-9_]*$' order by 1, 2, 3"
    ).fetchall():
        if not name.startswith(INTERNAL):
            returned[name].add(type_)
            if kind == "aggregate" and name not in aggregates:
                aggregates.append(name)
    fixed = {name: types.pop() for name, types in returned.items() if _is_fixed(types)}
    by_type: dict[str, list[str]] = defaultdict(list)
    for name, type_ in sorted(fixed.items()):
        by_type[type_ or ""].append(name)
    words = connection.execute("select distinct keyword_name from duckdb_keywords() order by 1")
    return {
        "duckdb": duckdb.__version__,
        "returns": {type_: " ".join(names) for type_, names in sorted(by_type.items())},
        "aggregates": " ".join(aggregates),
        "classes": _classes({name: type_ or "" for name, type_ in fixed.items()}),
        "keywords": " ".join(row[0] for row in words.fetchall()),
    }


def _is_fixed(types: set[str | None]) -> bool:
    """Whether every overload of a function returns one type that names no parameter."""
    (type_, *others) = types
    if others or type_ is None or type_ in ("DECIMAL", "DECIMAL[]"):
        return False
    return "NULL" not in type_ and GENERIC.search(type_) is None


def _classes(fixed: dict[str, str]) -> dict[str, str]:
    """The parser's classes that stand for functions of one type, with a function's name."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(fixed):
        kind = _parsed_into(name)
        if kind is not None:
            found[kind].append(name)
    return {
        kind: names[0]
        for kind, names in sorted(found.items())
        if len({fixed[name] for name in names}) == 1
    }


def _parsed_into(name: str) -> str | None:
    for count in range(4):
        try:
            node = sqlglot.parse_one(f"{name}({', '.join('abc'[:count])})", read="duckdb")
        except SqlglotError:
            continue
        unknown = (exp.Anonymous, exp.AnonymousAggFunc, exp.Column, exp.Aliases)
        if not isinstance(node, unknown):
            return type(node).__name__
    return None


if __name__ == "__main__":
    TARGET.write_text(json.dumps(ask(), indent=1) + "\n", "utf-8")
