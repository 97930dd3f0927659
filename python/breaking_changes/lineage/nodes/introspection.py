"""Finds nodes whose SQL depends on what the warehouse holds while dbt compiles them.

Their compiled SQL is as old as the last run: the warehouse is asked anew at every run. This is a
quick look at the text, so that other nodes need not be rendered to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from breaking_changes.artifacts import Node
from breaking_changes.lineage.nodes.macro_calls import MacroCalls

_COLUMNS = (
    r"adapter\.(?:get_columns_in_relation|get_missing_columns|get_column_schema_from_query)"
    r"|dbt_utils\.star|get_columns_in_query|get_columns_in_relation|get_column_schema_from_query"
)
_ROWS = (
    r"adapter\.(?:execute|add_query|run_sql_for_tests)"
    r"|run_query|run_query_as|statement|load_result"
)
_CALLS = re.compile(rf"\b({_COLUMNS}|{_ROWS})\s*\(")
_OF_COLUMNS = re.compile(rf"\b({_COLUMNS})\s*\(")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

#: It asks the warehouse for the number of days between two literals, never for columns; dbt and
#: several packages have one of that name, for their date spines.
_HARMLESS = "get_intervals_between"


class Introspection:
    """Answers, for each node of a manifest, what it calls that asks the warehouse."""

    def __init__(self, calls: MacroCalls) -> None:
        self._calls = calls
        self._known: dict[tuple[str, re.Pattern[str]], bool] = {}

    def of(self, node: Node) -> str | None:
        """The macro that the node calls and that leads to a query, or the call in its own SQL."""
        return self._found(node, _CALLS)

    def of_columns(self, node: Node) -> str | None:
        """The same for what asks for the columns of a relation and not for rows."""
        return self._found(node, _OF_COLUMNS)

    def _found(self, node: Node, calls: re.Pattern[str]) -> str | None:
        direct = calls.search(_COMMENT.sub("", node.raw_code)) if "(" in node.raw_code else None
        for macro in node.macros:
            # dbt also lists what a node's materialization called, once it has run.
            if macro.rsplit(".", 1)[-1] in node.raw_code and self._reads(macro, calls):
                return macro
        return direct[1] if direct else None

    def _reads(self, macro: str, calls: re.Pattern[str]) -> bool:
        """Whether the macro queries the warehouse, itself or through what it calls."""
        key = macro, calls
        if key not in self._known:
            texts = map(self._calls.sql, self._reachable(macro))
            self._known[key] = any(calls.search(text) for text in texts)
        return self._known[key]

    def _reachable(self, macro: str) -> Iterable[str]:
        seen: set[str] = set()
        waiting = [macro]
        while waiting:
            unique_id = waiting.pop()
            if unique_id in seen or unique_id.endswith(f".{_HARMLESS}"):
                continue
            seen.add(unique_id)
            yield unique_id
            waiting.extend(self._calls.called_by(unique_id))
