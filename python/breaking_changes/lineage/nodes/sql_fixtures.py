"""Fixtures of unit tests that are SQL: what they lack.

Measured with dbt 1.11. A fixture of an input takes the input's place as it is: it may have columns
that the input has not, but must have all that the tested model reads of it. Expected rows must have
every column of the tested model, and may have more.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from breaking_changes.binder import Relation, Unbound, analyse

CLAUSE = "FIXTURE"
_JINJA = re.compile(r"\{[{%]")
_LONGEST = 120


def sql_of(fixture: Mapping[str, Any]) -> str | None:
    """The SQL of a fixture; none when it lists its rows."""
    rows = fixture.get("rows")
    return rows if isinstance(rows, str) else None


def columns_of(sql: str, dialect: str) -> frozenset[str] | None:
    """The columns that a fixture's SQL makes, in lower case; none when it does not say."""
    if _JINJA.search(sql):
        return None
    found = analyse(sql, lambda parts: None, dialect)
    if not found.complete or found.unbound:
        return None
    return frozenset(column.name.lower() for column in found.columns)


def lacking(sql: str, wanted: Iterator[str], parent: str, dialect: str) -> Iterator[Unbound]:
    """What a fixture's SQL lacks of the columns that are wanted of the node it stands for."""
    has = columns_of(sql, dialect)
    missing = [name for name in wanted if has is not None and name.lower() not in has]
    if missing:
        text = textwrap.shorten(" ".join(sql.split()), _LONGEST)
        detail = f"a fixture in SQL lacks {', '.join(dict.fromkeys(missing))}"
        yield Unbound("fixture", parent, None, CLAUSE, 1, 1, text, detail)


def wanted_of(relation: Relation | None) -> Iterator[str]:
    """The columns that expected rows must have; none when not all of the model's are known."""
    if relation is not None and relation.complete:
        yield from (column.name for column in relation.columns)
