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

#: What a node says of itself, beside its SQL, that the macros compare.
_SAID = (
    "columns",
    "config",
    "access",
    "latest_version",
    "deprecation_date",
    "constraints",
    "checksum",
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
    return change_documents(before, after)


def change_documents(before: Side, after: Side) -> tuple[dict[str, Any], dict[str, Any]]:
    """The lineage files of two sides, `after` being made with `before`."""
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
        #: Nodes whose readers may notice, with the columns whose value or type differs.
        self._touched: dict[str, frozenset[str]] = {}

    def nodes(self) -> set[str]:
        """Every node that differs or reads something that does, on either side."""
        reached = set(self._before.nodes.keys() - self._after.nodes.keys())
        guarded = self._lost_guarantees()
        for unique_id in self._after.order:
            node = self._after.nodes[unique_id]
            was = self._before.nodes.get(unique_id)
            if was is None:
                reached.add(unique_id)
                continue
            says_another = _says(was) != _says(node)
            reads_touched = any(
                parent.unique_id in self._touched for parent in self._after.parents(node)
            )
            if says_another or reads_touched or self._differs(was, node):
                reached.add(unique_id)
                self._touch(unique_id, was.raw.get("columns") != node.raw.get("columns"))
            if unique_id in guarded:
                self._touched.setdefault(unique_id, frozenset())
        return reached

    def _lost_guarantees(self) -> set[str]:
        """The nodes that a test guarded before and guards no longer, or otherwise."""
        return {
            parent
            for unique_id, node in self._before.nodes.items()
            if node.resource_type == "test"
            and (
                unique_id not in self._after.nodes
                or node.config != self._after.nodes[unique_id].config
            )
            for parent in node.parents
        }

    def _touch(self, unique_id: str, documented_otherwise: bool) -> None:
        """Notes whether the node's readers may notice, and by which columns."""
        before, after = self._before.facts(unique_id), self._after.facts(unique_id)
        if self._after.is_broken(unique_id):
            # It is not built, and its readers bind against what it was: nothing flows on.
            if _changed(before, after):
                self._touched[unique_id] = frozenset()
            return
        touched = _changed(before, after) | self._flowing(before) | self._flowing(after)
        if touched or documented_otherwise or before.promise != after.promise:
            self._touched[unique_id] = touched

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
        if node.resource_type in ("seed", "source", "unit_test"):
            old, new = self._before.facts(was.unique_id), self._after.facts(node.unique_id)
            return (old.promise, old.analysis) != (new.promise, new.analysis)
        return set(was.parents) != set(node.parents) or not self._same_sql(was, node)

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


def _changed(before: Facts, after: Facts) -> frozenset[str]:
    """Columns that one side lacks, or whose type or meaning is another."""
    old = {column.name: (column.type, column.identity) for column in before.columns}
    new = {column.name: (column.type, column.identity) for column in after.columns}
    return frozenset(
        name.lower() for name in old.keys() | new.keys() if old.get(name) != new.get(name)
    )


def _says(node: Node) -> list[Any]:
    return [node.raw.get(key) for key in _SAID]
