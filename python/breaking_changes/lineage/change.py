"""The two lineage files of a change, for the nodes that the change can reach and no others.

Facts are compared here only to know where to stop; what differs is judged by the macros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breaking_changes.artifacts import Node, Target
from breaking_changes.lineage.analyses import Analyses
from breaking_changes.lineage.cache import Cache
from breaking_changes.lineage.document import document
from breaking_changes.lineage.facts import Facts
from breaking_changes.lineage.names import NormalisedSql
from breaking_changes.lineage.side import Progress, Side
from breaking_changes.lineage.workers import Workers

#: The config that decides what a node's readers and its own table can notice.
_CONFIG = (
    "materialized",
    "contract",
    "column_types",
    "on_schema_change",
    "unique_key",
    "updated_at",
    "check_cols",
    "strategy",
    "hard_deletes",
    "snapshot_meta_column_names",
    "dbt_valid_to_current",
)


def lineage_for_change(
    prior: Target,
    current: Target,
    cache: Cache,
    workers: Workers,
    variables: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The lineage files of the prior and the current side, cut down to what the change reaches.

    Raises:
        UserError: The SQL of one side's adapter is not known.
    """
    analyses = Analyses(cache, workers)
    before = Side(prior, analyses, variables)
    after = Side(current, analyses, variables, before=before, progress=progress)
    reached = Reach(before, after).nodes()
    return (
        document(before, reached & before.nodes.keys()),
        document(after, reached & after.nodes.keys()),
    )


class Reach:
    """Follows a change from the nodes that differ to the readers that can notice."""

    def __init__(self, before: Side, after: Side) -> None:
        self._before = before
        self._after = after
        #: Columns, in lower case, whose name, type or value differs, by node.
        self._touched: dict[str, frozenset[str]] = {}

    def nodes(self) -> set[str]:
        """Every node that differs or reads something that does, on either side."""
        reached = set(self._before.nodes.keys() - self._after.nodes.keys())
        for unique_id in self._after.order:
            node = self._after.nodes[unique_id]
            was = self._before.nodes.get(unique_id)
            parents = [parent.unique_id for parent in self._after.parents(node)]
            if was is None or self._differs(was, node):
                reached.add(unique_id)
            elif not any(parent in self._touched for parent in parents):
                continue
            else:
                reached.add(unique_id)
            touched = self._compare(unique_id, was is None)
            if touched is not None:
                self._touched[unique_id] = touched
        return reached

    def _compare(self, unique_id: str, new: bool) -> frozenset[str] | None:
        """The touched columns of a node, none when its readers cannot notice anything."""
        after = self._after.facts(unique_id)
        if new:
            return None
        before = self._before.facts(unique_id)
        if self._after.is_broken(unique_id):
            # It is not built, so that its readers still see what was there before.
            return None
        touched = self._changed(before, after) | self._flowing(after) | self._flowing(before)
        same = before.promise == after.promise
        return None if same and not touched else touched

    def _changed(self, before: Facts, after: Facts) -> frozenset[str]:
        old = {column.name: (column.type, column.identity) for column in before.columns}
        new = {column.name: (column.type, column.identity) for column in after.columns}
        return frozenset(
            name.lower() for name in old.keys() | new.keys() if old.get(name) != new.get(name)
        )

    def _flowing(self, facts: Facts) -> frozenset[str]:
        """Columns computed from a touched column of a parent."""
        return frozenset(
            column.name.lower()
            for column in facts.columns
            for parent, source in column.sources
            if source.lower() in self._touched.get(parent, ())
        )

    def _differs(self, was: Node, node: Node) -> bool:
        """Whether the node itself is another one, whatever its parents are."""
        if _projection(was) != _projection(node):
            return True
        if node.resource_type in ("seed", "source", "unit_test"):
            return self._before.facts(was.unique_id) != self._after.facts(node.unique_id)
        return not self._same_sql(was, node)

    def _same_sql(self, was: Node, node: Node) -> bool:
        if was.compiled_code == node.compiled_code and self._same_names(was, node):
            return True
        old, new = self._before.sql(was), self._after.sql(node)
        if isinstance(old, NormalisedSql) and isinstance(new, NormalisedSql):
            return old.sql == new.sql
        return was.raw_code == node.raw_code

    def _same_names(self, was: Node, node: Node) -> bool:
        """Whether every relation that the SQL may name is called the same on both sides."""
        if was.compiled_code is None or was.parents != node.parents:
            return False
        return all(
            self._name(self._before, name) == self._name(self._after, name)
            for name in (*node.parents, node.unique_id)
        )

    @staticmethod
    def _name(side: Side, unique_id: str) -> str | None:
        node = side.nodes.get(unique_id)
        return node.text("relation_name") if node else None


def _projection(node: Node) -> tuple[Any, ...]:
    types = {name: column.get("data_type") for name, column in node.columns.items()}
    return ([node.config.get(name) for name in _CONFIG], types, sorted(node.parents))
