"""Finds models whose columns are read from the warehouse while dbt compiles them.

Their compiled SQL holds the list of columns that the warehouse had at compile time, so a column
missing from a parent now does not mean that the model breaks: the list is read anew at every run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.artifacts.reading import mapping, strings

_CALLS = re.compile(
    r"\b(adapter\.(?:get_columns_in_relation|get_missing_columns|get_column_schema_from_query"
    r"|execute|add_query|run_sql_for_tests)"
    r"|run_query|run_query_as|statement|load_result|dbt_utils\.star|get_columns_in_query"
    r"|get_columns_in_relation|get_column_schema_from_query)\s*\("
)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

_NAME = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_DISPATCH = re.compile(r"\bdispatch\s*\(\s*['\"](\w+)")

#: It asks the warehouse for the number of days between two literals, never for columns; dbt and
#: several packages have one of that name, for their date spines.
_HARMLESS = "get_intervals_between"


class Introspection:
    """Answers, for each node of a manifest, what it calls that reads columns at run time."""

    def __init__(self, manifest: Manifest) -> None:
        self._macros: Mapping[str, Mapping[str, Any]] = manifest.macros
        self._known: dict[str, bool] = {}

    def of(self, node: Node) -> str | None:
        """The macro that the node calls and that leads to a query, or the call in its own SQL."""
        direct = _CALLS.search(_COMMENT.sub("", node.raw_code)) if "(" in node.raw_code else None
        for macro in node.macros:
            # dbt also lists what a node's materialization called, once it has run.
            if macro.rsplit(".", 1)[-1] in node.raw_code and self._reads(macro):
                return macro
        return direct[1] if direct else None

    def _reads(self, macro: str) -> bool:
        """Whether the macro queries the warehouse, itself or through what it calls."""
        if macro not in self._known:
            self._known[macro] = any(self._queries(found) for found in self._reachable(macro))
        return self._known[macro]

    def _reachable(self, macro: str) -> Iterable[str]:
        seen: set[str] = set()
        waiting = [macro]
        while waiting:
            unique_id = waiting.pop()
            if unique_id in seen or unique_id.endswith(f".{_HARMLESS}"):
                continue
            seen.add(unique_id)
            yield unique_id
            waiting.extend(self._called_by(unique_id))

    def _called_by(self, macro: str) -> Iterable[str]:
        depends_on = mapping(self._macros.get(macro, {}).get("depends_on"))
        listed = strings(depends_on.get("macros"))
        if listed:
            return listed
        # dbt v2 does not list what a macro calls: its text names them.
        called = set(_NAME.findall(self._sql(macro)))
        called |= {f"default__{name}" for name in _DISPATCH.findall(self._sql(macro))}
        return [one for name in called for one in self._by_name.get(name, ()) if one != macro]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for unique_id in self._macros:
            named.setdefault(unique_id.rsplit(".", 1)[-1], []).append(unique_id)
        return named

    def _queries(self, macro: str) -> bool:
        return _CALLS.search(self._sql(macro)) is not None

    def _sql(self, macro: str) -> str:
        sql = self._macros.get(macro, {}).get("macro_sql")
        return _COMMENT.sub("", sql) if isinstance(sql, str) else ""
